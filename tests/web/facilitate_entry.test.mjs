// SPDX-License-Identifier: AGPL-3.0-or-later
// Typing in sheets of paper: a whole sheet by the keyboard alone, what is wrong said at once, a save that failed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { missing } from './browser.mjs';
import { hasCount, hasText, openHouse } from './staff.mjs';

let house;
if (!missing) {
  before(async () => (house = await openHouse()));
  after(() => house?.close());
}
const browserTest = (name, run) => test(name, { skip: missing }, run);
const BBOX = [4.34, 50.845, 4.36, 50.855];
const rows = '.entry-table tbody tr';
const people = async (session) => (await house.staff.get(`/api/sessions/${session}/participants`, { expect: 200 })).json.items;
const focused = (page) =>
  page.evaluate(() => document.activeElement.closest('.entry-question')?.querySelector('legend')?.textContent
    ?? document.activeElement.className ?? '');
const cellHasFocus = (page) => page.waitForFunction(() => document.activeElement?.matches('.entry-cell'));
/** Letters and keys, one after the other: "c4 Enter 2 Enter". */
async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}
/** A mark with nothing but its category: the other questions are skipped. */
async function quick(page, cells, category) {
  await page.keyboard.type(cells);
  await press(page, 'Enter', category, 'Control+Enter');
}
/** From the address to the first line of a sheet on which the first two boxes are ticked. */
async function beginSheet(page) {
  await page.waitForSelector('.entry-begin');
  await page.waitForFunction(() => document.activeElement?.matches('h1, .entry-begin input'));
  await page.locator('.entry-begin input').first().focus();
  await press(page, '1', '2', 'Enter');
  await page.waitForSelector('.entry-receipt');
  const receipt = await page.textContent('.entry-code');
  await press(page, 'Enter');
  await page.waitForSelector('.entry-line');
  await cellHasFocus(page);
  return receipt;
}
const entry = (session, options) => house.page(`session/${session.id}/entry`, '.entry-begin', { size: 'desktop', ...options });

