// SPDX-License-Identifier: AGPL-3.0-or-later
// Contributions over HTTP: what may be sent, twice, changed, seen, judged and taken back.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startServer } from './support.mjs';
import { makeCode, makeSession, mark, openSession, putMark, takeSeat, uuid } from './world.mjs';

let server, world, own;
const at = (session, id = '', rest = '') => `/api/sessions/${session}/contributions${id && `/${id}`}${rest}`;

before(async () => {
  server = await startServer();
  world = await server.world();
  own = world.own;
});
after(() => server.stop());

/** A session of its own with somebody in it, so that counts are known. */
async function room(over = {}) {
  const opened = await openSession(server, own.facilitator, own.project, over);
  return { ...opened, reader: await takeSeat(server, opened.code) };
}

/** Whether any file of the data folder holds these bytes. */
const stored = (bytes) => server.filesHolding(bytes).length > 0;
const double = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
};

describe('sending', () => {
  test('the same again makes no second one', async () => {
    const { session, author } = await room();
    const id = uuid();
    const first = await author.put(at(session, id), mark(), { expect: 201 });
    assert.equal(first.json.properties.version, 1);
    assert.equal(first.json.properties.mine, true);
    const again = await author.put(at(session, id), mark(), { expect: 200 });
    assert.deepEqual(again.json, first.json);
    const { json } = await own.facilitator.get(`/api/sessions/${session}/counts`, { expect: 200 });
    assert.equal(json.total, 1);
  });

  test('a body written otherwise that says the same is the same', async () => {
    const { session, author } = await room();
    const id = uuid();
    await author.put(at(session, id), mark(4.35, 50.85, { feeling: 'safe', when: ['night', 'evening'] }), { expect: 201 });
    const raw = '{ "answers": {"when":["evening","night"],"feeling":"safe"},\n "geometry": {"coordinates":[4.35,50.85],"type":"Point"} }';
    const again = await author.request('PUT', at(session, id), { raw, expect: 200 });
    assert.equal(again.json.properties.version, 1);
  });

  test('other content from its author is an edit', async () => {
    const { session, author } = await room();
    const id = await putMark(author, session);
    const headers = { 'if-match': '"1"' };
    const edited = await author.put(at(session, id), mark(4.36, 50.86, { feeling: 'safe' }), { headers, expect: 200 });
    assert.equal(edited.json.properties.version, 2);
    assert.equal(edited.json.properties.category, 'safe');
    const read = await author.get(at(session, id), { expect: 200 });
    assert.equal(read.headers.etag, '"2"');
    assert.deepEqual(read.json, edited.json);
  });

  test("somebody else's does not exist", async () => {
    const { session, author, reader } = await room();
    const id = await putMark(author, session);
    const strangers = [reader, world.other.participant, world.other.facilitator];
    for (const client of strangers) {
      await client.get(at(session, id), { expect: 404 });
      await client.put(at(session, id), mark(), { expect: 404 });
      await client.delete(at(session, id), { expect: 404 });
    }
    // a member of the project's staff sees it, but has not written it
    await own.facilitator.get(at(session, id), { expect: 200 });
    await own.facilitator.put(at(session, id), mark(), { expect: 404 });
    // nor does it stand in another session
    await own.facilitator.get(at(own.session, id), { expect: 404 });
  });

  test('staff enter for the room', async () => {
    const { session } = await room();
    const id = uuid();
    const entered = await own.researcher.put(at(session, id), mark(), { expect: 201 });
    assert.equal(entered.json.properties.mine, true);
    const seen = await own.facilitator.get(at(session, id), { expect: 200 });
    assert.equal(seen.json.properties.participant, null);
    assert.equal(seen.json.properties.mine, false);
    await own.researcher.delete(at(session, id), { expect: 200 });
  });

  test('who has not been let in, or has not agreed, sends nothing', async () => {
    const session = await makeSession(own.facilitator, own.project, { admit: 'by_hand' });
    const { code } = await makeCode(own.facilitator, session);
    const waiting = await takeSeat(server, code);
    assert.equal((await waiting.put(at(session, uuid()), mark(), { expect: 403 })).error, 'NOT_ADMITTED');
    await own.facilitator.put(`/api/sessions/${session}/participants/${waiting.id}`, { state: 'admitted' }, { expect: 200 });
    await putMark(waiting, session);
    const consent = { room: false, aggregate: false, finding: false, photo: false };
    await waiting.put('/api/me/consent', consent, { expect: 200 });
    assert.equal((await waiting.put(at(session, uuid()), mark(), { expect: 403 })).error, 'NOT_ADMITTED');
  });

  test('a closed session takes nothing new, but knows what it has', async () => {
    const { session, author } = await room();
    const id = await putMark(author, session);
    await own.facilitator.post(`/api/sessions/${session}/close`, undefined, { expect: 200 });
    assert.equal((await author.put(at(session, uuid()), mark(), { expect: 409 })).error, 'SESSION_CLOSED');
    assert.equal((await author.put(at(session, id), mark(4.36), { expect: 409 })).error, 'SESSION_CLOSED');
    assert.equal((await author.delete(at(session, id), { expect: 409 })).error, 'SESSION_CLOSED');
    await author.put(at(session, id), mark(), { expect: 200 });
  });
});

