// SPDX-License-Identifier: AGPL-3.0-or-later
// The wall of the room, in its own window: what it shows and what it never shows, freezing, hiding, the whole
// screen, how large its words are.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { templateId } from '../http/world.mjs';
import { missing } from './browser.mjs';
import { hasCount, hasText, openHouse, place } from './staff.mjs';

let house;
if (!missing) {
  before(async () => (house = await openHouse()));
  after(() => house?.close());
}
const browserTest = (name, run) => test(name, { skip: missing, timeout: 120_000 }, run);
const close = (page) => page.context().close();
/** The wall of a session, at the size of a projector's picture. */
async function wall(id, { viewport = { width: 1280, height: 720 }, clock = false, ...options } = {}) {
  const page = await house.page('', '.cards', { viewport, ...options });
  if (clock) await page.clock.install();
  await page.goto(`${house.server.origin}/facilitate#/session/${id}/wall`);
  if (clock) await page.reload();
  await page.waitForSelector('.wall-side');
  return page;
}
const standard = async () => ({ exercise: await templateId(house.staff, 'asset-map') });
const where = (level) => ({ level, shareable: 'public' });

browserTest('marks of a standard exercise are on the wall soon; how to join, and nobody by name', async () => {
  const session = await house.session({ ...(await standard()), approve: 'by_hand' }, 1);
  const [anna] = session.seats;
  const page = await wall(session.id);
  await hasText(page, '.wall .join-code', session.code);
  const first = await place(anna, session.id, 1, where('association'));
  await place(anna, session.id, 2, where('institution'));
  await house.staff.put(`/api/sessions/${session.id}/contributions/${first}/state`, { state: 'approved' }, { expect: 200 });
  await hasCount(page, '.map-mark', 1);
  await hasText(page, '.wall-total', '1');
  await page.check('the wall');
  const seen = await page.evaluate(() => document.body.innerText + document.querySelector('.wall').outerHTML);
  assert.ok(!seen.includes(anna.pseudonym), 'no pseudonym on the wall');
  await page.click('.map-mark', { force: true });
  assert.equal(await page.locator('dialog').count(), 0, 'no answers on the wall'); // one would open in the same breath
  await close(page);
});

browserTest('marks of a sensitive exercise are shown late, together, and as squares alone', async () => {
  const session = await house.session({}, 4);
  const page = await wall(session.id, { clock: true });
  const [anna, ben, cora, dora] = session.seats;
  const asked = () => page.waitForResponse((reply) => reply.url().includes('/contributions') && reply.ok());
  const pass = async (ms) => {
    const heard = asked();
    await page.clock.runFor(ms);
    await heard;
  };
  for (const seat of [anna, ben]) await place(seat, session.id, 8);
  await pass(31_000);
  for (let minute = 0; minute < 6; minute++) await pass(60_000);
  assert.equal(await page.locator('.wall-square, .wall-mark, .map-mark').count(), 0, 'two people are too few');
  await hasText(page, '.wall-total', 'once there are enough');
  await place(cora, session.id, 8);
  await place(dora, session.id, 0);
  await pass(31_000);
  assert.equal(await page.locator('.wall-square').count(), 0, 'not before two minutes have passed');
  for (let minute = 0; minute < 5; minute++) await pass(60_000);
  await hasCount(page, '.wall-square', 1);
  assert.equal(await page.locator('.map-mark').count(), 0, 'no single point');
  await hasText(page, '.wall-sign', '3+');
  await hasText(page, '.wall-late', 'at least 3 people');
  await hasText(page, '.wall-total', '3 marks or more');
  const counts = await page.locator('.wall-count').allTextContents();
  assert.deepEqual(counts.filter((count) => !['3+', '–'].includes(count)), [], 'no exact number');
  await page.check('squares');
  // nothing on the page shows more
  const controls = await page.locator('.wall button, .wall a, .wall input, .wall select').allTextContents();
  assert.deepEqual(controls.filter(Boolean), ['Whole screen', 'Freeze', 'Hide the picture', 'To the session']);
  await close(page);
});

browserTest('frozen, the picture stays and says for how long; hidden, there is none', async () => {
  const session = await house.session(await standard(), 1);
  const [anna] = session.seats;
  await place(anna, session.id, 1, where('association'));
  const page = await wall(session.id, { clock: true });
  await hasCount(page, '.map-mark', 1);
  await page.click('.wall-tools .button:nth-child(2)');
  await hasText(page, '.wall-notice', 'Frozen');
  await place(anna, session.id, 2, where('institution'));
  await page.clock.runFor(3 * 60_000 + 1000);
  await hasText(page, '.wall-notice', 'Frozen for 3 minutes');
  assert.equal(await page.locator('.map-mark').count(), 1);
  await page.check('frozen');
  await page.click('.wall-tools .button:nth-child(2)');
  await hasCount(page, '.map-mark', 2);
  await page.click('.wall-tools .button:nth-child(3)');
  await page.waitForSelector('.wall-cover');
  assert.equal(await page.locator('.wall-picture:visible, .map-mark:visible, .join:visible').count(), 0);
  await page.check('hidden');
  await page.keyboard.press('Enter'); // the keyboard is still on the button
  await page.waitForSelector('.wall-picture');
  await close(page);
});

