// SPDX-License-Identifier: AGPL-3.0-or-later
// A person on a tablet in a bad room: out of reach in the middle of a step, a finger that taps twice, a tablet
// that is full. Nothing is lost, nothing asked of her twice, nothing left of the one before.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeCode, makeSession, templateId } from '../http/world.mjs';
import { shownOn, keptBy } from '../support/traces.mjs';
import { agree, missing } from './browser.mjs';
import { openHouse } from './staff.mjs';

let house, server, browser, staff, project;
if (!missing) {
  before(async () => {
    house = await openHouse();
    ({ server, browser, staff, project } = house);
  });
  after(() => house?.close());
}
const browserTest = (name, run) => test(name, { skip: missing, timeout: 120_000 }, run);

async function open() {
  const exercise = await templateId(staff, 'safety-map');
  const id = await makeSession(staff, project, { exercise, languages: ['en', 'fr'], admit: 'at_once', free_text: true });
  return { id, ...(await makeCode(staff, id)) };
}
const peopleOf = async ({ id }) => (await staff.get(`/api/sessions/${id}/participants`, { expect: 200 })).json.items;
const marksOf = async ({ id }) => (await staff.get(`/api/sessions/${id}/contributions?limit=1000`, { expect: 200 })).json.features;
async function until(what, fits) {
  for (let tries = 0; tries < 150; tries++) {
    if (await fits()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`it never was so: ${what}`);
}
async function scan(page, session) {
  await page.goto(`${server.origin}/#join=${session.secret}`);
  await page.waitForSelector('.language-tile');
}
const cut = (page) => (page.tolerates = /ERR_FAILED|ERR_INTERNET/);

browserTest('a scan that did not reach the server is tried again without another scan, in another language too', async () => {
  const session = await open();
  const page = await browser.page();
  cut(page);
  await scan(page, session);
  await page.route('**/api/{join,health}', (route) => route.abort());
  await page.click('.language-tile[lang=en]');
  await page.waitForSelector('button:has-text("Try again")');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Try again');
  await page.check('a scan that did not arrive');
  await page.click('button:has-text("Try again")');
  await page.waitForSelector('.field-error:has-text("No connection")');
  await page.click('.page-bar .button');
  await page.click('dialog .language-tile[lang=fr]');
  await page.waitForSelector('button:has-text("Réessayer")');
  await page.unroute('**/api/{join,health}');
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await page.waitForSelector('.consent'); // nobody pressed anything
  assert.equal((await peopleOf(session)).length, 1);
  await page.context().close();
});

browserTest('an invitation that the server refuses is not tried for ever', async () => {
  const session = await open();
  const page = await browser.page();
  await staff.post(`/api/sessions/${session.id}/close`, undefined, { expect: 200 });
  page.tolerates = /status of 4/;
  await scan(page, session);
  await page.click('.language-tile[lang=en]');
  await page.waitForSelector('.field-error:not([hidden])');
  assert.equal(await page.isVisible('button:has-text("Try again")'), false);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'code');
  await page.context().close();
});

browserTest('two fast taps on "yes" agree to one thing; a button that stays is pressed twice', async () => {
  const session = await open();
  const page = await browser.page();
  await scan(page, session);
  await page.click('.language-tile[lang=en]');
  await page.waitForSelector('.consent');
  await page.dblclick('.yes-no .button:first-child');
  assert.equal(await page.locator('.dot-done').count(), 1);
  await page.click('.yes-no .button:last-child');
  assert.equal(await page.locator('.dot-done').count(), 2);
  await page.click('.yes-no .button:last-child');
  await page.waitForSelector('.category-sheet');
  const { consent } = (await peopleOf(session))[0];
  assert.deepEqual(consent, { room: true, aggregate: false, finding: false, photo: false });
  await page.dblclick('.category[data-option=unsafe]');
  await page.waitForSelector('.question');
  assert.equal(await page.locator('.question [aria-checked=true], .question [aria-pressed=true]').count(), 0, 'she answered nothing yet');
  while (!(await page.$('.question textarea'))) await page.dblclick('.question-next');
  await page.context().close();
});

browserTest('on a full tablet she takes part all the same, in one place, and leaves nothing', async () => {
  const session = await open();
  const page = await browser.page({ size: 'tablet' });
  await scan(page, session);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: server.origin, quotaSize: 1 });
  await page.click('.language-tile[lang=en]');
  await page.waitForSelector('.consent');
  await agree(page);
  await page.waitForSelector('.category-sheet');
  assert.match(await page.textContent('.keep-open'), /Keep this page open/);
  await page.check('a full tablet');
  await page.click('.category[data-option=unsafe]');
  while (!(await page.$('.question textarea'))) await page.click('.question-next');
  await page.fill('.question textarea', 'canary: nothing is kept');
  await page.click('.question-stop');
  await until('the mark is there', async () => (await marksOf(session)).length === 1);
  assert.equal((await peopleOf(session)).length, 1);
  await page.evaluate(() => new BroadcastChannel('repere-seat').postMessage('seat')); // another tab says something
  await page.waitForFunction(() => document.querySelector('.chip-good'));
  await page.click('.bar .button-round:nth-of-type(1)');
  await page.click('.lock .button:first-of-type');
  await page.waitForSelector('.category-sheet');
  await page.click('.bar .button-round:last-child');
  await page.click('dialog .row-primary');
  await page.click('.page-receipt .stack > .button:nth-of-type(2)');
  await page.waitForSelector('.language-tile');
  assert.ok(!(await shownOn(page)).includes('canary'));
  await until('nothing is kept', async () => !JSON.stringify(await keptBy(page)).includes('canary'));
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

browserTest('what somebody before left unsent is counted; once it is refused that is said, and nothing of it is kept', async () => {
  const session = await open();
  const page = await browser.page({ size: 'tablet' });
  cut(page);
  await scan(page, session);
  await page.click('.language-tile[lang=en]');
  await agree(page);
  await page.waitForSelector('.category-sheet');
  await page.route('**/contributions/**', (route) => route.abort());
  await page.click('.category[data-option=unsafe]');
  await page.click('.question-stop');
  await page.click('.bar .button-round:nth-of-type(1)');
  await page.waitForSelector('.lock .badge:has-text("1 waiting")');
  await page.click('.lock .button-quiet');
  await page.click('dialog .button-primary');
  await page.waitForSelector('.page-language .badge:has-text("1 waiting")');
  await page.click('.language-tile[lang=en]');
  await agree(page);
  await page.waitForSelector('.category-sheet');
  await page.click('.chip:last-child');
  await page.waitForSelector('dialog .note:has-text("before the session is closed")');
  assert.equal(await page.locator('dialog .button:has-text("file")').count(), 0, 'a sensitive exercise: nobody saves what is not hers');
  await page.check('what somebody before left');
  await staff.post(`/api/sessions/${session.id}/close`, undefined, { expect: 200 });
  page.tolerates = /ERR_FAILED|status of 4/;
  await page.unroute('**/contributions/**');
  await page.click('dialog .button-primary');
  await page.waitForSelector('dialog .note-bad:has-text("was not accepted")');
  assert.equal(await page.locator('dialog .note-good').count(), 0, 'it is not called sent');
  await until('nothing waits', async () => !Object.keys(await keptBy(page)).some((key) => key.includes(' outbox/')));
  assert.equal((await marksOf(session)).length, 0);
  await page.context().close();
});
