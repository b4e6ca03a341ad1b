// SPDX-License-Identifier: AGPL-3.0-or-later
// What a thing of a vector map is taken for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kindOf, wordsOf } from '../../web/src/map/tag_look.js';

const [point, line, area] = [1, 2, 3];

test('things are known by their tags, whatever their layer is called', () => {
  const cases = [
    ['x', area, { natural: 'water', water: 'pond' }, 'water'],
    ['x', area, { leisure: 'park' }, 'green'],
    ['x', area, { 'pmap:kind': 'park', landuse: 'grass' }, 'green'],
    ['x', area, { 'pmap:kind': 'hospital' }, 'hospital'],
    ['x', area, { landuse: 'forest' }, 'wood'],
    ['x', line, { highway: 'residential' }, 'road_minor'],
    ['x', line, { 'pmap:kind': 'major_road' }, 'road_major'],
    ['x', line, { highway: 'footway', 'pmap:kind': 'other' }, 'path'],
    ['x', line, { highway: 'cycleway' }, 'cycle'],
    ['x', line, { type: 'route', route: 'bus', name: 'Bus 56' }, 'bus'],
    ['x', line, { type: 'route', route: 'subway' }, 'line'],
    ['x', line, { railway: 'rail' }, 'rail'],
    ['x', line, { railway: 'rail', service: 'yard' }, 'rail_yard'],
    ['x', line, { railway: 'rail', tunnel: 'yes' }, 'rail_below'],
    ['x', line, { waterway: 'canal' }, 'river'],
    ['x', line, { barrier: 'hedge' }, 'hedge'],
    ['x', line, { boundary: 'administrative', admin_level: '4' }, 'border'],
    ['x', line, { boundary: 'administrative', admin_level: '8' }, 'border_town'],
    ['x', point, { place: 'neighbourhood', name: 'Marolles' }, 'place_quarter'],
    ['x', point, { amenity: 'townhall', name: 'Town hall' }, 'landmark'],
    ['x', point, { amenity: 'library', name: 'Library' }, 'helper'],
    ['x', point, { shop: 'gift', name: 'Gifts' }, 'poi'],
    ['x', point, { natural: 'tree' }, 'tree'],
  ];
  for (const [layer, type, tags, kind] of cases) assert.equal(kindOf(layer, type, tags), kind, JSON.stringify(tags));
});

test('what nobody needs to find her way is not drawn', () => {
  const cases = [
    ['railway', point, { railway: 'signal' }],
    ['railway', line, { railway: 'miniature' }],
    ['water', line, { waterway: 'stream', tunnel: 'culvert' }],
    ['boundaries', line, { boundary: 'administrative', admin_level: '10' }],
    ['boundaries', area, { boundary: 'administrative', admin_level: '8' }],
    ['pois', point, { amenity: 'bench' }],
    ['pois', point, { amenity: 'museum' }],
    ['mask', area, {}],
    ['leisure', line, { leisure: 'pitch' }],
  ];
  for (const [layer, type, tags] of cases) assert.equal(kindOf(layer, type, tags), null, JSON.stringify(tags));
});

test('without tags that say it, the layer does; an unknown one is something', () => {
  assert.equal(kindOf('buildings', area, {}), 'building');
  assert.equal(kindOf('Lakes', area, { name: 'A' }), 'water');
  assert.equal(kindOf('Straßen_roads', line, {}), 'road_minor');
  assert.equal(kindOf('cities', point, { name: 'Oslo' }), 'place_suburb');
  assert.equal(kindOf('zones', area, {}), 'other');
  assert.equal(kindOf('zones', line, {}), 'other_line');
  assert.equal(kindOf('zones', point, { name: 'A' }), null);
});

test('a name is written in her language, both of two in lines of their own, a sentence not at all', () => {
  const tags = { name: 'Bruxelles - Brussel', 'name:ar': 'بروكسل' };
  assert.equal(wordsOf(tags, 'ar'), 'بروكسل');
  assert.equal(wordsOf(tags, 'ti'), 'Bruxelles\u00a0– Brussel');
  assert.equal(wordsOf({ NAME: 'X', 'name:fr': ' ' }, 'fr'), 'X');
  assert.equal(wordsOf({ name: 7 }, 'fr'), null);
  assert.equal(wordsOf({}, 'fr'), null);
  assert.equal(wordsOf({ name: 'x'.repeat(43) }, 'fr'), null);
});
