// SPDX-License-Identifier: AGPL-3.0-or-later
// Base maps: built from GeoJSON by the command, served as tiles, read back by somebody else's decoder.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { cli, startServer } from './support.mjs';

const shared = new URL('../../../shared/data/basemaps/', import.meta.url).pathname;
const real = [
  'geography-class-jpg', 'geography-class-png', 'geography-class-webp', 'world_cities', 'brussels_8_layers',
  'corrupt_null_tile', 'corrupt', 'invalid', 'invalid-tile-format',
]; // prettier-ignore
const feature = (type, coordinates, properties) => ({ type: 'Feature', properties, geometry: { type, coordinates } });
const collection = (...features) => JSON.stringify({ type: 'FeatureCollection', features });
const box = (w, s, e, n) => [[w, s], [e, s], [e, n], [w, n], [w, s]]; // prettier-ignore

let room, data, layers, server, anyone;

before(async () => {
  room = mkdtempSync(path.join(tmpdir(), 'repere-basemaps-'));
  data = path.join(room, 'folder', 'data');
  layers = path.join(room, 'layers');
  mkdirSync(layers);
  mkdirSync(path.dirname(data));
  writeFileSync(
    path.join(layers, 'roads.geojson'),
    collection(
      feature('LineString', [[-0.1, 0], [0.1, 0]], { kind: 'major_road', name: 'Rue Une', lanes: 2, width: 3.5, lit: true, ref: null }), // prettier-ignore
      feature('LineString', [[0.01, -0.1], [0.01, 0.1]], { kind: 'minor_road', min_zoom: 12 }),
    ),
  );
  writeFileSync(
    path.join(layers, 'earth.geojson'),
    collection(feature('Polygon', [box(-0.1, -0.1, 0.1, 0.1), box(-0.05, -0.05, 0.05, 0.05)], { kind: 'earth' })),
  );
  writeFileSync(path.join(layers, 'notes.txt'), 'not a layer');
  await cli(data, ['init']);
  await build(path.join(data, 'basemaps', 'small.mbtiles'), ['--title', 'Petite ville', '--attribution', 'ours']);
  await build(path.join(data, 'basemaps', 'flood.mbtiles'), ['--attribution', '<'.repeat(3000)]);
  await build(path.join(data, 'basemaps', 'long.mbtiles'));
  execFileSync('sqlite3', [path.join(data, 'basemaps', 'long.mbtiles'),
    `UPDATE metadata SET value = '${'x'.repeat(3000)}' WHERE name = 'name'`]); // prettier-ignore
  for (const name of real)
    if (existsSync(`${shared}${name}.mbtiles`)) copyFileSync(`${shared}${name}.mbtiles`, path.join(data, 'basemaps', `${name}.mbtiles`));
  writeFileSync(path.join(data, 'basemaps', 'not a name!.mbtiles'), '');
  writeFileSync(path.join(data, 'basemaps', 'noise.mbtiles'), Buffer.alloc(5000, 'noise'));
  server = await startServer({ data });
  anyone = server.client();
});
after(async () => {
  await server?.stop();
  rmSync(room, { recursive: true, force: true });
});

const build = (file, args = [], from = layers) =>
  cli(data, ['basemap', 'build', from, file, '--minzoom', '10', '--maxzoom', '14', ...args]);
async function decoded(reply) {
  const home = new URL('../../web/node_modules/', import.meta.url);
  const { VectorTile } = await import(new URL('@mapbox/vector-tile/index.js', home));
  const { PbfReader, default: Pbf } = await import(new URL('pbf/index.js', home));
  return new VectorTile(new (Pbf ?? PbfReader)(gunzipSync(reply.bytes)));
}

