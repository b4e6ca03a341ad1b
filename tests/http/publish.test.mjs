// SPDX-License-Identifier: AGPL-3.0-or-later
// Publishing as leads do it: what is missing, preview, edition, takedown, the next edition, an exercise's end.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { cli, startServer } from './support.mjs';
import { finish, makeCode, makeOverlay, makeProject, makeSession, putMark, takeSeat, templateId } from './world.mjs';
import { age, dayAgo, holdSessions, publish, sql } from './campaign.mjs';

let server, admin;
before(async () => {
  server = await startServer();
  admin = await server.staff('admin', 'administrator');
});
after(() => server?.stop());

const standing = async (project) => (await admin.get(`/api/projects/${project}/publication`, { expect: 200 })).json;
const audited = (action) => Number(sql(server.data, `SELECT count(*) FROM staff_audit WHERE action = '${action}'`));
const leavesOf = async (project, edition, slice) =>
  (await server.client().get(`/api/editions/${project}/${edition}/slices/${slice}`, { expect: 200 })).json.features;

async function preview(project) {
  const { json } = await admin.post(`/api/projects/${project}/publication/preview`, undefined, { expect: 202 });
  const job = await finish(admin, json.job);
  assert.equal(job.state, 'done', JSON.stringify(job));
  return job.report;
}

/** Says that a project's editions were published so many days earlier than they were. */
const ageEditions = (project, days) =>
  sql(server.data, `UPDATE edition SET published_on = date(published_on, '-${days} days') WHERE project_id = ${project}`);

describe('before there is enough', () => {
  let project;
  before(async () => {
    project = await makeProject(admin, 'Little');
  });

  test('a project without closed sessions is told so', async () => {
    const { error } = await admin.post(`/api/projects/${project}/editions`, { overlays: [] }, { expect: 409 });
    assert.equal(error, 'TOO_FEW');
    assert.deepEqual((await standing(project)).next, { may: false, from: null, why: ['nothing_closed'] });
  });

  test('one session of twelve: so many people and sessions are missing', async () => {
    const [session] = await holdSessions(server, admin, project, { sessions: 1, people: 12 });
    const [exercise] = (await standing(project)).exercises;
    assert.deepEqual(exercise.missing, { sessions: 1, people: 8, days: 0 });
    assert.deepEqual(exercise.attendances, { counted: 12, new: 12, needed: 20 });
    assert.equal(exercise.outcome, 'nothing');
    const { error, json } = await admin.post(`/api/projects/${project}/editions`, { overlays: [] }, { expect: 409 });
    assert.equal(error, 'TOO_FEW');
    assert.match(json.detail, /8 more people and 1 more sessions/);
    assert.deepEqual((await preview(project)).why, ['too_few_new']);
    age(server.data, [session], 3);
    const [waiting] = (await standing(project)).exercises;
    assert.deepEqual(waiting.sessions, { open: 0, waiting: 1, counted: 0, at_once: 0 });
    assert.equal(waiting.missing.days, 5, 'the day after the seventh is the first whole one');
  });

  test('how many of the counted sessions let people in unseen is told', async () => {
    const other = await makeProject(admin, 'Doors');
    const [first] = await holdSessions(server, admin, other, { sessions: 3, people: 4, seed: 70 });
    const sessions = async () => (await standing(other)).exercises[0].sessions;
    assert.deepEqual(await sessions(), { open: 0, waiting: 0, counted: 3, at_once: 3 });
    sql(server.data, `UPDATE session SET admit = 'by_hand' WHERE id = ${first}`);
    assert.deepEqual(await sessions(), { open: 0, waiting: 0, counted: 3, at_once: 2 });
  });

  test('contributions without a person, without consent or without approval are left out and counted', async () => {
    const other = await makeProject(admin, 'Left out');
    const [session] = await holdSessions(server, admin, other, { sessions: 1, people: 10, marks: 2 });
    const of = (n) => `(SELECT id FROM contribution WHERE session_id = ${session} ORDER BY id LIMIT 1 OFFSET ${n})`;
    sql(server.data, `UPDATE contribution SET participant_id = NULL WHERE id = ${of(0)}`);
    sql(server.data, `UPDATE participant SET consent = '{"room":true}' WHERE id = (SELECT participant_id FROM contribution WHERE id = ${of(3)})`);
    sql(server.data, `UPDATE contribution SET state = 'hidden' WHERE id = (SELECT max(id) FROM contribution WHERE session_id = ${session} AND participant_id <> (SELECT participant_id FROM contribution WHERE id = ${of(3)}))`);
    const [exercise] = (await standing(other)).exercises;
    assert.equal(exercise.left_out.no_author, 1);
    assert.ok(exercise.left_out.no_consent >= 1);
    assert.equal(exercise.left_out.not_approved, 1);
    assert.equal(exercise.attendances.counted, 9);
  });
});

