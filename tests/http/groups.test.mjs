// SPDX-License-Identifier: AGPL-3.0-or-later
// The groups of a project: a participant says which are hers, and nobody else is told.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { holdSessions, publish, sql } from './campaign.mjs';
import { startServer } from './support.mjs';
import { BBOX, finish, makeCode, makeProject, makeSession, putMark, takeSeat } from './world.mjs';

let server, nadia, project, session, code;

const NEW = { id: 'new', label: { en: 'New in the city', fr: 'Nouvelle en ville' } };
const YOUNG = { id: 'young', label: { en: 'Under 25', fr: 'Moins de 25 ans' } };
const WOMEN = { id: 'women', label: { fr: 'Femmes' } };

before(async () => {
  server = await startServer();
  nadia = await server.staff('Nadia', 'facilitator');
  project = await makeProject(nadia);
  await setGroups([NEW, YOUNG]);
  session = await makeSession(nadia, project, { seat_limit: 100 });
  code = (await makeCode(nadia, session)).code;
});
after(() => server?.stop());

const edit = (over, options = { expect: 200 }) => nadia.put(`/api/projects/${project}`, { title: 'Quartier', bbox: BBOX, ...over }, options);
const setGroups = async (groups) => (await edit({ groups })).json.groups;
const hers = async (seat) => (await seat.get('/api/me', { expect: 200 })).json.groups;
const choose = (seat, groups, options = { expect: 200 }) => seat.put('/api/me/groups', { groups }, options);

test('a project is made without groups, or with up to three', async () => {
  const none = await nadia.post('/api/projects', { title: 'None', bbox: BBOX }, { expect: 201 });
  assert.deepEqual(none.json.groups, []);
  const three = await nadia.post('/api/projects', { title: 'Three', bbox: BBOX, groups: [NEW, YOUNG, WOMEN] }, { expect: 201 });
  assert.deepEqual(three.json.groups, [NEW, YOUNG, WOMEN]);
  assert.deepEqual((await nadia.get(`/api/projects/${three.json.id}`)).json, three.json);
  assert.deepEqual((await nadia.get('/api/projects')).json.items[0].groups, [NEW, YOUNG, WOMEN]);
});

test('an edit that does not speak of groups leaves them', async () => {
  assert.deepEqual((await edit({})).json.groups, [NEW, YOUNG]);
  assert.deepEqual((await nadia.get(`/api/projects/${project}`)).json.groups, [NEW, YOUNG]);
});

test('groups are checked like the texts of an exercise', async () => {
  const label = { en: 'Label' };
  for (const [groups, where] of [
    [[NEW, YOUNG, WOMEN, { id: 'four', label }], 'groups'],
    [{ new: label }, 'groups'],
    ['new', 'groups'],
    [[NEW, NEW], 'groups[1].id'],
    [[{ id: 'New', label }], 'groups[0].id'],
    [[{ id: 'x'.repeat(41), label }], 'groups[0].id'],
    [[{ label }], 'groups[0].id'],
    [[{ id: 'new' }], 'groups[0].label'],
    [[{ id: 'new', label: {} }], 'groups[0].label'],
    [[{ id: 'new', label: 'New' }], 'groups[0].label'],
    [[{ id: 'new', label: { en: '' } }], 'groups[0].label.en'],
    [[{ id: 'new', label: { en: 'two\nlines' } }], 'groups[0].label.en'],
    [[{ id: 'new', label: { en: 'x'.repeat(301) } }], 'groups[0].label.en'],
    [[{ id: 'new', label: { 'e n': 'New' } }], 'groups[0].label'],
    [[{ id: 'new', label, colour: '#ff0000' }], 'groups[0].colour'],
    [['new'], 'groups[0]'],
  ]) {
    const { error, json } = await edit({ groups }, { expect: 422 });
    assert.equal(error, 'BAD_FIELD', JSON.stringify(groups));
    assert.equal(json.where, where, JSON.stringify(groups));
  }
  assert.deepEqual((await nadia.get(`/api/projects/${project}`)).json.groups, [NEW, YOUNG]);
});

test('the package offers the groups of the project', async () => {
  const seat = await takeSeat(server, code);
  const { json } = await seat.get(`/api/sessions/${session}/package`, { expect: 200 });
  assert.deepEqual(json.session.groups, [NEW, YOUNG]);
});

test('a participant says which are hers, changes it, and takes it back', async () => {
  const seat = await takeSeat(server, code);
  assert.deepEqual(await hers(seat), []);
  assert.deepEqual((await choose(seat, ['young', 'new'])).json, {});
  assert.deepEqual(await hers(seat), ['new', 'young']);
  await choose(seat, ['young']);
  assert.deepEqual(await hers(seat), ['young']);
  await choose(seat, []);
  assert.deepEqual(await hers(seat), []);
});

test('a group that the project does not have is refused', async () => {
  const seat = await takeSeat(server, code);
  await choose(seat, ['new']);
  for (const [groups, where] of [
    [['new', 'women'], 'groups[1]'],
    [[''], 'groups[0]'],
    [[7], 'groups[0]'],
    [['x'.repeat(41)], 'groups[0]'],
    [['new', 'new'], 'groups'],
    [['a', 'b', 'c', 'd'], 'groups'],
    ['new', 'groups'],
    [undefined, 'groups'],
  ]) {
    const { error, json } = await choose(seat, groups, { expect: 422 });
    assert.equal(error, 'BAD_FIELD', JSON.stringify(groups));
    assert.equal(json.where, where, JSON.stringify(groups));
  }
  assert.deepEqual(await hers(seat), ['new']);
});

