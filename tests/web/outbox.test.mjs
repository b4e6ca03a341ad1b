// SPDX-License-Identifier: AGPL-3.0-or-later
// The rules of the outbox, and which screen is due.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupCode, readHash, screenFor, wholeCode } from '../../web/src/capture/flow.js';
import { ownMarks } from '../../web/src/capture/marks.js';
import {
  knownVersion,
  nextItem,
  retryDelay,
  verdict,
  withItem,
  withLost,
  withReceipt,
  withRefusal,
} from '../../web/src/capture/outbox_queue.js';
import { keepInMemory } from '../../web/src/core/keep.js';

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
  assert.equal(verdict(remove('1', 'a'), refusal, 'hers'), 'refused', 'she must know that it is still there');
  assert.equal(verdict(mark, { code: 'HTTP_404', temporary: false }, 'hers'), 'again', 'not the server answered');
  assert.equal(
    verdict({ ...mark, kind: 'leave' }, { code: 'NOT_SIGNED_IN', temporary: false }, null),
    'done',
  );
});

test('tries come at 2, 4, 8 … seconds, never more than 30 apart, and not all tablets at once', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 9].map((failures) => retryDelay(failures, 1)),
    [2000, 4000, 8000, 16000, 30000, 30000],
  );
  assert.equal(retryDelay(1, 0), 1000);
});

test('only the latest consent of a person is kept, and it goes before the marks made under it', () => {
  const about = (key, kind, body, token = 'hers') => ({ key, kind, token, session: 1, uuid: '', body });
  let queue = [];
  for (const item of [
    about('1', 'consent', { room: true }),
    about('2', 'groups', { groups: ['a'] }),
    put('3', 'a'),
    about('4', 'consent', { room: true }, 'the next'),
    about('5', 'groups', { groups: [] }),
    about('6', 'consent', { room: false }),
    about('7', 'leave'),
  ])
    queue = withItem(queue, item, idle);
  assert.deepEqual(
    queue.map((i) => [i.kind, i.token, i.body?.room ?? i.body?.groups?.length]),
    [
      ['consent', 'hers', false],
      ['groups', 'hers', 0],
      ['put', 'hers', undefined],
      ['consent', 'the next', true],
      ['leave', 'hers', undefined],
    ],
  );
});

test('a consent that is on its way stays: the next one waits behind it', () => {
  const consent = (key, room) => ({ key, kind: 'consent', token: 'hers', session: 1, uuid: '', body: { room } });
  const queue = withItem([consent('1', true)], consent('2', false), { sending: '1', known: false });
  assert.deepEqual(
    queue.map((i) => i.body.room),
    [true, false],
  );
});

test('an edit says the version that its author knew, and what may have arrived unheard', () => {
  const tried = put('1', 'a', { tried: true });
  const [edit] = withItem([tried], put('2', 'a'), idle);
  assert.equal(knownVersion(edit), 1, 'the first may have arrived as version 1');
  const behind = withItem([tried], put('2', 'a'), { sending: '1', known: true });
  assert.deepEqual(behind.map(knownVersion), [0, 0]);
  assert.deepEqual(withLost(behind, tried).map((i) => [i.key, knownVersion(i)]), [['1', 1]]);
  assert.deepEqual(withReceipt(behind, tried, 4).map((i) => [i.key, knownVersion(i)]), [['2', 4]]);
  assert.deepEqual(withReceipt(behind, tried, null).map(knownVersion), [0], 'kept beside: it stands on nothing new');
  const [fresh] = withItem([{ ...tried, lost: 2 }], put('2', 'a', { based_on: 5 }), idle);
  assert.equal(knownVersion(fresh), 5, 'she has seen a later version since');
});

test('a refused mark that has a newer version gives way to it', () => {
  const queue = withItem([put('1', 'a', { tried: true })], put('2', 'a'), { sending: '1', known: true });
  assert.deepEqual(
    withRefusal(queue, queue[0], { code: 'BAD_FIELD', where: '', detail: '' }).map((i) => [i.key, i.problem]),
    [['2', undefined]],
  );
});

