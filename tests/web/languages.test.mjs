// SPDX-License-Identifier: AGPL-3.0-or-later
// The languages that are shipped: which, in what state, each whole, each in its own script, each with
// the plurals of its own grammar. tests/web/i18n.test.mjs holds keys and pages against each other.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createTranslate, directionOf, known, pickLanguage } from '../../web/src/core/translate.js';

const folder = fileURLToPath(new URL('../../web/i18n/', import.meta.url));
const read = (name) => JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8'));
const shipped = {
  '': ['en', 'fr', 'nl', 'ar', 'tr', 'es', 'uk', 'ru', 'ky', 'fa', 'ti', 'so'],
  'staff/': ['en', 'fr', 'nl'],
  'plan/': ['en', 'fr', 'nl'],
};
const files = Object.entries(shipped).flatMap(([part, codes]) => codes.map((code) => [part, code]));
const forms = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** [key, text] of every text, its plural forms each. */
function* textsOf(value, path = '') {
  for (const [key, inner] of Object.entries(value))
    if (typeof inner === 'string') yield [path + key, inner];
    else yield* textsOf(inner, `${path}${key}.`);
}
const english = new Map(Object.keys(shipped).map((part) => [part, new Map(textsOf(read(`${part}en`)))]));
const placeholders = (text) => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((m) => m[1]).sort();
/** "marks.mine" and "few" of "marks.mine_few"; a key that merely ends alike is one text. */
function pluralOf(part, key) {
  const [, stem, form] = /^(.*)_(zero|one|two|few|many|other)$/.exec(key) ?? [];
  const all = english.get(part);
  return stem && all.has(`${stem}_one`) && all.has(`${stem}_other`) ? { stem, form } : null;
}

test('twelve languages on the tablets, three for those who lead sessions and those who plan', () => {
  for (const [part, codes] of Object.entries(shipped)) {
    const there = readdirSync(folder + part).filter((name) => name.endsWith('.json'));
    assert.deepEqual(there.sort(), codes.map((code) => `${code}.json`).sort());
  }
});

test('each file says whether somebody has checked it, and only English and French were', () => {
  for (const [part, code] of files)
    assert.equal(read(part + code).language.state, ['en', 'fr'].includes(code) ? 'checked' : 'draft', part + code);
});

test('each language names itself and runs in its own direction', () => {
  const own = shipped[''].map((code) => read(code).language);
  assert.equal(new Set(own.map(({ autonym }) => autonym)).size, own.length);
  for (const code of shipped['']) assert.equal(read(code).language.dir, directionOf(code), code);
  assert.deepEqual(shipped[''].filter((code) => directionOf(code) === 'rtl'), ['ar', 'fa']);
});

/** Texts that another language truly writes as English does. */
const alike = {
  es: ['No'],
  fr: ['Questions', 'Question', 'Menu', 'Bus', 'Triangle', 'Transport', 'Police', 'Association', 'Urgent'],
  nl: ['Menu', 'Bus', 'Open', 'Exact', 'Projector', 'Team', 'Project', 'In', 'In {{place}}', 'Per km²', 'Tablet {{number}}'],
};
/** Nothing to translate: measures, and values alone. */
const isBare = (text) => !/\p{L}/u.test(text.replace(/\{\{\w+\}\}/g, '').replace(/\b(m|km²|kB|MB)(?!\p{L})/gu, ''));

/** What a language that is not written with Latin letters is written with. */
const scripts = {
  ar: /\p{Script=Arabic}/u,
  fa: /\p{Script=Arabic}/u,
  uk: /\p{Script=Cyrillic}/u,
  ru: /\p{Script=Cyrillic}/u,
  ky: /\p{Script=Cyrillic}/u,
  ti: /\p{Script=Ethiopic}/u,
};
/** Letters that a language has and its neighbour has not: a text in the wrong file. */
const foreign = {
  ru: /[іїєґңөү]/i,
  uk: /[ыэъёңөү]/i,
  ky: /[іїєґ]/i,
  ar: /[پچژگکی]/,
  fa: /[يكة]/,
};

