// SPDX-License-Identifier: AGPL-3.0-or-later
// Pure parts of the planner's page: addresses, what an edition has, classes and colours, regions on the ground.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { urlsOf } from '../../web/src/plan/catalog.js';
import { compareCells, shortCode } from '../../web/src/plan/cells.js';
import {
  breaksOf,
  colourOf,
  legendRows,
  niceStep,
  ramp,
  rampFor,
  shareParts,
} from '../../web/src/plan/classes.js';
import { embedCode } from '../../web/src/plan/embed_code.js';
import { actedOnBy, countActors, findingMarks, signOf } from '../../web/src/plan/places.js';
import { boundsOf, fromWorld, holds, regionAt, toRegion, toWorld } from '../../web/src/plan/regions.js';
import { beside, mayDiffer } from '../../web/src/plan/slices.js';
import { findEdition, firstState, readState, settle, writeState } from '../../web/src/plan/state.js';
import { makeWorld } from './plan_fixture.mjs';

const read = (path) => JSON.parse(makeWorld().answer(`http://x/api/editions${path}`).body);
const edition = read('/1/2');

test('an address says everything that is looked at, and is read back the same', () => {
  const state = {
    ...firstState,
    project: 7,
    edition: '2.1',
    slice: 'safety-map.time.night',
    show: 'areas',
    areas: 3,
    other: 'safety-map.time.day',
    difference: true,
    layers: ['findings', '4'],
    who: 'city',
    tab: 'figures',
    table: true,
    pick: 'finding 3',
    at: { zoom: 13.5, lat: 44.60002, lon: -30.20121 },
  };
  assert.deepEqual(readState(writeState(state)), state);
  assert.equal(writeState({ ...firstState, project: 7, edition: '2' }), '#/7/2');
  assert.deepEqual(readState(writeState({ ...state, layers: [] })).layers, []);
});

test('an address made by hand is read as far as it makes sense', () => {
  for (const hash of ['', '#', '#/', '#/x/y', '#/0/2', '#/-1', '#/1e3/2'])
    assert.equal(readState(hash).project, null, hash);
  assert.equal(readState('#7/2').edition, '2');
  assert.equal(readState('#/7/two').edition, null);
  const wrong = readState('#/7/2?show=pie&tab=secret&at=1/2&areas=x&table=yes&layers=');
  assert.deepEqual(
    [wrong.show, wrong.tab, wrong.at, wrong.areas, wrong.table, wrong.layers],
    ['grid', 'map', null, null, false, []],
  );
  assert.equal(readState('#/7/2?at=13/95/4').at, null);
});

test('an edition that was revised is found by its old address', () => {
  const items = [
    { project: 1, edition: '3', latest: true },
    { project: 1, edition: '2.1', latest: false },
    { project: 2, edition: '1', latest: true },
  ];
  const found = (project, one) => findEdition(items, { ...firstState, project, edition: one });
  assert.equal(found(1, '2').edition, '2.1');
  assert.equal(found(1, '2.1').edition, '2.1');
  assert.equal(found(1, null).edition, '3');
  assert.equal(found(1, '9').edition, '3');
  assert.equal(found(2, null).edition, '1');
  assert.equal(found(null, null).edition, '3');
  assert.equal(findEdition([], firstState), null);
});

test('what an address names and the edition does not have is let go', () => {
  const settled = settle(
    {
      ...firstState,
      slice: 'safety-map.group.gone',
      other: 'nothing',
      difference: true,
      areas: 99,
      show: 'areas',
      layers: ['findings', '99', '2'],
    },
    edition,
  );
  assert.equal(settled.slice, 'safety-map.category.unsafe');
  assert.deepEqual(
    [settled.other, settled.difference, settled.areas, settled.layers],
    [null, false, 1, ['findings', '2']],
  );
  assert.equal(
    settle({ ...firstState, slice: 'safety-map.all', other: 'safety-map.all' }, edition).other,
    null,
  );
  assert.equal(settle({ ...firstState, show: 'areas' }, { ...edition, overlays: [] }).show, 'grid');
});

