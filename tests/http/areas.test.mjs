// SPDX-License-Identifier: AGPL-3.0-or-later
// Base maps cut to a session's area: what a tablet keeps, and files in parts. Read back by the pages' own
// PMTiles decoder.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { PMTiles } from '../../web/node_modules/pmtiles/dist/index.js';
import { cli, startServer } from './support.mjs';
import { buildWorld, makeCode, makeSession, takeSeat } from './world.mjs';

const BBOX = [0, 0, 0.02, 0.02];
let room, data, server, world, project, session, tablet;

/** A street net: each zoom has tiles, and the deepest has many. */
function streets() {
  const features = [];
  for (let at = -0.1; at <= 0.1; at += 0.004) {
    const line = (coordinates) => ({ type: 'Feature', properties: { kind: 'minor_road' }, geometry: { type: 'LineString', coordinates } }); // prettier-ignore
    features.push(line([[at, -0.1], [at, 0.1]]), line([[-0.1, at], [0.1, at]]));
  }
  return JSON.stringify({ type: 'FeatureCollection', features });
}

before(async () => {
  room = mkdtempSync(path.join(tmpdir(), 'repere-areas-'));
  data = path.join(room, 'data');
  const layers = path.join(room, 'layers');
  mkdirSync(layers);
  writeFileSync(path.join(layers, 'roads.geojson'), streets());
  await cli(data, ['init']);
  for (const name of ['town', 'spare'])
    await cli(data, ['basemap', 'build', layers, path.join(data, 'basemaps', `${name}.mbtiles`), '--title', 'Town', '--attribution', 'ours', '--minzoom', '10', '--maxzoom', '15']); // prettier-ignore
  mkdirSync(path.join(data, 'areas'), { recursive: true });
  server = await startServer({ data });
  world = await buildWorld(server);
  project = await offer(world.own.facilitator, world.own.project, ['town', 'elsewhere']);
  session = await makeSession(world.own.facilitator, world.own.project, { bbox: BBOX, seat_limit: 100 });
  tablet = await seat(session);
});
after(async () => {
  await server?.stop();
  rmSync(room, { recursive: true, force: true });
});

/** Ends the server and leaves its folder. */
async function end() {
  server.agent.destroy();
  server.child.kill('SIGTERM');
  assert.equal(await server.ended, 0);
}

async function offer(facilitator, id, base_maps, bbox = BBOX) {
  await facilitator.put(`/api/projects/${id}`, { title: 'Town', bbox, base_maps }, { expect: 200 });
  return id;
}
const seat = async (id, who = world.own.facilitator) => takeSeat(server, (await makeCode(who, id)).code);

