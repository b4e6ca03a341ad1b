// SPDX-License-Identifier: AGPL-3.0-or-later
// A workshop: six tablets in a room put 300 marks on one map while the air is slow and lossy, tablets walk
// out of range and are reloaded, and the server is killed and started again. Every mark that a screen called
// sent is in the store, and none is there twice.
//   TABLETS=3 MARKS=10 node --test tests/room/six_tablets.test.mjs   a smaller one
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeAuthority } from '../support/certificates.mjs';
import { tlsFlags } from '../support/secure_server.mjs';
import { missing } from '../web/browser.mjs';
import { LAPTOP, makeRoom, refusal, without } from './room.mjs';
import { arrive, closeList, marksLeft, openList, prepare } from './workshop.mjs';

const skip = refusal || missing || without('certutil', 'openssl');
const TABLETS = Number(process.env.TABLETS ?? 6);
const MARKS = Number(process.env.MARKS ?? 50); // a tablet
const PORT = 8443;
const origin = `https://${LAPTOP}:${PORT}`;

let room, session, authority, certificate, server;
before(async () => {
  if (skip) return;
  room = await makeRoom({ tablets: TABLETS });
  authority = makeAuthority(path.join(room.folder, 'authority'));
  certificate = authority.sign([`IP:${LAPTOP}`]);
  session = await prepare(room, { exercise: 'city-services', seat_limit: TABLETS }); // which keeps positions as they are
});
after(() => room?.close());

async function serve() {
  server = await room.laptop.serve(['--data', session.data, '--address', '0.0.0.0', '--port', String(PORT), ...tlsFlags(certificate)]);
}
async function kill() {
  server.kill('SIGKILL');
  await server.ended;
}

/** Somebody with a tablet; `seen` are the marks that her screen called sent at any time. */
class Person {
  constructor(tablet) {
    Object.assign(this, { tablet, seen: new Set(), reloads: 0 });
  }

  async arrive() {
    this.browser = await this.tablet.browser(origin, authority.file);
    this.page = await this.browser.page({ size: 'tablet' });
    this.page.setDefaultTimeout(60_000);
    this.page.tolerates = /^Failed to load resource/; // that is the air
    await arrive(this.page, origin, session);
    await this.page.evaluate(() => navigator.serviceWorker.ready);
  }

  /** A mark somewhere else than the one before. */
  async mark(number) {
    const keys = ['ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown'];
    await this.page.focus('.map-canvas');
    // a square spiral: no place comes twice
    const side = Math.floor(Math.sqrt(4 * number + 1)) - 1;
    await this.page.keyboard.press(keys[side % 4]);
    await this.page.click('.category[data-option=health]');
    await this.page.click('.question .tile >> nth=0'); // the one answer that is needed
    await this.page.click('.question-stop');
    await this.page.waitForSelector('.category-sheet');
  }

  /** Looks at her list. */
  async look() {
    const rows = await openList(this.page);
    for (const { id, status } of rows) if (status === 'sent') this.seen.add(id);
    await closeList(this.page);
    return rows;
  }

  async reload() {
    await this.page.reload();
    await this.page.waitForSelector('.category-sheet');
    this.reloads += 1;
  }

  async work() {
    for (let number = 0; number < MARKS; number++) {
      await this.mark(number);
      if (number % 10 === 7) await this.look();
      if (number % 17 === 11) await this.reload();
    }
  }

  /** Until nothing waits any more. */
  async settle() {
    for (;;) {
      const rows = await this.look();
      if (rows.length === MARKS && rows.every(({ status }) => status === 'sent')) return;
      assert.ok(rows.every(({ status }) => status !== 'refused'), 'nothing is refused');
      await sleep(1000);
    }
  }
}

/** Trouble until `over` is said: the same at each run, one thing at a time for each tablet, two at a time in the room. */
async function trouble(people, over) {
  const tablets = people.map(({ tablet }) => tablet);
  const done = { cuts: 0, hushes: 0, kills: 0 };
  for (let round = 0; !over.aborted; round++) {
    const one = tablets[round % tablets.length], other = tablets[(round + 2) % tablets.length];
    await one.air({ delayMs: 2000, jitterMs: 300, lossPercent: 0 });
    if (round % 2) {
      await other.cut();
      done.cuts += 1;
    } else {
      await other.hush();
      done.hushes += 1;
    }
    if (round % 3 === 1) {
      await kill();
      done.kills += 1;
      await sleep(3000);
      await serve();
    }
    await sleep(4000);
    await other.mend();
    await one.air({ delayMs: 20, jitterMs: 20, lossPercent: 5 });
  }
  for (const tablet of tablets) await tablet.air({ delayMs: 0, jitterMs: 0, lossPercent: 0 });
  return done;
}

test('a workshop with bad air: what a screen called sent is in the store once', { skip, timeout: 900_000 }, async () => {
  await serve();
  const people = room.tablets.map((tablet) => new Person(tablet));
  const stamps = [performance.now()];
  const stamp = () => stamps.push(performance.now());
  await Promise.all(people.map((person) => person.arrive()));
  stamp();
  const over = new AbortController();
  const storm = trouble(people, over.signal);
  await Promise.all(people.map((person) => person.work()));
  stamp();
  over.abort();
  const { cuts, hushes, kills } = await storm;
  await Promise.all(people.map((person) => person.settle()));
  stamp();
  for (const { page } of people) assert.deepEqual(page.faults, []);
  assert.ok(cuts > 0 && hushes > 0 && kills > 0, `${cuts} cuts, ${hushes} silences, ${kills} kills`);
  assert.deepEqual(await room.strays(), [], 'nothing was asked of anybody outside');
  for (const { browser } of people) await browser.close();
  await kill();

  const stored = new Set((await marksLeft(session)).map(({ id }) => id));
  const seen = people.flatMap((person) => [...person.seen]);
  assert.deepEqual(seen.filter((id) => !stored.has(id)), [], 'called sent and not in the store');
  assert.equal(new Set(seen).size, TABLETS * MARKS, 'each was called sent');
  assert.equal(stored.size, TABLETS * MARKS, 'and nothing else is there: none was stored twice under two ids');
  console.log(`${stored.size} marks, ${cuts} cuts, ${hushes} silences, ${kills} kills, ` +
    `${people.reduce((sum, { reloads }) => sum + reloads, 0)} reloads`);
  const [arriving, working, settling] = stamps.slice(1).map((at, i) => Math.round((at - stamps[i]) / 1000));
  console.log(`seconds: ${arriving} to arrive, ${working} to mark, ${settling} until all is sent`);
});
