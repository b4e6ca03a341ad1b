// SPDX-License-Identifier: AGPL-3.0-or-later
// Interface texts: every language says everything, nothing is said that no page asks for, and the
// rules by which texts are found.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createTranslate, labelIn, lookUp, pickLanguage } from '../../web/src/core/translate.js';

const web = fileURLToPath(new URL('../../web/', import.meta.url));
const read = (name) => JSON.parse(readFileSync(web + name, 'utf8'));
const ending = /_(zero|one|two|few|many|other)$/;

function* keysOf(texts, path = '') {
  for (const [key, value] of Object.entries(texts))
    if (typeof value === 'string') yield path + key;
    else yield* keysOf(value, `${path}${key}.`);
}
const languages = readdirSync(`${web}i18n`)
  .filter((f) => f.endsWith('.json'))
  .map((f) => f.slice(0, -5));
const folders = ['i18n/', 'i18n/staff/', 'i18n/plan/'];
const keys = new Map(folders.map((folder) => [folder, [...keysOf(read(`${folder}en.json`))]]));
const allKeys = [...keys.values()].flat();
/** What a page asks for: a key, or the stem of its plural forms ("marks.mine" of "marks.mine_other"). */
const stemOf = (key) => {
  const stem = key.replace(ending, '');
  return ['one', 'other'].every((form) => allKeys.includes(`${stem}_${form}`)) ? stem : key;
};
const isPlural = (key) => stemOf(key) !== key;

function* sources(folder) {
  for (const entry of readdirSync(web + folder, { withFileTypes: true }))
    if (entry.isDirectory()) yield* sources(`${folder}${entry.name}/`);
    else if (entry.name.endsWith('.js'))
      yield [folder + entry.name, readFileSync(web + folder + entry.name, 'utf8')];
}
const files = [...sources('src/')];

test('English and French are there', () => {
  for (const language of ['en', 'fr']) assert.ok(languages.includes(language));
});

for (const folder of folders)
  for (const language of readdirSync(web + folder)
    .filter((f) => f.endsWith('.json'))
    .map((f) => f.slice(0, -5)))
    test(`${folder}${language}.json has every text, and no other`, () => {
      const texts = read(`${folder}${language}.json`);
      const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const key of keys.get(folder)) {
        if (!isPlural(key)) assert.ok(lookUp(texts, key)?.trim(), `${key} is missing`);
        else if (!key.endsWith('_zero'))
          // a compact number such as "1 million" is never shown: French "many" is not needed
          for (const c of categories.filter((c) => c !== 'many' || language !== 'fr'))
            assert.ok(lookUp(texts, `${stemOf(key)}_${c}`)?.trim(), `${`${stemOf(key)}_${c}`} is missing`);
      }
      const stems = new Set(keys.get(folder).map(stemOf));
      for (const key of keysOf(texts)) assert.ok(stems.has(stemOf(key)), `${key} is nowhere else`);
    });

test('each text names the same values in every language', () => {
  const values = (text) => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((m) => m[1]).sort();
  for (const folder of folders)
    for (const key of keys.get(folder)) {
      const english = lookUp(read(`${folder}en.json`), key);
      for (const language of languages.filter((each) => existsSync(`${web}${folder}${each}.json`))) {
        const other = lookUp(read(`${folder}${language}.json`), key);
        if (other && !key.endsWith('_one') && !key.endsWith('_zero'))
          assert.deepEqual(values(other), values(english), `${language} ${key}`);
      }
    }
});

/** Keys a source names: literals such as 'marks.saved', and templates as patterns. */
function namedKeys(text) {
  const spaces = new Set(allKeys.map((k) => k.split('.')[0]));
  const literals = [...text.matchAll(/(['"])([a-z_]+\.[a-z0-9_.]+)\1/g)]
    .map((m) => m[2])
    .filter((k) => spaces.has(k.split('.')[0]));
  const patterns = [...text.matchAll(/`([a-z_]+\.[^`\s]*\$\{[^`]*)`/g)]
    .map((m) => m[1])
    .filter((k) => spaces.has(k.split('.')[0]))
    .map(
      (k) =>
        new RegExp(
          `^${k
            .replace(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, '\u0000')
            .replace(/\./g, '\\.')
            .replace(/\u0000/g, '[A-Za-z0-9_-]+')}$`,
        ),
    );
  return { literals, patterns };
}
const stems = new Set(allKeys.map(stemOf).concat(allKeys));

test('every key a page names has a text', () => {
  for (const [name, text] of files) {
    const { literals, patterns } = namedKeys(text);
    for (const key of literals) assert.ok(stems.has(key), `${name}: ${key}`);
    for (const pattern of patterns)
      assert.ok(
        [...stems].some((k) => pattern.test(k)),
        `${name}: ${pattern}`,
      );
  }
});

test('every text is named by a page', () => {
  const named = files.map(([, text]) => namedKeys(text));
  const literals = new Set(named.flatMap((n) => n.literals));
  const patterns = named.flatMap((n) => n.patterns);
  const unused = allKeys
    .filter((key) => !key.startsWith('language.'))
    .filter((key) => {
      const stem = stemOf(key);
      return !literals.has(key) && !literals.has(stem) && !patterns.some((p) => p.test(key) || p.test(stem));
    });
  assert.deepEqual(unused, []);
});

test('plurals follow the language, with a text of its own for none', () => {
  const texts = {
    a: { n_zero: 'none', n_one: '{{count}} mark', n_other: '{{count}} marks' },
    b: { n_other: '{{count}}' },
  };
  const t = createTranslate('en', texts);
  assert.deepEqual(
    [0, 1, 1200].map((count) => t('a.n', { count })),
    ['none', '1 mark', '1,200 marks'],
  );
  assert.equal(t('b.n', { count: 1 }), '1');
  assert.equal(createTranslate('fr', texts)('a.n', { count: 1.5 }), '1,5 mark');
});

test('a missing text shows its key, a missing value its name', () => {
  const t = createTranslate('en', { a: { b: 'Hello {{ name }}' } });
  assert.equal(t('a.c'), 'a.c');
  assert.equal(t('a.b'), 'Hello {{ name }}');
  assert.equal(t('a.b', { name: '<b>$&</b>' }), 'Hello <b>$&</b>');
});

test("the browser's wishes meet the languages there are", () => {
  assert.equal(pickLanguage(['nl-BE', 'fr-BE', 'en'], ['en', 'fr'], 'en'), 'fr');
  assert.equal(pickLanguage(['pt'], ['en', 'fr'], 'en'), 'en');
});

test("a label falls back to the session's languages, then English, then any", () => {
  const text = { en: 'street', fr: 'rue', nl: 'straat' };
  assert.equal(labelIn({ pt: 'rua', 'pt-BR': 'rua (BR)' }, 'pt-BR'), 'rua (BR)');
  assert.equal(labelIn(text, 'fr-BE'), 'rue');
  assert.equal(labelIn(text, 'ar', ['nl', 'fr']), 'straat');
  assert.equal(labelIn(text, 'ar'), 'street');
  assert.equal(labelIn({ nl: 'straat' }, 'ar'), 'straat');
  assert.equal(labelIn(null, 'ar'), '');
});
