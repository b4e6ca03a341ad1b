// SPDX-License-Identifier: AGPL-3.0-or-later
// Starting, measuring and ending the programs of the bench. Everything listens on loopback and is
// ended by its process id.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

export const run = promisify(execFile);
const started = new Set();

export function endAll() {
  for (const child of started) child.kill('SIGTERM');
}
process.on('exit', endAll);

/** Starts a server and waits for the line that says its address: `listening on http://...`. */
export async function serve(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  started.add(child);
  let seen = '';
  const address = await new Promise((resolve, reject) => {
    const look = (chunk) => {
      seen += chunk;
      const hit = /listening on (http:\/\/[0-9.:]+)/.exec(seen);
      if (hit) resolve(hit[1]);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}: ${seen}`)));
  });
  return { address, pid: child.pid, stop: () => end(child) };
}

export async function end(child) {
  started.delete(child);
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Peak resident memory of a process, MiB. */
export function peakMemory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)[1]) / 1024;
}

/** Requests a second by wrk; refuses a run in which a reply was not 2xx. */
export async function wrk(url, { clients, seconds, threads = 1, script, env = {}, headers = {} }) {
  const args = ['-c', String(clients), '-t', String(threads), '-d', `${seconds}s`, '--latency'];
  if (script) args.push('-s', script);
  for (const [name, value] of Object.entries(headers)) args.push('-H', `${name}: ${value}`);
  const { stdout } = await run('wrk', [...args, url], { env: { ...process.env, ...env } });
  const bad = /Non-2xx or 3xx responses: (\d+)/.exec(stdout);
  if (bad) throw new Error(`${bad[1]} replies of ${url} were errors`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]);
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Measures pairs in turn, so that a slow minute of the machine touches both; gives medians. */
export async function inTurn(rounds, ours, theirs) {
  const a = [];
  const b = [];
  for (let round = 0; round < rounds; round += 1) {
    a.push(await ours());
    b.push(await theirs());
  }
  return { ours: median(a), theirs: median(b) };
}

export function seconds(command, args, options = {}) {
  const start = process.hrtime.bigint();
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
  return Number(process.hrtime.bigint() - start) / 1e9;
}
