// SPDX-License-Identifier: AGPL-3.0-or-later
// Ten thousand positions, words, names and ids that stand in the private store: none of them is in an edition's
// file, nor in any byte of any reply to a planner.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startServer } from './support.mjs';
import { BBOX, finish, makeSession, upload } from './world.mjs';
import { TOWN, age, makeRandom, publish, sql } from './campaign.mjs';

const SESSIONS = 20;
const PEOPLE = 25;
const MARKS = 20;
const WORD = 'qzcanary';
const GROUPS = [
  { id: 'new', label: { en: 'New here' } },
  { id: 'long', label: { en: 'Long here' } },
];

let server, admin, project, overlay;
/** What was sent, before it was snapped: "lon,lat". */
const sent = new Set();

/** The rows of one session; each mark has a position and a word of its own. */
function rows(random, session) {
  const some = (size) => (random() + random() - 1) * size;
  const lines = [];
  for (let person = 0; person < PEOPLE; person += 1) {
    const home = [TOWN[0] + some(0.012), TOWN[1] + some(0.008)];
    for (let mark = 0; mark < MARKS; mark += 1) {
      const at = home.map((degrees) => (degrees + some(0.003)).toFixed(7));
      sent.add(at.map(Number).join());
      const feeling = ['unsafe', 'safe', 'very_unsafe'][mark % 3];
      lines.push(['P' + person, feeling, ['day', 'night', 'evening'][mark % 3] === 'day' ? 'morning' : 'night', ...at, `${WORD}${session}x${person}x${mark}`].join(','));
    }
  }
  return lines;
}

async function hold(random, number) {
  const title = `${WORD} title ${number}`;
  const session = await makeSession(admin, project, { title, place: `${WORD} place ${number}`, free_text: true });
  const { upload: word } = await upload(admin, project, ['who,feeling,when,lon,lat,change', ...rows(random, number)].join('\n'));
  const mapping = {
    target: 'session', session, x: 'lon', y: 'lat', crs: 'EPSG:4326', participant: 'who', counted: true,
    category: { column: 'feeling' },
    answers: { when: { field: 'when' }, change: { field: 'change' } },
  }; // prettier-ignore
  const { json } = await admin.post(`/api/uploads/${word}/import`, mapping, { expect: 202 });
  const job = await finish(admin, json.job);
  assert.equal(job.state, 'done', JSON.stringify(job.report));
  await admin.post(`/api/sessions/${session}/close`, undefined, { expect: 200 });
  return session;
}

/** An overlay of two areas that cover the town. */
async function makeAreas() {
  const [w, s, e, n] = BBOX;
  const square = (west, east, name) => ({ type: 'Feature', properties: { name }, geometry: { type: 'Polygon', coordinates: [[[west, s], [east, s], [east, n], [west, n], [west, s]]] } }); // prettier-ignore
  const raw = JSON.stringify({ type: 'FeatureCollection', features: [square(w, TOWN[0], 'West'), square(TOWN[0], e, 'East')] });
  const headers = { 'content-type': 'application/geo+json' };
  const { json } = await admin.post(`/api/projects/${project}/uploads?name=areas.geojson`, undefined, { raw, headers, expect: 201 });
  const mapping = { target: 'overlay', title: 'Halves', label: 'name', crs: 'EPSG:4326' };
  const begun = await admin.post(`/api/uploads/${json.upload}/import`, mapping, { expect: 202 });
  return (await finish(admin, begun.json.job)).report.overlay;
}

before(async () => {
  server = await startServer();
  admin = await server.staff(`${WORD}-admin`, 'administrator');
  const { json } = await admin.post('/api/projects', { title: 'Town', bbox: BBOX, groups: GROUPS }, { expect: 201 });
  project = json.id;
  const random = makeRandom(42);
  const held = [];
  for (let number = 0; number < SESSIONS; number += 1) held.push(await hold(random, number));
  const place = { geometry: { type: 'Point', coordinates: [4.3617, 50.8417] }, statement: 'The underpass is dark', recommendation: '', who: 'city', urgency: 'red', language: 'en' };
  const { json: finding } = await admin.post(`/api/sessions/${held[0]}/findings`, place, { expect: 201 });
  await admin.put(`/api/findings/${finding.id}/state`, { state: 'agreed' }, { expect: 200 });
  age(server.data, held, 30);
  sql(server.data, `UPDATE participant SET own_groups = CASE id % 2 WHEN 0 THEN '["new"]' ELSE '["long"]' END`);
  overlay = await makeAreas();
  const job = await publish(admin, project, [overlay]);
  assert.equal(job.state, 'done', JSON.stringify(job));
});
after(() => server?.stop());