/** Asks until what is being made is there, as a tablet does. */
async function ask(client, target, options) {
  for (;;) {
    const reply = await client.get(target, options);
    if (reply.status !== 503) return reply;
    assert.equal(reply.error, 'BUSY');
    assert.equal(reply.headers['retry-after'], '1');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const list = async (client, id = session) => (await ask(client, `/api/sessions/${id}/basemaps`)).json.items;
const file = (client, name = 'town', headers = {}, id = session) => ask(client, `/api/sessions/${id}/basemaps/${name}`, { headers });
const kept = () => readdirSync(path.join(data, 'areas'));

const reader = (bytes) =>
  new PMTiles({
    getKey: () => `${Math.random()}`,
    getBytes: async (offset, length) => ({ data: new Uint8Array(bytes.subarray(offset, offset + length)).buffer }),
  });

/** The tile of a place. */
function tileAt(lon, lat, z) {
  const y = Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI;
  return [Math.floor(((lon + 180) / 360) * 2 ** z), Math.floor(((1 - y) / 2) * 2 ** z)];
}

test('a tablet is told what it would keep, and gets exactly that', async () => {
  const items = await list(tablet);
  assert.deepEqual(items.map(({ name }) => name), ['town'], 'what this server does not have is left out');
  const [{ bytes, tiles, minzoom, maxzoom }] = items;
  assert.deepEqual([minzoom, maxzoom], [10, 15]);
  const reply = await file(tablet);
  assert.equal(reply.status, 200);
  assert.equal(reply.bytes.length, bytes);
  assert.equal(Number(reply.headers['content-length']), bytes);
  assert.equal(reply.headers['content-type'], 'application/vnd.pmtiles');
  assert.match(reply.headers.etag, /^"[0-9a-f]{32}"$/);
  assert.equal(reply.headers['accept-ranges'], 'bytes');
  assert.equal(reply.headers['cache-control'], 'no-store');
  const archive = reader(reply.bytes);
  const header = await archive.getHeader();
  assert.equal(header.numAddressedTiles, tiles);
  assert.deepEqual([header.minZoom, header.maxZoom], [10, 15]);
  assert.equal((await archive.getMetadata()).attribution, 'ours');
});

test('the tiles of the area are those that the server draws, and others are not in it', async () => {
  const archive = reader((await file(tablet)).bytes);
  for (const z of [10, 12, 15]) {
    const [x, y] = tileAt(0.01, 0.01, z);
    const drawn = await tablet.get(`/basemaps/town/${z}/${x}/${y}`, { expect: 200 });
    assert.deepEqual(Buffer.from((await archive.getZxy(z, x, y)).data), gunzipSync(drawn.bytes), `zoom ${z}`);
  }
  for (const [lon, lat] of [[-0.0015, 0.01], [0.0215, 0.01], [0.01, 0.0215], [0.01, -0.0015]]) // prettier-ignore
    assert.ok(await archive.getZxy(15, ...tileAt(lon, lat, 15)), `there is a margin: ${lon} ${lat}`);
  const [x, y] = tileAt(0.06, 0.06, 15);
  await tablet.get(`/basemaps/town/15/${x}/${y}`, { expect: 200 });
  assert.equal(await archive.getZxy(15, x, y), undefined);
});

test('a file that broke off goes on from where it was', async () => {
  const whole = await file(tablet);
  const half = Math.floor(whole.bytes.length / 2);
  const rest = await file(tablet, 'town', { range: `bytes=${half}-`, 'if-range': whole.headers.etag });
  assert.equal(rest.status, 206);
  assert.equal(rest.headers['content-range'], `bytes ${half}-${whole.bytes.length - 1}/${whole.bytes.length}`);
  assert.equal(rest.headers.etag, whole.headers.etag);
  assert.deepEqual(rest.bytes, whole.bytes.subarray(half));
  const other = await file(tablet, 'town', { range: `bytes=${half}-`, 'if-range': '"another"' });
  assert.equal(other.status, 200);
  assert.equal(other.bytes.length, whole.bytes.length);
  const beyond = await file(tablet, 'town', { range: `bytes=${whole.bytes.length}-` });
  assert.equal(beyond.status, 416);
  assert.equal(beyond.error, 'BAD_RANGE');
  assert.equal(beyond.headers['content-range'], `bytes */${whole.bytes.length}`);
});

test('many tablets that ask at once are given one file, made once', async () => {
  const own = await makeSession(world.own.facilitator, project, { bbox: [-0.05, -0.05, -0.01, -0.01] });
  const { code } = await makeCode(world.own.facilitator, own);
  const before = kept().length;
  const tablets = await Promise.all(Array.from({ length: 12 }, () => takeSeat(server, code)));
  const tags = await Promise.all(tablets.map(async (one) => (await file(one, 'town', {}, own)).headers.etag));
  assert.equal(new Set(tags).size, 1);
  assert.equal(kept().length, before + 1);
  assert.ok(kept().includes(`${tags[0].slice(1, -1)}.pmtiles`));
});

test('a participant is given her own session alone, and of it the base maps it has', async () => {
  const theirs = await makeSession(world.other.facilitator, world.other.project, { bbox: BBOX });
  for (const target of [`/api/sessions/${theirs}/basemaps`, `/api/sessions/${theirs}/basemaps/town`])
    assert.equal((await tablet.get(target)).error, 'NOT_FOUND');
  assert.equal((await server.client().get(`/api/sessions/${session}/basemaps/town`)).error, 'NOT_SIGNED_IN');
  assert.equal((await file(tablet, 'spare')).status, 404, 'on the server, but not of this session');
  assert.equal((await file(tablet, 'elsewhere')).status, 404);
  for (const name of ['..', '%2e%2e%2fkeys', 'town.mbtiles'])
    assert.ok((await tablet.get(`/api/sessions/${session}/basemaps/${name}`)).status >= 400, name);
});

test('a base map that has nothing there is not offered', async () => {
  const far = await makeSession(world.own.facilitator, project, { bbox: [30, 30, 30.1, 30.1] });
  const one = await seat(far);
  assert.deepEqual(await list(one, far), []);
  assert.equal((await file(one, 'town', {}, far)).status, 404);
});

test('a session across the antimeridian is cut on both sides of it', async () => {
  const line = await makeSession(world.own.facilitator, project, { bbox: [179.99, -1, -179.99, 1] });
  assert.deepEqual(await list(await seat(line), line), []);
});

test('a tablet is told of the base maps themselves in its package', async () => {
  const { json } = await tablet.get(`/api/sessions/${session}/package`, { expect: 200 });
  assert.deepEqual(json.session.base_maps, ['town', 'elsewhere']);
  assert.deepEqual(json.base_maps.map(({ name, title, attribution }) => [name, title, attribution]), [['town', 'Town', 'ours']]);
  const { json: all } = await tablet.get('/api/basemaps', { expect: 200 });
  const listed = all.items.find(({ name }) => name === 'town');
  assert.ok(listed.vector_layers[0].fields.kind);
  const layers = listed.vector_layers.map(({ id, minzoom, maxzoom }) => ({ id, minzoom, maxzoom }));
  assert.deepEqual(json.base_maps[0], { ...listed, vector_layers: layers }, 'without the keys, which are many');
});

test('a restart cuts nothing again; what is spoilt, left over or of another file is', async () => {
  const first = await file(tablet);
  const name = `${first.headers.etag.slice(1, -1)}.pmtiles`;
  const at = path.join(data, 'areas', name);
  const made = statSync(at).ino;
  const count = kept().length;
  const stale = path.join(data, 'areas', `${'0'.repeat(32)}.pmtiles`);
  copyFileSync(at, stale);
  utimesSync(stale, new Date(0), new Date(0));
  writeFileSync(`${at}.part`, 'half');
  writeFileSync(path.join(data, 'areas', 'note.txt'), 'not ours');
  await end();

  server = await startServer({ data });
  tablet.server = server;
  assert.ok(!existsSync(stale), 'nobody asked for it for long');
  assert.ok(!existsSync(`${at}.part`) && existsSync(path.join(data, 'areas', 'note.txt')));
  rmSync(path.join(data, 'areas', 'note.txt'));
  const again = await file(tablet, 'town', { 'if-none-match': first.headers.etag });
  assert.equal(again.status, 304);
  assert.equal(statSync(at).ino, made);
  assert.equal(kept().length, count);
  await end();

  truncateSync(at, 300);
  server = await startServer({ data });
  tablet.server = server;
  const mended = await file(tablet);
  assert.deepEqual(mended.bytes, first.bytes, 'the same cut gives the same bytes');
  assert.equal(mended.headers.etag, first.headers.etag);

  rmSync(at); // somebody tidied up while the server runs
  assert.deepEqual((await file(tablet)).bytes, first.bytes);
  await end();

  const base = path.join(data, 'basemaps', 'town.mbtiles');
  const later = new Date(Date.now() + 5000);
  utimesSync(base, later, later);
  server = await startServer({ data });
  tablet.server = server;
  assert.notEqual((await file(tablet)).headers.etag, first.headers.etag, 'another archive, another cut');
});

test('a PMTiles is served whole or in a range to anybody, an MBTiles by its tiles alone', async () => {
  const { bytes } = await file(tablet);
  await end();
  writeFileSync(path.join(data, 'basemaps', 'cut.pmtiles'), bytes);
  server = await startServer({ data });
  const anyone = server.client();
  const whole = await anyone.get('/basemaps/cut', { expect: 200 });
  assert.deepEqual(whole.bytes, bytes);
  assert.equal(whole.headers['content-type'], 'application/vnd.pmtiles');
  assert.equal(whole.headers['cache-control'], 'no-cache');
  const size = bytes.length;
  const cases = [
    ['bytes=0-0', 206, 0, 1],
    ['bytes=0-126', 206, 0, 127],
    ['bytes=-5', 206, size - 5, 5],
    ['bytes=5-', 206, 5, size - 5],
    [`bytes=${size - 1}-`, 206, size - 1, 1],
    [`bytes=0-${size}`, 206, 0, size],
    ['bytes=3-99999999999999999999999', 206, 3, size - 3],
    ['bytes=-99999999999999999999999', 206, 0, size],
    [`bytes=${size}-`, 416],
    ['bytes=99999999999999999999999-', 416],
    ['bytes=-0', 416],
    ['bytes=7-6', 200],
    ['bytes=0-1,3-4', 200],
    ['bytes=', 200],
    ['bytes=a-b', 200],
    ['tiles=0-1', 200],
    ['bytes=0-1 , ', 200],
  ];
  for (const [range, status, from, length] of cases) {
    const reply = await anyone.get('/basemaps/cut', { headers: { range } });
    assert.equal(reply.status, status, range);
    if (status === 200) assert.equal(reply.bytes.length, size, range);
    if (status === 416) assert.equal(reply.headers['content-range'], `bytes */${size}`, range);
    if (status !== 206) continue;
    assert.equal(reply.headers['content-range'], `bytes ${from}-${from + length - 1}/${size}`, range);
    assert.deepEqual(reply.bytes, bytes.subarray(from, from + length), range);
  }
  const { etag } = whole.headers;
  const when = async (headers) => (await anyone.get('/basemaps/cut', { headers: { range: 'bytes=0-0', ...headers } })).status;
  assert.equal(await when({ 'if-range': etag }), 206);
  assert.equal(await when({ 'if-range': `W/${etag}` }), 200);
  assert.equal(await when({ 'if-range': '"old"' }), 200);
  assert.equal(await when({ 'if-range': new Date().toUTCString() }), 200);
  assert.equal(await when({ 'if-none-match': etag }), 304);
  const head = await anyone.request('HEAD', '/basemaps/cut', { headers: { range: 'bytes=0-0' } });
  assert.deepEqual([head.status, Number(head.headers['content-length']), head.bytes.length], [200, size, 0]);

  const refused = await anyone.get('/basemaps/town', { expect: 404 });
  assert.match(refused.json.detail, /MBTiles.*\/basemaps\/town\/\{z\}\/\{x\}\/\{y\}/);
  await anyone.get('/basemaps/nothing', { expect: 404 });
  const through = new PMTiles({
    getKey: () => 'cut',
    getBytes: async (offset, length) => {
      const part = await anyone.get('/basemaps/cut', { headers: { range: `bytes=${offset}-${offset + length - 1}` } });
      assert.equal(part.status, 206);
      return { data: new Uint8Array(part.bytes).buffer };
    },
  });
  assert.ok((await through.getZxy(12, ...tileAt(0.01, 0.01, 12))).data.byteLength > 0, 'read over the wire, in parts');
});
