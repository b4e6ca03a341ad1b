// SPDX-License-Identifier: AGPL-3.0-or-later
// What planners get: every form of a slice tells the same published values, and nothing else is told.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { addressesOf, freshFolder, until, writeEdition } from './edition_files.mjs';
import { cli, startServer } from './support.mjs';

const EDITION = '/api/editions/1/2';
const slice = (id, rest = '') => `${EDITION}/slices/${id}${rest}`;
const SLICES = ['safety-map.all', 'safety-map.category.unsafe', 'safety-map.category.safe', 'safety-map.time.evening',
  'safety-map.group.new', 'safety-map.group.long', 'asset-map.all', 'asset-map.category.culture_story']; // prettier-ignore

let server, anyone, folder, file;

before(async () => {
  const data = freshFolder();
  await cli(data, ['init']);
  folder = path.join(data, 'editions');
  file = writeEdition(folder);
  server = await startServer({ data });
  anyone = server.client();
});
after(() => server?.stop());

const get = (target, options = { expect: 200 }) => anyone.get(target, options);
async function leavesOf(id) {
  return (await get(slice(id))).json.features;
}
async function decoded(bytes) {
  const home = new URL('../../web/node_modules/', import.meta.url);
  const { VectorTile } = await import(new URL('@mapbox/vector-tile/index.js', home));
  const { PbfReader, default: Pbf } = await import(new URL('pbf/index.js', home));
  return new VectorTile(new (Pbf ?? PbfReader)(new Uint8Array(bytes))); // not a part of a pool
}
/** The bytes as they are sent to who takes gzip. */
async function compressed(target) {
  const [response] = await once(http.get(server.origin + target, { headers: { 'accept-encoding': 'gzip' } }), 'response');
  return { encoding: response.headers['content-encoding'], bytes: Buffer.concat(await response.toArray()) };
}
function tileOf(lon, lat, z) {
  const n = 2 ** z;
  const rad = (lat * Math.PI) / 180;
  return [Math.floor(((lon + 180) / 360) * n), Math.floor(((1 - Math.asinh(Math.tan(rad)) / Math.PI) / 2) * n)];
}
/** The tiles of a zoom that a box touches. */
function* tilesOf([west, south, east, north], z) {
  const [left, top] = tileOf(west, north, z);
  const [right, bottom] = tileOf(east, south, z);
  for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) yield [z, x, y].join('/');
}

test('the list names the edition, its exercises and that it is the latest', async () => {
  const { json } = await get('/api/editions');
  assert.deepEqual(json.refused, []);
  assert.equal(json.items.length, 1);
  const [item] = json.items;
  assert.deepEqual([item.project, item.edition, item.number, item.revision, item.latest], [1, '2', 2, 1, true]);
  assert.deepEqual(item.exercises.map(({ key }) => key), ['safety-map', 'asset-map']); // prettier-ignore
});

test('the description says what can be asked, and how people are protected', async () => {
  const { json } = await get(EDITION);
  assert.deepEqual(json.slices.map(({ id }) => id), SLICES); // prettier-ignore
  const [safety] = json.exercises;
  assert.deepEqual([safety.profile, safety.floor, safety.noise_max, safety.noise_variance, safety.base_m], ['sensitive', 10, 8, 12, 500]); // prettier-ignore
  assert.deepEqual([safety.sessions, safety.attendances, safety.first_month, safety.last_month], [20, 300, '2026-02', '2026-04']); // prettier-ignore
  assert.deepEqual(json.file, { name: '1-2.gpkg', bytes: readFileSync(file).length, url: `${EDITION}/file` });
  assert.deepEqual(json.overlays.map(({ id, kind, features }) => [id, kind, features]), [[2, 'areas', 3], [5, 'points', 3]]); // prettier-ignore
  for (const { id, leaves, shown, max_per_km2 } of json.slices) {
    const features = await leavesOf(id);
    assert.equal(features.length, leaves, id);
    assert.equal(features.reduce((sum, { properties }) => sum + properties.value, 0), shown, id);
    assert.equal(features.reduce((most, { properties }) => Math.max(most, properties.per_km2), 0), max_per_km2, id);
  }
});

