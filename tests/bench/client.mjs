// SPDX-License-Identifier: AGPL-3.0-or-later
// What the bench asks of a server besides load: signing in, a session, an overlay.
import { serve, run } from './processes.mjs';

/** A one-time sign-in token; made while no server holds the data folder. */
export async function signinToken(repere, data) {
  const { stdout } = await run(repere, ['user', 'link', 'bench', '--data', data]);
  return /#link=([\w-]+)/.exec(stdout)[1];
}

export async function ask(address, method, path, { cookie, body, type = 'application/json' } = {}) {
  const headers = { 'X-Requested-With': 'repere' };
  if (cookie) headers.Cookie = cookie;
  if (body !== undefined) headers['Content-Type'] = type;
  const reply = await fetch(address + path, { method, headers, body: typeof body === 'object' ? JSON.stringify(body) : body });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  return reply;
}

/** The staff cookie, as a Cookie header's value. */
export async function signIn(address, token) {
  const reply = await ask(address, 'POST', '/api/signin/link', { body: { token } });
  return reply.headers.get('set-cookie').split(';')[0];
}

/** A project and an open session of the safety map, not snapped coarser than it must be. */
export async function openSession(repere, data, bbox, { seats = 100 } = {}) {
  await run(repere, ['user', 'add', 'bench', '--role', 'facilitator', '--data', data]);
  const token = await signinToken(repere, data);
  const server = await serve(repere, ['serve', '--data', data, '--port', '0']);
  const cookie = await signIn(server.address, token);
  const json = async (...call) => (await ask(server.address, ...call)).json();
  const project = await json('POST', '/api/projects', { cookie, body: { title: 'Bench', bbox } });
  const { items } = await json('GET', '/api/exercises', { cookie });
  const session = await json('POST', `/api/projects/${project.id}/sessions`, { cookie, body: {
    exercise: items.find((one) => one.key === 'safety-map').id, title: 'Bench', place: '', held_on: '2026-01-01', bbox,
    precision_m: 50, languages: ['en'], consent: { en: 'Bench' }, help_contacts: [], seat_limit: seats, admit: 'at_once',
    approve: 'at_once', free_text: false } });
  await server.stop();
  return { project: project.id, session: session.id };
}

/** Uploads a file and imports it as an overlay; gives the path of its features. */
export async function importOverlay(address, cookie, project, { name, file, type, mapping = {} }) {
  const json = async (...call) => (await ask(address, ...call)).json();
  const upload = await json('POST', `/api/projects/${project}/uploads?name=${name}`, { cookie, body: file, type });
  const body = { ...upload.guess, ...mapping, target: 'overlay', title: name };
  let job = await json('POST', `/api/uploads/${upload.upload}/import`, { cookie, body });
  while (job.state === 'running') job = await json('GET', `/api/jobs/${job.job}`, { cookie });
  if (job.state !== 'done') throw new Error(`${name} was not imported: ${JSON.stringify(job)}`);
  return `/api/overlays/${job.report.overlay}/features`;
}

/** GeoJSON points, as many as make about so many bytes. */
export function somePlaces(bytes) {
  const features = [];
  for (let i = 0; JSON.stringify(features).length < bytes; i += 1) {
    features.push({ type: 'Feature', properties: { label: `Place ${i}` },
      geometry: { type: 'Point', coordinates: [4.3 + i * 1e-4, 50.8 + i * 1e-4] } });
  }
  return JSON.stringify({ type: 'FeatureCollection', features });
}