describe('positions', () => {
  test('a finer one never reaches the disk', async () => {
    const { session, author } = await room({ precision_m: 50 });
    const fine = [4.351234567891, 50.841234567891];
    const { json } = await author.put(at(session, uuid()), mark(...fine), { expect: 201 });
    const kept = json.geometry.coordinates;
    const metres = Math.hypot((kept[0] - fine[0]) * 70300, (kept[1] - fine[1]) * 111320);
    assert.ok(metres < 36, `${metres} m is more than half the diagonal of a cell`);
    assert.ok(stored(double(kept[0])) && stored(double(kept[1])), 'the snapped position is not found: the search is blind');
    for (const value of fine) {
      assert.ok(!stored(double(value)), 'the bytes of the position as sent are on the disk');
      assert.ok(!stored(double(Math.round(value * 1e7) / 1e7)), 'the rounded position is on the disk');
      assert.ok(!stored(String(value).slice(0, 9)), 'the position is on the disk as text');
    }
  });

  test('twice in one cell is the same contribution', async () => {
    const { session, author } = await room({ precision_m: 100 });
    const id = uuid();
    const { json } = await author.put(at(session, id), mark(), { expect: 201 });
    const [lon, lat] = json.geometry.coordinates;
    const again = await author.put(at(session, id), mark(lon + 0.0003, lat - 0.0003), { expect: 200 });
    assert.equal(again.json.properties.version, 1);
  });

  test('far outside the session is refused, near it is kept', async () => {
    const { session, author } = await room({ bbox: [4.3, 50.8, 4.4, 50.9] });
    await author.put(at(session, uuid()), mark(4.45, 50.95), { expect: 201 });
    const far = await author.put(at(session, uuid()), mark(4.55, 50.85), { expect: 422 });
    assert.equal(far.error, 'BAD_GEOMETRY');
    assert.match(far.json.detail, /area/);
    // latitude first: a common slip
    await author.put(at(session, uuid()), mark(50.85, 4.35), { expect: 422 });
  });

  test('lines and areas come back snapped and closed', async () => {
    const { session, author } = await room();
    const answers = { feeling: 'unsafe' };
    const line = { type: 'LineString', coordinates: [[4.35, 50.85], [4.351, 50.851], [4.36, 50.86]] };
    const area = { type: 'Polygon', coordinates: [[[4.35, 50.85], [4.36, 50.85], [4.36, 50.86], [4.35, 50.85]]] };
    const drawn = await author.put(at(session, uuid()), { geometry: line, answers }, { expect: 201 });
    assert.equal(drawn.json.geometry.type, 'LineString');
    const filled = await author.put(at(session, uuid()), { geometry: area, answers }, { expect: 201 });
    const ring = filled.json.geometry.coordinates[0];
    assert.deepEqual(ring[0], ring.at(-1));
    // within one cell nothing but the cell is left of it
    const tiny = { type: 'LineString', coordinates: [[4.35, 50.85], [4.350001, 50.850001]] };
    const dot = await author.put(at(session, uuid()), { geometry: tiny, answers }, { expect: 201 });
    assert.equal(dot.json.geometry.type, 'Point');
  });
});