test('leaves are valid GeoJSON: rings wound, closed, seven decimals at most', async () => {
  const turns = (ring) => ring.slice(1).reduce((sum, [x, y], i) => sum + (x - ring[0][0]) * (ring[i][1] - ring[0][1]) - (ring[i][0] - ring[0][0]) * (y - ring[0][1]), 0);
  for (const id of SLICES) {
    const reply = await get(slice(id));
    assert.doesNotMatch(reply.text, /\d\.\d{8}/, id);
    reply.json.features.forEach(({ geometry, properties, id: number }, i) => {
      assert.equal(number, i + 1);
      assert.equal(geometry.type, 'MultiPolygon');
      for (const polygon of geometry.coordinates)
        polygon.forEach((ring, hole) => {
          assert.deepEqual(ring[0], ring.at(-1));
          assert.equal(turns(ring) < 0, hole === 0, `${id} ${number}: ring ${hole} is wound the wrong way`);
        });
      assert.ok(Math.abs(properties.per_km2 - properties.value / properties.area_km2) <= 0.005);
      assert.equal(properties.whole, !properties.code.endsWith('-part'));
    });
  }
  const holed = (await leavesOf('asset-map.all'))[0].geometry.coordinates;
  const corner = (await leavesOf('safety-map.all'))[0].geometry.coordinates;
  assert.equal(corner.length, 2, 'cells that touch at a corner alone are polygons of their own');
  assert.equal(holed.length, 1);
});

test('the table holds the same values', async () => {
  for (const id of SLICES) {
    const reply = await get(slice(id, '/values'));
    assert.equal(reply.headers['content-type'], 'text/csv');
    const [head, ...rows] = reply.text.trimEnd().split('\r\n');
    assert.equal(head, 'code,side_m,whole,area_km2,lon,lat,value,share');
    const features = await leavesOf(id);
    assert.equal(rows.length, features.length);
    rows.forEach((row, i) => {
      const [code, side, whole, area, lon, lat, value, share] = row.split(',');
      const p = features[i].properties;
      assert.deepEqual([code, side, whole, area, value, share],
        [p.code, String(p.side_m), String(p.whole), String(p.area_km2), String(p.value), p.share ?? '']); // prettier-ignore
      assert.ok(lon > 4.2 && lon < 4.5 && lat > 50.7 && lat < 51);
    });
  }
});

test('every zoom of the tiles has the same leaves with the same values', async () => {
  for (const id of ['safety-map.all', 'asset-map.all', 'safety-map.category.unsafe']) {
    const features = await leavesOf(id);
    const all = features.flatMap(({ geometry }) => geometry.coordinates.flat(2));
    const box = [Math.min(...all.map(([x]) => x)), Math.min(...all.map(([, y]) => y)), Math.max(...all.map(([x]) => x)), Math.max(...all.map(([, y]) => y))]; // prettier-ignore
    const expected = features.map(({ id: number, properties }) => [number, JSON.stringify(Object.entries(properties).filter(([, v]) => v !== null).sort())]);
    for (const z of [0, 3, 7, 9, 10, 11, 12, 13, 14]) {
      const seen = new Map();
      for (const tile of tilesOf(box, z)) {
        const reply = await get(slice(id, `/tiles/${tile}`), {});
        if (reply.status === 204) continue;
        assert.equal(reply.status, 200);
        assert.equal(reply.headers['content-type'], 'application/vnd.mapbox-vector-tile');
        const { leaves, ...others } = (await decoded(reply.bytes)).layers;
        assert.deepEqual(others, {});
        for (let i = 0; i < leaves.length; i++) {
          const feature = leaves.feature(i);
          const told = JSON.stringify(Object.entries(feature.properties).sort());
          assert.equal(seen.get(feature.id) ?? told, told);
          seen.set(feature.id, told);
        }
      }
      assert.deepEqual([...seen].sort((a, b) => a[0] - b[0]), expected, `${id} at zoom ${z}`);
    }
  }
});

