// SPDX-License-Identifier: AGPL-3.0-or-later
// What tests stand on: sessions with people in them, made through the API alone.

export const BBOX = [4.3, 50.8, 4.45, 50.9];
export const CONSENT = { room: true, aggregate: true, finding: true, photo: false };

/** The id of a built-in exercise. */
export async function templateId(client, key = 'safety-map') {
  const { json } = await client.get('/api/exercises', { expect: 200 });
  return json.items.find((exercise) => exercise.key === key && exercise.project === null).id;
}

export async function makeProject(client, title = 'Quartier') {
  const { json } = await client.post('/api/projects', { title, bbox: BBOX }, { expect: 201 });
  return json.id;
}

/** An open session; `over` overrides what it is opened with. */
export async function makeSession(client, project, over = {}) {
  const exercise = over.exercise ?? (await templateId(client));
  const body = { exercise, title: 'Saturday', held_on: '2026-03-07', admit: 'at_once', ...over };
  const { json } = await client.post(`/api/projects/${project}/sessions`, body, { expect: 201 });
  return json.id;
}

/** A fresh join code. */
export async function makeCode(client, session) {
  const { json } = await client.post(`/api/sessions/${session}/join`, undefined, { expect: 200 });
  return json;
}

/** Somebody takes a seat by the code; `consent` null: she is not asked yet. */
export async function takeSeat(server, code, { consent = CONSENT, language = 'fr' } = {}) {
  const client = server.client();
  const { json } = await client.post('/api/join', { code, language }, { expect: 201 });
  client.bearer = json.token;
  client.id = json.participant;
  client.pseudonym = json.pseudonym;
  client.session = json.session;
  client.ticket = json.ticket;
  if (consent) await client.put('/api/me/consent', consent, { expect: 200 });
  return client;
}

/** An open session with its code, and somebody in it. */
export async function openSession(server, staff, project, over = {}) {
  const session = await makeSession(staff, project, { seat_limit: 50, ...over });
  const { code } = await makeCode(staff, session);
  return { session, code, author: await takeSeat(server, code) };
}

/** A UUIDv7-shaped id. */
export function uuid() {
  const digits = (n) => Array.from({ length: n }, () => Math.floor(Math.random() * 16).toString(16)).join('');
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits(3)}-8${digits(3)}-${digits(12)}`;
}

/** A mark of the safety map, as a body. */
export function mark(lon = 4.35, lat = 50.85, answers = { feeling: 'unsafe' }) {
  return { geometry: { type: 'Point', coordinates: [lon, lat] }, answers };
}

/** Puts a mark; its id. */
export async function putMark(client, session, body = mark()) {
  const id = uuid();
  await client.put(`/api/sessions/${session}/contributions/${id}`, body, { expect: 201 });
  return id;
}

async function buildSide(server, administrator, name) {
  const facilitator = await server.staff(`${name}-facilitator`, 'facilitator');
  const researcher = await server.staff(`${name}-researcher`, 'researcher');
  const project = await makeProject(facilitator, name);
  const staff = `/api/projects/${project}/staff`;
  await facilitator.post(staff, { name: `${name}-researcher` }, { expect: 200 });
  const session = await makeSession(facilitator, project, { seat_limit: 500 });
  const { code, secret } = await makeCode(facilitator, session);
  const participant = await takeSeat(server, code);
  const mate = await takeSeat(server, code);
  return { project, session, code, secret, facilitator, researcher, participant, mate, administrator };
}

/** Two sides that must not see each other: {administrator, own: {...}, other: {...}}. */
export async function buildWorld(server) {
  const administrator = await server.staff('admin', 'administrator');
  const own = await buildSide(server, administrator, 'own');
  const other = await buildSide(server, administrator, 'other');
  return { administrator, own, other };
}

/** Waits for a job to end; what it reported. */
export async function finish(client, job) {
  for (;;) {
    const { json } = await client.get(`/api/jobs/${job}`, { expect: 200 });
    if (json.state !== 'running') return json;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Uploads a CSV of points; its name at the server and what the server guesses of it. */
export async function upload(client, project, csv = 'name,lon,lat\nFountain,4.35,50.85\n') {
  const { json } = await client.post(`/api/projects/${project}/uploads?name=points.csv`, undefined, {
    raw: csv,
    headers: { 'content-type': 'text/csv' },
    expect: 201,
  });
  return json;
}

export const POINTS_MAPPING = {
  target: 'overlay',
  title: 'Fountains',
  x: 'lon',
  y: 'lat',
  crs: 'EPSG:4326',
  date_order: 'dmy',
  answers: {},
  label: 'name',
  decimal: '.',
};

/** An overlay of one point in a side's project. */
export async function makeOverlay({ facilitator, project }) {
  const { upload: name } = await upload(facilitator, project);
  const { json } = await facilitator.post(`/api/uploads/${name}/import`, POINTS_MAPPING, { expect: 202 });
  const job = await finish(facilitator, json.job);
  if (job.state !== 'done') throw new Error(`the import failed: ${JSON.stringify(job)}`);
  return job.report.overlay;
}
