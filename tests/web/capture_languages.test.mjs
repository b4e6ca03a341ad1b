// SPDX-License-Identifier: AGPL-3.0-or-later
// The participant's whole way in languages that run from right to left, or in a script of their own; her
// language is hers alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { makeCode, makeSession, takeSeat, templateId } from '../http/world.mjs';
import { agree, missing } from './browser.mjs';
import { openHouse } from './staff.mjs';
import { everything, tour } from './tour.mjs';

const texts = (code) => JSON.parse(readFileSync(new URL(`../../web/i18n/${code}.json`, import.meta.url), 'utf8'));
let house, server, browser, staff, project;

if (!missing) {
  before(async () => {
    house = await openHouse();
    ({ server, browser, staff, project } = house);
  });
  after(() => house?.close());
}

async function open(key, over = {}) {
  const id = await makeSession(staff, project, { ...everything, exercise: await templateId(staff, key), ...over });
  return { id, ...(await makeCode(staff, id)) };
}
async function admitFirst(session) {
  const { json } = await staff.get(`/api/sessions/${session.id}/participants`, { expect: 200 });
  await staff.put(`/api/sessions/${session.id}/participants/${json.items[0].id}`, { state: 'admitted' }, { expect: 200 });
}

const ways = [
  ['ar', 'rtl', 'phone', 'problem-tree', 'cause'],
  ['ar', 'rtl', 'desktop', 'city-services', 'health'],
  ['fa', 'rtl', 'tablet', 'safety-map', 'unsafe'],
  ['ti', 'ltr', 'phone', 'city-services', 'health'],
];
for (const [language, dir, size, key, category] of ways)
  test(`a person takes part from beginning to end: ${language}, ${size}, ${key}`, { skip: missing }, async () => {
    const session = await open(key);
    const page = await browser.page({ size });
    const seen = [];
    await tour(page, {
      origin: server.origin,
      session,
      language,
      category,
      admit: () => admitFirst(session),
      async at(screen) {
        seen.push(screen);
        await page.check(screen);
        const hers = screen !== 'language' && screen !== 'next person';
        const [lang, runs, note] = await page.evaluate(() => [
          document.documentElement.lang,
          document.documentElement.dir,
          document.querySelector('.draft-note')?.textContent ?? null,
        ]);
        assert.deepEqual([lang, runs], hers ? [language, dir] : ['en', 'ltr'], screen);
        if (hers) assert.equal(note, `${texts(language).language.draft}(draft)`, screen);
      },
    });
    assert.ok(seen.length > 15, seen.join('; '));
    await page.context().close();
  });

test('questions that are there in English alone keep their order of words in an Arabic page', { skip: missing }, async () => {
  const session = await open('safety-map', { admit: 'at_once', languages: ['en'] });
  const page = await browser.page({ size: 'phone' });
  await page.goto(`${server.origin}/#join=${session.secret}`);
  await page.click('.language-tile[lang=ar]');
  await agree(page);
  const runs = (selector) =>
    page.waitForSelector(selector).then((element) => element.evaluate((own) => [own.matches(':dir(ltr)'), own.parentElement.matches(':dir(rtl)')]));
  assert.deepEqual(await runs('.sheet-title bdi'), [true, true]);
  assert.deepEqual(await runs('.category-label bdi'), [true, true]);
  await page.click('.category[data-option=unsafe]');
  assert.deepEqual(await runs('.question-label bdi'), [true, true]);
  assert.deepEqual(await runs('.tile bdi'), [true, true]);
  await page.context().close();
});

const codesIn = (page, selector) =>
  page.$$eval(`${selector} .language-tile`, (all) => all.filter((one) => one.checkVisibility()).map((one) => one.lang));
/** Words without the marks that keep what runs the other way apart. */
const plain = (text) => text.replace(/[\u2068\u2069]/g, '');
const said = (code, language) => texts(code).language.questions.replace('{{language}}', language);

test('languages that the session does not offer stand behind "more", with what the questions are then in', { skip: missing }, async () => {
  const session = await open('safety-map', { admit: 'at_once', languages: ['ar', 'fr'] });
  const page = await browser.page({ size: 'phone', language: 'ar' });
  await page.goto(`${server.origin}/#join=${session.secret}`);
  await page.waitForSelector('.language-tile');
  assert.equal((await codesIn(page, '.page-language')).length, 12, 'nothing is hidden before a session is known');
  await page.click('.language-tile[lang=ar]');
  await page.waitForSelector('.consent, .page-prepare');
  await page.click('.page-bar .button');
  await page.waitForSelector('dialog .language-more');
  assert.deepEqual(await codesIn(page, 'dialog'), ['ar', 'fr']);
  assert.match(await page.textContent('.language-more'), /Soomaali · ትግርኛ/, 'who cannot read the button finds her own');
  await page.check('the languages of the session');
  await page.focus('dialog .language-tile');
  await page.keyboard.press('ArrowLeft'); // onward, from right to left
  assert.equal(await page.evaluate(() => document.activeElement.lang), 'fr');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.getAttribute('.language-more', 'aria-expanded'), 'true');
  assert.equal((await codesIn(page, 'dialog')).length, 12);
  const note = (code) => page.textContent(`dialog .language-tile[lang=${code}] .language-note`).then(plain);
  for (const code of ['ti', 'fa'])
    await page.waitForFunction((one) => document.querySelector(`dialog .language-tile[lang=${one}] .language-note`).lang === one, code);
  assert.equal(await note('ti'), said('ti', 'العربية'));
  assert.equal(await note('fa'), said('fa', 'العربية'));
  assert.equal(await page.$('dialog .language-tile[lang=en] .language-note'), null, 'English questions are always there');
  const out = () => page.$$eval('.language-name', (all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent));
  assert.deepEqual(await out(), [], 'names stay in their tiles');
  await page.check('all languages');
  await page.keyboard.press('Tab');
  await page.focus('dialog .language-tile[lang=ti]');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.documentElement.lang === 'ti');
  assert.equal(plain(await page.textContent('.asked-note')), texts('ti').language.asked.replace('{{language}}', 'العربية'));
  await page.check('consent, with questions in another language');
  await page.click('.page-bar .button');
  await page.waitForSelector('dialog .language-more');
  assert.deepEqual(await codesIn(page, 'dialog'), ['ar', 'fr', 'ti'], 'hers stays among the first');
  await page.click('dialog .language-tile[lang=fr]');
  await page.waitForFunction(() => document.documentElement.lang === 'fr');
  await page.waitForSelector('.asked-note', { state: 'detached' });
  await page.context().close();
});

