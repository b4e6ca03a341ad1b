// SPDX-License-Identifier: AGPL-3.0-or-later
// A room for tests: a laptop and tablets, each a network namespace with a resolver, a home and processes
// of its own, on one bridge behind the air of air.c, which can be slow, lossy or gone. There is no way out.
//
//   if (refusal) t.skip(refusal);
//   const room = await makeRoom({ tablets: 6 });
//   await room.laptop.exec('ip', ['address']);                  // {code, out, err}; fails unless `ok: false`
//   const server = await room.laptop.serve(['--data', ...]);    // a ChildProcess, ended with the room
//   const browser = await room.tablets[0].browser(origin);      // as tests/web/browser.mjs has it
//   await room.tablets[0].air({ delayMs: 2000, lossPercent: 5 });
//   await room.tablets[0].cut();                                // out of range; mend() brings it back
//   assert.deepEqual(await room.strays(), []);                  // addresses that tablets tried to reach elsewhere
//   await room.close();                                         // also when the process ends without it
import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { binary } from '../http/support.mjs';
import { listening } from '../support/listening.mjs';
import { executable, openBrowser } from '../web/browser.mjs';

export const LAPTOP = '10.77.0.1';
const air = path.join(path.dirname(binary), 'tests', 'air');
/** Why there can be no rooms here; false when there can. */
export const refusal = whyNot();

function whyNot() {
  if (process.getuid?.() !== 0) return 'network namespaces are for root';
  if (!existsSync('/dev/net/tun')) return 'there is no /dev/net/tun';
  if (!existsSync(air)) return `${air} was not built`;
  const name = `repere-${process.pid}-try`;
  try {
    execFileSync('ip', ['netns', 'add', name], { stdio: 'pipe' });
    execFileSync('ip', ['-n', name, 'link', 'add', 'room', 'type', 'bridge'], { stdio: 'pipe' });
    execFileSync('ip', ['netns', 'exec', name, 'true'], { stdio: 'pipe' });
    return false;
  } catch (error) {
    return `network namespaces are not permitted: ${String(error.stderr ?? error.message).trim()}`;
  } finally {
    quietly('ip', ['netns', 'delete', name]);
  }
}

/** The first of these programs that this machine does not have, as a reason to skip; false when it has all. */
export function without(...programs) {
  const absent = programs.find((program) => quietly('sh', ['-c', `command -v ${program}`]) === '');
  return absent ? `${absent} is missing` : false;
}

/**
 * @param {{tablets?: number}} options
 * @returns the room: {laptop, tablets, folder, strays, close}
 */
export async function makeRoom({ tablets = 1 } = {}) {
  sweep();
  const room = new Room(tablets);
  open.add(room);
  try {
    await room.build();
  } catch (error) {
    room.tearDown();
    throw error;
  }
  return room;
}

/* ---- the room ---- */

const open = new Set();
process.on('exit', () => open.forEach((room) => room.tearDown()));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    if (open.size > 0) process.exit(1);
  });

let made = 0;

class Room {
  constructor(count) {
    const start = `repere-${process.pid}-${made++}`;
    this.folder = mkdtempSync(path.join(tmpdir(), 'repere-room-'));
    this.laptop = new Place(this, `${start}-laptop`, LAPTOP);
    this.tablets = Array.from({ length: count }, (_, i) => new Tablet(this, `${start}-tablet${i}`, `10.77.0.${10 + i}`, i));
    this.places = [this.laptop, ...this.tablets];
  }

  async build() {
    for (const place of this.places) {
      mkdirSync(`/etc/netns/${place.name}`, { recursive: true });
      // each asks the laptop, as DHCP would tell it, and knows no name by itself but its own
      writeFileSync(`/etc/netns/${place.name}/resolv.conf`, `nameserver ${LAPTOP}\noptions timeout:2 attempts:2\n`);
      writeFileSync(`/etc/netns/${place.name}/hosts`, '127.0.0.1 localhost\n');
      execFileSync('ip', ['netns', 'add', place.name]);
      ip(place, 'link', 'set', 'lo', 'up');
    }
    ip(this.laptop, 'link', 'add', 'room', 'type', 'bridge', 'forward_delay', '0');
    ip(this.laptop, 'address', 'add', `${LAPTOP}/24`, 'dev', 'room');
    ip(this.laptop, 'link', 'set', 'room', 'up');
    this.air = spawn(air, this.places.map(({ name }) => name), { stdio: ['pipe', 'pipe', 'inherit'] });
    this.answers = createInterface({ input: this.air.stdout })[Symbol.asyncIterator]();
    this.asked = Promise.resolve();
    if ((await this.answers.next()).value !== 'ready') throw new Error('air did not start');
    for (const tablet of this.tablets) {
      ip(this.laptop, 'link', 'set', `seat${tablet.number}`, 'master', 'room', 'up');
      ip(tablet, 'address', 'add', `${tablet.address}/24`, 'dev', 'wlan0');
      ip(tablet, 'link', 'set', 'wlan0', 'up');
      ip(tablet, 'route', 'add', 'default', 'via', LAPTOP);
    }
  }

  /** Tells the air something; its answer. One after the other. */
  tell(line) {
    this.asked = this.asked.then(async () => {
      this.air.stdin.write(`${line}\n`);
      return (await this.answers.next()).value;
    });
    return this.asked;
  }

