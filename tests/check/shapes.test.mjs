// SPDX-License-Identifier: AGPL-3.0-or-later
// A sign looks the same on screen and on paper: two languages hold its outlines, and agree.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { shapeOf, shapePaths } from '../../web/src/map/shapes.js';

test('the outlines on paper are those of the pages', () => {
  const source = readFileSync(new URL('../../server/paper/sheet_sign.c', import.meta.url), 'utf8');
  const table = /outlines\[\] = \{\n([\s\S]*?)\n\};/.exec(source)[1].replace(/"\s*\n\s*"/g, '');
  const rows = [...table.matchAll(/\{"([\w-]+)",\s*([\d.]+),\s*([\d.]+),\s*"([^"]+)"\}/g)];
  assert.deepEqual(rows.map(([, name]) => name).sort(), Object.keys(shapePaths).sort());
  for (const [, name, y, size, path] of rows)
    assert.deepEqual({ path, iconY: Number(y), iconSize: Number(size) }, shapeOf(name), name);
});
