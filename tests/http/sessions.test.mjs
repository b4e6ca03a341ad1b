// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './support.mjs';
import { BBOX, makeCode, makeProject, makeSession, takeSeat, templateId } from './world.mjs';

let server, nadia, other, project, safety, services;

before(async () => {
  server = await startServer();
  nadia = await server.staff('Nadia', 'facilitator');
  other = await server.staff('Otto', 'facilitator');
  project = await makeProject(nadia);
  safety = await templateId(nadia, 'safety-map');
  services = await templateId(nadia, 'city-services');
});
after(() => server?.stop());

const open = (body, options) => nadia.post(`/api/projects/${project}/sessions`, body, options);
const usual = () => ({ exercise: safety, title: 'Saturday', held_on: '2026-03-07' });

test('a session says what it was opened with', async () => {
  const said = {
    ...usual(),
    place: 'Maison de quartier',
    bbox: [4.35, 50.84, 4.37, 50.86],
    precision_m: 100,
    languages: ['ar', 'fr'],
    consent: { fr: 'Vous choisissez.\nToujours.', ar: 'أنت تختارين' },
    help_contacts: [{ name: 'Écoute', phone: '0800 00 000', note: 'jour et nuit' }, { name: 'Police', phone: '', note: '' }],
    seat_limit: 12,
    admit: 'at_once',
    approve: 'by_hand',
    free_text: true,
  };
  const { json } = await open(said, { expect: 201 });
  for (const [key, value] of Object.entries(said)) assert.deepEqual(json[key], value, key);
  assert.equal(json.project, project);
  assert.equal(json.state, 'open');
  assert.equal(json.version, 1);
  assert.equal(json.closed, null);
  assert.ok(json.exercise_title.fr && json.exercise_title.en);
  const read = await nadia.get(`/api/sessions/${json.id}`, { expect: 200 });
  assert.deepEqual(read.json, json);
});

test('what is not said comes from the project and the exercise', async () => {
  const { json } = await open(usual(), { expect: 201 });
  assert.deepEqual(json.bbox, BBOX);
  assert.equal(json.precision_m, 50);
  assert.deepEqual(json.languages, ['en', 'fr', 'nl', 'ar', 'tr', 'es', 'uk', 'ru', 'ky', 'fa', 'ti', 'so']);
  assert.equal(json.seat_limit, 20);
  assert.equal(json.admit, 'by_hand');
  assert.equal(json.approve, 'at_once');
  assert.equal(json.free_text, false);
  assert.deepEqual(json.help_contacts, []);
});

test('a contact without a phone or a note has empty ones', async () => {
  const { json } = await open({ ...usual(), help_contacts: [{ name: 'Accueil' }] }, { expect: 201 });
  assert.deepEqual(json.help_contacts, [{ name: 'Accueil', phone: '', note: '' }]);
});

test('a session is never finer than its exercise, a sensitive one never exact', async () => {
  for (const precision_m of [0, 25]) {
    const { json } = await open({ ...usual(), precision_m }, { expect: 422 });
    assert.equal(json.where, 'precision_m');
  }
  const coarse = await open({ ...usual(), precision_m: 250 }, { expect: 201 });
  assert.equal(coarse.json.precision_m, 250);
  const exact = await open({ ...usual(), exercise: services, precision_m: 0 }, { expect: 201 });
  assert.equal(exact.json.precision_m, 0);
});

test("an exercise of another project cannot be taken", async () => {
  const elsewhere = await makeProject(nadia, 'Elsewhere');
  const { json: template } = await nadia.get(`/api/exercises/${services}`, { expect: 200 });
  const document = { ...template.document, id: 'elsewhere' };
  const { json: saved } = await nadia.post(`/api/projects/${elsewhere}/exercises`, { document }, { expect: 201 });
  const { json } = await open({ ...usual(), exercise: saved.id }, { expect: 422 });
  assert.equal(json.where, 'exercise');
  const path = `/api/projects/${elsewhere}/sessions`;
  await nadia.post(path, { ...usual(), exercise: saved.id }, { expect: 201 });
});