describe('a first edition', () => {
  let project, overlay, edition;
  before(async () => {
    project = await makeProject(admin, 'Town');
    await holdSessions(server, admin, project, { sessions: 6, people: 25, seed: 3 });
    overlay = await makeOverlay({ facilitator: admin, project });
  });

  test('a preview says how much would be shown, and publishes nothing', async () => {
    const { exercises, why } = await preview(project);
    assert.deepEqual(why, []);
    assert.equal(exercises[0].outcome, 'new');
    assert.ok(exercises[0].coverage > 0.2 && exercises[0].coverage <= 1, `coverage ${exercises[0].coverage}`);
    assert.equal(exercises[0].slices[0].id, 'safety-map.all');
    assert.ok(exercises[0].slices[0].shown > 0);
    assert.deepEqual(readdirSync(path.join(server.data, 'editions')).filter((name) => name.includes('gpkg')), []);
    assert.ok(!existsSync(path.join(server.data, `keys/exercise-${project}-safety-map.key`)));
    assert.deepEqual(await preview(project), { exercises, why }, 'asked again, it says the same');
  });

  test('whoever asks for many previews at once gets one, and others need not wait for her', async () => {
    const asked = await Promise.all(
      Array.from({ length: 100 }, () => admin.post(`/api/projects/${project}/publication/preview`, undefined, { expect: 202 })),
    );
    const jobs = new Set(asked.map(({ json }) => json.job));
    assert.ok(jobs.size < 50, `${jobs.size} jobs`);
    for (const job of jobs) assert.equal((await finish(admin, job)).state, 'done');
  });

  test('an overlay of another project, or one that is named twice, is refused', async () => {
    const stranger = await makeOverlay({ facilitator: admin, project: await makeProject(admin, 'Elsewhere') });
    for (const overlays of [[stranger], [overlay, overlay], [999_999], ['1'], 'all'])
      await admin.post(`/api/projects/${project}/editions`, { overlays }, { expect: 422 });
    await admin.post(`/api/projects/${project}/editions`, {}, { expect: 422 });
  });

  test('two at once: one is made, the other is told of it', async () => {
    const both = await Promise.all([1, 2].map(() => admin.post(`/api/projects/${project}/editions`, { overlays: [overlay] })));
    const made = both.filter(({ status }) => status === 202);
    assert.ok(made.length >= 1);
    const jobs = await Promise.all(made.map(({ json }) => finish(admin, json.job)));
    assert.equal(jobs.filter(({ state }) => state === 'done').length, 1, JSON.stringify([jobs, both.map(({ text }) => text)]));
    for (const { error } of both.filter(({ status }) => status !== 202)) assert.equal(error, 'CONFLICT');
    edition = jobs.find(({ state }) => state === 'done').report;
    assert.equal(edition.edition, 1);
    assert.ok(edition.leaves > 5);
    assert.equal(audited('edition.publish'), 1);
  });

  test('the file stands in editions/, alone, and planners see it', async () => {
    assert.deepEqual(readdirSync(path.join(server.data, 'editions')).filter((name) => name.includes('gpkg')), [`${project}-1.gpkg`]);
    const { json } = await server.client().get('/api/editions', { expect: 200 });
    assert.equal(json.items.filter((one) => one.project === project).length, 1);
    const { json: shown } = await server.client().get(`/api/editions/${project}/1`, { expect: 200 });
    assert.equal(shown.exercises[0].attendances, 150);
    assert.equal(shown.exercises[0].sessions, 5, 'rounded to 5');
    assert.equal(shown.overlays.length, 1);
    const [leaf] = await leavesOf(project, '1', 'safety-map.all');
    assert.equal(leaf.properties.value % 5, 0);
    const { editions } = await standing(project);
    assert.equal(editions[0].published_on, dayAgo(0));
    assert.ok(editions[0].there);
    assert.ok(editions[0].slices.some(({ id }) => id === 'safety-map.category.unsafe'));
  });

  test('its key is 32 bytes that nobody else may read, and is not in the database', () => {
    const file = path.join(server.data, `keys/exercise-${project}-safety-map.key`);
    const key = readFileSync(file);
    assert.equal(key.length, 32);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    for (const name of ['repere.sqlite', 'repere.sqlite-wal'])
      assert.equal(readFileSync(path.join(server.data, name)).indexOf(key), -1, name);
  });

  test('another one at once comes too early, and the answer says from when on', async () => {
    const { next } = await standing(project);
    assert.deepEqual(next.why, ['too_early', 'too_few_new']);
    assert.ok(next.from >= dayAgo(-28) && next.from <= dayAgo(-35), next.from);
    const { error, json } = await admin.post(`/api/projects/${project}/editions`, { overlays: [] }, { expect: 409 });
    assert.equal(error, 'TOO_EARLY');
    assert.match(json.detail, new RegExp(next.from));
    assert.equal((await standing(project)).next.from, next.from, 'the drawn delay is the same when asked again');
  });

  test('a slice that is taken down is gone at once: the old address knows nothing, the new one goes without', async () => {
    const before = await leavesOf(project, '1', 'safety-map.category.unsafe');
    assert.ok(before.length > 0);
    const { json } = await admin.post(`/api/projects/${project}/editions/1/takedown`, { slice: 'safety-map.category.unsafe' }, { expect: 200 });
    assert.equal(json.revision, 2);
    await server.client().get(`/api/editions/${project}/1`, { expect: 404 });
    await server.client().get(`/api/editions/${project}/1/slices/safety-map.category.unsafe`, { expect: 404 });
    const { json: shown } = await server.client().get(`/api/editions/${project}/1.1`, { expect: 200 });
    assert.deepEqual(shown.taken_down, ['safety-map.category.unsafe']);
    assert.ok(!shown.slices.some(({ id }) => id === 'safety-map.category.unsafe'));
    await server.client().get(`/api/editions/${project}/1.1/slices/safety-map.category.unsafe`, { expect: 400 });
    assert.equal(audited('edition.takedown'), 1);
    assert.deepEqual((await standing(project)).editions[0].taken_down, ['safety-map.category.unsafe']);
  });

  test('what an edition does not hold cannot be taken down', async () => {
    const takedown = (body, expect) => admin.post(`/api/projects/${project}/editions/1/takedown`, body, { expect });
    await takedown({ slice: 'safety-map.category.unsafe' }, 404);
    await takedown({ finding: 1 }, 404);
    await takedown({ asset: 1 }, 404);
    await takedown({}, 422);
    await takedown({ slice: 'safety-map.all', finding: 1 }, 422);
    await admin.post(`/api/projects/${project}/editions/7/takedown`, { finding: 1 }, { expect: 404 });
  });
});

