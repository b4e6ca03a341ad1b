// SPDX-License-Identifier: AGPL-3.0-or-later
// Publishing as a facilitator does it, against the real server: what is missing and why, a look at what would
// show, the edition, taking a part down, ending an exercise, a higher floor.
import assert from 'node:assert/strict';
import { readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { createTranslate } from '../../web/src/core/translate.js';
import {
  coverageText,
  editionName,
  gateReasons,
  missingReasons,
  missingText,
  tenths,
} from '../../web/src/facilitate/publish/model.js';
import { age, holdSessions, importMarks, makeRandom, publish, rows, sql } from '../http/campaign.mjs';
import { makeOverlay, makeProject, makeSession } from '../http/world.mjs';
import { missing, sizes, views } from './browser.mjs';
import { hasCount, hasText, openHouse, signIn } from './staff.mjs';

const words = {
  en: {
    may: 'You can publish now',
    marks: 'marks would show',
    done: 'Edition 1 is published',
    map: 'Unsafe',
  },
  fr: { may: 'Vous pouvez publier', marks: 'repères', done: 'L’édition 1 est publiée', map: 'Insécure' },
};
let house;
if (!missing) {
  before(async () => (house = await openHouse()));
  after(() => house?.close());
}
const browserTest = (name, run) => test(name, { skip: missing }, run);
const close = (page) => page.context().close();
const standing = async (project) =>
  (await house.staff.get(`/api/projects/${project}/publication`, { expect: 200 })).json;
const openPublish = (project, options) => house.page(`project/${project}/publish`, '.publish-gate', options);

/** A project that has enough for an edition. */
async function readyProject(title, { seed = 3, sessions = 3, ...more } = {}) {
  const project = await makeProject(house.staff, title);
  const held = await holdSessions(house.server, house.staff, project, {
    sessions,
    people: 30,
    marks: 3,
    seed,
    spread: 0.006,
    ...more,
  });
  return { project, held };
}
async function agreeOn(session, statement = 'The underpass is dark in the evening.') {
  const body = {
    geometry: { type: 'Point', coordinates: [4.36, 50.85] },
    statement,
    recommendation: '',
    who: 'city',
    urgency: 'red',
    language: 'en',
  };
  const { json } = await house.staff.post(`/api/sessions/${session}/findings`, body, { expect: 201 });
  await house.staff.put(`/api/findings/${json.id}/state`, { state: 'agreed' }, { expect: 200 });
  return json.id;
}

for (const [language, size] of views)
  browserTest(
    `a project is looked at, published and a part of it taken down: ${language}, ${size}`,
    async () => {
      const say = words[language];
      const { project, held } = await readyProject(`Quartier ${language} ${size}`);
      await agreeOn(held[0]);
      const overlay = await makeOverlay({ facilitator: house.staff, project });
      const page = await openPublish(project, { size, language });
      await hasText(page, '.publish-gate', say.may);
      await hasText(page, '.publish-exercise', '90');
      await page.check('what there is to publish');

      await page.click('.publish-overlays .toggle');
      await page.click('.publish .form-foot .button:first-child');
      await hasText(page, '.publish-preview', say.marks);
      const { json: list } = await house.server.client().get('/api/editions', { expect: 200 });
      assert.ok(!list.items.some((one) => one.project === project), 'a look publishes nothing');
      assert.ok((await page.locator('.tenth-on').count()) > 0);
      await hasText(page, '.publish-slices', say.map);
      await page.check('a look at it');

      await page.click('.publish .form-foot .button-primary');
      await page.waitForSelector('dialog .publish-parts');
      await hasCount(page, 'dialog .publish-parts li', 3); // figures, a finding, a layer
      await page.check('is it meant?');
      await page.click('dialog .button:not(.button-primary):not(.button-round)'); // not yet
      assert.equal((await standing(project)).editions.length, 0);
      await page.click('.publish .form-foot .button-primary');
      await page.click('dialog .button-primary');
      await hasText(page, '.publish-done', say.done);
      assert.ok(
        await page.isHidden('.publish .form-foot .button-primary:has-text("ubli")'),
        'it is not offered once more, not for a moment',
      );
      await page.check('published');
      const url = await page.getAttribute('.publish-done a.button-primary', 'href');
      const [edition] = (await standing(project)).editions;
      assert.equal(url, edition.url);
      const shown = await page.textContent('.publish-address');
      assert.equal(shown, new URL(url, house.server.origin).href);
      const file = await page.getAttribute('.publish-done a[download]', 'href');
      const reply = await house.server.client().get(file, { expect: 200 });
      assert.equal(reply.bytes.subarray(0, 15).toString(), 'SQLite format 3');
      const { json: made } = await house.server.client().get(`/api/editions/${project}/1`, { expect: 200 });
      assert.deepEqual([made.findings, made.overlays.map((one) => one.id)], [1, [overlay]]);

      await page.click('.publish-edition ~ .form-foot .button-quiet');
      await page.waitForSelector('dialog .row-button');
      await page.check('what is taken down?');
      await page.click('dialog section:last-child .row-button'); // the finding
      await page.waitForSelector('dialog .button-danger');
      await page.check('is that meant?');
      await page.click('dialog .button-danger');
      await page.waitForSelector('.publish-edition .badge');
      await page.check('taken down');
      await house.server.client().get(`/api/editions/${project}/1`, { expect: 404 });
      const { json: left } = await house.server
        .client()
        .get(`/api/editions/${project}/1.1`, { expect: 200 });
      assert.equal(left.findings, 0);
      const again = await page.getAttribute('.publish-edition ~ .form-foot a[download]', 'href');
      assert.equal(again, `/api/editions/${project}/1.1/file`);
      assert.deepEqual(page.faults, []);
      await close(page);
    },
  );

browserTest('too little: so many people, sessions and days more, each with its reason', async () => {
  const project = await makeProject(house.staff, 'Little');
  const none = await openPublish(project, { size: 'phone' });
  await hasText(none, '.publish-gate', 'closed for seven days');
  await hasText(none, '.publish', 'No session yet');
  await none.check('nothing to publish');
  await close(none);

  const [session] = await holdSessions(house.server, house.staff, project, { sessions: 1, people: 12 });
  const page = await openPublish(project, { size: 'tablet' });
  await hasText(page, '.publish-missing', 'Still needed: 1 more session and 8 more people.');
  await hasText(page, '.publish-missing', 'at least 20 people');
  await hasText(page, '.publish-missing', 'at least 10 of them');
  await hasText(page, '.publish-gate', 'Not enough new people');
  assert.equal(await page.locator('.form-foot .button:has-text("Publish")').count(), 0);
  await page.click('.publish .form-foot .button:first-child');
  await hasText(page, '.publish-preview', 'Nothing would show yet');
  await page.check('nothing would show');

  age(house.server.data, [session], 3);
  await page.reload();
  await hasText(page, '.publish-exercise', '1 waits its seven days');
  await hasText(page, '.publish-missing', '5 more days');
  await hasText(page, '.publish-missing', 'take their marks back');
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('what is not counted is told, and the day from which the next edition may be made', async () => {
  const { project, held } = await readyProject('Not counted', { seed: 4 });
  sql(
    house.server.data,
    `UPDATE contribution SET state = 'hidden' WHERE id = (SELECT max(id) FROM contribution WHERE session_id = ${held[0]})`,
  );
  assert.equal((await publish(house.staff, project)).state, 'done');
  const page = await openPublish(project, { size: 'desktop' });
  await hasText(page, '.publish-gate', 'You can publish from');
  await hasText(page, '.publish-gate', 'At least 28 days');
  const { next } = await standing(project);
  const day = new Intl.DateTimeFormat('en', { dateStyle: 'long' }).format(new Date(`${next.from}T12:00:00Z`));
  await hasText(page, '.publish-gate', day);
  await hasText(page, '.publish-exercise', 'As in the last edition');
  await hasText(page, '.publish-missing', 'new people');
  await page.click('.publish-exercise summary');
  await hasText(page, '.publish-exercise', '1 mark that is not approved');
  await page.check('what is not counted');
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('the gate that closes meanwhile answers in words, and the page follows', async () => {
  const { project } = await readyProject('Twice', { seed: 5 });
  const page = await openPublish(project, { size: 'desktop' });
  await hasText(page, '.publish-gate', 'You can publish now');
  assert.equal((await publish(house.staff, project)).state, 'done'); // somebody else was quicker
  await page.click('.publish .form-foot .button-primary');
  await page.click('dialog .button-primary');
  await hasText(page, '.toast-bad', 'too early');
  await hasText(page, '.publish-gate', 'You can publish from');
  await hasCount(page, '.publish-edition', 1);

  page.faults = []; // the browser reports the refusal
  sql(
    house.server.data,
    `UPDATE edition SET published_on = date(published_on, '-40 days') WHERE project_id = ${project}`,
  );
  await holdSessions(house.server, house.staff, project, { sessions: 2, people: 20, seed: 6, days: 10 });
  const key = path.join(house.server.data, `keys/exercise-${project}-safety-map.key`);
  renameSync(key, `${key}.away`);
  await page.reload();
  await hasText(page, '.publish-gate', 'You can publish now');
  await page.click('.publish .form-foot .button-primary');
  await page.click('dialog .button-primary');
  await hasText(page, '.toast-bad', `keys/exercise-${project}-safety-map.key is missing`);
  renameSync(`${key}.away`, key);
  page.faults = [];

  const edition = path.join(house.server.data, `editions/${project}-1.gpkg`);
  renameSync(edition, `${edition}.away`);
  while ((await standing(project)).editions[0].there) await page.waitForTimeout(200); // the folder is looked at now and then
  await page.reload();
  await hasText(page, '.publish', 'Put it back from a copy');
  await page.check('a file that is gone');
  renameSync(`${edition}.away`, edition);
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest(
  'an exercise is ended once it is meant; administrators raise the floor, others are not asked',
  async () => {
    const { project } = await readyProject('The end', { seed: 7, sessions: 2 });
    const page = await openPublish(project, { size: 'phone' });
    await page.click('details.more summary');
    assert.equal(await page.locator('.publish input[type=number]').count(), 0);
    await page.check('seldom needed');
    await page.click('.publish-end .button');
    await page.waitForSelector('dialog .button-danger');
    await page.check('end it?');
    await page.click('dialog .button:not(.button-danger):not(.button-round)');
    assert.equal((await standing(project)).exercises[0].ended, false);
    await close(page);

    const admin = await house.server.staff('ada', 'administrator');
    const own = await openPublish(project, { size: 'desktop', who: admin });
    await own.click('details.more summary');
    await own.check('seldom needed, for an administrator');
    const floor = own.locator('.publish input[type=number]');
    await floor.fill('3');
    await floor.press('Enter');
    await hasText(own, '.field-error:not([hidden])', 'does not fit');
    own.faults = []; // the browser reports the refusal
    await floor.fill('15');
    await floor.press('Enter');
    await hasText(own, '.toast', 'Saved');
    assert.equal((await standing(project)).exercises[0].profile.floor, 15);
    await own.click('.publish-end .button');
    await own.click('dialog .button-danger');
    await hasText(own, '.publish-exercise', 'Ended');
    assert.equal((await standing(project)).exercises[0].ended, true);
    assert.deepEqual(own.faults, []);
    await close(own);
  },
);

browserTest('the keyboard alone looks, publishes and takes a map down', async () => {
  const { project } = await readyProject('By hand', { seed: 8 });
  const page = await openPublish(project, { size: 'desktop' });
  const focused = (selector) => page.waitForFunction((one) => document.activeElement.matches(one), selector);
  await page.focus('.publish .form-foot .button:first-child');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.publish-preview');
  await focused('.publish-preview h3');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter'); // look, publish
  await page.waitForSelector('dialog');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  let tell;
  const told = new Promise((resolve) => (tell = resolve));
  await page.route('**/publication', (route) => told.then(() => route.continue()));
  const asked = page.waitForRequest('**/publication');
  await page.keyboard.press('Enter'); // the cross, publish it
  await asked; // how things stand afterwards
  assert.ok(await page.isHidden('.publish .form-foot .button-primary'), 'nothing is offered before that is known');
  tell();
  await page.waitForSelector('.publish-done');
  await focused('.publish-done h3');
  await page.focus('.publish-edition ~ .form-foot .button-quiet');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog .row-button');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter'); // the cross, the first map
  await page.waitForSelector('dialog .button-danger');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.publish-edition .badge');
  const [edition] = (await standing(project)).editions;
  assert.deepEqual(edition.taken_down, ['safety-map.all']);
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('people whose answers were imported are counted when that is said, and else not', async () => {
  const project = await makeProject(house.staff, 'Imported');
  const random = makeRandom(1);
  const session = await makeSession(house.staff, project, { title: 'Import here' });
  await importMarks(house.staff, project, session, rows(random, { people: 4, marks: 2, spread: 0.01 }), {
    counted: false,
  });
  const page = await house.page(`project/${project}/import`, '.drop', { size: 'tablet' });
  const text = `who,feeling,when,lon,lat\n${rows(random, { people: 6, marks: 1, spread: 0.01 }).join('\n')}`;
  await page.setInputFiles('#import-file', {
    name: 'a.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(text),
  });
  await page.waitForSelector('.table');
  await page.click('.choice-card:has-text("Marks of a session")');
  await page.waitForSelector('.meaning, .toggle');
  await page.getByLabel('Column of the person', { exact: true }).selectOption('who');
  await page.getByLabel(/^Column of “How/).selectOption('feeling');
  await page.click('.toggle:has-text("counted in published figures")');
  await page.check('counted?');
  await page.click('.form-foot .button-primary');
  await page.waitForSelector('.note-good');
  await page.click('.form-foot .button-primary');
  await page.waitForSelector('.live-head');
  await house.staff.post(`/api/sessions/${session}/close`, undefined, { expect: 200 });
  age(house.server.data, [session], 30);
  const [exercise] = (await standing(project)).exercises;
  assert.deepEqual([exercise.attendances.counted, exercise.left_out.no_consent], [6, 8]);
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('mirrored, publishing fits the window at every size', async () => {
  const { project } = await readyProject('Mirrored', { seed: 9 });
  assert.equal((await publish(house.staff, project)).state, 'done');
  for (const size of Object.keys(sizes)) {
    const page = await house.browser.page({ size, language: 'fr' });
    await signIn(page, house.server.origin, house.staff);
    await page.goto(`${house.server.origin}/facilitate#/project/${project}/publish`);
    await page.waitForSelector('.publish-edition');
    await page.click('.publish .form-foot .button:first-child');
    await page.waitForSelector('.publish-preview');
    await page.evaluate(() => (document.documentElement.dir = 'rtl'));
    const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    assert.ok(wide <= seen, `${wide} px wide in a window of ${seen}`);
    assert.deepEqual(page.faults, []);
    await close(page);
  }
});

// ---- the words, without a browser ----

const texts = (language) =>
  JSON.parse(readFileSync(new URL(`../../web/i18n/staff/${language}.json`, import.meta.url), 'utf8'));
const english = { t: createTranslate('en', texts('en')), language: 'en' };
const french = { t: createTranslate('fr', texts('fr')), language: 'fr' };

test('what is missing is said as one says it', () => {
  assert.equal(
    missingText(english, { sessions: 3, people: 40, days: 0 }),
    '3 more sessions and 40 more people',
  );
  assert.equal(
    missingText(english, { sessions: 1, people: 1, days: 1 }),
    '1 more session, 1 more person, and 1 more day',
  );
  assert.equal(
    missingText(french, { sessions: 3, people: 40, days: 2 }),
    '3 séances, 40 personnes et 2 jours',
  );
  assert.equal(missingText(english, { sessions: 0, people: 0, days: 0 }), '');
});

test('people are missing for another reason at first than later', () => {
  const exercise = (counted, fresh) => ({
    missing: { sessions: 0, people: 8, days: 0 },
    profile: { floor: 10 },
    attendances: { counted, new: fresh, needed: 20 },
  });
  assert.match(missingReasons(english, exercise(12, 12))[0], /first edition.*at least 10/);
  assert.match(missingReasons(english, exercise(112, 12))[0], /at least 20 new people/);
});

test('coverage never says more than is true', () => {
  assert.deepEqual([0, 0.04, 0.1, 0.79, 0.8, 0.999, 1].map(tenths), [0, 0, 1, 7, 8, 9, 10]);
  assert.match(coverageText(english, 0.79, 120), /these 120 people, 7 of 10/);
  assert.match(coverageText(english, 0.05, 120), /less than one mark in ten/);
  assert.match(coverageText(english, 0, 120), /Nothing would show/);
  assert.match(coverageText(english, 1, 120), /all marks/);
});

test('a reason that this page does not know is left out, not shown as a key', () => {
  const said = gateReasons(english, ['too_early', 'the_moon']);
  assert.equal(said.length, 1);
  assert.match(said[0], /28 days/);
});

test('an edition is named as its address has it', () => {
  assert.equal(editionName({ number: 2, revision: 1 }), '2');
  assert.equal(editionName({ number: 2, revision: 3 }), '2.2');
});
