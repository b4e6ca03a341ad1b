// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './support.mjs';
import { CONSENT, makeCode, makeProject, makeSession, mark, putMark, takeSeat, uuid } from './world.mjs';

let server, nadia, project;

before(async () => {
  server = await startServer();
  nadia = await server.staff('Nadia', 'facilitator');
  project = await makeProject(nadia);
});
after(() => server?.stop());

const join = (body, options) => server.client().post('/api/join', body, options);

/** A session with its way in; `over` as makeSession takes it. */
async function session(over) {
  const id = await makeSession(nadia, project, over);
  return { id, ...(await makeCode(nadia, id)) };
}

test('a code as people type it lets in', async () => {
  const { id, code } = await session();
  const typed = [code, code.toLowerCase(), code.replace('-', ''), ` ${code.replace('-', ' ')} `];
  // 0 and 1 may be read as letters
  typed.push(code.replaceAll('0', 'o').replaceAll('1', 'l'));
  for (const text of typed) {
    const { json } = await join({ code: text }, { expect: 201 });
    assert.equal(json.session, id);
    assert.equal(json.state, 'admitted');
  }
});

test('the secret of the QR code lets in', async () => {
  const { id, secret } = await session();
  const { json } = await join({ secret, language: 'ar' }, { expect: 201 });
  assert.equal(json.session, id);
});

test('a participant knows who she is, by pseudonym alone', async () => {
  const { id, code } = await session();
  const seat = await takeSeat(server, code, { language: 'pt-BR' });
  const { json } = await seat.get('/api/me', { expect: 200 });
  assert.deepEqual(json, {
    kind: 'participant',
    session: id,
    pseudonym: seat.pseudonym,
    state: 'admitted',
    language: 'pt-BR',
    consent: CONSENT,
    groups: [],
  });
  assert.match(seat.pseudonym, /^[A-Z][a-z]+ \d\d$/);
});

test('without a language the browser is asked', async () => {
  const { code } = await session();
  const client = server.client();
  const headers = { 'accept-language': 'nl-BE,fr;q=0.5' };
  client.bearer = (await client.post('/api/join', { code }, { headers, expect: 201 })).json.token;
  assert.equal((await client.get('/api/me')).json.language, 'nl-BE');
  const odd = { 'accept-language': '-' };
  client.bearer = (await server.client().post('/api/join', { code }, { headers: odd, expect: 201 })).json.token;
  assert.equal((await client.get('/api/me')).json.language, '');
});

test('pseudonyms are unique in a session and do not tell who came first', async () => {
  const { id, code } = await session({ seat_limit: 200 });
  const seats = await Promise.all(Array.from({ length: 120 }, () => join({ code }, { expect: 201 })));
  const names = new Set(seats.map(({ json }) => json.pseudonym));
  assert.equal(names.size, 120);
  const { json } = await nadia.get(`/api/sessions/${id}/participants?limit=200`, { expect: 200 });
  const order = json.items.map(({ pseudonym }) => pseudonym);
  assert.notDeepEqual(order, [...order].sort());
});

test('what is no way in is refused alike', async () => {
  const { code, secret } = await session();
  const wrong = code.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  for (const body of [{ code: wrong }, { code: 'ABCD' }, { code: '!!!!-!!!!' }, { secret: `${secret}x` }, { secret: '' }]) {
    const { error, json } = await join(body, { expect: 401 });
    assert.equal(error, 'BAD_CREDENTIALS');
    assert.equal(json.detail, undefined);
  }
});

test('a body that is neither code nor secret is refused', async () => {
  const { code, secret } = await session();
  for (const body of [{}, { code, secret }, { code: 7 }, { code, name: 'Amina' }, { code, language: 'français!' }])
    assert.equal((await join(body, { expect: 422 })).error, 'BAD_FIELD');
});

test('all seats taken is all seats taken, and a removed participant gives hers back', async () => {
  const { id, code } = await session({ seat_limit: 3 });
  const seats = [];
  for (let i = 0; i < 3; i++) seats.push(await takeSeat(server, code, { consent: null }));
  assert.equal((await join({ code }, { expect: 409 })).error, 'SESSION_FULL');
  const path = `/api/sessions/${id}/participants/${seats[0].id}`;
  await nadia.put(path, { state: 'removed' }, { expect: 200 });
  await takeSeat(server, code);
  await join({ code }, { expect: 409 });
});

