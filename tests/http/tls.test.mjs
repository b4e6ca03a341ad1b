// SPDX-License-Identifier: AGPL-3.0-or-later
// https by the server itself: what is shown, what is refused at the start, and a certificate that is replaced
// while it serves.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import tls from 'node:tls';
import { makeAuthority } from '../support/certificates.mjs';
import { endSecure, startSecure, tlsFlags as flags } from '../support/secure_server.mjs';
import { binary, cli } from './support.mjs';

const NAME = 'room.example.test';
let work, data, authority, good;

before(async () => {
  work = mkdtempSync(path.join(tmpdir(), 'repere-tls-'));
  data = path.join(work, 'data');
  authority = makeAuthority(path.join(work, 'authority'));
  good = authority.sign([`DNS:${NAME}`, 'DNS:*.kit.example.test', 'IP:127.0.0.1']);
  await cli(data, ['init']);
});
after(() => {
  endSecure();
  rmSync(work, { recursive: true, force: true });
});

const serve = (pair, { args, where = ['--data', data] } = {}) => startSecure(pair, { args, where });

/** A request as a browser that trusts the authority makes it. */
function ask(server, target, { method = 'GET', headers = {}, body, servername = NAME, agent } = {}) {
  return new Promise((resolve, reject) => {
    const request = https.request({ host: '127.0.0.1', port: server.port, servername, ca: authority.pem, path: target, method, agent,
      headers: { host: `${servername}:${server.port}`, ...headers } });
    request.once('error', reject);
    request.once('response', (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.once('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    request.end(body);
  });
}

/** The certificate that a new connection is shown, as its serial number; fails as a browser would. */
function shown(server, options = {}) {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host: '127.0.0.1', port: server.port, servername: NAME, ca: authority.pem, ...options }, () => {
      const told = { serial: socket.getPeerCertificate().serialNumber, protocol: socket.getProtocol(), cipher: socket.getCipher().name };
      socket.destroy();
      resolve(told);
    });
    socket.once('error', reject);
  });
}

const serialOf = ({ certificate }) =>
  execFileSync('openssl', ['x509', '-in', certificate, '-noout', '-serial'], { encoding: 'utf8' }).trim().replace('serial=', '');

async function until(holds, patience_ms = 20_000) {
  for (const end = Date.now() + patience_ms; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100)))
    if (await holds()) return;
  assert.fail('it did not come to that');
}

/** Runs the server to an early end: its one line. */
function refusal(args) {
  return new Promise((resolve) => {
    execFile(binary, ['serve', '--port', '0', '--data', data, ...args], { timeout: 30_000 }, (error, out, err) => {
      assert.equal(error?.code, 1, `${out}${err}`);
      resolve(err.split('\n').filter((line) => !line.startsWith('{')).join('\n'));
    });
  });
}

