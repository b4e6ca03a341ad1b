// SPDX-License-Identifier: AGPL-3.0-or-later
// kill -9 while 20 tablets send, edit and remove marks, again and again on the same data folder. After
// each start the store must be what was acknowledged, give or take the one request each tablet had
// under way. ROUNDS=1000 tests/run.sh crash runs it long.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { binary, startServer } from '../http/support.mjs';
import { makeCode, makeProject, makeSession, takeSeat, uuid } from '../http/world.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 50);
const WRITERS = Number(process.env.WRITERS ?? 20);
const FEELINGS = ['very_unsafe', 'unsafe', 'safe', 'very_safe'];
const pick = (list) => list[Math.floor(Math.random() * list.length)];

let work, server;
before(() => (work = mkdtempSync(path.join(tmpdir(), 'repere-crash-'))));
after(() => {
  server?.child.kill('SIGKILL');
  rmSync(work, { recursive: true, force: true });
});

/** One request, which knows the version that stands: {status, version}, without the version when the server died
 *  in the middle of its answer; undefined when it died before. */
function send(origin, agent, token, method, target, known, body) {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}`, 'x-requested-with': 'repere', 'content-type': 'application/json' };
    if (known) headers['if-match'] = `"${known}"`;
    const request = http.request(origin + target, { method, headers, agent });
    request.once('error', () => resolve(undefined));
    request.once('response', (response) => {
      const { statusCode: status } = response;
      let text = '';
      // the status line is the acknowledgement: what follows may be cut
      response.on('error', () => resolve({ status }));
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status, version: JSON.parse(text).properties?.version }));
    });
    request.end(body && JSON.stringify(body));
  });
}

/** A tablet: what it knows to be stored, and the one change it has under way. */
class Tablet {
  constructor(token, session) {
    Object.assign(this, { token, session, known: new Map(), versions: new Map(), underWay: undefined, acknowledged: 0 });
  }

  /** Until the server is gone; 503 is an answer of one that was told to end. */
  async work(origin, ending = false) {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    for (;;) {
      const change = (this.underWay ??= this.next());
      const target = `/api/sessions/${this.session}/contributions/${change.id}`;
      const known = this.versions.get(change.id);
      const answer = await (change.feeling
        ? send(origin, agent, this.token, 'PUT', target, known, {
            geometry: { type: 'Point', coordinates: change.at },
            answers: { feeling: change.feeling },
          })
        : send(origin, agent, this.token, 'DELETE', target, known));
      if (!answer || (ending && answer.status === 503)) break;
      const { status } = answer;
      const done = change.feeling ? [200, 201] : [200, 404];
      assert.ok(done.includes(status), `${status} for ${change.feeling ?? 'a removal'}`);
      this.settle(change);
      if (answer.version) this.versions.set(change.id, answer.version);
      else this.versions.delete(change.id);
      this.acknowledged += 1;
    }
    agent.destroy();
  }

  /** Mostly new marks; some edits, some removals. */
  next() {
    // an edit says what it knew
    const known = [...this.known.keys()].filter((id) => this.versions.has(id));
    const dice = known.length ? Math.random() : 0;
    const at = [4.31 + Math.random() / 10, 50.81 + Math.random() / 20];
    if (dice < 0.6) return { id: uuid(), feeling: pick(FEELINGS), at };
    const id = pick(known);
    if (dice < 0.85) return { id, feeling: pick(FEELINGS.filter((feeling) => feeling !== this.known.get(id))), at };
    return { id };
  }

  settle({ id, feeling }) {
    if (feeling) this.known.set(id, feeling);
    else this.known.delete(id);
    this.underWay = undefined;
  }

  /** Compares with what the store holds; what was under way is sent again as it was (same uuid). */
  compare(stored) {
    const change = this.underWay;
    for (const [id, feeling] of this.known) {
      const allowed = change?.id === id ? [feeling, change.feeling] : [feeling];
      assert.ok(allowed.includes(stored.get(id)), `acknowledged ${feeling}, the store has ${stored.get(id)}`);
    }
    const extra = change?.feeling && !this.known.has(change.id) && stored.has(change.id) ? 1 : 0;
    const missing = change && !change.feeling && !stored.has(change.id) ? 1 : 0;
    return this.known.size + extra - missing;
  }
}

async function makeRoom(data) {
  server = await startServer({ data });
  const nadia = await server.staff('nadia', 'facilitator');
  const session = await makeSession(nadia, await makeProject(nadia), { seat_limit: WRITERS });
  const { code } = await makeCode(nadia, session);
  const tablets = [];
  for (let i = 0; i < WRITERS; i += 1) tablets.push(new Tablet((await takeSeat(server, code)).bearer, session));
  return { nadia, session, tablets };
}

async function restart(data, nadia) {
  server.agent.destroy();
  server = await startServer({ data });
  nadia.server = server; // her cookie and the tablets' tokens were acknowledged too
}

async function storedMarks(nadia, session) {
  const { json } = await nadia.get(`/api/sessions/${session}/export?format=geojson`, { expect: 200 });
  const marks = new Map(json.features.map(({ id, properties }) => [id, properties.answers?.feeling ?? properties.feeling]));
  assert.equal(marks.size, json.features.length, 'no mark is there twice');
  return marks;
}

test(`nothing acknowledged is lost in ${ROUNDS} kills under ${WRITERS} writers`, { timeout: 60_000 + ROUNDS * 20_000 }, async (t) => {
  const data = path.join(work, 'data');
  const { nadia, session, tablets } = await makeRoom(data);

  for (let round = 0; round < ROUNDS; round += 1) {
    const working = tablets.map((tablet) => tablet.work(server.origin));
    await sleep(30 + Math.random() * 400);
    server.child.kill('SIGKILL');
    await Promise.all(working);
    assert.equal(await server.ended, 'SIGKILL');
    await restart(data, nadia);
    const stored = await storedMarks(nadia, session);
    const expected = tablets.reduce((sum, tablet) => sum + tablet.compare(stored), 0);
    assert.equal(stored.size, expected, 'nothing is there that nobody sent');
  }
  server.agent.destroy();
  server.child.kill('SIGTERM');
  assert.equal(await server.ended, 0);
  const { stdout } = await promisify(execFile)(binary, ['doctor', '--data', data, '--port', '0']);
  assert.match(stdout, /ok +store: whole and sound/);
  assert.ok(!existsSync(path.join(data, 'repere.sqlite-wal')), 'the log is gone after a clean end');
  t.diagnostic(`${tablets.reduce((sum, tablet) => sum + tablet.acknowledged, 0)} writes were acknowledged`);
});

test('a server that is told to end under writers ends well and has what it acknowledged', { timeout: 120_000 }, async () => {
  const data = path.join(work, 'ended');
  const { nadia, session, tablets } = await makeRoom(data);
  for (let round = 0; round < 5; round += 1) {
    const working = tablets.map((tablet) => tablet.work(server.origin, true));
    await sleep(100 + Math.random() * 200);
    server.child.kill('SIGTERM');
    await Promise.all(working);
    assert.equal(await server.ended, 0, server.log());
    await restart(data, nadia);
    const stored = await storedMarks(nadia, session);
    assert.equal(stored.size, tablets.reduce((sum, tablet) => sum + tablet.compare(stored), 0));
  }
  await server.stop();
});
