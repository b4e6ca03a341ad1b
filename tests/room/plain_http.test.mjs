// SPDX-License-Identifier: AGPL-3.0-or-later
// A room over plain HTTP: the address of the laptop is no secure context, so there is no service worker, no
// position and no crypto.randomUUID. All that a session needs goes on: what is done out of range waits and
// arrives once, the page stays through the server's end, a file carries what waits, "next person" wipes all.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { assertGone, assertNone, kept, keptBy, shownOn, walkHistory } from '../support/traces.mjs';
import { leaveTold, missing, onDevice } from '../web/browser.mjs';
import { LAPTOP, makeRoom, refusal } from './room.mjs';
import { arrive, closeList, openList, prepare } from './workshop.mjs';

const skip = refusal || missing;
const PORT = 8080;
const origin = `http://${LAPTOP}:${PORT}`;
const WORDS = 'canary: a lamp behind the laundry';
const words = JSON.parse(readFileSync(new URL('../../web/i18n/en.json', import.meta.url), 'utf8'));
let room, session, server, tablet, page, other, otherPage, desk;

before(async () => {
  if (skip) return;
  room = await makeRoom({ tablets: 2 });
  [tablet, other] = room.tablets;
  session = await prepare(room, { exercise: 'safety-map', free_text: true });
  await serve();
  [page, otherPage, desk] = await Promise.all([tablet, other, room.laptop].map(openPage));
  await desk.context().addCookies([{ name: 'repere', value: session.cookie, url: origin }]);
  await desk.goto(`${origin}/facilitate#/session/${session.id}`);
  await desk.waitForSelector('.live-count');
});
after(() => room?.close());

async function serve() {
  server = await room.laptop.serve(['--data', session.data, '--address', '0.0.0.0', '--port', String(PORT)]);
}
async function openPage(place) {
  const browser = await place.browser(origin);
  const opened = await browser.page({ size: 'tablet' });
  // out of range; and what a browser says of a header that is for secure pages
  opened.tolerates = /^Failed to load resource: net::|^The Cross-Origin-Opener-Policy header has been ignored|^Clear-Site-Data header .* Not supported for insecure origins/;
  return opened;
}
const roomTest = (name, run) => test(name, { skip, timeout: 120_000 }, run);

/** What the facilitator's browser gets of the session. */
const ask = (what) => desk.evaluate(async (path) => (await fetch(path)).json(), `/api/sessions/${session.id}/${what}`);
const stored = async () => (await ask('contributions?limit=1000')).features;
const idsOf = (marks) => marks.map(({ id }) => id).sort();

/** A mark without its other questions; its id. */
async function putMark(on, category) {
  await on.click(`.category[data-option=${category}]`);
  await on.click('.question-stop');
  await on.waitForSelector('.category-sheet');
  const [{ id }] = await openList(on);
  await closeList(on);
  return id;
}
async function openCard(on, id) {
  await openList(on);
  await on.click(`.marks-sheet [data-mark="${id}"]`);
  await on.waitForSelector('.mark-card');
}
async function answerNight(on, id) {
  await openCard(on, id);
  await on.click('.mark-actions .button:nth-child(1)');
  await on.click('.question [data-option=night]');
  await on.click('.question-stop');
  await on.waitForSelector('.mark-card');
  await on.click('.mark-card .button-round');
}
async function remove(on, id) {
  await openCard(on, id);
  await on.click('.mark-actions .button:last-child');
  await on.click('dialog .dialog-actions .button-danger');
  await on.waitForSelector('.category-sheet');
}
/** How many marks she is told that wait: counted at once, also while one is on its way into nothing. */
const told = (on) => on.textContent('.chip:last-child');
const allSent = (on) => on.waitForSelector('.chip-good:last-child');
const outboxOf = async (on) => Object.entries(await keptBy(on)).filter(([place]) => place.includes(' outbox/'));

roomTest('the address of the laptop is no secure context; the page says to stay open and offers no position', async () => {
  await page.goto(`${origin}/protection`); // what was there before her
  await arrive(page, origin, session);
  const has = await page.evaluate(() => ({
    isSecureContext,
    worker: 'serviceWorker' in navigator,
    storage: 'storage' in navigator,
    randomUUID: 'randomUUID' in crypto,
  }));
  assert.deepEqual(has, { isSecureContext: false, worker: false, storage: false, randomUUID: false });
  assert.ok((await page.textContent('.keep-open')).includes(words.keep_open.text));
  assert.equal(await page.locator(`[aria-label="${words.locate.button}"]`).count(), 0);
  await page.check('the map over plain HTTP');
  await page.click('.keep-open button');
  await page.waitForSelector('.keep-open', { state: 'detached' });
});

roomTest('what is done, changed and taken back out of range waits, and is in the store once', async () => {
  const [first, second] = [await putMark(page, 'safe'), await putMark(page, 'unsafe')];
  await allSent(page);
  assert.deepEqual(idsOf(await stored()), [first, second].sort());

  await tablet.cut();
  const [third, fourth] = [await putMark(page, 'very_safe'), await putMark(page, 'neither')];
  assert.equal(await told(page), '2 waiting');
  await page.waitForSelector('.bar-away', { state: 'visible' });
  await answerNight(page, third);
  assert.equal(await told(page), '2 waiting');
  await remove(page, fourth);
  assert.equal(await told(page), '1 waiting', 'nobody has heard of the fourth');
  await answerNight(page, first);
  await remove(page, second);
  assert.equal(await told(page), '3 waiting');
  await onDevice(page, 3);
  const waiting = (await outboxOf(page)).map(([, text]) => text).join();
  for (const id of [first, second, third]) assert.ok(waiting.includes(id), 'it is on the device');
  assert.deepEqual(idsOf(await stored()), [first, second].sort(), 'and nowhere else');

  await tablet.mend();
  await allSent(page);
  await page.waitForSelector('.bar-away', { state: 'hidden' });
  const marks = await stored();
  assert.deepEqual(idsOf(marks), [first, third].sort());
  for (const { properties } of marks) assert.deepEqual(properties.answers.when, ['night']);
  assert.deepEqual(await openList(page), [{ id: third, status: 'sent' }, { id: first, status: 'sent' }]);
  await closeList(page);
  const { token } = await kept(page, 'seat');
  const receipts = Object.values(await kept(page, `marks/${token}`));
  assert.deepEqual(
    receipts.map(({ id, properties }) => [id, properties.version]).sort(),
    marks.map(({ id, properties }) => [id, properties.version]).sort(),
  );
  await onDevice(page, 0);
});

