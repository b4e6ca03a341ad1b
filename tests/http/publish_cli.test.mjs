// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere publish`: beside a running server, alone, on a past day; the same edition gives the same bytes.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { cli, startServer } from './support.mjs';
import { makeProject } from './world.mjs';
import { copyFolder, dayAgo, dropFolder, endServer, holdSessions, sql } from './campaign.mjs';

let server, admin, project;
const copies = [];
before(async () => {
  server = await startServer();
  admin = await server.staff('admin', 'administrator');
  project = await makeProject(admin, 'Town');
  await holdSessions(server, admin, project, { sessions: 5, people: 25, seed: 1, days: 85 });
});
after(async () => {
  copies.forEach(dropFolder);
  await server?.stop();
});

const publish = (folder, ...words) => cli(folder, ['publish', String(project), ...words]);
const refused = (folder, ...words) => publish(folder, ...words).then(() => assert.fail('it was published'), (error) => error);
const hashOf = (folder, number) =>
  createHash('sha256').update(readFileSync(path.join(folder, `editions/${project}-${number}.gpkg`))).digest('hex');
const copy = (folder) => (copies.push(copyFolder(folder)), copies.at(-1));

test('a preview prints coverage and slices beside a running server, and writes nothing', async () => {
  const text = await publish(server.data, '--preview');
  assert.match(text, /^safety-map: new, \d+ % of what people marked would be shown$/m);
  assert.match(text, /^ +safety-map\.category\.unsafe +\d+ leaves, \d+ shown$/m);
  assert.ok(!existsSync(path.join(server.data, `editions/${project}-1.gpkg`)));
});

test('words that are wrong are refused before anything is opened', async () => {
  for (const words of [['--on', 'yesterday'], ['--on', dayAgo(-1)], ['--overlays', 'a'], ['--overlays', '1;2']])
    assert.equal((await refused(server.data, ...words)).code, 2, words.join(' '));
  assert.match((await refused(server.data, '--overlays', '77')).stderr, /has one that the project has not/);
  assert.match((await refused(server.data, '--overlays', '77,77')).stderr, /names one twice/);
  const nobody = await cli(server.data, ['publish', '77']).catch((error) => error);
  assert.match(nobody.stderr, /77: is no project of this store/);
});

test('on a day before the sessions were closed for a week, nothing is there to count', async () => {
  const { stderr } = await refused(server.data, '--on', dayAgo(80));
  assert.match(stderr, /no session was closed 7 days ago/);
});

test('it publishes beside a running server, which sees the edition by itself', async () => {
  const text = await publish(server.data, '--on', dayAgo(60));
  assert.match(text, /^edition 1: \d+ leaves, \d+ % of what people marked is shown: \/plan#/m);
  const until = Date.now() + 20_000;
  let seen;
  do {
    await new Promise((resolve) => setTimeout(resolve, 200));
    seen = await server.client().get(`/api/editions/${project}/1`);
  } while (seen.status !== 200 && Date.now() < until);
  assert.equal(seen.json?.published_on, dayAgo(60));
  assert.equal(Number(sql(server.data, "SELECT count(*) FROM staff_audit WHERE action = 'edition.publish' AND staff_id = 0")), 1);
});

test('once more says from when on, and what is missing', async () => {
  const error = await refused(server.data, '--on', dayAgo(59));
  assert.equal(error.code, 1);
  assert.match(error.stderr, /the next edition may be made from \d{4}-\d\d-\d\d on/);
  assert.match(error.stdout, /safety-map: 125 people of 5 sessions count; 0 more sessions, 32 more people are needed/);
  assert.match((await refused(server.data, '--on', dayAgo(200))).stderr, /may be made from/, 'never before the last edition');
});

test('two folders that hold the same publish the same bytes, whatever the hour', async () => {
  await holdSessions(server, admin, project, { sessions: 3, people: 20, seed: 2, days: 30 });
  const folder = server.data;
  await endServer(server);
  const [one, other] = [copy(folder), copy(folder)];
  await publish(one, '--on', dayAgo(5));
  await new Promise((resolve) => setTimeout(resolve, 1100));
  sql(other, 'VACUUM');
  await publish(other, '--on', dayAgo(5));
  assert.equal(hashOf(one, 2), hashOf(other, 2));
  assert.notEqual(hashOf(one, 2), hashOf(one, 1));

  const third = copy(folder);
  const key = path.join(third, `keys/exercise-${project}-safety-map.key`);
  writeFileSync(key, Buffer.alloc(32, 7));
  await publish(third, '--on', dayAgo(5));
  assert.notEqual(hashOf(third, 2), hashOf(one, 2), 'another key is another edition');
  server = await startServer({ data: folder });
});
