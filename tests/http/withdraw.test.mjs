// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { cli, startServer } from './support.mjs';
import { POINTS_MAPPING, finish, makeCode, makeProject, makeSession, mark, putMark, takeSeat, upload } from './world.mjs';

let server, nadia, session, code;

before(async () => {
  server = await startServer();
  nadia = await server.staff('Nadia', 'facilitator');
  session = await makeSession(nadia, await makeProject(nadia), { free_text: true, seat_limit: 100 });
  code = (await makeCode(nadia, session)).code;
});
after(() => server?.stop());

const receiptOf = async (seat) => (await seat.post('/api/me/receipt', undefined, { expect: 200 })).json.receipt;
const withdraw = (receipt, options) => server.client().post('/api/withdraw', { receipt }, options);

/** A coordinate as the R*Tree keeps it: two floats around it, as SQLite rounds them. */
function inTree(degrees) {
  const ulp = 1 / 8388608;
  const low = Math.fround(degrees) > degrees ? Math.fround(degrees * (1 - ulp)) : Math.fround(degrees);
  const high = Math.fround(degrees) < degrees ? Math.fround(degrees * (1 + ulp)) : Math.fround(degrees);
  const bytes = Buffer.alloc(8);
  bytes.writeFloatBE(low, 0);
  bytes.writeFloatBE(high, 4);
  return bytes;
}

test('a receipt is 26 characters and one to check them', async () => {
  const seat = await takeSeat(server, code);
  assert.match(await receiptOf(seat), /^([0-9A-Z]{5}-){5}[0-9A-Z][0-9A-Z*~$=]$/);
});

test('a receipt takes everything back, without an account', async () => {
  const seat = await takeSeat(server, code);
  const mate = await takeSeat(server, code);
  const hers = [await putMark(seat, session), await putMark(seat, session, mark(4.36))];
  const kept = await putMark(mate, session);
  const receipt = await receiptOf(seat);
  await seat.post('/api/me/leave', undefined, { expect: 200 });
  assert.deepEqual((await withdraw(receipt, { expect: 200 })).json, { withdrawn: 2 });
  for (const id of hers) await nadia.get(`/api/sessions/${session}/contributions/${id}`, { expect: 404 });
  await nadia.get(`/api/sessions/${session}/contributions/${kept}`, { expect: 200 });
  const { json } = await nadia.get(`/api/sessions/${session}/participants?limit=1000`);
  assert.ok(json.items.every(({ id }) => id !== seat.id));
});

test('a receipt works once', async () => {
  const seat = await takeSeat(server, code);
  const receipt = await receiptOf(seat);
  await withdraw(receipt, { expect: 200 });
  assert.equal((await withdraw(receipt, { expect: 401 })).error, 'BAD_CREDENTIALS');
  await seat.get('/api/me', { expect: 401 });
});

test('a receipt is read as people type it', async () => {
  for (const typed of [(r) => r.toLowerCase(), (r) => r.replaceAll('-', ' '), (r) => r.replaceAll('-', ''), (r) => r.replaceAll('0', 'O')]) {
    const seat = await takeSeat(server, code);
    await withdraw(typed(await receiptOf(seat)), { expect: 200 });
  }
});

test('a new receipt ends the one before it', async () => {
  const seat = await takeSeat(server, code);
  await putMark(seat, session);
  const first = await receiptOf(seat);
  const second = await receiptOf(seat);
  await withdraw(first, { expect: 401 });
  assert.deepEqual((await withdraw(second, { expect: 200 })).json, { withdrawn: 1 });
});

test('a removed participant can still withdraw', async () => {
  const seat = await takeSeat(server, code);
  await putMark(seat, session);
  const receipt = await receiptOf(seat);
  await nadia.put(`/api/sessions/${session}/participants/${seat.id}`, { state: 'removed' }, { expect: 200 });
  assert.deepEqual((await withdraw(receipt, { expect: 200 })).json, { withdrawn: 1 });
});

test('the live map is told what goes', async () => {
  const seat = await takeSeat(server, code);
  const mine = await putMark(seat, session);
  const receipt = await receiptOf(seat);
  const listener = await nadia.listen(`/api/sessions/${session}/events`);
  await withdraw(receipt, { expect: 200 });
  assert.deepEqual(await listener.next('removed'), { id: mine });
  assert.equal((await listener.next('participant', ({ id }) => id === seat.id)).state, 'removed');
  listener.close();
});

test('a closed session can be withdrawn from', async () => {
  const mine = await makeSession(nadia, await makeProject(nadia));
  const seat = await takeSeat(server, (await makeCode(nadia, mine)).code);
  await putMark(seat, mine);
  const receipt = await receiptOf(seat);
  await nadia.post(`/api/sessions/${mine}/close`, undefined, { expect: 200 });
  assert.deepEqual((await withdraw(receipt, { expect: 200 })).json, { withdrawn: 1 });
});

