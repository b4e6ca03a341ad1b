// SPDX-License-Identifier: AGPL-3.0-or-later
// The fictional town: the same every time, valid throughout, far from any real street.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { binary } from './support.mjs';

const run = promisify(execFile);
const examples = new URL('../../examples/', import.meta.url).pathname;
let room, first, second;

before(async () => {
  room = mkdtempSync(path.join(tmpdir(), 'repere-town-'));
  [first, second] = [path.join(room, 'first'), path.join(room, 'second')];
  await Promise.all([
    run(path.join(examples, 'town/build.sh'), [binary, first, path.join(room, 'town.mbtiles')]),
    run('node', [path.join(examples, 'town/generate.mjs'), '--out', second]),
  ]);
});
after(() => rmSync(room, { recursive: true, force: true }));

const read = (name, folder = first) => readFileSync(path.join(folder, name), 'utf8');
const json = (name) => JSON.parse(read(name));
const layers = () => readdirSync(path.join(first, 'basemap'));
function positions(geometry) {
  const flat = (list) => (typeof list[0] === 'number' ? [list] : list.flatMap(flat));
  return flat(geometry.coordinates);
}

test('the same seed draws the same town', () => {
  const names = [...layers().map((name) => `basemap/${name}`), 'districts.geojson', 'services.geojson', 'contributions.json', 'town.json']; // prettier-ignore
  for (const name of names) assert.ok(read(name) === read(name, second), name);
});

test('it lies in the open Atlantic', () => {
  for (const name of layers())
    for (const { geometry } of json(`basemap/${name}`).features)
      for (const [lon, lat] of positions(geometry))
        assert.ok(lon > -30.5 && lon < -29.9 && lat > 44.4 && lat < 44.8, `${name}: ${lon}, ${lat}`);
});

test('its layers are those that the pages draw', () => {
  assert.deepEqual(layers().sort(), ['buildings', 'earth', 'landcover', 'landuse', 'places', 'pois', 'roads', 'water'].map((name) => `${name}.geojson`)); // prettier-ignore
  const kinds = (name) => new Set(json(`basemap/${name}.geojson`).features.map(({ properties }) => properties.kind));
  for (const kind of ['highway', 'major_road', 'minor_road', 'path', 'rail']) assert.ok(kinds('roads').has(kind), kind);
  for (const kind of ['ocean', 'river', 'lake']) assert.ok(kinds('water').has(kind), kind);
  for (const kind of ['park', 'school', 'hospital', 'pedestrian', 'industrial']) assert.ok(kinds('landuse').has(kind), kind);
  assert.ok(json('basemap/buildings.geojson').features.length > 10000);
});

test('districts and services are complete', () => {
  const districts = json('districts.geojson').features.map(({ properties }) => properties.name);
  assert.equal(districts.length, 16);
  const kinds = JSON.parse(readFileSync(path.join(examples, 'exercises/city-services.json'), 'utf8'))
    .fields.find(({ id }) => id === 'kind')
    .options.map(({ id }) => id);
  const services = json('services.geojson').features.map(({ properties }) => properties);
  for (const { name, kind, district } of services) assert.ok(kinds.includes(kind) && districts.includes(district), name);
  assert.deepEqual(kinds.filter((kind) => !services.some((service) => service.kind === kind)), []);
});

test('what the participants mark are answers of the safety map', () => {
  const { fields } = JSON.parse(readFileSync(path.join(examples, 'exercises/safety-map.json'), 'utf8'));
  const { bbox, participants } = json('town.json');
  const marks = json('contributions.json');
  assert.equal(marks.length, 120);
  assert.equal(new Set(marks.map(({ uuid }) => uuid)).size, 120);
  assert.equal(new Set(marks.map(({ participant }) => participant)).size, participants);
  for (const { uuid, geometry, answers } of marks) {
    assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    for (const [lon, lat] of positions(geometry))
      assert.ok(lon > bbox[0] && lat > bbox[1] && lon < bbox[2] && lat < bbox[3], uuid);
    for (const [id, answer] of Object.entries(answers)) {
      const field = fields.find((field) => field.id === id);
      const known = field.options.map((option) => option.id);
      for (const one of [answer].flat()) assert.ok(known.includes(one), `${id}: ${one}`);
      assert.equal(Array.isArray(answer), field.type === 'several', id);
      if (field.if) assert.ok(field.if.in.includes(answers[field.if.field]), `${id} with ${answers.feeling}`);
    }
  }
});
