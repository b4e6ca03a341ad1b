// SPDX-License-Identifier: AGPL-3.0-or-later
// A campaign for tests: people with homes in a small town who come to sessions and mark places near home.
// Everything comes in by import, a session a file; then the store is told that the sessions were closed long
// ago. The same seed gives the same town.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { finish, makeSession, templateId, upload } from './world.mjs';

/** The middle of the town: [longitude, latitude] degrees. */
export const TOWN = [4.35, 50.85];
export const DAY_MS = 86_400_000;

/** Numbers in [0, 1), always the same ones for a seed. */
export function makeRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** "YYYY-MM-DD", so many days before today. */
export const dayAgo = (days) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

const FEELINGS = ['very_unsafe', 'unsafe', 'unsafe', 'neither', 'safe', 'very_safe'];
const TIMES = ['morning', 'afternoon', 'evening', 'night', 'evening|night'];

/** Rows of one session: who, feeling, when, lon, lat. `spread`: how far apart homes are, degrees. */
export function rows(random, { people, marks, spread, middle = TOWN }) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const some = (size) => (random() + random() - 1) * size;
  const lines = [];
  for (let person = 0; person < people; person += 1) {
    const home = [middle[0] + some(spread), middle[1] + some(spread * 0.6)];
    for (let mark = 0; mark < marks; mark += 1) {
      const at = [home[0] + some(0.004), home[1] + some(0.003)].map((degrees) => degrees.toFixed(7));
      lines.push(['P' + person, pick(FEELINGS), pick(TIMES), ...at].join(','));
    }
  }
  return lines;
}

/** Brings a CSV of who,feeling,when,lon,lat into an open session. */
export async function importMarks(client, project, session, lines, over = {}) {
  const { upload: word } = await upload(client, project, ['who,feeling,when,lon,lat', ...lines].join('\n'));
  const mapping = {
    target: 'session',
    session,
    x: 'lon',
    y: 'lat',
    crs: 'EPSG:4326',
    participant: 'who',
    counted: true,
    category: { column: 'feeling' },
    answers: { when: { field: 'when', separator: '|' } },
    ...over,
  };
  const { json } = await client.post(`/api/uploads/${word}/import`, mapping, { expect: 202 });
  const job = await finish(client, json.job);
  assert.equal(job.state, 'done', JSON.stringify(job.report));
}

/** Runs SQL on the store, beside whoever uses it. */
export function sql(folder, text) {
  return execFileSync('sqlite3', ['-cmd', '.timeout 5000', path.join(folder, 'repere.sqlite'), text], { encoding: 'utf8' });
}

/** Says that sessions were closed so many days ago. */
export function age(folder, sessions, days) {
  const closed_ms = Date.now() - days * DAY_MS;
  sql(folder, `UPDATE session SET closed_ms = ${closed_ms}, held_on = '${dayAgo(days)}' WHERE id IN (${sessions.join()})`);
}

/**
 * Sessions with people, closed `days` ago; their ids.
 *
 * @param {{sessions?: number, people?: number, marks?: number, seed?: number, days?: number, spread?: number,
 *   exercise?: string, middle?: number[]}} options  people and marks: of each session, of each person
 */
export async function holdSessions(server, client, project, options = {}) {
  const { sessions = 5, people = 20, marks = 4, seed = 1, days = 60, spread = 0.01, exercise = 'safety-map', middle = TOWN } = options;
  const random = makeRandom(seed);
  const template = await templateId(client, exercise);
  const held = [];
  for (let i = 0; i < sessions; i += 1) {
    const session = await makeSession(client, project, { exercise: template, title: `Session ${seed}.${i}`, held_on: dayAgo(days) });
    await importMarks(client, project, session, rows(random, { people, marks, spread, middle }));
    await client.post(`/api/sessions/${session}/close`, undefined, { expect: 200 });
    held.push(session);
  }
  age(server.data, held, days);
  return held;
}

/** Publishes by the API; the job as it ended. */
export async function publish(client, project, overlays = []) {
  const { json } = await client.post(`/api/projects/${project}/editions`, { overlays }, { expect: 202 });
  return finish(client, json.job);
}

/** A copy of a data folder that nobody uses at the moment. */
export function copyFolder(folder) {
  const copy = path.join(mkdtempSync(path.join(tmpdir(), 'repere-copy-')), 'data');
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** Throws a copy away. */
export const dropFolder = (folder) => rmSync(path.dirname(folder), { recursive: true, force: true });

/** Ends a server and keeps its folder. */
export async function endServer(server, signal = 'SIGTERM') {
  server.agent.destroy();
  server.child.kill(signal);
  await server.ended;
}