describe('the editions after it', () => {
  let project, first;
  before(async () => {
    project = await makeProject(admin, 'Later');
    await holdSessions(server, admin, project, { sessions: 5, people: 25, seed: 5, days: 90, spread: 0.006 });
    const job = await publish(admin, project);
    assert.equal(job.state, 'done', JSON.stringify(job));
    first = await leavesOf(project, '1', 'safety-map.all');
    ageEditions(project, 40);
  });

  test('twenty days on, with few new people, it is their number that is missing', async () => {
    await holdSessions(server, admin, project, { sessions: 1, people: 12, seed: 6, days: 10, middle: [4.42, 50.88] });
    const { next, exercises } = await standing(project);
    assert.deepEqual(next.why, ['too_few_new']);
    assert.deepEqual(exercises[0].attendances, { counted: 137, new: 12, needed: 32 }, 'a quarter of 125, rounded up');
    assert.equal(exercises[0].outcome, 'carried');
    const { error } = await admin.post(`/api/projects/${project}/editions`, { overlays: [] }, { expect: 409 });
    assert.equal(error, 'TOO_FEW');
  });

  test('a leaf on whose ground fewer than k people came or went keeps its value', async () => {
    // five come from the same streets, the others from another part of the town
    await holdSessions(server, admin, project, { sessions: 1, people: 5, seed: 8, days: 10, spread: 0.006 });
    await holdSessions(server, admin, project, { sessions: 2, people: 20, seed: 7, days: 10, middle: [4.42, 50.88], spread: 0.006 });
    const job = await publish(admin, project);
    assert.equal(job.state, 'done', JSON.stringify(job));
    const second = await leavesOf(project, '2', 'safety-map.all');
    const words = (leaves) => leaves.map(({ geometry, properties }) => JSON.stringify([geometry, properties.value]));
    const now = new Set(words(second));
    assert.ok(first.length > 3 && second.length > first.length, `${first.length} leaves, then ${second.length}`);
    assert.deepEqual(words(first).filter((leaf) => !now.has(leaf)), []);
  });

  test('only the latest edition keeps who was in its leaves', () => {
    const kept = sql(server.data, `SELECT DISTINCT number FROM edition_leaf JOIN edition ON edition.id = edition_id WHERE project_id = ${project}`);
    assert.equal(kept.trim(), '2');
  });

  test('a leaf whose people withdrew below k disappears at the next edition', async () => {
    ageEditions(project, 40);
    const leaf = sql(server.data, `SELECT l.id FROM edition_leaf AS l JOIN edition AS e ON e.id = l.edition_id WHERE e.project_id = ${project} AND slice = 'safety-map.all' ORDER BY value LIMIT 1`).trim();
    const [column, row, cells] = sql(server.data, `SELECT top_column, top_row, hex(cells) FROM edition_leaf WHERE id = ${leaf}`).trim().split('|');
    sql(server.data, `PRAGMA foreign_keys = ON; UPDATE contribution SET participant_id = NULL, state = 'hidden' WHERE participant_id IN (SELECT p.id FROM participant AS p JOIN edition_member AS m ON m.contributor = p.contributor WHERE m.leaf_id = ${leaf}); DELETE FROM participant WHERE contributor IN (SELECT contributor FROM edition_member WHERE leaf_id = ${leaf})`);
    assert.equal(sql(server.data, `SELECT count(*) FROM edition_member WHERE leaf_id = ${leaf}`).trim(), '0', 'nothing of them is left but a number');
    assert.ok(Number(sql(server.data, `SELECT gone FROM edition_leaf WHERE id = ${leaf}`)) >= 10);
    await holdSessions(server, admin, project, { sessions: 3, people: 20, seed: 9, days: 10, spread: 0.05 });
    const job = await publish(admin, project);
    assert.equal(job.state, 'done', JSON.stringify(job));
    const still = sql(server.data, `SELECT count(*) FROM edition_leaf AS l JOIN edition AS e ON e.id = l.edition_id WHERE e.project_id = ${project} AND slice = 'safety-map.all' AND top_column = ${column} AND top_row = ${row} AND hex(cells) = '${cells}' AND (SELECT count(*) FROM edition_member AS m WHERE m.leaf_id = l.id) < 10`);
    assert.equal(still.trim(), '0');
  });

  test('people of an edition before the last are no new ones: who opens a session for the time of an edition gains nothing', async () => {
    const other = await makeProject(admin, 'Opened again');
    const held = await holdSessions(server, admin, other, { sessions: 3, people: 20, seed: 40, spread: 0.004 });
    assert.equal((await publish(admin, other)).state, 'done');
    sql(server.data, `UPDATE edition SET published_on = date(published_on, '-40 days') WHERE project_id = ${other}`);
    for (const session of held.slice(1)) await admin.post(`/api/sessions/${session}/reopen`, undefined, { expect: 200 });
    await holdSessions(server, admin, other, { sessions: 1, people: 20, seed: 41, days: 20, spread: 0.004 });
    assert.equal((await publish(admin, other)).state, 'done');
    for (const session of held.slice(1)) await admin.post(`/api/sessions/${session}/close`, undefined, { expect: 200 });
    age(server.data, held.slice(1), 10);
    const [exercise] = (await standing(other)).exercises;
    assert.deepEqual([exercise.attendances.counted, exercise.attendances.new, exercise.outcome], [80, 0, 'carried']);
  });

  test('a project keeps the grid of its editions: its box moves, but not to where another grid is', async () => {
    const put = (bbox, expect) => admin.put(`/api/projects/${project}`, { title: 'Town', bbox }, { expect });
    const { json } = await put([4.35, -60, 4.45, 51], 422);
    assert.equal(json.where, 'bbox');
    await put([4.2, 50.7, 4.5, 50.95], 200);
    const none = await makeProject(admin, 'Nothing published');
    await admin.put(`/api/projects/${none}`, { title: 'Far', bbox: [-71, -34, -70, -33] }, { expect: 200 });
  });

  test('six in a year are the most', async () => {
    sql(server.data, `INSERT INTO edition (project_id, number, published_on, file_hash) SELECT ${project}, 10 + value, date('now', '-' || (300 - 40 * value) || ' days'), zeroblob(32) FROM generate_series(1, 6)`);
    const { next } = await standing(project);
    assert.ok(next.why.includes('too_many_this_year'), JSON.stringify(next));
    assert.equal(next.from, dayAgo(260 - 365));
  });
});

