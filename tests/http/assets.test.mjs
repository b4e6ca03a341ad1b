// SPDX-License-Identifier: AGPL-3.0-or-later
// Shared assets: which contributions may be one, as what they would be published, and what takes an approval back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './support.mjs';
import { CONSENT, makeCode, makeProject, makeSession, openSession, putMark, takeSeat, templateId, uuid } from './world.mjs';

let server, nadia, otto, project, session, code, seat;

before(async () => {
  server = await startServer();
  nadia = await server.staff('Nadia', 'facilitator');
  otto = await server.staff('Otto', 'facilitator');
  project = await makeProject(nadia);
  const over = { exercise: await templateId(nadia, 'asset-map'), seat_limit: 100 };
  ({ session, code, author: seat } = await openSession(server, nadia, project, over));
});
after(() => server?.stop());

const place = (lon = 4.35, lat = 50.85) => ({ type: 'Point', coordinates: [lon, lat] });
const CHOIR = { level: 'association', offer: ['music'], open_to: ['all'], shareable: 'public' };
const asset = (answers = CHOIR, geometry = place()) => ({ geometry, answers });
const sharedAt = (id, of = session) => `/api/sessions/${of}/contributions/${id}/shared`;
const list = async (of = project) => (await nadia.get(`/api/projects/${of}/assets?limit=1000`, { expect: 200 })).json.items;
const listed = async (id, of = project) => (await list(of)).find((item) => item.uuid === id);
const share = (id, title = 'A choir', options = { expect: 200 }) => nadia.put(sharedAt(id), { title }, options);

test('what somebody gave for everybody is listed as it would be published', async () => {
  const id = await putMark(seat, session, asset());
  const item = await listed(id);
  assert.deepEqual(item, {
    session,
    uuid: id,
    category: 'association',
    geometry: place(),
    answers: { level: 'association', offer: ['music'], open_to: ['all'] },
    title: null,
    approved: false,
    id: null,
  });
});

test('an approved one has a title and an id that another title does not change', async () => {
  const id = await putMark(seat, session, asset());
  const first = (await share(id)).json;
  assert.equal(first.title, 'A choir');
  assert.equal(first.approved, true);
  assert.ok(first.id > 0);
  assert.deepEqual(await listed(id), first);
  const second = (await share(id, 'Le chœur du quartier')).json;
  assert.deepEqual(second, { ...first, title: 'Le chœur du quartier' });
  assert.deepEqual((await nadia.delete(sharedAt(id), { expect: 200 })).json, {});
  assert.equal((await listed(id)).approved, false);
  assert.equal((await nadia.delete(sharedAt(id))).error, 'NOT_FOUND');
});

test('a title is one line of 1 to 120 characters', async () => {
  const id = await putMark(seat, session, asset());
  assert.equal((await share(id, 'é'.repeat(120))).json.title.length, 120);
  for (const title of ['', ' ', 'é'.repeat(121), 'two\nlines', 'turned \u202e', 7, null]) {
    const { error, json } = await share(id, title, { expect: 422 });
    assert.equal(error, 'BAD_FIELD', `${title}`);
    assert.equal(json.where, 'title');
  }
});

test('what was not given for everybody cannot be shared', async () => {
  for (const answers of [{ ...CHOIR, shareable: 'group' }, { ...CHOIR, shareable: 'partners' }, { level: 'association' }, { level: 'person' }]) {
    const id = await putMark(seat, session, asset(answers));
    assert.equal(await listed(id), undefined, JSON.stringify(answers));
    assert.equal((await share(id, 'A choir', { expect: 409 })).error, 'CONFLICT');
  }
});

test('who did not agree to be counted is not shown to everybody, nor who was removed', async () => {
  const shy = await takeSeat(server, code, { consent: { ...CONSENT, aggregate: false } });
  const id = await putMark(shy, session, asset());
  assert.equal(await listed(id), undefined);
  assert.equal((await share(id, 'A choir', { expect: 409 })).error, 'CONFLICT');
  await shy.put('/api/me/consent', CONSENT, { expect: 200 });
  await share(id);
  await shy.put('/api/me/consent', { ...CONSENT, aggregate: false }, { expect: 200 });
  assert.equal(await listed(id), undefined, 'she takes her word back');
  await shy.put('/api/me/consent', CONSENT, { expect: 200 });
  assert.equal((await listed(id)).approved, false, 'what ended is approved anew or not at all');
  await share(id);
  await nadia.put(`/api/sessions/${session}/participants/${shy.id}`, { state: 'removed' }, { expect: 200 });
  assert.equal(await listed(id), undefined);
});

test('what a facilitator entered for the room has no author who could agree', async () => {
  const id = uuid();
  await nadia.put(`/api/sessions/${session}/contributions/${id}`, asset(), { expect: 201 });
  assert.equal(await listed(id), undefined);
  assert.equal((await share(id, 'A choir', { expect: 409 })).error, 'CONFLICT');
});

