// SPDX-License-Identifier: AGPL-3.0-or-later
// Where room is short: a small phone, long words, letters twice as large, long names. Nothing is out of sight
// that somebody chooses from, nothing is wider than the window, nothing ends in an empty page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { agree, missing } from './browser.mjs';
import { hasCount, openHouse, place } from './staff.mjs';

const LONG = 'Donaudampfschifffahrtsgesellschaftsversammlung der Nachbarschaft, dritter Nachmittag';
let house;
if (!missing) {
  before(async () => (house = await openHouse()));
  after(() => house?.close());
}
const browserTest = (name, run) => test(name, { skip: missing, timeout: 120_000 }, run);
const phone = (width, height) => ({ viewport: { width, height } });

/** What the window does not show whole. */
const cutOff = (page, selector) =>
  page.evaluate((what) => {
    const foot = document.querySelector('.draft-note:not([hidden])')?.getBoundingClientRect().top ?? innerHeight;
    return [...document.querySelectorAll(what)]
      .filter((element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        return left < 0 || right > innerWidth || top < 0 || bottom > foot;
      })
      .map((element) => element.textContent);
  }, selector);
/** Letters twice as large, as somebody sets them in her browser. */
const large = (page) =>
  page.addInitScript(() =>
    document.addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = '200%')),
  );
/** Buttons whose words stand out of them. */
const spilled = (page, selector) =>
  page.evaluate(
    (what) =>
      [...document.querySelectorAll(what)]
        .filter((button) => button.scrollWidth > button.clientWidth + 1)
        .map((button) => button.textContent),
    selector,
  );

async function arrive(page, session, language) {
  await page.goto(`${house.server.origin}/#join=${session.secret}`);
  await page.waitForSelector('.language-tile');
  await page.check(`the languages in ${language}`);
  await page.click(`.language-tile[lang=${language}]`);
  await page.waitForSelector('.consent');
  await page.check(`consent in ${language}`);
  assert.deepEqual(await spilled(page, '.page .button'), []);
  await agree(page);
  await page.waitForSelector('.category-sheet');
}

for (const language of ['en', 'ar', 'ru', 'ti'])
  browserTest(`on a small phone every feeling is in sight, none needs scrolling (${language})`, async () => {
    const session = await house.session({ languages: [language] });
    const page = await house.browser.page(phone(360, 640));
    await arrive(page, session, language);
    assert.equal(await page.locator('.category').count(), 5);
    assert.deepEqual(await cutOff(page, '.category, .segment, .chip, .map-button'), []);
    const map = await page.locator('.stage').boundingBox();
    assert.ok(map.height > 640 / 4, `the map keeps ${map.height} px`);
    await page.context().close();
  });

browserTest('the narrowest window and the longest words go together', async () => {
  const session = await house.session({ title: LONG, languages: ['ru'] });
  const page = await house.browser.page(phone(320, 640));
  await arrive(page, session, 'ru');
  await page.check('the map');
  assert.deepEqual(await spilled(page, '.work .button, .chip'), []);
  await page.context().close();
});

browserTest('letters twice as large leave every button whole', async () => {
  const session = await house.session({ languages: ['ru'] });
  const page = await house.browser.page(phone(390, 844));
  await large(page);
  await arrive(page, session, 'ru');
  await page.click('.category >> nth=1');
  await page.waitForSelector('.question-sheet');
  await page.check('a question');
  assert.deepEqual(await spilled(page, '.work .button, .chip'), []);
  assert.deepEqual(await cutOff(page, '.question-foot .button'), []);
  await page.context().close();
});

browserTest('the next person begins at the top of the page', async () => {
  const session = await house.session({ languages: ['en'] });
  const page = await house.browser.page(phone(360, 480));
  await arrive(page, session, 'en');
  await page.click('.bar .button-round:last-child');
  await page.click('dialog .row-primary');
  await page.click('.page-receipt .page-main .button >> nth=0');
  await page.waitForSelector('.receipt-code');
  await page.click('.page-receipt .page-main .button-primary'); // far down
  await page.waitForSelector('.language-tile');
  assert.equal(await page.evaluate(() => scrollY), 0);
  await page.context().close();
});

browserTest('the live page is as high as its window, whatever its list holds', async () => {
  const session = await house.session({ title: LONG }, 1);
  for (let number = 0; number < 24; number++) await place(session.seats[0], session.id, number);
  for (const size of ['phone', 'desktop']) {
    const page = await house.page(`session/${session.id}`, '.live-count', { size });
    await hasCount(page, '.mark-open', 24);
    const [high, seen] = await page.evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
    assert.equal(high, seen, `an empty page below (${size})`);
    await page.check(`a long name (${size})`);
    await page.goto(`${house.server.origin}/facilitate#/project/${house.project}`);
    await page.waitForSelector('.cards');
    await page.check(`a long name in the list (${size})`);
    await page.context().close();
  }
});
