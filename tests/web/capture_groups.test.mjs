// SPDX-License-Identifier: AGPL-3.0-or-later
// The groups of a project, against the real server: named in the project's form, offered to each person
// once after consent, free to skip, never on a mark.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { groupId } from '../../web/src/facilitate/group_id.js';
import { screenFor } from '../../web/src/capture/flow.js';
import { makeProject } from '../http/world.mjs';
import { agree, missing, views } from './browser.mjs';
import { hasCount, openHouse } from './staff.mjs';

const groups = [
  { id: 'new', label: { en: 'Less than a year in the city', fr: 'Moins d’un an dans la ville' } },
  { id: 'women', label: { en: 'A woman', fr: 'Une femme' } },
];
let house;
if (!missing) {
  before(async () => {
    house = await openHouse();
    const { json } = await house.staff.get(`/api/projects/${house.project}`, { expect: 200 });
    const { title, bbox } = json;
    await house.staff.put(`/api/projects/${house.project}`, { title, bbox, groups }, { expect: 200 });
  });
  after(() => house?.close());
}
const browserTest = (name, run) => test(name, { skip: missing }, run);
const close = (page) => page.context().close();

/** From the QR code through consent. */
async function arrive(session, { language = 'en', answers = ['yes', 'yes', 'yes'], ...more } = {}) {
  const page = await house.browser.page({ language, ...more });
  await page.goto(`${house.server.origin}/#join=${session.secret}`);
  await page.click(`.language-tile[lang=${language}]`);
  await agree(page, answers);
  return page;
}
/** The groups of whoever uses the page, as the server knows them. */
async function groupsOf(page) {
  return page.evaluate(async () => {
    const open = indexedDB.open('repere-capture');
    const db = await new Promise((done) => (open.onsuccess = () => done(open.result)));
    const get = db.transaction('kept').objectStore('kept').get('seat');
    const { token } = await new Promise((done) => (get.onsuccess = () => done(get.result)));
    const reply = await fetch('/api/me', { headers: { Authorization: `Bearer ${token}` } });
    return (await reply.json()).groups;
  });
}

for (const [language, size] of views)
  browserTest(
    `a person says which groups are hers, and goes on to the map: ${language}, ${size}`,
    async () => {
      const session = await house.session();
      const page = await arrive(session, { language, size });
      await hasCount(page, '.group-tile', 2);
      await page.check('groups');
      const boxes = await page.evaluate(() =>
        [...document.querySelectorAll('.yes-no .button')].map((one) => {
          const { width, height } = one.getBoundingClientRect();
          return [Math.round(width), Math.round(height), getComputedStyle(one).fontSize];
        }),
      );
      assert.deepEqual(boxes[0], boxes[1], 'to skip is as large as to go on');
      assert.ok(await page.isDisabled('.yes-no .button:first-child'), 'nothing is chosen yet');
      await page.click('[data-group=women]');
      await page.click('[data-group=new]');
      await page.click('[data-group=women]'); // not after all
      await page.click('.yes-no .button:first-child');
      await page.waitForSelector('.category-sheet');
      assert.deepEqual(await groupsOf(page), ['new']);
      await page.reload();
      await page.waitForSelector('.category-sheet'); // asked once
      assert.deepEqual(page.faults, []);
      await close(page);
    },
  );

browserTest('to skip says nothing; the menu has it for later; a mark carries nothing of it', async () => {
  const session = await house.session();
  const page = await arrive(session);
  await page.waitForSelector('.group-tile');
  await page.focus('[data-group=new]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab'); // to go on is not possible yet
  await page.keyboard.press('Enter');
  await page.waitForSelector('.category-sheet');
  assert.deepEqual(await groupsOf(page), []);
  await page.click('.bar .button-round:last-child');
  await page.click('dialog .row-button:has-text("Change my groups")');
  await page.click('[data-group=women]');
  await page.click('.yes-no .button:first-child');
  await page.waitForSelector('.category-sheet');
  assert.deepEqual(await groupsOf(page), ['women']);
  await page.click('.category[data-option=safe]');
  await page.waitForSelector('.chip:has-text("1 mark")');
  await page.waitForSelector('.chip-good');
  const [mark] = await house.marks(session.id);
  assert.ok(mark && !JSON.stringify(mark).includes('women'));
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('who does not agree to be counted is not asked', async () => {
  const session = await house.session();
  const page = await arrive(session, { answers: ['yes', 'no', 'yes'] });
  await page.waitForSelector('.category-sheet');
  await close(page);
});

browserTest('a project gets three groups at most, in its languages; a removed one is gone', async () => {
  const project = await makeProject(house.staff, 'With groups');
  const page = await house.page(`project/${project}/edit`, '.area-picker', { size: 'phone' });
  const add = page.getByRole('button', { name: 'Add a group' });
  await add.click();
  await page.fill('.group input[lang=en]', 'New in the city');
  await page.fill('.group input[lang=fr]', 'Depuis peu dans la ville');
  await add.click();
  await page.fill('.group:nth-child(2) input[lang=fr]', 'À l’école');
  await add.click();
  assert.ok(await add.isHidden(), 'three are enough');
  await page.check('groups of a project');
  await page.click('.form-foot .button-primary'); // the third has no words: it is left out
  await page.waitForSelector('.cards');
  const read = async () => (await house.staff.get(`/api/projects/${project}`, { expect: 200 })).json.groups;
  assert.deepEqual(await read(), [
    { id: 'new_in_the_city', label: { en: 'New in the city', fr: 'Depuis peu dans la ville' } },
    { id: 'a_l_ecole', label: { fr: 'À l’école' } },
  ]);
  await page.goto(`${house.server.origin}/facilitate#/project/${project}/edit`);
  await page.waitForSelector('.group');
  await page.fill('.group:first-child input[lang=en]', 'Newcomers');
  await page.click('.group:nth-child(2) .button-round');
  await page.click('.form-foot .button-primary');
  await page.waitForSelector('.cards');
  assert.deepEqual(await read(), [
    { id: 'new_in_the_city', label: { en: 'Newcomers', fr: 'Depuis peu dans la ville' } },
  ]);
  assert.deepEqual(page.faults, []);
  await close(page);
});

test('a group is asked for after consent, before waiting, and only of those who are counted', () => {
  const consent = { room: true, aggregate: true, finding: false, photo: false };
  const due = (seat, groups = true) => screenFor({ language: 'en', loaded: true, groups, seat });
  assert.equal(due({ state: 'waiting', consent: null }), 'consent');
  assert.equal(due({ state: 'waiting', consent }), 'groups');
  assert.equal(due({ state: 'waiting', consent, groups: [] }), 'waiting');
  assert.equal(due({ state: 'admitted', consent, groups: ['new'] }), 'map');
  assert.equal(due({ state: 'admitted', consent }, false), 'map');
  assert.equal(due({ state: 'admitted', consent: { ...consent, aggregate: false } }), 'map');
  assert.equal(due({ state: 'admitted', consent: { ...consent, room: false } }), 'declined');
});

test('the id of a group is made of its words, in any script, and is no other group’s', () => {
  assert.equal(groupId({ en: 'Less than 1 year!' }, []), 'less_than_1_year');
  assert.equal(groupId({ fr: 'À l’école' }, ['a_l_ecole']), 'a_l_ecole_2');
  assert.equal(groupId({ ar: 'نساء' }, []), 'group');
  assert.ok(groupId({ en: 'x'.repeat(80) }, ['x'.repeat(34)]).length <= 40);
});