describe('what is refused', () => {
  const point = { type: 'Point', coordinates: [4.35, 50.85] };
  const answers = { feeling: 'unsafe' };
  const cases = [
    ['no geometry', { answers }, 422, 'BAD_GEOMETRY', 'geometry'],
    ['a geometry of no kind', { geometry: { type: 'Circle', coordinates: [4.35, 50.85] }, answers }, 422, 'BAD_GEOMETRY', 'geometry.type'],
    ['many points', { geometry: { type: 'MultiPoint', coordinates: [[4.35, 50.85]] }, answers }, 422, 'BAD_GEOMETRY', 'geometry.type'],
    ['a ring that is not closed', { geometry: { type: 'Polygon', coordinates: [[[4.3, 50.8], [4.4, 50.8], [4.4, 50.9], [4.3, 50.81]]] }, answers }, 422, 'BAD_GEOMETRY', 'geometry'],
    ['a ring of three positions', { geometry: { type: 'Polygon', coordinates: [[[4.3, 50.8], [4.4, 50.8], [4.3, 50.8]]] }, answers }, 422, 'BAD_GEOMETRY', 'geometry'],
    ['a bow tie', { geometry: { type: 'Polygon', coordinates: [[[4.3, 50.8], [4.4, 50.9], [4.4, 50.8], [4.3, 50.9], [4.3, 50.8]]] }, answers }, 422, 'BAD_GEOMETRY', 'geometry'],
    ['a longitude out of range', { geometry: { type: 'Point', coordinates: [181, 50.85] }, answers }, 422, 'BAD_GEOMETRY', 'geometry'],
    ['a position of one number', { geometry: { type: 'Point', coordinates: [4.35] }, answers }, 422, 'BAD_GEOMETRY', 'geometry.coordinates'],
    ['a position of texts', { geometry: { type: 'Point', coordinates: ['4.35', '50.85'] }, answers }, 422, 'BAD_GEOMETRY', 'geometry.coordinates'],
    ['a required question without answer', { geometry: point, answers: {} }, 422, 'BAD_FIELD', 'answers.feeling'],
    ['an unknown option', { geometry: point, answers: { feeling: 'great' } }, 422, 'BAD_FIELD', 'answers.feeling'],
    ['an unknown question', { geometry: point, answers: { feeling: 'safe', name: 'Amina' } }, 422, 'BAD_FIELD', 'answers.name'],
    ['a question that is not asked then', { geometry: point, answers: { feeling: 'safe', unsafe_because: ['isolated'] } }, 422, 'BAD_FIELD', 'answers.unsafe_because'],
    ['free text that is off', { geometry: point, answers: { feeling: 'safe', change: 'light' } }, 422, 'BAD_FIELD', 'answers.change'],
    ['no answers', { geometry: point }, 422, 'BAD_FIELD', 'answers'],
    ['an unknown member', { geometry: point, answers, pseudonym: 'Kiwi 42' }, 422, 'BAD_FIELD', 'pseudonym'],
  ];
  for (const [name, body, status, error, where] of cases)
    test(name, async () => {
      const reply = await own.participant.put(at(own.session, uuid()), body, { expect: status });
      assert.equal(reply.error, error);
      assert.equal(reply.json.where, where);
    });

  const texts = [
    ['not a number', '{"geometry":{"type":"Point","coordinates":[NaN,50.85]},"answers":{"feeling":"safe"}}', 400, 'BAD_JSON'],
    ['an endless number', '{"geometry":{"type":"Point","coordinates":[1e999,50.85]},"answers":{"feeling":"safe"}}', [400, 422], undefined],
    ['a key twice', '{"geometry":{"type":"Point","coordinates":[4.35,50.85]},"answers":{"feeling":"safe","feeling":"unsafe"}}', 400, 'BAD_JSON'],
    ['half a document', '{"geometry":', 400, 'BAD_JSON'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400, 'BAD_JSON'],
    ['too deep', '['.repeat(40) + ']'.repeat(40), 400, 'BAD_JSON'],
    ['a list', '[]', 422, 'BAD_FIELD'],
    ['more than 256 KiB', JSON.stringify({ geometry: { type: 'LineString', coordinates: Array(40000).fill([4.35, 50.85]) } }), 413, 'TOO_LARGE'],
  ];
  for (const [name, raw, status, error] of texts)
    test(name, async () => {
      const reply = await own.participant.request('PUT', at(own.session, uuid()), { raw });
      assert.ok([status].flat().includes(reply.status), `${reply.status} ${reply.text}`);
      if (error) assert.equal(reply.error, error);
    });

  test('more than 10,000 vertices', async () => {
    // 2 decimals and no spaces keep it below the size of a body
    const coordinates = Array.from({ length: 10_001 }, (_, i) => [4.3 + (i % 10) / 100, 50.8 + (i % 9) / 100]);
    const raw = JSON.stringify({ geometry: { type: 'LineString', coordinates: coordinates.map(([x, y]) => [+x.toFixed(2), +y.toFixed(2)]) }, answers });
    assert.ok(raw.length < 256 * 1024);
    const reply = await own.participant.request('PUT', at(own.session, uuid()), { raw, expect: 413 });
    assert.equal(reply.error, 'TOO_LARGE');
  });

  test('an id that is no UUID, another content type, another site, nobody', async () => {
    await own.participant.put(at(own.session, '12'), mark(), { expect: 400 });
    const typed = { 'content-type': 'text/plain' };
    assert.equal((await own.participant.put(at(own.session, uuid()), mark(), { headers: typed, expect: 415 })).error, 'WRONG_TYPE');
    const bare = { 'x-requested-with': undefined };
    assert.equal((await own.participant.put(at(own.session, uuid()), mark(), { headers: bare, expect: 403 })).error, 'CROSS_SITE');
    await server.client().put(at(own.session, uuid()), mark(), { expect: 401 });
  });
});