test('the list says what a map is, and anybody may read it', async () => {
  const { json } = await anyone.get('/api/basemaps', { expect: 200 });
  const small = json.items.find(({ name }) => name === 'small');
  assert.equal(small.title, 'Petite ville');
  assert.equal(small.attribution, 'ours');
  assert.equal(small.format, 'pbf');
  assert.deepEqual([small.minzoom, small.maxzoom], [10, 14]);
  assert.deepEqual(small.bbox, [-0.1, -0.1, 0.1, 0.1]);
  const roads = small.vector_layers.find(({ id }) => id === 'roads');
  assert.deepEqual(roads.fields, {
    kind: 'String', name: 'String', lanes: 'Number', width: 'Number', lit: 'Boolean', min_zoom: 'Number',
  }); // prettier-ignore
  assert.deepEqual(json.items.map(({ name }) => name), json.items.map(({ name }) => name).sort()); // prettier-ignore
});

test('a vector tile is sent gzipped and another decoder reads it', async () => {
  const reply = await anyone.get('/basemaps/small/10/512/511', { expect: 200 });
  assert.equal(reply.headers['content-type'], 'application/vnd.mapbox-vector-tile');
  assert.equal(reply.headers['content-encoding'], 'gzip');
  const { layers: read } = await decoded(reply);
  assert.deepEqual(Object.keys(read).sort(), ['earth', 'roads']);
  assert.equal(read.roads.version, 2);
  assert.equal(read.roads.extent, 4096);
  assert.deepEqual({ ...read.roads.feature(0).properties }, { kind: 'major_road', name: 'Rue Une', lanes: 2, width: 3.5, lit: true }); // prettier-ignore
  const earth = read.earth.feature(0).toGeoJSON(512, 511, 10).geometry;
  assert.equal(earth.type, 'Polygon');
  assert.equal(earth.coordinates.length, 2, 'the hole is a hole');
  const [, north] = earth.coordinates[0].reduce(([x, y], [u, v]) => [Math.max(x, u), Math.max(y, v)], [-180, -90]);
  assert.ok(Math.abs(north - 0.1) < 0.0001);
});

test('a feature is not shown below its own zoom', async () => {
  const coarse = await decoded(await anyone.get('/basemaps/small/11/1024/1023', { expect: 200 }));
  const fine = await decoded(await anyone.get('/basemaps/small/12/2048/2047', { expect: 200 }));
  assert.equal(coarse.layers.roads.length, 1);
  assert.equal(fine.layers.roads.length, 2);
});

test('a tile that is unchanged is not sent again', async () => {
  const first = await anyone.get('/basemaps/small/10/512/511', { expect: 200 });
  const again = await anyone.get('/basemaps/small/10/512/511', { headers: { 'if-none-match': first.headers.etag }, expect: 304 });
  assert.equal(again.bytes.length, 0);
});

test('a tile carries what protects it, and nothing that is said to documents', async () => {
  const tile = await anyone.get('/basemaps/small/10/512/511', { expect: 200 });
  const again = await anyone.get('/basemaps/small/10/512/511', { headers: { 'if-none-match': tile.headers.etag }, expect: 304 });
  for (const { headers } of [tile, again]) {
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    for (const name of ['content-security-policy', 'referrer-policy', 'cross-origin-opener-policy', 'permissions-policy'])
      assert.equal(headers[name], undefined, name);
  }
  const { headers } = await anyone.get('/basemaps/nowhere/0/0/0', { expect: 404 });
  assert.match(headers['content-security-policy'], /default-src 'none'/, 'a refusal is a document');
});

test('where a map has no tile the answer is empty', async () => {
  for (const tile of ['10/0/0', '3/0/0', '24/16777215/0']) {
    const reply = await anyone.get(`/basemaps/small/${tile}`, { expect: 204 });
    assert.equal(reply.bytes.length, 0);
  }
});

test('tiles outside the pyramid and unknown maps are refused', async () => {
  for (const tile of ['3/8/0', '3/0/8', '0/1/0', '25/0/0', '-1/0/0', '3/-1/0', 'a/b/c', '3/1.5/0', '3/99999999999999999999/0'])
    assert.equal((await anyone.get(`/basemaps/small/${tile}`, { expect: 400 })).error, 'BAD_PARAMETER', tile);
  await anyone.get('/basemaps/other/0/0/0', { expect: 404 });
  for (const name of ['..', '..%2F..%2Fkeys', '%2e%2e', 'small%00'])
    assert.ok((await anyone.get(`/basemaps/${name}/0/0/0`)).status >= 400, name);
});

