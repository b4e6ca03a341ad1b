// SPDX-License-Identifier: AGPL-3.0-or-later
// Sheets of paper that staff type in: one sheet is one person, counted, withdrawn and forgotten like one with a tablet.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { age } from './campaign.mjs';
import { startServer } from './support.mjs';
import { CONSENT, makeCode, makeProject, makeSession, mark, putMark, takeSeat, uuid } from './world.mjs';

let server, world, facilitator, researcher;

before(async () => {
  server = await startServer();
  world = await server.world();
  ({ facilitator, researcher } = world.own);
});
after(() => server?.stop());

const open = (over) => makeSession(facilitator, world.own.project, over);
const sheet = (client, session, over = {}, expect = 201) =>
  client.post(`/api/sessions/${session}/participants`, { language: 'ar', consent: CONSENT, ...over }, { expect });
const people = async (session) => (await facilitator.get(`/api/sessions/${session}/participants`, { expect: 200 })).json.items;
const marks = async (session) =>
  (await facilitator.get(`/api/sessions/${session}/contributions`, { expect: 200 })).json.features;
const put = (client, session, id, body, options) => client.put(`/api/sessions/${session}/contributions/${id}`, body, options);

test('a sheet is a person: let in at once by pseudonym, with a receipt and no token', async () => {
  const session = await open({ admit: 'by_hand' });
  const { json } = await sheet(facilitator, session, { consent: { ...CONSENT, finding: false } });
  assert.deepEqual(Object.keys(json).sort(), ['participant', 'pseudonym', 'receipt']);
  assert.match(json.pseudonym, /^[A-Z][a-z]+ \d\d$/);
  const [one] = await people(session);
  assert.deepEqual(
    [one.id, one.pseudonym, one.state, one.language, one.on_paper, one.tablet, one.consent.finding, one.consent.aggregate],
    [json.participant, json.pseudonym, 'admitted', 'ar', true, null, false, true],
  );
  assert.equal((await facilitator.get(`/api/sessions/${session}`, { expect: 200 })).json.participants, 1);
});

test('marks of a sheet are put down to its person, by a researcher too', async () => {
  const session = await open();
  const seat = (await sheet(researcher, session)).json;
  const body = { ...mark(), participant: seat.participant };
  const id = uuid();
  const made = await put(researcher, session, id, body, { expect: 201 });
  assert.equal(made.json.properties.mine, true);
  await put(researcher, session, id, body, { expect: 200 });
  const [stored, ...others] = await marks(session);
  assert.equal(stored.properties.participant, seat.pseudonym);
  assert.deepEqual(others, [], 'twice is once');
  assert.equal((await people(session))[0].contributions, 1);
  assert.equal((await sheet(facilitator, session)).json.pseudonym === seat.pseudonym, false);
});

test('who typed a mark in corrects and deletes it; a correction stays with the same person', async () => {
  const session = await open();
  const seat = (await sheet(researcher, session)).json;
  const next = (await sheet(researcher, session)).json;
  const id = uuid();
  await put(researcher, session, id, { ...mark(), participant: seat.participant }, { expect: 201 });
  const better = { ...mark(4.36), participant: seat.participant };
  const { json } = await put(researcher, session, id, better, { headers: { 'if-match': '"1"' }, expect: 200 });
  assert.equal(json.properties.version, 2);
  await put(researcher, session, id, { ...mark(4.37), participant: next.participant }, { headers: { 'if-match': '"2"' }, expect: 404 });
  await put(researcher, session, id, mark(4.37), { headers: { 'if-match': '"2"' }, expect: 404 });
  await put(facilitator, session, id, better, { expect: 404 });
  assert.equal((await marks(session))[0].properties.participant, seat.pseudonym);
  await researcher.delete(`/api/sessions/${session}/contributions/${id}`, { expect: 200 });
  assert.deepEqual(await marks(session), []);
});

test('only the person of a sheet of this session is written for, and only by staff', async () => {
  const session = await open();
  const { code } = await makeCode(facilitator, session);
  const tablet = await takeSeat(server, code);
  const elsewhere = (await sheet(facilitator, await open())).json;
  const seat = (await sheet(facilitator, session)).json;
  for (const participant of [tablet.id, elsewhere.participant, 999999]) {
    const refused = await put(facilitator, session, uuid(), { ...mark(), participant }, { expect: 422 });
    assert.deepEqual([refused.json.where, refused.json.detail], ['participant', 'is no sheet of paper of this session']);
  }
  for (const participant of [0, -1, 1.5, '7', true])
    assert.equal((await put(facilitator, session, uuid(), { ...mark(), participant }, { expect: 422 })).json.where, 'participant');
  const hers = await put(tablet, session, uuid(), { ...mark(), participant: seat.participant }, { expect: 403 });
  assert.deepEqual([hers.error, hers.json.where], ['FORBIDDEN', 'participant']);
  await facilitator.put(`/api/sessions/${session}/participants/${seat.participant}`, { state: 'removed' }, { expect: 200 });
  const removed = await put(facilitator, session, uuid(), { ...mark(), participant: seat.participant }, { expect: 422 });
  assert.equal(removed.json.detail, 'was removed from the session');
  assert.deepEqual(await marks(session), []);
});

