// SPDX-License-Identifier: AGPL-3.0-or-later
// The page about protection in a browser, in both languages and at three sizes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { startServer } from '../http/support.mjs';
import { goalsOf } from '../../web/src/protection/figures.js';
import { missing, openBrowser, sizes, views } from './browser.mjs';

const read = (path) => JSON.parse(readFileSync(new URL(`../../web/${path}`, import.meta.url), 'utf8'));
const measured = read('src/protection/measured.json');

let server, browser;
if (!missing) {
  before(async () => {
    server = await startServer();
    browser = await openBrowser(server.origin);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
}
async function open(options = {}, hash = '#/1/2') {
  const page = await browser.page(options);
  await page.goto(`${server.origin}/protection${hash}`);
  await page.waitForSelector('.attack');
  return page;
}
const texts = (page, selector) => page.locator(selector).allTextContents();

for (const [language, size] of views)
  test(`the page is read and tried: ${language}, ${size}`, { skip: missing }, async () => {
    const page = await open({ size, language });
    const say = read(`i18n/plan/${language}.json`).protection;
    assert.equal(await page.getAttribute('html', 'lang'), language);
    assert.equal(await page.getAttribute('.protection-back', 'href'), '/plan#/1/2');
    await page.check('the page');
    assert.equal(await page.locator('svg.drawing[role=img]').count(), 5);
    for (const label of await page.locator('svg.drawing, svg.timeline').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))) assert.ok(label.length > 30, label);

    // no raw key and no unfilled value anywhere
    assert.doesNotMatch(await page.locator('body').innerText(), /\{\{|protection\.\w/);

    await page.focus('#toy-people');
    for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowLeft');
    assert.deepEqual(await texts(page, '#toy-result .bar-name'), [say.toy.unshown]);
    await page.keyboard.press('End');
    assert.equal(await page.locator('#toy-result .bar-none').count(), 0);
    assert.match(await page.getAttribute('#toy-people', 'aria-valuetext'), /^40 /);
    await page.check('the most people');

    const missed = measured.cases.findIndex((one) => !goalsOf(one).omniscient.reached);
    if (missed >= 0) {
      await page.locator(`input[name=case][value="${missed}"]`).check();
      assert.match(await page.locator('#attack-knowing').innerText(), new RegExp(say.goal.missed));
      await page.check('another kind of city');
    }
    await page.context().close();
  });

test('the contents lead to a part and keep the way back; an address of a part does so, too', { skip: missing }, async () => {
  const page = await open();
  await page.focus('.contents a[href="#limits"]');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'limits');
  assert.equal(await page.evaluate(() => location.hash), '#/1/2');
  assert.equal(await page.getAttribute('.protection-back', 'href'), '/plan#/1/2');
  await page.context().close();

  const other = await open({}, '#own');
  assert.equal(await other.evaluate(() => document.activeElement?.id), 'own');
  assert.equal(await other.getAttribute('.protection-back', 'href'), '/plan');
  await other.context().close();
});

test('another language is chosen, and the keyboard stays there', { skip: missing }, async () => {
  const page = await open({ language: 'en' });
  await page.focus('.bar-language select');
  await page.selectOption('.bar-language select', 'fr');
  await page.waitForSelector('html[lang=fr]');
  await page.waitForFunction(() => document.activeElement?.matches('.bar-language select'));
  assert.equal(await page.inputValue('.bar-language select'), 'fr');
  assert.match(await page.title(), /protégées/);
  assert.equal(await page.getAttribute('.protection-back', 'href'), '/plan#/1/2');
  await page.check('French');
  await page.context().close();
});

test('right to left, the page is mirrored and the drawn map is not', { skip: missing }, async () => {
  for (const size of Object.keys(sizes)) {
    const page = await open({ size });
    await page.evaluate(() => (document.documentElement.dir = 'rtl'));
    await page.check(`right to left, ${size}`);
    const [icon, words] = await page.evaluate(() => ['.point > .icon', '.point-words'].map((name) => document.querySelector(name).getBoundingClientRect().left));
    assert.ok(icon > words);
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.drawing')).direction), 'ltr');
    await page.context().close();
  }
});

test('on paper there is the text without controls', { skip: missing }, async () => {
  const page = await open({ size: 'desktop' });
  await page.emulateMedia({ media: 'print' });
  for (const selector of ['.protection-bar', '.contents', '.choice >> nth=1', '.toy']) assert.equal(await page.isVisible(selector), false, selector);
  for (const selector of ['.drawing >> nth=4', '#attack-knowing', '.figure-all table', '.timeline']) assert.equal(await page.isVisible(selector), true, selector);
  await page.context().close();
});