test('an edition with findings alone opens with them', () => {
  const words = JSON.parse(makeWorld({ editions: 'words' }).answer('http://x/api/editions/1/2').body);
  const settled = settle({ ...firstState, table: true }, { ...words, slices: [], exercises: [] });
  assert.deepEqual([settled.slice, settled.tab, settled.table], [null, 'findings', false]);
});

test('only two times or two groups of one exercise are set against each other', () => {
  const slice = (id) => edition.slices.find((one) => one.id === id);
  assert.ok(mayDiffer(slice('safety-map.time.day'), slice('safety-map.time.night')));
  assert.ok(!mayDiffer(slice('safety-map.time.day'), slice('safety-map.time.day')));
  assert.ok(!mayDiffer(slice('safety-map.category.unsafe'), slice('safety-map.category.safe')));
  assert.ok(!mayDiffer(slice('safety-map.time.day'), slice('safety-map.group.new')));
  assert.ok(!mayDiffer(slice('safety-map.time.day'), undefined));
});

test('comparing begins with what is worth it: unsafe beside safe', () => {
  assert.equal(beside(edition, 'safety-map.category.unsafe'), 'safety-map.category.safe');
  assert.equal(beside(edition, 'safety-map.time.night'), 'safety-map.time.day');
  assert.equal(beside(edition, 'safety-map.group.new'), 'safety-map.all');
  assert.equal(beside({ slices: [] }, 'x'), null);
});

test('classes begin at numbers that are read with ease, rise, and lie within what there is', () => {
  for (const values of [
    [5, 10, 80, 220],
    [40, 44, 47],
    [2.5, 3, 900],
    [100, 101],
    [0.4, 0.9, 2.2],
    [1000, 40000],
  ]) {
    const breaks = breaksOf(values);
    assert.ok(breaks.length >= 1 && breaks.length < ramp.length, `${values}: ${breaks}`);
    breaks.forEach((value, i) => {
      assert.ok(value > Math.min(...values) && value <= Math.max(...values), `${values}: ${breaks}`);
      assert.ok(i === 0 || value > breaks[i - 1], `${values}: ${breaks}`);
      assert.ok(
        String(value)
          .replace('.', '')
          .replace(/^0+|0+$/g, '').length <= 3,
        `${values}: ${breaks}`,
      );
    });
  }
  assert.deepEqual(breaksOf([]), []);
  assert.deepEqual(breaksOf([40, 40]), []);
  assert.deepEqual([7, 2.5, 0.9, 10, 999].map(niceStep), [5, 2, 0.5, 10, 500]);
});

test('a value has the colour of its class, and a legend says where it begins', () => {
  const breaks = [20, 50, 100];
  assert.equal(colourOf(19.9, breaks), ramp[0]);
  assert.equal(colourOf(20, breaks), rampFor(breaks)[1]);
  assert.equal(colourOf(5000, breaks), ramp[4]);
  assert.deepEqual(
    legendRows(breaks).map(({ from, to }) => [from, to]),
    [
      [null, 20],
      [20, 50],
      [50, 100],
      [100, null],
    ],
  );
  assert.equal(rampFor([]).length, 1);
});

test('the ramp grows darker all the way, so that it reads in grey', () => {
  const light = ramp.map((colour) =>
    [1, 3, 5].reduce(
      (sum, i, n) => sum + parseInt(colour.slice(i, i + 2), 16) * [0.2126, 0.7152, 0.0722][n],
      0,
    ),
  );
  for (let i = 1; i < light.length; i++) assert.ok(light[i - 1] - light[i] > 20, `${light}`);
});

test('shares are spread over the ground by its size', () => {
  const leaf = (share, area_km2) => ({ properties: { share, area_km2 } });
  assert.deepEqual(shareParts([leaf('<20%', 1), leaf('>80%', 3), leaf(null, 5)]), [0.25, 0, 0, 0, 0.75]);
  assert.deepEqual(shareParts([]), [0, 0, 0, 0, 0]);
});

