// SPDX-License-Identifier: AGPL-3.0-or-later
// A shared asset that ends leaves the editions that hold it, at once and by itself: whoever ends it, however, and
// whatever stops the server in between. Only time ends none.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { age, copyFolder, dropFolder, endServer, holdSessions, publish, sql } from './campaign.mjs';
import { until } from './edition_files.mjs';
import { cli, startServer } from './support.mjs';
import { CONSENT, makeCode, makeProject, makeSession, putMark, takeSeat, templateId } from './world.mjs';

const CHOIR = { level: 'association', offer: ['music'], open_to: ['all'], shareable: 'public' };
const PATIENCE_MS = 10_000;

let server, admin, project, session, code;
const given = [];

before(async () => {
  server = await startServer();
  admin = await server.staff('admin', 'administrator');
  project = await makeProject(admin, 'Given');
  await holdSessions(server, admin, project, { sessions: 3, people: 20, seed: 30, days: 60 });
  session = await makeSession(admin, project, { exercise: await templateId(admin, 'asset-map') });
  code = (await makeCode(admin, session)).code;
  for (let i = 0; i < 12; i++) given.push(await give(`Gift number ${i} of the quarter`, [4.3621345 + i * 0.003, 50.8391234 + i * 0.002]));
  const job = await publish(admin, project);
  assert.equal(job.state, 'done', JSON.stringify(job));
  const { features } = (await server.client().get(`/api/editions/${project}/1/assets`, { expect: 200 })).json;
  for (const gift of given) {
    gift.place = features.find(({ properties }) => properties.title === gift.title).geometry.coordinates;
    assert.ok(left(server.data, gift).length >= 3, 'the search finds what is there');
  }
});
after(() => server?.stop());

/** Somebody gives something for everybody, and the lead approves it. */
async function give(title, coordinates) {
  const seat = await takeSeat(server, code);
  const { receipt } = (await seat.post('/api/me/receipt', undefined, { expect: 200 })).json;
  const mark = await putMark(seat, session, { geometry: { type: 'Point', coordinates }, answers: CHOIR });
  const at = `/api/sessions/${session}/contributions/${mark}`;
  const { id } = (await admin.put(`${at}/shared`, { title }, { expect: 200 })).json;
  return { seat, receipt, at, id, title, coordinates };
}

/** What of a gift stands in the bytes of the edition's file. */
function left(data, { title, place }) {
  const bytes = readFileSync(path.join(data, `editions/${project}-1.gpkg`));
  const doubles = place.map((degrees) => {
    const double = Buffer.alloc(8);
    double.writeDoubleLE(degrees);
    return double;
  });
  return [Buffer.from(title), ...doubles].filter((canary) => bytes.includes(canary));
}

const row = (data = server.data) => sql(data, `SELECT revision FROM edition WHERE project_id = ${project} AND number = 1`).trim();
const waiting = (data = server.data) => sql(data, 'SELECT count(*) FROM asset_ended').trim();
const address = (revision) => (Number(revision) > 1 ? `1.${revision - 1}` : '1');

/** Waits until the gifts are in no edition, under a new revision; checks all there is to check. */
async function checkGone(gifts, revision, on = server) {
  const planner = on.client();
  const old = await until(() => planner.get(`/api/editions/${project}/${address(revision)}`), ({ status }) => status === 404, PATIENCE_MS);
  assert.equal(old.status, 404);
  const next = address(Number(row(on.data)));
  const { json } = await planner.get(`/api/editions/${project}/${next}`, { expect: 200 });
  const { features } = (await planner.get(`/api/editions/${project}/${next}/assets`, { expect: 200 })).json;
  for (const gift of gifts) {
    assert.ok(json.taken_down.includes(`asset ${gift.id}`), JSON.stringify(json.taken_down));
    assert.ok(!features.some(({ properties }) => properties.title === gift.title));
    assert.deepEqual(left(on.data, gift), [], 'nothing of it is in the bytes of the file');
    assert.ok(!on.log().includes(gift.title), 'nor in the log');
    for (const degrees of [...gift.coordinates, ...gift.place]) assert.ok(!on.log().includes(String(degrees)));
  }
  await until(() => ({ status: 0, text: waiting(on.data) }), ({ text }) => text === '0', PATIENCE_MS);
}