test('who waits at the door may say it too; who was removed, or after the end, may not', async () => {
  const other = await makeSession(nadia, project, { admit: 'by_hand' });
  const waiting = await takeSeat(server, (await makeCode(nadia, other)).code, { consent: null });
  await choose(waiting, ['new']);
  assert.deepEqual(await hers(waiting), ['new']);
  await nadia.post(`/api/sessions/${other}/close`, undefined, { expect: 200 });
  assert.equal((await choose(waiting, [], { expect: 409 })).error, 'SESSION_CLOSED');
  await nadia.post(`/api/sessions/${other}/reopen`, undefined, { expect: 200 });
  await nadia.put(`/api/sessions/${other}/participants/${waiting.id}`, { state: 'removed' }, { expect: 200 });
  assert.equal((await choose(waiting, [], { expect: 401 })).error, 'NOT_SIGNED_IN');
});

test('a group that goes from the project goes from what participants said', async () => {
  const seat = await takeSeat(server, code);
  await choose(seat, ['new', 'young']);
  await setGroups([YOUNG]);
  assert.deepEqual(await hers(seat), ['young']);
  assert.equal((await choose(seat, ['new'], { expect: 422 })).error, 'BAD_FIELD');
  await setGroups([NEW, YOUNG]);
});

test('the words that somebody said yes to are not exchanged under her', async () => {
  const { json } = await nadia.post('/api/projects', { title: 'Words', bbox: BBOX, groups: [NEW, YOUNG] }, { expect: 201 });
  const put = (groups, expect) => nadia.put(`/api/projects/${json.id}`, { title: 'Words', bbox: BBOX, groups }, { expect });
  const other = { id: 'new', label: { en: 'Undocumented', fr: 'Nouvelle en ville' } };
  await put([other, YOUNG], 200);
  await put([NEW, YOUNG], 200);
  const held = await makeSession(nadia, json.id);
  const seat = await takeSeat(server, (await makeCode(nadia, held)).code);
  await choose(seat, ['new']);
  for (const label of [other.label, { en: NEW.label.en }, { ...NEW.label, fr: 'Autre' }]) {
    const { error, json: refused } = await put([YOUNG, { id: 'new', label }], 422);
    assert.deepEqual([error, refused.where], ['BAD_FIELD', 'groups[1].label'], JSON.stringify(label));
    assert.match(refused.detail, /already said that they belong to it/);
  }
  assert.deepEqual((await nadia.get(`/api/projects/${json.id}`)).json.groups, [NEW, YOUNG]);
  await put([{ id: 'young', label: { en: 'Under 26' } }, { id: 'new', label: { ...NEW.label, nl: 'Nieuw in de stad' } }], 200);
  // taken away and brought back with other words, it begins without people
  await put([YOUNG], 200);
  await put([YOUNG, other], 200);
  assert.deepEqual(await hers(seat), []);
  assert.equal(sql(server.data, `SELECT own_groups FROM participant WHERE id = ${seat.id}`).trim(), '[]');
});

test('nobody else is told: not in a list, an event, an export, a contribution', async () => {
  const live = await nadia.listen(`/api/sessions/${session}/events`);
  const seat = await takeSeat(server, code);
  await choose(seat, ['young']);
  const id = await putMark(seat, session);
  const heard = await live.next('contribution', (data) => data.id === id, 2000);
  const others = JSON.stringify(live.events);
  live.close();
  const places = [
    `/api/sessions/${session}/participants?limit=1000`,
    `/api/sessions/${session}/contributions?limit=1000`,
    `/api/sessions/${session}/contributions/${id}`,
    `/api/sessions/${session}/export?format=geojson`,
    `/api/sessions/${session}/export?format=csv`,
    `/api/sessions/${session}`,
    `/api/sessions/${session}/counts`,
  ];
  for (const place of places) {
    const { text } = await nadia.get(place, { expect: 200 });
    assert.ok(text.length > 2 && !/young|groups/.test(text), place);
  }
  assert.ok(!/young|groups/.test(JSON.stringify(heard) + others));
  assert.ok(!/young|groups/.test((await seat.get(`/api/sessions/${session}/contributions/${id}`)).text));
});

test('looking ahead at an edition tells nothing of groups, however often: who hides somebody and looks again learns nothing', async () => {
  const { json } = await nadia.post('/api/projects', { title: 'Looked at', bbox: BBOX, groups: [NEW] }, { expect: 201 });
  await holdSessions(server, nadia, json.id, { sessions: 5, people: 25, seed: 4, spread: 0.004 });
  const belong = (groups) =>
    sql(server.data, `UPDATE participant SET own_groups = '${groups}' WHERE session_id IN (SELECT id FROM session WHERE project_id = ${json.id})`);
  const look = async () => {
    const { json: begun } = await nadia.post(`/api/projects/${json.id}/publication/preview`, undefined, { expect: 202 });
    return (await finish(nadia, begun.job)).report;
  };
  const before = await look();
  assert.ok(before.exercises[0].leaves > 0);
  belong('["new"]');
  assert.deepEqual(await look(), before);
  const { state, report } = await publish(nadia, json.id);
  assert.equal(state, 'done', JSON.stringify(report));
  const { json: edition } = await nadia.get(`/api/editions/${json.id}/1`, { expect: 200 });
  assert.ok(edition.slices.find(({ id }) => id === 'safety-map.group.new').leaves > 0, 'the edition itself tells groups apart');
});
