// SPDX-License-Identifier: AGPL-3.0-or-later
// Findings: worded, read back, agreed, redacted, withdrawn, deleted.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from './support.mjs';
import { makeSession } from './world.mjs';

let server, own;

before(async () => {
  server = await startServer();
  ({ own } = await server.world());
});
after(() => server?.stop());

const BODY = {
  geometry: { type: 'Point', coordinates: [4.3512345, 50.8467891] },
  statement: "L'éclairage de l'arrêt est cassé",
  recommendation: 'Le réparer avant novembre',
  who: 'city',
  urgency: 'amber',
  language: 'fr',
};
const body = (over) => ({ ...BODY, ...over });
const word = async (over, session = own.session) =>
  (await own.facilitator.post(`/api/sessions/${session}/findings`, body(over), { expect: 201 })).json;
const refused = (over, method = 'post', where = `/api/sessions/${own.session}/findings`) =>
  own.facilitator[method](where, body(over), { expect: 422 });

test('a finding is worded as a draft, where the session keeps its positions', async () => {
  const made = await word();
  assert.equal(made.session, own.session);
  assert.equal(made.project, own.project);
  assert.equal(made.statement, BODY.statement);
  assert.equal(made.recommendation, BODY.recommendation);
  assert.equal(made.state, 'draft');
  assert.equal(made.agreed, null);
  assert.equal(made.version, 1);
  assert.ok(Math.abs(Date.parse(made.created) - Date.now()) < 60_000);
  // the safety map keeps 50 m: the exact place does not come back, the same cell does
  assert.notDeepEqual(made.geometry.coordinates, BODY.geometry.coordinates);
  assert.ok(Math.abs(made.geometry.coordinates[1] - BODY.geometry.coordinates[1]) < 0.0003);
  const { json, headers } = await own.facilitator.get(`/api/findings/${made.id}`, { expect: 200 });
  assert.deepEqual(json, made);
  assert.equal(headers.etag, '"1"');
});

test('a line and an area are places too, several at once are not', async () => {
  const line = await word({ geometry: { type: 'LineString', coordinates: [[4.35, 50.85], [4.352, 50.851]] } });
  assert.equal(line.geometry.type, 'LineString');
  const ring = [[4.35, 50.85], [4.354, 50.85], [4.354, 50.853], [4.35, 50.85]];
  assert.equal((await word({ geometry: { type: 'Polygon', coordinates: [ring] } })).geometry.type, 'Polygon');
  const several = await refused({ geometry: { type: 'MultiPoint', coordinates: [[4.35, 50.85]] } });
  assert.equal(several.error, 'BAD_GEOMETRY');
});

test('an area that snapping tangles comes back valid', async () => {
  const strip = [[4.35, 50.85], [4.3504, 50.85001], [4.3508, 50.85], [4.3504, 50.85002], [4.35, 50.85]];
  const made = await word({ geometry: { type: 'Polygon', coordinates: [strip] } });
  assert.ok(['Point', 'LineString', 'Polygon'].includes(made.geometry.type));
});

test('a place far from the session is refused', async () => {
  const { error, json } = await refused({ geometry: { type: 'Point', coordinates: [5.9, 50.85] } });
  assert.equal(error, 'BAD_GEOMETRY');
  assert.equal(json.where, 'geometry');
  assert.equal((await refused({ geometry: undefined })).error, 'BAD_GEOMETRY');
  assert.equal((await refused({ geometry: { type: 'Point', coordinates: [400, 0] } })).error, 'BAD_GEOMETRY');
});

test('words are counted as characters and hold no control characters', async () => {
  assert.equal((await word({ statement: 'é'.repeat(400) })).statement.length, 400);
  for (const [key, text] of [
    ['statement', 'é'.repeat(401)],
    ['statement', ''],
    ['statement', '   '],
    ['statement', 'two\nlines'],
    ['statement', 'bell \u0007'],
    ['statement', 'next \u0085 line'],
    ['statement', 'turned \u202e around'],
    ['statement', 7],
    ['recommendation', 'r'.repeat(401)],
    ['recommendation', 'a\ttab'],
    ['who', 'mayor'],
    ['urgency', 'now'],
    ['language', 'not a tag'],
    ['colour', 'red'],
  ]) {
    const { error, json } = await refused({ [key]: text });
    assert.equal(error, 'BAD_FIELD', `${key}: ${text}`);
    assert.equal(json.where, key);
    assert.ok(!JSON.stringify(json).includes('lines'), 'the words are not told back');
  }
  assert.equal((await word({ recommendation: undefined })).recommendation, '');
});

