// SPDX-License-Identifier: AGPL-3.0-or-later
// Edits that were made without knowing a later version: kept beside it, shown to who leads, chosen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from './support.mjs';
import { makeProject, mark, openSession, putMark, takeSeat, uuid } from './world.mjs';

let server, nadia, project;

before(async () => {
  server = await startServer();
  nadia = await server.staff('Nadia', 'facilitator');
  project = await makeProject(nadia);
});
after(() => server?.stop());

const room = (over = {}) => openSession(server, nadia, project, { free_text: true, ...over });
const at = (session, id, rest = '') => `/api/sessions/${session}/contributions/${id}${rest}`;
const knowing = (version, expect) => ({ headers: { 'if-match': `"${version}"` }, expect });
const conflicts = async (session) => (await nadia.get(`/api/sessions/${session}/conflicts`, { expect: 200 })).json.items;

/** A mark that was moved, and an edit of it that knew nothing of that. */
async function meeting(author, session, sent = mark(4.38, 50.87, { feeling: 'safe' })) {
  const id = await putMark(author, session);
  await author.put(at(session, id), mark(4.36), knowing(1, 200));
  const reply = await author.put(at(session, id), sent, knowing(1, 202));
  return { id, reply: reply.json };
}

test('an edit that knew an older version overwrites nothing and waits beside', async () => {
  const { session, author } = await room();
  const { id, reply } = await meeting(author, session);
  assert.equal(reply.properties.kept_beside, true);
  assert.equal(reply.properties.version, 2);
  assert.equal(reply.properties.category, 'unsafe');
  const [item, ...others] = await conflicts(session);
  assert.equal(others.length, 0);
  assert.equal(item.kind, 'edit');
  assert.equal(item.based_on, 1);
  assert.equal(item.stored.id, id);
  assert.equal(item.stored.properties.participant, author.pseudonym);
  assert.equal(item.sent.category, 'safe');
  assert.deepEqual(item.sent.answers, { feeling: 'safe' });
  assert.ok(Math.abs(item.sent.geometry.coordinates[0] - 4.38) < 0.001);
  const { json } = await nadia.get(`/api/sessions/${session}/counts`, { expect: 200 });
  assert.deepEqual(json.by_category, { unsafe: 1 }, 'it is counted nowhere');
  const { text } = await nadia.get(`/api/sessions/${session}/export?format=geojson`, { expect: 200 });
  assert.ok(!text.includes('"safe"'), 'nor exported');
});

test('what a tablet sends as new, but the server has otherwise, waits beside too', async () => {
  const { session, author } = await room();
  const id = await putMark(author, session);
  await author.put(at(session, id), mark(4.37), { expect: 202 });
  assert.equal((await conflicts(session))[0].based_on, 0);
  await author.put(at(session, id), mark(), { expect: 200 });
});

test('the facilitator chooses what stands, or what was sent', async () => {
  const { session, author } = await room();
  for (const keep of ['stored', 'sent']) {
    const { id } = await meeting(author, session);
    const { json } = await nadia.put(at(session, id, '/conflict'), { keep }, { expect: 200 });
    assert.equal(json.properties.category, keep === 'sent' ? 'safe' : 'unsafe');
    assert.equal(json.properties.version, keep === 'sent' ? 3 : 2);
    const seen = (await author.get(at(session, id), { expect: 200 })).json;
    assert.equal(seen.properties.version, json.properties.version);
    assert.deepEqual(seen.geometry, json.geometry);
    assert.equal((await nadia.put(at(session, id, '/conflict'), { keep }, { expect: 404 })).error, 'NOT_FOUND');
  }
  assert.deepEqual(await conflicts(session), []);
  await nadia.put(at(session, uuid(), '/conflict'), { keep: 'both' }, { expect: 422 });
});

test('a deletion that knew an older version waits beside, and can be chosen', async () => {
  const { session, author } = await room();
  const id = await putMark(author, session);
  await author.put(at(session, id), mark(4.36), knowing(1, 200));
  const kept = await author.delete(at(session, id), knowing(1, 202));
  assert.equal(kept.json.properties.kept_beside, true);
  const [item] = await conflicts(session);
  assert.equal(item.kind, 'delete');
  assert.equal(item.sent, null);
  assert.deepEqual((await nadia.put(at(session, id, '/conflict'), { keep: 'sent' }, { expect: 200 })).json, {});
  await author.get(at(session, id), { expect: 404 });
  assert.equal((await author.put(at(session, id), mark(), { expect: 410 })).error, 'DELETED');
});

test('approving and hiding is no edit that another meets', async () => {
  const { session, author } = await room();
  const id = await putMark(author, session);
  await nadia.put(at(session, id, '/state'), { state: 'hidden' }, { expect: 200 });
  const edited = await author.put(at(session, id), mark(4.36), knowing(1, 200));
  assert.equal(edited.json.properties.state, 'hidden');
  assert.equal(edited.json.properties.version, 3);
  await author.delete(at(session, id), knowing(3, 200));
});

