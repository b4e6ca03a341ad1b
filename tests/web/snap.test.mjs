// SPDX-License-Identifier: AGPL-3.0-or-later
// Coarsening in the page: the cells of server/geo/grid.h. snap_server.test.mjs holds both together.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellOf, snap, snapGeometry } from '../../web/src/core/snap.js';

const metresPerDegree = 111320;
const metresApart = ([lon, lat], [lon2, lat2]) =>
  Math.hypot(
    (lat - lat2) * metresPerDegree,
    (lon - lon2) * metresPerDegree * Math.cos((lat * Math.PI) / 180),
  );

/** Positions over the inhabited world, the same at each run. */
function* positions(count) {
  let seed = 7;
  const next = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let i = 0; i < count; i++) yield [next() * 360 - 180, next() * 140 - 70];
}

test('a position moves by no more than half a cell in each direction', () => {
  for (const metres of [25, 50, 100, 250])
    for (const position of positions(300)) {
      const apart = metresApart(position, snap(metres, position));
      assert.ok(apart <= metres * Math.SQRT1_2 * 1.01 + 0.02, `${metres} m at ${position}: ${apart}`);
    }
});

test('snapping a snapped position gives it again', () => {
  for (const metres of [0, 25, 50, 100, 250])
    for (const position of positions(300)) {
      const once = snap(metres, position);
      assert.deepEqual(snap(metres, once), once);
    }
});

test('a worked example pins the formula, the same as in tests/unit/test_grid.c', () => {
  assert.deepEqual(snap(50, [4.3517, 50.8466]), [4.3517654, 50.8464337]);
});

test('positions of one cell come out the same, and the cell holds them', () => {
  const [west, south, east, north] = cellOf(100, [4.35, 50.85]);
  const inside = [west + (east - west) * 0.1, south + (north - south) * 0.9];
  assert.deepEqual(snap(100, inside), snap(100, [4.35, 50.85]));
  assert.ok(west < 4.35 && 4.35 < east && south < 50.85 && 50.85 < north);
});

test('an exact position is only rounded to 7 decimals, halves upwards, never a negative zero', () => {
  assert.deepEqual(snap(0, [4.123456789, -50.123456789]), [4.1234568, -50.1234568]);
  assert.deepEqual(snap(0, [0.5e-7, -0.5e-7]), [1e-7, 0]);
  assert.ok(Object.is(snap(0, [-1e-9, 1e-9])[0], 0));
  assert.equal(cellOf(0, [4, 50]), null);
});

test('positions past the poles and the antimeridian are clamped', () => {
  assert.deepEqual(snap(0, [181, -91]), [180, -90]);
  const [lon, lat] = snap(250, [180, 90]);
  assert.ok(lon <= 180 && lat <= 90);
});

test('repeats that arise in a path are dropped, and a path within one cell becomes its point', () => {
  const here = [4.35, 50.85];
  const near = [4.35001, 50.85001];
  const far = [4.37, 50.86];
  const line = snapGeometry(250, { type: 'LineString', coordinates: [here, near, far, far] });
  assert.deepEqual(line, { type: 'LineString', coordinates: [snap(250, here), snap(250, far)] });
  const point = snapGeometry(250, { type: 'LineString', coordinates: [here, near] });
  assert.deepEqual(point, { type: 'Point', coordinates: snap(250, here) });
});

test('an area loses the spikes that snapping makes, and collapses to the point of its first cell', () => {
  const [a, b, c] = [
    [4.3, 50.8],
    [4.31, 50.8],
    [4.31, 50.81],
  ];
  const spike = [4.33, 50.81];
  const area = snapGeometry(100, { type: 'Polygon', coordinates: [[a, b, c, spike, c, a]] });
  assert.deepEqual(area, { type: 'Polygon', coordinates: [[a, b, c, a].map((p) => snap(100, p))] });
  const flat = snapGeometry(250, { type: 'Polygon', coordinates: [[a, b, a]] });
  assert.deepEqual(flat, { type: 'Point', coordinates: snap(250, a) });
});

test('a point stays a point', () => {
  assert.deepEqual(snapGeometry(0, { type: 'Point', coordinates: [4.1, 50.1] }), {
    type: 'Point',
    coordinates: [4.1, 50.1],
  });
});