test('a crowd at the door takes no more seats than there are', async () => {
  const { code } = await session({ seat_limit: 10 });
  const tries = await Promise.all(Array.from({ length: 40 }, () => join({ code })));
  assert.equal(tries.filter(({ status }) => status === 201).length, 10);
  assert.ok(tries.every(({ status, error }) => status === 201 || error === 'SESSION_FULL'));
});

test('who waits sends nothing until she is let in', async () => {
  const { id, code } = await session({ admit: 'by_hand' });
  const listener = await nadia.listen(`/api/sessions/${id}/events`);
  const seat = await takeSeat(server, code);
  assert.equal((await listener.next('participant')).state, 'waiting');
  const path = `/api/sessions/${id}/contributions/${uuid()}`;
  assert.equal((await seat.put(path, mark(), { expect: 403 })).error, 'NOT_ADMITTED');
  const admitted = await nadia.put(
    `/api/sessions/${id}/participants/${seat.id}`, { state: 'admitted' }, { expect: 200 });
  assert.equal(admitted.json.state, 'admitted');
  assert.equal((await listener.next('participant', (p) => p.state === 'admitted')).id, seat.id);
  await seat.put(path, mark(), { expect: 201 });
  listener.close();
});

test('who did not agree to the room sends nothing', async () => {
  const { id, code } = await session();
  const seat = await takeSeat(server, code, { consent: null });
  const path = `/api/sessions/${id}/contributions/${uuid()}`;
  await seat.put(path, mark(), { expect: 403 });
  await seat.put('/api/me/consent', { ...CONSENT, room: false }, { expect: 200 });
  await seat.put(path, mark(), { expect: 403 });
  await seat.put('/api/me/consent', { room: true, aggregate: false, finding: false, photo: false }, { expect: 200 });
  await seat.put(path, mark(), { expect: 201 });
});

test('consent is four answers, each yes or no', async () => {
  const { id, code } = await session();
  const seat = await takeSeat(server, code, { consent: null });
  const before = (await seat.get('/api/me')).json.consent;
  assert.deepEqual(before, { room: false, aggregate: false, finding: false, photo: false });
  for (const body of [{ room: true }, { ...CONSENT, photo: 'yes' }, { ...CONSENT, name: true }])
    assert.equal((await seat.put('/api/me/consent', body, { expect: 422 })).error, 'BAD_FIELD');
  const said = { room: true, aggregate: false, finding: true, photo: false };
  assert.deepEqual((await seat.put('/api/me/consent', said)).json.consent, said);
  const { json } = await nadia.get(`/api/sessions/${id}/participants`, { expect: 200 });
  assert.deepEqual(json.items[0].consent, said);
});

test("a removed participant's token ends at once and for good", async () => {
  const { id, code } = await session();
  const seat = await takeSeat(server, code);
  const mine = await putMark(seat, id);
  const path = `/api/sessions/${id}/participants/${seat.id}`;
  const removed = await nadia.put(path, { state: 'removed' }, { expect: 200 });
  assert.equal(removed.json.state, 'removed');
  assert.equal((await seat.get('/api/me', { expect: 401 })).error, 'NOT_SIGNED_IN');
  await seat.put(`/api/sessions/${id}/contributions/${uuid()}`, mark(), { expect: 401 });
  assert.equal((await nadia.put(path, { state: 'admitted' }, { expect: 409 })).error, 'CONFLICT');
  await nadia.put(path, { state: 'removed' }, { expect: 200 });
  await nadia.get(`/api/sessions/${id}/contributions/${mine}`, { expect: 200 });
});

test('leaving ends the token and leaves what was sent', async () => {
  const { id, code } = await session();
  const seat = await takeSeat(server, code);
  const mine = await putMark(seat, id);
  const left = await seat.post('/api/me/leave', undefined, { expect: 200 });
  assert.equal(left.headers['clear-site-data'], '"cache"', 'tiles in the browser tell where she looked');
  await seat.get('/api/me', { expect: 401 });
  await nadia.get(`/api/sessions/${id}/contributions/${mine}`, { expect: 200 });
});

test('a participant sees her own session and no other', async () => {
  const here = await session();
  const there = await session();
  const seat = await takeSeat(server, here.code);
  await seat.get(`/api/sessions/${here.id}/package`, { expect: 200 });
  await seat.get(`/api/sessions/${there.id}/package`, { expect: 404 });
  await seat.get(`/api/sessions/${here.id}`, { expect: 403 });
  await seat.get(`/api/sessions/${here.id}/participants`, { expect: 403 });
});

