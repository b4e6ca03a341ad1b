// SPDX-License-Identifier: AGPL-3.0-or-later
// Real archives of other makers behind a session: drawn, chosen, kept by a tablet and drawn without the
// server. With SHOTS=<folder> the pictures are left there to be looked at.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { cli, startServer } from '../http/support.mjs';
import { makeCode, makeSession } from '../http/world.mjs';
import { agree, missing as noBrowser, openBrowser } from './browser.mjs';

const shared = new URL('../../../shared/data/basemaps/', import.meta.url).pathname;
const missing = noBrowser || (existsSync(`${shared}firenze_vector.pmtiles`) ? false : '../shared/data is not there');
const archiveTest = (name, run) => test(name, { skip: missing }, run);
const files = ['brussels_8_layers.mbtiles', 'firenze_vector.pmtiles', 'geography-class-png.mbtiles', 'raster_webp.pmtiles'];
const brussels = [4.33, 50.835, 4.375, 50.86];
const firenze = [11.235, 43.76, 11.275, 43.78];
let room, server, browser, staff;

if (!missing) {
  before(async () => {
    room = mkdtempSync(path.join(tmpdir(), 'repere-archives-'));
    const data = path.join(room, 'data');
    await cli(data, ['init']);
    for (const file of files) symlinkSync(shared + file, path.join(data, 'basemaps', file));
    server = await startServer({ data });
    staff = await server.staff('fatou', 'facilitator');
    browser = await openBrowser(server.origin);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(room, { recursive: true, force: true });
  });
}

async function open(bbox, base_maps, over = {}) {
  const { json } = await staff.post('/api/projects', { title: 'Town', bbox, base_maps }, { expect: 201 });
  const id = await makeSession(staff, json.id, { languages: ['en', 'ar'], ...over });
  // the areas are cut before anybody joins, as when the facilitator looks at the session
  while ((await staff.get(`/api/sessions/${id}/basemaps`)).status === 503) await new Promise((done) => setTimeout(done, 50));
  return { project: json.id, id, ...(await makeCode(staff, id)) };
}
const shot = async (page, name) => {
  if (!process.env.SHOTS) return;
  mkdirSync(process.env.SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(process.env.SHOTS, `${name}.png`) });
};
/** Drawing takes its time on a busy machine. */
async function openPage() {
  const page = await browser.page({ size: 'tablet' });
  page.context().setDefaultTimeout(90_000);
  return page;
}
/** From the QR code to the map; `keep`: with the map of the area on the tablet. */
async function arrive(page, session, { language = 'en', keep = false } = {}) {
  await page.goto(`${server.origin}/#join=${session.secret}`);
  await page.click(`.language-tile[lang=${language}]`);
  const shown = await page.waitForSelector('.page-prepare h1, .consent h1, .category-sheet');
  if (await shown.evaluate((element) => element.closest('.page-prepare') !== null)) {
    if (keep) {
      await page.click('.page-prepare .button-primary');
      await page.waitForFunction(() =>
        [...document.querySelectorAll('.page-prepare .download')].every((row) => row.textContent.includes('On this tablet')),
      );
    }
    await shot(page, `prepare-${language}`);
    await page.click(keep ? '.page-prepare .button-primary' : '.page-prepare .stack .button-quiet');
  }
  await agree(page);
  await page.waitForSelector('.category-sheet');
}
/** Waits until the map stands still; how many different colours it shows, and its credit. */
async function look(page) {
  await page.waitForSelector('.map-canvas .leaflet-tile-loaded');
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => !document.querySelector('.map-canvas .leaflet-tile:not(.leaflet-tile-loaded)'));
  await page.waitForTimeout(300); // labels of neighbours are painted once more
  return page.evaluate(async () => {
    const seen = new Set();
    for (const tile of document.querySelectorAll('.screen .map-canvas .leaflet-tile, .map-canvas .leaflet-tile')) {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 64;
      const context = canvas.getContext('2d');
      context.drawImage(tile, 0, 0, 64, 64);
      const { data } = context.getImageData(0, 0, 64, 64);
      for (let i = 0; i < data.length; i += 4) if (data[i + 3]) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
    }
    return { colours: seen.size, credit: document.querySelector('.map-attribution').textContent };
  });
}
async function zoomTo(page, presses) {
  for (let i = 0; i < presses; i++) {
    await page.click('.map-buttons .map-button:first-child');
    await page.waitForTimeout(50);
  }
}
async function choose(page, title) {
  await page.click('.bar [aria-haspopup], .bar .button-round:last-child');
  await page.click('.dialog .row-button:has-text("Layers of the map")');
  await page.waitForSelector('.basemap-choice');
  await page.waitForTimeout(600);
  await shot(page, `choice-${title.slice(0, 8).trim()}`);
  await page.click(`.basemap-choice .row-button:has-text("${title}")`);
  await page.keyboard.press('Escape');
}

for (const [name, bbox, credit] of [
  ['brussels_8_layers', brussels, /OpenStreetMap/],
  ['firenze_vector', firenze, /OpenStreetMap/],
])
  archiveTest(`${name} is drawn behind a session, near and far, with its credit`, async () => {
    const session = await open(bbox, [name]);
    const page = await openPage();
    await arrive(page, session);
    for (const presses of [0, 1, 2, 1]) {
      await zoomTo(page, presses);
      const seen = await look(page);
      await shot(page, `${name}-${await page.evaluate(() => document.querySelectorAll('.leaflet-tile').length)}-${presses}`);
      assert.ok(seen.colours > 60, `${seen.colours} colours`);
      assert.match(seen.credit, credit);
    }
    await page.check(name);
    await page.context().close();
  });

archiveTest('a tablet that keeps its area draws it when the server is gone, vector and picture', async () => {
  const session = await open(firenze, ['firenze_vector', 'geography-class-png']);
  const page = await openPage();
  await arrive(page, session, { keep: true });
  const online = await look(page);
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.context().setOffline(true);
  await zoomTo(page, 2);
  const offline = await look(page);
  await shot(page, 'offline-firenze');
  assert.ok(online.colours > 60 && offline.colours > 60, `${online.colours}, then ${offline.colours} colours`);
  assert.match(offline.credit, /OpenStreetMap/);
  await choose(page, 'Geography Class');
  await page.waitForSelector('.map-canvas img.leaflet-tile-loaded');
  await page.waitForTimeout(300);
  await shot(page, 'offline-geography');
  assert.ok((await page.locator('.map-canvas img.leaflet-tile').count()) > 0);
  assert.deepEqual(asked.filter((one) => one.startsWith('/basemaps/')), [], 'no tile was asked for');
  await choose(page, 'Blank paper');
  await page.waitForFunction(() => !document.querySelector('.map .map-canvas img.leaflet-tile'));
  assert.equal(await page.textContent('.map-attribution'), '');
  await page.context().close();
});
