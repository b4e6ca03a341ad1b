// SPDX-License-Identifier: AGPL-3.0-or-later
// Publishing that is cut short: killed at any moment, or without room on the disk. There is the whole new edition
// or none, the one before stays as it was, and the next publication finds what it needs.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { binary, cli, startServer } from './support.mjs';
import { finish, makeProject } from './world.mjs';
import { copyFolder, dayAgo, dropFolder, endServer, holdSessions, publish, sql } from './campaign.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 14);
let folder, project, first;
before(async () => {
  const server = await startServer();
  const admin = await server.staff('admin', 'administrator');
  project = await makeProject(admin, 'Town');
  await holdSessions(server, admin, project, { sessions: 6, people: 25, seed: 1, days: 85 });
  await cli(server.data, ['publish', String(project), '--on', dayAgo(60)]);
  await holdSessions(server, admin, project, { sessions: 4, people: 25, seed: 2, days: 30 });
  await endServer(server);
  folder = server.data;
  first = readFileSync(path.join(folder, `editions/${project}-1.gpkg`));
});
after(() => folder && dropFolder(folder));

const files = (data) => readdirSync(path.join(data, 'editions')).filter((name) => name.includes('gpkg')).sort();
const numbers = (data) => sql(data, `SELECT group_concat(number) FROM edition WHERE project_id = ${project}`).trim();
/** Editions whose leaves the store holds. */
const remembered = (data) => sql(data, 'SELECT group_concat(number) FROM (SELECT DISTINCT number FROM edition_leaf JOIN edition ON edition.id = edition_id)').trim();

/** Publishes in a process of its own and kills it after so long; how long it ran, and whether it ended. */
async function killed(data, after_ms) {
  const child = spawn(binary, ['publish', String(project), '--data', data], { stdio: 'ignore' });
  const began = Date.now();
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  const late = setTimeout(() => child.kill('SIGKILL'), after_ms);
  const code = await ended;
  clearTimeout(late);
  return { ran_ms: Date.now() - began, code };
}

/** What must hold of a folder when somebody starts a server on it. */
async function checkWhole(data) {
  const server = await startServer({ data });
  try {
    const { json } = await server.client().get('/api/editions', { expect: 200 });
    assert.deepEqual(json.refused, []);
    const latest = json.items[0].number;
    assert.deepEqual(files(data), latest === 2 ? [`${project}-1.gpkg`, `${project}-2.gpkg`] : [`${project}-1.gpkg`]);
    assert.equal(numbers(data), latest === 2 ? '1,2' : '1');
    assert.equal(remembered(data), String(latest), 'the leaves of the edition that stands');
    assert.ok(readFileSync(path.join(data, `editions/${project}-1.gpkg`)).equals(first));
    return latest;
  } finally {
    await endServer(server);
  }
}

test('killed at any moment, it leaves the new edition whole or not at all', async (t) => {
  const whole = copyFolder(folder);
  const { ran_ms, code } = await killed(whole, 120_000);
  assert.equal(code, 0);
  assert.equal(await checkWhole(whole), 2);
  dropFolder(whole);
  const seen = { 1: 0, 2: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const data = copyFolder(folder);
    await killed(data, (ran_ms * (round + 1)) / (ROUNDS + 1));
    const latest = await checkWhole(data);
    seen[latest] += 1;
    if (latest === 1) {
      await cli(data, ['publish', String(project)]);
      assert.equal(await checkWhole(data), 2, 'and it can be published afterwards');
    }
    dropFolder(data);
  }
  t.diagnostic(`${seen[1]} of ${ROUNDS} were cut short`);
  assert.ok(seen[1] > 0, 'some were cut short');
});

test('what a crash leaves between the store and the rename is finished at the next start', async () => {
  const data = copyFolder(folder);
  await cli(data, ['publish', String(project)]);
  execFileSync('mv', [path.join(data, `editions/${project}-2.gpkg`), path.join(data, `editions/.${project}-2.gpkg.part`)]);
  assert.equal(await checkWhole(data), 2);
  dropFolder(data);
});

test('a part that is not the one the store knows is thrown away, and its edition with it', async () => {
  const data = copyFolder(folder);
  await cli(data, ['publish', String(project)]);
  execFileSync('mv', [path.join(data, `editions/${project}-2.gpkg`), path.join(data, `editions/.${project}-2.gpkg.part`)]);
  execFileSync('truncate', ['-s', '-100', path.join(data, `editions/.${project}-2.gpkg.part`)]);
  execFileSync('cp', [path.join(data, `editions/${project}-1.gpkg`), path.join(data, `editions/.${project}-9.gpkg.part`)]);
  const server = await startServer({ data });
  assert.deepEqual(files(data), [`${project}-1.gpkg`]);
  assert.equal(numbers(data), '1');
  await endServer(server);
  dropFolder(data);
});

