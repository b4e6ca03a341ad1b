// SPDX-License-Identifier: AGPL-3.0-or-later
// A full room: `node tests/bench/tablets.mjs BUILD_FOLDER`. 200 tablets with a connection each send 100
// marks a second between them over loopback for MINUTES (10), each asks every half minute how things stand,
// and a facilitator listens. Prints latencies, errors and memory, also minute by minute; a write's time is
// counted from when it was due, so a server that stalls cannot hide it.
import http from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { ask, openSession, signIn, signinToken } from './client.mjs';
import { run, serve } from './processes.mjs';
import { area } from './synthetic.mjs';

const TABLETS = 200;
const WRITES_PER_S = 100;
const LOOK_EVERY_MS = 30_000;
const FEELINGS = ['very_unsafe', 'unsafe', 'neither', 'safe', 'very_safe'];

const hex = (digits) => Array.from({ length: digits }, () => Math.floor(Math.random() * 16).toString(16)).join('');
const uuid = () => `${hex(8)}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
const between = (low, high) => low + Math.random() * (high - low);
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** Resident memory now, MiB. */
const memory = (pid) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** One request; its status, or the code of what went wrong. */
function send(address, agent, token, method, path, body) {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}`, 'x-requested-with': 'repere', 'content-type': 'application/json' };
    const request = http.request(address + path, { method, headers, agent });
    request.once('error', (error) => resolve(error.code ?? 'error'));
    request.once('response', (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode));
    });
    request.end(body && JSON.stringify(body));
  });
}

class Tablet {
  constructor(address, session, token) {
    Object.assign(this, { address, session, token, agent: new http.Agent({ keepAlive: true, maxSockets: 1 }) });
  }
  write() {
    const [west, south, east, north] = area;
    const body = { geometry: { type: 'Point', coordinates: [between(west, east), between(south, north)] },
      answers: { feeling: FEELINGS[Math.floor(Math.random() * FEELINGS.length)] } };
    return send(this.address, this.agent, this.token, 'PUT', `/api/sessions/${this.session}/contributions/${uuid()}`, body);
  }
  look() {
    return send(this.address, this.agent, this.token, 'GET', '/api/me');
  }
}

async function seat(address, session, code) {
  const { token } = await (await ask(address, 'POST', '/api/join', { body: { code, language: 'en' } })).json();
  const tablet = new Tablet(address, session, token);
  const consent = { room: true, aggregate: true, finding: true, photo: false };
  const status = await send(address, tablet.agent, token, 'PUT', '/api/me/consent', consent);
  if (status !== 200) throw new Error(`consent: ${status}`);
  return tablet;
}

/** The facilitator's live map, which asks again when a stream ends; counts what she is told. */
function listen(address, session, cookie) {
  const told = { events: 0 };
  let request;
  const ask = () => {
    request = http.get(`${address}/api/sessions/${session}/events`, { headers: { cookie } }, (response) => {
      response.on('data', (chunk) => (told.events += String(chunk).split('event: ').length - 1));
      response.on('end', ask);
      response.on('error', () => {});
    });
    request.on('error', () => {});
  };
  ask();
  told.stop = () => request.destroy();
  return told;
}

/** Each minute's ninety-ninth, its slowest and the memory at its end. */
function byMinute(times, memories) {
  const minutes = [];
  for (const [due, ms] of times) (minutes[Math.floor(due / 60_000)] ??= []).push(ms);
  return minutes.map((all, minute) => {
    all.sort((a, b) => a - b);
    const [, mib] = memories.findLast(([when]) => when < (minute + 1) * 60_000) ?? [];
    return { p99: at(all, 0.99), slowest: all.at(-1), mib };
  });
}

/** Sends for so long; what was measured. */
async function load(tablets, pid, ms) {
  const times = [], errors = new Map(), memories = [], underWay = new Set();
  const start = performance.now();
  const note = (status, good) => {
    if (!good.includes(status)) errors.set(status, (errors.get(status) ?? 0) + 1);
  };
  const hold = (promise) => {
    underWay.add(promise);
    promise.finally(() => underWay.delete(promise));
  };
  const watch = setInterval(() => memories.push([performance.now() - start, memory(pid)]), 1000);
  const look = setInterval(() => {
    const tablet = tablets[Math.floor(Math.random() * tablets.length)];
    hold(tablet.look().then((status) => note(status, [200])));
  }, LOOK_EVERY_MS / tablets.length);
  for (let sent = 0; ; sent++) {
    const due = start + (sent * 1000) / WRITES_PER_S;
    if (due - start >= ms) break;
    if (due > performance.now()) await sleep(due - performance.now());
    const tablet = tablets[sent % tablets.length];
    hold(tablet.write().then((status) => {
      times.push([due - start, performance.now() - due]);
      note(status, [201]);
    }));
  }
  await Promise.all(underWay);
  clearInterval(watch);
  clearInterval(look);
  return { times, errors, memories, seconds: (performance.now() - start) / 1000 };
}

/** @param {string} build folder of the build @param {number} minutes */
export async function benchTablets(build, minutes) {
  const work = mkdtempSync(join(tmpdir(), 'repere-tablets-'));
  const repere = join(build, 'repere');
  const data = join(work, 'data');
  try {
    await run(repere, ['init', '--data', data]);
    const { session } = await openSession(repere, data, area, { seats: TABLETS });
    const token = await signinToken(repere, data);
    const server = await serve(repere, ['serve', '--data', data, '--port', '0']);
    const cookie = await signIn(server.address, token);
    const { code } = await (await ask(server.address, 'POST', `/api/sessions/${session}/join`, { cookie })).json();
    const tablets = [];
    for (let i = 0; i < TABLETS; i++) tablets.push(await seat(server.address, session, code));
    const told = listen(server.address, session, cookie);
    const { times, errors, memories, seconds } = await load(tablets, server.pid, minutes * 60_000);
    const { contributions } = await (await ask(server.address, 'GET', `/api/sessions/${session}`, { cookie })).json();
    told.stop();
    for (const tablet of tablets) tablet.agent.destroy();
    await server.stop();
    const sorted = times.map(([, ms]) => ms).sort((a, b) => a - b);
    const later = memories.filter(([ms]) => ms >= 60_000).map(([, mib]) => mib);
    return { writes: times.length, perSecond: times.length / seconds, stored: contributions, heard: told.events,
      errors: Object.fromEntries(errors), p50: at(sorted, 0.5), p99: at(sorted, 0.99), slowest: sorted.at(-1), minutes: byMinute(times, memories),
      memory: later.length ? { first: later[0], least: Math.min(...later), most: Math.max(...later), last: later.at(-1) } : null };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = await benchTablets(process.argv[2], Number(process.env.MINUTES ?? 10));
  console.log(JSON.stringify(found, (_, value) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value), 1));
}
