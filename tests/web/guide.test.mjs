// SPDX-License-Identifier: AGPL-3.0-or-later
// The picture guide: from the first screen, with the keyboard alone, through to its end.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../http/support.mjs';
import { missing, openBrowser } from './browser.mjs';

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

test('six pictures, each with words, are walked through by keyboard and close at the end', { skip: missing }, async () => {
  const page = await browser.page({ size: 'phone', language: 'en' });
  await page.goto(server.origin);
  await page.focus('.guide-button');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.dialog-guide');
  await page.check('the guide');
  const seen = new Set();
  for (let step = 0; step < 6; step++) {
    const picture = page.locator('.guide-picture');
    await picture.evaluate((image) => image.decode());
    seen.add(`${await picture.getAttribute('src')} ${await page.textContent('.guide-words')}`);
    await page.focus('.guide-steps .button-primary');
    await page.keyboard.press('Enter');
  }
  assert.equal(seen.size, 6, 'six different pictures and sentences');
  await page.waitForSelector('.dialog-guide', { state: 'detached' });
  await page.context().close();
});