browserTest('a whole sheet by the keyboard alone: one person, her marks, a correction, a deletion, the next sheet', async () => {
  const session = await house.session({ bbox: BBOX });
  const page = await house.page(`session/${session.id}/sheet`, '.sheet-tools', { size: 'desktop' });
  await page.getByRole('link', { name: 'Enter paper marks' }).focus();
  await press(page, 'Enter');
  await page.waitForSelector('.entry-begin');
  await page.check('a sheet begins');
  // without the first box nothing is made
  await page.keyboard.press('Tab');
  while (!(await focused(page)).startsWith('Ticked')) await page.keyboard.press('Tab');
  await press(page, '2', 'Enter');
  await page.waitForSelector('.entry-begin .field-error:not([hidden])');
  assert.deepEqual(await people(session.id), []);
  await press(page, '1', 'Enter');
  await page.waitForSelector('.entry-receipt');
  const [one] = await people(session.id);
  assert.equal(await page.textContent('.entry-big bdi'), one.pseudonym);
  assert.deepEqual(one.consent, { room: true, aggregate: true, finding: false, photo: false });
  assert.match(await page.textContent('.entry-code'), /^([0-9A-Z]{5}-){5}/);
  await page.check('the receipt');
  await press(page, 'Enter');
  await page.waitForSelector('.entry-line');
  await cellHasFocus(page);
  assert.equal(await page.locator('.entry-code').count(), 0, 'the receipt is shown once');

  // a point, by its cell's part and two answers; the rest is skipped
  const started = Date.now();
  await page.keyboard.type('c4.5');
  await press(page, 'Enter');
  assert.equal(await focused(page), 'How do you feel here?');
  await press(page, '2');
  assert.match(await focused(page), /^When\?/);
  await press(page, '3', '4', 'Enter');
  assert.match(await focused(page), /^On which days/);
  for (let skipped = 0; !(await page.evaluate(() => document.activeElement.type === 'submit')); skipped++) {
    assert.ok(skipped < 15);
    await press(page, 'Enter');
  }
  await press(page, 'Enter');
  await hasCount(page, rows, 1);
  await cellHasFocus(page);
  assert.ok(Date.now() - started < 10_000, 'a mark takes less than ten seconds');
  await hasText(page, '.entry-said[role=status]', 'Mark 1 saved: C4.5, Unsafe');
  assert.equal(await page.inputValue('.entry-cell'), '');

  // a line, an area, a point nudged within its cell
  await quick(page, 'd4 e5 f5', '1');
  await hasCount(page, rows, 2);
  await quick(page, 'b2 c2 c3 b2', '4');
  await hasCount(page, rows, 3);
  await page.keyboard.type('g6');
  await press(page, 'ArrowRight', 'ArrowUp', 'ArrowUp');
  assert.equal(await page.inputValue('.entry-cell'), 'G6.9');
  await press(page, 'Enter', '5', 'Control+Enter');
  await hasCount(page, rows, 4);
  const stored = await house.marks(session.id);
  assert.deepEqual(stored.map(({ geometry }) => geometry.type).reverse(), ['Point', 'LineString', 'Polygon', 'Point']);
  assert.ok(stored.every(({ properties }) => properties.participant === one.pseudonym));
  const first = stored.at(-1).properties.answers;
  assert.deepEqual(first, { feeling: 'unsafe', when: ['evening', 'night'] });
  await page.check('a sheet under way');

  // the grid is the paper's: the point lies in the cell that the API names
  const { json: grid } = await house.staff.get(`/api/sessions/${session.id}/sheet?paper=a4&orientation=auto`, { expect: 200 });
  const [lon, lat] = stored.at(-1).geometry.coordinates;
  assert.ok(lon > grid.longitudes[2] && lon < grid.longitudes[3] && lat < grid.latitudes[3] && lat > grid.latitudes[4]);

  // the second is corrected, the third deleted
  await page.locator(`${rows} button:has-text("Correct")`).nth(2).focus();
  await press(page, 'Enter');
  await cellHasFocus(page);
  assert.equal(await page.inputValue('.entry-cell'), 'D4 E5 F5');
  await press(page, 'Enter', '2', 'Control+Enter');
  await hasText(page, '.entry-said', 'Mark 2 corrected: D4 E5 F5, Unsafe');
  await hasCount(page, rows, 4);
  await page.locator(`${rows} button:has-text("Delete")`).nth(1).focus();
  await press(page, 'Enter');
  await page.waitForSelector('dialog .button-danger');
  await page.locator('dialog .button-danger').focus();
  await press(page, 'Enter');
  await hasText(page, '.entry-said', 'Mark 3 deleted');
  assert.deepEqual((await house.marks(session.id)).map(({ properties }) => [properties.category, properties.version]).reverse(),
    [['unsafe', 1], ['unsafe', 2], ['very_safe', 1]]);

  // the next sheet is another person
  await cellHasFocus(page);
  await press(page, 'Enter');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Next sheet');
  await press(page, 'Enter');
  await beginSheet(page);
  await quick(page, 'a1', '3');
  await hasCount(page, rows, 1);
  const both = await people(session.id);
  assert.deepEqual(both.map(({ contributions }) => contributions), [3, 1]);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

browserTest('a cell that is not on the sheet is said at once, and nothing that was typed is lost', async () => {
  const session = await house.session({ bbox: BBOX, languages: ['fr'] });
  const page = await entry(session, { language: 'fr' });
  await beginSheet(page);
  await page.keyboard.type('c');
  assert.equal(await page.locator('.entry-line .field-error:not([hidden])').count(), 0, 'it may become a cell');
  await page.keyboard.type('99');
  await hasText(page, '.entry-line .field-error:not([hidden])', 'c99 n’est pas sur cette feuille');
  await press(page, 'Enter');
  assert.equal(await page.inputValue('.entry-cell'), 'c99');
  await cellHasFocus(page);
  await press(page, 'Backspace', 'Backspace');
  await page.keyboard.type('4');
  assert.equal(await page.locator('.grid-cell').count(), 1);
  // keys of a French keyboard: a comma on its number pad, its upper row without Shift
  await page.keyboard.type(',7');
  await press(page, 'Enter', '1', 'Control+Enter');
  await hasText(page, '.entry-said', 'C4');
  // a click on the map gives a cell too
  await page.click('.entry-map .map-canvas', { position: { x: 300, y: 300 } });
  assert.match(await page.inputValue('.entry-cell'), /^[A-Z]\d+\.[1-9]$/);
  await cellHasFocus(page);
  // an outline that crosses itself
  await page.fill('.entry-cell', 'b2 d4 d2 b4 b2');
  await press(page, 'Enter', '1');
  await hasText(page, '.entry-line .field-error:not([hidden])', 'Le contour se croise');
  await cellHasFocus(page);
  assert.equal((await house.marks(session.id)).length, 1);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

browserTest('a save that failed can be tried again and never makes two', async () => {
  const session = await house.session({ bbox: BBOX });
  const page = await entry(session);
  await beginSheet(page);
  // stored, but the answer is lost
  await page.route('**/contributions/*', async (route) => {
    if (route.request().method() !== 'PUT') return route.continue();
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await quick(page, 'c4', '2');
  await page.waitForSelector('.entry-line .note-bad:not([hidden])');
  assert.equal(await page.inputValue('.entry-cell'), 'c4');
  assert.equal((await house.marks(session.id)).length, 1);
  // what is changed before the second try is what stands in the end
  await page.locator('.entry-cell').focus();
  await press(page, 'End');
  await page.keyboard.type('.1');
  await press(page, 'Control+Enter');
  await hasCount(page, rows, 1);
  // the server is not reached at all
  await page.route('**/contributions/*', (route) => route.abort(), { times: 1 });
  await quick(page, 'd5', '1');
  await page.waitForSelector('.entry-line .note-bad:not([hidden])');
  await press(page, 'Control+Enter');
  await hasCount(page, rows, 2);
  const marks = await house.marks(session.id);
  assert.deepEqual(marks.map(({ properties }) => [properties.category, properties.version]), [['very_unsafe', 1], ['unsafe', 2]]);
  const { json } = await house.staff.get(`/api/sessions/${session.id}/conflicts`, { expect: 200 });
  assert.deepEqual(json.items, []);
  await page.context().close();
});

browserTest('a page that is loaded again goes on with its sheet; it keeps no place and no receipt', async () => {
  const session = await house.session({ bbox: BBOX });
  const page = await entry(session, { size: 'tablet' });
  const receipt = await beginSheet(page);
  await quick(page, 'c4.5', '2');
  await hasCount(page, rows, 1);
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
  assert.ok(!kept.includes(receipt.slice(0, 5)) && !/C4|4\.34|50\.8|unsafe/.test(kept), kept);
  await page.reload();
  await page.waitForSelector('.entry-line');
  await hasCount(page, rows, 1);
  await hasText(page, '.entry-where', 'C4.5');
  await page.locator('.entry-cell').focus();
  await quick(page, 'd4', '2');
  await hasCount(page, rows, 2);
  await page.check('after a reload');
  assert.equal((await people(session.id)).length, 1);
  await page.context().close();
});

browserTest('a researcher types sheets in too; in a closed session nobody does', async () => {
  const researcher = await house.server.staff('yusra', 'researcher');
  await house.staff.post(`/api/projects/${house.project}/staff`, { name: 'yusra' }, { expect: 200 });
  const session = await house.session({ bbox: BBOX });
  const page = await house.page(`session/${session.id}`, '.live-tool', { who: researcher, size: 'desktop' });
  await page.getByRole('link', { name: 'Enter paper marks' }).click();
  await page.waitForSelector('.entry-begin');
  await beginSheet(page);
  await quick(page, 'c4', '2');
  await hasCount(page, rows, 1);
  assert.equal((await people(session.id))[0].contributions, 1);
  await house.staff.post(`/api/sessions/${session.id}/close`, undefined, { expect: 200 });
  await quick(page, 'c5', '2');
  await hasText(page, '.entry-line .note-bad', 'The session is closed');
  assert.equal(await page.inputValue('.entry-cell'), 'c5');
  await page.context().close();
});