test('a tile without leaves is empty, and tiles that do not exist are refused', async () => {
  const none = await get(slice('safety-map.all', '/tiles/10/0/0'), { expect: 204 });
  assert.equal(none.bytes.length, 0);
  await get(slice('safety-map.all', '/tiles/24/16777215/0'), { expect: 204 });
  for (const form of ['tiles', 'heat'])
    for (const tile of ['3/8/0', '3/0/8', '0/1/0', '25/0/0', '-1/0/0', '3/-1/0', 'a/b/c', '3/1.5/0', '03/0/0', '3/99999999999999999999/0', '3/0/0.png'])
      assert.equal((await get(slice('safety-map.all', `/${form}/${tile}`), { expect: 400 })).error, 'BAD_PARAMETER', `${form}/${tile}`);
});

test('the heat map has one legend for all its tiles', async () => {
  const { json } = await get(slice('safety-map.all', '/heat'));
  assert.equal(json.bandwidth_m, 500);
  assert.equal(json.levels.length, 5);
  assert.equal(json.levels.at(-1).to, null);
  const [x, y] = tileOf(4.35, 50.85, 12);
  for (const tile of [`12/${x}/${y}`, '0/0/0', '24/0/0']) {
    const reply = await get(slice('safety-map.all', `/heat/${tile}`));
    assert.equal(reply.headers['content-type'], 'image/png');
    assert.equal(reply.bytes.subarray(1, 4).toString(), 'PNG');
  }
  assert.deepEqual((await get(slice('safety-map.group.long', '/heat'))).json.levels, []);
  await get(slice('safety-map.group.long', `/heat/12/${x}/${y}`));
});

test('areas of an overlay have rounded sums, or none where too little is published', async () => {
  const { json } = await get(slice('safety-map.all', '/areas/2'));
  assert.deepEqual(json.features.map(({ properties }) => properties.label), ['West', 'Midden', 'Est, en deux morceaux']); // prettier-ignore
  for (const { properties: p } of json.features) assert.equal(p.value === null, p.covered < 0.5, p.label);
  assert.ok(json.features.some(({ properties }) => properties.value === null));
  const table = (await get(slice('safety-map.all', '/areas/2?format=csv'))).text.trimEnd().split('\r\n');
  assert.equal(table[0], 'label,value,covered,per_km2,share');
  assert.equal(table.length, 4);
  assert.match(table[3], /^"Est, en deux morceaux",/);
  await get(slice('safety-map.all', '/areas/9'), { expect: 404 });
  const points = await get(slice('safety-map.all', '/areas/5'), { expect: 400 });
  assert.match(points.json.detail, /^has no areas; /);
});

test('groups are compared in words, other slices not at all', async () => {
  const { json } = await get(slice('safety-map.group.new', '/against/safety-map.group.long'));
  assert.deepEqual(json.features, []); // the other has no leaves
  for (const [one, other] of [['safety-map.all', 'safety-map.all'], ['safety-map.category.safe', 'safety-map.category.unsafe'],
    ['safety-map.group.new', 'safety-map.all'], ['safety-map.all', 'asset-map.all'], ['safety-map.group.new', 'safety-map.group.new']]) { // prettier-ignore
    const { json: problem } = await get(slice(one, `/against/${other}`), { expect: 400 });
    assert.equal(problem.where, 'other');
    assert.match(problem.detail, /^two groups of an exercise can be compared, or two of its bands of time; /);
  }
});

test('findings, assets and overlays come as they were agreed', async () => {
  const findings = (await get(`${EDITION}/findings`)).json.features;
  assert.deepEqual(findings.map(({ id, geometry }) => [id, geometry.type]), [[3, 'Point'], [4, 'LineString'], [7, 'Polygon'], [8, 'Point']]); // prettier-ignore
  assert.equal(findings[1].properties.statement, 'Le soir, personne ne passe ici : "on fait le tour" <par l\'avenue> & vite.');
  assert.deepEqual(findings.map(({ properties }) => properties.urgency), ['amber', 'red', 'green', 'amber']); // prettier-ignore
  const assets = (await get(`${EDITION}/assets`)).json.features;
  assert.deepEqual(assets.map(({ properties }) => properties.precision_m), [0, 250, 25]); // prettier-ignore
  assert.equal(assets[0].properties.details[0].answers[1].fr, 'Informatique');
  assert.equal(assets[0].properties.label.en, 'Institution');
  const overlay = (await get(`${EDITION}/overlays/2`)).json.features;
  assert.equal(overlay[1].geometry.coordinates.length, 2, 'the hole is a hole');
  await get(`${EDITION}/overlays/3`, { expect: 404 });
});

