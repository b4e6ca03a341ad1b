// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clusterMarks } from '../../web/src/map/cluster.js';

const placed = (...positions) => positions.map(([x, y], item) => ({ x, y, item }));

function scattered(count) {
  let seed = 11;
  const next = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  return placed(...Array.from({ length: count }, () => [next() * 2000 - 500, next() * 2000 - 500]));
}

test('marks closer than the radius are one group where its first is, others stay alone', () => {
  const groups = clusterMarks(placed([0, 0], [10, 0], [200, 200]), 40);
  assert.deepEqual(groups, [
    { x: 0, y: 0, items: [0, 1] },
    { x: 200, y: 200, items: [2] },
  ]);
});

test('neighbours are found across the borders of cells and left of zero', () => {
  const groups = clusterMarks(placed([-1, -1], [1, 1], [39, 39], [41, 41]), 40);
  assert.deepEqual(
    groups.map((g) => g.items),
    [
      [0, 1],
      [2, 3],
    ],
  );
});

test('a radius of zero groups nothing, not even marks at one place', () => {
  assert.equal(clusterMarks(placed([3, 3], [3, 3]), 0).length, 2);
});

test('every mark is in exactly one group, and within the radius of the one that began it', () => {
  const all = scattered(2000);
  const groups = clusterMarks(all, 50);
  assert.deepEqual(
    groups.flatMap((g) => g.items).sort((a, b) => a - b),
    all.map((p) => p.item),
  );
  for (const { items } of groups) {
    const seed = all[Math.min(...items)];
    for (const i of items) assert.ok(Math.hypot(all[i].x - seed.x, all[i].y - seed.y) <= 50);
  }
});

test('two groups never begin within the radius of each other', () => {
  const all = scattered(800);
  const seeds = clusterMarks(all, 60).map((g) => all[Math.min(...g.items)]);
  for (const a of seeds) for (const b of seeds) assert.ok(a === b || Math.hypot(a.x - b.x, a.y - b.y) > 60);
});

test('the same marks in the same order give the same groups', () => {
  assert.deepEqual(clusterMarks(scattered(500), 45), clusterMarks(scattered(500), 45));
});

test('many marks are grouped within the time of a frame or two', () => {
  const all = scattered(20000);
  const start = performance.now();
  clusterMarks(all, 50);
  assert.ok(performance.now() - start < 1500);
});
