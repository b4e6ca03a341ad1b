// SPDX-License-Identifier: AGPL-3.0-or-later
// The room of examples/room: the laptop answers one host name and serves it with a certificate, tablets that
// trust its authority find a secure context there, and nothing leaves the room.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, copyFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { makeAuthority } from '../support/certificates.mjs';
import { tlsFlags } from '../support/secure_server.mjs';
import { binary, cli } from '../http/support.mjs';
import { missing } from '../web/browser.mjs';
import { LAPTOP, makeRoom, refusal, without } from './room.mjs';

const NAME = 'room.example.org';
const script = new URL('../../examples/room/room.sh', import.meta.url).pathname;
const skip = refusal || without('dnsmasq', 'certutil', 'openssl', 'curl');
const browserSkip = skip || missing;
const live = {};
let room, laptop, tablet, stranger, authority, server, network, said = '';

before(async () => {
  if (skip) return;
  room = await makeRoom({ tablets: 2 });
  ({ laptop, tablets: [tablet, stranger] } = room);
  authority = makeAuthority(path.join(room.folder, 'authority'));
  // the laptop trusts it as a machine trusts the authorities that browsers know
  mkdirSync(`/etc/netns/${laptop.name}/ssl/certs`, { recursive: true });
  copyFileSync(authority.file, `/etc/netns/${laptop.name}/ssl/certs/ca-certificates.crt`);
  for (const part of ['certificate', 'key']) live[part] = path.join(room.folder, `live.${part}`);
  put(authority.sign([`DNS:${NAME}`]));
  await startNetwork();
  await cli(path.join(room.folder, 'data'), ['init']);
  server = await laptop.serve([...serving('data', 443), '--http-port', '80', ...tlsFlags(live)]);
});
after(() => room?.close());

const serving = (folder, port) => ['--data', path.join(room.folder, folder), '--address', '0.0.0.0', '--port', String(port)];

function put(pair) {
  for (const part of ['certificate', 'key']) {
    copyFileSync(pair[part], `${live[part]}.new`);
    renameSync(`${live[part]}.new`, live[part]);
  }
}

/** room.sh without an access point: the bridge is the interface that tablets hang on. */
async function startNetwork() {
  network = laptop.spawn('bash', [script, '--no-wifi', NAME, 'room']);
  await new Promise((resolve, reject) => {
    const listen = (text) => /started.*Ctrl-C ends it|Ctrl-C ends it.*started/s.test((said += text)) && resolve();
    network.stdout.on('data', listen);
    network.stderr.on('data', listen);
    network.ended.then((code) => reject(new Error(`room.sh ended with ${code}\n${said}`)));
  });
}

const curl = (place, ...args) => place.exec('curl', ['-sS', '--max-time', '20', ...args], { ok: false });
const trusting = (...args) => curl(tablet, '--cacert', authority.file, ...args);
const serialOf = (file) => execFileSync('openssl', ['x509', '-in', file, '-noout', '-serial'], { encoding: 'utf8' }).trim();
const shownSerial = async () => {
  const { out } = await tablet.exec('sh', ['-c', `openssl s_client -connect ${NAME}:443 -servername ${NAME} </dev/null 2>/dev/null | openssl x509 -noout -serial`]);
  return out.trim();
};

test('a tablet asks the laptop for an address, and hears where to ask for names', { skip }, async () => {
  const ask = `
    const socket = require('dgram').createSocket({ type: 'udp4', reuseAddr: true }), bytes = Buffer.alloc(244);
    bytes.set([1, 1, 6, 0, 1, 2, 3, 4, 0, 0, 0x80, 0]); // to everybody, please
    bytes.set([2, 0, 0, 7, 7, 7], 28);
    bytes.set([99, 130, 83, 99, 53, 1, 1, 255], 236);
    socket.bind(68, () => { socket.setBroadcast(true); socket.send(bytes, 67, '255.255.255.255'); });
    socket.on('message', (answer) => {
      const told = { address: answer.subarray(16, 20).join('.') };
      for (let at = 240; answer[at] !== 255; at += 2 + answer[at + 1]) told[answer[at]] = answer.subarray(at + 2, at + 2 + answer[at + 1]).join('.');
      console.log(JSON.stringify(told)); process.exit();
    });
    setTimeout(() => process.exit(1), 10000);`;
  const told = JSON.parse((await tablet.exec(process.execPath, ['-e', ask])).out);
  assert.match(told.address, /^10\.77\.0\.(5\d|[6-9]\d|1\d\d)$/);
  assert.equal(told[53], '2', 'an offer');
  assert.deepEqual([told[3], told[6]], [LAPTOP, LAPTOP], 'router and resolver');
});

