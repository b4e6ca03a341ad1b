// SPDX-License-Identifier: AGPL-3.0-or-later
// Findings and shared assets against the real server: a place and words with the group, read back and
// agreed to, changed, withdrawn, deleted; assets approved under a title and taken back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { templateId } from '../http/world.mjs';
import { boxAround } from '../../web/src/facilitate/findings/model.js';
import { missing, sizes, stands, views } from './browser.mjs';
import { hasCount, hasText, openHouse, place, signIn } from './staff.mjs';

const words = {
  en: {
    statement: 'In the evening the underpass is dark and there is no way out.',
    wish: 'Light, and a mirror at the corner.',
    agreed: 'Agreed. It may go',
    state: 'Agreed',
  },
  fr: {
    statement: 'Le soir, le passage est sombre et sans issue.',
    wish: 'De la lumière et un miroir.',
    agreed: 'C’est d’accord',
    state: 'Accepté',
  },
};
let house;
if (!missing) {
  before(async () => (house = await openHouse()));
  after(() => house?.close());
}
const browserTest = (name, run) => test(name, { skip: missing }, run);
const close = (page) => page.context().close();
const findingsOf = async (session) =>
  (await house.staff.get(`/api/sessions/${session}/findings`, { expect: 200 })).json.items;
const body = (over = {}) => ({
  geometry: { type: 'Point', coordinates: [4.36, 50.85] },
  statement: 'Nobody is here after eight.',
  recommendation: '',
  who: 'city',
  urgency: 'amber',
  language: 'en',
  ...over,
});
const word = async (session, over) =>
  (await house.staff.post(`/api/sessions/${session}/findings`, body(over), { expect: 201 })).json;

/** The live map with its findings in view. */
async function openFindings(session, options) {
  const page = await house.page(`session/${session}`, '.live-count', options);
  await page.click('#tab-findings');
  return page;
}
/** The words, once the place is chosen. */
async function fillIn(page, { statement, wish }) {
  await page.waitForSelector('.finding-form');
  await page.fill('.finding-text >> nth=0', statement);
  if (wish) await page.fill('.finding-text >> nth=1', wish);
  await page.check('the words of a finding');
  await page.click('.choice-card:has(input[value=red])');
  await page.click('.choice-card:has(input[value=transport])');
  await page.click('.finding-form .button-primary');
  await page.waitForSelector('.read-back[open]');
}

for (const [language, size] of views)
  browserTest(`a finding is placed, worded, read back and agreed to: ${language}, ${size}`, async () => {
    const { statement, wish, agreed, state } = words[language];
    const session = await house.session({ languages: ['en', 'fr'] }, 1);
    await place(session.seats[0], session.id, 1);
    const page = await openFindings(session.id, { size, language });
    await page.check('no finding yet');
    await page.click('#panel-findings .button-primary');
    await page.waitForSelector('.crosshair:not([hidden])');
    await page.check('where is it?');
    await page.click('.finding-place .button-primary');
    await fillIn(page, { statement, wish });
    await page.check('read back');
    const shown = await page.textContent('.read-back-words');
    assert.ok(shown.includes(statement) && shown.includes(wish));
    const [letters, height] = await page.evaluate(() => [
      parseFloat(getComputedStyle(document.querySelector('.read-back-statement')).fontSize),
      document.querySelector('.read-back').getBoundingClientRect().height,
    ]);
    assert.ok(letters >= (size === 'desktop' ? 40 : 24), `${letters} px can be read from afar`);
    assert.equal(height, sizes[size][1], 'nothing else shows');
    assert.equal((await findingsOf(session.id))[0].state, 'draft', 'nobody has agreed yet');
    await page.click('.read-back-answers .button-primary');
    await hasText(page, '.toast', agreed);
    await hasText(page, '.finding-agreed .badge', state);
    await page.check('the list');
    const [found] = await findingsOf(session.id);
    assert.equal(found.state, 'agreed');
    assert.equal(found.statement, statement);
    assert.equal(found.recommendation, wish);
    assert.deepEqual([found.who, found.urgency, found.language], ['transport', 'red', language]);
    assert.equal(found.geometry.type, 'Point');
    assert.ok(await page.isHidden('.crosshair'));
    await page.waitForSelector('.map-mark[title*="' + statement.slice(0, 12) + '"]');

    await page.goto(`${house.server.origin}/facilitate#/project/${house.project}/findings`);
    await page.locator('.finding-statement', { hasText: statement }).first().waitFor();
    await page.check('findings of the project');
    assert.deepEqual(page.faults, []);
    await close(page);
  });

