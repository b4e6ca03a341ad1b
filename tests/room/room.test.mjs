// SPDX-License-Identifier: AGPL-3.0-or-later
// The room itself: what the tests beside this one rely on.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { LAPTOP, makeRoom, refusal } from './room.mjs';

const skip = refusal;
const PORT = 7777;
const silent = { patience_ms: 500 }; // what to wait for an answer that should not come
const echo = `require('dgram').createSocket('udp4', function (bytes, from) { this.send(bytes, from.port, from.address); }).bind(${PORT}, () => console.log('ready'))`;
let room;
before(async () => {
  if (refusal) return;
  room = await makeRoom({ tablets: 2 });
  for (const place of [room.laptop, room.tablets[1]])
    await new Promise((resolve) => place.spawn(process.execPath, ['-e', echo]).stdout.once('data', resolve));
});
after(() => room?.close());

/** Sends `count` datagrams at once: how many were answered within `patience_ms`, and when the first was. One that
 *  nothing comes back for is sent again. */
async function pings(from, to, { count = 1, patience_ms = 10_000 } = {}) {
  const script = `
    const socket = require('dgram').createSocket('udp4'), start = performance.now();
    let answered = 0, first_ms;
    const end = () => { console.log(JSON.stringify({ answered, first_ms })); process.exit(); };
    socket.on('message', () => { first_ms ??= performance.now() - start; if (++answered >= ${count}) end(); });
    const send = () => { for (let i = 0; i < ${count}; i++) socket.send('ping', ${PORT}, '${to}', () => {}); };
    socket.bind(() => { send(); if (${count} === 1) setInterval(send, 400); });
    setTimeout(end, ${patience_ms});`;
  return JSON.parse((await from.exec(process.execPath, ['-e', script])).out);
}

test('tablets reach the laptop and each other', { skip }, async () => {
  const [first, second] = room.tablets;
  assert.equal((await pings(first, LAPTOP)).answered, 1);
  assert.equal((await pings(first, second.address)).answered, 1);
});

test('the air is as slow and as lossy as it is told to be', { skip }, async () => {
  const [tablet] = room.tablets;
  await tablet.air({ delayMs: 150 });
  const slow = await pings(tablet, LAPTOP);
  assert.ok(slow.first_ms >= 300, `${slow.first_ms} ms`);
  await tablet.air({ delayMs: 0, lossPercent: 30 });
  const { answered } = await pings(tablet, LAPTOP, { count: 200, patience_ms: 1500 });
  assert.ok(answered > 50 && answered < 150, `${answered} of 200 came back, 98 were expected`);
  await tablet.air({ lossPercent: 0 });
});

test('a tablet out of range hears nothing until it is back', { skip }, async () => {
  const [tablet, other] = room.tablets;
  for (const away of ['cut', 'hush']) {
    await tablet[away]();
    assert.equal((await pings(tablet, LAPTOP, silent)).answered, 0, away);
    const carrier = (await tablet.exec('cat', ['/sys/class/net/wlan0/carrier'])).out.trim();
    assert.equal(carrier, away === 'cut' ? '0' : '1', away);
    assert.equal((await pings(other, LAPTOP)).answered, 1, 'the others stay');
    await tablet.mend();
    assert.equal((await pings(tablet, LAPTOP)).answered, 1, 'back');
  }
});

test('what a tablet sends elsewhere is noticed, and goes nowhere', { skip }, async () => {
  assert.deepEqual(await room.strays(), []);
  assert.equal((await pings(room.tablets[0], '192.0.2.7', silent)).answered, 0);
  assert.deepEqual(await room.strays(), ['192.0.2.7']);
});

test('a room is taken away with the process that made it', { skip }, () => {
  const script = `import { makeRoom } from '${new URL('room.mjs', import.meta.url)}';
    const room = await makeRoom(); console.log(room.laptop.name); room.laptop.spawn('sleep', ['60']);`;
  for (const end of ['process.exit(3)', "throw new Error('as a test that fails')"]) {
    const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', `${script}\n${end};`], { encoding: 'utf8' });
    assert.notEqual(status, 0);
    const [, start] = /^(repere-\d+-\d+-)laptop$/m.exec(stdout);
    const left = existsSync('/run/netns') ? readdirSync('/run/netns').filter((name) => name.startsWith(start)) : [];
    assert.deepEqual(left, [], end);
  }
});
