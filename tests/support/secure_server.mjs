// SPDX-License-Identifier: AGPL-3.0-or-later
// A server that speaks TLS itself, for tests.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { binary } from '../http/support.mjs';

const children = [];

/** @param {{certificate: string, key: string}} pair paths */
export const tlsFlags = ({ certificate, key }) => ['--tls-cert', certificate, '--tls-key', key];

/**
 * @param {{certificate: string, key: string}} pair
 * @param {{args?: string[], where?: string[], start?: typeof spawn}} options `where`: the folder, as flags;
 *   `start`: in the place of child_process.spawn
 * @returns {{port: number, plain: number, said: () => string, log: () => string, stop: () => Promise<void>}}
 *   `plain`: the port that redirects
 */
export async function startSecure(pair, { args = [], where, start = spawn }) {
  const child = start(binary, ['serve', '--port', '0', ...where, ...tlsFlags(pair), ...args]);
  children.push(child);
  let said = '';
  let log = '';
  child.stderr.on('data', (text) => (log += text));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => /listening on https:[^\n]*\n/.test((said += text)) && resolve());
    ended.then(() => reject(new Error(log)));
  });
  return {
    said: () => said,
    log: () => log,
    port: Number(/listening on https:\/\/[0-9.]+:(\d+)/.exec(said)[1]),
    plain: Number(/leading there from http:\/\/[0-9.]+:(\d+)/.exec(said)?.[1]),
    stop: async () => {
      child.kill('SIGTERM');
      assert.equal(await ended, 0, log);
    },
  };
}

/** Those that a failed test left. */
export function endSecure() {
  children.forEach((child) => child.kill('SIGKILL'));
}