describe('an exercise with few new people beside one with many', () => {
  let project;
  before(async () => {
    project = await makeProject(admin, 'Two exercises');
    await holdSessions(server, admin, project, { sessions: 4, people: 25, seed: 11, days: 90 });
    assert.equal((await publish(admin, project)).state, 'done');
    await admin.post(`/api/projects/${project}/editions/1/takedown`, { slice: 'safety-map.time.night' }, { expect: 200 });
    ageEditions(project, 40);
    const [copy] = await holdSessions(server, admin, project, { sessions: 1, people: 5, seed: 12, days: 20 });
    assert.ok(copy);
    // the same questions under another name
    const list = (await admin.get(`/api/exercises`)).json.items.find(({ key }) => key === 'safety-map');
    const { document } = (await admin.get(`/api/exercises/${list.id}`)).json;
    const { json } = await admin.post(`/api/projects/${project}/exercises`, { document: { ...document, id: 'safety-again' } }, { expect: 201 });
    const held = await holdSessions(server, admin, project, { sessions: 3, people: 20, seed: 13, days: 20 });
    sql(server.data, `UPDATE session SET exercise_id = ${json.id} WHERE id IN (${held.join()})`);
  });

  test('the one is computed, the other carried over as it was, without what was taken down', async () => {
    const { exercises } = await standing(project);
    assert.deepEqual(exercises.map(({ key, outcome }) => [key, outcome]), [['safety-map', 'carried'], ['safety-again', 'new']]);
    const before = await leavesOf(project, '1.1', 'safety-map.all');
    const job = await publish(admin, project);
    assert.equal(job.state, 'done', JSON.stringify(job));
    assert.deepEqual(await leavesOf(project, '2', 'safety-map.all'), before);
    const { json } = await server.client().get(`/api/editions/${project}/2`, { expect: 200 });
    assert.deepEqual(json.exercises.map(({ key, since }) => [key, since]), [['safety-map', 1], ['safety-again', 2]]);
    assert.ok(!json.slices.some(({ id }) => id === 'safety-map.time.night'));
    assert.ok(json.slices.some(({ id }) => id === 'safety-again.time.night'));
  });

  test('a key that is missing is never made anew, and the doctor names it', async () => {
    ageEditions(project, 40);
    const held = await holdSessions(server, admin, project, { sessions: 2, people: 30, seed: 14, days: 10 });
    assert.equal(held.length, 2);
    const key = path.join(server.data, `keys/exercise-${project}-safety-map.key`);
    renameSync(key, `${key}.away`);
    const { error, json } = await admin.post(`/api/projects/${project}/editions`, { overlays: [] }, { expect: 409 });
    assert.equal(error, 'CONFLICT');
    assert.match(json.detail, /averaged/);
    assert.equal(json.where, `keys/exercise-${project}-safety-map.key`);
    const doctor = await cli(server.data, ['doctor']).catch(({ stdout }) => stdout);
    assert.match(doctor, new RegExp(`BAD +keys/exercise-${project}-safety-map.key: is missing`));
    assert.ok(!existsSync(key));
    renameSync(`${key}.away`, key);
  });

  test('an exercise that ended has no key and no leaves any more, and is in no further edition', async () => {
    await admin.post(`/api/projects/${project}/exercises/nothing/end`, undefined, { expect: 404 });
    await admin.post(`/api/projects/${project}/exercises/safety-map/end`, undefined, { expect: 200 });
    assert.ok(!existsSync(path.join(server.data, `keys/exercise-${project}-safety-map.key`)));
    const left = sql(server.data, `SELECT count(*) FROM edition_leaf AS l JOIN edition AS e ON e.id = l.edition_id WHERE project_id = ${project} AND slice LIKE 'safety-map.%'`);
    assert.equal(left.trim(), '0');
    const [ended] = (await standing(project)).exercises;
    assert.deepEqual([ended.ended, ended.outcome], [true, 'nothing']);
    assert.equal(audited('exercise.end'), 1);
    const { json } = await server.client().get(`/api/editions/${project}/2`, { expect: 200 });
    assert.ok(json.slices.some(({ id }) => id === 'safety-map.all'), 'what was published stays');
    const doctor = await cli(server.data, ['doctor']).catch(({ stdout }) => stdout);
    assert.doesNotMatch(doctor, /exercise-\d+-safety-map.key: is missing/);
  });
});