/** Lets a gift end and sees it taken down. */
async function ends(gift, act) {
  const revision = row();
  const audited = () => Number(sql(server.data, `SELECT count(*) FROM staff_audit WHERE action = 'edition.takedown'`));
  const entries = audited();
  await act(gift);
  await checkGone([gift], revision);
  assert.equal(row(), String(Number(revision) + 1), 'one revision');
  assert.equal(audited(), entries + 1);
}

describe('an asset leaves the editions', () => {
  test('when its author withdraws with her receipt', () =>
    ends(given[0], ({ receipt }) => server.client().post('/api/withdraw', { receipt }, { expect: 200 })));

  test('when she deletes it', () => ends(given[1], ({ seat, at }) => seat.delete(at, { expect: 200 })));

  test('when she changes it', () =>
    ends(given[2], ({ seat, at, coordinates }) =>
      seat.put(at, { geometry: { type: 'Point', coordinates: [coordinates[0] + 0.01, coordinates[1]] }, answers: CHOIR }, { headers: { 'if-match': '"1"' }, expect: 200 })));

  test('when she agrees no more to be counted', () =>
    ends(given[3], ({ seat }) => seat.put('/api/me/consent', { ...CONSENT, aggregate: false }, { expect: 200 })));

  test('when a lead takes the approval back', () => ends(given[4], ({ at }) => admin.delete(`${at}/shared`, { expect: 200 })));

  test('when a lead hides it', () => ends(given[5], ({ at }) => admin.put(`${at}/state`, { state: 'hidden' }, { expect: 200 })));

  test('when a lead deletes it', () => ends(given[6], ({ at }) => admin.delete(at, { expect: 200 })));

  test('when somebody withdraws on the command line, beside the server', () =>
    ends(given[7], ({ receipt }) => cli(server.data, ['withdraw', receipt])));

  test('and one that no edition holds ends without a revision', async () => {
    const revision = row();
    const gift = await give('Never published', [4.41, 50.86]);
    await admin.delete(`${gift.at}/shared`, { expect: 200 });
    await until(() => ({ status: 0, text: waiting() }), ({ text }) => text === '0', PATIENCE_MS);
    assert.equal(row(), revision);
  });
});