test('broken files are named in the log and the others serve', async () => {
  const { json } = await anyone.get('/api/basemaps', { expect: 200 });
  assert.ok(!json.items.some(({ name }) => name === 'noise'));
  const refused = server.log().split('\n').filter((line) => line.includes('basemap_refused')).join('\n'); // prettier-ignore
  assert.match(refused, /noise\.mbtiles/);
  assert.match(refused, /not a name!\.mbtiles/);
});

test('an archive whose credit nobody could read is not served, and a name that cannot be shown gives way to the file name', async () => {
  const { json } = await anyone.get('/api/basemaps', { expect: 200 });
  assert.ok(!json.items.some(({ name }) => name === 'flood'));
  assert.match(server.log(), /flood\.mbtiles: its attribution is too long/);
  assert.equal(json.items.find(({ name }) => name === 'long').title, 'long');
});

test('archives of other makers are served, the broken ones refused', async (t) => {
  if (!existsSync(`${shared}world_cities.mbtiles`)) return t.skip('../shared/data is not there');
  const { json } = await anyone.get('/api/basemaps', { expect: 200 });
  const formats = Object.fromEntries(json.items.map(({ name, format }) => [name, format]));
  assert.deepEqual(formats, {
    small: 'pbf', 'geography-class-jpg': 'jpg', 'geography-class-png': 'png', 'geography-class-webp': 'webp',
    long: 'pbf', world_cities: 'pbf', brussels_8_layers: 'pbf', corrupt_null_tile: 'png',
  }); // prettier-ignore
  for (const name of ['corrupt', 'invalid', 'invalid-tile-format'])
    assert.ok(server.log().includes(`${name}.mbtiles`), name);
  for (const [name, type, begins] of [['jpg', 'jpeg', 'ffd8ff'], ['png', 'png', '89504e47'], ['webp', 'webp', '52494646']]) { // prettier-ignore
    const reply = await anyone.get(`/basemaps/geography-class-${name}/1/1/0`, { expect: 200 });
    assert.equal(reply.headers['content-type'], `image/${type}`);
    assert.equal(reply.headers['content-encoding'], undefined);
    assert.ok(reply.bytes.toString('hex').startsWith(begins));
  }
  const cities = await decoded(await anyone.get('/basemaps/world_cities/0/0/0', { expect: 200 }));
  assert.equal(cities.layers.cities.length, 68);
  // its tile 1/0/1 (from the north) is stored without bytes
  await anyone.get('/basemaps/corrupt_null_tile/1/0/1', { expect: 204 });
});

test('building says what is wrong and leaves no file behind', async () => {
  const out = path.join(room, 'out.mbtiles');
  const fails = async (run, code, words) => {
    const error = await run.then(() => assert.fail('it worked'), (reason) => reason); // prettier-ignore
    assert.equal(error.code, code);
    assert.match(error.stderr, words);
    assert.ok(!existsSync(out) && !existsSync(`${out}.part`));
  };
  await fails(build(out, ['--minzoom', '15']), 1, /maxzoom/);
  await fails(build(out, ['--maxzoom', 'far']), 2, /--maxzoom/);
  await fails(build(out, [], path.join(room, 'nowhere')), 1, /nowhere/);
  const bad = path.join(room, 'bad');
  mkdirSync(bad);
  await fails(build(out, [], bad), 1, /geojson/);
  writeFileSync(path.join(bad, 'roads.geojson'), collection(feature('Point', [0, 0], {}), feature('Point', [0, 91], {})));
  await fails(build(out, [], bad), 1, /roads\.geojson: feature 2/);
  writeFileSync(path.join(bad, 'roads.geojson'), '{"type":');
  await fails(build(out, [], bad), 1, /roads\.geojson/);
  await build(out);
  const again = await build(out).then(() => null, (reason) => reason); // prettier-ignore
  assert.match(again.stderr, /exists/);
});