test('a sheet is refused that does not let its marks be kept, that is ticked by half, or names no language', async () => {
  const session = await open();
  const none = await sheet(facilitator, session, { consent: { ...CONSENT, room: false } }, 422);
  assert.equal(none.json.where, 'consent.room');
  for (const [over, where] of [
    [{ consent: { room: true } }, 'consent.aggregate'],
    [{ consent: undefined }, 'consent'],
    [{ consent: { ...CONSENT, more: true } }, 'consent.more'],
    [{ language: '' }, 'language'],
    [{ language: '!' }, 'language'],
    [{ pseudonym: 'Kiwi 42' }, 'pseudonym'],
  ]) assert.equal((await sheet(facilitator, session, over, 422)).json.where, where, JSON.stringify(over));
  assert.deepEqual(await people(session), []);
});

test('sheets take seats, and none is made in a session that is full or closed', async () => {
  const session = await open({ seat_limit: 2 });
  const { code } = await makeCode(facilitator, session);
  const seat = (await sheet(facilitator, session)).json;
  await takeSeat(server, code);
  assert.equal((await sheet(facilitator, session, {}, 409)).error, 'SESSION_FULL');
  const full = await server.client().post('/api/join', { code }, { expect: 409 });
  assert.equal(full.error, 'SESSION_FULL');
  await facilitator.post(`/api/sessions/${session}/close`, undefined, { expect: 200 });
  assert.equal((await sheet(facilitator, session, {}, 409)).error, 'SESSION_CLOSED');
  const late = await put(facilitator, session, uuid(), { ...mark(), participant: seat.participant }, { expect: 409 });
  assert.equal(late.error, 'SESSION_CLOSED');
});

test('the receipt on the strip takes all marks of the sheet back, and nothing of another sheet', async () => {
  const session = await open();
  const one = (await sheet(facilitator, session)).json;
  const two = (await sheet(facilitator, session)).json;
  for (const seat of [one, one, two])
    await put(facilitator, session, uuid(), { ...mark(), participant: seat.participant }, { expect: 201 });
  const { json } = await server.client().post('/api/withdraw', { receipt: one.receipt }, { expect: 200 });
  assert.equal(json.withdrawn, 2);
  assert.deepEqual((await marks(session)).map(({ properties }) => properties.participant), [two.pseudonym]);
  assert.deepEqual((await people(session)).map(({ id }) => id), [two.participant]);
  const gone = await put(facilitator, session, uuid(), { ...mark(), participant: one.participant }, { expect: 422 });
  assert.equal(gone.json.where, 'participant');
  await server.client().post('/api/withdraw', { receipt: one.receipt }, { expect: 401 });
});

test('those who lead hear of a new sheet as of anybody who joins', async () => {
  const session = await open();
  const live = await facilitator.listen(`/api/sessions/${session}/events`);
  const { json } = await sheet(researcher, session);
  const told = await live.next('participant', ({ id }) => id === json.participant, 2000);
  assert.ok(server.ajv.validate('/api/schemas/Participant', told), server.ajv.errorsText());
  assert.equal(told.on_paper, true);
  live.close();
});

test('a mark that staff enter for the room stays nobody\'s', async () => {
  const session = await open();
  const id = await putMark(facilitator, session);
  assert.equal((await marks(session))[0].properties.participant ?? null, null);
  await facilitator.delete(`/api/sessions/${session}/contributions/${id}`, { expect: 200 });
});

test('in published figures a sheet is one person like one with a tablet, if that is ticked', async () => {
  const project = await makeProject(facilitator, 'Paper and tablets');
  const session = await makeSession(facilitator, project);
  const tablet = await takeSeat(server, (await makeCode(facilitator, session)).code);
  await putMark(tablet, session);
  for (const aggregate of [true, true, false]) {
    const seat = (await sheet(facilitator, session, { consent: { ...CONSENT, aggregate } })).json;
    for (const lon of [4.35, 4.36])
      await put(facilitator, session, uuid(), { ...mark(lon), participant: seat.participant }, { expect: 201 });
  }
  await putMark(facilitator, session); // for the room: nobody's
  await facilitator.post(`/api/sessions/${session}/close`, undefined, { expect: 200 });
  age(server.data, [session], 30);
  const [exercise] = (await facilitator.get(`/api/projects/${project}/publication`, { expect: 200 })).json.exercises;
  assert.equal(exercise.attendances.counted, 3);
});