test("a participant of another session is not this session's", async () => {
  const here = await session();
  const there = await session();
  const seat = await takeSeat(server, there.code);
  const path = `/api/sessions/${here.id}/participants/${seat.id}`;
  await nadia.put(path, { state: 'removed' }, { expect: 404 });
  await nadia.put(`/api/sessions/${here.id}/participants/999999`, { state: 'removed' }, { expect: 404 });
  await seat.get('/api/me', { expect: 200 });
});

test('a state is admitted or removed', async () => {
  const { id, code } = await session();
  const seat = await takeSeat(server, code);
  const path = `/api/sessions/${id}/participants/${seat.id}`;
  for (const body of [{}, { state: 'waiting' }, { state: 'gone' }, { state: 'admitted', pseudonym: 'X' }])
    assert.equal((await nadia.put(path, body, { expect: 422 })).error, 'BAD_FIELD');
});

test('participants are listed in the order they joined, page by page', async () => {
  const { id, code } = await session();
  const seats = [];
  for (let i = 0; i < 5; i++) seats.push(await takeSeat(server, code, { consent: null }));
  const seen = [];
  for (let next = ''; next !== null; ) {
    const cursor = next && `&cursor=${next}`;
    const { json } = await nadia.get(`/api/sessions/${id}/participants?limit=2${cursor}`, { expect: 200 });
    seen.push(...json.items.map(({ id }) => id));
    next = json.next;
  }
  assert.deepEqual(seen, seats.map(({ id }) => id));
});

// last: they use up what an address may try
/** Types wrong codes until the door is closed, or `most` were typed; the refusal, if there was one. */
async function guess(client, most, headers) {
  for (let i = 0; i < most; i++) {
    const code = `ZZZZ-${String(i).padStart(4, '0')}`;
    const reply = await client.post('/api/join', { code }, { headers });
    if (reply.status === 429) return { ...reply, typed: i };
    assert.equal(reply.error, 'BAD_CREDENTIALS');
  }
  return undefined;
}
const at = (from, on = server) => on.client({ from });

test('thirty people behind one address mistype three times each and all get in', async () => {
  const { code } = await session({ seat_limit: 40 });
  const router = at('127.0.0.9');
  await Promise.all(
    Array.from({ length: 30 }, async () => {
      assert.equal(await guess(router, 3), undefined);
      await router.post('/api/join', { code }, { expect: 201 });
    }),
  );
});

test('who guesses closes the door to typed codes for herself alone', async () => {
  const { code, secret } = await session();
  const refused = await guess(at('127.0.0.2'), 400);
  assert.ok(refused.typed >= 120 && refused.typed < 400, `${refused.typed} were taken`);
  assert.equal(refused.error, 'TOO_MANY');
  assert.ok(Number(refused.headers['retry-after']) <= 6, refused.headers['retry-after']);
  assert.match(refused.json.detail, /QR code .* try again in [1-6] s/);
  await at('127.0.0.2').post('/api/join', { secret }, { expect: 201 });
  await at('127.0.0.1').post('/api/join', { code }, { expect: 201 });
  await nadia.get('/api/me', { expect: 200 });
});

test('an address that a header claims is not believed', async () => {
  const stranger = at('127.0.0.3');
  await guess(stranger, 400);
  for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded'])
    assert.ok(await guess(stranger, 3, { [name]: name === 'forwarded' ? 'for=10.1.2.3' : '10.1.2.3' }), name);
});

test('no address and no guess stands in the log or in the data folder', async () => {
  const { code } = await session();
  await at('127.0.0.77').post('/api/join', { code: 'ZZZZ-7777' }, { expect: 401 });
  await at('127.0.0.77').post('/api/join', { code }, { expect: 201 });
  assert.doesNotMatch(server.log() + server.said(), /127\.0\.0\.77|ZZZZ/);
  for (const word of ['127.0.0.77', 'ZZZZ7777', 'ZZZZ-7777']) assert.deepEqual(server.filesHolding(word), []);
});

test('behind a proxy all have one bucket, and that is the large one', async () => {
  const proxied = await startServer({ args: ['--origin', 'https://map.example.org'] });
  try {
    assert.equal(await guess(at('127.0.0.2', proxied), 400), undefined);
  } finally {
    await proxied.stop();
  }
});
