// SPDX-License-Identifier: AGPL-3.0-or-later
// Tablets that pass from hand to hand: they are told apart, and one can be shut out.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startServer } from './support.mjs';
import { makeCode, makeProject, makeSession, mark, putMark, takeSeat, uuid } from './world.mjs';

let server, nadia, project;

before(async () => {
  server = await startServer();
  nadia = await server.staff('Nadia', 'facilitator');
  project = await makeProject(nadia);
});
after(() => server?.stop());

const KEYS = ['a', 'b', 'c'].map((digit) => digit.repeat(32));

/** A session with its way in, and how to join it on a tablet. */
async function session(over) {
  const id = await makeSession(nadia, project, over);
  const { code } = await makeCode(nadia, id);
  const join = (tablet, options) => server.client().post('/api/join', { code, tablet }, options);
  const sit = async (tablet) => {
    const { json } = await join(tablet, { expect: 201 });
    const client = server.client({ bearer: json.token });
    Object.assign(client, { id: json.participant, pseudonym: json.pseudonym });
    await client.put('/api/me/consent', { room: true, aggregate: true, finding: false, photo: false }, { expect: 200 });
    return client;
  };
  const tablets = async () => (await nadia.get(`/api/sessions/${id}/tablets`, { expect: 200 })).json.items;
  const set = async (number, state, options = { expect: 200 }) => {
    const found = (await tablets()).find((one) => one.number === number);
    return nadia.put(`/api/sessions/${id}/tablets/${found.tablet}`, { state }, options);
  };
  return { id, code, join, sit, tablets, set };
}
const sql = (text) => execFileSync('sqlite3', [path.join(server.data, 'repere.sqlite'), text]).toString().trim();

test('people are listed by the tablet they joined on, and a tablet keeps its number', async () => {
  const { id, code, sit, tablets } = await session();
  const [first, other, next] = [await sit(KEYS[0]), await sit(KEYS[1]), await sit(KEYS[0])];
  const alone = await takeSeat(server, code);
  assert.deepEqual(
    (await tablets()).map(({ number, state, participants }) => ({ number, state, participants })),
    [
      { number: 1, state: 'in_use', participants: [first.pseudonym, next.pseudonym] },
      { number: 2, state: 'in_use', participants: [other.pseudonym] },
    ],
  );
  const [one, two] = await tablets();
  const { json } = await nadia.get(`/api/sessions/${id}/participants`, { expect: 200 });
  const on = Object.fromEntries(json.items.map((person) => [person.id, person.tablet]));
  assert.deepEqual(on, { [first.id]: one.tablet, [other.id]: two.tablet, [next.id]: one.tablet, [alone.id]: null });
});

test('the store has no key, and nothing that ties a tablet to another session', async () => {
  const [one, two] = [await session(), await session()];
  await one.sit(KEYS[2]);
  await two.sit(KEYS[2]);
  const hashes = sql(`SELECT lower(hex(key_hash)) FROM tablet WHERE session_id IN (${one.id}, ${two.id})`).split('\n');
  assert.equal(new Set(hashes).size, 2);
  assert.ok(!hashes.includes(createHash('sha256').update(KEYS[2]).digest('hex')));
});

test('what is no key is refused', async () => {
  const { join, tablets } = await session();
  for (const tablet of ['', 'a'.repeat(31), 'a'.repeat(33), 'A'.repeat(32), 'g'.repeat(32), 7])
    assert.equal((await join(tablet, { expect: 422 })).error, 'BAD_FIELD');
  assert.deepEqual(await tablets(), []);
});

