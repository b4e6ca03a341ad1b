// SPDX-License-Identifier: AGPL-3.0-or-later
// What waited on a tablet, brought as a file: answered item by item, good ones kept, nothing twice.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './support.mjs';
import { CONSENT, makeCode, makeProject, makeSession, mark, openSession, putMark, takeSeat, templateId, uuid } from './world.mjs';

let server, nadia, project;

before(async () => {
  server = await startServer();
  nadia = await server.staff('Nadia', 'facilitator');
  project = await makeProject(nadia);
});
after(() => server?.stop());

const room = (over = {}) => openSession(server, nadia, project, over);
const file = (session, items, more = {}) => ({ format: 'repere-outbox', version: 1, session, items, ...more });
const put = (author, id = uuid(), body = mark(), more = {}) => ({ kind: 'put', uuid: id, ticket: author.ticket, body, ...more });
const remove = (author, id, more = {}) => ({ kind: 'delete', uuid: id, ticket: author.ticket, ...more });
const bring = (session, body, expect = 200) => nadia.post(`/api/sessions/${session}/outbox`, body, { expect });
const outcomes = async (session, items) => (await bring(session, file(session, items))).json.items.map(({ outcome }) => outcome);
const count = async (session) => (await nadia.get(`/api/sessions/${session}/counts`, { expect: 200 })).json.total;

test('marks of a tablet that found no way are put down to their authors', async () => {
  const { session, code, author } = await room();
  const other = await takeSeat(server, code);
  await other.post('/api/me/leave', undefined, { expect: 200 });
  const ids = [uuid(), uuid()];
  const { json } = await bring(session, file(session, [put(author, ids[0]), put(other, ids[1], mark(4.36))]));
  assert.deepEqual(json.items, [
    { uuid: ids[0], kind: 'put', participant: author.pseudonym, outcome: 'stored' },
    { uuid: ids[1], kind: 'put', participant: other.pseudonym, outcome: 'stored' },
  ]);
  assert.equal((await author.get(`/api/sessions/${session}/contributions/${ids[0]}`, { expect: 200 })).json.properties.mine, true);
  const seen = await nadia.get(`/api/sessions/${session}/contributions/${ids[1]}`, { expect: 200 });
  assert.equal(seen.json.properties.participant, other.pseudonym);
});

test('a file that is brought again changes nothing, and what was sent meanwhile is there once', async () => {
  const { session, author } = await room();
  const items = [put(author), put(author, uuid(), mark(4.36))];
  await author.put(`/api/sessions/${session}/contributions/${items[0].uuid}`, items[0].body, { expect: 201 });
  assert.deepEqual(await outcomes(session, items), ['already there', 'stored']);
  assert.deepEqual(await outcomes(session, items), ['already there', 'already there']);
  assert.equal(await count(session), 2);
});

test('a mark that was taken back since does not come again with an old file', async () => {
  const { session, author } = await room();
  const items = [put(author), put(author)];
  assert.deepEqual(await outcomes(session, items), ['stored', 'stored']);
  await author.delete(`/api/sessions/${session}/contributions/${items[0].uuid}`, { expect: 200 });
  await nadia.delete(`/api/sessions/${session}/contributions/${items[1].uuid}`, { expect: 200 });
  const { json } = await bring(session, file(session, items));
  assert.deepEqual(json.items.map(({ problem }) => problem.code), ['DELETED', 'DELETED']);
  assert.equal(await count(session), 0);
});

test('edits and deletions come too, and what met a later version is kept beside', async () => {
  const { session, author } = await room();
  const [moved, gone, met, unknown] = [await putMark(author, session), await putMark(author, session), await putMark(author, session), uuid()];
  await author.put(`/api/sessions/${session}/contributions/${met}`, mark(4.37), { headers: { 'if-match': '"1"' }, expect: 200 });
  assert.deepEqual(
    await outcomes(session, [
      put(author, moved, mark(4.36), { based_on: 1 }),
      remove(author, gone, { based_on: 1 }),
      put(author, met, mark(4.38), { based_on: 1 }),
      remove(author, unknown),
    ]),
    ['stored', 'stored', 'kept beside', 'already there'],
  );
  const { json } = await nadia.get(`/api/sessions/${session}/conflicts`, { expect: 200 });
  assert.deepEqual(json.items.map(({ stored }) => stored.id), [met]);
});

