// SPDX-License-Identifier: AGPL-3.0-or-later
// A city's worth of real reports, held as 200 sessions of invented people, published and read beside the
// city's quarters. Skipped where the machine does not have the files.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cli, startServer } from './support.mjs';
import { finish, makeSession } from './world.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const shared = path.join(root, '../shared/data');
const reports = path.join(shared, 'reports/zurich_reports_wgs84.csv');
const withData = { skip: existsSync(reports) ? false : '../shared/data is not here' };
const SESSIONS = 200;
const PEOPLE = 16;
const BBOX = [8.44, 47.31, 8.63, 47.44];

let server;
after(() => server?.stop());

/** Rows of the file in 200 parts, each with a column that says which of 16 people it is. */
function parts() {
  const [head, ...rows] = readFileSync(reports, 'utf8').trim().split('\n');
  const size = Math.ceil(rows.length / SESSIONS);
  return Array.from({ length: SESSIONS }, (_, part) =>
    [`who,${head}`, ...rows.slice(part * size, (part + 1) * size).map((row, i) => `${i % PEOPLE},${row}`)].join('\n'),
  );
}

async function bringIn(client, project, csv, name, mapping) {
  const type = name.endsWith('csv') ? 'text/csv' : 'application/geo+json';
  const { json } = await client.post(`/api/projects/${project}/uploads?name=${name}`, undefined, { raw: csv, headers: { 'content-type': type }, expect: 201 });
  const begun = await client.post(`/api/uploads/${json.upload}/import`, mapping, { expect: 202 });
  const job = await finish(client, begun.json.job);
  assert.equal(job.state, 'done', JSON.stringify(job.report));
  return job.report;
}

async function districts() {
  const out = path.join(mkdtempSync(path.join(tmpdir(), 'repere-quarters-')), 'quarters.geojson');
  await run('ogr2ogr', ['-f', 'GeoJSON', '-t_srs', 'EPSG:4326', '-nlt', 'CONVERT_TO_LINEAR', '-simplify', '2', '-makevalid', '-lco', 'COORDINATE_PRECISION=7', out, path.join(shared, 'overlays/zurich_districts.gpkg')]);
  return readFileSync(out, 'utf8');
}

const sum = (list) => list.reduce((all, one) => all + one, 0);

test('Zürich: 62,245 reports of 200 sessions become an edition beside the quarters', withData, async (t) => {
  server = await startServer();
  const staff = await server.staff('zurich', 'facilitator');
  const { json: project } = await staff.post('/api/projects', { title: 'Zürich', bbox: BBOX }, { expect: 201 });
  const document = JSON.parse(readFileSync(path.join(root, 'examples/imports/city-reports.exercise.json'), 'utf8'));
  const { json: exercise } = await staff.post(`/api/projects/${project.id}/exercises`, { document }, { expect: 201 });
  const mapping = JSON.parse(readFileSync(path.join(root, 'examples/imports/zurich-wgs84.mapping.json'), 'utf8'));
  for (const csv of parts()) {
    const session = await makeSession(staff, project.id, { exercise: exercise.id, precision_m: 25 });
    await bringIn(staff, project.id, csv, 'reports.csv', { ...mapping, session, participant: 'who', counted: true, skip_refused: true });
    await staff.post(`/api/sessions/${session}/close`, undefined, { expect: 200 });
  }
  const quarters = await districts();
  const label = Object.keys(JSON.parse(quarters).features[0].properties).find((key) => /name|bez|quartier|kreis/i.test(key));
  const { overlay } = await bringIn(staff, project.id, quarters, 'quarters.geojson', { target: 'overlay', title: 'Quarters', label, crs: 'EPSG:4326' });
  const folder = server.data;
  server.agent.destroy();
  server.child.kill('SIGTERM');
  await server.ended;
  await run('sqlite3', [path.join(folder, 'repere.sqlite'), 'UPDATE session SET closed_ms = closed_ms - 30 * 86400000']);
  t.diagnostic(await cli(folder, ['publish', String(project.id), '--overlays', String(overlay)]));

  server = await startServer({ data: folder });
  const anyone = server.client();
  const at = `/api/editions/${project.id}/1`;
  const { json: edition } = await anyone.get(at, { expect: 200 });
  assert.equal(edition.exercises[0].attendances, SESSIONS * PEOPLE);
  const all = edition.slices.find(({ kind }) => kind === 'all');
  const { json: leaves } = await anyone.get(`${at}/slices/${all.id}`, { expect: 200 });
  const values = leaves.features.map(({ properties }) => properties.value);
  assert.ok(values.every((value) => value % 5 === 0 && value >= 10));
  assert.equal(sum(values), all.shown);
  const { json: areas } = await anyone.get(`${at}/slices/${all.id}/areas/${overlay}`, { expect: 200 });
  assert.equal(areas.features.length, 22);
  const known = areas.features.filter(({ properties }) => properties.value !== null);
  t.diagnostic(`${leaves.features.length} leaves, ${known.length} of 22 quarters, ${sum(values)} shown in all`);
  assert.ok(known.length >= 20, `${known.length} quarters have a value`);
  // nothing is made up: what the quarters hold is part of what the leaves hold
  assert.ok(sum(known.map(({ properties }) => properties.value)) <= sum(values) * 1.05);
});
