// SPDX-License-Identifier: AGPL-3.0-or-later
// The drawings take the colour of the text around them, so that they work on any ground; each that is
// named is there, and each that is there is named.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);
const folder = new URL('web/icons/', root);
const files = readdirSync(folder).filter((name) => name.endsWith('.svg'));
const drawn = new Set(files.map((name) => name.slice(0, -4)));
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

function* scripts(path) {
  for (const entry of readdirSync(new URL(path, root), { withFileTypes: true }))
    if (entry.isDirectory()) yield* scripts(`${path}${entry.name}/`);
    else if (entry.name.endsWith('.js')) yield [path + entry.name, readFileSync(new URL(path + entry.name, root), 'utf8')];
}

/** Names a script gives to icon(), a button or an `icon:`, both of a choice between two. */
function iconsNamed(text) {
  const places = text.matchAll(
    /\b(?:icon|button|addButton)\(\s*([^,)]*)|\b(?:icon:|drawn =) ([^,\n}]*)|shapeIcons = \{([^}]*)\}/g,
  );
  return [...places].flatMap(([, argument, member, shapes]) =>
    [...(argument ?? member ?? shapes).matchAll(/(^|[?:|]\s*)'([a-z0-9-]+)'/g)].map((hit) => hit[2]),
  );
}
const named = new Map();
const note = (name, where) => named.set(name, [...(named.get(name) ?? []), where]);
for (const [path, text] of scripts('web/src/')) for (const name of iconsNamed(text)) note(name, path);
for (const file of readdirSync(new URL('examples/exercises/', root)).filter((name) => name.endsWith('.json')))
  JSON.parse(readFileSync(new URL(`examples/exercises/${file}`, root), 'utf8'), (key, value) => {
    if (key === 'icon') note(value, file);
    return value;
  });

test('every icon that a page or an exercise names is drawn', () => {
  const missing = [...named].filter(([name]) => !drawn.has(name)).map(([name, where]) => `${name} (${where[0]})`);
  assert.deepEqual(missing, []);
});

test('every drawing is named by a page or an exercise', () => {
  assert.deepEqual([...drawn].filter((name) => !named.has(name)), []);
});