describe('what people wrote and gave', () => {
  let project, finding, asset;
  const CHOIR = { level: 'association', offer: ['music'], open_to: ['all'], shareable: 'public' };

  before(async () => {
    project = await makeProject(admin, 'Authored');
    const held = await holdSessions(server, admin, project, { sessions: 3, people: 20, seed: 30 });
    const assets = await makeSession(admin, project, { exercise: await templateId(admin, 'asset-map') });
    const seat = await takeSeat(server, (await makeCode(admin, assets)).code);
    const mark = await putMark(seat, assets, { geometry: { type: 'Point', coordinates: [4.3721345, 50.8391234] }, answers: CHOIR });
    await putMark(seat, assets, { geometry: { type: 'Point', coordinates: [4.3712, 50.8312] }, answers: { ...CHOIR, shareable: 'group' } });
    asset = (await admin.put(`/api/sessions/${assets}/contributions/${mark}/shared`, { title: 'A choir' }, { expect: 200 })).json.id;
    const word = async (statement, state) => {
      const body = { geometry: { type: 'Point', coordinates: [4.36, 50.84] }, statement, who: 'city', urgency: 'red', language: 'en' };
      const { json } = await admin.post(`/api/sessions/${held[0]}/findings`, body, { expect: 201 });
      if (state) await admin.put(`/api/findings/${json.id}/state`, { state }, { expect: 200 });
      return json.id;
    };
    finding = await word('The underpass is dark', 'agreed');
    await word('Not read back yet');
    await word('Withdrawn', 'withdrawn');
  });

  test('agreed findings and approved assets are published, drafts and what was given to the group are not', async () => {
    const { findings, assets } = await standing(project);
    assert.deepEqual([findings, assets], [{ agreed: 1, draft: 1 }, { approved: 1, candidates: 1 }]);
    const job = await publish(admin, project);
    assert.equal(job.state, 'done', JSON.stringify(job));
    const planner = server.client();
    const told = (await planner.get(`/api/editions/${project}/1/findings`, { expect: 200 })).json.features;
    assert.deepEqual(told.map(({ properties }) => properties.statement), ['The underpass is dark']);
    const given = (await planner.get(`/api/editions/${project}/1/assets`, { expect: 200 })).json.features;
    assert.deepEqual(given.map(({ properties }) => properties.title), ['A choir']);
    assert.equal(given[0].properties.category, 'association');
    const { editions } = await standing(project);
    assert.deepEqual(editions[0].findings, [{ id: finding, statement: 'The underpass is dark' }]);
    assert.deepEqual(editions[0].assets, [{ id: asset, title: 'A choir' }]);
  });

  test('each can be taken down by itself', async () => {
    const takedown = (body, revision) =>
      admin.post(`/api/projects/${project}/editions/1/takedown`, body, { expect: 200 }).then(({ json }) => assert.equal(json.revision, revision));
    await takedown({ finding }, 2);
    await takedown({ asset }, 3);
    const planner = server.client();
    for (const gone of ['1', '1.1']) await planner.get(`/api/editions/${project}/${gone}`, { expect: 404 });
    const { json } = await planner.get(`/api/editions/${project}/1.2`, { expect: 200 });
    assert.deepEqual(json.taken_down, [`finding ${finding}`, `asset ${asset}`]);
    assert.deepEqual([json.findings, json.assets], [0, 0]);
    const file = readFileSync(path.join(server.data, `editions/${project}-1.gpkg`));
    assert.equal(file.indexOf('underpass'), -1, 'its words are in no byte of the file');
    assert.equal(file.indexOf('A choir'), -1);
  });

  test('without the slice of all, no shares are told', async () => {
    await admin.post(`/api/projects/${project}/editions/1/takedown`, { slice: 'safety-map.all' }, { expect: 200 });
    const leaves = await leavesOf(project, '1.3', 'safety-map.category.unsafe');
    assert.ok(leaves.every(({ properties }) => properties.share === null));
  });
});

test('administrators alone raise the floor, and never below the profile', async () => {
  const project = await makeProject(admin, 'High');
  await holdSessions(server, admin, project, { sessions: 2, people: 10, seed: 20 });
  await admin.put(`/api/projects/${project}/publication`, { floor: 15 }, { expect: 200 });
  const raised = await standing(project);
  assert.equal(raised.floor, 15);
  assert.equal(raised.exercises[0].profile.floor, 15);
  await admin.put(`/api/projects/${project}/publication`, { floor: 3 }, { expect: 422 });
  await admin.put(`/api/projects/${project}/publication`, {}, { expect: 422 });
  await admin.put(`/api/projects/${project}/publication`, { floor: 7 }, { expect: 200 });
  assert.equal((await standing(project)).exercises[0].profile.floor, 10, 'a lower one is passed over');
  assert.equal(audited('publication.floor'), 2);
});
