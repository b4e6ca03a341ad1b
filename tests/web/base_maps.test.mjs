// SPDX-License-Identifier: AGPL-3.0-or-later
// Several base maps a project: staff order them with the keyboard, the room chooses what lies below.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { cli, startServer } from '../http/support.mjs';
import { makeSession } from '../http/world.mjs';
import { missing, openBrowser } from './browser.mjs';
import { signIn } from './staff.mjs';

const bbox = [0, 0, 0.02, 0.02];
let room, server, browser, staff;
const browserTest = (name, run) => test(name, { skip: missing }, run);

if (!missing) {
  before(async () => {
    room = mkdtempSync(path.join(tmpdir(), 'repere-base-maps-'));
    const data = path.join(room, 'data');
    const layers = path.join(room, 'layers');
    mkdirSync(layers);
    const coordinates = [[-0.1, 0.01], [0.1, 0.01]]; // prettier-ignore
    const feature = { type: 'Feature', properties: { kind: 'major_road' }, geometry: { type: 'LineString', coordinates } };
    writeFileSync(path.join(layers, 'roads.geojson'), JSON.stringify({ type: 'FeatureCollection', features: [feature] }));
    await cli(data, ['init']);
    for (const [name, title] of [['north', 'North map'], ['south', 'South map']]) // prettier-ignore
      await cli(data, ['basemap', 'build', layers, path.join(data, 'basemaps', `${name}.mbtiles`), '--title', title, '--attribution', `© ${title}`, '--minzoom', '10', '--maxzoom', '14']); // prettier-ignore
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
async function makeProject(base_maps) {
  return (await staff.post('/api/projects', { title: 'Town', bbox, base_maps }, { expect: 201 })).json.id;
}
async function open(address, size = 'tablet') {
  const page = await browser.page({ size });
  page.context().setDefaultTimeout(60_000);
  await signIn(page, server.origin, staff);
  await page.goto(`${server.origin}/facilitate#/${address}`);
  return page;
}

browserTest('staff order base maps with the keyboard alone; one that is not here stays named', async () => {
  const project = await makeProject(['elsewhere', 'north']);
  const page = await open(`project/${project}/edit`, 'phone');
  await page.waitForSelector('.base-map');
  const names = () => page.$$eval('.base-map', (rows) => rows.map((row) => row.dataset.name));
  assert.match(await page.textContent('.base-map[data-name=elsewhere]'), /Not on this server/);
  assert.match(await page.textContent('.base-map:first-child'), /Shown first/);

  await page.focus('.base-map-add .button');
  await page.keyboard.press('Enter');
  assert.deepEqual(await names(), ['elsewhere', 'north', 'south']);
  assert.ok(await page.$eval('.base-map-add', (element) => element.hidden), 'there is no other');
  await page.focus('.base-map[data-name=south] [data-does=up]');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  assert.deepEqual(await names(), ['south', 'elsewhere', 'north'], 'the keyboard went with it');
  await page.keyboard.press('Enter');
  assert.deepEqual(await names(), ['south', 'elsewhere', 'north'], 'above the first there is nothing');
  assert.match(await page.textContent('[role=status]:not(:empty)'), /South map.*1.*3/);
  await page.check('the base maps of a project');
  if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, 'staff-form.png'), fullPage: true });
  await page.focus('.base-map[data-name=north] [data-does=trash]');
  await page.keyboard.press('Enter');
  await page.click('button[type=submit]');
  await page.waitForFunction(() => !location.hash.endsWith('/edit'));
  const { json } = await staff.get(`/api/projects/${project}`, { expect: 200 });
  assert.deepEqual(json.base_maps, ['south', 'elsewhere']);
  assert.deepEqual(json.bbox, bbox, 'another first map does not move the area');
  await page.context().close();
});

browserTest('on the live map another base map, or none, is put below, with its credit', async () => {
  const session = await makeSession(staff, await makeProject(['elsewhere', 'north', 'south']));
  const page = await open(`session/${session}`, 'desktop');
  const credit = (text) => page.waitForFunction((wanted) => document.querySelector('.map-attribution')?.textContent === wanted, text);
  await credit('© North map'); // the first that is here
  await page.click('[role=tab]:has-text("Layers")');
  const choices = await page.$$eval('.basemap-choice .row-label', (rows) => rows.map((row) => row.textContent));
  assert.deepEqual(choices, ['North map', 'South map', 'Blank paper']);
  assert.ok(await page.isChecked('.basemap-choice .row-button:has-text("North map") input'));
  await page.click('.basemap-choice .row-button:has-text("South map")');
  await credit('© South map');
  await page.check('the live map with a choice of base maps');
  if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, 'staff-live.png') });
  await page.click('.basemap-choice .row-button:has-text("Blank paper")');
  await credit('');
  await page.context().close();
});