roomTest('the server is killed and started again under a page that stays open', async () => {
  const before = idsOf(await stored());
  await page.evaluate(() => (window.stayed = true));
  server.kill('SIGKILL');
  await server.ended;
  const id = await putMark(page, 'safe');
  assert.equal(await told(page), '1 waiting');
  await page.waitForSelector('.bar-away', { state: 'visible' });
  await serve();
  await allSent(page);
  await page.waitForSelector('.bar-away', { state: 'hidden' });
  assert.deepEqual(idsOf(await stored()), [...before, id].sort());
  assert.equal(await page.evaluate(() => window.stayed), true);
});

roomTest('two tablets mark at the same time: each mark has an id of its own', async () => {
  await arrive(otherPage, origin, session);
  const before = await stored();
  const mine = async (on) => [await putMark(on, 'safe'), await putMark(on, 'safe'), await putMark(on, 'unsafe')];
  const fresh = (await Promise.all([page, otherPage].map(mine))).flat();
  await Promise.all([page, otherPage].map(allSent));
  assert.equal(new Set(fresh).size, 6);
  for (const id of fresh) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(idsOf(await stored()), [...idsOf(before), ...fresh].sort());
});

roomTest('what waits is saved to a file, which the facilitator brings; sent later, it is there once', async () => {
  const before = idsOf(await stored());
  await other.hush();
  const id = await putMark(otherPage, 'unsafe');
  await answerNight(otherPage, id); // while the mark is on its way into nothing
  assert.equal(await told(otherPage), '1 waiting');
  await otherPage.click('.chip:last-child');
  const downloading = otherPage.waitForEvent('download');
  await otherPage.click(`dialog .outbox .button:has-text("${words.outbox.save}")`);
  await otherPage.click(`dialog .dialog-actions .button:has-text("${words.outbox.save_yes}")`);
  const text = readFileSync(await (await downloading).path(), 'utf8');
  assertNone(text, { token: (await kept(otherPage, 'seat')).token }, 'in the file');
  assert.deepEqual(JSON.parse(text).items.map(({ kind, uuid }) => [kind, uuid]), [['put', id]]);

  await desk.setInputFiles('.bring-file input', { name: 'outbox.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await desk.waitForSelector('.taken');
  const asItIsNow = async () => {
    const marks = await stored();
    assert.deepEqual(idsOf(marks), [...before, id].sort());
    assert.deepEqual(marks.find((mark) => mark.id === id).properties.answers.when, ['night']);
  };
  await asItIsNow();
  assert.deepEqual((await ask('conflicts')).items, [], 'it came once, as it is now');
  await desk.click('dialog .button-round');
  await other.mend();
  await otherPage.click('dialog .button-round');
  await allSent(otherPage);
  await asItIsNow();
  const [newest] = await openList(otherPage);
  assert.deepEqual(newest, { id, status: 'sent' });
  await closeList(otherPage);
});

roomTest('"next person" leaves nothing of the one before, not by Back, Forward or reload, nor in any store', async () => {
  await page.click('.category[data-option=unsafe]');
  while (!(await page.$('.question textarea'))) await page.click('.question-next');
  await page.fill('.question textarea', WORDS);
  await page.click('.question-stop');
  await allSent(page);
  const mark = (await stored()).find(({ properties }) => properties.answers.change === WORDS);
  const { pseudonym, token } = await kept(page, 'seat');
  await page.click('.bar .button-round:last-child');
  await page.click('dialog .row-primary');
  await page.click('.page-receipt .button-primary');
  const receipt = (await page.textContent('.receipt-code')).trim();
  const canaries = { words: WORDS, pseudonym, token, receipt, mark: mark.id, position: String(mark.geometry.coordinates[0]).slice(0, 9) };
  const everything = [await shownOn(page), JSON.stringify(await keptBy(page))].join();
  for (const name of ['words', 'token', 'receipt', 'mark', 'position'])
    assert.throws(() => assertNone(everything, { [name]: canaries[name] }, 'here'), `${name} is found while it is there`);

  const told = leaveTold(page);
  await page.click('.page-receipt .button-primary');
  await page.waitForSelector('.language-tile');
  assertNone(await shownOn(page), canaries, 'on the page at once');
  await told;
  await onDevice(page, 0);
  await assertGone(page, canaries, 'at once');
  await walkHistory(page, origin, (when) => assertGone(page, canaries, when));
  await page.goto(`${origin}/`);
  await page.reload();
  await page.waitForSelector('.language-tile');
  await assertGone(page, canaries, 'after a reload');
  assert.ok(idsOf(await stored()).includes(mark.id), 'what she sent stays');
});

roomTest('no page met an error, and nothing was asked of anybody outside', async () => {
  for (const one of [page, otherPage, desk]) assert.deepEqual(one.faults, []);
  assert.deepEqual(await room.strays(), []);
  assert.doesNotMatch(server.log(), /"error"/);
});
