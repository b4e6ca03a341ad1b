// SPDX-License-Identifier: AGPL-3.0-or-later
// The parts of the entry screen that need no browser: cells, the keys of choices, what a page keeps.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cellAt, cellMiddle, cellName, cellsText, geometryOf, nudge, parseCell, readCells } from '../../web/src/facilitate/entry/cells.js';
import { keyFor, keyOf } from '../../web/src/facilitate/entry/keys.js';
import { createUnderWay } from '../../web/src/facilitate/entry/under_way.js';

const groups = JSON.parse(readFileSync(new URL('../fixtures/sheet_cells.json', import.meta.url), 'utf8'));
const { sheet } = groups[0];
const cells = (text) => readCells(sheet, text).cells;
const all = ['point', 'line', 'area'];

test('a name is the same cell and the same place as in the server\'s own code', () => {
  for (const { sheet: grid, cases } of groups)
    for (const { text, name, middle, at } of cases) {
      const cell = parseCell(grid, text);
      assert.equal(cell && cellName(cell), name, JSON.stringify(text));
      if (!cell) continue;
      const [lon, lat] = cellMiddle(grid, cell);
      assert.ok(Math.abs(lon - middle[0]) < 2e-7 && Math.abs(lat - middle[1]) < 2e-7, `${text}: ${lon} ${lat}`);
      assert.equal(cellName(cellAt(grid, lon, lat)), at);
    }
});

test('every part of every cell leads to its place and back', () => {
  for (const { sheet: grid } of groups)
    for (let column = 0; column < grid.columns; column++)
      for (let row = 0; row < grid.rows; row++)
        for (let part = 1; part <= 9; part++) {
          const cell = { column, row, part };
          assert.deepEqual(cellAt(grid, ...cellMiddle(grid, cell)), cell);
          assert.deepEqual(parseCell(grid, cellName(cell)), cell);
        }
});

test('off the map is no cell', () => {
  for (const [lon, lat] of [[0, 0], [sheet.bbox[0] - 0.0001, 50.85], [4.35, sheet.bbox[3] + 0.0001], [NaN, 50.85]])
    assert.equal(cellAt(sheet, lon, lat), null);
});

test('a list of cells is read as it is typed, with the comma of number pads', () => {
  const names = (text) => cells(text).map(cellName);
  assert.deepEqual(names('c4 c5 d6'), ['C4', 'C5', 'D6']);
  assert.deepEqual(names('  c4,5  d6;7 '), ['C4.5', 'D6.7']);
  assert.deepEqual(names('c4, d6'), ['C4', 'D6']);
  assert.deepEqual(readCells(sheet, ''), { cells: [], wrong: null, unfinished: false });
});

test('what is no cell is named at once, unless it may become one', () => {
  for (const [text, wrong, unfinished] of [['c', 'c', true], ['c4.', 'c4.', true], ['c4 d', 'd', true], ['z', 'z', false], ['c99', 'c99', false], ['c4 z9 d5', 'z9', false], ['c d5', 'c', false], ['c4.55', 'c4.55', false], ['44', '44', false]]) { // prettier-ignore
    const read = readCells(sheet, text);
    assert.deepEqual([read.wrong, read.unfinished], [wrong, unfinished], text);
  }
});

test('arrows stay in the cell', () => {
  const [c4] = cells('c4');
  assert.equal(cellName(nudge(c4, 1, 0)), 'C4.6');
  assert.equal(cellName(nudge(nudge(c4, 1, 0), 1, 1)), 'C4.9');
  assert.equal(cellName(nudge(cells('c4.9')[0], 1, 1)), 'C4.9');
  assert.equal(cellName(nudge(cells('c4.1')[0], 0, 1)), 'C4.4');
});

test('one cell is a point, several a line, and an area where they end as they began', () => {
  const type = (text, shapes = all) => geometryOf(sheet, cells(text), shapes).geometry?.type ?? geometryOf(sheet, cells(text), shapes).wrong;
  assert.equal(type('c4'), 'Point');
  assert.equal(type('c4 c5'), 'LineString');
  assert.equal(type('c4 c5 d6 c4'), 'Polygon');
  assert.equal(type('c4 c5 d6', ['point', 'area']), 'Polygon');
  assert.equal(type('c4 c5 d6 c4', ['line']), 'LineString');
  const { geometry } = geometryOf(sheet, cells('c4 c5 d6 c4'), all);
  assert.deepEqual(geometry.coordinates[0][0], geometry.coordinates[0].at(-1));
  assert.equal(geometry.coordinates[0].length, 4);
  assert.equal(cellsText(sheet, geometry), 'C4.5 C5.5 D6.5 C4.5');
});

test('what cannot be drawn says why', () => {
  const wrong = (text, shapes = all) => geometryOf(sheet, cells(text), shapes).wrong;
  assert.equal(wrong(''), 'none');
  assert.equal(wrong('c4 c4'), 'twice');
  assert.equal(wrong('c4 c5', ['point']), 'point');
  assert.equal(wrong('c4', ['line', 'area']), 'more');
  assert.equal(wrong('c4 c5 c4'), 'three');
  assert.equal(wrong('c4 c5', ['area']), 'three');
  assert.equal(wrong('b2 d4 d2 b4 b2'), 'crossed');
  assert.equal(wrong('b2 c2 d2 b2'), 'crossed', 'nothing inside');
});

test('choices have the digits first, then letters; keys are known by their place', () => {
  assert.deepEqual([0, 8, 9, 34, 35].map(keyFor), ['1', '9', 'a', 'z', '']);
  const key = (key, code, more = {}) => keyOf({ key, code, ctrlKey: false, altKey: false, metaKey: false, ...more });
  assert.equal(key('é', 'Digit2'), '2');
  assert.equal(key('2', 'Numpad2'), '2');
  assert.equal(key('A', 'KeyQ'), 'a');
  assert.equal(key('Enter', 'Enter'), '');
  assert.equal(key('2', 'Digit2', { ctrlKey: true }), '');
});

test('a sheet under way is the note-taker\'s own', () => {
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text), removeItem: (key) => kept.delete(key) };
  const sheet = { participant: 3, pseudonym: 'Kiwi 42', paper: 'a4', orientation: 'auto', marks: [] };
  createUnderWay(7, 'fatou', storage).set(sheet);
  assert.deepEqual(createUnderWay(7, 'fatou', storage).get(), sheet);
  assert.equal(createUnderWay(7, 'nadia', storage).get(), null);
  assert.equal(createUnderWay(8, 'fatou', storage).get(), null);
  kept.set('repere-entry-7', '{');
  assert.equal(createUnderWay(7, 'fatou', storage).get(), null);
  createUnderWay(7, 'fatou', storage).set(null);
  assert.equal(kept.size, 0);
});