test('a tablet that is shut out hears it at every request and at the door; others hear nothing', async () => {
  const { id, join, sit, set } = await session();
  const [left, hers, other] = [await sit(KEYS[0]), await sit(KEYS[0]), await sit(KEYS[1])];
  const sent = await putMark(hers, id);
  const { json } = await set(1, 'revoked');
  assert.deepEqual([json.number, json.state], [1, 'revoked']);
  const calls = (client) => [
    client.get('/api/me'),
    client.get(`/api/sessions/${id}/package`),
    client.get(`/api/sessions/${id}/contributions`),
    client.put(`/api/sessions/${id}/contributions/${uuid()}`, mark()),
    client.delete(`/api/sessions/${id}/contributions/${sent}`),
    client.post('/api/me/leave'),
    client.post('/api/me/receipt'),
  ];
  for (const client of [left, hers])
    for (const reply of await Promise.all(calls(client)))
      assert.deepEqual([reply.status, reply.error], [401, 'TABLET_REVOKED']);
  assert.equal((await join(KEYS[0], { expect: 401 })).error, 'TABLET_REVOKED');
  await putMark(other, id);
  await join(KEYS[1], { expect: 201 });
  await join(KEYS[2], { expect: 201 });
  const marks = await nadia.get(`/api/sessions/${id}/contributions`, { expect: 200 });
  assert.ok(marks.json.features.some((feature) => feature.id === sent), 'what was sent stays');
});

test('removed is not shut out: the two can be told apart', async () => {
  const { id, sit } = await session();
  const seat = await sit(KEYS[0]);
  await nadia.put(`/api/sessions/${id}/participants/${seat.id}`, { state: 'removed' }, { expect: 200 });
  assert.equal((await seat.get('/api/me', { expect: 401 })).error, 'NOT_SIGNED_IN');
  assert.deepEqual((await nadia.get(`/api/sessions/${id}/tablets`)).json.items[0].participants, []);
});

test('a tablet that is let in again joins anew: old tokens stay ended', async () => {
  const { join, sit, set } = await session();
  const seat = await sit(KEYS[0]);
  await set(1, 'revoked');
  await set(1, 'in_use');
  assert.equal((await seat.get('/api/me', { expect: 401 })).error, 'NOT_SIGNED_IN');
  await join(KEYS[0], { expect: 201 });
});

test('closing forgets the tablets, and tokens that one of them held stay ended', async () => {
  const { id, join, sit, set, tablets } = await session();
  const [shut, other] = [await sit(KEYS[0]), await sit(KEYS[1])];
  await set(1, 'revoked');
  await nadia.post(`/api/sessions/${id}/close`, undefined, { expect: 200 });
  assert.deepEqual(await tablets(), []);
  assert.equal(sql(`SELECT count(*) FROM participant WHERE session_id = ${id} AND tablet_id IS NOT NULL`), '0');
  assert.equal((await shut.get('/api/me', { expect: 401 })).error, 'NOT_SIGNED_IN');
  await other.get('/api/me', { expect: 200 });
  await nadia.post(`/api/sessions/${id}/reopen`, undefined, { expect: 200 });
  await shut.get('/api/me', { expect: 401 });
  await join(KEYS[0], { expect: 201 });
});

test('those who lead are told, and it is written down without naming anybody', async () => {
  const { id, sit, set } = await session();
  const listener = await nadia.listen(`/api/sessions/${id}/events`);
  const seat = await sit(KEYS[0]);
  const joined = await listener.next('participant');
  assert.deepEqual([joined.id, typeof joined.tablet], [seat.id, 'number']);
  await set(1, 'revoked');
  assert.equal((await listener.next('tablet')).state, 'revoked');
  listener.close();
  assert.match(sql("SELECT group_concat(action) FROM staff_audit"), /tablet\.revoke/);
});

test('a tablet of another session, or of none, is not found', async () => {
  const [one, two] = [await session(), await session()];
  await one.sit(KEYS[0]);
  const [{ tablet }] = await one.tablets();
  await nadia.put(`/api/sessions/${two.id}/tablets/${tablet}`, { state: 'revoked' }, { expect: 404 });
  await nadia.put(`/api/sessions/${one.id}/tablets/${tablet + 1000}`, { state: 'revoked' }, { expect: 404 });
  for (const body of [{}, { state: 'lost' }, { state: 'revoked', why: 'x' }])
    await nadia.put(`/api/sessions/${one.id}/tablets/${tablet}`, body, { expect: 422 });
});