test('what a session cannot be is named', async () => {
  const contact = { name: 'A', phone: '', note: '' };
  const cases = [
    [{ exercise: undefined }, 'exercise'],
    [{ exercise: 999999 }, 'exercise'],
    [{ title: undefined }, 'title'],
    [{ title: '' }, 'title'],
    [{ held_on: undefined }, 'held_on'],
    [{ held_on: '2026-02-30' }, 'held_on'],
    [{ held_on: '2026-03-07T10:00:00Z' }, 'held_on'],
    [{ held_on: '7/3/2026' }, 'held_on'],
    [{ precision_m: 60 }, 'precision_m'],
    [{ precision_m: -1 }, 'precision_m'],
    [{ languages: [] }, 'languages'],
    [{ languages: 'fr' }, 'languages'],
    [{ languages: ['fr', 'fr'] }, 'languages'],
    [{ languages: ['français'] }, 'languages'],
    [{ consent: { fr: 7 } }, 'consent'],
    [{ consent: { fr: 'x'.repeat(2001) } }, 'consent'],
    [{ help_contacts: Array(13).fill(contact) }, 'help_contacts'],
    [{ help_contacts: [contact, { phone: '1' }] }, 'help_contacts[1].name'],
    [{ help_contacts: [{ ...contact, email: 'a@b' }] }, 'help_contacts[0].email'],
    [{ help_contacts: [contact, 'x'] }, 'help_contacts[1]'],
    [{ seat_limit: 0 }, 'seat_limit'],
    [{ seat_limit: 501 }, 'seat_limit'],
    [{ admit: 'never' }, 'admit'],
    [{ approve: true }, 'approve'],
    [{ free_text: 'yes' }, 'free_text'],
    [{ bbox: [1, 2] }, 'bbox'],
    [{ state: 'closed' }, 'state'],
  ];
  for (const [over, where] of cases) {
    const { json, error } = await open({ ...usual(), ...over });
    assert.equal(error, 'BAD_FIELD', where);
    assert.equal(json.where, where);
  }
});

test('an edit changes what it says and leaves the rest', async () => {
  const id = await makeSession(nadia, project, { place: 'Here', seat_limit: 7 });
  const before = (await nadia.get(`/api/sessions/${id}`)).json;
  const { json } = await nadia.put(`/api/sessions/${id}`, { title: 'Sunday', approve: 'by_hand' }, { expect: 200 });
  assert.deepEqual(json, { ...before, title: 'Sunday', approve: 'by_hand', version: 2 });
});

test('exercise and precision are fixed once the session is opened', async () => {
  const id = await makeSession(nadia, project);
  await nadia.put(`/api/sessions/${id}`, { exercise: safety, precision_m: 50, title: 'Same' }, { expect: 200 });
  for (const body of [{ exercise: services }, { precision_m: 250 }]) {
    const { json } = await nadia.put(`/api/sessions/${id}`, body, { expect: 422 });
    assert.equal(json.where, Object.keys(body)[0]);
  }
});

test('an edit of what was changed since it was read is refused', async () => {
  const id = await makeSession(nadia, project);
  const put = (title, version) =>
    nadia.put(`/api/sessions/${id}`, { title }, { headers: { 'if-match': version } });
  assert.equal((await put('first', '"1"')).status, 200);
  const stale = await put('second', '"1"');
  assert.equal(stale.status, 412);
  assert.equal(stale.error, 'STALE');
  assert.equal((await put('second', '"2"')).json.version, 3);
  assert.equal((await put('third', '*')).status, 200);
  const odd = await put('fourth', 'W/"4"');
  assert.equal(odd.error, 'BAD_REQUEST');
});

