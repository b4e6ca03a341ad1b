// SPDX-License-Identifier: AGPL-3.0-or-later
// The planner's whole way, in a browser: in English and French, on a phone, a tablet and a desktop. The pages
// come from the real server, the editions from plan_fixture.mjs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { missing, views } from './browser.mjs';
import { choose, hasAddress, openPlan } from './plan.mjs';
import { hasCount, hasText } from './staff.mjs';

const words = {
  en: {
    unsafe: 'Unsafe',
    night: 'At night',
    table: 'Table',
    compare: 'Compare',
    save: 'Save',
    share: 'Share',
    about: 'About 50 people',
    unknown: 'Not enough people',
    urgent: 'Urgent',
  },
  fr: {
    unsafe: 'Insécure',
    night: 'La nuit',
    table: 'Tableau',
    compare: 'Comparer',
    save: 'Enregistrer',
    share: 'Partager',
    about: 'Environ 50 personnes',
    unknown: 'Pas assez de personnes',
    urgent: 'Urgent',
  },
};
let plan;
if (!missing) {
  before(async () => {
    plan = await openPlan();
  });
  after(() => plan?.close());
}
const tool = (page, text) => page.click(`.tool:has-text("${text}")`);

for (const [language, size] of views)
  test(`an edition is looked at from all sides: ${language}, ${size}`, { skip: missing }, async () => {
    const say = words[language];
    const page = await plan.page('', { size, language });
    assert.equal(await page.getAttribute('html', 'lang'), language);
    await hasText(page, '.pane-title', say.unsafe);
    await hasText(page, '.legend-others', say.unknown);
    await page.check('the first look');

    await choose(page, 'safety-map.time.night');
    await hasText(page, '.pane-title', say.night);
    await hasAddress(page, 'slice=safety-map.time.night');
    await page.goBack();
    await hasText(page, '.pane-title', say.unsafe);
    await page.goForward();
    await hasText(page, '.pane-title', say.night);

    await choose(page, 'heat');
    await page.waitForSelector('.leaflet-tile-pane img.leaflet-tile-loaded');
    await page.check('heat');
    await choose(page, 'areas');
    await hasAddress(page, 'show=areas');
    await page.check('neighbourhoods');
    await choose(page, 'grid');

    await tool(page, say.compare);
    await page.waitForSelector('.pane-beside');
    await hasCount(page, '.pane', 2);
    await page.check('two maps');
    await choose(page, 'difference');
    await hasCount(page, '.pane', 1);
    await page.waitForSelector('.legend-up svg');
    await page.check('higher or lower');
    await tool(page, say.compare);
    await hasText(page, '.pane-title', say.night);

    await tool(page, say.table);
    await page.waitForSelector('.plan-table tbody tr');
    await page.check('the table');
    await page.click('.plan-table tbody tr:first-child .button-round');
    await hasText(page, '.plan-card', say.about);
    await page.check('a region');

    await page.click('#tab-findings');
    await hasCount(page, '#panel-findings .place-row', 5);
    await choose(page, 'city');
    await hasCount(page, '#panel-findings .place-row', 2);
    await page.click('#panel-findings .place-row');
    await hasText(page, '.plan-card .badges', say.urgent);
    await page.check('a finding');
    await page.click('#tab-assets');
    await page.click('#panel-assets .place-row');
    await page.check('a shared place');
    await page.click('#tab-figures');
    await page.waitForSelector('.share-row');
    await page.check('figures');

    await tool(page, say.share);
    await page.waitForSelector('dialog textarea');
    await page.check('sharing');
    assert.match(await page.inputValue('dialog input'), /\/plan#\/1\/2\?slice=safety-map\.time\.night/);
    assert.match(await page.inputValue('dialog textarea'), /<iframe src="[^"]*\/embed#\/1\/2\?/);
    await page.keyboard.press('Escape');
    await tool(page, say.save);
    await page.waitForSelector('dialog .row-button');
    await page.check('saving');
    const files = await page.$$eval('dialog a.row-button', (links) =>
      links.map((link) => link.getAttribute('href')),
    );
    assert.deepEqual(files.slice(0, 3), [
      '/api/editions/1/2/file',
      '/api/editions/1/2/slices/safety-map.time.night',
      '/api/editions/1/2/slices/safety-map.time.night/values',
    ]);
    const [picture] = await Promise.all([
      page.waitForEvent('download'),
      page.click('dialog button.row-button'),
    ]);
    const bytes = readFileSync(await picture.path());
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
    assert.ok(bytes.length > 20_000, `a picture of ${bytes.length} bytes`);
    await page.context().close();
  });

test('an address shows what it says', { skip: missing }, async () => {
  const page = await plan.page(
    '#/1/1?slice=safety-map.all&show=heat&with=safety-map.group.new&layers=findings,1&tab=findings&who=city&at=15/44.6/-30.2',
    { size: 'desktop' },
  );
  await hasCount(page, '.pane', 2);
  await hasCount(page, '#panel-findings .place-row', 2);
  await page.waitForSelector('.overlay-label');
  assert.equal(await page.inputValue('.bar-choices select'), '1');
  assert.equal(await page.isChecked('input[value=heat]'), true);
  assert.deepEqual(await page.$$eval('.switch input:checked', (boxes) => boxes.map((box) => box.value)), [
    'findings',
    '1',
  ]);
  await hasAddress(page, 'at=15/44.60000/-30.20000');
  await hasText(page, '.side-head', 'newer edition');
  await page.click('.side-head .note a');
  await page.waitForFunction(() => location.hash.startsWith('#/1/2'));
  await page.check('from one edition to the next');
});

test('two maps move together', { skip: missing }, async () => {
  const page = await plan.page('#/1/2?slice=safety-map.category.unsafe&with=safety-map.category.safe', {
    size: 'desktop',
  });
  await hasCount(page, '.pane', 2);
  // the picture of the ground says where each map is
  const middles = () =>
    page.$$eval('.pane .map-canvas', (maps) =>
      maps.map((map) => new DOMMatrix(getComputedStyle(map.querySelector('.leaflet-map-pane')).transform).f),
    );
  const before = await middles();
  const box = await page.locator('.pane .map-canvas').nth(1).boundingBox();
  await page.mouse.move(box.x + 200, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 320, { steps: 6 });
  await page.mouse.up();
  await page.waitForFunction(
    (was) =>
      new DOMMatrix(getComputedStyle(document.querySelector('.pane .leaflet-map-pane')).transform).f >
      was + 60,
    before[0],
  );
  const after = await middles();
  assert.ok(Math.abs(after[0] - before[0] - (after[1] - before[1])) <= 1, `${before} to ${after}`);
  assert.deepEqual(page.faults, []);
});

test('ground says why it has no number', { skip: missing }, async () => {
  const page = await plan.page('#/1/2?slice=safety-map.category.unsafe&layers=&at=15/44.618/-30.2045', {
    size: 'desktop',
  });
  const middle = async () => {
    const { x, y, width, height } = await page.locator('.map-canvas').boundingBox();
    return [x + width / 2, y + height / 2];
  };
  await page.waitForLoadState('networkidle');
  await page.mouse.click(...(await middle()));
  await hasText(page, '.plan-card', 'too few of them “Unsafe”');
  await page.goto(
    `${plan.server.origin}/plan#/1/2?slice=safety-map.category.unsafe&layers=&at=15/44.62/-30.31`,
  );
  await page.reload();
  await page.waitForSelector('.pane-title');
  await page.waitForLoadState('networkidle');
  await page.mouse.click(...(await middle()));
  await hasText(page, '.plan-card', 'at least 10 people from two workshops');
});

test('the map is read with the keyboard alone', { skip: missing }, async () => {
  const page = await plan.page('#/1/2?slice=safety-map.time.night&layers=&at=15/44.5925/-30.2092', {
    size: 'desktop',
  });
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip-link');
  await page.keyboard.press('Enter');
  for (let i = 0; i < 40 && !(await page.evaluate(() => document.activeElement.matches('.map-canvas'))); i++)
    await page.keyboard.press('Tab');
  await page.waitForSelector('.pane-aim >> visible=true');
  await page.keyboard.press('Enter');
  await hasText(page, '.plan-card', 'people');
  assert.ok(await page.evaluate(() => document.activeElement.matches('.plan-card')));
  await page.keyboard.press('Escape');
  await hasCount(page, '.plan-card', 0);
  assert.ok(await page.evaluate(() => document.activeElement.matches('.map-canvas')));
});

test('the table is sorted by any column, with the keyboard', { skip: missing }, async () => {
  const page = await plan.page('#/1/2?slice=safety-map.category.unsafe&table=1', {
    size: 'desktop',
    selector: '.plan-table',
  });
  const column = (n) =>
    page.$$eval(`.plan-table tbody tr :nth-child(${n})`, (cells) => cells.map((cell) => cell.textContent));
  const people = (await column(3)).map(Number);
  assert.equal(people.length, 30);
  assert.deepEqual(
    people,
    [...people].sort((a, b) => b - a),
  );
  await page.focus('.plan-table th:nth-child(3) .sort');
  await page.keyboard.press('Enter');
  assert.equal(await page.getAttribute('.plan-table th:nth-child(3)', 'aria-sort'), 'ascending');
  assert.deepEqual((await column(3)).map(Number), [...people].reverse());
  assert.ok(people.every((value) => value % 5 === 0 && value >= 10));
  assert.ok(
    (await column(2)).some((name) => name === 'Old Town'),
    'regions are told by the area they lie in',
  );
});

test('paper holds the view on one page of A4', { skip: missing }, async () => {
  const page = await plan.page('#/1/2?slice=safety-map.category.unsafe&layers=findings,assets,1', {
    size: 'desktop',
  });
  await page.waitForLoadState('networkidle');
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  assert.match(pdf, /\/Count 1\b/);
  const sheet = page.locator('.print-sheet');
  const text = await sheet.evaluate((element) => element.textContent);
  for (const part of [
    'Aubrelle, seen by its women',
    'Unsafe',
    'Edition 2',
    'People per km²',
    'underpass',
    'How to read this',
    '/plan#/1/2',
  ])
    assert.ok(text.includes(part), part);
  assert.equal(await sheet.locator('canvas').count(), 1);
  assert.deepEqual(page.faults, []);
});

test('a revised edition says so, under its old address too', { skip: missing }, async () => {
  const page = await plan.page('#/1/2', { world: { revised: true } });
  await hasText(page, '.side-head', 'taken down');
  await hasAddress(page, '#/1/2.1?');
});

test('when nothing is published, the page says when something will be', { skip: missing }, async () => {
  const page = await plan.page('', { world: { editions: 'none' }, selector: '.plan-notice' });
  await hasText(page, '.plan-notice h1', 'Nothing is published yet');
  await page.check('nothing published');
});

test('an edition with findings alone shows them', { skip: missing }, async () => {
  const page = await plan.page('', { world: { editions: 'words' }, selector: '.place-row' });
  await hasCount(page, '.map-mark', 5);
  await page.check('findings alone');
  await page.click('#tab-map');
  await hasText(page, '#panel-map', 'No figures yet');
  await page.click('#tab-figures');
  await page.check('no figures');
});

test('a file that cannot be read is named, and the others are shown', { skip: missing }, async () => {
  const page = await plan.page('', {
    world: { refused: [{ file: '7-1.gpkg', why: 'is of another version' }] },
    size: 'desktop',
  });
  await page.click('.refused summary');
  await hasText(page, '.refused', '7-1.gpkg');
  await page.check('a refused file');
});

test('an address of a project that is not here says so', { skip: missing }, async () => {
  const page = await plan.page('#/99/1', { selector: '.plan-notice' });
  await hasText(page, '.plan-notice h1', 'not published here');
  await page.click('.plan-notice a');
  await page.waitForSelector('.pane-title');
});

test('without a connection the page says so, and tries again when asked', { skip: missing }, async () => {
  const page = await plan.page('', {});
  await page.route('**/api/editions', (route) => route.abort());
  await page.reload();
  await page.waitForSelector('.plan-notice');
  await hasText(page, '.plan-notice', 'does not answer');
  page.faults = []; // the browser reports what we cut
  await page.check('offline');
  await page.unroute('**/api/editions');
  await page.click('.plan-notice button');
  await page.waitForSelector('.pane-title');
});

test('an embedded map shows the map, its legend and a link to the whole', { skip: missing }, async () => {
  const page = await plan.page('#/1/2?slice=safety-map.time.night&at=14/44.6/-30.2', { path: '/embed' });
  await hasText(page, '.pane-title', 'At night');
  await page.waitForSelector('.plan-legend');
  assert.match(
    await page.getAttribute('.embed-link', 'href'),
    /^\/plan#\/1\/2\?slice=safety-map\.time\.night/,
  );
  assert.equal(await page.locator('.side, .tools, .plan-bar').count(), 0);
  await page.check('the embedded map');
});

test('right to left, the page is mirrored and the map is not', { skip: missing }, async () => {
  const page = await plan.page('', { size: 'desktop' });
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await page.check('right to left');
  const [side, stage] = await page.evaluate(() =>
    ['.side', '.stage'].map((name) => document.querySelector(name).getBoundingClientRect().left),
  );
  assert.ok(side > stage);
  assert.equal(await page.getAttribute('.map-canvas', 'dir'), 'ltr');
});
