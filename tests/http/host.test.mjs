// SPDX-License-Identifier: AGPL-3.0-or-later
// DNS rebinding: a page of another site whose name points to this machine reads nothing, because the server
// answers to its own names alone. Sent over raw sockets: no client sets Host as freely.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import tls from 'node:tls';
import { makeAuthority } from '../support/certificates.mjs';
import { startSecure } from '../support/secure_server.mjs';
import { binary, cli, startServer } from './support.mjs';

let server, work;
before(async () => {
  work = mkdtempSync(path.join(tmpdir(), 'repere-host-'));
  server = await startServer({ args: ['--host-names', 'room.example.test,Map.lan', '--origin', 'https://map.example.org:8443'] });
});
after(async () => {
  await server?.stop();
  rmSync(work, { recursive: true, force: true });
});

const portOf = ({ origin }) => Number(new URL(origin).port);
const overTcp = (port) => net.connect(port, '127.0.0.1');
/** Sends the bytes and reads to the end of the connection. */
function exchange(socket, text) {
  return new Promise((resolve, reject) => {
    let got = '';
    socket.on('data', (chunk) => (got += chunk));
    socket.once('end', () => (resolve(got), socket.destroy()));
    socket.once('error', reject);
    socket.write(text);
  });
}
const get = (host, target = '/api/health') => `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
const status = (reply) => Number(/^HTTP\/1\.1 (\d+)/.exec(reply)?.[1]);

test('addresses, localhost, the machine and the names of the settings are answered', async () => {
  const short = hostname().split('.')[0];
  const ours = ['127.0.0.1', '127.0.0.1:8080', '192.168.1.20', '[::1]', '[2001:db8::7]:8080', 'localhost', 'LOCALHOST:1', 'localhost.',
    hostname(), short, `${short}.local`, `${short}.local.:80`, 'room.example.test', 'ROOM.example.test:443', 'map.lan', 'map.example.org',
    'map.example.org:8443'];
  for (const host of ours) assert.equal(status(await exchange(overTcp(portOf(server)), get(host))), 200, host);
});

test('any other name is refused before anything is looked at, and told what to do', async () => {
  const others = ['evil.example', 'evil.example:8080', '127.0.0.1.evil.example', '127.0.0.1.nip.io', 'xroom.example.test', 'room.example.test.evil',
    'example.test', 'sub.room.example.test', 'localhost.evil.example', '127.0.0.256', '1.2.3', '[::1', '::1', '[evil.example]', 'map.example.orgx', '0x7f000001',
    '[127.0.0.1].evil.example', '[::1]evil.example', '[localhost]:80.evil.example', 'localhost:evil.example', '127.0.0.1:80:evil.example'];
  for (const host of others) {
    const reply = await exchange(overTcp(portOf(server)), get(host));
    assert.ok([400, 421].includes(status(reply)), `${host}: ${reply.slice(0, 40)}`);
    if (/^[a-z0-9.]+$/.test(host)) assert.equal(status(reply), 421, host);
  }
  for (const target of ['/', '/facilitate', '/api/me', '/nowhere', '/api/editions']) {
    const reply = await exchange(overTcp(portOf(server)), get('evil.example', target));
    assert.equal(status(reply), 421, target);
    assert.match(reply, /WRONG_HOST.*--host-names/s);
    assert.ok(!reply.includes('evil.example'), 'what was sent is not told back');
  }
  const write = 'POST /api/signin HTTP/1.1\r\nHost: evil.example\r\nX-Requested-With: repere\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';
  const reply = await exchange(overTcp(portOf(server)), write);
  assert.equal(status(reply), 421);
  assert.match(reply, /^Connection: close/im);
});

test('over TLS the names of the certificate are ours too, with a star for one label', async () => {
  const authority = makeAuthority(path.join(work, 'authority'));
  await cli(path.join(work, 'data'), ['init']);
  const pair = authority.sign(['DNS:tls.example.test', 'DNS:*.kit.example.test']);
  const { port, stop } = await startSecure(pair, { where: ['--data', path.join(work, 'data')] });
  const ask = (host) => exchange(tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false }), get(host));
  for (const host of ['tls.example.test', `TLS.example.test:${port}`, 'one.kit.example.test', '127.0.0.1', 'localhost'])
    assert.equal(status(await ask(host)), 200, host);
  for (const host of ['kit.example.test', 'a.b.kit.example.test', '.kit.example.test', 'evil.example'])
    assert.equal(status(await ask(host)), 421, host);
  await stop();
});

test('a server of editions alone answers whatever name a proxy asks it by', async () => {
  const published = await startServer({ published: mkdtempSync(path.join(work, 'editions-')) });
  assert.equal(status(await exchange(overTcp(portOf(published)), get('backend_7', '/api/editions'))), 200);
  await published.stop();
});

test('names that are none are refused at the start', async () => {
  for (const names of ['', 'https://room.example', 'room/x', 'a:80', 'r\u00f4om']) {
    const { code, err } = await new Promise((resolve) => {
      execFile(binary, ['serve', '--host-names', names], (error, out, text) => resolve({ code: error?.code, err: text }));
    });
    assert.deepEqual([code, /--host-names: /.test(err)], [2, true], names);
  }
});