browserTest('from her own window the facilitator opens the wall, freezes and hides it', async () => {
  const session = await house.session(await standard(), 1);
  const page = await house.page(`session/${session.id}`, '.live-count', { size: 'desktop' });
  // the wall does not look by itself here
  await page.context().addInitScript(() => {
    if (location.hash.endsWith('/wall')) window.setInterval = () => 0;
  });
  const opened = page.context().waitForEvent('page');
  await page.click('.live-tool:has-text("Projector")');
  const there = await opened;
  await there.waitForSelector('.wall-side');
  const asked = [];
  there.on('request', (request) => asked.push(request.url()));
  await page.click('.live-tool:has-text("On the wall")');
  await page.click('dialog .row-button:has-text("Hide")');
  await there.waitForSelector('.wall-cover');
  await hasText(page, '.live-tools', 'Wall hidden');
  await page.click('.live-tool:has-text("Wall hidden")');
  await page.click('dialog .row-button:has-text("Show")');
  await there.waitForSelector('.wall-picture');
  await place(session.seats[0], session.id, 1, where('association'));
  await there.waitForSelector('.map-mark'); // her window says that something changed
  assert.ok(!asked.some((url) => url.endsWith('/events')), 'one event stream a browser');
  await there.close();
  await page.waitForSelector('.live-tool:has-text("Projector")');
  assert.deepEqual(page.faults, []);
  await close(page);
});

for (const [width, height] of [[1280, 720], [1920, 1080]])
  browserTest(`what matters is a fortieth of the picture's height or more, and fits: ${width}x${height}`, async () => {
    for (const key of ['safety-map', 'city-services']) {
      const session = await house.session({ exercise: await templateId(house.staff, key) }, 1);
      for (const dir of ['ltr', 'rtl']) {
        const page = await wall(session.id, { viewport: { width, height } });
        await page.waitForSelector('.wall .join-code');
        await page.waitForFunction(() => document.querySelector('.wall .join-qr')?.naturalWidth > 0);
        await page.evaluate((to) => (document.documentElement.dir = to), dir);
        const found = await page.evaluate(() => {
          const words = ['.wall h1', '.wall-total', '.wall-words', '.wall-count', '.join-code', '.join-address', '.wall-late'];
          const all = words.flatMap((one) => [...document.querySelectorAll(one)].map((element) => [one, element]));
          return {
            small: all
              .filter(([, element]) => parseFloat(getComputedStyle(element).fontSize) < innerHeight / 40)
              .map(([one, element]) => `${one} ${getComputedStyle(element).fontSize}`),
            outside: all
              .filter(([, element]) => {
                const box = element.getBoundingClientRect();
                return box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || box.left < -1;
              })
              .map(([one, element]) => `${one} ${element.textContent}`),
            qr: document.querySelector('.join-qr').getBoundingClientRect().height / innerHeight,
          };
        });
        assert.deepEqual(found.small, [], `${key} ${dir}`);
        assert.deepEqual(found.outside, [], `${key} ${dir}`);
        assert.ok(found.qr > 0.25, `the QR is ${found.qr} of the height`);
        await page.check(`the wall ${key} ${dir}`);
        await close(page);
      }
    }
  });

browserTest('the keyboard alone is enough, and the whole screen is left by Escape', async () => {
  const session = await house.session(await standard(), 1);
  const page = await wall(session.id);
  await page.focus('.wall-tools .button');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.fullscreenElement !== null);
  await hasText(page, '.wall-tools', 'Leave the whole screen');
  const shade = () => page.evaluate(() => getComputedStyle(document.querySelector('.wall-tools')).opacity);
  assert.equal(await shade(), '1', 'the tools show where the keyboard is');
  await page.evaluate(() => document.activeElement.blur());
  await page.waitForFunction(() => getComputedStyle(document.querySelector('.wall-tools')).opacity === '0');
  await page.evaluate(() => document.exitFullscreen()); // what Escape does: a browser without a window has none
  await hasText(page, '.wall-tools', 'Whole screen');
  for (const tool of [2, 3, 4]) {
    await page.focus(`.wall-tools > :nth-child(${tool - 1})`);
    await page.keyboard.press('Tab');
    await page.waitForFunction((n) => document.activeElement.matches(`.wall-tools > :nth-child(${n})`), tool);
  }
  await page.keyboard.press('Enter');
  await page.waitForSelector('.live-count');
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('a researcher is shown the map without the way in', async () => {
  const session = await house.session(await standard(), 1);
  const ines = await house.server.staff('ines', 'researcher');
  await house.staff.post(`/api/projects/${house.project}/staff`, { name: 'ines' }, { expect: 200 });
  const page = await wall(session.id, { who: ines });
  await place(session.seats[0], session.id, 1, where('association'));
  await page.waitForSelector('.map-mark');
  assert.equal(await page.locator('.join-code').count(), 0);
  assert.deepEqual(page.faults, []);
  await close(page);
});