test('the command line withdraws too, beside the running server', async () => {
  const seat = await takeSeat(server, code);
  const mine = await putMark(seat, session);
  const receipt = await receiptOf(seat);
  assert.match(await cli(server.data, ['withdraw', receipt]), /1/);
  await nadia.get(`/api/sessions/${session}/contributions/${mine}`, { expect: 404 });
  await assert.rejects(cli(server.data, ['withdraw', receipt]));
});

test('no byte of what was withdrawn is left in the data folder after a minute', { timeout: 120_000 }, async () => {
  await sleep(5000); // the scrubs that the start and the tests before asked for are over
  const seat = await takeSeat(server, code);
  const word = `canary-${Math.random().toString(36).slice(2)}-canary`;
  const longitude = 4.3 + Math.random() / 10;
  const answers = { feeling: 'unsafe', change: word };
  const id = await putMark(seat, session, mark(longitude, 50.85, answers));
  const stored = (await seat.get(`/api/sessions/${session}/contributions/${id}`)).json.geometry.coordinates[0];
  const coordinate = Buffer.alloc(8);
  coordinate.writeDoubleLE(stored);
  const canaries = [
    Buffer.from(word),
    Buffer.from(seat.pseudonym),
    Buffer.from(id.replaceAll('-', ''), 'hex'),
    coordinate,
    inTree(stored),
  ];
  for (const canary of canaries) assert.ok(server.filesHolding(canary).length > 0, 'the search finds what is there');
  await withdraw(await receiptOf(seat), { expect: 200 });
  const until = Date.now() + 60_000;
  const left = () => canaries.flatMap((canary) => server.filesHolding(canary));
  while (left().length > 0 && Date.now() < until) await sleep(500);
  assert.deepEqual(left(), []);
});

test('no byte of what stood there before a change is left after a minute', { timeout: 120_000 }, async () => {
  await sleep(5000); // as above
  const seat = await takeSeat(server, code);
  const word = `canary-${Math.random().toString(36).slice(2)}-canary`;
  const longitude = 4.3 + Math.random() / 10;
  const id = await putMark(seat, session, mark(longitude, 50.85, { feeling: 'unsafe', change: word }));
  const path = `/api/sessions/${session}/contributions/${id}`;
  const stored = (await seat.get(path)).json.geometry.coordinates[0];
  const canaries = [Buffer.from(word), inTree(stored)];
  for (const canary of canaries) assert.ok(server.filesHolding(canary).length > 0, 'the search finds what is there');
  await seat.put(path, mark(longitude + 0.03), { headers: { 'if-match': '"1"' }, expect: 200 });
  const until = Date.now() + 60_000;
  const left = () => canaries.flatMap((canary) => server.filesHolding(canary));
  while (left().length > 0 && Date.now() < until) await sleep(500);
  assert.deepEqual(left(), []);
});

test('no byte of a deleted overlay is left after a minute', { timeout: 120_000 }, async () => {
  await sleep(5000); // as above
  const word = `canary-${Math.random().toString(36).slice(2)}-canary`;
  const lead = await server.staff('Aline', 'facilitator');
  const project = await makeProject(lead);
  const { upload: name } = await upload(lead, project, `name,lon,lat\n${word},4.35,50.85\n`);
  const { json: begun } = await lead.post(`/api/uploads/${name}/import`, POINTS_MAPPING, { expect: 202 });
  const { report } = await finish(lead, begun.job);
  assert.ok(server.filesHolding(Buffer.from(word)).length > 0, 'the search finds what is there');
  await lead.delete(`/api/overlays/${report.overlay}`, { expect: 200 });
  const until = Date.now() + 60_000;
  const left = () => server.filesHolding(Buffer.from(word));
  while (left().length > 0 && Date.now() < until) await sleep(500);
  assert.deepEqual(left(), []);
});

// last: it closes this door to guesses for a while
test('sixty wrong receipts, then one a second and no more; the right one is taken all the same', async () => {
  const seat = await takeSeat(server, code);
  const receipt = await receiptOf(seat);
  const from_ms = Date.now();
  let wrong = 0;
  let refused;
  while (!refused && wrong < 1000) {
    const reply = await withdraw('00000-00000-00000-00000-00000-00');
    if (reply.status === 429) refused = reply;
    else assert.equal(reply.error, 'BAD_CREDENTIALS');
    wrong += refused ? 0 : 1;
  }
  const most = 60 + (Date.now() - from_ms) / 1000;
  assert.ok(wrong >= 60 && wrong <= most, `${wrong} were answered, ${most} may be`);
  assert.equal(refused.error, 'TOO_MANY');
  assert.equal(refused.headers['retry-after'], '1');
  await withdraw(receipt, { expect: 200 });
});
