// SPDX-License-Identifier: AGPL-3.0-or-later
// Imports, from the file that is sent to what stands on the map; then the same from the command line, with
// the real files of ../shared/data where the machine has them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { binary, startServer } from './support.mjs';
import { POINTS_MAPPING, finish, makeProject, makeSession, upload } from './world.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const examples = path.join(root, 'examples/imports');
const shared = path.join(root, '../shared/data');
const withData = { skip: existsSync(shared) ? false : '../shared/data is not here' };

const MARKS = [
  'who,feeling,when,lon,lat',
  'a,unsafe,05/07/2010,4.35,50.85',
  'b,Very unsafe,06/07/2010,4.36,50.86',
  'a,quite safe,,4.37,50.87',
].join('\n');

let server, world;
before(async () => {
  server = await startServer();
  world = await server.world();
});
after(() => server.stop());

const marksMapping = (session, over = {}) => ({
  target: 'session',
  session,
  x: 'lon',
  y: 'lat',
  date: 'when',
  date_order: 'dmy',
  participant: 'who',
  category: { column: 'feeling', values: { 'quite safe': 'safe' } },
  ...over,
});

async function job(client, name, kind, mapping, expect = 202) {
  const { json } = await client.post(`/api/uploads/${name}/${kind}`, mapping, { expect });
  return expect === 202 ? finish(client, json.job) : json;
}

test('an upload tells columns, rows, a sample and a guess', async () => {
  const { facilitator, project } = world.own;
  const seen = await upload(facilitator, project, MARKS);
  assert.equal(seen.format, 'csv');
  assert.deepEqual(seen.columns, ['who', 'feeling', 'when', 'lon', 'lat']);
  assert.equal(seen.rows, 3);
  assert.deepEqual(seen.sample[0], ['a', 'unsafe', '05/07/2010', '4.35', '50.85']);
  assert.deepEqual(seen.values.feeling, [...new Set(seen.sample.map((row) => row[1]))]);
  assert.equal(seen.guess.x, 'lon');
  assert.equal(seen.guess.crs, 'EPSG:4326');
});

test('a check tells what would be refused and imports nothing; an import then imports all', async () => {
  const { facilitator, project } = world.own;
  const session = await makeSession(facilitator, project);
  const { upload: name } = await upload(facilitator, project, `${MARKS}\nc,unsafe,,4.38,\nc,strange,,4.38,50.8\n`);
  const checked = await job(facilitator, name, 'check', marksMapping(session));
  assert.equal(checked.state, 'done');
  assert.equal(checked.report.importable, 3);
  assert.deepEqual(checked.report.rows, [
    { row: 5, where: 'lat', why: 'is empty' },
    { row: 6, where: 'feeling', why: '"strange" is mapped to no option of the question "feeling"' },
  ]);
  const refused = await job(facilitator, name, 'import', marksMapping(session));
  assert.equal(refused.state, 'failed');
  assert.equal(refused.report.refused, 2);
  const counts = async () => (await facilitator.get(`/api/sessions/${session}/counts`, { expect: 200 })).json;
  assert.equal((await counts()).total, 0);
  const done = await job(facilitator, name, 'import', marksMapping(session, { skip_refused: true }));
  assert.equal(done.state, 'done');
  assert.equal(done.done, done.total);
  assert.deepEqual((await counts()).by_category, { safe: 1, unsafe: 1, very_unsafe: 1 });
  assert.equal((await counts()).participants.admitted, 2);
  await facilitator.post(`/api/uploads/${name}/check`, marksMapping(session), { expect: 404 }); // it is gone
});

test('the people of a file are counted in published figures only when they agreed to it', async () => {
  const { facilitator, project } = world.own;
  for (const [over, aggregate] of [[{}, false], [{ counted: false }, false], [{ counted: true }, true]]) {
    const session = await makeSession(facilitator, project);
    const { upload: name } = await upload(facilitator, project, MARKS);
    assert.equal((await job(facilitator, name, 'import', marksMapping(session, over))).state, 'done');
    const { json } = await facilitator.get(`/api/sessions/${session}/participants`, { expect: 200 });
    assert.equal(json.items.length, 2);
    for (const { consent } of json.items) assert.deepEqual(consent, { room: true, aggregate, finding: false, photo: false });
  }
});

