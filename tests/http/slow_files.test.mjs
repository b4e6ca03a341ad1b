// SPDX-License-Identifier: AGPL-3.0-or-later
// Files are sent from descriptors of their own: strangers who take all connections for a base map's file, and
// read nothing of it, keep nobody out who has one of those that are left.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { listening } from '../support/listening.mjs';
import { binary, cli } from './support.mjs';

const most = 300;
let room, child, ended, port;

/** A PMTiles archive of one tile at zoom 0, and of many bytes that are nothing. */
function writeArchive(file, bytes) {
  const directory = Buffer.from([1, 0, 1, 100, 1]); // one entry: id 0, run 1, 100 bytes, at the beginning
  const head = Buffer.alloc(127);
  const sections = [[127, directory.length], [132, 2], [134, 0], [134, bytes - 134]];
  head.write('PMTiles\x03');
  sections.flat().forEach((number, i) => head.writeBigUInt64LE(BigInt(number), 8 + 8 * i));
  for (const at of [72, 80, 88]) head.writeBigUInt64LE(1n, at);
  head.set([1, 1, 1, 2, 0, 0], 96); // clustered, nothing compressed, PNG, zooms 0 to 0
  [-180, -85, 180, 85].forEach((degrees, i) => head.writeInt32LE(degrees * 1e7, 102 + 4 * i));
  writeFileSync(file, Buffer.concat([head, directory, Buffer.from('{}')]));
  truncateSync(file, bytes);
}

before(async () => {
  room = mkdtempSync(path.join(tmpdir(), 'repere-slow-files-'));
  const data = path.join(room, 'data');
  await cli(data, ['init']);
  writeArchive(path.join(data, 'basemaps', 'big.pmtiles'), 64 * 1024 * 1024);
  // what runs this test may have raised its own limit; a server is started with the usual one, or less
  const args = ['serve', '--port', '0', '--data', data, '--connections-max', String(most)];
  child = spawn('sh', ['-c', 'ulimit -Sn 256 && exec "$0" "$@"', binary, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  ended = new Promise((resolve) => child.once('exit', resolve));
  port = Number(new URL((await listening(child, ended)).origin).port);
});
after(async () => {
  child.kill();
  await ended;
  rmSync(room, { recursive: true, force: true });
});

/** The status of a reply on a connection of its own; 0: none came. */
const ask = (target) =>
  new Promise((resolve) => {
    const request = http.get({ port, path: target, agent: false, timeout: 20_000 }, (reply) => {
      resolve(reply.statusCode);
      reply.destroy();
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(0));
  });
/** Asks for the file and reads its first bytes alone. */
const takeAndWait = () =>
  new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('error', reject);
    socket.once('data', (bytes) => {
      socket.pause();
      socket.on('error', () => {});
      resolve({ socket, line: bytes.toString('latin1').split('\r\n')[0] });
    });
    socket.write(`GET /basemaps/big HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  });

test('whoever reads files slowly on nearly all connections keeps nobody out', { timeout: 120_000 }, async () => {
  const slow = [];
  while (slow.length < most - 15) {
    const some = await Promise.race([
      Promise.all(Array.from({ length: 15 }, takeAndWait)),
      new Promise((resolve) => setTimeout(resolve, 20_000, null)),
    ]);
    assert.ok(some, `after ${slow.length} files no more was sent`);
    slow.push(...some);
  }
  assert.deepEqual([...new Set(slow.map(({ line }) => line))], ['HTTP/1.1 200 OK']);
  assert.deepEqual([await ask('/api/health'), await ask('/api/basemaps'), await ask('/basemaps/big')], [200, 200, 200]);
  for (const { socket } of slow) socket.destroy();
});
