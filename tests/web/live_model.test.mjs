// SPDX-License-Identifier: AGPL-3.0-or-later
// What the live map shows of what it knows, and what waits while it is frozen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  countByCategory,
  createMarks,
  everything,
  passes,
} from '../../web/src/facilitate/live/model.js';

const exercise = {
  category: 'feeling',
  fields: [{ id: 'feeling', type: 'one', options: [{ id: 'safe' }, { id: 'unsafe' }] }],
};
const mark = (id, { category = 'safe', state = 'approved', version = 1, answers = {} } = {}) => ({
  id,
  properties: { category, state, version, answers },
});
const put = (one) => ({ type: 'put', mark: one });
const ids = (marks) => marks.all().map((one) => one.id);

function watched() {
  let changes = 0;
  const marks = createMarks(() => (changes += 1));
  return { marks, changes: () => changes };
}

test('all but what is hidden is shown at first, and one state or all when asked', () => {
  const all = everything(exercise);
  const shown = (filter) =>
    ['pending', 'approved', 'hidden'].filter((state) => passes(mark('a', { state }), filter));
  assert.deepEqual(shown(all), ['pending', 'approved']);
  assert.deepEqual(shown({ ...all, state: 'all' }), ['pending', 'approved', 'hidden']);
  assert.deepEqual(shown({ ...all, state: 'hidden' }), ['hidden']);
});

test('a category that is switched off is not shown but still counted', () => {
  const filter = { ...everything(exercise), categories: new Set(['safe']) };
  const marks = [
    mark('a'),
    mark('b', { category: 'unsafe' }),
    mark('c', { category: 'unsafe', state: 'hidden' }),
  ];
  assert.deepEqual(
    marks.filter((one) => passes(one, filter)).map((one) => one.id),
    ['a'],
  );
  assert.deepEqual(
    [...countByCategory(marks, filter)],
    [
      ['safe', 1],
      ['unsafe', 1],
    ],
  );
});

test('the time of day is looked for among several answers', () => {
  const filter = { ...everything(exercise), when: 'night' };
  assert.ok(passes(mark('a', { answers: { when: ['evening', 'night'] } }), filter));
  assert.ok(!passes(mark('b', { answers: { when: ['evening'] } }), filter));
  assert.ok(!passes(mark('c'), filter));
});

test('marks come newest first, and an older version never replaces a newer one', () => {
  const { marks, changes } = watched();
  marks.reset([mark('a'), mark('b')]);
  marks.take(put(mark('c')));
  marks.take(put(mark('a', { version: 3, category: 'unsafe' })));
  marks.take(put(mark('a', { version: 2 })));
  assert.deepEqual(ids(marks), ['c', 'b', 'a']);
  assert.equal(marks.get('a').properties.category, 'unsafe');
  marks.take({ type: 'remove', id: 'b' });
  assert.deepEqual(ids(marks), ['c', 'a']);
  assert.equal(changes(), 5);
});

test('while it is frozen what others do waits, counted once a mark, and then is there', () => {
  const { marks } = watched();
  marks.reset([mark('a'), mark('b')]);
  marks.freeze(true);
  marks.take(put(mark('c')));
  marks.take(put(mark('c', { version: 2 })));
  marks.take({ type: 'remove', id: 'b' });
  marks.take(put(mark('d')));
  marks.take({ type: 'remove', id: 'd' }); // made and taken back meanwhile
  assert.deepEqual(ids(marks), ['b', 'a']);
  assert.equal(marks.waiting, 2);
  marks.freeze(false);
  assert.deepEqual(ids(marks), ['c', 'a']);
  assert.equal(marks.get('c').properties.version, 2);
  assert.equal(marks.waiting, 0);
});

test('what the facilitator does is shown at once though it is frozen, and its echo does not wait', () => {
  const { marks } = watched();
  marks.reset([mark('a')]);
  marks.freeze(true);
  const hidden = mark('a', { state: 'hidden', version: 2 });
  marks.take(put(hidden)); // the echo may come first
  marks.takeOwn(put(hidden));
  marks.take(put(hidden));
  assert.equal(marks.get('a').properties.state, 'hidden');
  assert.equal(marks.waiting, 0);
  marks.takeOwn({ type: 'remove', id: 'a' });
  marks.take({ type: 'remove', id: 'a' });
  assert.deepEqual(ids(marks), []);
  assert.equal(marks.waiting, 0);
});

test('a connection made again during a freeze changes the count, not the map', () => {
  const { marks } = watched();
  marks.reset([mark('a'), mark('b')]);
  marks.freeze(true);
  marks.reset([mark('b'), mark('c'), mark('d')]);
  assert.deepEqual(ids(marks), ['b', 'a']);
  assert.equal(marks.waiting, 3);
  marks.freeze(false);
  assert.deepEqual(ids(marks), ['d', 'c', 'b']);
});

test('a freeze before the first list does not keep the map empty', () => {
  const { marks } = watched();
  marks.freeze(true);
  marks.reset([mark('a')]);
  assert.deepEqual(ids(marks), ['a']);
});