test('repere import --counted says that they agreed', async () => {
  const { facilitator, project } = world.own;
  const session = await makeSession(facilitator, project);
  const file = path.join(server.data, 'counted.csv');
  const mapping = path.join(server.data, 'counted.json');
  writeFileSync(file, MARKS);
  writeFileSync(mapping, JSON.stringify(marksMapping(session)));
  const ended = await importFiles(file, '--session', session, '--mapping', mapping, '--counted');
  assert.match(ended.stdout, /3 imported/);
  const { json } = await facilitator.get(`/api/sessions/${session}/participants`, { expect: 200 });
  assert.ok(json.items.length === 2 && json.items.every(({ consent }) => consent.aggregate));
});

test('the same file again is refused as a whole', async () => {
  const { facilitator, project } = world.own;
  const session = await makeSession(facilitator, project);
  for (const state of ['done', 'failed']) {
    const { upload: name } = await upload(facilitator, project, MARKS);
    const ended = await job(facilitator, name, 'import', marksMapping(session));
    assert.equal(ended.state, state);
    if (state === 'failed') assert.equal(ended.report.rows[0].why, 'was imported into this session before');
  }
});

test('the ids of what was imported tell nothing of the file to who lacks the keys', async () => {
  const ids = [];
  const servers = [await startServer(), await startServer()];
  for (const each of servers) {
    const lead = await each.staff('Nadia', 'facilitator');
    const project = await makeProject(lead);
    const session = await makeSession(lead, project);
    const { upload: name } = await upload(lead, project, MARKS);
    assert.equal((await job(lead, name, 'import', marksMapping(session))).state, 'done');
    const { json } = await lead.get(`/api/sessions/${session}/contributions`, { expect: 200 });
    ids.push(json.features.map(({ id }) => id));
  }
  await Promise.all(servers.map((each) => each.stop()));
  // the same file in the same session of two stores: only their keys differ
  assert.deepEqual(ids[0].filter((id) => ids[1].includes(id)), []);
});

test('imported people have pseudonyms of the session, not the names of the file', async () => {
  const { facilitator, project } = world.own;
  const session = await makeSession(facilitator, project);
  const { upload: name } = await upload(facilitator, project, MARKS.replace(/^a,/gm, 'Amina,'));
  await job(facilitator, name, 'import', marksMapping(session));
  const { text } = await facilitator.get(`/api/sessions/${session}/participants`, { expect: 200 });
  assert.doesNotMatch(text, /Amina/);
  const features = (await facilitator.get(`/api/sessions/${session}/contributions`, { expect: 200 })).json.features;
  assert.ok(features.every(({ properties }) => properties.participant && properties.state === 'approved'));
});

test('a mapping that cannot be is refused at once, one that does not fit the file by the job', async () => {
  const { facilitator, project } = world.own;
  const { upload: name } = await upload(facilitator, project);
  const reply = await facilitator.post(`/api/uploads/${name}/check`, { target: 'planet' }, { expect: 422 });
  assert.equal(reply.json.where, 'target');
  await facilitator.post(`/api/uploads/${name}/check`, { ...POINTS_MAPPING, crs: '/etc/passwd' }, { expect: 422 });
  const ended = await job(facilitator, name, 'check', { ...POINTS_MAPPING, x: 'east' });
  assert.equal(ended.state, 'failed');
  assert.deepEqual(ended.report.rows, [{ row: 0, where: 'x', why: 'the file has no column "east"' }]);
});

test('files that are no tables are refused with the place of the fault', async () => {
  const { facilitator, project } = world.own;
  const send = (raw, expect, type = 'text/csv') =>
    facilitator.post(`/api/projects/${project}/uploads?name=x.csv`, undefined, {
      raw,
      headers: { 'content-type': type },
      expect,
    });
  assert.equal((await send('a,b\n1,"2\n', 422)).error, 'BAD_CSV');
  assert.equal((await send(Buffer.from('a,b\n1,\xe9\n', 'latin1'), 422)).json.where, 'row 2');
  assert.equal((await send('{"type":', 400, 'application/geo+json')).error, 'BAD_JSON');
  assert.equal((await send('{"type":"FeatureCollection"}', 422, 'application/geo+json')).error, 'BAD_GEOMETRY');
  await send('a,b\n1,2\n', 415, 'text/html');
  assert.deepEqual(readdirSync(path.join(server.data, 'uploads')).filter((name) => name.startsWith('.incoming')), []);
});

