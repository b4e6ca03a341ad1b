// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badOutline } from '../../web/src/map/outline.js';

const square = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

test('a triangle and a square are areas, drawn either way round', () => {
  assert.ok(!badOutline(square.slice(0, 3)));
  assert.ok(!badOutline(square));
  assert.ok(!badOutline([...square].reverse()));
});

test('an outline that crosses or touches itself is none', () => {
  assert.ok(badOutline([square[0], square[2], square[1], square[3]]), 'a bow tie');
  assert.ok(
    badOutline([
      [0, 0],
      [2, 0],
      [2, 2],
      [1, 0],
      [0, 2],
    ]),
    'a corner on another side',
  );
  assert.ok(
    badOutline([
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
      [0, 1],
    ]),
    'the same corner twice',
  );
});

test('corners on one line hold nothing', () => {
  assert.ok(
    badOutline([
      [0, 0],
      [1, 1],
      [2, 2],
    ]),
  );
  assert.ok(
    badOutline([
      [4.35, 50.85],
      [4.36, 50.85],
      [4.37, 50.85],
    ]),
  );
});

test('sides on one line that are apart do no harm', () => {
  const comb = [
    [0, 0],
    [5, 0],
    [5, 2],
    [4, 2],
    [4, 1],
    [1, 1],
    [1, 2],
    [0, 2],
  ];
  assert.ok(!badOutline(comb));
});

test('a room-sized area far from the origin is seen', () => {
  const [lon, lat] = [139.7, 35.6];
  assert.ok(
    !badOutline([
      [lon, lat],
      [lon + 5e-6, lat],
      [lon + 5e-6, lat + 5e-6],
    ]),
  );
});
