// SPDX-License-Identifier: AGPL-3.0-or-later
// A session in a room: what a facilitator prepares before the day, and how people come to it.
import assert from 'node:assert/strict';
import path from 'node:path';
import { startServer } from '../http/support.mjs';
import { makeCode, makeProject, makeSession, templateId } from '../http/world.mjs';
import { agree } from '../web/browser.mjs';

/**
 * A data folder on the laptop with a session in it; `over` is what it is opened with, `exercise` a template's key.
 * @returns {{data: string, id: number, secret: string, cookie: string}} `cookie`: of the facilitator, who stays signed in
 */
export async function prepare(room, { exercise, ...over }) {
  const server = await startServer({ data: path.join(room.laptop.home, 'data') });
  const staff = await server.staff('fatou', 'facilitator');
  const asked = { exercise: await templateId(staff, exercise), languages: ['en'], ...over };
  const id = await makeSession(staff, await makeProject(staff), asked);
  const { secret } = await makeCode(staff, id);
  server.agent.destroy();
  server.child.kill('SIGTERM'); // stop() would take the folder away
  assert.equal(await server.ended, 0, server.log());
  return { data: server.data, id, secret, cookie: staff.cookie };
}

/** The marks of a session that no server shows any more; its folder is gone then. */
export async function marksLeft({ data, id, cookie }) {
  const server = await startServer({ data });
  const { json } = await server.client({ cookie }).get(`/api/sessions/${id}/contributions?limit=1000`, { expect: 200 });
  await server.stop();
  return json.features;
}

/** From the QR code to the map. */
export async function arrive(page, origin, { secret }) {
  await page.goto(`${origin}/#join=${secret}`);
  await page.click('.language-tile[lang=en]');
  await agree(page);
  await page.waitForSelector('.category-sheet');
}

/** Her list, which stays open: her marks, newest first. @returns {Promise<{id: string, status: string}[]>} */
export async function openList(page) {
  await page.click('.chip:first-child');
  await page.waitForSelector('.marks-sheet');
  return page.$$eval('.marks-sheet [data-mark]', (all) => all.map(({ dataset }) => ({ id: dataset.mark, status: dataset.status })));
}
export async function closeList(page) {
  await page.click('.marks-sheet .button-round');
  await page.waitForSelector('.category-sheet');
}
