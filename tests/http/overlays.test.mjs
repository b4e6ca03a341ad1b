// SPDX-License-Identifier: AGPL-3.0-or-later
// Overlays: imported by a lead, drawn by everybody of the project, changed and deleted by leads.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './support.mjs';

let server, own, other, overlay;
const square = (x, y) => [[[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]]];
const file = JSON.stringify({
  type: 'FeatureCollection',
  features: [
    { type: 'Feature', properties: { name: 'Marolles', people: 12000, none: null }, geometry: { type: 'Polygon', coordinates: square(4.345, 50.83) } },
    { type: 'Feature', properties: { name: 'حي السوق', people: 9000 }, geometry: { type: 'Polygon', coordinates: square(4.36, 50.84) } },
  ],
});

/** Imports a GeoJSON text as an overlay; its id. */
async function importOverlay(client, project, text, title) {
  const raw = Buffer.from(text);
  const headers = { 'content-type': 'application/geo+json' };
  const target = `/api/projects/${project}/uploads?name=quarters.geojson`;
  const { json: upload } = await client.request('POST', target, { raw, headers, expect: 201 });
  const mapping = { ...upload.guess, target: 'overlay', title, label: 'name' };
  let { json: job } = await client.post(`/api/uploads/${upload.upload}/import`, mapping, { expect: 202 });
  while (job.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 50));
    ({ json: job } = await client.get(`/api/jobs/${job.job}`, { expect: 200 }));
  }
  assert.equal(job.state, 'done', JSON.stringify(job));
  return job.report.overlay;
}

before(async () => {
  server = await startServer();
  ({ own, other } = await server.world());
  overlay = await importOverlay(own.facilitator, own.project, file, 'Quarters');
});
after(() => server.stop());

test('says what it holds', async () => {
  const { json } = await own.facilitator.get(`/api/overlays/${overlay}`, { expect: 200 });
  assert.equal(json.title, 'Quarters');
  assert.equal(json.kind, 'areas');
  assert.equal(json.features, 2);
  assert.equal(json.project, own.project);
  assert.deepEqual(json.bbox, [4.345, 50.83, 4.37, 50.85]);
  const list = await own.facilitator.get(`/api/projects/${own.project}/overlays`, { expect: 200 });
  assert.deepEqual(list.json.items, [json]);
});

test('gives its features with label and properties, whatever the script', async () => {
  const { json } = await own.facilitator.get(`/api/overlays/${overlay}/features`, { expect: 200 });
  assert.deepEqual(json.features.map((feature) => feature.properties.label), ['Marolles', 'حي السوق']);
  assert.equal(json.features[0].properties.people, 12000);
  assert.deepEqual(json.features[0].geometry.coordinates, square(4.345, 50.83).map((ring) => ring.map(([x, y]) => [+x.toFixed(7), +y.toFixed(7)])));
});

test('participants of the project read it, strangers do not know it', async () => {
  for (const client of [own.participant, own.researcher]) {
    await client.get(`/api/overlays/${overlay}`, { expect: 200 });
    await client.get(`/api/overlays/${overlay}/features`, { expect: 200 });
    await client.get(`/api/projects/${own.project}/overlays`, { expect: 200 });
  }
  for (const client of [other.participant, other.facilitator]) {
    await client.get(`/api/overlays/${overlay}`, { expect: 404 });
    await client.get(`/api/overlays/${overlay}/features`, { expect: 404 });
    await client.get(`/api/projects/${own.project}/overlays`, { expect: 404 });
  }
  await server.client().get(`/api/overlays/${overlay}/features`, { expect: 401 });
});

test('the kept reply is not given to those who may not see it', async () => {
  const target = `/api/overlays/${overlay}/features`;
  for (let i = 0; i < 3; i++) {
    await own.facilitator.get(target, { expect: 200 });
    await other.facilitator.get(target, { expect: 404 });
    await server.client().get(target, { expect: 401 });
  }
});

test('leads change title, colour and attribution; others do not', async () => {
  const target = `/api/overlays/${overlay}`;
  const changed = await own.facilitator.put(target, { title: 'Wijken', colour: '#aa3377' }, { expect: 200 });
  assert.equal(changed.json.title, 'Wijken');
  assert.equal(changed.json.colour, '#aa3377');
  const attributed = await own.facilitator.put(target, { attribution: 'UrbIS' }, { expect: 200 });
  assert.equal(attributed.json.title, 'Wijken');
  assert.equal(attributed.json.attribution, 'UrbIS');
  for (const body of [{ colour: 'red' }, { colour: '#12345g' }, { title: '' }, { kind: 'points' }])
    assert.equal((await own.facilitator.put(target, body, { expect: 422 })).error, 'BAD_FIELD');
  await own.researcher.put(target, { title: 'x' }, { expect: 403 });
  await own.participant.put(target, { title: 'x' }, { expect: 403 });
  await other.facilitator.put(target, { title: 'x' }, { expect: 404 });
});

test('leads delete it', async () => {
  const target = `/api/overlays/${await importOverlay(own.facilitator, own.project, file, 'Twice')}`;
  await own.researcher.delete(target, { expect: 403 });
  await other.facilitator.delete(target, { expect: 404 });
  await own.facilitator.delete(target, { expect: 200 });
  await own.facilitator.get(target, { expect: 404 });
  await own.facilitator.get(`${target}/features`, { expect: 404 });
});