test('one sees what the server has, with what it has not been told or has refused on top', () => {
  const feature = (id, version, more = {}) => ({
    id,
    geometry: { type: 'Point', coordinates: [version, 0] },
    properties: { category: 'safe', answers: { feeling: 'safe' }, version, ...more },
  });
  const receipts = {
    a: feature('a', 1),
    b: feature('b', 2),
    c: feature('c', 3),
    d: feature('d', 1),
    e: feature('e', 1, { kept_beside: true }),
  };
  const problem = { code: 'SESSION_CLOSED', where: '', detail: '' };
  const items = [
    put('1', 'b', { body: { geometry: { type: 'Point', coordinates: [9, 9] }, answers: { feeling: 'unsafe' } } }),
    remove('2', 'c'),
    { ...remove('3', 'd'), problem },
    put('4', 'f', { body: { geometry: {}, answers: { feeling: 'safe' } }, problem }),
  ];
  const marks = ownMarks(receipts, items, [], 'feeling');
  assert.deepEqual(
    [...marks.values()].map((own) => [own.id, own.status, own.version, own.category]),
    [
      ['f', 'refused', 0, 'safe'],
      ['b', 'waiting', 2, 'unsafe'],
      ['a', 'sent', 1, 'safe'],
      ['d', 'refused', 1, 'safe'],
      ['e', 'beside', 1, 'safe'],
    ],
  );
  assert.equal(marks.get('d').removal, true);
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

/** Outboxes without a browser: each is a tab; a server and a device that answer when they are told to. */
globalThis.window = { addEventListener() {}, removeEventListener() {}, setTimeout: () => 0 };
globalThis.document = { addEventListener() {}, removeEventListener() {}, visibilityState: 'visible' };
const { createOutbox } = await import('../../web/src/capture/outbox.js');
function outboxWith(api, keep, more = {}) {
  const heard = { sent: [], refused: [] };
  const outbox = createOutbox({
    api,
    keep,
    token: () => 'hers',
    channel: null,
    onSent: (item, reply) => heard.sent.push([item.kind, item.uuid, reply?.properties?.version]),
    onRefused: (item) => heard.refused.push(item.problem.code),
    ...more,
  });
  return { outbox, heard };
}
const about = (kind, uuid = 'one', body = { n: 1 }) => ({
  kind,
  token: 'hers',
  session: 1,
  uuid,
  ...(kind === 'delete' ? {} : { body }),
});
const settled = (times = 40) =>
  Array.from({ length: times }).reduce((p) => p.then(() => new Promise((done) => setImmediate(done))), Promise.resolve());
const lost = () => Promise.reject(Object.assign(new Error('OFFLINE'), { code: 'OFFLINE', temporary: true }));

/** A server that stores as the real one does, and notes what it was asked. */
function fakeServer() {
  const asked = [];
  const stored = new Map();
  const reply = (id) => ({ id, geometry: {}, properties: { version: stored.get(id).version } });
  return {
    asked,
    stored,
    async put(path, body, { headers }) {
      const id = path.split('/').pop();
      asked.push(['put', id, headers?.['If-Match'] ?? '', body.n]);
      const before = stored.get(id);
      if (before?.n !== body.n) stored.set(id, { n: body.n, version: (before?.version ?? 0) + 1 });
      return reply(id);
    },
    async del(path, { headers }) {
      const id = path.split('/').pop();
      asked.push(['delete', id, headers?.['If-Match'] ?? '']);
      stored.delete(id);
      return null;
    },
    async post() {
      asked.push(['leave']);
      return null;
    },
  };
}

test('an item leaves the device with the answer written down, in one step', async () => {
  const server = fakeServer();
  const keep = keepInMemory();
  await keep.put('seat', { token: 'hers' });
  const { outbox, heard } = outboxWith(server, keep);
  await outbox.open();
  await outbox.add(about('put'));
  await settled();
  assert.deepEqual(heard.sent, [['put', 'one', 1]]);
  assert.deepEqual(await keep.list('outbox/'), []);
  assert.equal((await outbox.receipts('hers')).one.properties.version, 1);
  assert.deepEqual(outbox.state.get(), { waiting: 0, refused: 0, dropped: 0, sending: false, offline: false, trouble: '' });
});

test('what was taken back while the device writes down that it arrived is deleted on the server', async () => {
  const server = fakeServer();
  const { outbox } = outboxWith(server, keepInMemory());
  await outbox.open();
  let added;
  const put = server.put;
  server.put = async (...args) => {
    const reply = await put(...args);
    added = Promise.resolve().then(() => outbox.add(about('delete')));
    return reply;
  };
  await outbox.add(about('put'));
  await settled();
  await added;
  await settled();
  assert.deepEqual(
    server.asked.map(([kind]) => kind),
    ['put', 'delete'],
  );
  assert.equal(server.stored.size, 0);
});

test('what was taken back after an answer that never came is deleted on the server, and not sent again', async () => {
  const server = fakeServer();
  const put = server.put;
  server.put = (...args) => put(...args).then(lost);
  const { outbox } = outboxWith(server, keepInMemory());
  await outbox.open();
  await outbox.add(about('put'));
  await settled();
  await outbox.add(about('delete'));
  await settled();
  assert.deepEqual(
    server.asked.map(([kind]) => kind),
    ['put', 'delete'],
  );
});

test('an edit made while the mark is on its way is based on what the mark became', async () => {
  const server = fakeServer();
  const { outbox } = outboxWith(server, keepInMemory());
  await outbox.open();
  outbox.add(about('put'));
  outbox.add(about('put', 'one', { n: 2 }));
  await settled();
  assert.equal(server.asked.length, 1, 'the first had not left yet');
  const put = server.put;
  server.put = async (...args) => {
    server.put = put;
    const reply = await put(...args);
    outbox.add(about('put', 'two', { n: 2 }));
    return reply;
  };
  outbox.add(about('put', 'two', { n: 1 }));
  await settled();
  assert.deepEqual(
    server.asked.map(([, id, match, n]) => [id, match, n]),
    [
      ['one', '', 2],
      ['two', '', 1],
      ['two', '"1"', 2],
    ],
  );
});

test('a reload finds the queue in its order, whatever the clock says', async () => {
  const keep = keepInMemory();
  const clock = Date.now;
  const first = outboxWith({ put: lost }, keep);
  await first.outbox.open();
  await first.outbox.add(about('put', 'one'));
  Date.now = () => clock() - 10 * 365 * 86400000;
  try {
    const second = outboxWith({ put: lost }, keep);
    await second.outbox.open();
    await second.outbox.add(about('put', 'two'));
    await settled();
    const third = outboxWith({ put: lost }, keep);
    await third.outbox.open();
    assert.deepEqual(
      third.outbox.items().map((i) => i.uuid),
      ['one', 'two'],
    );
  } finally {
    Date.now = clock;
  }
});

test('two tabs neither lose each other\'s items nor send one twice at the same time', async () => {
  const server = fakeServer();
  let flying = 0;
  let most = 0;
  const put = server.put;
  server.put = async (...args) => {
    most = Math.max(most, ++flying);
    await settled(5);
    flying--;
    return put(...args);
  };
  const keep = keepInMemory();
  const tabs = new Set();
  /** @returns {any} what BroadcastChannel does, without threads */
  const channel = () => {
    const listeners = new Set();
    const me = {
      addEventListener: (_, hear) => listeners.add(hear),
      removeEventListener: (_, hear) => listeners.delete(hear),
      close: () => tabs.delete(me),
      postMessage: (data) =>
        tabs.forEach((tab) => tab !== me && setImmediate(() => tab.listeners.forEach((hear) => hear({ data })))),
      listeners,
    };
    tabs.add(me);
    return me;
  };
  const left = outboxWith(server, keep, { channel: channel() });
  const right = outboxWith(server, keep, { channel: channel() });
  await Promise.all([left.outbox.open(), right.outbox.open()]);
  for (let n = 0; n < 5; n++) {
    left.outbox.add(about('put', `left${n}`));
    right.outbox.add(about('put', `right${n}`));
  }
  for (let n = 0; n < 200 && server.stored.size < 10; n++) {
    await settled(20);
    left.outbox.flush();
    right.outbox.flush();
  }
  await settled();
  assert.equal(server.stored.size, 10);
  assert.equal(most, 1);
  assert.equal(server.asked.length, 10);
  assert.deepEqual(await keep.list('outbox'), [['outbox-count', (await keep.get('outbox-count'))]]);
});

test('a tab that was closed in the middle of sending holds up nobody', async () => {
  const server = fakeServer();
  const keep = keepInMemory();
  await keep.put('outbox-sender', { tab: 'closed', until: Date.now() + 15000, item: 'x' });
  const { outbox } = outboxWith(server, keep);
  await outbox.open();
  await outbox.add(about('put'));
  for (let n = 0; n < 100 && !server.stored.size; n++) await new Promise((done) => setTimeout(done, 20));
  assert.equal(server.stored.size, 1);
});

test('a full device is said, and what it could not take is sent all the same', async () => {
  const server = fakeServer();
  const keep = keepInMemory();
  const change = keep.change;
  keep.change = () => Promise.reject(Object.assign(new Error(), { name: 'QuotaExceededError' }));
  const { outbox, heard } = outboxWith(server, keep);
  await outbox.open();
  await outbox.add(about('put', 'one'));
  assert.equal(outbox.state.get().trouble, 'full');
  await settled();
  assert.deepEqual(heard.sent, [['put', 'one', 1]]);
  server.put = lost;
  await outbox.add(about('put', 'two'));
  assert.deepEqual(await keep.list('outbox/'), []);
  keep.change = change;
  await outbox.add(about('put', 'three'));
  await settled();
  assert.equal(outbox.state.get().trouble, '');
  assert.deepEqual(
    (await keep.list('outbox/')).map(([, item]) => item.uuid),
    ['two', 'three'],
    'what did not fit is written down with the next',
  );
});

test('an answer that could not be written down leaves the item on the device', async () => {
  const server = fakeServer();
  const keep = keepInMemory();
  const { outbox, heard } = outboxWith(server, keep);
  await outbox.open();
  const change = keep.change;
  const put = server.put;
  server.put = (...args) => {
    keep.change = () => Promise.reject(new Error('broken'));
    return put(...args);
  };
  await outbox.add(about('put', 'one'));
  await settled();
  assert.equal(heard.sent.length, 1);
  assert.equal(outbox.state.get().trouble, 'failing');
  assert.equal((await keep.list('outbox/')).length, 1);
  keep.change = change;
  await outbox.forgetRefused('hers');
  assert.equal((await keep.list('outbox/')).length, 0);
});

test('a network that asks for a sign-in is not taken for the server', async () => {
  const server = fakeServer();
  const { outbox, heard } = outboxWith({ ...server, put: async () => new Blob(['<html>']) }, keepInMemory());
  await outbox.open();
  await outbox.add(about('put'));
  await settled();
  assert.deepEqual(heard, { sent: [], refused: [] });
  assert.equal(outbox.state.get().waiting, 1);
  assert.equal(outbox.state.get().offline, true);
});

test('who has left leaves no receipt on the device, and her mark is sent before she is said to have left', async () => {
  const server = fakeServer();
  const keep = keepInMemory();
  const { outbox } = outboxWith(server, keep);
  await outbox.open();
  outbox.add(about('put'));
  outbox.add({ kind: 'leave', token: 'hers', session: 1, uuid: '' });
  await settled();
  assert.deepEqual(
    server.asked.map(([kind]) => kind),
    ['put', 'leave'],
  );
  assert.deepEqual(await keep.list('marks/'), []);
});

test('what a person who has left cannot mend goes from the device, and is told as lost, not as sent', async () => {
  const server = fakeServer();
  const closed = () => Promise.reject(Object.assign(new Error('closed'), { code: 'SESSION_CLOSED', temporary: false }));
  server.put = closed;
  server.del = (path) => (path.endsWith('gone') ? Promise.reject(Object.assign(new Error(), { code: 'NOT_FOUND' })) : closed());
  const keep = keepInMemory();
  const { outbox, heard } = outboxWith(server, keep, { token: () => 'another' });
  await outbox.open();
  await outbox.add(about('put'));
  await outbox.add(about('put', 'two'));
  await outbox.add({ ...about('delete', 'gone'), based_on: 1 });
  await outbox.add({ ...about('put', ''), kind: 'leave' });
  await settled();
  assert.deepEqual(await keep.list('outbox/'), []);
  assert.deepEqual([outbox.state.get().waiting, outbox.state.get().dropped, heard.refused.length], [0, 2, 0]);
});