test('the file is the file', async () => {
  const bytes = readFileSync(file);
  const reply = await get(`${EDITION}/file`);
  assert.ok(reply.bytes.equals(bytes));
  assert.equal(reply.headers['content-type'], 'application/geopackage+sqlite3');
  assert.equal(reply.headers['content-disposition'], 'attachment; filename="1-2.gpkg"');
  assert.equal(reply.headers.etag, `"${createHash('sha256').update(bytes).digest('hex')}"`);
  assert.equal(Number(reply.headers['content-length']), bytes.length);
  const head = await anyone.request('HEAD', `${EDITION}/file`, { expect: 200 });
  assert.equal(Number(head.headers['content-length']), bytes.length);
  assert.equal(head.bytes.length, 0);
});

test('every address of an edition is for ever, and open to all pages', async () => {
  for (const target of addressesOf('1/2')) {
    const first = await get(target);
    assert.equal(first.headers['cache-control'], 'public, max-age=31536000, immutable', target);
    assert.match(first.headers.etag, /^"[0-9a-f]+"$/, target);
    const { etag } = first.headers;
    const again = await get(target, { headers: { 'if-none-match': etag }, expect: 304 });
    for (const reply of [first, again]) {
      assert.equal(reply.headers['access-control-allow-origin'], '*', target);
      assert.equal(reply.headers['cross-origin-resource-policy'], 'cross-origin', target);
      assert.equal(reply.headers['set-cookie'], undefined);
      assert.ok([undefined, 'Accept-Encoding'].includes(reply.headers.vary), target);
    }
    const packed = await compressed(target);
    const plain = packed.encoding === 'gzip' ? gunzipSync(packed.bytes) : packed.bytes;
    assert.ok(plain.equals(first.bytes), target);
  }
});

test('nobody is asked who they are: a credential changes nothing, a bad one too', async () => {
  const stranger = await get(slice('safety-map.all'));
  for (const credential of [{ bearer: 'made up' }, { cookie: 'made up' }]) {
    const reply = await server.client(credential).get(slice('safety-map.all'), { expect: 200, headers: { 'accept-language': 'fr' } });
    assert.equal(reply.text, stranger.text);
    assert.equal(reply.headers.etag, stranger.headers.etag);
  }
});

test('a question that no slice answers is refused with the slices there are', async () => {
  const all = slice('safety-map.all');
  const questions = [
    slice('safety-map.category.other'), slice('safety-map'), slice('SAFETY-MAP.ALL'),
    slice('safety-map.category.unsafe,safety-map.time.evening'), slice('safety-map.category.unsafe+safety-map.time.evening'),
    slice('safety-map.category.unsafe%26safety-map.time.evening'), slice('safety-map.category.unsafe.time.evening'),
    slice('%E2%80%A6'), `${all}?bbox=4.3,50.8,4.4,50.9`, `${all}?from=2026-02-01&to=2026-03-01`, `${all}?when=evening`,
    `${all}?polygon=POLYGON((4 50,5 50,5 51,4 50))`.replaceAll(' ', '%20'), `${all}?filter=value%3E10`, `${all}?`, `${all}?slice=safety-map.all`,
    `${all}/values?limit=1`, `${all}/tiles/10/524/343?layer=leaves`, `${all}/heat?state=pending`, `${all}/areas/2?format=xlsx`, `${all}/areas/two`,
    `${all}/against/no.such.slice`, `${EDITION}?group=new`, `${EDITION}/findings?urgency=red`,
  ]; // prettier-ignore
  for (const question of questions) {
    const reply = await get(question, {});
    if (question.endsWith('?')) continue; // an empty query is none
    assert.equal(reply.status, 400, question);
    assert.equal(reply.error, 'BAD_PARAMETER', question);
    for (const id of SLICES) assert.ok(reply.json.detail.includes(id), `${question}: ${reply.json.detail}`);
    assert.ok(reply.json.detail.includes(`GET ${EDITION} `), question);
    assert.equal(reply.headers['access-control-allow-origin'], '*', question);
    assert.equal(reply.headers['cache-control'], 'no-store', question);
  }
  const list = await get('/api/editions?project=1', { expect: 400 });
  assert.match(list.json.detail, /GET \/api\/editions lists/);
});

