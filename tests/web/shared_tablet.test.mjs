// SPDX-License-Identifier: AGPL-3.0-or-later
// A tablet that passes from hand to hand: what one person did is nowhere for the next. Words that must not be
// found (what she wrote, her pseudonym, her positions, her receipt, her token) are looked for in all that a
// page and its browser let anybody see.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../http/support.mjs';
import { makeCode, makeProject, makeSession, templateId } from '../http/world.mjs';
import { assertGone, assertNone, kept, keptBy, shownOn, walkHistory } from '../support/traces.mjs';
import { agree, leaveTold, missing, openBrowser } from './browser.mjs';

const WORDS = 'canary: a lamp behind the laundry';
let server, browser, staff, project;

if (!missing) {
  before(async () => {
    server = await startServer();
    staff = await server.staff('fatou', 'facilitator');
    project = await makeProject(staff);
    // a page that is left is put away whole, as browsers of people do it
    browser = await openBrowser(server.origin, { ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
}
const browserTest = (name, run) => test(name, { skip: missing, timeout: 120_000 }, run);

async function open() {
  const over = { exercise: await templateId(staff), languages: ['en', 'fr'], free_text: true, seat_limit: 50 };
  const id = await makeSession(staff, project, over);
  return { id, ...(await makeCode(staff, id)) };
}
const marksOf = async (session) =>
  (await staff.get(`/api/sessions/${session}/contributions?limit=1000`, { expect: 200 })).json.features;

/** Asks again until it is so; ten seconds at most. */
async function eventually(what, message) {
  for (let i = 0; i < 100; i++) {
    const found = await what();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(message);
}

/** A page that tells whether it was put away and shown again. */
async function openPage(options) {
  const page = await browser.page({ size: 'tablet', ...options });
  await page.addInitScript(() => {
    window.addEventListener('pageshow', ({ persisted }) => (window.wasPutAway = persisted));
  });
  return page;
}
/** Past what may be fetched ahead, to the map. */
async function toMap(page) {
  await page.waitForSelector('.category-sheet, .page-prepare, .consent');
  if (await page.$('.page-prepare')) await page.click('.page-prepare .button:last-child');
}
async function agreeAndGoOn(page) {
  await toMap(page);
  await agree(page);
  await toMap(page);
  await page.waitForSelector('.category-sheet');
}
async function arrive(page, session) {
  await page.goto(`${server.origin}/#join=${session.secret}`);
  await page.click('.language-tile[lang=en]');
  await agreeAndGoOn(page);
}
/** Takes a place, marks, writes. What of it nobody else may find. */
async function beSomebody(page, session, { send = true } = {}) {
  await page.click('.category[data-option=unsafe]');
  while (!(await page.$('.question textarea'))) await page.click('.question-next');
  await page.fill('.question textarea', WORDS);
  if (!send) return canariesOf(page);
  await page.click('.question-stop');
  const sent = () => marksOf(session.id).then((all) => all.find((one) => one.properties.answers.change === WORDS));
  const mark = await eventually(sent, 'the mark did not arrive');
  return canariesOf(page, mark);
}
async function canariesOf(page, mark) {
  const seat = await kept(page, 'seat');
  const canaries = { words: WORDS, pseudonym: seat.pseudonym, token: seat.token };
  if (mark) canaries.uuid = mark.id;
  if (mark) canaries.position = String(mark.geometry.coordinates[0]).slice(0, 9);
  return canaries;
}
const waitingItems = async (page) => Object.keys(await keptBy(page)).filter((key) => key.includes(' outbox/'));
const allSent = (page) => eventually(async () => (await waitingItems(page)).length === 0, 'something still waits');

/** Through the menu to her receipt, and what it says. */
async function receiptOf(page) {
  await page.click('.bar .button-round:last-child');
  await page.click('dialog .row-primary');
  await page.click('.page-receipt .button-primary');
  return (await page.textContent('.receipt-code')).trim();
}
browserTest('after "next person" nothing of the last one is found, by Back, Forward, reload or in any store', async () => {
  const session = await open();
  const page = await openPage();
  await page.goto(`${server.origin}/protection`); // what was there before
  await arrive(page, session);
  const canaries = await beSomebody(page, session);
  assertNone('', canaries, 'nowhere');
  assert.throws(() => assertNone(`x ${WORDS}`, canaries, 'here'), 'the search finds what is there');
  canaries.receipt = await receiptOf(page);
  const seen = await shownOn(page);
  assert.ok(seen.includes(canaries.receipt) && JSON.stringify(await keptBy(page)).includes(canaries.words));
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.context().grantPermissions(['clipboard-read'], { origin: server.origin });
  await page.click('.receipt-card .button');
  await eventually(async () => (await clipboard()).replace(/\s/g, '') === canaries.receipt, 'it was not copied');
  const told = leaveTold(page);
  await page.click('.page-receipt .button-primary');
  await page.waitForSelector('.language-tile');
  assertNone(await shownOn(page), canaries, 'on the page at once');
  await eventually(async () => !(await kept(page, 'seat')), 'her place is on the device');
  await told;
  await allSent(page);
  await assertGone(page, canaries, 'at once');
  await walkHistory(page, server.origin, (when) => assertGone(page, canaries, when));
  await page.goto(`${server.origin}/`);
  await page.reload();
  await page.waitForSelector('.language-tile');
  await assertGone(page, canaries, 'after a reload');
  assertNone((await clipboard()).replace(/\s/g, ''), canaries, 'in the clipboard');
  await page.context().close();
});

browserTest('what waits without a server goes from the tablet as soon as it was sent', async () => {
  const session = await open();
  const page = await openPage();
  await arrive(page, session);
  await page.context().setOffline(true);
  const canaries = await beSomebody(page, session, { send: false });
  await page.click('.question-stop');
  await page.click('.bar .button-round:last-child');
  await page.click('dialog .row-primary');
  await page.click('.page-receipt .stack > .button:nth-of-type(2)'); // without a receipt
  await page.waitForSelector('.language-tile');
  assertNone(await shownOn(page), canaries, 'on the page');
  assert.match(await page.textContent('.page-language .badge'), /1 waiting/, 'whoever gathers the tablets sees it');
  const waiting = await keptBy(page);
  const places = Object.keys(waiting).filter((place) => waiting[place].includes(WORDS));
  assert.ok(places.length === 1 && places[0].includes(' outbox/'), `they wait in ${places}`);
  await page.context().setOffline(false);
  await allSent(page);
  await assertGone(page, canaries, 'once sent');
  assert.equal((await marksOf(session.id)).filter((one) => one.properties.answers.change === WORDS).length, 1);
  await page.context().close();
});

browserTest('the lock empties the page, stays through reload and Back, and opens to what was there', async () => {
  const session = await open();
  const page = await openPage();
  await page.goto(`${server.origin}/protection`);
  await arrive(page, session);
  const canaries = await beSomebody(page, session);
  await page.click('.bar .button-round:nth-of-type(1)');
  await page.waitForSelector('.lock');
  await page.check('locked').catch((error) => {
    if (!/faults by/.test(error.message)) throw error;
  });
  await eventually(async () => (await kept(page, 'seat')).lock.on, 'the device does not know that it is locked');
  const empty = async (when) => assertNone(await shownOn(page), canaries, `on the page ${when}`);
  await empty('behind the lock');
  assert.equal(await page.locator('.map, .sheet').count(), 0);
  await page.reload();
  await page.waitForSelector('.lock');
  await empty('after a reload');
  await walkHistory(page, server.origin, empty);
  await page.click('.lock .button:first-of-type');
  await toMap(page);
  await page.waitForSelector('.map-mark');
  await page.context().close();
});

browserTest('four pictures open the lock; wrong ones are counted, also through a reload', async () => {
  const session = await open();
  const page = await openPage();
  await page.clock.install();
  await arrive(page, session);
  const pick = async (...pictures) => {
    for (const one of pictures) await page.click(`.pad-picture:nth-child(${one})`);
  };
  await page.click('.bar .button-round:last-child');
  await page.click('dialog .row-button:has-text("My lock")');
  await pick(1, 2, 3, 4, 1, 2, 3, 5);
  await page.waitForSelector('.lead:has-text("not the same")');
  await pick(1, 2, 3, 4, 1, 2, 3, 4);
  await page.waitForSelector('.category-sheet');
  await page.click('.bar .button-round:nth-of-type(1)');
  await page.waitForSelector('.lock .pad');
  const { pseudonym } = await kept(page, 'seat');
  assertNone(await shownOn(page), { pseudonym }, 'on the lock');
  for (let wrong = 0; wrong < 5; wrong++) {
    await pick(1, 2, 3, 5);
    await eventually(async () => (await kept(page, 'seat')).lock.wrong === wrong + 1, 'it was not counted');
  }
  await page.waitForSelector('.pad-picture:disabled');
  await page.clock.fastForward(20_000);
  await page.reload();
  await page.waitForSelector('.pad-picture:disabled');
  await page.clock.fastForward(15_000);
  assert.ok(await page.$('.pad-picture:disabled'), 'the wait begins anew with the page');
  await page.clock.fastForward(15_000);
  await page.waitForSelector('.pad-picture:enabled');
  await pick(1, 2, 3, 4);
  await toMap(page);
  await page.waitForSelector('.category-sheet');
  await page.context().close();
});

browserTest('whoever comes next begins anew without the pictures, and finds nothing', async () => {
  const session = await open();
  const page = await openPage();
  await arrive(page, session);
  const canaries = await beSomebody(page, session);
  await page.click('.bar .button-round:nth-of-type(1)');
  await page.click('.lock .button-quiet');
  const told = leaveTold(page);
  await page.click('dialog .button-primary');
  await page.waitForSelector('.language-tile');
  await told;
  await allSent(page);
  await assertGone(page, canaries, 'for the next person');
  await page.click('.language-tile[lang=en]');
  await agreeAndGoOn(page); // as somebody else, by the same invitation
  assert.equal(await page.locator('.map-mark').count(), 0);
  await page.context().close();
});

browserTest('at rest the page asks, then locks; what was half written is kept for her, not shown', async () => {
  const session = await open();
  const page = await openPage();
  await page.clock.install();
  await arrive(page, session);
  const canaries = await beSomebody(page, session, { send: false });
  await page.clock.fastForward(9 * 60_000);
  assert.equal(await page.locator('dialog').count(), 0);
  await page.clock.fastForward(61_000);
  await page.waitForSelector('dialog:has-text("Are you still here?")');
  await page.keyboard.press('Shift');
  await page.waitForFunction(() => !document.querySelector('dialog'));
  assert.equal(await page.inputValue('.question textarea'), WORDS);
  await page.clock.fastForward(10 * 60_000 + 1000);
  await page.waitForSelector('dialog');
  await page.clock.fastForward(61_000);
  await page.waitForSelector('.lock');
  assertNone(await shownOn(page), canaries, 'on the page at rest');
  await eventually(
    async () => (await marksOf(session.id)).some((one) => one.properties.answers.change === WORDS),
    'what she wrote is lost',
  );
  await page.context().close();
});

browserTest('a page that is not looked at is covered at once, and locked after two minutes', async () => {
  const session = await open();
  const page = await openPage();
  await page.clock.install();
  await arrive(page, session);
  const canaries = await beSomebody(page, session);
  const look = (state) =>
    page.evaluate((now) => {
      Object.defineProperty(document, 'visibilityState', { value: now, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  const seen = () => page.evaluate(() => getComputedStyle(document.querySelector('.work, .lock')).visibility);
  await look('hidden');
  assert.equal(await seen(), 'hidden');
  await page.clock.fastForward(100_000);
  await look('visible');
  await eventually(async () => (await seen()) === 'visible', 'it stays covered');
  assert.ok(await page.$('.work'), 'a glance away locks nothing');
  await look('hidden');
  await page.clock.fastForward(121_000);
  await look('visible');
  await page.waitForSelector('.lock');
  await eventually(async () => (await seen()) === 'visible', 'it stays covered');
  assertNone(await shownOn(page), canaries, 'on the page that woke up');
  await page.context().close();
});

browserTest('a receipt typed and left does not wait for the next person', async () => {
  const page = await openPage();
  await page.clock.install();
  await page.goto(`${server.origin}/#withdraw`);
  await page.waitForSelector('#receipt');
  await page.fill('#receipt', WORDS);
  await page.clock.fastForward(10 * 60_000 + 1000);
  await page.waitForSelector('dialog');
  await page.clock.fastForward(61_000);
  await page.waitForSelector('.language-tile');
  await assertGone(page, { words: WORDS }, 'at rest');
  await page.context().close();
});

browserTest('a tablet changes hands in all its tabs', async () => {
  const session = await open();
  const page = await openPage();
  await arrive(page, session);
  const canaries = await beSomebody(page, session);
  const other = await page.context().newPage();
  await other.goto(`${server.origin}/#join=${session.secret}`);
  const told = leaveTold(page);
  await other.click('dialog .button-primary'); // somebody new
  await page.waitForSelector('.language-tile');
  await told;
  await allSent(other);
  await assertGone(page, canaries, 'in the other tab');
  await other.click('.language-tile[lang=en]');
  await other.waitForSelector('.consent');
  await page.waitForSelector('.consent');
  const { token } = await kept(page, 'seat');
  assert.notEqual(token, canaries.token);
  await page.context().close();
});

browserTest('a page that was put away and comes back shows the person who sits here now', async () => {
  const session = await open();
  const page = await openPage();
  await arrive(page, session);
  await page.waitForFunction(() => navigator.serviceWorker.controller); // the first page of all is never put away
  await page.reload();
  await page.waitForSelector('.category-sheet');
  const canaries = await beSomebody(page, session);
  await allSent(page); // and put away: a page that is writing is not put away whole
  await page.waitForLoadState('networkidle');
  await page.goto(`${server.origin}/protection`);
  await page.goBack({ waitUntil: 'commit' });
  await page.waitForSelector('.map-mark');
  assert.ok(await page.evaluate(() => window.wasPutAway), 'the browser puts pages away');
  await page.goto(`${server.origin}/protection`);
  const other = await page.context().newPage();
  await other.goto(`${server.origin}/#join=${session.secret}`);
  const told = leaveTold(other);
  await other.click('dialog .button-primary');
  await other.waitForSelector('.language-tile');
  await told;
  await allSent(other);
  await page.goBack({ waitUntil: 'commit' });
  await page.waitForSelector('.language-tile, .code-input');
  await assertGone(page, canaries, 'after Back');
  await page.context().close();
});

browserTest('no field lets the browser remember what is typed', async () => {
  const session = await open();
  const page = await openPage();
  const wrong = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('input:not([type=radio], [type=checkbox]), textarea')]
        .filter((field) => field.autocomplete !== 'off' || field.name !== '' || field.closest('form[action]'))
        .map((field) => field.outerHTML),
    );
  await page.goto(`${server.origin}/`);
  await page.click('.language-tile[lang=en]');
  await page.waitForSelector('.code-input');
  assert.deepEqual(await wrong(), []);
  await page.click('.page-foot .button:last-child');
  await page.waitForSelector('#receipt');
  assert.deepEqual(await wrong(), []);
  await page.goto('about:blank');
  await arrive(page, session);
  await beSomebody(page, session, { send: false });
  assert.deepEqual(await wrong(), []);
  await page.context().close();
});

browserTest('a tablet that is shut out keeps nothing of the session, and is known at the door', async () => {
  const session = await open();
  const page = await openPage();
  await arrive(page, session);
  const canaries = await beSomebody(page, session);
  const { json } = await staff.get(`/api/sessions/${session.id}/tablets`, { expect: 200 });
  assert.deepEqual(json.items.map((one) => one.participants), [[canaries.pseudonym]]);
  await page.context().setOffline(true);
  await page.click('.category[data-option=safe]');
  await page.click('.question-stop');
  const path = `/api/sessions/${session.id}/tablets/${json.items[0].tablet}`;
  await staff.put(path, { state: 'revoked' }, { expect: 200 });
  await page.context().setOffline(false);
  await page.waitForSelector('.page-revoked');
  const nothing = async () =>
    Object.keys(await keptBy(page)).filter((key) => /capture (seat|marks|outbox\/|package|area|part|recording)/.test(key)).length === 0;
  await eventually(nothing, 'something of the session is kept');
  await assertGone(page, canaries, 'on the tablet');
  await page.click('.page-revoked .button-primary, .page-revoked main .button');
  await page.fill('.code-input', session.code);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.field-error:has-text("shut out")');
  assert.equal((await marksOf(session.id)).length, 1, 'what was sent stays; what waited is gone');
  await page.context().close();
});

browserTest('a tablet that is shut out while it is off hears it when it starts', async () => {
  const session = await open();
  const page = await openPage();
  await arrive(page, session);
  const canaries = await beSomebody(page, session);
  await page.goto('about:blank');
  const { json } = await staff.get(`/api/sessions/${session.id}/tablets`, { expect: 200 });
  await staff.put(`/api/sessions/${session.id}/tablets/${json.items[0].tablet}`, { state: 'revoked' }, { expect: 200 });
  await page.goto(`${server.origin}/`);
  await page.waitForSelector('.page-revoked');
  await assertGone(page, canaries, 'after the start');
  await page.context().close();
});
