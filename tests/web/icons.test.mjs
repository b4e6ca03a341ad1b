// SPDX-License-Identifier: AGPL-3.0-or-later
// The drawings take the colour of the text around them, so that they work on any ground.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../../web/icons/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.svg'));
const read = (name) => readFileSync(new URL(name, folder), 'utf8');

for (const name of files) {
  test(`${name} is small, on the grid, and has no colour of its own`, () => {
    const text = read(name);
    assert.match(name, /^[a-z0-9-]{1,40}\.svg$/);
    assert.match(text, /viewBox="0 0 24 24"/);
    assert.ok(text.length < 1000, `${text.length} bytes`);
    const paints = [...text.matchAll(/\b(?:fill|stroke)="([^"]*)"/g)].map((hit) => hit[1]);
    assert.deepEqual(paints.filter((paint) => !['none', 'currentColor'].includes(paint)), []);
    assert.doesNotMatch(text, /<(?!\/?(svg|g|path|circle|ellipse|rect|line|polyline|polygon)\b|!--)|style=|href=/);
  });
}