describe('seeing', () => {
  test('a participant sees her own, leads see whose it is', async () => {
    const { session, author, reader } = await room();
    const hers = await putMark(author, session);
    await putMark(reader, session, mark(4.36, 50.86, { feeling: 'safe' }));
    const mine = await author.get(at(session), { expect: 200 });
    assert.deepEqual(mine.json.features.map((feature) => feature.id), [hers]);
    for (const theirs of ['participant', 'created', 'changed']) assert.ok(!(theirs in mine.json.features[0].properties), theirs);
    const all = await own.facilitator.get(at(session), { expect: 200 });
    assert.ok(all.json.features.every(({ properties }) => properties.changed === properties.created));
    assert.deepEqual(all.json.features.map((feature) => feature.properties.participant).sort(), [author.pseudonym, reader.pseudonym].sort());
    const theirs = await own.researcher.get(at(session), { expect: 200 });
    assert.equal(theirs.json.features.length, 2);
    assert.ok(theirs.json.features.every(({ properties }) => !('participant' in properties) && !('changed' in properties)));
  });

  test('pages go from the newest to the oldest, each once', async () => {
    const { session, author } = await room();
    const ids = [];
    for (let i = 0; i < 7; i++) ids.unshift(await putMark(author, session, mark(4.35 + i / 1000)));
    const seen = [];
    let cursor = '';
    do {
      const { json } = await own.facilitator.get(at(session, '', `?limit=3${cursor && `&cursor=${cursor}`}`), { expect: 200 });
      seen.push(...json.features.map((feature) => feature.id));
      cursor = json.next ?? '';
      assert.equal(json.more, cursor !== '');
    } while (cursor);
    assert.deepEqual(seen, ids);
  });

  test('a box holds what touches it', async () => {
    const { session, author } = await room();
    const inside = await putMark(author, session, mark(4.35, 50.85));
    await putMark(author, session, mark(4.4, 50.88));
    const { json } = await own.facilitator.get(at(session, '', '?bbox=4.34,50.84,4.36,50.86'), { expect: 200 });
    assert.deepEqual(json.features.map((feature) => feature.id), [inside]);
    assert.equal(json.next, null);
    const few = await own.facilitator.get(at(session, '', '?bbox=4.3,50.8,4.45,50.9&limit=1'), { expect: 200 });
    assert.equal(few.json.features.length, 1);
    assert.equal(few.json.more, true);
  });

  test('a list that is known is not sent again until something in it changes', async () => {
    const { session, author } = await room();
    const id = await putMark(author, session);
    const known = async (client, etag) => client.get(at(session), { headers: { 'if-none-match': etag } });
    const { etag } = (await own.facilitator.get(at(session), { expect: 200 })).headers;
    assert.equal((await known(own.facilitator, etag)).status, 304);
    // the same rows look otherwise to somebody else
    assert.equal((await known(author, etag)).status, 200);
    assert.equal((await known(own.researcher, etag)).status, 200);
    await own.facilitator.put(at(session, id, '/state'), { state: 'hidden' }, { expect: 200 });
    assert.equal((await known(own.facilitator, etag)).status, 200);
    // gone, and another of the same number
    const { headers } = await own.facilitator.get(at(session));
    await own.facilitator.delete(at(session, id), { expect: 200 });
    await putMark(author, session);
    assert.equal((await known(own.facilitator, headers.etag)).status, 200);
    assert.equal((await known(own.facilitator, etag)).status, 200);
  });

  test('category, state and time of day choose', async () => {
    const { session, author } = await room();
    const night = await putMark(author, session, mark(4.35, 50.85, { feeling: 'unsafe', when: ['night'] }));
    const safe = await putMark(author, session, mark(4.36, 50.86, { feeling: 'safe' }));
    await own.facilitator.put(at(session, safe, '/state'), { state: 'hidden' }, { expect: 200 });
    const ids = async (query) => (await own.facilitator.get(at(session, '', query), { expect: 200 })).json.features.map(({ id }) => id);
    assert.deepEqual(await ids('?category=safe'), [safe]);
    assert.deepEqual(await ids('?state=approved'), [night]);
    assert.deepEqual(await ids('?when=night'), [night]);
    assert.deepEqual(await ids('?when=morning'), []);
  });

  test('parameters that are malformed or do not go together are refused', async () => {
    const wrong = [
      ['?bbox=4,50,5', 'BAD_BBOX'], ['?bbox=4,51,5,50', 'BAD_BBOX'], ['?bbox=4,50,5,nan', 'BAD_BBOX'],
      ['?limit=0', 'BAD_PARAMETER'], ['?limit=1001', 'BAD_PARAMETER'], ['?cursor=x', 'BAD_PARAMETER'], ['?cursor=-1', 'BAD_PARAMETER'],
      ['?state=lost', 'BAD_PARAMETER'], ['?page=2', 'BAD_PARAMETER'], ['?bbox=4,50,5,51&cursor=9', 'BAD_PARAMETER'],
    ];
    for (const [query, error] of wrong) {
      const reply = await own.facilitator.get(at(own.session, '', query), { expect: 400 });
      assert.equal(reply.error, error, query);
    }
  });

  test('free text is the facilitator\'s until it is approved', async () => {
    const { session, author } = await room({ free_text: true, approve: 'by_hand' });
    const id = await putMark(author, session, mark(4.35, 50.85, { feeling: 'unsafe', change: 'more light' }));
    const words = async (client) => (await client.get(at(session, id), { expect: 200 })).json.properties.answers.change;
    assert.equal(await words(own.facilitator), 'more light');
    assert.equal(await words(author), 'more light');
    assert.equal(await words(own.researcher), undefined);
    await own.facilitator.put(at(session, id, '/state'), { state: 'approved' }, { expect: 200 });
    assert.equal(await words(own.researcher), 'more light');
  });
});

