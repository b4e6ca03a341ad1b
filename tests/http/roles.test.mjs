// SPDX-License-Identifier: AGPL-3.0-or-later
// Who may do what: each route of the table, for each role, on an object of one's own and on another's.
// What is expected is written here by hand, apart from the table, and must agree with it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cli, startServer } from './support.mjs';
import {
  BBOX,
  CONSENT,
  POINTS_MAPPING,
  finish,
  makeCode,
  makeOverlay,
  makeSession,
  mark,
  putMark,
  takeSeat,
  templateId,
  upload,
  uuid,
} from './world.mjs';

const PASSWORD = 'three small boats at noon';
const ROLES = { p: 'participant', r: 'researcher', f: 'facilitator', a: 'administrator' };

let server, world, safety, assets;

before(async () => {
  server = await startServer();
  world = await server.world();
  safety = await templateId(world.administrator);
  assets = await templateId(world.administrator, 'asset-map');
  await cli(server.data, ['user', 'add', 'Petra', '--role', 'researcher', '--password-stdin'], { input: `${PASSWORD}\n` });
  await cli(server.data, ['user', 'add', 'spare', '--role', 'researcher']);
});
after(() => server?.stop());

/* What each call needs, on one side of the world; `as` is who will call. */
const inProject = (rest) => (side) => ({ path: `/api/projects/${side.project}${rest}` });
const inSession = (rest) => (side) => ({ path: `/api/sessions/${side.session}${rest}` });
const withBody = (make, body) => async (side, as) => ({ ...(await make(side, as)), body });
/** A session that may be closed or locked without harm to the other calls. */
const spareSession = (rest) => async (side) => {
  const session = await makeSession(side.facilitator, side.project);
  await makeCode(side.facilitator, session);
  return { path: `/api/sessions/${session}${rest}` };
};
/** A mark of the caller where she may make one, else of a participant of that side. */
const ofMark = (rest = '') => async (side, as) => {
  const hers = side === world.own && (as === side.participant || as === side.researcher);
  const id = await putMark(hers ? as : side.participant, side.session);
  return { path: `/api/sessions/${side.session}/contributions/${id}${rest}` };
};
/** A mark whose author edited it without knowing her own later version. */
const ofConflict = async (side) => {
  const path = `/api/sessions/${side.session}/contributions/${await putMark(side.participant, side.session)}`;
  await side.participant.put(path, mark(4.36), { expect: 202 });
  return { path: `${path}/conflict` };
};
const outboxFile = (session) => ({ format: 'repere-outbox', version: 1, session, items: [] });
const ofSeat = async (side) => {
  const seat = await takeSeat(server, side.code);
  return { path: `/api/sessions/${side.session}/participants/${seat.id}` };
};
const ofTablet = async (side) => {
  const tablet = uuid().replaceAll('-', '');
  const { json } = await server.client().post('/api/join', { code: side.code, tablet }, { expect: 201 });
  const people = await side.facilitator.get(`/api/sessions/${side.session}/participants?limit=1000`, { expect: 200 });
  const on = people.json.items.find(({ id }) => id === json.participant).tablet;
  return { path: `/api/sessions/${side.session}/tablets/${on}` };
};
const ofOverlay = (rest = '') => async (side) => ({ path: `/api/overlays/${await makeOverlay(side)}${rest}` });
const ofUpload = (rest = '') => async (side) => {
  const sent = await upload(side.facilitator, side.project);
  return { path: `/api/uploads/${sent.upload}${rest}` };
};
const newUpload = (side) => ({
  path: `/api/projects/${side.project}/uploads?name=a.csv`,
  raw: 'name,lon,lat\nFountain,4.35,50.85\n',
  headers: { 'content-type': 'text/csv' },
});
const ofJob = async (side) => {
  const sent = await upload(side.facilitator, side.project);
  const { json } = await side.facilitator.post(`/api/uploads/${sent.upload}/check`, POINTS_MAPPING);
  await finish(side.facilitator, json.job);
  return { path: `/api/jobs/${json.job}` };
};
const ofSpareStaff = async (side) => {
  const path = `/api/projects/${side.project}/staff`;
  const { json } = await side.facilitator.post(path, { name: 'spare' }, { expect: 200 });
  return { path: `${path}/${json.items.find(({ name }) => name === 'spare').id}` };
};
const ofExercise = async (side) => {
  const { json } = await side.facilitator.get(`/api/exercises/${safety}`, { expect: 200 });
  const document = { ...json.document, id: `own-${uuid().slice(-8)}` };
  const saved = await side.facilitator.post(`/api/projects/${side.project}/exercises`, { document });
  return { path: `/api/exercises/${saved.json.id}` };
};
const newExercise = async (side) => {
  const { json } = await world.administrator.get(`/api/exercises/${safety}`, { expect: 200 });
  return { path: `/api/projects/${side.project}/exercises`, body: { document: { ...json.document, id: `new-${uuid().slice(-8)}` } } };
};
const receipt = async () => {
  const seat = await takeSeat(server, world.own.code);
  const { json } = await seat.post('/api/me/receipt', undefined, { expect: 200 });
  return { path: '/api/withdraw', body: { receipt: json.receipt } };
};
const signInLink = async () => {
  const link = await cli(server.data, ['user', 'link', 'Petra']);
  return { path: '/api/signin/link', body: { token: /#link=(\S+)/.exec(link)[1] } };
};
const FINDING = {
  geometry: { type: 'Point', coordinates: [4.35, 50.85] },
  statement: 'No lamp at the stop',
  who: 'city',
  urgency: 'amber',
  language: 'en',
};
const ofFinding = (rest = '') => async (side) => {
  const { json } = await side.facilitator.post(`/api/sessions/${side.session}/findings`, FINDING, { expect: 201 });
  return { path: `/api/findings/${json.id}${rest}` };
};
const ofAsset = async (side) => {
  const session = await makeSession(side.facilitator, side.project, { exercise: assets });
  const seat = await takeSeat(server, (await makeCode(side.facilitator, session)).code);
  const id = await putMark(seat, session, mark(4.35, 50.85, { level: 'association', shareable: 'public' }));
  return { path: `/api/sessions/${session}/contributions/${id}/shared` };
};
const ofSharedAsset = async (side) => {
  const { path } = await ofAsset(side);
  await side.facilitator.put(path, { title: 'A choir' }, { expect: 200 });
  return { path };
};
const SOUND = Buffer.from('OggS, as far as its first bytes go');
const ofRecordings = (side) => ({
  path: `/api/projects/${side.project}/exercises/safety-map/recordings?item=feeling&language=en`,
  raw: SOUND,
  headers: { 'content-type': 'audio/ogg' },
});
const recorded = async (side) => {
  const { path, raw, headers } = ofRecordings(side);
  return (await side.facilitator.put(path, undefined, { raw, headers, expect: 200 })).json.id;
};
const at = (path, body) => () => ({ path, body });
const newSession = { title: 'New', held_on: '2026-03-07' };

/* route: who may ('*': anyone; p, r, f, a), what is called, and
 *   of: 'side'   the object belongs to a side: tried on one's own and on the other
 *   ends: true   the call ends the caller's token: a fresh one each time
 *   status       where success is not 200 */
const EXPECTED = {
  'GET /api/health': ['*', at('/api/health')],
  'GET /api/openapi.json': ['*', at('/api/openapi.json')],
  'GET /api/me': ['*', at('/api/me')],
  'POST /api/signin': ['*', at('/api/signin', { name: 'Petra', password: PASSWORD }), { ends: true }],
  'POST /api/signin/link': ['*', signInLink, { ends: true }],
  'POST /api/signout': ['rfa', at('/api/signout'), { ends: true }],
  'PUT /api/me/consent': ['p', at('/api/me/consent', CONSENT)],
  'PUT /api/me/groups': ['p', at('/api/me/groups', { groups: [] })],
  'POST /api/me/receipt': ['p', at('/api/me/receipt')],
  'POST /api/me/leave': ['p', at('/api/me/leave'), { ends: true }],
  'POST /api/join': ['*', () => ({ path: '/api/join', body: { code: world.own.code } }), { status: 201 }],
  'POST /api/withdraw': ['*', receipt],

  'GET /api/projects': ['rfa', at('/api/projects')],
  'POST /api/projects': ['fa', at('/api/projects', { title: 'New', bbox: BBOX }), { status: 201 }],
  'GET /api/projects/{project}': ['rfa', inProject(''), { of: 'side' }],
  'PUT /api/projects/{project}': ['fa', withBody(inProject(''), { title: 'Same', bbox: BBOX }), { of: 'side' }],
  'GET /api/projects/{project}/staff': ['fa', inProject('/staff'), { of: 'side' }],
  'POST /api/projects/{project}/staff': ['fa', withBody(inProject('/staff'), { name: 'spare' }), { of: 'side' }],
  'DELETE /api/projects/{project}/staff/{staff}': ['fa', ofSpareStaff, { of: 'side' }],

  'GET /api/projects/{project}/sessions': ['rfa', inProject('/sessions'), { of: 'side' }],
  'POST /api/projects/{project}/sessions': [
    'fa',
    (side) => ({ ...inProject('/sessions')(side), body: { ...newSession, exercise: safety } }),
    { of: 'side', status: 201 },
  ],
  'GET /api/sessions/{session}': ['rfa', inSession(''), { of: 'side' }],
  'PUT /api/sessions/{session}': ['fa', withBody(inSession(''), { place: 'Here' }), { of: 'side' }],
  'POST /api/sessions/{session}/close': ['fa', spareSession('/close'), { of: 'side' }],
  'POST /api/sessions/{session}/reopen': ['fa', spareSession('/reopen'), { of: 'side' }],
  'GET /api/sessions/{session}/package': ['prfa', inSession('/package'), { of: 'side' }],
  'GET /api/sessions/{session}/join': ['fa', inSession('/join'), { of: 'side' }],
  'POST /api/sessions/{session}/join': ['fa', spareSession('/join'), { of: 'side' }],
  'DELETE /api/sessions/{session}/join': ['fa', spareSession('/join'), { of: 'side' }],
  'GET /api/sessions/{session}/join.svg': ['fa', inSession('/join.svg?origin=http://a'), { of: 'side' }],
  'GET /api/sessions/{session}/sheet': ['rfa', inSession('/sheet'), { of: 'side' }],
  'GET /api/sessions/{session}/sheet.pdf': ['rfa', inSession('/sheet.pdf?basemap=none'), { of: 'side' }],
  'GET /api/sessions/{session}/participants': ['fa', inSession('/participants'), { of: 'side' }],
  'POST /api/sessions/{session}/participants': [
    'rfa',
    withBody(inSession('/participants'), { language: 'fr', consent: CONSENT }),
    { of: 'side', status: 201 },
  ],
  'PUT /api/sessions/{session}/participants/{participant}': [
    'fa',
    withBody(ofSeat, { state: 'removed' }),
    { of: 'side' },
  ],
  'GET /api/sessions/{session}/tablets': ['fa', inSession('/tablets'), { of: 'side' }],
  'PUT /api/sessions/{session}/tablets/{tablet}': ['fa', withBody(ofTablet, { state: 'revoked' }), { of: 'side' }],

  'GET /api/exercises': ['rfa', (side) => ({ path: `/api/exercises?project=${side.project}` }), { of: 'side' }],
  'GET /api/exercises/{exercise}': ['rfa', ofExercise, { of: 'side' }],
  'POST /api/projects/{project}/exercises': ['fa', newExercise, { of: 'side', status: 201 }],
  'GET /api/schemas/{name}': ['*', at('/api/schemas/exercise')],

  'GET /api/sessions/{session}/contributions': ['prfa', inSession('/contributions'), { of: 'side' }],
  'GET /api/sessions/{session}/contributions/{uuid}': ['prfa', ofMark(), { of: 'side' }],
  'PUT /api/sessions/{session}/contributions/{uuid}': [
    'prfa',
    (side) => ({ path: `/api/sessions/${side.session}/contributions/${uuid()}`, body: mark() }),
    { of: 'side', status: 201 },
  ],
  'DELETE /api/sessions/{session}/contributions/{uuid}': ['prfa', ofMark(), { of: 'side' }],
  'PUT /api/sessions/{session}/contributions/{uuid}/state': [
    'fa',
    withBody(ofMark('/state'), { state: 'hidden' }),
    { of: 'side' },
  ],
  'GET /api/sessions/{session}/conflicts': ['fa', inSession('/conflicts'), { of: 'side' }],
  'PUT /api/sessions/{session}/contributions/{uuid}/conflict': [
    'fa',
    withBody(ofConflict, { keep: 'stored' }),
    { of: 'side' },
  ],
  'POST /api/sessions/{session}/outbox': [
    'fa',
    (side) => ({ path: `/api/sessions/${side.session}/outbox`, body: outboxFile(side.session) }),
    { of: 'side' },
  ],
  'GET /api/sessions/{session}/counts': ['rfa', inSession('/counts'), { of: 'side' }],
  'GET /api/sessions/{session}/export': ['fa', inSession('/export?format=geojson'), { of: 'side' }],

  'GET /api/sessions/{session}/findings': ['rfa', inSession('/findings'), { of: 'side' }],
  'POST /api/sessions/{session}/findings': ['fa', withBody(inSession('/findings'), FINDING), { of: 'side', status: 201 }],
  'GET /api/projects/{project}/findings': ['rfa', inProject('/findings'), { of: 'side' }],
  'GET /api/findings/{finding}': ['rfa', ofFinding(), { of: 'side' }],
  'PUT /api/findings/{finding}': ['fa', withBody(ofFinding(), FINDING), { of: 'side' }],
  'DELETE /api/findings/{finding}': ['fa', ofFinding(), { of: 'side' }],
  'PUT /api/findings/{finding}/state': ['fa', withBody(ofFinding('/state'), { state: 'agreed' }), { of: 'side' }],

  'GET /api/projects/{project}/assets': ['fa', inProject('/assets'), { of: 'side' }],
  'PUT /api/sessions/{session}/contributions/{uuid}/shared': ['fa', withBody(ofAsset, { title: 'A choir' }), { of: 'side' }],
  'DELETE /api/sessions/{session}/contributions/{uuid}/shared': ['fa', ofSharedAsset, { of: 'side' }],

  'GET /api/projects/{project}/exercises/{key}/recordings': ['fa', inProject('/exercises/safety-map/recordings'), { of: 'side' }],
  'PUT /api/projects/{project}/exercises/{key}/recordings': ['fa', ofRecordings, { of: 'side' }],
  'GET /api/projects/{project}/recordings/{recording}': [
    'fa',
    async (side) => ({ path: `/api/projects/${side.project}/recordings/${await recorded(side)}` }),
    { of: 'side' },
  ],
  'DELETE /api/projects/{project}/recordings/{recording}': [
    'fa',
    async (side) => ({ path: `/api/projects/${side.project}/recordings/${await recorded(side)}` }),
    { of: 'side' },
  ],
  'GET /api/sessions/{session}/recordings': ['prfa', inSession('/recordings'), { of: 'side' }],
  'GET /api/sessions/{session}/recordings/{recording}': [
    'prfa',
    async (side) => ({ path: `/api/sessions/${side.session}/recordings/${await recorded(side)}` }),
    { of: 'side' },
  ],

  'GET /api/sessions/{session}/heat': ['rfa', inSession('/heat'), { of: 'side' }],
  'GET /api/sessions/{session}/heat/{z}/{x}/{y}': ['rfa', inSession('/heat/10/524/343'), { of: 'side' }],
  'GET /api/sessions/{session}/events': ['rfa', inSession('/events'), { of: 'side', events: true }],

  'GET /api/projects/{project}/overlays': ['prfa', inProject('/overlays'), { of: 'side' }],
  'GET /api/overlays/{overlay}': ['prfa', ofOverlay(), { of: 'side' }],
  'GET /api/overlays/{overlay}/features': ['prfa', ofOverlay('/features'), { of: 'side' }],
  'PUT /api/overlays/{overlay}': ['fa', withBody(ofOverlay(), { title: 'New' }), { of: 'side' }],
  'DELETE /api/overlays/{overlay}': ['fa', ofOverlay(), { of: 'side' }],

  'POST /api/projects/{project}/uploads': ['fa', newUpload, { of: 'side', status: 201 }],
  'POST /api/uploads/{upload}/check': ['fa', withBody(ofUpload('/check'), POINTS_MAPPING), { of: 'side', status: 202 }],
  'POST /api/uploads/{upload}/import': ['fa', withBody(ofUpload('/import'), POINTS_MAPPING), { of: 'side', status: 202 }],
  'DELETE /api/uploads/{upload}': ['fa', ofUpload(), { of: 'side' }],
  'GET /api/jobs/{job}': ['fa', ofJob, { of: 'side' }],

  'GET /api/projects/{project}/publication': ['fa', inProject('/publication'), { of: 'side' }],
  'PUT /api/projects/{project}/publication': ['a', withBody(inProject('/publication'), { floor: 0 }), { of: 'side' }],
  'POST /api/projects/{project}/publication/preview': ['fa', inProject('/publication/preview'), { of: 'side', status: 202 }],
  // there is nothing to publish: 409 and 404 say that the door was passed
  'POST /api/projects/{project}/editions': ['fa', withBody(inProject('/editions'), { overlays: [] }), { of: 'side', status: 409 }],
  'POST /api/projects/{project}/editions/{edition}/takedown': [
    'fa',
    withBody(inProject('/editions/1/takedown'), { finding: 1 }),
    { of: 'side', status: 404 },
  ],
  'POST /api/projects/{project}/exercises/{key}/end': ['fa', inProject('/exercises/safety-map/end'), { of: 'side' }],

  'GET /api/editions': ['*', at('/api/editions')],
  // nothing is published in the test's folder: 404 says that the door was passed
  ...Object.fromEntries(
    ['', '/file', '/findings', '/assets', '/overlays/{overlay}', '/slices/{slice}', '/slices/{slice}/values',
      '/slices/{slice}/tiles/{z}/{x}/{y}', '/slices/{slice}/heat', '/slices/{slice}/heat/{z}/{x}/{y}',
      '/slices/{slice}/areas/{overlay}', '/slices/{slice}/against/{other}'].map((rest) => [
      `GET /api/editions/{project}/{edition}${rest}`,
      ['*', at(`/api/editions/1/2${rest.replace(/\{(slice|other)\}/g, 'a.all').replace(/\{\w+\}/g, '1')}`), { status: 404 }],
    ]),
  ),

  'GET /api/basemaps': ['*', at('/api/basemaps')],
  'GET /api/sessions/{session}/basemaps': ['prfa', inSession('/basemaps'), { of: 'side' }],
  // the test's folder has no base map: 404 says that the door was passed
  'GET /basemaps/{name}': ['*', at('/basemaps/none'), { status: 404 }],
  'GET /api/sessions/{session}/basemaps/{name}': ['prfa', inSession('/basemaps/none'), { of: 'side', status: 404 }],
  'GET /basemaps/{name}/{z}/{x}/{y}': ['*', at('/basemaps/none/0/0/0'), { status: 404 }],
};

/** Whoever calls; where the call ends her token, one that nobody else uses. */
async function callers(ends) {
  const { own, administrator } = world;
  const people = { participant: own.participant, researcher: own.researcher, facilitator: own.facilitator, administrator };
  if (!ends) return { anyone: server.client(), ...people };
  const fresh = { anyone: server.client(), participant: await takeSeat(server, own.code) };
  for (const role of ['researcher', 'facilitator', 'administrator'])
    fresh[role] = await server.signIn(people[role].name);
  return fresh;
}

/** The status of a call; one that listens is hung up. */
async function statusOf(client, method, { path, body, raw, headers }, events) {
  if (!events) return client.request(method, path, { body, raw, headers });
  try {
    (await client.listen(path)).close();
    return { status: 200 };
  } catch {
    return client.request(method, path);
  }
}

async function checkCell(name, role, client, side, call, [who, , { status = 200, events } = {}]) {
  const method = name.split(' ')[0];
  const letter = Object.keys(ROLES).find((key) => ROLES[key] === role);
  const may = who === '*' || (letter !== undefined && who.includes(letter));
  const hers = side === world.own || role === 'administrator';
  const reply = await statusOf(client, method, call, events);
  const cell = `${name} by ${role} on ${side === world.own ? 'her own' : "another's"}: ${reply.status} ${reply.error ?? ''}`;
  if (may && hers) assert.equal(reply.status, status, cell);
  else if (may) assert.equal(reply.error, 'NOT_FOUND', cell);
  else assert.equal(reply.error, role === 'anyone' ? 'NOT_SIGNED_IN' : 'FORBIDDEN', cell);
}

test('each route of the table is expected here, and each that is expected exists', () => {
  assert.deepEqual(server.routes.map(({ name }) => name).sort(), Object.keys(EXPECTED).sort());
});

test('the table names the roles that are expected', () => {
  for (const { name, roles } of server.routes) {
    const [who] = EXPECTED[name] ?? [''];
    const named = who === '*' ? ['anyone'] : [...who].map((letter) => ROLES[letter]);
    assert.deepEqual([...roles].sort(), named.sort(), name);
  }
});

for (const [name, row] of Object.entries(EXPECTED)) {
  test(name, async () => {
    const [, make, { of, ends } = {}] = row;
    const sides = of === 'side' ? [world.own, world.other] : [world.own];
    for (const [role, client] of Object.entries(await callers(ends)))
      for (const side of sides) await checkCell(name, role, client, side, await make(side, client), row);
  });
}

test("a participant sees nothing of another participant's in her own session", async () => {
  const { session, participant, mate } = world.own;
  const path = `/api/sessions/${session}/contributions/${await putMark(mate, session)}`;
  for (const [method, body] of [['GET'], ['PUT', mark()], ['DELETE']]) {
    const { error } = await participant.request(method, path, { body });
    assert.equal(error, 'NOT_FOUND', method);
  }
  const { json } = await participant.get(`/api/sessions/${session}/contributions`, { expect: 200 });
  assert.ok(json.features.every(({ properties }) => properties.mine));
  await mate.get(path, { expect: 200 });
});

test('a method that a path does not know is told with those it knows', async () => {
  const { error, headers } = await server.client().delete('/api/projects', { expect: 405 });
  assert.equal(error, 'METHOD_NOT_ALLOWED');
  assert.match(headers.allow, /GET/);
});