test('a version from a store that was lost since is later than ours: the edit is taken', async () => {
  const { session, author } = await room();
  const id = await putMark(author, session);
  await author.put(at(session, id), mark(4.36), knowing(7, 200));
  await author.put(at(session, uuid()), mark(4.36), knowing(3, 201));
});

test('a mark that the facilitator deleted is not made again by an edit, or by what was sent before', async () => {
  const { session, author } = await room();
  const id = await putMark(author, session);
  await nadia.delete(at(session, id), { expect: 200 });
  assert.equal((await author.put(at(session, id), mark(4.36), knowing(1, 410))).error, 'DELETED');
  assert.equal((await author.put(at(session, id), mark(), { expect: 410 })).error, 'DELETED');
});

test('one waits beside a mark, the latest; it goes with the mark, with its author and with the session', async () => {
  const { session, code, author } = await room();
  const { id } = await meeting(author, session);
  await author.put(at(session, id), mark(4.39, 50.88, { feeling: 'very_safe' }), knowing(1, 202));
  assert.deepEqual((await conflicts(session)).map(({ sent }) => sent.category), ['very_safe']);
  await author.delete(at(session, id), knowing(2, 200));
  assert.deepEqual(await conflicts(session), []);

  await meeting(author, session);
  await nadia.put(`/api/sessions/${session}/participants/${author.id}`, { state: 'removed' }, { expect: 200 });
  assert.deepEqual(await conflicts(session), []);

  await meeting(await takeSeat(server, code), session);
  assert.equal((await conflicts(session)).length, 1);
  await nadia.post(`/api/sessions/${session}/close`, undefined, { expect: 200 });
  assert.deepEqual(await conflicts(session), []);
});

test('those who lead are told at once, and when it is chosen', async () => {
  const { session, author } = await room();
  const listener = await nadia.listen(`/api/sessions/${session}/events`);
  const { id } = await meeting(author, session);
  assert.deepEqual(await listener.next('conflict'), { id, open: true });
  await nadia.put(at(session, id, '/conflict'), { keep: 'sent' }, { expect: 200 });
  assert.deepEqual(await listener.next('conflict'), { id, open: false });
  assert.equal((await listener.next('contribution')).properties.version, 3);
  listener.close();
});

test('many are given page by page', async () => {
  const { session, author } = await room();
  for (let i = 0; i < 3; i++) await meeting(author, session);
  const first = (await nadia.get(`/api/sessions/${session}/conflicts?limit=2`, { expect: 200 })).json;
  const rest = (await nadia.get(`/api/sessions/${session}/conflicts?limit=2&cursor=${first.next}`, { expect: 200 })).json;
  assert.deepEqual([first.items.length, rest.items.length, rest.next], [2, 1, null]);
});

test('no byte of what waited is left after a withdrawal, a choice, a removal or the end', { timeout: 300_000 }, async () => {
  const ends = {
    withdrawal: async ({ author }) => {
      const { receipt } = (await author.post('/api/me/receipt', undefined, { expect: 200 })).json;
      await server.client().post('/api/withdraw', { receipt }, { expect: 200 });
    },
    choice: ({ session, id }) => nadia.put(at(session, id, '/conflict'), { keep: 'stored' }, { expect: 200 }),
    removal: ({ session, author }) =>
      nadia.put(`/api/sessions/${session}/participants/${author.id}`, { state: 'removed' }, { expect: 200 }),
    end: ({ session }) => nadia.post(`/api/sessions/${session}/close`, undefined, { expect: 200 }),
  };
  await sleep(5000); // the scrubs that the tests before asked for are over
  const canaries = [];
  const rooms = [];
  for (const name of Object.keys(ends)) {
    const { session, author } = await room();
    const word = `canary-${name}-${Math.random().toString(36).slice(2)}`;
    const sent = mark(4.3 + Math.random() / 10, 50.87, { feeling: 'safe', change: word });
    const { id } = await meeting(author, session, sent);
    const [item] = await conflicts(session);
    const coordinate = Buffer.alloc(8);
    coordinate.writeDoubleLE(item.sent.geometry.coordinates[0]);
    canaries.push(Buffer.from(word), coordinate);
    rooms.push({ session, author, id });
  }
  for (const canary of canaries) assert.ok(server.filesHolding(canary).length > 0, 'the search finds what is there');
  for (const [i, end] of Object.values(ends).entries()) await end(rooms[i]);
  const left = () => canaries.flatMap((canary) => server.filesHolding(canary));
  for (const until = Date.now() + 60_000; left().length > 0 && Date.now() < until; ) await sleep(500);
  assert.deepEqual(left(), []);
});
