// SPDX-License-Identifier: AGPL-3.0-or-later
// Servers whose start a test waits for itself: one that speaks TLS, one in another place.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { binary } from '../http/support.mjs';

const children = [];

/** @param {{certificate: string, key: string}} pair paths */
export const tlsFlags = ({ certificate, key }) => ['--tls-cert', certificate, '--tls-key', key];

/**
 * Waits until a server that was just started listens.
 * @param {import("node:child_process").ChildProcess} child
 * @param {Promise<any>} ended its end
 * @returns {Promise<{said: () => string, log: () => string}>} what it says, and logs, until now
 */
export async function listening(child, ended) {
  let said = '';
  let log = '';
  child.stderr.on('data', (text) => (log += text));
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => /listening on http[^\n]*\n/.test((said += text)) && resolve());
    ended.then((code) => reject(new Error(`the server ended with ${code}\n${said}${log}`)));
  });
  return { said: () => said, log: () => log };
}

/**
 * @param {{certificate: string, key: string}} pair
 * @param {{args?: string[], where?: string[]}} options `where`: the folder, as flags
 * @returns {{port: number, plain: number, said: () => string, log: () => string, stop: () => Promise<void>}}
 *   `plain`: the port that redirects
 */
export async function startSecure(pair, { args = [], where }) {
  const child = spawn(binary, ['serve', '--port', '0', ...where, ...tlsFlags(pair), ...args]);
  children.push(child);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const { said, log } = await listening(child, ended);
  return {
    said,
    log,
    port: Number(/listening on https:\/\/[0-9.]+:(\d+)/.exec(said())[1]),
    plain: Number(/leading there from http:\/\/[0-9.]+:(\d+)/.exec(said())?.[1]),
    stop: async () => {
      child.kill('SIGTERM');
      assert.equal(await ended, 0, log());
    },
  };
}

/** Those that a failed test left. */
export function endSecure() {
  children.forEach((child) => child.kill('SIGKILL'));
}
