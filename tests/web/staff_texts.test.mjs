// SPDX-License-Identifier: AGPL-3.0-or-later
// Pure parts of the facilitator's page: addresses, what went wrong, precisions, cells of imports.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readAddress } from '../../web/src/facilitate/address.js';
import { reasons, reasonText } from '../../web/src/facilitate/import/reasons.js';
import { distinct, given, optionNamed } from '../../web/src/facilitate/import/values.js';
import { precisionOptions } from '../../web/src/facilitate/precision.js';
import { problemText } from '../../web/src/facilitate/problem.js';

const t = (key, values = {}) => [key, ...Object.values(values)].join(' ');

test('an address names a screen and its numbers', () => {
  const rows = {
    '': ['projects'],
    '#/': ['projects'],
    '#/project/3': ['project', 3],
    '#/project/3/open': ['project/open', 3],
    '#/project/3/exercise/12': ['project/exercise', 3, 12],
    '#/session/7/sheet': ['session/sheet', 7],
  };
  for (const [hash, [name, ...ids]] of Object.entries(rows))
    assert.deepEqual(readAddress(hash), { name, ids }, hash);
});

test('an address that is none shows the projects', () => {
  const wrong = [
    '#/project',
    '#/project/x',
    '#/project/3/4',
    '#/3/project',
    '#/session/0',
    '#/constructor',
    '#/toString/1',
    '#/project/1e9',
    '#link=abc',
    '#/session/99999999999999999999',
  ];
  for (const hash of wrong) assert.deepEqual(readAddress(hash), { name: 'projects', ids: [] }, hash);
});

test('what went wrong is said in words, or with its code where there are none', () => {
  const texts = { 'staff.problem.OFFLINE': 'No server.', 'staff.problem.other': 'Something went wrong.' };
  const say = (key) => texts[key] ?? key;
  assert.equal(problemText(say, { code: 'OFFLINE' }), 'No server.');
  assert.equal(
    problemText(say, { code: 'BAD_FIELD', where: 'bbox', detail: 'is empty' }),
    'Something went wrong. (BAD_FIELD, bbox: is empty)',
  );
  assert.equal(problemText(say, new TypeError('x')), 'Something went wrong. (INTERNAL)');
});

test('a sensitive exercise is never exact', () => {
  const values = (sensitivity) => precisionOptions(t, { sensitivity }).map(([value]) => value);
  assert.deepEqual(values('standard'), ['0', '25', '50', '100', '250']);
  assert.deepEqual(values('sensitive'), ['25', '50', '100', '250']);
});

test('cells are parted, trimmed, and each is there once', () => {
  assert.deepEqual(distinct(['a, b', ' b ', '', 'c,a'], ','), ['a', 'b', 'c']);
  assert.deepEqual(distinct(['a, b', 'a, b'], ''), ['a, b']);
});

test('a cell names an option by its id or a label in any language', () => {
  const options = [
    { id: 'very_unsafe', label: { en: 'Very unsafe', fr: 'Très insécure' } },
    { id: 'safe', label: { en: 'Safe', fr: 'Sûr' } },
  ];
  assert.equal(optionNamed(' very_unsafe', options), 'very_unsafe');
  assert.equal(optionNamed('TRÈS INSÉCURE', options), 'very_unsafe');
  assert.equal(optionNamed('sûr ', options), 'safe');
  assert.equal(optionNamed('unsafe', options), '');
});

test('only what was given is sent', () => {
  assert.deepEqual(given({ a: '', b: undefined, c: 'x', d: 0, e: false }), { c: 'x', d: 0, e: false });
});

test('reasons of the server are said in the language of the page, others as they are', () => {
  assert.equal(reasonText(t, 'is not a number'), 'staff.reason.number ');
  assert.equal(
    reasonText(t, '"strange" is mapped to no option of the question "feeling"'),
    'staff.reason.option strange',
  );
  assert.equal(reasonText(t, 'this category is not drawn as a line'), 'staff.reason.shape a line');
  assert.equal(reasonText(t, 'the moon is full'), 'the moon is full');
});

test('each reason is one that the server gives', () => {
  const server = new URL('../../server/', import.meta.url);
  const sources = ['model', 'service', 'geo'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, server))
      .filter((name) => name.endsWith('.c'))
      .map((name) => readFileSync(new URL(`${folder}/${name}`, server), 'utf8').replace(/"\s*\n\s*"/g, '')),
  );
  for (const [said] of reasons) {
    const parts = said.split(/"?…"?/).filter((part) => part.trim() !== '');
    const there = sources.some((source) => parts.every((part) => source.includes(part)));
    assert.ok(there, said);
  }
});
