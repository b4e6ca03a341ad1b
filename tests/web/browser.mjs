// SPDX-License-Identifier: AGPL-3.0-or-later
// A browser for the tests of the pages, with an eye on what must never happen: an error on the
// console, a request to another host, a screen that axe finds serious fault with.
//
//   const browser = await openBrowser(server.origin);
//   const page = await browser.page({ size: 'phone', language: 'fr' });
//   await page.check('the join screen');
//   await browser.close();
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const sizes = { phone: [390, 844], tablet: [820, 1180], desktop: [1280, 800] };
/** What each long walk is tried in: every size, and both checked languages; French has the longer words, so it has the
 *  narrow screen. Arabic, Persian and Tigrinya have walks of their own. */
export const views = [['fr', 'phone'], ['en', 'tablet'], ['fr', 'desktop']];
export const executable = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Why the browser tests cannot run here; false when they can. */
export const missing = existsSync(executable) ? false : `no browser at ${executable}`;

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @param {string} origin of the server under test; requests to any other fail the test @param {object} [launch] of playwright's */
export async function openBrowser(origin, launch = {}) {
  const { chromium } = require('playwright-core');
  const browser = await chromium.launch({ executablePath: executable, args, ...launch });
  return {
    async page({ size = 'phone', language = 'en', ...more } = {}) {
      const [width, height] = sizes[size];
      const context = await browser.newContext({
        viewport: { width, height },
        locale: language,
        reducedMotion: 'reduce',
        ...more,
      });
      context.setDefaultTimeout(20_000);
      return watched(await context.newPage(), origin);
    },
    close: () => browser.close(),
  };
}

/** In the page: without small targets that are marks, which stand where their places are, also under a button
 *  or at the edge (WCAG 2.5.8 leaves them be). */
const withoutMarks = `({ violations }) => violations
  .map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes
    .filter(({ target }) => id !== 'target-size' || !document.querySelector(target[0])?.matches('.map-mark'))
    .map(({ target }) => ({ target })) }))
  .filter(({ nodes }) => nodes.length > 0)`;

/** A page that notes what must not happen; `page.faults` may be emptied by a test that provokes some, and what
 *  `page.tolerates` fits on the console is none. */
function watched(page, origin) {
  page.faults = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !page.tolerates?.test(message.text())) page.faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => page.faults.push(`error: ${error.stack ?? error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    const own = url.startsWith(`${origin}/`) || url === origin;
    if (!own && !/^(data|blob):/.test(url)) page.faults.push(`request to ${url}`);
  });
  /** Nothing went wrong so far, and axe finds nothing serious on what is shown. */
  page.check = async (what) => {
    const violations = await page.evaluate(
      `${axe}; axe.run(document, { runOnly: ${JSON.stringify(rules)} }).then(${withoutMarks})`,
    );
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const told = serious.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    );
    assert.deepEqual(told, [], `axe on ${what}`);
    assert.deepEqual(page.faults, [], `faults by ${what}`);
    await noSidewaysScrolling(page, what);
  };
  return page;
}

async function noSidewaysScrolling(page, what) {
  const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(wide <= seen, `${what} is ${wide} px wide in a window of ${seen}`);
}

/** Waits until the map has not moved for ten pictures: while it moves, a key moves it no further. */
export const stands = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const pane = document.querySelector('.leaflet-map-pane');
        let last = '';
        let still = 0;
        const look = () => {
          still = pane.style.transform === last ? still + 1 : 0;
          last = pane.style.transform;
          if (still === 10) resolve(true);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );

/** Waits until the device itself holds so many things that are still to be sent: before that a reload may lose one. */
export const onDevice = (page, count) =>
  page.waitForFunction(
    (wanted) =>
      new Promise((tell) => {
        indexedDB.open('repere-capture').onsuccess = ({ target: { result: db } }) => {
          const asked = db.transaction('kept').objectStore('kept').count(IDBKeyRange.bound('outbox/', 'outbox/\uffff'));
          asked.onsuccess = () => (db.close(), tell(asked.result === wanted));
        };
      }),
    count,
  );

/** To be asked for before she leaves: waits until the server was told so, whichever tab tells it. */
export const leaveTold = (page) =>
  page.context().waitForEvent('response', (reply) => reply.url().endsWith('/api/me/leave'));

/** Answers the questions of consent, by default with yes to all three. @param {("yes" | "no")[]} answers */
export async function agree(page, answers = ['yes', 'yes', 'yes']) {
  for (const answer of answers) {
    await page.waitForSelector('.consent');
    const heading = await page.textContent('.consent h1');
    await page.click(`.yes-no .button:nth-child(${answer === 'yes' ? 1 : 2})`);
    await page.waitForFunction((old) => document.querySelector('.consent h1')?.textContent !== old, heading);
  }
}
