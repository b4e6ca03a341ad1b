// SPDX-License-Identifier: AGPL-3.0-or-later
// What tests of pages share: a server, a browser, a project, pages of people who are
// signed in.
//
//   const house = await openHouse();
//   const page = await house.page('session/7', '.mark-row', { size: 'tablet' });
//   await house.close();
import { startServer } from '../http/support.mjs';
import { makeCode, makeProject, makeSession, mark, takeSeat, uuid } from '../http/world.mjs';
import { openBrowser } from './browser.mjs';

export async function openHouse() {
  const server = await startServer();
  const staff = await server.staff('fatou', 'facilitator');
  const project = await makeProject(staff);
  const browser = await openBrowser(server.origin);
  return {
    server,
    staff,
    project,
    browser,
    /** A page that shows an address to somebody who is signed in. */
    async page(address, selector, { who = staff, ...options } = {}) {
      const page = await browser.page(options);
      await signIn(page, server.origin, who);
      await page.goto(`${server.origin}/facilitate#/${address}`);
      await page.waitForSelector(selector);
      return page;
    },
    /** A session with people in it: they have agreed, and are let in where that happens at once. */
    async session(over = {}, people = 0) {
      const id = await makeSession(staff, project, { languages: ['en', 'fr'], ...over });
      const join = await makeCode(staff, id);
      const seats = [];
      for (let seat = 0; seat < people; seat++) seats.push(await takeSeat(server, join.code));
      return { id, ...join, seats };
    },
    marks: async (session) =>
      (await staff.get(`/api/sessions/${session}/contributions?limit=1000`, { expect: 200 })).json.features,
    async close() {
      await browser.close();
      await server.stop();
    },
  };
}

/** Gives the page the cookie that a member of staff has. */
export function signIn(page, origin, { cookie }) {
  return page.context().addCookies([{ name: 'repere', value: cookie, url: origin }]);
}

/** A mark somewhere in the session's area, apart from the others; its id. */
export async function place(client, session, number, answers = { feeling: 'unsafe' }) {
  const id = uuid();
  const body = mark(4.32 + (number % 6) * 0.02, 50.82 + Math.floor(number / 6) * 0.02, answers);
  await client.put(`/api/sessions/${session}/contributions/${id}`, body, { expect: 201 });
  return id;
}

/** Waits until the element has this text, spaces apart. */
export function hasText(page, selector, text) {
  return page.waitForFunction(
    ([where, words]) => document.querySelector(where)?.textContent.replace(/\s+/g, ' ').includes(words),
    [selector, text],
  );
}

/** Waits until so many elements are there. */
export function hasCount(page, selector, count) {
  return page.waitForFunction(
    ([where, n]) => document.querySelectorAll(where).length === n,
    [selector, count],
  );
}
