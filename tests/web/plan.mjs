// SPDX-License-Identifier: AGPL-3.0-or-later
// What the browser tests of the planner's page share: a real server for the pages, made-up editions in the
// place of its own.
import { startServer } from '../http/support.mjs';
import { openBrowser } from './browser.mjs';
import { makeWorld } from './plan_fixture.mjs';

export async function openPlan() {
  const server = await startServer();
  const browser = await openBrowser(server.origin);
  return {
    server,
    /** A page on an address below /plan (or /embed), with editions as makeWorld() makes them. */
    async page(hash = '', { world = {}, path = '/plan', selector = '.pane-title', ...options } = {}) {
      const page = await browser.page(options);
      const made = makeWorld(world);
      await page.route('**/api/editions**', (route) => route.fulfill(made.answer(route.request().url())));
      await page.goto(`${server.origin}${path}${hash}`);
      await page.waitForSelector(selector);
      return page;
    },
    async close() {
      await browser.close();
      await server.stop();
    },
  };
}

/** Waits until the address holds these words. */
export const hasAddress = (page, words) =>
  page.waitForFunction((part) => decodeURIComponent(location.hash).includes(part), words);

/** Chooses a radio button by its value. */
export const choose = (page, value) => page.click(`label:has(input[type=radio][value="${value}"])`);