test('an edition that is not there, or not so called, is not found', async () => {
  for (const edition of ['1/3', '1/1', '9/2', '1/2.1', '1/02', '1/2.0', '1/latest', '1/2.', '1/-2', '1/2.1.1'])
    for (const rest of ['', '/file', '/slices/safety-map.all'])
      assert.equal((await get(`/api/editions/${edition}${rest}`, { expect: 404 })).error, 'NOT_FOUND', edition);
});

test('a file that cannot be served is refused by name, one of another name in the log alone, and the others go on', async () => {
  const bad = {
    '3-1.gpkg': (name) => writeFileSync(name, 'not a GeoPackage'),
    '3-2.gpkg': (name) => (copyFileSync(file, name), truncateSync(name, 20_000)),
    '3-3.gpkg': (name) => copyFileSync(file, name), // another edition's
    '3-4.gpkg': (name) => symlinkSync(file, name),
    'atlas.gpkg': (name) => copyFileSync(file, name),
    '03-1.gpkg': (name) => copyFileSync(file, name),
  };
  for (const [name, make] of Object.entries(bad)) make(path.join(folder, name));
  for (const name of ['.1-5.gpkg.part', '.hidden.gpkg', 'notes.txt', '1-2.gpkg-journal']) writeFileSync(path.join(folder, name), 'nothing');
  const named = Object.keys(bad).filter((name) => /^[1-9]\d*-[1-9]\d*\.gpkg$/.test(name));
  const told = (name) => server.log().split('\n').filter((line) => line.includes('edition_refused') && line.includes(name)).length;
  await until(async () => ({ text: server.log() }), () => Object.keys(bad).every((name) => told(name) > 0));
  const { json } = await until(() => get('/api/editions'), (reply) => reply.json.refused.length >= named.length);
  assert.deepEqual(json.refused.map((one) => one.file), named.sort()); // prettier-ignore
  for (const { why } of json.refused) assert.ok(why.length > 5 && !why.includes(folder), why);
  assert.match(json.refused.find((one) => one.file === '3-3.gpkg').why, /edition 2 of project 1/);
  assert.equal(json.items.length, 1);
  await get(slice('safety-map.all'));
  const before = Object.keys(bad).map(told);
  assert.ok(before.every((lines) => lines > 0));
  await new Promise((resolve) => setTimeout(resolve, 1500)); // a look a second
  assert.deepEqual(Object.keys(bad).map(told), before, 'a file that did not change is read again');
  for (const name of Object.keys(bad)) rmSync(path.join(folder, name));
  await until(() => get('/api/editions'), (reply) => reply.json.refused.length === 0);
});

test('a newer edition is the latest, and the older one stays', async () => {
  writeEdition(folder, { number: 3 });
  const { json } = await until(() => get('/api/editions'), (reply) => reply.json.items.length === 2);
  assert.deepEqual(json.items.map(({ edition, latest }) => [edition, latest]), [['3', true], ['2', false]]); // prettier-ignore
  await get('/api/editions/1/3');
  await get(EDITION);
  rmSync(path.join(folder, '1-3.gpkg'));
  await until(() => get('/api/editions/1/3', {}), (reply) => reply.status === 404);
});

test('a takedown gives new addresses, and the old ones answer no more', async () => {
  const targets = addressesOf('1/2');
  for (const target of targets) await get(target); // all of them are kept by now
  writeEdition(folder, { revision: 2 });
  const { json } = await until(() => get('/api/editions/1/2.1', {}), (reply) => reply.status === 200);
  assert.deepEqual(json.taken_down, ['safety-map.group.new', 'safety-map.group.long']);
  assert.equal(json.file.name, '1-2.1.gpkg');
  for (const target of targets) await get(target, { expect: 404 });
  await get('/api/editions/1/2.1/slices/safety-map.all');
  const gone = await get('/api/editions/1/2.1/slices/safety-map.group.new', { expect: 400 });
  assert.ok(!gone.json.detail.includes('group'), gone.json.detail);
  assert.deepEqual((await get('/api/editions')).json.items.map(({ edition, revision }) => [edition, revision]), [['2.1', 2]]); // prettier-ignore
});