describe('whatever comes in between', () => {
  let whole;
  before(async () => {
    await endServer(server);
    whole = copyFolder(server.data);
  });
  after(async () => {
    dropFolder(whole);
    server = await startServer({ data: server.data });
    admin = await server.signIn('admin');
  });

  /** Holds the project's lock in another process; ends it. */
  async function holdLock(data) {
    const child = spawn('flock', [path.join(data, `editions/.${project}.lock`), '-c', 'echo held; read line'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    return async () => {
      child.stdin.end('\n');
      await ended;
    };
  }

  test('a server that is killed after her withdrawal was answered takes it down when it starts, before anybody asks', async () => {
    const data = copyFolder(whole);
    const revision = row(data);
    let on = await startServer({ data });
    const release = await holdLock(data);
    await on.client().post('/api/withdraw', { receipt: given[8].receipt }, { expect: 200 });
    await sleep(1500);
    assert.equal(row(data), revision, 'a publication that is under way is waited for');
    await endServer(on, 'SIGKILL');
    await release();
    assert.equal(left(data, given[8]).length, 3);
    on = await startServer({ data });
    await on.client().get(`/api/editions/${project}/${address(revision)}`, { expect: 404 });
    await checkGone([given[8]], revision, on);
    await endServer(on);
    dropFolder(data);
  });

  test('killed at any moment, it is made good at the next start', async () => {
    for (const late_ms of [0, 150, 400, 800, 1200]) {
      const data = copyFolder(whole);
      const revision = row(data);
      let on = await startServer({ data });
      await on.client().post('/api/withdraw', { receipt: given[8].receipt }, { expect: 200 });
      await sleep(late_ms);
      await endServer(on, 'SIGKILL');
      on = await startServer({ data });
      await checkGone([given[8]], revision, on);
      assert.equal(row(data), String(Number(revision) + 1), 'once');
      await endServer(on);
      dropFolder(data);
    }
  });

  test('another publication is waited for, and then it is taken down', async () => {
    const data = copyFolder(whole);
    const revision = row(data);
    const on = await startServer({ data });
    const release = await holdLock(data);
    for (const { receipt } of given.slice(8, 10)) await on.client().post('/api/withdraw', { receipt }, { expect: 200 });
    await sleep(1500);
    assert.equal(waiting(data), '2');
    await release();
    await checkGone(given.slice(8, 10), revision, on);
    assert.equal(row(data), String(Number(revision) + 1), 'one revision for both');
    await endServer(on);
    dropFolder(data);
  });

  test('the command line takes it down when no server runs', async () => {
    const data = copyFolder(whole);
    const revision = row(data);
    await cli(data, ['withdraw', given[8].receipt]);
    assert.deepEqual(left(data, given[8]), []);
    assert.equal(row(data), String(Number(revision) + 1));
    assert.equal(waiting(data), '0');
    dropFolder(data);
  });

  test('a publication on the command line first takes down what a crash left', async () => {
    const data = copyFolder(whole);
    const revision = row(data);
    const on = await startServer({ data });
    const release = await holdLock(data);
    await on.client().post('/api/withdraw', { receipt: given[8].receipt }, { expect: 200 });
    await endServer(on, 'SIGKILL');
    await release();
    await assert.rejects(cli(data, ['publish', String(project)]), /may be made from/);
    assert.deepEqual(left(data, given[8]), []);
    assert.equal(row(data), String(Number(revision) + 1));
    dropFolder(data);
  });

  test('a file that is not the one that was published is left alone until it is put back', async () => {
    const data = copyFolder(whole);
    const revision = row(data);
    const file = path.join(data, `editions/${project}-1.gpkg`);
    const published = readFileSync(file);
    writeFileSync(file, Buffer.concat([published, Buffer.alloc(4096)]));
    let on = await startServer({ data });
    await on.client().post('/api/withdraw', { receipt: given[8].receipt }, { expect: 200 });
    await until(() => ({ status: 0, text: on.log() }), ({ text }) => /asset_ended/.test(text), PATIENCE_MS);
    assert.deepEqual([row(data), waiting(data)], [revision, '1']);
    await endServer(on);
    writeFileSync(file, published);
    on = await startServer({ data });
    await checkGone([given[8]], revision, on);
    await endServer(on);
    dropFolder(data);
  });
});

test('what goes by age alone is not taken down', async () => {
  const revision = row();
  await admin.post(`/api/sessions/${session}/close`, undefined, { expect: 200 });
  age(server.data, [session], 91);
  await endServer(server);
  server = await startServer({ data: server.data });
  const inStore = () => ({ status: 0, text: sql(server.data, `SELECT count(*) FROM contribution WHERE session_id = ${session}`).trim() });
  await until(inStore, ({ text }) => text === '0', 30_000);
  await sleep(2500);
  assert.equal(waiting(), '0');
  assert.equal(row(), revision);
  const { features } = (await server.client().get(`/api/editions/${project}/${address(revision)}/assets`, { expect: 200 })).json;
  assert.deepEqual(features.map(({ properties }) => properties.title).sort(), given.slice(8).map(({ title }) => title).sort());
});