test('degrees and the world of the map agree both ways', () => {
  for (const [lon, lat] of [
    [0, 0],
    [4.35, 50.85],
    [-30.2, 44.6],
    [179.9, -60],
  ]) {
    const back = fromWorld(toWorld(lon, lat));
    assert.ok(Math.abs(back.lon - lon) < 1e-9 && Math.abs(back.lat - lat) < 1e-9, `${lon} ${lat}`);
  }
  assert.deepEqual(toWorld(0, 0), { x: 0.5, y: 0.5 });
});

test('a position is found in its region and not in a hole of it', () => {
  const square = (from, to) => [
    [from, from],
    [to, from],
    [to, to],
    [from, to],
    [from, from],
  ];
  const ring = toRegion(
    { properties: {}, geometry: { type: 'MultiPolygon', coordinates: [[square(0, 3), square(1, 2)]] } },
    0,
  );
  assert.ok(holds(ring, toWorld(0.5, 0.5)));
  assert.ok(!holds(ring, toWorld(1.5, 1.5)));
  assert.ok(!holds(ring, toWorld(4, 1)));
  assert.ok(holds(ring, ring.middle), 'its middle lies inside, not in the hole');
  const hole = toRegion(
    { properties: { name: 'hole' }, geometry: { type: 'Polygon', coordinates: [square(1, 2)] } },
    1,
  );
  assert.equal(regionAt([ring, hole], toWorld(1.5, 1.5)), hole);
  assert.equal(regionAt([ring, hole], toWorld(9, 9)), null);
  assert.deepEqual(
    boundsOf([ring, hole]).map((value) => Math.round(value * 1e6) / 1e6),
    [0, 0, 3, 3],
  );
  assert.equal(boundsOf([]), null);
});

test('the made-up regions do not overlap, and their middles lie inside', () => {
  const regions = read('/1/2/slices/safety-map.all').features.map(toRegion);
  assert.ok(regions.length > 50);
  for (const region of regions) {
    assert.ok(holds(region, region.middle), region.properties.code);
    assert.equal(regions.filter((other) => holds(other, region.middle)).length, 1, region.properties.code);
  }
});

test('findings come with the urgent ones first, and are filtered by who can act', () => {
  const marks = findingMarks(read('/1/2/findings'));
  assert.deepEqual(
    marks.map(({ properties }) => properties.urgency),
    ['red', 'red', 'amber', 'amber', 'green'],
  );
  assert.deepEqual(countActors(marks), [
    ['city', 2],
    ['transport', 1],
    ['landlord', 1],
    ['unknown', 1],
  ]);
  assert.equal(actedOnBy(marks, 'city').length, 2);
  assert.equal(actedOnBy(marks, null).length, 5);
  const shapes = new Set(marks.map((mark) => signOf(mark).shape));
  assert.equal(shapes.size, 3, 'no urgency hangs on colour alone');
  assert.equal(
    signOf({ id: 'finding 9', properties: { urgency: 'blue', who: 'constructor' } }).icon,
    'question',
  );
});

test('rows of the table are sorted by number or word, empty cells apart', () => {
  assert.deepEqual([5, null, 40, 10].sort(compareCells), [null, 5, 10, 40]);
  assert.deepEqual(['b', 'a', null].sort(compareCells), [null, 'a', 'b']);
  assert.equal(shortCode('CRS3035RES500mN2989500E3957000-part'), '500mN2989500E3957000-part');
});

test('addresses of an edition name slices as they are', () => {
  const urls = urlsOf({ project: 3, edition: '2.1' });
  assert.equal(urls.values('safety-map.all'), '/api/editions/3/2.1/slices/safety-map.all/values');
  assert.equal(urls.areas('a b', 4, 'csv'), '/api/editions/3/2.1/slices/a%20b/areas/4?format=csv');
  assert.equal(
    urls.against('x.time.day', 'x.time.night'),
    '/api/editions/3/2.1/slices/x.time.day/against/x.time.night',
  );
});

test('code for another page cannot break out of its quotes', () => {
  const code = embedCode('https://x/embed#/1/2?a=1&b="2"', 'Streets "here" <now> & then');
  assert.match(code, /src="https:\/\/x\/embed#\/1\/2\?a=1&amp;b=&quot;2&quot;"/);
  assert.match(code, /title="Streets &quot;here&quot; &lt;now> &amp; then"/);
});
