// SPDX-License-Identifier: AGPL-3.0-or-later
// Changing an exercise keeps it one that the server takes.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as edit from '../../web/src/facilitate/exercise/document.js';

const folder = new URL('../../examples/exercises/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
const whole = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
/** A template in English and French alone. */
const load = (name) => {
  const doc = whole(name);
  for (const code of edit.languagesOf(doc)) if (!['en', 'fr'].includes(code)) edit.removeLanguage(doc, code);
  delete doc.languages;
  return doc;
};
const safety = () => load('safety-map.json');
const field = (doc, id) => doc.fields.find((one) => one.id === id);
const order = (doc) => doc.fields.map((one) => one.id);

/** Every text of a document, found without knowing where texts stand. */
function texts(value) {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (value === null || typeof value !== 'object') return [];
  if (typeof value.en === 'string') return [value];
  return Object.values(value).flatMap(texts);
}

test('a new id is one that nothing has', () => {
  assert.equal(edit.freeId('question', []), 'question_1');
  assert.equal(edit.freeId('question', [{ id: 'question_2' }]), 'question_3');
  assert.equal(edit.freeId('answer', [{ id: 'a' }, { id: 'b' }]), 'answer_3');
});

test('a copy of a template that was copied before gets a key of its own', () => {
  assert.equal(edit.freeKey('safety-map', []), 'safety-map');
  assert.equal(edit.freeKey('safety-map', ['safety-map', 'safety-map-2']), 'safety-map-3');
  assert.ok(edit.freeKey('x'.repeat(40), ['x'.repeat(40)]).length <= 40);
});

for (const name of names)
  test(`${name}: a language is added to every text and removed from every text`, () => {
    const doc = load(name);
    edit.addLanguage(doc, 'ar');
    for (const text of texts(doc)) assert.deepEqual(Object.keys(text), ['en', 'fr', 'ar']);
    edit.removeLanguage(doc, 'fr');
    for (const text of texts(doc)) assert.deepEqual(Object.keys(text), ['en', 'ar']);
    assert.deepEqual(edit.languagesOf(doc), ['en', 'ar']);
  });

test('the state of a language goes with it, and one that is added is nobody\'s draft', () => {
  const doc = whole('safety-map.json');
  assert.equal(doc.languages.ar, 'draft');
  edit.removeLanguage(doc, 'ar');
  assert.equal('ar' in doc.languages, false);
  edit.addLanguage(doc, 'ar');
  assert.equal(doc.languages.ar, undefined);
  for (const code of edit.languagesOf(doc)) edit.removeLanguage(doc, code);
  assert.equal(doc.languages, undefined);
});

test('a question never goes before the one its condition names', () => {
  const doc = safety();
  let at = doc.fields.findIndex((one) => one.if?.field === 'feeling');
  const question = doc.fields[at];
  while (edit.mayMove(doc, at, -1)) edit.moveQuestion(doc, at--, -1);
  assert.equal(order(doc)[at - 1], 'feeling');
  assert.equal(doc.fields[at], question);
  assert.ok(!edit.mayMove(doc, at - 1, 1), 'nor the named one behind it');
  const before = order(doc);
  edit.moveQuestion(doc, 0, -1);
  edit.moveQuestion(doc, doc.fields.length - 1, 1);
  assert.deepEqual(order(doc), before);
});

test('what hangs on a question goes with it', () => {
  const doc = safety();
  const help = doc.help.field;
  edit.removeQuestion(
    doc,
    doc.fields.findIndex((one) => one.id === help),
  );
  assert.equal(doc.help, null);
  edit.removeQuestion(doc, 0);
  assert.ok(doc.fields.every((one) => one.if?.field !== 'feeling'));
});

test('what hangs on an answer goes with it', () => {
  const doc = safety();
  const feeling = field(doc, 'feeling');
  const asked = doc.fields.find((one) => one.if?.field === 'feeling');
  for (const id of [...asked.if.in])
    edit.removeOption(
      doc,
      feeling,
      feeling.options.findIndex((one) => one.id === id),
    );
  assert.equal(asked.if, undefined);
  const reasons = field(doc, doc.help.field);
  edit.removeOption(
    doc,
    reasons,
    reasons.options.findIndex((one) => one.id === doc.help.option),
  );
  assert.equal(doc.help, null);
});

test('no category allows a drawing that the exercise does not', () => {
  const doc = load('asset-map.json');
  const [option] = field(doc, doc.category).options;
  option.geometry = ['point', 'area'];
  edit.setShapes(doc, ['area', 'line']);
  assert.deepEqual(option.geometry, ['area']);
  edit.setShapes(doc, ['line']);
  assert.equal(option.geometry, undefined);
});

test('what an edition tells apart goes with the question and the answers it counts', () => {
  const doc = safety();
  const ids = (slices) => slices.map(({ id }) => id);
  const feeling = field(doc, 'feeling');
  const at = (id) => feeling.options.findIndex((one) => one.id === id);
  edit.removeOption(doc, feeling, at('very_unsafe'));
  assert.deepEqual(doc.publish.categories[0].options, ['unsafe']);
  edit.removeOption(doc, feeling, at('unsafe'));
  assert.deepEqual(ids(doc.publish.categories), ['neither', 'safe']);
  edit.removeOption(doc, field(doc, 'when'), 2);
  assert.deepEqual(doc.publish.times.bands[1].options, ['always']);
  edit.removeQuestion(doc, order(doc).indexOf('when'));
  assert.equal(doc.publish.times, undefined);
  assert.deepEqual(ids(doc.publish.categories), ['neither', 'safe']);
  edit.removeOption(doc, feeling, at('neither'));
  edit.removeOption(doc, feeling, at('safe'));
  edit.removeOption(doc, feeling, at('very_safe'));
  assert.equal(doc.publish, undefined);
});

test('a category of another question goes with that question alone', () => {
  const doc = load('city-services.json');
  edit.removeQuestion(doc, order(doc).indexOf('knowledge'));
  assert.ok(!doc.publish.categories.some(({ field: of }) => of === 'knowledge'));
  assert.equal(doc.publish.categories.length, 5);
});

test('a language that is added names at once what an edition tells apart', () => {
  const doc = safety();
  edit.addLanguage(doc, 'ar');
  assert.equal(doc.publish.categories[0].label.ar, 'Unsafe');
});

test('conditions name earlier questions that have answers to choose', () => {
  const doc = safety();
  const earlier = edit.earlierChoices(doc, doc.fields[3]);
  assert.deepEqual(
    earlier,
    doc.fields.slice(0, 3).filter((one) => one.options),
  );
});

test('new questions of each kind have every language and what their kind needs', () => {
  const doc = safety();
  for (const kind of ['one', 'several', 'scale', 'number', 'text']) {
    const question = edit.newQuestion(doc, kind);
    assert.equal(question.type, kind);
    assert.deepEqual(Object.keys(question.label), ['en', 'fr']);
    assert.ok(
      kind === 'text' ? question.max_length : question.options?.length === 2 || question.max > question.min,
    );
  }
});

test('texts that may be left out and are empty are not sent; the document that is edited stays', () => {
  const doc = safety();
  const scale = { ...edit.newQuestion(doc, 'scale'), low: { en: '', fr: ' ' }, high: { en: 'a', fr: 'b' } };
  doc.fields.push(scale);
  const sent = edit.tidy(doc).fields.at(-1);
  assert.equal(sent.low, undefined);
  assert.deepEqual(sent.high, { en: 'a', fr: 'b' });
  assert.deepEqual(scale.low, { en: '', fr: ' ' });
});

test('a text that is not translated yet is said in the first language, which makes that translation a draft', () => {
  const doc = safety();
  const question = { ...edit.newQuestion(doc, 'text'), label: { en: 'And you?', fr: '' } };
  doc.fields.push(question);
  const sent = edit.tidy(doc);
  assert.deepEqual(sent.fields.at(-1).label, { en: 'And you?', fr: 'And you?' });
  assert.deepEqual(sent.languages, { fr: 'draft' });
  assert.equal(question.label.fr, '', 'the document that is edited stays');
});