test('whoever comes next by the same invitation is shown the languages of that session; a reload knows of none', { skip: missing }, async () => {
  const session = await open('safety-map', { admit: 'at_once', languages: ['ar', 'fr'] });
  const page = await browser.page({ size: 'phone', language: 'fr' });
  await page.goto(`${server.origin}/#join=${session.secret}`);
  await page.click('.language-tile[lang=en]');
  await agree(page);
  await page.click('.bar .button-round:last-child');
  await page.click('dialog .row-primary');
  await page.click('.page-receipt .stack > .button:nth-of-type(2)');
  await page.waitForSelector('.page-language .language-more');
  assert.deepEqual(await codesIn(page, '.page-language'), ['fr', 'ar']);
  await page.check('the next person');
  await page.reload();
  await page.waitForSelector('.page-language');
  assert.equal((await codesIn(page, '.page-language')).length, 12);
  await page.context().close();
});

test('over a server that is gone a language from behind "more" still opens, and the questions say what they are in', { skip: missing }, async () => {
  const session = await open('safety-map', { admit: 'at_once', languages: ['fr'] });
  const page = await browser.page({ size: 'phone', language: 'fr' });
  await page.goto(`${server.origin}/#join=${session.secret}`);
  await page.click('.language-tile[lang=fr]');
  await agree(page);
  await page.waitForSelector('.category-sheet');
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.reload();
  await page.waitForSelector('.category-sheet');
  await page.context().setOffline(true);
  await page.click('.bar .button-round:last-child');
  await page.click(`dialog .row-button:has-text("${texts('fr').language.title}")`);
  await page.click('dialog .language-more');
  await page.click('dialog .language-tile[lang=so]');
  await page.waitForFunction(() => document.documentElement.lang === 'so');
  await page.waitForSelector('.sheet-title bdi[lang=fr]'); // the questions say what they are in
  assert.equal(await page.getAttribute('.category-label bdi', 'lang'), 'fr');
  await page.context().close();
});

test('her language stays on her page: not the session, nor anybody else changes', { skip: missing }, async () => {
  const session = await open('safety-map', { admit: 'at_once', languages: ['fr', 'ar'] });
  const other = await takeSeat(server, session.code, { language: 'fr' });
  const before = (await staff.get(`/api/sessions/${session.id}`)).json;
  const theirs = (await other.get(`/api/sessions/${session.id}/package`)).json;
  const page = await browser.page({ size: 'phone', language: 'fr' });
  await page.goto(`${server.origin}/#join=${session.secret}`);
  await page.click('.language-tile[lang=ar]');
  await page.waitForSelector('.consent, .page-prepare');
  assert.deepEqual((await staff.get(`/api/sessions/${session.id}`)).json.languages, before.languages);
  assert.deepEqual((await other.get(`/api/sessions/${session.id}/package`)).json, theirs);
  const mine = await browser.page({ size: 'phone', language: 'fr' });
  await mine.goto(`${server.origin}/#join=${session.secret}`);
  await mine.waitForSelector('.language-tile');
  assert.equal(await mine.getAttribute('html', 'lang'), 'fr');
  await page.context().close();
  await mine.context().close();
});

test('what was checked says nothing of drafts; the menu of staff names those that are', { skip: missing }, async () => {
  const page = await browser.page({ size: 'phone', language: 'fr' });
  await page.goto(server.origin);
  await page.click('.language-tile[lang=fr]');
  await page.waitForSelector('.page-join');
  assert.equal(await page.$('.draft-note'), null);
  const lead = await browser.page({ size: 'desktop', language: 'nl' });
  await lead.goto(`${server.origin}/facilitate`);
  await lead.waitForSelector('.bar-language select');
  assert.deepEqual(await lead.$$eval('.bar-language option', (all) => all.map((one) => one.textContent)), [
    'English', 'Français', 'Nederlands (voorlopig)',
  ]);
  await page.context().close();
  await lead.context().close();
});