test('an edit by its author takes the approval back', async () => {
  const id = await putMark(seat, session, asset());
  await share(id);
  const where = `/api/sessions/${session}/contributions/${id}`;
  /** Puts it, knowing what stands. */
  const edit = async (body) => {
    const { headers } = await seat.get(where, { expect: 200 });
    await seat.put(where, body, { headers: { 'if-match': headers.etag }, expect: 200 });
  };
  await edit(asset());
  assert.equal((await listed(id)).approved, true, 'the same again is no edit');
  await edit(asset({ ...CHOIR, offer: ['sport'] }));
  assert.equal((await listed(id)).approved, false);
  await share(id);
  await edit(asset({ ...CHOIR, offer: ['sport'] }, place(4.36)));
  assert.equal((await listed(id)).approved, false);
});

test('hiding it takes the approval back, and showing it again does not give it', async () => {
  const id = await putMark(seat, session, asset());
  const state = (word) => nadia.put(`/api/sessions/${session}/contributions/${id}/state`, { state: word }, { expect: 200 });
  await share(id);
  await state('hidden');
  assert.equal(await listed(id), undefined);
  await state('approved');
  assert.equal((await listed(id)).approved, false);
});

test('a receipt takes it away', async () => {
  const mate = await takeSeat(server, code);
  const id = await putMark(mate, session, asset());
  await share(id);
  const { receipt } = (await mate.post('/api/me/receipt', undefined, { expect: 200 })).json;
  await server.client().post('/api/withdraw', { receipt }, { expect: 200 });
  assert.equal(await listed(id), undefined);
  assert.equal((await share(id, 'A choir', { expect: 404 })).error, 'NOT_FOUND');
});

test('nothing of a sensitive exercise is ever shared, whatever it asks', async () => {
  const { json } = await nadia.get(`/api/exercises/${await templateId(nadia, 'asset-map')}`, { expect: 200 });
  const document = { ...json.document, id: 'careful-assets', sensitivity: 'sensitive', precision_m: 50 };
  const own = await nadia.post(`/api/projects/${project}/exercises`, { document }, { expect: 201 });
  const careful = await makeSession(nadia, project, { exercise: own.json.id });
  const mate = await takeSeat(server, (await makeCode(nadia, careful)).code);
  const id = await putMark(mate, careful, asset());
  assert.equal(await listed(id), undefined);
  assert.equal((await nadia.put(sharedAt(id, careful), { title: 'A choir' }, { expect: 409 })).error, 'CONFLICT');
});

test('a person is never placed finer than 250 m, nor are her own words or links told', async () => {
  const { json } = await nadia.get(`/api/exercises/${await templateId(nadia, 'asset-map')}`, { expect: 200 });
  const document = { ...structuredClone(json.document), id: 'open-assets' };
  const field = (id) => document.fields.find((one) => one.id === id);
  delete field('level').options[0].precision_m;
  field('shareable').if.in.push('person');
  const label = Object.fromEntries(Object.keys(document.title).map((language) => [language, 'Note']));
  document.fields.push({ id: 'note', type: 'text', label });
  const own = await nadia.post(`/api/projects/${project}/exercises`, { document }, { expect: 201 });
  const open = await makeSession(nadia, project, { exercise: own.json.id, free_text: true });
  const mate = await takeSeat(server, (await makeCode(nadia, open)).code);
  const first = await putMark(mate, open, asset());
  const exact = place(4.3512345, 50.8467891);
  const answers = { level: 'person', shareable: 'public', note: 'She lives above the bakery', link: first };
  const id = await putMark(mate, open, asset(answers, exact));
  const kept = (await nadia.get(`/api/sessions/${open}/contributions/${id}`, { expect: 200 })).json;
  assert.deepEqual(kept.geometry, exact, 'the copied exercise keeps it exactly');
  const item = await listed(id);
  assert.deepEqual(item.answers, { level: 'person' });
  const [lon, lat] = item.geometry.coordinates;
  const rowDegrees = 250 / 111320;
  assert.ok(Math.abs(lat / rowDegrees - Math.floor(lat / rowDegrees) - 0.5) < 1e-3, 'the middle of a row of 250 m');
  assert.notDeepEqual([lon, lat], exact.coordinates);
  assert.deepEqual((await nadia.put(sharedAt(id, open), { title: 'An interpreter' }, { expect: 200 })).json.geometry, item.geometry);
});

test('another project has no part in it', async () => {
  const id = await putMark(seat, session, asset());
  assert.equal((await otto.get(`/api/projects/${project}/assets`)).error, 'NOT_FOUND');
  assert.equal((await otto.put(sharedAt(id), { title: 'Mine' })).error, 'NOT_FOUND');
  const elsewhere = await makeSession(nadia, project, { exercise: await templateId(nadia, 'asset-map') });
  assert.equal((await nadia.put(sharedAt(id, elsewhere), { title: 'Here' })).error, 'NOT_FOUND');
  assert.deepEqual(await list(await makeProject(nadia, 'Empty')), []);
});

test('the list pages, newest first', async () => {
  const all = (await list()).map((item) => item.uuid);
  const seen = [];
  let next = null;
  do {
    const cursor = next ? `&cursor=${next}` : '';
    const { json } = await nadia.get(`/api/projects/${project}/assets?limit=2${cursor}`, { expect: 200 });
    assert.ok(json.items.length <= 2);
    seen.push(...json.items.map((item) => item.uuid));
    next = json.next;
  } while (next);
  assert.ok(all.length > 4);
  assert.deepEqual(seen, all);
});