browserTest('an area is drawn under the cross; “Change it” goes back to the words', async () => {
  const session = await house.session();
  const page = await openFindings(session.id, { size: 'desktop' });
  await page.click('#panel-findings .button-primary');
  await page.click('.segment:nth-child(3)');
  const at = () => page.$eval('.leaflet-map-pane', (pane) => pane.style.transform);
  const turn = async (...keys) => {
    await page.focus('.map-canvas');
    for (const key of keys) {
      const before = await at();
      await page.keyboard.press(key);
      await page.waitForFunction((was) => document.querySelector('.leaflet-map-pane').style.transform !== was, before);
      await stands(page);
    }
  };
  await page.click('.draw-add');
  await turn('ArrowRight', 'ArrowRight');
  await page.click('.draw-add');
  assert.ok(await page.isDisabled('.draw-row .button:last-child'), 'two corners are no area');
  await turn('ArrowDown', 'ArrowDown');
  await page.click('.draw-add');
  await page.check('an area');
  await page.click('.draw-row .button-primary');
  await fillIn(page, { statement: 'This square is empty.' });
  await page.click('.read-back-answers .button:last-child');
  await page.waitForSelector('.finding-form');
  assert.equal(await page.inputValue('.finding-text >> nth=0'), 'This square is empty.');
  await page.fill('.finding-text >> nth=0', 'This square is empty after eight.');
  await page.click('.finding-form .button-primary');
  await hasText(page, '.read-back-statement', 'after eight');
  await page.click('.read-back-answers .button-primary');
  await page.waitForSelector('.finding-agreed');
  const found = await findingsOf(session.id);
  assert.deepEqual(
    found.map(({ statement, state, geometry }) => [statement, state, geometry.type]),
    [['This square is empty after eight.', 'agreed', 'Polygon']],
  );
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('words that were agreed to are read back again after a change; withdrawn, deleted', async () => {
  const session = await house.session();
  const { id } = await word(session.id);
  await house.staff.put(`/api/findings/${id}/state`, { state: 'agreed' }, { expect: 200 });
  const page = await openFindings(session.id, { size: 'tablet' });
  const act = async (name) => {
    await page.click('#panel-findings .mark-open');
    await page.locator('dialog .button', { hasText: name }).click();
  };
  await page.waitForSelector('.finding-agreed');
  await page.click('#panel-findings .mark-open');
  await page.waitForSelector('dialog .own-words');
  await page.check('one finding');
  await page.keyboard.press('Escape');
  await act('Edit');
  await hasText(page, '.finding-form .note-warn', 'read back again');
  await page.click('.finding-where .button'); // another place
  await page.click('.finding-place .button-primary');
  await page.waitForSelector('.finding-form .note-warn');
  assert.equal(await page.inputValue('.finding-text >> nth=0'), 'Nobody is here after eight.');
  await page.click('.finding-form .button-primary');
  await page.waitForSelector('.read-back[open]');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.finding-draft');
  await hasText(page, '#tab-findings', '1 finding waits to be read back');
  assert.equal((await findingsOf(session.id))[0].state, 'draft');

  await act('Read back');
  await page.click('.read-back-answers .button-primary');
  await page.waitForSelector('.finding-agreed');
  await act('Withdraw');
  await page.locator('dialog .button-primary', { hasText: 'Withdraw' }).click();
  await page.waitForSelector('.finding-withdrawn');
  await page.check('withdrawn');
  assert.equal((await findingsOf(session.id))[0].state, 'withdrawn');
  await hasCount(page, '.map-mark', 0);
  await act('Delete');
  await page.click('dialog .button-danger');
  await hasCount(page, '.finding', 0);
  assert.deepEqual(await findingsOf(session.id), []);
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('nobody agrees to words that somebody else changed meanwhile', async () => {
  const session = await house.session();
  const { id } = await word(session.id);
  const page = await openFindings(session.id, { size: 'desktop' });
  await page.click('#panel-findings .mark-open');
  await page.click('dialog .button-primary');
  await page.waitForSelector('.read-back[open]');
  await house.staff.put(`/api/findings/${id}`, body({ statement: 'Something else.' }), { expect: 200 });
  await page.click('.read-back-answers .button-primary');
  await hasText(page, '.toast-bad', 'Somebody changed this');
  await hasText(page, '#panel-findings', 'Something else.');
  assert.equal((await findingsOf(session.id))[0].state, 'draft');
  await close(page);
});

browserTest('the keyboard alone words a finding and reads it back', async () => {
  const session = await house.session();
  const page = await openFindings(session.id, { size: 'desktop' });
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = (selector) => page.waitForFunction((one) => document.activeElement.matches(one), selector);
  await page.focus('#tab-findings');
  await press('Tab', 'Tab', 'Enter'); // the panel, the button
  await focused('.finding-place h2');
  await press('Tab', 'Tab', 'Tab', 'Tab'); // place, path, area, put it here
  await focused('.finding-place .button-primary');
  await press('Enter');
  await focused('.finding-form h2');
  await press('Tab', 'Tab');
  await page.keyboard.type('The lift is out of order.');
  await press('Tab', 'Tab', 'Space');
  await focused('input[value=red]');
  await press('ArrowRight', 'Tab', 'Space', 'Tab', 'Tab', 'Enter');
  await page.waitForSelector('.read-back[open]');
  await focused('.read-back h2');
  await press('Tab');
  await focused('.read-back-answers .button-primary');
  await press('Enter');
  await page.waitForSelector('.finding-agreed');
  const [found] = await findingsOf(session.id);
  assert.deepEqual(
    [found.statement, found.urgency, found.who],
    ['The lift is out of order.', 'amber', 'city'],
  );
  await focused('#panel-findings button');
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest(
  'who may not lead reads findings and is offered no change; what is typed is not lost unasked',
  async () => {
    const session = await house.session();
    await word(session.id);
    const ines = await house.server.staff('ines', 'researcher');
    await house.staff.post(`/api/projects/${house.project}/staff`, { name: 'ines' }, { expect: 200 });
    const reader = await openFindings(session.id, { who: ines });
    await reader.click('#panel-findings .mark-open');
    await hasCount(reader, 'dialog .dialog-actions .button', 1);
    await reader.keyboard.press('Escape');
    await hasCount(reader, '#panel-findings .button', 0);
    await reader.check('findings, for a researcher');
    await close(reader);

    const page = await openFindings(session.id, { size: 'desktop' });
    await page.click('#panel-findings .button-primary');
    await page.click('.finding-place .button-primary');
    await page.fill('.finding-text >> nth=0', 'Half a sentence');
    await page.click('#tab-marks');
    await page.click('#tab-findings');
    assert.equal(await page.inputValue('.finding-text >> nth=0'), 'Half a sentence');
    await page.click('.live-up');
    await page.click('dialog .dialog-actions .button:not(.button-primary)'); // stay
    assert.equal(await page.inputValue('.finding-text >> nth=0'), 'Half a sentence');
    await close(page);
  },
);

/** A session whose people gave something to everybody. */
async function openGifts() {
  const exercise = await templateId(house.staff, 'asset-map');
  const session = await house.session({ exercise, title: 'Gifts' }, 1);
  await place(session.seats[0], session.id, 1, {
    level: 'association',
    offer: ['cooking', 'crafts'],
    shareable: 'public',
  });
  await place(session.seats[0], session.id, 5, {
    level: 'institution',
    offer: ['space'],
    shareable: 'public',
  });
  await place(session.seats[0], session.id, 3, { level: 'institution', shareable: 'group' });
  return session;
}
const assetsOf = async () =>
  (await house.staff.get(`/api/projects/${house.project}/assets`, { expect: 200 })).json.items;

browserTest('what people gave to everybody is approved under a title, renamed and taken back', async () => {
  const none = await house.page(`project/${house.project}/assets`, '.lead', { size: 'phone' });
  await hasText(none, '.lead', 'Nobody has offered');
  await none.check('no asset');
  await close(none);
  await openGifts();
  const page = await house.page(`project/${house.project}/assets`, '.asset', { size: 'tablet' });
  await hasCount(page, '.asset', 2);
  await page.check('assets');
  const card = page.locator('.asset', { hasText: 'Association' });
  await card.locator('.answers', { hasText: 'Cooking · Crafts' }).waitFor();
  assert.match(await card.textContent(), /Its place is shown exactly/);
  await card.locator('input').fill('The repair café');
  await card.getByRole('button', { name: 'Approve' }).click();
  await page.waitForSelector('.asset-approved');
  await hasText(page, '.page-wide', '1 of 2 approved');
  await hasCount(page, '.symbol-badge', 1);
  await page.check('an approved asset');
  assert.deepEqual(
    (await assetsOf()).filter((one) => one.approved).map((one) => [one.category, one.title]),
    [['association', 'The repair café']],
  );
  await card.locator('input').fill('The repair café and kitchen');
  await card.getByRole('button', { name: 'Save' }).click();
  await card.getByRole('button', { name: 'Save' }).waitFor({ state: 'hidden' });
  assert.ok((await assetsOf()).some((one) => one.title === 'The repair café and kitchen'));
  await card.getByRole('button', { name: 'Show on the map' }).click();
  await page.waitForSelector('.map-mark-selected');
  await card.getByRole('button', { name: /Take back/ }).click();
  await hasText(page, '.page-wide', '0 of 2 approved');
  assert.ok((await assetsOf()).every((one) => !one.approved));
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('mirrored, findings and assets fit the window at every size', async () => {
  const session = await openGifts();
  await word(session.id, { language: 'fr', statement: 'Un endroit où l’on se retrouve.' });
  for (const size of Object.keys(sizes)) {
    const page = await house.browser.page({ size, language: 'fr' });
    await signIn(page, house.server.origin, house.staff);
    const fits = async (what) => {
      await page.evaluate(() => (document.documentElement.dir = 'rtl'));
      const [wide, seen] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        window.innerWidth,
      ]);
      assert.ok(wide <= seen, `${what} is ${wide} px wide in a window of ${seen}`);
    };
    const go = async (address, selector) => {
      await page.goto(`${house.server.origin}/facilitate#/${address}`);
      await page.waitForSelector(selector);
      await fits(address);
    };
    await go(`project/${house.project}/assets`, '.asset');
    await go(`project/${house.project}/findings`, '.finding-statement');
    await go(`session/${session.id}`, '.live-count');
    await page.click('#tab-findings');
    await page.click('#panel-findings .mark-open');
    await fits('one finding');
    await page.click('dialog .button-primary');
    await page.waitForSelector('.read-back[open]');
    await fits('read back');
    await page.keyboard.press('Escape');
    await page.click('#panel-findings .button-primary');
    await page.click('.segment:nth-child(2)');
    await fits('drawing');
    assert.deepEqual(page.faults, []);
    await close(page);
  }
});

test('the map of a finding holds it with some ground about it, also when it is a point', () => {
  const [west, south, east, north] = boxAround({ type: 'Point', coordinates: [4, 60] }, 1000);
  assert.ok(Math.abs((north - south) * 111320 - 1000) < 1, 'a kilometre high');
  assert.ok(Math.abs((east - west) * 111320 * 0.5 - 1000) < 1, 'and wide, at 60 degrees north');
  const line = boxAround({
    type: 'LineString',
    coordinates: [
      [4, 50],
      [5, 51],
    ],
  });
  assert.ok(line[0] < 4 && line[1] < 50 && line[2] > 5 && line[3] > 51);
});