for (const [part, code] of files.filter(([, each]) => each !== 'en'))
  test(`${part}${code}.json says every text, in ${code}`, () => {
    const said = new Map(textsOf(read(part + code)));
    const wanted = english.get(part);
    const grammar = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
    const wrong = [];
    for (const [key, text] of wanted) {
      const plural = pluralOf(part, key);
      if (!plural && !said.has(key)) wrong.push(`${key} is missing`);
      if (plural?.form !== 'other') continue;
      // "many" of French is of millions alone: no page shows so many
      for (const form of grammar.filter((each) => each !== 'many' || code !== 'fr'))
        if (!said.has(`${plural.stem}_${form}`)) wrong.push(`${plural.stem}_${form} is missing`);
      const values = placeholders(said.get(key) ?? '');
      if (values.join() !== placeholders(text).join()) wrong.push(`${key} names ${values}`);
    }
    for (const [key, text] of said) {
      const plural = pluralOf(part, pluralBase(key));
      const isForm = plural && forms.includes(plural.form);
      if (!wanted.has(key) && !isForm) wrong.push(`${key} is in no other file`);
      if (isForm && plural.form !== 'zero' && !grammar.includes(plural.form)) wrong.push(`${key}: ${code} has no such plural`);
      if (text.trim() === '') wrong.push(`${key} is empty`);
      if (text !== text.trim()) wrong.push(`${key} begins or ends with a space`);
      if (/^language\.(autonym|dir|state)$/.test(key)) continue;
      if (text === wanted.get(key) && !isBare(text) && !alike[code]?.includes(text)) wrong.push(`${key} is still English`);
      if (isBare(text)) continue;
      if (scripts[code] && !scripts[code].test(text)) wrong.push(`${key} is in another script: ${text}`);
      if (foreign[code]?.test(text)) wrong.push(`${key} has letters of another language: ${text}`);
      if (!plural && placeholders(text).join() !== placeholders(wanted.get(key) ?? text).join())
        wrong.push(`${key} names ${placeholders(text)}`);
    }
    assert.deepEqual(wrong, []);
  });

/** The key under which English has its plural: Ukrainian's "_few" is looked for as "_other". */
function pluralBase(key) {
  return key.replace(/_(two|few|many)$/, '_other').replace(/_zero$/, '_other');
}

test('counts are said with the plural of each language', () => {
  const counted = (code, key, counts) => {
    const t = createTranslate(code, read(code));
    return counts.map((count) => t(key, { count }));
  };
  assert.deepEqual(counted('uk', 'marks.mine', [0, 1, 3, 5, 11, 21, 22]), [
    'Ще немає позначок', '1 позначка', '3 позначки', '5 позначок', '11 позначок', '21 позначка', '22 позначки',
  ]);
  assert.deepEqual(counted('ru', 'withdraw.done', [0, 1, 4, 12, 101]), [
    'Удалять уже было нечего.', 'Удалена 1 метка.', 'Удалены 4 метки.', 'Удалено 12 меток.', 'Удалена 101 метка.',
  ]);
  const latin = (texts) => texts.map((text) => text.replace(/[٠-٩]/g, (d) => '٠١٢٣٤٥٦٧٨٩'.indexOf(d)));
  assert.deepEqual(latin(counted('ar', 'marks.mine', [0, 1, 2, 3, 11, 100])), [
    'لا علامة بعد', 'علامة واحدة', 'علامتان', '3 علامات', '11 علامة', '100 علامة',
  ]);
  assert.deepEqual(counted('ti', 'marks.mine', [0, 1, 2]), ['ገና ምልክት የለን', '1 ምልክት', '2 ምልክታት']);
});

test('numbers in a text have the digits of its language', () => {
  const t = createTranslate('fa', read('fa'));
  assert.equal(t('common.step', { now: 2, all: 13 }), '۲ از ۱۳');
  assert.equal(createTranslate('nl', read('nl'))('marks.mine', { count: 1200 }), '1.200 markeringen');
});

test('a language that a browser knows nothing of has English numbers and plurals', () => {
  const texts = { a: { n_one: '{{count}} x', n_other: '{{count}} xs' } };
  const t = createTranslate('qaa', texts);
  assert.deepEqual([1, 1200].map((count) => t('a.n', { count })), ['1 x', '1,200 xs']);
  assert.equal(new Intl.DateTimeFormat(known('qaa'), { month: 'long', timeZone: 'UTC' }).format(0), 'January');
});

test('what a browser asks for is found among the twelve', () => {
  const wishes = { 'nl-BE': 'nl', 'fa-AF': 'fa', 'ar-SY': 'ar', 'ti-ER': 'ti', 'es-EC': 'es', eo: 'en' };
  for (const [wish, found] of Object.entries(wishes))
    assert.equal(pickLanguage([wish], shipped[''], 'en'), found);
});
