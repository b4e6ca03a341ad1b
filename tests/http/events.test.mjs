// SPDX-License-Identifier: AGPL-3.0-or-later
// The live map hears of what was stored, soon, and only as its listener may see it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './support.mjs';
import { mark, openSession, putMark, takeSeat } from './world.mjs';

let server, own, other, session, code, author, live;
const SOON_MS = 1000;

before(async () => {
  server = await startServer();
  ({ own, other } = await server.world());
  ({ session, code, author } = await openSession(server, own.facilitator, own.project, { free_text: true, approve: 'by_hand' }));
  live = await own.facilitator.listen(`/api/sessions/${session}/events`);
});
after(() => {
  live.close();
  return server.stop();
});

test('a mark is on the live map within a second', async () => {
  const id = await putMark(author, session);
  const feature = await live.next('contribution', (data) => data.id === id, SOON_MS);
  assert.ok(server.ajv.validate('/api/schemas/Contribution', feature), server.ajv.errorsText());
  assert.equal(feature.properties.participant, author.pseudonym);
  assert.equal(feature.properties.mine, false);
});

test('so are an edit, a decision and a deletion; the same again is not', async () => {
  const id = await putMark(author, session);
  const target = `/api/sessions/${session}/contributions/${id}`;
  const hers = (version) => (data) => data.id === id && data.properties.version === version;
  await live.next('contribution', hers(1), SOON_MS);
  await author.put(target, mark(), { expect: 200 });
  await author.put(target, mark(4.36), { headers: { 'if-match': '"1"' }, expect: 200 });
  await live.next('contribution', hers(2), SOON_MS);
  await own.facilitator.put(`${target}/state`, { state: 'hidden' }, { expect: 200 });
  assert.equal((await live.next('contribution', hers(3), SOON_MS)).properties.state, 'hidden');
  await author.delete(target, { expect: 200 });
  assert.deepEqual(await live.next('removed', (data) => data.id === id, SOON_MS), { id });
  assert.ok(!live.events.some(({ data }) => data.id === id), 'the repeated one was announced');
});

test('what was refused is not announced', async () => {
  await author.put(`/api/sessions/${session}/contributions/0190a2b0-0000-7000-8000-00000000dead`, mark(50, 4), { expect: 422 });
  const id = await putMark(author, session);
  await live.next('contribution', (data) => data.id === id, SOON_MS);
  assert.ok(!live.events.some(({ data }) => data.id?.endsWith('dead')));
});

test('a researcher hears of marks without pseudonyms and unapproved words', async () => {
  const theirs = await own.researcher.listen(`/api/sessions/${session}/events`);
  const id = await putMark(author, session, mark(4.35, 50.85, { feeling: 'unsafe', change: 'more light' }));
  const first = await theirs.next('contribution', (data) => data.id === id, SOON_MS);
  assert.ok(!('participant' in first.properties) && !('created' in first.properties));
  assert.deepEqual(first.properties.answers, { feeling: 'unsafe' });
  await own.facilitator.put(`/api/sessions/${session}/contributions/${id}/state`, { state: 'approved' }, { expect: 200 });
  const second = await theirs.next('contribution', (data) => data.id === id, SOON_MS);
  assert.equal(second.properties.answers.change, 'more light');
  await own.facilitator.delete(`/api/sessions/${session}/contributions/${id}`, { expect: 200 });
  await theirs.next('removed', (data) => data.id === id, SOON_MS);
  theirs.close();
});

test('withdrawn marks disappear from the live map', async () => {
  const reader = await takeSeat(server, code);
  const ids = [await putMark(reader, session), await putMark(reader, session, mark(4.36))];
  const { receipt } = (await reader.post('/api/me/receipt', undefined, { expect: 200 })).json;
  await server.client().post('/api/withdraw', { receipt }, { expect: 200 });
  for (const id of ids) await live.next('removed', (data) => data.id === id, SOON_MS);
});

test('another session is not heard', async () => {
  const theirs = await other.facilitator.listen(`/api/sessions/${other.session}/events`);
  await putMark(author, session);
  const id = await putMark(other.participant, other.session);
  await theirs.next('contribution', (data) => data.id === id, SOON_MS);
  assert.equal(theirs.events.length, 0);
  theirs.close();
});

test('only staff of the project listens', async () => {
  const target = `/api/sessions/${session}/events`;
  await assert.rejects(author.listen(target), /403/);
  await assert.rejects(other.facilitator.listen(target), /404/);
  await assert.rejects(server.client().listen(target), /401/);
});