test('closing ends the way in, reopening restores it; both can be sent twice', async () => {
  const id = await makeSession(nadia, project);
  const { code } = await makeCode(nadia, id);
  const closed = await nadia.post(`/api/sessions/${id}/close`, undefined, { expect: 200 });
  assert.equal(closed.json.state, 'closed');
  assert.ok(closed.json.closed);
  const again = await nadia.post(`/api/sessions/${id}/close`, undefined, { expect: 200 });
  assert.deepEqual(again.json, closed.json);
  const late = await server.client().post('/api/join', { code }, { expect: 409 });
  assert.equal(late.error, 'SESSION_CLOSED');
  const sheet = await nadia.post(`/api/sessions/${id}/join`, undefined, { expect: 409 });
  assert.equal(sheet.error, 'SESSION_CLOSED');
  const opened = await nadia.post(`/api/sessions/${id}/reopen`, undefined, { expect: 200 });
  assert.equal(opened.json.state, 'open');
  assert.equal(opened.json.closed, null);
  const twice = await nadia.post(`/api/sessions/${id}/reopen`, undefined, { expect: 200 });
  assert.equal(twice.json.version, opened.json.version);
  await takeSeat(server, code);
});

test('who listens to a session hears of its changes', async () => {
  const id = await makeSession(nadia, project);
  const listener = await nadia.listen(`/api/sessions/${id}/events`);
  await nadia.put(`/api/sessions/${id}`, { title: 'Heard' }, { expect: 200 });
  assert.equal((await listener.next('session')).title, 'Heard');
  await nadia.post(`/api/sessions/${id}/close`, undefined, { expect: 200 });
  assert.equal((await listener.next('session')).state, 'closed');
  listener.close();
});