test('read back and agreed, it says when; worded anew, it is a draft again', async () => {
  const made = await word();
  const where = `/api/findings/${made.id}`;
  const agreed = (await own.facilitator.put(`${where}/state`, { state: 'agreed' }, { expect: 200 })).json;
  assert.equal(agreed.state, 'agreed');
  assert.ok(Math.abs(Date.parse(agreed.agreed) - Date.now()) < 60_000);
  assert.equal(agreed.version, 2);
  const again = (await own.facilitator.put(`${where}/state`, { state: 'agreed' }, { expect: 200 })).json;
  assert.deepEqual(again, agreed, 'agreeing twice is agreeing once');
  const anew = (await own.facilitator.put(where, body({ statement: 'Autrement' }), { expect: 200 })).json;
  assert.equal(anew.statement, 'Autrement');
  assert.equal(anew.state, 'draft');
  assert.equal(anew.agreed, null);
  assert.equal(anew.version, 3);
  assert.equal((await own.facilitator.put(`${where}/state`, { state: 'published' }, { expect: 422 })).error, 'BAD_FIELD');
});

test('what was changed since it was read is not agreed, nor written over', async () => {
  const made = await word();
  const where = `/api/findings/${made.id}`;
  await own.facilitator.put(where, body({ statement: 'Autrement' }), { expect: 200 });
  const old = { headers: { 'if-match': '"1"' }, expect: 412 };
  assert.equal((await own.facilitator.put(`${where}/state`, { state: 'agreed' }, old)).error, 'STALE');
  assert.equal((await own.facilitator.put(where, body(), old)).error, 'STALE');
  const now = { headers: { 'if-match': '"2"' }, expect: 200 };
  assert.equal((await own.facilitator.put(`${where}/state`, { state: 'agreed' }, now)).json.state, 'agreed');
});

test('a finding that was withdrawn is seen by leads alone', async () => {
  const made = await word({ statement: 'Withdrawn later' });
  const where = `/api/findings/${made.id}`;
  await own.researcher.get(where, { expect: 200 });
  await own.facilitator.put(`${where}/state`, { state: 'agreed' }, { expect: 200 });
  const gone = (await own.facilitator.put(`${where}/state`, { state: 'withdrawn' }, { expect: 200 })).json;
  assert.equal(gone.agreed, null);
  assert.equal((await own.facilitator.get(where, { expect: 200 })).json.state, 'withdrawn');
  assert.equal((await own.researcher.get(where)).error, 'NOT_FOUND');
  const list = `/api/sessions/${own.session}/findings?limit=1000`;
  const ids = async (client) => (await client.get(list, { expect: 200 })).json.items.map(({ id }) => id);
  assert.ok((await ids(own.facilitator)).includes(made.id));
  assert.ok(!(await ids(own.researcher)).includes(made.id));
});

test('lists are of a session or of a project, newest first, and page', async () => {
  const session = await makeSession(own.facilitator, own.project);
  const ids = [];
  for (let i = 0; i < 5; i++) ids.unshift((await word({ statement: `Number ${i}` }, session)).id);
  const seen = [];
  let next = null;
  do {
    const cursor = next ? `&cursor=${next}` : '';
    const { json } = await own.facilitator.get(`/api/sessions/${session}/findings?limit=2${cursor}`, { expect: 200 });
    assert.ok(json.items.length <= 2);
    seen.push(...json.items.map(({ id }) => id));
    next = json.next;
  } while (next);
  assert.deepEqual(seen, ids);
  const all = await own.facilitator.get(`/api/projects/${own.project}/findings?limit=1000`, { expect: 200 });
  assert.deepEqual(all.json.items.slice(0, 5).map(({ id }) => id), ids);
  assert.ok(all.json.items.length > 5);
});

test('a finding is worded after the session closed, too', async () => {
  const session = await makeSession(own.facilitator, own.project);
  await own.facilitator.post(`/api/sessions/${session}/close`, undefined, { expect: 200 });
  assert.equal((await word({}, session)).session, session);
});

/** Waits for the scrub, a minute at most. */
async function gone(words) {
  for (let i = 0; i < 300 && server.filesHolding(words).length; i++) await sleep(200);
  return server.filesHolding(words);
}

test('what was deleted or worded anew leaves no bytes', { timeout: 90_000 }, async () => {
  const made = await word({ statement: 'canary: behind the laundry' });
  assert.notDeepEqual(server.filesHolding('canary: behind the laundry'), [], 'the test can see it');
  await own.facilitator.put(`/api/findings/${made.id}`, body({ statement: 'canary: next to the school' }), { expect: 200 });
  assert.deepEqual(await gone('canary: behind the laundry'), []);
  await own.facilitator.delete(`/api/findings/${made.id}`, { expect: 200 });
  assert.equal((await own.facilitator.get(`/api/findings/${made.id}`)).error, 'NOT_FOUND');
  assert.deepEqual(await gone('canary: next to the school'), []);
});