test('pages and writes come over TLS, with the cookie that TLS alone gets', async () => {
  const server = await serve(good, { args: ['--address', '0.0.0.0'] });
  assert.match(server.said(), new RegExp(`the room reaches it at https://${NAME}:${server.port}, where its DNS`));
  assert.equal((await ask(server, '/api/health')).status, 200);
  assert.equal((await ask(server, '/api/health', { servername: 'two.kit.example.test' })).status, 200);
  await cli(data, ['user', 'add', 'nadia', '--role', 'facilitator']);
  const link = await cli(data, ['user', 'link', 'nadia', '--port', String(server.port), ...flags(good)]);
  assert.match(link, new RegExp(`^https://${NAME}:${server.port}/facilitate#link=`));
  const reply = await ask(server, '/api/signin/link', {
    method: 'POST',
    headers: { 'x-requested-with': 'repere', 'content-type': 'application/json', origin: `https://${NAME}:${server.port}` },
    body: JSON.stringify({ token: /#link=(\S+)/.exec(link)[1] }),
  });
  assert.equal(reply.status, 200, reply.text);
  const [cookie] = reply.headers['set-cookie'];
  assert.match(cookie, /^__Host-repere=[^;]+;.*\bSecure\b/);
  const me = await ask(server, '/api/me', { headers: { cookie: cookie.split(';')[0] } });
  assert.equal(JSON.parse(me.text).name, 'nadia');
  // the same name may be served without TLS in another room: no browser is told to refuse that
  assert.equal(reply.headers['strict-transport-security'], undefined);
  await server.stop();
});

test('TLS 1.3 and 1.2 with forward secrecy are spoken, and nothing older', async () => {
  const server = await serve(good);
  assert.equal((await shown(server)).protocol, 'TLSv1.3');
  assert.match((await shown(server, { maxVersion: 'TLSv1.2' })).cipher, /^ECDHE-ECDSA-.*(GCM|CHACHA20)/);
  const weak = [
    { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES256-SHA' },
  ];
  for (const options of weak) await assert.rejects(shown(server, options), JSON.stringify(options));
  await new Promise((resolve) => {
    http.get({ host: '127.0.0.1', port: server.port, path: '/' }, () => assert.fail('plain HTTP was answered')).once('error', resolve);
  });
  assert.equal((await ask(server, '/api/health')).status, 200);
  await server.stop();
  // with a key of this kind a secret could be sent to it, and be read by who gets the key later
  const rsa = await serve(authority.sign([`DNS:${NAME}`], { rsa: true }));
  assert.match((await shown(rsa, { maxVersion: 'TLSv1.2' })).cipher, /^ECDHE-RSA-.*(GCM|CHACHA20)/);
  for (const ciphers of ['AES128-GCM-SHA256:AES256-SHA', 'DHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA'])
    await assert.rejects(shown(rsa, { maxVersion: 'TLSv1.2', ciphers }), ciphers);
  await rsa.stop();
});

test('a certificate is replaced while it serves, and a broken one is not', async () => {
  const pair = { certificate: path.join(work, 'live.pem'), key: path.join(work, 'live.key') };
  const put = (next, names = ['certificate', 'key']) => names.forEach((name) => {
    copyFileSync(next[name], `${pair[name]}.new`);
    renameSync(`${pair[name]}.new`, pair[name]);
  });
  const second = authority.sign([`DNS:${NAME}`]), third = authority.sign([`DNS:${NAME}`]);
  put(good);
  const server = await serve(pair);
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
  assert.equal((await ask(server, '/api/health', { agent })).status, 200);
  assert.equal((await shown(server)).serial, serialOf(good));

  put(second);
  await until(async () => (await shown(server)).serial === serialOf(second));
  assert.match(server.log(), /tls_renewed.*live\.pem/);
  // who is connected goes on with the old one
  assert.equal((await ask(server, '/api/health', { agent })).status, 200);

  writeFileSync(pair.certificate, 'no certificate');
  await until(() => /tls_refused.*live\.pem: holds no certificate/.test(server.log()));
  assert.equal((await shown(server)).serial, serialOf(second));
  put(third, ['certificate']);
  await until(() => /tls_refused.*live\.key: is the key of another certificate/.test(server.log()));
  assert.equal((await shown(server)).serial, serialOf(second));
  put(third, ['key']);
  await until(async () => (await shown(server)).serial === serialOf(third));
  rmSync(pair.key);
  await until(() => /tls_refused.*live\.key: there is no such file/.test(server.log()));
  assert.equal((await shown(server)).serial, serialOf(third));
  assert.equal(server.log().match(/tls_refused/g).length, 3, 'each is said once');
  agent.destroy();
  await server.stop();
});

test('a certificate that is put there before it is valid is taken when it is', async () => {
  const pair = { certificate: path.join(work, 'early.pem'), key: path.join(work, 'early.key') };
  const put = (next) => Object.keys(pair).forEach((name) => copyFileSync(next[name], pair[name]));
  put(good);
  const server = await serve(pair);
  const later = authority.sign([`DNS:${NAME}`], { from: 8 / 86_400 });
  put(later);
  await until(() => /tls_refused.*early\.pem: is not valid before/.test(server.log()));
  assert.equal((await shown(server)).serial, serialOf(good));
  await until(async () => (await shown(server)).serial === serialOf(later));
  assert.equal(server.log().match(/tls_refused/g).length, 1, 'it is said once');
  await server.stop();
});

test('what cannot be served with is named at the start, with the reason', async () => {
  const other = authority.sign([`DNS:${NAME}`]), later = authority.sign([`DNS:${NAME}`], { from: 2 });
  const locked = path.join(work, 'locked.key'), nothing = path.join(work, 'nothing.pem');
  execFileSync('openssl', ['pkcs8', '-topk8', '-in', good.key, '-out', locked, '-passout', 'pass:secret']);
  writeFileSync(nothing, 'nothing');
  const many = path.join(work, 'many.pem');
  writeFileSync(many, readFileSync(good.certificate, 'utf8').repeat(11));
  const cases = [
    [{ ...good, certificate: path.join(work, 'none.pem') }, /none\.pem: there is no such file/],
    [{ ...good, key: path.join(work, 'none.key') }, /none\.key: there is no such file/],
    [{ ...good, certificate: nothing }, /nothing\.pem: holds no certificate/],
    [{ ...good, certificate: good.key }, /leaf0\.key: holds no certificate/],
    [{ ...good, certificate: many }, /many\.pem: holds more than 10 certificates/],
    [{ ...good, key: nothing }, /nothing\.pem: holds no private key/],
    [{ ...good, certificate: work }, /repere-tls-\w+: .*directory/],
    [{ ...good, key: locked }, /locked\.key: is protected by a password/],
    [{ ...good, key: other.key }, /\.key: is the key of another certificate/],
    [later, /\.pem: is not valid before \d{4}-.*clock/],
  ];
  for (const [pair, what] of cases) assert.match(await refusal(flags(pair)), what);
  assert.match(await refusal(['--tls-cert', good.certificate]), /--tls-key: is needed/);
  assert.match(await refusal(['--tls-key', good.key]), /--tls-cert: is needed/);
  assert.match(await refusal(['--http-port', '0']), /--http-port: .*--tls-cert/);
});

test('an expired certificate and a key that others may read serve, with a warning', async () => {
  const old = authority.sign([`DNS:${NAME}`], { from: -90, to: -1 });
  chmodSync(old.key, 0o644);
  const server = await serve(old);
  assert.match(server.log(), /"warn".*tls_expired.*\.pem: expired on \d{4}-/);
  assert.match(server.log(), /"warn".*tls_key_open.*\.key/);
  await assert.rejects(shown(server), { code: 'CERT_HAS_EXPIRED' });
  assert.equal((await shown(server, { rejectUnauthorized: false })).serial, serialOf(old));
  await server.stop();
});

test('the plain port leads to the same page over TLS, and to no other host', async () => {
  const server = await serve(good, { args: ['--http-port', '0'] });
  const led = (target, host, options) => new Promise((resolve, reject) => {
    http.request({ host: '127.0.0.1', port: server.plain, path: target, headers: host ? { host } : {}, ...options }, (response) => {
      response.resume();
      resolve(response);
    }).once('error', reject).end();
  });
  const home = `https://${NAME}:${server.port}`;
  const { statusCode, headers } = await led('/facilitate?a=b%20c', NAME);
  assert.equal(statusCode, 308);
  assert.equal(headers.location, `${home}/facilitate?a=b%20c`);
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal((await led('/', `TWO.kit.example.test:${server.plain}`)).headers.location, `https://TWO.kit.example.test:${server.port}/`);
  assert.equal((await led('/', 'evil.example')).headers.location, `${home}/`);
  assert.equal((await led('/', '10.77.0.1')).headers.location, `${home}/`);
  assert.equal((await led('/', '<b>.kit.example.test')).headers.location, `${home}/`);
  assert.equal((await led('/api/join', NAME, { method: 'POST' })).statusCode, 308);
  for (const target of ['//evil.example/', '/../x', '/%0d%0aX:1'])
    assert.ok(!/^https:\/\/evil|\r|\n/.test((await led(target, NAME)).headers.location ?? ''), target);
  await server.stop();
  const behind = await serve(good, { args: ['--http-port', '0', '--origin', 'https://map.example.org'] });
  server.plain = behind.plain;
  assert.equal((await led('/plan', 'anything')).headers.location, 'https://map.example.org/plan');
  await behind.stop();
});

test('many requests at once, with bodies of several records, are all answered', async () => {
  const server = await serve(good);
  const agents = Array.from({ length: 12 }, () => new https.Agent({ keepAlive: true, maxSockets: 1 }));
  const headers = { 'x-requested-with': 'repere', 'content-type': 'application/json' };
  const body = (length) => JSON.stringify({ token: 'x', more: 'y'.repeat(length) });
  const kinds = [
    ['/api/openapi.json', {}],
    ['/api/signin/link', { method: 'POST', headers, body: body(7_000) }],
    // who sends it is asked first, while the rest of it waits in the cipher's own buffer
    ['/api/projects', { method: 'POST', headers, body: body(70_000) }],
  ];
  const replies = await Promise.all(agents.flatMap((agent) =>
    Array.from({ length: 21 }, (_, i) => ask(server, kinds[i % 3][0], { agent, ...kinds[i % 3][1] }))));
  const count = (...statuses) => replies.filter(({ status }) => statuses.includes(status)).length;
  assert.equal(count(200), 12 * 7);
  assert.equal(count(401, 422, 429), 12 * 14, replies.map(({ status }) => status).join());
  agents.forEach((agent) => agent.destroy());
  await server.stop();
});

test('who sends the plain port a letter now and then does not hold it', { timeout: 60_000 }, async () => {
  const server = await serve(good, { args: ['--http-port', '0'] });
  const socket = net.connect(server.plain, '127.0.0.1');
  const letters = setInterval(() => socket.write('a'), 1000);
  const began = performance.now();
  socket.write('GET /');
  await new Promise((resolve) => socket.on('error', () => {}).once('close', resolve));
  clearInterval(letters);
  assert.ok(performance.now() - began < 30_000);
  await server.stop();
});

test('editions alone are served over TLS too', async () => {
  const server = await serve(good, { where: ['--published-only', mkdtempSync(path.join(work, 'editions-'))] });
  assert.equal((await ask(server, '/api/editions')).status, 200);
  await server.stop();
});

test('nothing of a key is ever logged', async () => {
  const server = await serve(good, { args: ['--log-level', 'debug'] });
  await ask(server, '/api/health');
  await server.stop();
  const secret = readFileSync(good.key, 'utf8').split('\n')[1];
  assert.ok(!server.log().includes(secret));
});