  /** Addresses outside the room that tablets sent anything to. */
  async strays() {
    return (await this.tell('strays')).split(' ').slice(1);
  }

  /** Ends all that runs in it and takes it away. */
  async close() {
    this.tearDown();
    await Promise.all(this.places.flatMap(({ children }) => children).map((child) => child.ended));
  }

  tearDown() {
    if (!open.delete(this)) return;
    for (const place of this.places) place.empty();
    this.air?.kill('SIGKILL');
    for (const { name } of this.places) removeNamespace(name);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** One machine of the room. */
class Place {
  constructor(room, name, address) {
    Object.assign(this, { room, name, address, children: [], home: path.join(room.folder, name) });
    mkdirSync(this.home);
    this.env = { ...process.env, HOME: this.home, XDG_CONFIG_HOME: `${this.home}/.config`, XDG_CACHE_HOME: `${this.home}/.cache` };
  }

  /** Runs a program in it to its end. @param {{ok?: boolean, input?: string}} options `ok`: must it end well */
  exec(program, args = [], { ok = true, input = '' } = {}) {
    return new Promise((resolve, reject) => {
      const options = { env: this.env, timeout: 60_000, maxBuffer: 64 << 20 };
      const child = execFile('ip', ['netns', 'exec', this.name, program, ...args], options, (error, out, err) => {
        if (error && ok) reject(new Error(`${program} ${args.join(' ')}: ${error.code}\n${out}${err}`));
        else resolve({ code: error ? error.code : 0, out, err });
      });
      child.stdin.on('error', () => {}); // a program that reads nothing may be gone already
      child.stdin.end(input);
    });
  }

  /** Starts a program in it; `child.ended` is its exit status or signal. */
  spawn(program, args = [], options = {}) {
    const child = spawn('ip', ['netns', 'exec', this.name, program, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: this.env, ...options });
    child.ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
    this.children.push(child);
    return child;
  }

  /** Starts the server in it, and waits until it listens; `child.log()` is what it said on standard error. */
  async serve(flags) {
    const child = this.spawn(binary, ['serve', ...flags]);
    child.log = (await listening(child, child.ended)).log;
    return child;
  }

  /** Its browser for the pages of an origin. @param {string} [authority] a certificate to be trusted (needs certutil) */
  async browser(origin, authority) {
    const store = path.join(this.home, '.pki/nssdb');
    if (authority) {
      mkdirSync(store, { recursive: true });
      await this.exec('certutil', ['-d', `sql:${store}`, '-N', '--empty-password']);
      await this.exec('certutil', ['-d', `sql:${store}`, '-A', '-t', 'C,,', '-n', 'test', '-i', authority]);
    }
    return openBrowser(origin, { executablePath: this.wrap(executable) });
  }

  /** A program that runs `program` in it with the arguments and open files it is given: for launchers. */
  wrap(program) {
    const file = path.join(this.home, `run-${path.basename(program)}`);
    const set = ['HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME'].map((key) => `export ${key}='${this.env[key]}'\n`).join('');
    writeFileSync(file, `#!/bin/sh\n${set}exec ip netns exec ${this.name} ${program} "$@"\n`, { mode: 0o755 });
    return file;
  }

  /** Ends all that runs in it. */
  empty() {
    for (const pid of quietly('ip', ['netns', 'pids', this.name]).split('\n').filter(Boolean)) {
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch {
        // it has ended by itself
      }
    }
  }
}

class Tablet extends Place {
  constructor(room, name, address, number) {
    super(room, name, address);
    Object.assign(this, { number, way: { delayMs: 0, jitterMs: 0, lossPercent: 0 } });
  }

  /** How the way between it and the laptop is, in each direction; what is not named stays. */
  async air(way = {}, state = 'on') {
    Object.assign(this.way, way);
    const { delayMs, jitterMs, lossPercent } = this.way;
    const line = `wire ${this.number} ${delayMs} ${jitterMs} ${Math.round(lossPercent * 10)} ${state}`;
    if ((await this.room.tell(line)) !== 'ok') throw new Error(`the air did not understand: ${line}`);
  }

  /** Out of range: its network says so. */
  cut() {
    return this.air({}, 'off');
  }
  /** Nothing comes through, and nobody says so. */
  hush() {
    return this.air({}, 'quiet');
  }
  /** As before `cut` or `hush`. */
  mend() {
    return this.air();
  }
}

/* ---- namespaces ---- */

function ip(place, ...args) {
  execFileSync('ip', ['-n', place.name, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}

function quietly(program, args) {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}

function removeNamespace(name) {
  quietly('ip', ['netns', 'delete', name]);
  rmSync(`/etc/netns/${name}`, { recursive: true, force: true });
}

/* What a test left that was killed outright: its process is gone. */
function sweep() {
  if (!existsSync('/run/netns')) return;
  for (const name of readdirSync('/run/netns')) {
    const pid = /^repere-(\d+)-/.exec(name)?.[1];
    if (!pid || existsSync(`/proc/${pid}`)) continue;
    for (const left of quietly('ip', ['netns', 'pids', name]).split('\n').filter(Boolean)) quietly('kill', ['-9', left]);
    removeNamespace(name);
  }
}