test('an upload and a job are not for the leads of another project', async () => {
  const { facilitator, project } = world.own;
  const stranger = world.other.facilitator;
  const { upload: name } = await upload(facilitator, project);
  await stranger.post(`/api/uploads/${name}/check`, POINTS_MAPPING, { expect: 404 });
  await stranger.delete(`/api/uploads/${name}`, { expect: 404 });
  const { json } = await facilitator.post(`/api/uploads/${name}/check`, POINTS_MAPPING, { expect: 202 });
  await stranger.get(`/api/jobs/${json.job}`, { expect: 404 });
  await finish(facilitator, json.job);
  await facilitator.delete(`/api/uploads/${name}`, { expect: 200 });
  await facilitator.delete(`/api/uploads/${name}`, { expect: 404 });
});

/* ---- the command line ---- */

/** Runs `repere import`, beside the running server; {code, stdout, stderr}. */
async function importFiles(...args) {
  return run(binary, ['import', ...args.map(String), '--data', server.data]).then(
    (ended) => ({ code: 0, ...ended }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

/** A session of one of examples/imports' exercises, in a project that lies there. */
async function sessionOf(key, bbox) {
  const { administrator } = world;
  const project = (await administrator.post('/api/projects', { title: key, bbox }, { expect: 201 })).json.id;
  const document = JSON.parse(readFileSync(path.join(examples, `${key}.exercise.json`), 'utf8'));
  const exercise = (await administrator.post(`/api/projects/${project}/exercises`, { document }, { expect: 201 })).json.id;
  return { administrator, project, session: await makeSession(administrator, project, { exercise }) };
}

async function featuresOf(client, session) {
  const { text } = await client.get(`/api/sessions/${session}/export?format=geojson`, { expect: 200 });
  return JSON.parse(text).features;
}

test('repere import says what it refuses and leaves everything as it was', async () => {
  const { facilitator, project } = world.own;
  const session = await makeSession(facilitator, project);
  const file = path.join(server.data, 'marks.csv');
  const mapping = path.join(server.data, 'marks.mapping.json');
  writeFileSync(file, `${MARKS}\nc,strange,,4.38,50.8\n`);
  writeFileSync(mapping, JSON.stringify(marksMapping(session)));
  const ended = await importFiles(file, '--session', session, '--mapping', mapping);
  assert.equal(ended.code, 1);
  assert.match(ended.stderr, /row 5: feeling: "strange" is mapped to no option/);
  assert.equal((await featuresOf(facilitator, session)).length, 0);
  const dry = await importFiles(file, '--session', session, '--mapping', mapping, '--dry-run');
  assert.equal(dry.code, 0);
  assert.match(dry.stdout, /3 can be imported, 1 refused/);
  assert.equal((await featuresOf(facilitator, session)).length, 0);
  const some = await importFiles(file, '--session', session, '--mapping', mapping, '--skip-refused');
  assert.match(some.stdout, /3 imported, 1 refused/);
  assert.equal((await featuresOf(facilitator, session)).length, 3);
});

test('repere import says which option reads a column otherwise', async () => {
  const { facilitator, project } = world.own;
  const session = await makeSession(facilitator, project);
  const file = path.join(server.data, 'days.csv');
  const options = [file, '--session', session, '--x', 'east', '--y', 'north', '--dry-run'];
  writeFileSync(file, 'east;north;day;how\n4,36;50,85;21.03.2026;safe\n4,36;50,85;31.31.2026;safe\n');
  const none = await importFiles(...options, '--decimal', ',');
  assert.match(none.stderr, /answers come from --category/);
  const point = await importFiles(...options, '--decimal', '.', '--category', 'how');
  assert.match(point.stderr, /decimal mark '\.': --decimal/);
  const year = await importFiles(...options, '--decimal', ',', '--category', 'how', '--date', 'day');
  assert.match(year.stderr, /read as ymd: --date-order/);
  assert.match(year.stderr, /--skip-refused/);
  const day = await importFiles(...options, '--decimal', ',', '--category', 'how', '--date', 'day', '--date-order', 'dmy');
  assert.match(day.stderr, /row 3: day: is not a date/);
  assert.match(day.stdout, /1 can be imported, 1 refused/);
});

test('repere import without a target, or with both, is misused', async () => {
  assert.equal((await importFiles('x.csv')).code, 2);
  assert.equal((await importFiles('x.csv', '--session', 1, '--project', 1)).code, 2);
  assert.equal((await importFiles('nowhere.csv', '--project', world.own.project)).code, 1);
  assert.equal((await importFiles('x.csv', '--project', 'one')).code, 2);
});

test('repere export writes what the page would download', async () => {
  const { facilitator, session } = world.own;
  const { stdout } = await run(binary, ['export', String(session), '--format', 'csv', '--data', server.data]);
  const { text } = await facilitator.get(`/api/sessions/${session}/export?format=csv`, { expect: 200 });
  assert.equal(stdout, text);
  await assert.rejects(run(binary, ['export', '99999', '--data', server.data]));
});

/** In the file's order: a row's number ends its id. They are stored by place. */
const byRow = (features) => [...features].sort((a, b) => (a.id.slice(-8) < b.id.slice(-8) ? -1 : 1));

test('the Zurich reports: 62,245 rows, and the same places in degrees and in metres', withData, async () => {
  const bbox = [8.44, 47.31, 8.63, 47.44];
  const degrees = await sessionOf('city-reports', bbox);
  const metres = await sessionOf('city-reports', bbox);
  const a = await importFiles(`${shared}/reports/zurich_reports_wgs84.csv`, '--session', degrees.session, '--mapping', `${examples}/zurich-wgs84.mapping.json`);
  assert.match(a.stdout, /62245 imported, 0 refused/);
  const b = await importFiles(`${shared}/reports/zurich_reports_lv95_20k.csv`, '--session', metres.session, '--mapping', `${examples}/zurich-lv95.mapping.json`);
  assert.match(b.stdout, /20000 imported, 0 refused/);
  // the 20,000 are the first rows of the 62,245
  const first = byRow(await featuresOf(degrees.administrator, degrees.session)).slice(0, 20_000);
  const same = byRow(await featuresOf(metres.administrator, metres.session));
  for (const [index, { geometry, properties }] of same.entries()) {
    const other = first[index];
    assert.equal(properties.category, other.properties.category);
    const north = (geometry.coordinates[1] - other.geometry.coordinates[1]) * 111_320;
    const east = (geometry.coordinates[0] - other.geometry.coordinates[0]) * 111_320 * 0.676;
    assert.ok(Math.hypot(north, east) < 1, `row ${index}: ${Math.hypot(north, east)} m apart`);
  }
});

test('the Haiti reports: days first, all categories kept, places far away refused', withData, async () => {
  const { administrator, session } = await sessionOf('crisis-reports', [-74.5, 17.9, -71.6, 20.1]);
  const ended = await importFiles(`${shared}/reports/haiti_reports.csv`, '--session', session, '--mapping', `${examples}/haiti.mapping.json`, '--skip-refused');
  assert.match(ended.stdout, /3590 imported, 3 refused/);
  assert.match(ended.stderr, /row 4: geometry: lies far outside/);
  const wide = await sessionOf('crisis-reports', [-179, -80, 179, 80]);
  const all = await importFiles(`${shared}/reports/haiti_reports.csv`, '--session', wide.session, '--mapping', `${examples}/haiti.mapping.json`);
  assert.match(all.stdout, /3593 imported, 0 refused/);
  assert.equal((await featuresOf(wide.administrator, wide.session)).length, 3593);
  const [first] = byRow(await featuresOf(administrator, session));
  assert.equal(first.properties.created, '2010-07-05T17:26:00Z');
  assert.deepEqual(first.properties.answers, { kind: 'emergency', needs: ['emergency', 'public_health'] });
});

test('the Graz survey: 23 files are 23 people', withData, async () => {
  const { administrator, session } = await sessionOf('city-climate', [15.3, 47, 15.6, 47.15]);
  const folder = `${shared}/reports/graz`;
  const ended = await importFiles(...readdirSync(folder).map((name) => `${folder}/${name}`), '--session', session, '--participant-per-file');
  assert.equal(ended.code, 0, ended.stderr);
  const features = await featuresOf(administrator, session);
  assert.equal(features.length, 157);
  assert.equal(new Set(features.map(({ properties }) => properties.participant)).size, 23);
  assert.ok(features.every(({ properties }) => Object.keys(properties.answers).join() === 'theme'));
});

test('the Brussels quarters and services become overlays', withData, async () => {
  const { facilitator, project } = world.own;
  const ended = await importFiles(`${shared}/overlays/brussels_quarters.geojson`, `${shared}/services/brussels_services.csv`, '--project', project);
  assert.match(ended.stdout, /145 imported, 0 refused, overlay \d+\n.*2947 imported/);
  const { items } = (await facilitator.get(`/api/projects/${project}/overlays`, { expect: 200 })).json;
  const quarters = items.find(({ title }) => title === 'brussels_quarters');
  assert.equal(quarters.kind, 'areas');
  assert.equal(quarters.features, 145);
  const { features } = (await facilitator.get(`/api/overlays/${quarters.id}/features`, { expect: 200 })).json;
  assert.equal(features.length, 145);
});