/** What must be nowhere. */
async function canaries() {
  const pairs = new Set(sent);
  const numbers = new Set();
  const view = Buffer.alloc(8);
  const keep = (degrees) => (view.writeDoubleLE(degrees), numbers.add(view.readBigUInt64LE()));
  for (const session of sql(server.data, `SELECT id FROM session WHERE project_id = ${project}`).trim().split('\n')) {
    const { json } = await admin.get(`/api/sessions/${session}/export?format=geojson`, { expect: 200 });
    for (const { geometry } of json.features) {
      pairs.add(geometry.coordinates.join());
      geometry.coordinates.forEach(keep);
    }
  }
  for (const pair of sent) pair.split(',').map(Number).forEach(keep);
  for (const id of sql(server.data, 'SELECT contributor FROM participant').trim().split('\n')) numbers.add(BigInt.asUintN(64, BigInt(id)));
  // snapped to the same grid, the finding that was published on purpose may share a longitude or latitude
  const { json: agreed } = await admin.get(`/api/projects/${project}/findings`, { expect: 200 });
  for (const degrees of agreed.items[0].geometry.coordinates) view.writeDoubleLE(degrees), numbers.delete(view.readBigUInt64LE());
  const texts = sql(server.data, 'SELECT pseudonym FROM participant UNION SELECT lower(hex(uuid)) FROM contribution').trim().split('\n');
  return { pairs, numbers, texts: new Set(texts.map((text) => text.toLowerCase())) };
}

/** What of it stands in some bytes. */
function findIn(bytes, { pairs, numbers, texts }) {
  const found = [];
  const text = bytes.toString('latin1');
  if (text.toLowerCase().includes(WORD)) found.push('a word');
  for (const [, lon, lat] of text.matchAll(/(-?\d+\.\d+)[,; ]+(-?\d+\.\d+)/g)) if (pairs.has([Number(lon), Number(lat)].join())) found.push('a position in figures');
  for (const [name] of text.matchAll(/[A-Z][a-z]+ \d\d/g)) if (texts.has(name.toLowerCase())) found.push('a pseudonym');
  for (const [uuid] of text.matchAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi)) if (texts.has(uuid.toLowerCase().replaceAll('-', ''))) found.push('a contribution');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + 8 <= bytes.length; at += 1)
    for (const little of [true, false]) if (numbers.has(view.getBigUint64(at, little))) found.push(`the number ${view.getFloat64(at, little)}`);
  return found;
}

const tileOf = (z) => {
  const [lon, lat] = TOWN;
  const radians = (lat * Math.PI) / 180;
  const x = Math.floor(((lon + 180) / 360) * 2 ** z);
  const y = Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * 2 ** z);
  return [z, x, y];
};

/** Every address of a row: each slice, some tiles, each other slice of its kind. */
function addresses(pattern, slices) {
  const base = pattern.replace('{project}', project).replace('{edition}', '1').replace('{overlay}', overlay);
  const tiles = base.includes('{z}') ? [0, 8, 10, 12, 13, 14, 15].map(tileOf) : [[]];
  const each = base.includes('{slice}') ? slices : [''];
  const others = base.includes('{other}') ? [...slices, 'safety-map.nothing'] : [''];
  const formats = pattern.includes('/areas/') ? ['', '?format=csv', '?format=geojson'] : [''];
  const all = [];
  for (const slice of each)
    for (const [z, x, y] of tiles)
      for (const other of others)
        for (const format of formats)
          all.push(base.replace('{slice}', slice).replace('{other}', other).replace('{z}', z).replace('{x}', x).replace('{y}', y) + format);
  return all;
}

test('there are ten thousand canaries, and the search finds them where they are', async () => {
  const all = await canaries();
  assert.equal(sent.size, SESSIONS * PEOPLE * MARKS);
  assert.ok(all.pairs.size > 10_000 && all.numbers.size > 5000 && all.texts.size > 10_000);
  const store = readFileSync(path.join(server.data, 'repere.sqlite'));
  const found = findIn(Buffer.from(store.subarray(0, 4_000_000)), all).map((what) => what.split(' ').slice(0, 2).join(' '));
  for (const what of ['a word', 'the number', 'a pseudonym']) assert.ok(found.includes(what), what);
  const [pair] = sent;
  assert.deepEqual(findIn(Buffer.from(`{"coordinates":[${pair}]}`), all), ['a position in figures']);
});

test("none of them is in the edition's file", async () => {
  const file = readFileSync(path.join(server.data, `editions/${project}-1.gpkg`));
  assert.deepEqual(findIn(file, await canaries()), []);
});

test('none of them is in any byte of any reply to a planner', async () => {
  const all = await canaries();
  const planner = server.client();
  const { json: edition } = await planner.get(`/api/editions/${project}/1`, { expect: 200 });
  const slices = edition.slices.map(({ id }) => id);
  assert.ok(slices.includes('safety-map.group.new'), slices.join());
  const published = server.routes.filter(({ pattern }) => pattern.startsWith('/api/editions'));
  assert.ok(published.length >= 13);
  let bytes = 0;
  for (const { pattern } of published) {
    const statuses = new Set();
    for (const address of addresses(pattern, slices)) {
      const reply = await planner.get(address);
      const head = Buffer.from(JSON.stringify(reply.headers));
      statuses.add(reply.status);
      bytes += reply.bytes.length;
      assert.deepEqual([...findIn(reply.bytes, all), ...findIn(head, all)], [], address);
    }
    assert.ok([200, 204].some((status) => statuses.has(status)), `${pattern}: ${[...statuses]}`);
  }
  assert.ok(bytes > 100_000, `${bytes} bytes were looked through`);
});

test('the log of the server has none of them', async () => {
  assert.deepEqual(findIn(Buffer.from(server.log()), await canaries()), []);
});
