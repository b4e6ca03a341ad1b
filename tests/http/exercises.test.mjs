// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { startServer } from './support.mjs';
import { makeProject, templateId } from './world.mjs';

const text = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const small = () => JSON.parse(text('tests/fixtures/exercises/small.json'));

let server, nadia, otto, rim, project;

before(async () => {
  server = await startServer();
  nadia = await server.staff('Nadia', 'facilitator');
  otto = await server.staff('Otto', 'facilitator');
  rim = await server.staff('Rim', 'researcher');
  project = await makeProject(nadia);
  await nadia.post(`/api/projects/${project}/staff`, { name: 'Rim' }, { expect: 200 });
});
after(() => server.stop());

test('a fresh server has the five templates', async () => {
  const { json } = await rim.get('/api/exercises', { expect: 200 });
  const keys = json.items.map(({ key }) => key).sort();
  assert.deepEqual(keys, ['asset-map', 'city-services', 'exploratory-walk', 'problem-tree', 'safety-map']);
  assert.ok(json.items.every((item) => item.project === null && item.title.en && item.title.fr && !item.document));
  assert.equal(json.next, null);
});

test('a template comes with the document it is made of', async () => {
  const { json } = await rim.get(`/api/exercises/${await templateId(rim)}`, { expect: 200 });
  assert.deepEqual(json.document, JSON.parse(text('examples/exercises/safety-map.json')));
});

test('a copy of a template is edited in a project; the versions before stay', async () => {
  const template = await nadia.get(`/api/exercises/${await templateId(nadia)}`);
  const { document } = template.json;
  Object.assign(document.title, { en: 'Our safety map', fr: 'Notre carte' });
  const first = await nadia.post(`/api/projects/${project}/exercises`, { document }, { expect: 201 });
  assert.equal(first.json.version, 1);
  assert.equal(first.json.project, project);
  assert.deepEqual(first.json.document, { ...document, version: 1 });
  document.precision_m = 100;
  const second = await nadia.post(`/api/projects/${project}/exercises`, { document }, { expect: 201 });
  assert.equal(second.json.version, 2);
  assert.equal(second.json.document.version, 2);
  const again = await nadia.post(`/api/projects/${project}/exercises`, { document }, { expect: 200 });
  assert.equal(again.json.id, second.json.id);
  const old = await nadia.get(`/api/exercises/${first.json.id}`, { expect: 200 });
  assert.equal(old.json.document.precision_m, 50);
  const { json } = await rim.get(`/api/exercises?project=${project}`, { expect: 200 });
  const own = json.items.filter((item) => item.project === project && item.key === 'safety-map');
  assert.deepEqual(own.map(({ version }) => version), [2]);
  assert.equal(json.items.filter((item) => item.project === null).length, 5);
});

test('a list pages by its cursor', async () => {
  const seen = [];
  let next = null;
  do {
    const { json } = await rim.get(`/api/exercises?limit=3${next ? `&cursor=${next}` : ''}`, { expect: 200 });
    seen.push(...json.items.map(({ id }) => id));
    next = json.next;
  } while (next);
  assert.equal(seen.length, 5);
  assert.deepEqual(seen, [...seen].sort((a, b) => b - a));
});

test("a project's exercises are its staff's alone", async () => {
  const saved = await nadia.post(`/api/projects/${project}/exercises`, { document: small() }, { expect: 201 });
  for (const reply of [
    await otto.get(`/api/exercises/${saved.json.id}`),
    await otto.get(`/api/exercises?project=${project}`),
    await otto.post(`/api/projects/${project}/exercises`, { document: small() }),
    await nadia.get('/api/exercises/999999'),
  ]) {
    assert.equal(reply.error, 'NOT_FOUND');
  }
  await rim.get(`/api/exercises/${saved.json.id}`, { expect: 200 });
  const refused = await rim.post(`/api/projects/${project}/exercises`, { document: small() });
  assert.equal(refused.error, 'FORBIDDEN');
  assert.equal((await server.client().get('/api/exercises')).error, 'NOT_SIGNED_IN');
});

test('a broken document is refused where it is broken', async () => {
  const post = (body) => nadia.post(`/api/projects/${project}/exercises`, body, { expect: 422 });
  const unknown = small();
  unknown.fields[1].if.in = ['worse'];
  const { json } = await post({ document: unknown });
  assert.equal(json.type, '/errors/BAD_FIELD');
  assert.equal(json.where, 'document.fields[1].if.in');
  assert.match(json.detail, /kind/);
  const exact = { ...small(), sensitivity: 'sensitive' };
  assert.equal((await post({ document: exact })).json.where, 'document.precision_m');
  assert.equal((await post({ document: null })).json.where, 'document');
  assert.equal((await post({ document: [] })).json.where, 'document');
  assert.equal((await post({})).json.where, 'document');
  assert.equal((await post({ document: small(), version: 3 })).json.where, 'version');
});

test('anyone may read the schemas', async () => {
  const anyone = server.client();
  const { json, headers } = await anyone.get('/api/schemas/exercise', { expect: 200 });
  assert.match(headers['content-type'], /^application\/schema\+json/);
  assert.deepEqual(json, JSON.parse(text('server/api/schemas/exercise.json')));
  for (const file of readdirSync(new URL('../../server/api/schemas/', import.meta.url))) {
    const name = file.replace(/\.json$/, '');
    const schema = await anyone.get(`/api/schemas/${name}`, { expect: 200 });
    assert.equal(schema.json.$id, `/api/schemas/${name}`);
  }
  assert.equal((await anyone.get('/api/schemas/nothing')).error, 'NOT_FOUND');
});