test('items that were altered are refused one by one, and the others are kept', async () => {
  const { session, code, author } = await room();
  const [removed, withdrawn] = [await takeSeat(server, code), await takeSeat(server, code)];
  const elsewhere = await room();
  await nadia.put(`/api/sessions/${session}/participants/${removed.id}`, { state: 'removed' }, { expect: 200 });
  const { receipt } = (await withdrawn.post('/api/me/receipt', undefined, { expect: 200 })).json;
  await server.client().post('/api/withdraw', { receipt }, { expect: 200 });
  const hers = await putMark(await takeSeat(server, code), session);
  const altered = { ...author, ticket: author.ticket.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) };
  const bad = [
    [{ ...put(author), kind: 'steal' }, 'BAD_FIELD', 'kind'],
    [put(author, 'not-an-id'), 'BAD_FIELD', 'uuid'],
    [{ ...put(author), uuid: undefined }, 'BAD_FIELD', 'uuid'],
    [put({}), 'BAD_CREDENTIALS', 'ticket'],
    [put(altered), 'BAD_CREDENTIALS', 'ticket'],
    [put({ ticket: `${author.id + 1}-${author.ticket.split('-')[1]}` }), 'BAD_CREDENTIALS', 'ticket'],
    [put({ ticket: author.bearer }), 'BAD_CREDENTIALS', 'ticket'],
    [put({ ticket: '9'.repeat(400) }), 'BAD_CREDENTIALS', 'ticket'],
    [put(elsewhere.author), 'BAD_CREDENTIALS', 'ticket'],
    [put(removed), 'FORBIDDEN', 'ticket'],
    [put(withdrawn), 'NOT_FOUND', 'ticket'],
    [put(author, hers), 'NOT_FOUND', ''],
    [put(author, uuid(), mark(200, 50)), 'BAD_GEOMETRY'],
    [put(author, uuid(), mark(20, 50)), 'BAD_GEOMETRY', 'geometry'],
    [put(author, uuid(), mark(4.35, 50.85, { feeling: 'blue' })), 'BAD_FIELD', 'answers.feeling'],
    [put(author, uuid(), mark(4.35, 50.85, {})), 'BAD_FIELD', 'answers.feeling'],
    [{ ...put(author), body: undefined }, 'BAD_FIELD', 'body'],
    [put(author, uuid(), [1, 2]), 'BAD_FIELD', 'body'],
    [put(author, uuid(), mark(), { based_on: 'two' }), 'BAD_FIELD', 'based_on'],
    [put(author, uuid(), mark(), { based_on: -1 }), 'BAD_FIELD', 'based_on'],
    [put(author, uuid(), mark(), { based_on: 1e15 }), 'BAD_FIELD', 'based_on'],
    [{ kind: 'consent', uuid: '', ticket: author.ticket, body: { room: 'yes' } }, 'BAD_FIELD', 'body'],
    ['not even an object', 'BAD_FIELD', 'kind'],
    [null, 'BAD_FIELD', 'kind'],
  ];
  const items = bad.flatMap(([item]) => [item, put(author)]);
  const { json } = await bring(session, file(session, items));
  bad.forEach(([item, code, where], i) => {
    const said = json.items[2 * i];
    assert.equal(said.outcome, 'refused', JSON.stringify(item));
    assert.equal(said.problem.code, code, JSON.stringify([item, said]));
    if (where !== undefined) assert.equal(said.problem.where, where, JSON.stringify([item, said]));
    assert.equal(json.items[2 * i + 1].outcome, 'stored');
  });
  assert.equal(await count(session), bad.length + 1);
});

test('what somebody took back does not come again as the mark of the next person who joins', async () => {
  const { session, code } = await room();
  const withdrawn = await takeSeat(server, code);
  const id = await putMark(withdrawn, session);
  const { receipt } = (await withdrawn.post('/api/me/receipt', undefined, { expect: 200 })).json;
  await server.client().post('/api/withdraw', { receipt }, { expect: 200 });
  const next = await takeSeat(server, code);
  assert.equal(next.id, withdrawn.id, 'the store gives the id of the last who left again');
  assert.notEqual(next.ticket, withdrawn.ticket);
  const { json } = await bring(session, file(session, [put(withdrawn, id)]));
  assert.deepEqual(json.items.map(({ participant, problem }) => [participant, problem?.code]), [[null, 'BAD_CREDENTIALS']]);
  assert.equal(await count(session), 0);
});

test('a file of another session is refused item by item', async () => {
  const { session, author } = await room();
  const elsewhere = await room();
  const { json } = await bring(elsewhere.session, file(session, [put(author), put(elsewhere.author)]));
  for (const { outcome, problem } of json.items) assert.deepEqual([outcome, problem.where], ['refused', 'session']);
  assert.equal(await count(elsewhere.session), 0);
});

test('what is no outbox file, or of a version to come, is refused whole', async () => {
  const { session, author } = await room();
  const items = [put(author)];
  const refused = async (body, error, where, status = 422) => {
    const reply = await bring(session, body, status);
    assert.equal(reply.error, error);
    if (where) assert.equal(reply.json.where, where);
  };
  await refused(file(session, items, { format: 'geojson' }), 'BAD_FIELD', 'format');
  await refused(file(session, items, { version: 2 }), 'BAD_FIELD', 'version');
  await refused(file(session, items, { version: '1' }), 'BAD_FIELD', 'version');
  await refused(file(session, { 0: put(author) }), 'BAD_FIELD', 'items');
  await refused({}, 'BAD_FIELD', 'format');
  await refused([], 'BAD_FIELD', 'format');
  const cut = JSON.stringify(file(session, items)).slice(0, -5);
  for (const raw of [cut, 'PK\u0003\u0004', '{"items":[{]}', '']) {
    const reply = await nadia.request('POST', `/api/sessions/${session}/outbox`, { raw, expect: 400 });
    assert.match(reply.error, /BAD_JSON|BAD_REQUEST/);
  }
  assert.equal(await count(session), 0);
});

