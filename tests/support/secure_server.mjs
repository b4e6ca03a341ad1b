// SPDX-License-Identifier: AGPL-3.0-or-later
// Servers that speak TLS.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { binary } from '../http/support.mjs';
import { listening } from './listening.mjs';

const children = [];

/** @param {{certificate: string, key: string}} pair paths */
export const tlsFlags = ({ certificate, key }) => ['--tls-cert', certificate, '--tls-key', key];

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
  const { origin, said, log } = await listening(child, ended);
  return {
    said,
    log,
    port: Number(new URL(origin).port),
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
