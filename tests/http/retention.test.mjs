// SPDX-License-Identifier: AGPL-3.0-or-later
// What a server forgets at its start: sessions that were closed long ago, made old by hand.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from './support.mjs';
import { makeCode, makeProject, makeSession, mark, putMark, takeSeat } from './world.mjs';

const DAY_MS = 86_400_000;
const WORDS = 'canary: behind the laundry';

/** The same folder a while later: the server is started anew with all that was closed so many days ago. */
async function later(server, days, args) {
  const ended = server.ended;
  server.agent.destroy();
  server.child.kill('SIGTERM');
  assert.equal(await ended, 0);
  execFileSync('sqlite3', [path.join(server.data, 'repere.sqlite'), `UPDATE session SET closed_ms = ${Date.now() - days * DAY_MS} WHERE state = 'closed'`]);
  return startServer({ data: server.data, args });
}

/** Asks again until it is so; half a minute at most. */
async function eventually(what, message) {
  for (let i = 0; i < 150 && !(await what()); i++) await sleep(200);
  assert.ok(await what(), message);
}

const filesWith = (folder, bytes) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter((name) => readFileSync(name).includes(bytes));

test('pseudonyms go after 14 days, contributions and people after 90, without their bytes', { timeout: 180_000 }, async () => {
  let server = await startServer();
  try {
    let nadia = await server.staff('Nadia', 'facilitator');
    const session = await makeSession(nadia, await makeProject(nadia), { free_text: true });
    const { code } = await makeCode(nadia, session);
    const [seat, mate] = [await takeSeat(server, code), await takeSeat(server, code)];
    const { receipt } = (await seat.post('/api/me/receipt', undefined, { expect: 200 })).json;
    await putMark(seat, session);
    await putMark(mate, session, mark(4.36, 50.86, { feeling: 'unsafe', change: WORDS }));
    await nadia.post(`/api/sessions/${session}/close`, undefined, { expect: 200 });
    const people = async () => (await nadia.get(`/api/sessions/${session}/participants`, { expect: 200 })).json.items;

    server = await later(server, 15);
    nadia = await server.signIn('Nadia');
    await eventually(async () => (await people()).every(({ pseudonym }) => pseudonym.startsWith('#')), 'pseudonyms are forgotten');
    assert.deepEqual((await people()).map(({ language }) => language), ['', '']);
    await eventually(() => filesWith(server.data, seat.pseudonym).length === 0, 'the pseudonym leaves no bytes');
    const reply = await server.client().post('/api/withdraw', { receipt }, { expect: 200 });
    assert.deepEqual(reply.json, { withdrawn: 1 }, 'a receipt works still');
    assert.equal((await people()).length, 1);

    server = await later(server, 91);
    nadia = await server.signIn('Nadia');
    await eventually(async () => (await people()).length === 0, 'participants are gone');
    assert.equal((await nadia.get(`/api/sessions/${session}/counts`, { expect: 200 })).json.total, 0);
    await eventually(() => filesWith(server.data, WORDS).length === 0, 'her words leave no bytes');
  } finally {
    await server.stop();
  }
});

test('keep-days keeps them for fewer days', { timeout: 120_000 }, async () => {
  let server = await startServer();
  try {
    let nadia = await server.staff('Nadia', 'facilitator');
    const session = await makeSession(nadia, await makeProject(nadia));
    const { code } = await makeCode(nadia, session);
    await putMark(await takeSeat(server, code), session);
    await nadia.post(`/api/sessions/${session}/close`, undefined, { expect: 200 });
    server = await later(server, 31, ['--keep-days', '30']);
    nadia = await server.signIn('Nadia');
    const total = async () => (await nadia.get(`/api/sessions/${session}/counts`, { expect: 200 })).json.total;
    await eventually(async () => (await total()) === 0, 'contributions are gone');
  } finally {
    await server.stop();
  }
});