test('ten thousand items are answered one by one; more, or too many bytes, are too much', { timeout: 240_000 }, async () => {
  const { session, author } = await room();
  const good = Array.from({ length: 200 }, (_, i) => put(author, uuid(), mark(4.31 + i / 2000)));
  const items = Array.from({ length: 10_000 }, (_, i) => (i % 50 ? put(author, uuid(), {}) : good[i / 50]));
  const { json } = await bring(session, file(session, items));
  assert.equal(json.items.length, 10_000);
  json.items.forEach(({ outcome }, i) => assert.equal(outcome, i % 50 ? 'refused' : 'stored', `item ${i}`));
  assert.equal(await count(session), 200);
  const more = await bring(session, file(session, [...items, put(author)]), 413);
  assert.equal(more.error, 'TOO_LARGE');
  // the connection may be cut before all of it was written
  const big = await bring(session, file(session, [], { note: 'x'.repeat(9 << 20) }), 413).catch(({ code }) => ({ error: code }));
  assert.match(big.error, /TOO_LARGE|EPIPE|ECONNRESET/);
});

test('a mark may name another of the same file, and none that is refused', async () => {
  const { session, author } = await room({ exercise: await templateId(nadia, 'problem-tree') });
  const [core, cause] = [uuid(), uuid()];
  const under = (parent) => mark(4.36, 50.85, { node: 'cause', parent });
  const items = [put(author, core, mark(4.35, 50.85, { node: 'core_problem' })), put(author, cause, under(core)), put(author, uuid(), under(uuid()))];
  const { json } = await bring(session, file(session, items));
  assert.deepEqual(json.items.map(({ outcome, problem }) => problem?.where ?? outcome), ['stored', 'stored', 'answers.parent']);
});

test('a mark that is judged again is refused with the reason of its refusal, not with that of the first look', async () => {
  const { session, author } = await room({ exercise: await templateId(nadia, 'problem-tree') });
  const [core, cause] = [uuid(), uuid()];
  const tree = [put(author, core, mark(4.35, 50.85, { node: 'core_problem' })), put(author, cause, mark(4.36, 50.85, { node: 'cause', parent: core }))];
  assert.deepEqual(await outcomes(session, tree), ['stored', 'stored']);
  for (const id of [cause, core]) await author.delete(`/api/sessions/${session}/contributions/${id}`, { expect: 200 });
  const again = uuid(); // another core problem, which the cause that was taken back names now
  const items = [put(author, again, mark(4.35, 50.85, { node: 'core_problem' })), put(author, cause, mark(4.36, 50.85, { node: 'cause', parent: again }))];
  const { json } = await bring(session, file(session, items));
  assert.equal(json.items[0].outcome, 'stored');
  const { code, where, detail } = json.items[1].problem;
  assert.deepEqual({ code, where, detail }, { code: 'DELETED', where: '', detail: '' });
});

test('a consent given out of reach counts, unless the server has heard since', async () => {
  const session = await makeSession(nadia, project);
  const { code } = await makeCode(nadia, session);
  const asked = await takeSeat(server, code, { consent: null });
  const consent = (author, body) => ({ kind: 'consent', uuid: '', ticket: author.ticket, body });
  assert.deepEqual(await outcomes(session, [put(asked), consent(asked, CONSENT), put(asked)]), ['refused', 'stored', 'stored']);
  await asked.put('/api/me/consent', { ...CONSENT, room: false }, { expect: 200 });
  assert.deepEqual(await outcomes(session, [consent(asked, CONSENT), put(asked)]), ['already there', 'refused']);
});

test('who waits to be let in, and a closed session, are said of each item', async () => {
  const { session, author } = await room({ admit: 'by_hand' });
  const items = [put(author)];
  const code = async () => (await bring(session, file(session, items))).json.items[0].problem?.code;
  assert.equal(await code(), 'NOT_ADMITTED');
  await nadia.put(`/api/sessions/${session}/participants/${author.id}`, { state: 'admitted' }, { expect: 200 });
  await nadia.post(`/api/sessions/${session}/close`, undefined, { expect: 200 });
  assert.equal(await code(), 'SESSION_CLOSED');
  await nadia.post(`/api/sessions/${session}/reopen`, undefined, { expect: 200 });
  assert.equal(await code(), undefined);
});

test('the room sees what came', async () => {
  const { session, author } = await room();
  const listener = await nadia.listen(`/api/sessions/${session}/events`);
  const items = [put(author)];
  await bring(session, file(session, items));
  assert.equal((await listener.next('contribution')).id, items[0].uuid);
  await bring(session, file(session, [remove(author, items[0].uuid)]));
  assert.deepEqual(await listener.next('removed'), { id: items[0].uuid });
  listener.close();
});