test('a takedown that was cut short before the rename is finished at the next start', async () => {
  const data = copyFolder(folder);
  let server = await startServer({ data });
  const admin = await server.signIn('admin');
  await admin.post(`/api/projects/${project}/editions/1/takedown`, { slice: 'safety-map.all' }, { expect: 200 });
  await endServer(server);
  const place = path.join(data, `editions/${project}-1.gpkg`);
  execFileSync('mv', [place, path.join(data, `editions/.${project}-1.gpkg.part`)]);
  writeFileSync(place, first);
  server = await startServer({ data });
  await server.client().get(`/api/editions/${project}/1`, { expect: 404 });
  await server.client().get(`/api/editions/${project}/1.1`, { expect: 200 });
  assert.deepEqual(files(data), [`${project}-1.gpkg`]);
  assert.equal(remembered(data), '1');
  await endServer(server);
  dropFolder(data);
});

test('with an older file in its place nothing is taken out of an edition: what was before would come back', async () => {
  const data = copyFolder(folder);
  const server = await startServer({ data });
  const admin = await server.signIn('admin');
  const take = (slice, expect) => admin.post(`/api/projects/${project}/editions/1/takedown`, { slice }, { expect });
  await take('safety-map.category.unsafe', 200);
  const place = path.join(data, `editions/${project}-1.gpkg`);
  const second = readFileSync(place);
  writeFileSync(place, first);
  const { json } = await take('safety-map.time.night', 409);
  assert.match(json.detail, /is not what was published/);
  assert.ok(readFileSync(place).equals(first));
  writeFileSync(place, second);
  assert.equal((await take('safety-map.time.night', 200)).json.revision, 3);
  await endServer(server);
  dropFolder(data);
});

test('an edition whose file was taken away is remembered: what was shown cannot be unshown', async () => {
  const data = copyFolder(folder);
  execFileSync('rm', [path.join(data, `editions/${project}-1.gpkg`)]);
  const server = await startServer({ data });
  assert.equal(numbers(data), '1');
  await endServer(server);
  assert.match(await cli(data, ['publish', String(project)]), /^edition 2:/m);
  dropFolder(data);
});

test('a full disk leaves nothing behind; with room again it is published', async () => {
  const data = copyFolder(folder);
  const server = await startServer({ data });
  const admin = await server.signIn('admin');
  const room = (bytes) => execFileSync('prlimit', ['--pid', String(server.child.pid), `--fsize=${bytes}:unlimited`]);
  room(20_000);
  const begun = await admin.post(`/api/projects/${project}/editions`, { overlays: [] }, { expect: 202 });
  const job = await finish(admin, begun.json.job);
  assert.equal(job.state, 'failed');
  assert.equal(job.report.error, 'DISK_FULL', JSON.stringify(job.report));
  assert.deepEqual(files(data), [`${project}-1.gpkg`]);
  const { error } = await admin.post(`/api/projects/${project}/editions/1/takedown`, { slice: 'safety-map.all' });
  assert.equal(error, 'DISK_FULL');
  assert.ok(readFileSync(path.join(data, `editions/${project}-1.gpkg`)).equals(first));
  room('unlimited');
  assert.equal((await publish(admin, project)).state, 'done');
  await endServer(server);
  assert.equal(await checkWhole(data), 2);
  dropFolder(data);
});

test('the command line and the server never publish at once', async () => {
  const data = copyFolder(folder);
  const server = await startServer({ data });
  const admin = await server.signIn('admin');
  // somebody else holds the project's lock
  const lock = path.join(data, `editions/.${project}.lock`);
  const holder = spawn('flock', [lock, 'sleep', '60'], { stdio: 'ignore' });
  while (spawnSync('flock', ['-n', lock, 'true']).status === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  const begun = await admin.post(`/api/projects/${project}/editions`, { overlays: [] }, { expect: 202 });
  const job = await finish(admin, begun.json.job);
  assert.deepEqual([job.state, job.report.error], ['failed', 'CONFLICT']);
  await assert.rejects(cli(data, ['publish', String(project)]), /another publication of it is under way/);
  const children = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, 'utf8').trim().split(' ');
  children.filter(Boolean).forEach((pid) => process.kill(Number(pid)));
  holder.kill();
  assert.ok(existsSync(path.join(data, `editions/${project}-1.gpkg`)));
  await endServer(server);
  dropFolder(data);
});
