// SPDX-License-Identifier: AGPL-3.0-or-later
// By keyboard alone: how many stops there are to what is meant, what is named on the way, where a page begins.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { finish, POINTS_MAPPING, upload } from '../http/world.mjs';
import { agree, missing } from './browser.mjs';
import { openHouse } from './staff.mjs';

let house;
if (!missing) {
  before(async () => (house = await openHouse()));
  after(() => house?.close());
}
const browserTest = (name, run) => test(name, { skip: missing, timeout: 120_000 }, run);

/** Where the Tab key leads next: the first class, or the name of the element. */
async function next(page) {
  await page.keyboard.press('Tab');
  return page.evaluate(() => String(document.activeElement.getAttribute('class') ?? document.activeElement.tagName).split(' ')[0]);
}

/** Moves the map by a key, to the end of the movement: before that it hears no other. */
async function move(page, key) {
  await page.keyboard.press(key);
  await page.waitForFunction(() => !document.querySelector('.leaflet-pan-anim'));
}

browserTest('points of a reference layer are no stops of the Tab key; the one in the middle is named', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `Point ${i},${4.31 + i / 300},50.81`);
  const csv = ['name,lon,lat', 'Fountain,4.375,50.85', ...rows].join('\n');
  const { upload: name } = await upload(house.staff, house.project, csv);
  const { json } = await house.staff.post(`/api/uploads/${name}/import`, POINTS_MAPPING, { expect: 202 });
  assert.equal((await finish(house.staff, json.job)).state, 'done');
  const session = await house.session();
  const page = await house.browser.page({ size: 'tablet' });
  await page.goto(`${house.server.origin}/#join=${session.secret}`);
  await page.click('.language-tile[lang=en]');
  await agree(page);
  await page.waitForFunction(() => document.querySelectorAll('.map-canvas path').length >= 31);
  await page.focus('.bar .button-round:last-child');
  assert.equal(await next(page), 'map-canvas');
  assert.equal(await next(page), 'map-button');
  await page.focus('.map-canvas');
  await move(page, 'ArrowRight');
  await move(page, 'ArrowLeft');
  await page.waitForFunction(() => document.querySelector('.overlay-tip')?.textContent === 'Fountain');
  await move(page, 'ArrowUp');
  await page.waitForFunction(() => !document.querySelector('.overlay-tip'));
  await page.check('a map with points');
  await page.context().close();
});

browserTest('the page of the join sheet begins with what can be done', async () => {
  const session = await house.session();
  const page = await house.page(`session/${session.id}/sheet`, '.sheet-tools', { size: 'desktop' });
  await page.waitForFunction(() => document.activeElement.matches('.sheet-tools'));
  await next(page);
  assert.ok(await page.evaluate(() => document.activeElement.matches('.sheet-tools a')));
  await page.check('the join sheet');
  await page.context().close();
});
