// SPDX-License-Identifier: AGPL-3.0-or-later
// The rules of the outbox, and which screen is due.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupCode, readHash, screenFor, wholeCode } from '../../web/src/capture/flow.js';
import { nextItem, retryDelay, verdict, withItem } from '../../web/src/capture/outbox_queue.js';

const put = (key, uuid, more = {}) => ({
  key,
  kind: 'put',
  token: 'hers',
  session: 1,
  uuid,
  body: {},
  ...more,
});
const remove = (key, uuid) => ({ key, kind: 'delete', token: 'hers', session: 1, uuid });
const idle = { sending: null, known: false };

test('a newer version takes the place of the unsent one and forgets its refusal', () => {
  const queue = [put('1', 'a', { problem: { code: 'BAD_FIELD' } }), put('2', 'b')];
  const next = withItem(queue, put('3', 'a', { body: { fresh: true } }), idle);
  assert.deepEqual(
    next.map((i) => i.key),
    ['1', '2'],
  );
  assert.equal(next[0].problem, undefined);
  assert.deepEqual(next[0].body, { fresh: true });
});

test('what is on its way is not replaced: the newer version waits behind it', () => {
  const next = withItem([put('1', 'a')], put('2', 'a'), { sending: '1', known: false });
  assert.deepEqual(
    next.map((i) => i.key),
    ['1', '2'],
  );
});

test('deleting what was never sent sends nothing', () => {
  assert.deepEqual(
    withItem([put('1', 'a'), put('2', 'b')], remove('3', 'a'), idle).map((i) => i.uuid),
    ['b'],
  );
  assert.deepEqual(withItem([], remove('1', 'draft'), idle), []);
});

test('deleting what is on its way, or at the server, is sent', () => {
  assert.deepEqual(
    withItem([put('1', 'a')], remove('2', 'a'), { sending: '1', known: false }).map((i) => i.kind),
    ['put', 'delete'],
  );
  assert.deepEqual(
    withItem([], remove('1', 'a'), { sending: null, known: true }).map((i) => i.kind),
    ['delete'],
  );
  assert.deepEqual(
    withItem([put('1', 'a')], remove('2', 'a'), { sending: null, known: true }).map((i) => i.kind),
    ['delete'],
  );
});

test('what was refused does not hold up the rest', () => {
  assert.equal(nextItem([put('1', 'a', { problem: { code: 'X' } }), put('2', 'b')])?.uuid, 'b');
  assert.equal(nextItem([]), undefined);
});

test('answers of the server: done, again, refused', () => {
  const refusal = { code: 'BAD_FIELD', temporary: false };
  const offline = { code: 'OFFLINE', temporary: true };
  const mark = put('1', 'a');
  assert.equal(verdict(mark, null, 'hers'), 'done');
  assert.equal(verdict(mark, offline, 'hers'), 'again');
  assert.equal(verdict(mark, refusal, 'hers'), 'refused');
  assert.equal(verdict(mark, refusal, 'the next'), 'done', 'nobody is left to mend it');
  assert.equal(verdict(remove('1', 'a'), { code: 'NOT_FOUND', temporary: false }, 'hers'), 'done');
  assert.equal(
    verdict({ ...mark, kind: 'leave' }, { code: 'NOT_SIGNED_IN', temporary: false }, null),
    'done',
  );
});

test('tries come at 2, 4, 8 … seconds, never more than 30 apart', () => {
  assert.deepEqual([1, 2, 3, 4, 5, 9].map(retryDelay), [2000, 4000, 8000, 16000, 30000, 30000]);
});

test('one screen is due at a time: language, join, consent, waiting, map', () => {
  const seat = {
    token: 't',
    session: 1,
    pseudonym: 'Heron',
    state: 'waiting',
    language: 'fr',
    consent: null,
  };
  const room = { room: true, aggregate: false, finding: false, photo: false };
  const due = (language, seat, loaded = true) => screenFor({ language, seat, loaded });
  assert.equal(due(null, null), 'language');
  assert.equal(due('fr', null), 'join');
  assert.equal(due('fr', seat, false), 'loading');
  assert.equal(due('fr', seat), 'consent');
  assert.equal(due('fr', { ...seat, consent: { ...room, room: false } }), 'declined');
  assert.equal(due('fr', { ...seat, consent: room }), 'waiting');
  assert.equal(due('fr', { ...seat, consent: room, state: 'admitted' }), 'map');
  assert.equal(due('fr', { ...seat, consent: room, state: 'removed' }), 'removed');
});

test('the address carries an invitation or the way to withdraw', () => {
  assert.deepEqual(readHash('#join=abc-DEF_1'), { secret: 'abc-DEF_1' });
  assert.deepEqual(readHash('#withdraw'), { withdraw: true });
  assert.deepEqual(readHash(''), {});
});

test('a typed code is put in groups of four', () => {
  assert.equal(groupCode('abcd efgh'), 'ABCD-EFGH');
  assert.equal(groupCode('ab-cd'), 'ABCD');
  assert.equal(groupCode('abcdefghijk'), 'ABCD-EFGH');
  assert.ok(wholeCode('ABCD-EFGH') && !wholeCode('ABCD-EFG'));
});

/** An outbox without a browser: a server and a device that answer when they are told to. */
async function outboxWith(api, keep) {
  globalThis.window = { addEventListener() {}, removeEventListener() {}, setTimeout: () => 0 };
  globalThis.document = { addEventListener() {}, removeEventListener() {}, visibilityState: 'visible' };
  const { createOutbox } = await import('../../web/src/capture/outbox.js');
  return createOutbox({ api, keep, token: () => 'hers', onSent() {}, onRefused() {} });
}
const about = (kind) => ({ kind, token: 'hers', session: 1, uuid: 'one', ...(kind === 'put' ? { body: {} } : {}) });
const settled = () => new Promise((done) => setImmediate(done));

test('what was taken back while the device writes down that it arrived is deleted on the server', async () => {
  const deleted = [];
  const api = { put: async () => ({}), del: async (path) => deleted.push(path) };
  const slow = { put: async () => {}, remove: () => new Promise(() => {}) };
  const outbox = await outboxWith(api, slow);
  outbox.add(about('put'), { known: false });
  await settled();
  outbox.add(about('delete'), { known: false });
  outbox.flush();
  await settled();
  assert.deepEqual(deleted, ['/api/sessions/1/contributions/one']);
});

test('what was taken back after an answer that never came is deleted on the server', async () => {
  const deleted = [];
  const lost = Object.assign(new Error('OFFLINE'), { code: 'OFFLINE', temporary: true });
  const api = { put: () => Promise.reject(lost), del: async (path) => deleted.push(path) };
  const outbox = await outboxWith(api, { put: async () => {}, remove: async () => {} });
  await outbox.add(about('put'), { known: false });
  await settled();
  await outbox.add(about('delete'), { known: false });
  await settled();
  assert.deepEqual(deleted, ['/api/sessions/1/contributions/one']);
});