test('the one name leads to the laptop, and no other name leads anywhere', { skip }, async () => {
  const lookUp = async (name) => JSON.parse((await tablet.exec(process.execPath, ['-e',
    `require('dns').resolve4('${name}', (error, found) => console.log(JSON.stringify(error?.code ?? found)))`])).out);
  assert.deepEqual(await lookUp(NAME), [LAPTOP]);
  for (const name of ['example.org', 'connectivitycheck.gstatic.com', 'captive.apple.com', 'use-application-dns.net', 'mask.icloud.com'])
    assert.equal(await lookUp(name), 'ENOTFOUND', name);
});

test('who types the name alone arrives over TLS', { skip }, async () => {
  const { out } = await trusting('-L', '-o', '/dev/null', '-w', '%{http_code} %{url_effective}', NAME.concat('/api/health'));
  assert.equal(out, `200 https://${NAME}/api/health`);
  assert.equal((await curl(stranger, `https://${NAME}/`)).code, 60, 'who does not trust the authority is warned');
});

test('the doctor on the laptop is content', { skip }, async () => {
  const args = ['doctor', ...serving('data', 443), '--http-port', '80', ...tlsFlags(live)];
  const { out } = await laptop.exec(binary, args);
  assert.match(out, /^ok +certificate chain: complete/m);
  assert.match(out, new RegExp(`^ok +name ${NAME}: leads to ${LAPTOP}, this machine$`, 'm'));
  assert.match(out, new RegExp(`^ok +address: ${LAPTOP} \\(room\\)$`, 'm'));
  assert.match(out, new RegExp(`^todo +tablet: open https://${NAME} `, 'm'));
});

test('on the tablet the page is a secure context, which opens again without the server', { skip: browserSkip }, async (t) => {
  const browser = await tablet.browser(`https://${NAME}`, authority.file);
  const page = await browser.page();
  const reply = await page.goto(`https://${NAME}/`);
  if (reply.status() === 404) return browser.close(), t.skip('this build has no pages');
  assert.equal(await page.evaluate('isSecureContext'), true);
  const before = serialOf(live.certificate);
  assert.equal(await shownSerial(), before);
  const next = authority.sign([`DNS:${NAME}`]);
  put(next);
  for (const end = Date.now() + 20_000; (await shownSerial()) === before; ) assert.ok(Date.now() < end, 'the new certificate is not shown');
  assert.equal(await shownSerial(), serialOf(next.certificate));
  assert.equal((await page.goto(`https://${NAME}/`)).status(), 200, 'the page goes on');

  if ((await trusting('-o', '/dev/null', '-w', '%{http_code}', `https://${NAME}/sw.js`)).out === '200') {
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await page.reload(); // from now on the page is the worker's
    await tablet.cut();
    await page.reload();
    await page.waitForSelector('.language-tile'); // the page is there without the server
    await tablet.mend();
  } else {
    t.diagnostic('this build has no service worker');
  }
  await browser.close();
});

test('without trust there is a warning, and without TLS no secure context', { skip: browserSkip }, async () => {
  await cli(path.join(room.folder, 'plain'), ['init']);
  await laptop.serve(serving('plain', 8080));
  const browser = await stranger.browser(`https://${NAME}`);
  await assert.rejects((await browser.page()).goto(`https://${NAME}/`), /ERR_CERT_AUTHORITY_INVALID/);
  const page = await browser.page();
  await page.goto(`http://${LAPTOP}:8080/api/health`);
  assert.equal(await page.evaluate('isSecureContext'), false);
  assert.equal((await page.goto(`http://${NAME}:8080/api/health`)).status(), 421, 'a name it was not told');
  await browser.close();
});

test('the script takes its network away again', { skip }, async () => {
  network.kill('SIGTERM');
  assert.equal(await network.ended, 0, said);
  const left = await laptop.exec('sh', ['-c', 'for pid in $(ip netns pids $(ip netns identify)); do cat /proc/$pid/comm; done'], { ok: false });
  assert.doesNotMatch(left.out, /dnsmasq/);
});

test('nothing was sent to anywhere outside the room', { skip }, async () => {
  assert.deepEqual(await room.strays(), []);
  assert.doesNotMatch(server.log(), /"error"/);
});
