// SPDX-License-Identifier: AGPL-3.0-or-later
// What is asked, in which order, and what counts as an answer.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as exercise from '../../web/src/core/exercise.js';

const template = (name) =>
  JSON.parse(readFileSync(new URL(`../../examples/exercises/${name}.json`, import.meta.url), 'utf8'));
const safety = template('safety-map');
const services = template('city-services');
const assets = template('asset-map');
const noText = { freeText: false };
const withText = { freeText: true };
const ids = (fields) => fields.map((field) => field.id);

test('the category is the mark itself and never asked again', () => {
  assert.equal(exercise.categoryField(safety).id, 'feeling');
  assert.ok(!ids(exercise.questions(safety, { feeling: 'safe' }, noText)).includes('feeling'));
});

test('a question with a condition is asked only when it holds', () => {
  const unsafe = ids(exercise.questions(safety, { feeling: 'unsafe' }, noText));
  const safe = ids(exercise.questions(safety, { feeling: 'very_safe' }, noText));
  const neither = ids(exercise.questions(safety, { feeling: 'neither' }, noText));
  assert.ok(unsafe.includes('unsafe_because') && !unsafe.includes('safe_because'));
  assert.ok(safe.includes('safe_because') && !safe.includes('unsafe_because'));
  assert.ok(!neither.includes('safe_because') && !neither.includes('unsafe_because'));
});

test('a condition on a question that is itself not asked does not hold', () => {
  const answers = { kind: 'health', here: 'missing', knowledge: 'go_often' };
  assert.deepEqual(ids(exercise.questions(services, answers, noText)), ['here']);
});

test('questions come one after the other, and back again', () => {
  const answers = { feeling: 'safe' };
  const forwards = [];
  for (let id = null; ;) {
    const field = exercise.nextQuestion(safety, answers, noText, id);
    if (!field) break;
    forwards.push((id = field.id));
  }
  const backwards = [];
  for (let id = null; ;) {
    const field = exercise.nextQuestion(safety, answers, noText, id, -1);
    if (!field) break;
    backwards.unshift((id = field.id));
  }
  assert.deepEqual(forwards, ids(exercise.questions(safety, answers, noText)));
  assert.deepEqual(backwards, forwards);
});

test('one can write only where the session allows it', () => {
  assert.ok(!ids(exercise.questions(safety, { feeling: 'safe' }, noText)).includes('change'));
  assert.ok(ids(exercise.questions(safety, { feeling: 'safe' }, withText)).includes('change'));
});

test('"something happened to me here" opens no box to write in', () => {
  const answers = { feeling: 'unsafe', unsafe_because: ['poor_light', 'past_event'] };
  assert.ok(exercise.helpChosen(safety, answers));
  assert.ok(!ids(exercise.questions(safety, answers, withText)).includes('change'));
  assert.ok(!exercise.helpChosen(safety, { feeling: 'unsafe', unsafe_because: ['poor_light'] }));
  assert.ok(!exercise.helpChosen(services, { kind: 'health' }));
});

test('answers whose question no longer applies are dropped, and those that hung on them', () => {
  const answers = { kind: 'health', here: 'missing', knowledge: 'go_often', welcome: 4, barrier: [] };
  assert.deepEqual(exercise.keepApplying(services, answers), { kind: 'health', here: 'missing' });
  const kept = { kind: 'health', here: 'exists', knowledge: 'go_often', welcome: 4 };
  assert.deepEqual(exercise.keepApplying(services, kept), kept);
});

test('an option may be coarser than its session, never finer', () => {
  const person = exercise.categoryOption(assets, 'person');
  assert.equal(exercise.precisionOf(0, person), 250);
  assert.equal(exercise.precisionOf(100, exercise.categoryOption(assets, 'association')), 100);
  assert.deepEqual(exercise.shapesOf(assets, person), ['point']);
  assert.deepEqual(exercise.shapesOf(assets, exercise.categoryOption(assets, 'association')), [
    'point',
    'area',
  ]);
});

test('each type of answer is judged', () => {
  const one = { id: 'a', type: 'one', options: [{ id: 'x' }, { id: 'y' }] };
  const several = { ...one, type: 'several' };
  const scale = { id: 's', type: 'scale', min: 0, max: 3, not_applicable: true };
  const number = { id: 'n', type: 'number', min: 1, max: 99 };
  const text = { id: 't', type: 'text', max_length: 4 };
  const cases = [
    [one, 'x', null],
    [one, 'z', 'option'],
    [one, undefined, null],
    [{ ...one, required: true }, undefined, 'required'],
    [several, ['x', 'y'], null],
    [several, ['x', 'x'], 'option'],
    [several, ['z'], 'option'],
    [several, 'x', 'type'],
    [several, [], null],
    [scale, 0, null],
    [scale, 4, 'range'],
    [scale, 'na', null],
    [scale, 1.5, 'type'],
    [{ ...scale, not_applicable: false }, 'na', 'option'],
    [number, 99, null],
    [number, 0, 'range'],
    [number, '3', 'type'],
    [text, 'abcd', null],
    [text, 'abcde', 'length'],
    [text, '\u{1f642}\u{1f642}\u{1f642}\u{1f642}', null],
    [text, 3, 'type'],
  ];
  for (const [field, value, wrong] of cases)
    assert.equal(exercise.wrongAnswer(field, value), wrong, `${field.type} ${JSON.stringify(value)}`);
});

test('a mark is whole when no needed answer is missing', () => {
  assert.equal(exercise.firstWrong(safety, { feeling: 'unsafe' }, noText), null);
  assert.equal(exercise.firstWrong(services, { kind: 'health' }, noText)?.field.id, 'here');
  assert.equal(exercise.firstWrong(services, { kind: 'health', here: 'exists' }, noText), null);
  assert.equal(exercise.firstWrong(safety, {}, noText)?.why, 'required');
});