test('the join sheet is there until it is revoked', async () => {
  const id = await makeSession(nadia, project);
  const path = `/api/sessions/${id}/join`;
  const none = { code: null, secret: null, expires: null };
  assert.deepEqual((await nadia.get(path, { expect: 200 })).json, none);
  const made = (await nadia.post(path, undefined, { expect: 200 })).json;
  assert.match(made.code, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.ok(made.secret.length >= 22); // 128 bits
  const life_ms = Date.parse(made.expires) - Date.now();
  assert.ok(life_ms > 3.99 * 3600e3 && life_ms < 4.01 * 3600e3);
  assert.deepEqual((await nadia.get(path)).json, made);
  await nadia.delete(path, { expect: 200 });
  assert.deepEqual((await nadia.get(path)).json, none);
  await server.client().post('/api/join', { code: made.code }, { expect: 401 });
  await server.client().post('/api/join', { secret: made.secret }, { expect: 401 });
});

test('a new code ends the one before it', async () => {
  const id = await makeSession(nadia, project);
  const first = await makeCode(nadia, id);
  const second = await makeCode(nadia, id);
  assert.notEqual(first.code, second.code);
  await server.client().post('/api/join', { code: first.code }, { expect: 401 });
  await server.client().post('/api/join', { secret: first.secret }, { expect: 401 });
  await takeSeat(server, second.code);
});

test('the QR code is a picture of the address with the secret behind the #', async () => {
  const id = await makeSession(nadia, project);
  const path = `/api/sessions/${id}/join.svg?origin=${encodeURIComponent('http://192.168.1.10:8080')}`;
  await nadia.get(path, { expect: 404 }); // no code yet
  const { secret } = await makeCode(nadia, id);
  const { headers, text } = await nadia.get(path, { expect: 200 });
  assert.match(headers['content-type'], /^image\/svg\+xml/);
  assert.match(text, /^<svg|^<\?xml/);
  assert.ok(!text.includes(secret));
  const other_origin = await nadia.get(path.replace('8080', '8081'), { expect: 200 });
  assert.notEqual(other_origin.text, text);
});

test('the QR code leads to an origin and nowhere else', async () => {
  const id = await makeSession(nadia, project);
  await makeCode(nadia, id);
  for (const origin of ['javascript:alert(1)', 'http://a/b', 'http://', 'ftp://a', 'http://a b', 'https://a?x', 'http://u@a']) {
    const path = `/api/sessions/${id}/join.svg?origin=${encodeURIComponent(origin)}`;
    const { json } = await nadia.get(path, { expect: 400 });
    assert.equal(json.where, 'origin');
  }
  await nadia.get(`/api/sessions/${id}/join.svg?origin=${encodeURIComponent('https://[::1]:8443')}`, { expect: 200 });
});

test('the package is what a tablet needs, and no more', async () => {
  const id = await makeSession(nadia, project, { place: 'Maison', languages: ['fr'] });
  const participant = await takeSeat(server, (await makeCode(nadia, id)).code);
  const { json, text } = await participant.get(`/api/sessions/${id}/package`, { expect: 200 });
  assert.equal(json.session.title, 'Saturday');
  assert.equal(json.session.precision_m, 50);
  assert.equal(json.exercise.id, 'safety-map');
  assert.deepEqual(json.overlays, []);
  for (const word of ['seat_limit', 'admit', 'participants', 'secret', 'Nadia'])
    assert.ok(!text.includes(`"${word}"`), word);
  const staffs = (await nadia.get(`/api/sessions/${id}/package`)).json;
  assert.deepEqual(staffs.session, json.session);
  assert.deepEqual(staffs.exercise.fields.map((field) => field.id), json.exercise.fields.map((field) => field.id));
});

test('a tablet is sent the words of the session\'s languages and English, staff all of them', async () => {
  const id = await makeSession(nadia, project, { languages: ['ar', 'ti-ET'] });
  const participant = await takeSeat(server, (await makeCode(nadia, id)).code);
  const { json } = await participant.get(`/api/sessions/${id}/package`, { expect: 200 });
  const whole = (await nadia.get(`/api/sessions/${id}/package`)).json.exercise;
  assert.equal(Object.keys(whole.title).length, 12);
  const spoken = ['en', 'ar', 'ti'];
  const texts = (value) => Object.entries(value ?? {}).flatMap(([key, inner]) =>
    typeof inner !== 'object' ? [] : ['title', 'intro', 'label', 'low', 'high'].includes(key) ? [inner] : texts(inner));
  for (const text of texts(json.exercise)) assert.deepEqual(Object.keys(text), spoken);
  assert.deepEqual(json.exercise.languages, { en: 'checked', ar: 'draft', ti: 'draft' });
  assert.deepEqual(json.exercise.title.ti, whole.title.ti);
});

test('a session counts who takes part', async () => {
  const id = await makeSession(nadia, project);
  const { code } = await makeCode(nadia, id);
  const seat = await takeSeat(server, code);
  await takeSeat(server, code);
  const path = `/api/sessions/${id}/participants/${seat.id}`;
  await nadia.put(path, { state: 'removed' }, { expect: 200 });
  assert.equal((await nadia.get(`/api/sessions/${id}`)).json.participants, 1);
});

test("a project's sessions are listed newest first, page by page", async () => {
  const mine = await makeProject(nadia, 'Pages');
  const ids = [];
  for (let i = 0; i < 3; i++) ids.unshift(await makeSession(nadia, mine));
  const first = (await nadia.get(`/api/projects/${mine}/sessions?limit=2`, { expect: 200 })).json;
  const second = (await nadia.get(`/api/projects/${mine}/sessions?limit=2&cursor=${first.next}`)).json;
  assert.deepEqual([...first.items, ...second.items].map(({ id }) => id), ids);
  assert.equal(second.next, null);
  assert.equal((await nadia.get(`/api/projects/${mine}`)).json.sessions, 3);
});

test("another's session does not exist", async () => {
  const id = await makeSession(nadia, project);
  for (const [method, path, body] of [
    ['GET', '', undefined],
    ['PUT', '', { title: 'x' }],
    ['POST', '/close', undefined],
    ['POST', '/reopen', undefined],
    ['GET', '/join', undefined],
    ['POST', '/join', undefined],
    ['DELETE', '/join', undefined],
    ['GET', '/join.svg?origin=http://a', undefined],
    ['GET', '/package', undefined],
    ['GET', '/participants', undefined],
  ]) {
    const { status } = await other.request(method, `/api/sessions/${id}${path}`, { body });
    assert.equal(status, 404, `${method} ${path}`);
  }
});
