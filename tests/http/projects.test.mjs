// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './support.mjs';
import { BBOX, makeProject } from './world.mjs';

let server, administrator, nadia, other;

before(async () => {
  server = await startServer();
  administrator = await server.staff('admin', 'administrator');
  nadia = await server.staff('Nadia', 'facilitator');
  other = await server.staff('Otto', 'facilitator');
});
after(() => server?.stop());

test('a project is made, read, changed and listed', async () => {
  const made = await nadia.post('/api/projects', { title: 'Été', bbox: BBOX }, { expect: 201 });
  const { id } = made.json;
  assert.deepEqual(made.json.bbox, BBOX);
  assert.deepEqual(made.json.base_maps, []);
  assert.equal(made.json.sessions, 0);
  assert.ok(Math.abs(Date.parse(made.json.created) - Date.now()) < 60_000);
  assert.deepEqual((await nadia.get(`/api/projects/${id}`, { expect: 200 })).json, made.json);
  const changed = { title: 'Hiver', bbox: [4, 50, 5, 51], base_maps: ['north-2026', 'town'] };
  const edited = await nadia.put(`/api/projects/${id}`, changed, { expect: 200 });
  assert.deepEqual(edited.json, { ...made.json, ...changed });
  const list = await nadia.get('/api/projects', { expect: 200 });
  assert.deepEqual(list.json.items[0], edited.json);
});

test('a list shows the newest first and pages by its cursor', async () => {
  const ids = [];
  for (let i = 0; i < 5; i++) ids.unshift(await makeProject(other, `page ${i}`));
  const seen = [];
  let next = null;
  do {
    const { json } = await other.get(`/api/projects?limit=2${next ? `&cursor=${next}` : ''}`, { expect: 200 });
    assert.ok(json.items.length <= 2);
    seen.push(...json.items.map(({ id }) => id));
    next = json.next;
  } while (next);
  assert.deepEqual(seen, ids);
});

test("another's project does not exist", async () => {
  const id = await makeProject(nadia);
  const body = { title: 'Mine', bbox: BBOX };
  for (const reply of [
    await other.get(`/api/projects/${id}`),
    await other.put(`/api/projects/${id}`, body),
    await other.get(`/api/projects/${id}/staff`),
    await other.post(`/api/projects/${id}/staff`, { name: 'Otto' }),
    await other.get('/api/projects/999999999'),
  ]) {
    assert.equal(reply.status, 404);
    assert.equal(reply.error, 'NOT_FOUND');
  }
  const { json } = await other.get('/api/projects');
  assert.ok(json.items.every((project) => project.id !== id));
});

test('an administrator sees and changes every project', async () => {
  const id = await makeProject(nadia);
  await administrator.get(`/api/projects/${id}`, { expect: 200 });
  await administrator.put(`/api/projects/${id}`, { title: 'Seen', bbox: BBOX }, { expect: 200 });
  const { json } = await administrator.get('/api/projects?limit=1000', { expect: 200 });
  assert.ok(json.items.some((project) => project.id === id));
  await administrator.get('/api/projects/999999999', { expect: 404 });
});

test('who is put on a project sees it, and no longer when taken off', async () => {
  const id = await makeProject(nadia);
  const added = await nadia.post(`/api/projects/${id}/staff`, { name: 'otto' }, { expect: 200 });
  assert.deepEqual(added.json.items.map(({ name }) => name), ['Nadia', 'Otto']);
  await nadia.post(`/api/projects/${id}/staff`, { name: 'Otto' }, { expect: 200 }); // twice is once
  await other.get(`/api/projects/${id}`, { expect: 200 });
  const { json } = await other.get(`/api/projects/${id}/staff`, { expect: 200 });
  const otto = json.items.find(({ name }) => name === 'Otto');
  assert.equal(otto.role, 'facilitator');
  await nadia.delete(`/api/projects/${id}/staff/${otto.id}`, { expect: 200 });
  await nadia.delete(`/api/projects/${id}/staff/${otto.id}`, { expect: 404 });
  await other.get(`/api/projects/${id}`, { expect: 404 });
});

test('a name that is nobody is told so', async () => {
  const id = await makeProject(nadia);
  const { json } = await nadia.post(`/api/projects/${id}/staff`, { name: 'Nemo' }, { expect: 422 });
  assert.equal(json.where, 'name');
});

test('what a project cannot be is named', async () => {
  const cases = [
    [{ bbox: BBOX }, 'title'],
    [{ title: '', bbox: BBOX }, 'title'],
    [{ title: 'x'.repeat(201), bbox: BBOX }, 'title'],
    [{ title: 'A' }, 'bbox'],
    [{ title: 'A', bbox: [1, 2, 3] }, 'bbox'],
    [{ title: 'A', bbox: [4, 51, 5, 50] }, 'bbox'],
    [{ title: 'A', bbox: [4, 50, 500, 51] }, 'bbox'],
    [{ title: 'A', bbox: BBOX, base_maps: 'town' }, 'base_maps'],
    [{ title: 'A', bbox: BBOX, base_maps: ['town', '../town'] }, 'base_maps[1]'],
    [{ title: 'A', bbox: BBOX, base_maps: ['town', 'town'] }, 'base_maps[1]'],
    [{ title: 'A', bbox: BBOX, base_map: 'town' }, 'base_map'],
    [{ title: 'A', bbox: BBOX, owner: 'Otto' }, 'owner'],
  ];
  for (const [body, where] of cases) {
    const { json, error } = await nadia.post('/api/projects', body, { expect: 422 });
    assert.equal(error, 'BAD_FIELD');
    assert.equal(json.where, where);
  }
});

test('a box across the antimeridian is a box', async () => {
  const bbox = [178, -20, -178, -16];
  const { json } = await nadia.post('/api/projects', { title: 'Fiji', bbox }, { expect: 201 });
  assert.deepEqual(json.bbox, bbox);
});

test('parameters that are unknown or malformed are named', async () => {
  for (const query of ['limit=0', 'limit=1001', 'limit=x', 'cursor=-1', 'page=2', 'limit=1&limit=2']) {
    const { error, json } = await nadia.get(`/api/projects?${query}`, { expect: 400 });
    assert.equal(error, 'BAD_PARAMETER');
    assert.ok(query.startsWith(json.where), json.where);
  }
  await nadia.get('/api/projects/x', { expect: 400 });
});
