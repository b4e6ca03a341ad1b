// SPDX-License-Identifier: AGPL-3.0-or-later
// Paper maps, from the page of the join sheet: the PDF that comes, and what is said while it does not.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { missing } from './browser.mjs';
import { hasText, openHouse } from './staff.mjs';

let house;
if (!missing) {
  before(async () => (house = await openHouse()));
  after(() => house?.close());
}
const browserTest = (name, run) => test(name, { skip: missing, timeout: 90_000 }, run);
const close = (page) => page.context().close();

/** The page of the join sheet, with the paper maps unfolded. */
async function paper(options = {}) {
  const session = await house.session();
  const page = await house.page(`session/${session.id}/sheet`, '.join-code', { size: 'desktop', ...options });
  await page.click('summary:has-text("Paper maps")');
  return page;
}
const open = (page) => page.click('.button:has-text("Open the PDF")');
/** The browser's own viewer of PDF, in a tab that is opened now. */
async function shown(page) {
  const tab = await page.context().waitForEvent('page');
  const isViewer = (frame) => frame.url().startsWith('chrome-extension:');
  if (!tab.frames().some(isViewer)) await tab.waitForEvent('framenavigated', isViewer);
  assert.match(tab.url(), /^blob:/);
  await tab.close();
}
/** Answers the first so many sheets as a server does that draws enough. */
async function refuse(page, times) {
  const asked = [];
  await page.route('**/sheet.pdf?*', (route) => {
    asked.push(route.request().url());
    if (asked.length > times) return route.continue();
    const body = JSON.stringify({ type: '/api/errors/BUSY', title: 'the server is busy; try again', status: 503 });
    return route.fulfill({ status: 503, contentType: 'application/problem+json', body });
  });
  page.tolerates = /503/;
  return asked;
}

browserTest('the button opens a PDF of what is chosen, in a tab of its own', async () => {
  const page = await paper();
  await page.selectOption('.sheet-where select', 'a3');
  const reply = page.waitForResponse((one) => one.url().includes('sheet.pdf'));
  const tab = shown(page);
  await open(page);
  const query = new URL((await reply).url()).searchParams;
  assert.deepEqual(['paper', 'language', 'basemap'].map((name) => query.get(name)), ['a3', 'en', 'none']);
  assert.equal((await (await reply).body()).subarray(0, 5).toString(), '%PDF-');
  await tab;
  await hasText(page, '.paper-status', 'The sheet is ready');
  const again = shown(page);
  await page.click('.paper-link');
  await again;
  await page.check('a sheet that is ready');
  await page.selectOption('.sheet-where select', 'a4');
  assert.equal(await page.textContent('.paper-status'), '', 'what is chosen now is another sheet');
  await close(page);
});

browserTest('where other sheets come first, it says so and follows by itself', async () => {
  const page = await paper();
  const asked = await refuse(page, 2);
  await open(page);
  await hasText(page, '.paper-status', 'Other sheets come first');
  await page.check('a sheet that waits');
  await hasText(page, '.paper-status', 'The sheet is ready');
  assert.equal(asked.length, 3);
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Open the PDF');
  await close(page);
});

browserTest('after a while it says in plain words to try again, which then works', async () => {
  const page = await paper();
  const asked = await refuse(page, 12);
  await page.clock.install();
  await open(page);
  for (let wait = 1; wait < 12; wait++) {
    await page.waitForFunction(() => document.querySelector('.paper-status').textContent.includes('come first'));
    while (asked.length < wait) await page.waitForTimeout(20);
    await page.waitForTimeout(100);
    await page.clock.runFor(1500);
  }
  await hasText(page, '.paper-status', 'Try again in a moment');
  assert.equal(asked.length, 12);
  await page.check('too many sheets');
  await open(page);
  await hasText(page, '.paper-status', 'The sheet is ready');
  await close(page);
});

browserTest('without the server it says what to do', async () => {
  const page = await paper();
  await page.route('**/sheet.pdf?*', (route) => route.abort());
  page.tolerates = /Failed to load/;
  await open(page);
  await hasText(page, '.paper-status', 'The server does not answer');
  await close(page);
});