describe('judging and taking back', () => {
  test('leads approve and hide; others do not', async () => {
    const { session, author } = await room({ approve: 'by_hand' });
    const id = await putMark(author, session);
    assert.equal((await author.get(at(session, id))).json.properties.state, 'pending');
    for (const client of [author, own.researcher])
      assert.equal((await client.put(at(session, id, '/state'), { state: 'approved' }, { expect: 403 })).error, 'FORBIDDEN');
    const approved = await own.facilitator.put(at(session, id, '/state'), { state: 'approved' }, { expect: 200 });
    assert.equal(approved.json.properties.state, 'approved');
    assert.equal(approved.json.properties.version, 2);
    // twice is once
    const again = await own.facilitator.put(at(session, id, '/state'), { state: 'approved' }, { expect: 200 });
    assert.equal(again.json.properties.version, 2);
    await own.facilitator.put(at(session, id, '/state'), { state: 'gone' }, { expect: 422 });
    // an edit waits again; hidden stays hidden; and judging is no edit that the author must have known
    const headers = { 'if-match': '"1"' };
    assert.equal((await author.put(at(session, id), mark(4.36), { headers, expect: 200 })).json.properties.state, 'pending');
    await own.facilitator.put(at(session, id, '/state'), { state: 'hidden' }, { expect: 200 });
    headers['if-match'] = '"3"';
    assert.equal((await author.put(at(session, id), mark(4.37), { headers, expect: 200 })).json.properties.state, 'hidden');
  });

  test('counts follow', async () => {
    const { session, author, reader } = await room();
    await putMark(author, session);
    await putMark(reader, session, mark(4.36, 50.86, { feeling: 'safe' }));
    const hidden = await putMark(reader, session, mark(4.37, 50.86, { feeling: 'safe' }));
    await own.facilitator.put(at(session, hidden, '/state'), { state: 'hidden' }, { expect: 200 });
    const { json } = await own.researcher.get(`/api/sessions/${session}/counts`, { expect: 200 });
    assert.deepEqual(json, {
      total: 3,
      by_state: { pending: 0, approved: 2, hidden: 1 },
      by_category: { unsafe: 1, safe: 2 },
      participants: { waiting: 0, admitted: 2 },
    });
    await world.other.facilitator.get(`/api/sessions/${session}/counts`, { expect: 404 });
    await author.get(`/api/sessions/${session}/counts`, { expect: 403 });
  });

  test('one deletes her own, leads any, and it is gone', async () => {
    const { session, author, reader } = await room();
    const hers = await putMark(author, session);
    const other = await putMark(reader, session);
    await author.delete(at(session, hers), { expect: 200 });
    await author.delete(at(session, hers), { expect: 404 });
    await own.researcher.delete(at(session, other), { expect: 404 });
    await own.facilitator.delete(at(session, other), { expect: 200 });
    assert.deepEqual((await own.facilitator.get(at(session))).json.features, []);
  });

  test('what is deleted or withdrawn leaves no bytes', async () => {
    const { session, author, reader } = await room({ free_text: true });
    const words = [`canary ${uuid()}`, `canari ${uuid()}`];
    const kept = `stays ${uuid()}`;
    const places = [];
    const id = uuid();
    const say = (lon, change) => mark(lon, 50.85, { feeling: 'unsafe', change });
    places.push((await author.put(at(session, id), say(4.3311, words[0]), { expect: 201 })).json.geometry.coordinates[0]);
    places.push((await reader.put(at(session, uuid()), say(4.3722, words[1]), { expect: 201 })).json.geometry.coordinates[0]);
    await author.put(at(session, uuid()), say(4.3533, kept), { expect: 201 });
    const { receipt } = (await reader.post('/api/me/receipt', undefined, { expect: 200 })).json;
    for (const trace of [...words, kept]) assert.ok(stored(trace), 'the search is blind');
    for (const lon of places) assert.ok(stored(double(lon)), 'the search is blind to places');
    await author.delete(at(session, id), { expect: 200 });
    const withdrawn = await server.client().post('/api/withdraw', { receipt }, { expect: 200 });
    assert.equal(withdrawn.json.withdrawn, 1);
    const until = Date.now() + 60_000;
    const traces = [...words, ...places.map(double)];
    while (traces.some(stored) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 250));
    assert.deepEqual(traces.filter(stored), []);
    assert.ok(stored(kept));
  });
});
