// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { cli, startServer } from './support.mjs';
import { CONSENT, makeCode, makeProject, makeSession, takeSeat } from './world.mjs';

const PASSWORD = 'three small boats at noon';
let server;

before(async () => {
  server = await startServer();
  await cli(server.data, ['user', 'add', 'Nadia', '--role', 'facilitator', '--password-stdin'], {
    input: `${PASSWORD}\n`,
  });
});
after(() => server?.stop());

const signIn = (name, password, options) => server.client().post('/api/signin', { name, password }, options);

test('nobody is anyone', async () => {
  const { json } = await server.client().get('/api/me', { expect: 200 });
  assert.deepEqual(json, { kind: 'anyone' });
});

test('a name in any case and its password sign in', async () => {
  const client = server.client();
  const reply = await client.post('/api/signin', { name: 'nadia', password: PASSWORD }, { expect: 200 });
  assert.deepEqual(reply.json, { kind: 'staff', name: 'Nadia', role: 'facilitator' });
  const me = await client.get('/api/me', { expect: 200 });
  assert.deepEqual(me.json, reply.json);
});

test('the cookie is for this site and for the browser alone', async () => {
  const { headers } = await signIn('Nadia', PASSWORD, { expect: 200 });
  const cookie = headers['set-cookie'][0];
  assert.match(cookie, /^repere=[A-Za-z0-9_-]{43};/);
  for (const flag of [/; *HttpOnly/i, /; *SameSite=Strict/i, /; *Path=\//i, /; *Max-Age=28800/i])
    assert.match(cookie, flag);
});

test('a wrong password and an unknown name get the same answer', async () => {
  const wrong = await signIn('Nadia', 'three small boats at night', { expect: 401 });
  const unknown = await signIn('Nobody', PASSWORD, { expect: 401 });
  assert.equal(wrong.error, 'BAD_CREDENTIALS');
  assert.deepEqual(unknown.json, wrong.json);
  assert.equal(wrong.headers['set-cookie'], undefined);
});

test('an unknown name takes as long as a wrong password', async () => {
  const time_ms = async (name) => {
    const start = process.hrtime.bigint();
    await signIn(name, 'not the password at all', { expect: 401 });
    return Number(process.hrtime.bigint() - start) / 1e6;
  };
  const known = [], unknown = [];
  for (let i = 0; i < 4; i++) {
    known.push(await time_ms('Nadia'));
    unknown.push(await time_ms(`nobody-${i}`));
  }
  const least = (times) => Math.min(...times);
  assert.ok(least(unknown) > least(known) / 3, `${unknown} against ${known}`);
});

test('the tenth wrong password closes a name for who tried it, and nothing for others', async () => {
  await cli(server.data, ['user', 'add', 'closed', '--role', 'researcher', '--password-stdin'], {
    input: `${PASSWORD}\n`,
  });
  for (let i = 0; i < 10; i++) await signIn('closed', `wrong password number ${i}`, { expect: 401 });
  const refused = await signIn('closed', PASSWORD, { expect: 429 });
  assert.equal(refused.error, 'TOO_MANY');
  assert.ok(Number(refused.headers['retry-after']) <= 30, refused.headers['retry-after']);
  await signIn('somebody', 'some wrong password', { expect: 401 });
  const herself = { name: 'closed', password: PASSWORD };
  await server.client({ from: '127.0.0.2' }).post('/api/signin', herself, { expect: 200 });
});

test('at most two passwords are checked at once; the rest are told to come back', async () => {
  const tries = await Promise.all(
    Array.from({ length: 16 }, (_, i) => signIn(`crowd-${i}`, 'a long and wrong password')),
  );
  for (const { status, error } of tries)
    assert.ok((status === 401 && error === 'BAD_CREDENTIALS') || (status === 503 && error === 'BUSY'), error);
});

test('a link signs in once', async () => {
  const link = await cli(server.data, ['user', 'link', 'Nadia']);
  const token = /#link=(\S+)/.exec(link)[1];
  const client = server.client();
  await client.post('/api/signin/link', { token }, { expect: 200 });
  assert.equal((await client.get('/api/me')).json.name, 'Nadia');
  const again = await server.client().post('/api/signin/link', { token }, { expect: 401 });
  assert.equal(again.error, 'BAD_CREDENTIALS');
});

test('signing in again ends the token that was shown', async () => {
  const client = await server.signIn('Nadia');
  const old = client.cookie;
  await client.post('/api/signin', { name: 'Nadia', password: PASSWORD }, { expect: 200 });
  assert.notEqual(client.cookie, old);
  assert.equal((await client.get('/api/me')).json.kind, 'staff');
  assert.equal((await server.client({ cookie: old }).get('/api/me')).json.kind, 'anyone');
});

test('signing out ends the token and drops the cookie', async () => {
  const client = await server.signIn('Nadia');
  const { cookie } = client;
  const reply = await client.post('/api/signout', undefined, { expect: 200 });
  assert.match(reply.headers['set-cookie'][0], /Max-Age=0/i);
  const refused = await server.client({ cookie }).get('/api/projects', { expect: 401 });
  assert.equal(refused.error, 'NOT_SIGNED_IN');
});

test('a cookie that is no longer good does not keep its owner from signing in', async () => {
  const client = server.client({ cookie: 'x'.repeat(43) });
  await client.post('/api/signin', { name: 'Nadia', password: PASSWORD }, { expect: 200 });
  assert.equal((await client.get('/api/me')).json.kind, 'staff');
});

test('a disabled account is signed out and cannot sign in', async () => {
  const client = await server.staff('leaving', 'researcher');
  const link = await cli(server.data, ['user', 'link', 'leaving']);
  await cli(server.data, ['user', 'disable', 'leaving']);
  await client.get('/api/projects', { expect: 401 });
  const token = /#link=(\S+)/.exec(link)[1];
  await server.client().post('/api/signin/link', { token }, { expect: 401 });
});

test('another password ends all tokens', async () => {
  const client = await server.staff('changing', 'researcher');
  await cli(server.data, ['user', 'password', 'changing'], { input: 'another long password\n' });
  await client.get('/api/projects', { expect: 401 });
  await signIn('changing', 'another long password', { expect: 200 });
});

test('a password has 15 characters or more', async () => {
  const add = (input) =>
    cli(server.data, ['user', 'add', 'short', '--role', 'researcher', '--password-stdin'], { input });
  await assert.rejects(add('fourteen chars\n'), /15 characters/);
  await assert.rejects(add('ééééééééééé\n'), /15 characters/); // 22 bytes, 11 characters
  await add('fifteen chars !\n');
});

test('what strangers send is not held in memory', { skip: process.platform !== 'linux' }, async () => {
  const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))[1]) * 1024;
  const port = new URL(server.origin).port;
  const head = (target, length) =>
    [`PUT ${target} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'X-Requested-With: repere', 'Content-Type: application/json', `Content-Length: ${length}`, '', ''].join('\r\n');
  const before = resident();
  const sockets = [];
  for (let i = 0; i < 150; i++) {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', () => {});
    await new Promise((resolve) => socket.write(head('/api/me/consent', 250_000) + ' '.repeat(249_000), resolve));
    sockets.push(socket);
  }
  await sleep(500);
  const grown = resident() - before;
  sockets.forEach((socket) => socket.destroy());
  assert.ok(grown < 150 * 100_000, `${grown} bytes for 150 connections`);
  for (const target of ['/api/signin', '/api/signin/link', '/api/join', '/api/withdraw'])
    await server.client().request('POST', target, { raw: ' '.repeat(9000), expect: 413 });
});

test('a large body needs a token that is good', async () => {
  const consent = { ...CONSENT, note: 'x'.repeat(50_000) };
  await server.client({ bearer: 'x'.repeat(43) }).put('/api/me/consent', consent, { expect: 401 });
  await server.client().put('/api/me/consent', consent, { expect: 401 });
  const lead = await server.signIn('Nadia');
  const session = await makeSession(lead, await makeProject(lead));
  const seat = await takeSeat(server, (await makeCode(lead, session)).code);
  assert.equal((await seat.put('/api/me/consent', consent, { expect: 422 })).error, 'BAD_FIELD');
});

test('a bearer token that is none is told so', async () => {
  const { error } = await server.client({ bearer: 'x'.repeat(43) }).get('/api/me', { expect: 401 });
  assert.equal(error, 'NOT_SIGNED_IN');
});

test('a staff token is no bearer token and a participant token no cookie', async () => {
  const staff = await server.signIn('Nadia');
  await server.client({ bearer: staff.cookie }).get('/api/me', { expect: 401 });
  const session = await makeSession(staff, await makeProject(staff));
  const participant = await takeSeat(server, (await makeCode(staff, session)).code);
  const me = await server.client({ cookie: participant.bearer }).get('/api/me', { expect: 200 });
  assert.equal(me.json.kind, 'anyone');
});

test('fields that are missing, unknown or wrong are named', async () => {
  const cases = [
    [{ name: 'Nadia' }, 'password'],
    [{ name: 'Nadia', password: PASSWORD, remember: true }, 'remember'],
    [{ name: 7, password: PASSWORD }, 'name'],
    [{ name: 'x'.repeat(300), password: PASSWORD }, 'name'],
    [{ name: 'a\nb', password: PASSWORD }, 'name'],
  ];
  for (const [body, where] of cases) {
    const { json, error } = await server.client().post('/api/signin', body, { expect: 422 });
    assert.equal(error, 'BAD_FIELD');
    assert.equal(json.where, where);
  }
  const { error } = await server.client().post('/api/signin', undefined, { raw: '{"name":', expect: 400 });
  assert.equal(error, 'BAD_JSON');
});

test('a write from another site is refused', async () => {
  const body = { name: 'Nadia', password: PASSWORD };
  for (const headers of [
    { 'x-requested-with': undefined },
    { origin: 'https://elsewhere.example' },
    { 'sec-fetch-site': 'cross-site' },
  ]) {
    const { error } = await server.client().post('/api/signin', body, { headers, expect: 403 });
    assert.equal(error, 'CROSS_SITE');
  }
});

test('the server says that it is well, and which version it is', async () => {
  const { json } = await server.client().get('/api/health', { expect: 200 });
  assert.equal(json.status, 'ok');
  assert.match(json.version, /^\d+\.\d+\.\d+/);
});

// last: it closes this door to guesses for a while
test('sixty wrong links, then one a second and no more; the right one is taken all the same', async () => {
  const link = await cli(server.data, ['user', 'link', 'Nadia']);
  const token = /#link=(\S+)/.exec(link)[1];
  const errors = [];
  while (errors.at(-1) !== 'TOO_MANY' && errors.length < 1000)
    errors.push((await server.client().post('/api/signin/link', { token: `guess-${errors.length}` })).error);
  assert.ok(errors.length > 60, `${errors.length} were tried`);
  assert.deepEqual([...new Set(errors)], ['BAD_CREDENTIALS', 'TOO_MANY']);
  await server.client().post('/api/signin/link', { token }, { expect: 200 });
});
