// SPDX-License-Identifier: AGPL-3.0-or-later
// A server of what is published: it has no store, opens nothing beside its folder, and answers the very
// bytes that a server with a store does.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { listening } from '../support/listening.mjs';
import { addressesOf, freshFolder, until, writeEdition } from './edition_files.mjs';
import { binary, cli, startServer } from './support.mjs';
import { buildWorld, putMark } from './world.mjs';

let server, anyone, folder, file;

before(async () => {
  folder = freshFolder();
  file = writeEdition(path.join(folder, 'editions'));
  server = await startServer({ published: folder });
  anyone = server.client();
});
after(() => server?.stop());

test('serves what is public and nothing else', async () => {
  const names = server.routes.map(({ name }) => name).sort();
  assert.deepEqual(names, [
    'GET /api/basemaps',
    'GET /api/editions',
    'GET /api/editions/{project}/{edition}',
    'GET /api/editions/{project}/{edition}/assets',
    'GET /api/editions/{project}/{edition}/file',
    'GET /api/editions/{project}/{edition}/findings',
    'GET /api/editions/{project}/{edition}/overlays/{overlay}',
    'GET /api/editions/{project}/{edition}/slices/{slice}',
    'GET /api/editions/{project}/{edition}/slices/{slice}/against/{other}',
    'GET /api/editions/{project}/{edition}/slices/{slice}/areas/{overlay}',
    'GET /api/editions/{project}/{edition}/slices/{slice}/heat',
    'GET /api/editions/{project}/{edition}/slices/{slice}/heat/{z}/{x}/{y}',
    'GET /api/editions/{project}/{edition}/slices/{slice}/tiles/{z}/{x}/{y}',
    'GET /api/editions/{project}/{edition}/slices/{slice}/values',
    'GET /api/health',
    'GET /api/openapi.json',
    'GET /api/schemas/{name}',
    'GET /basemaps/{name}',
    'GET /basemaps/{name}/{z}/{x}/{y}',
  ]);
  for (const target of addressesOf('1/2')) await anyone.get(target, { expect: 200 });
  await anyone.get('/api/basemaps', { expect: 200 });
  await anyone.get('/api/schemas/exercise', { expect: 200 });
  for (const target of ['/api/me', '/api/projects', '/api/sessions/1/contributions', '/facilitate', '/sw.js'])
    await anyone.get(target, { expect: 404 });
  await anyone.post('/api/signin', { name: 'a', password: 'b' }, { expect: 404 });
});

test('has the pages for planners, also as its first page', async (t) => {
  const { status, text } = await anyone.get('/plan');
  if (status === 404) return t.skip('this build has no pages');
  assert.equal((await anyone.get('/', { expect: 200 })).text, text);
  for (const page of ['/', '/plan', '/protection']) {
    const { headers } = await anyone.get(page, { expect: 200 });
    assert.match(headers['content-security-policy'], /frame-ancestors 'none'/, page);
  }
  const { headers } = await anyone.get('/embed', { expect: 200 });
  assert.match(headers['content-security-policy'], /frame-ancestors \*/);
  assert.equal(headers['cross-origin-opener-policy'], undefined);
});

test('makes no file, and holds none open but editions', () => {
  const found = readdirSync(folder, { recursive: true });
  assert.deepEqual(found.sort(), ['editions', 'editions/1-2.gpkg']);
  const open = readdirSync(`/proc/${server.child.pid}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${server.child.pid}/fd/${fd}`)];
    } catch {
      return []; // closed meanwhile
    }
  });
  const files = open.filter((name) => /^\/(?!dev\/|proc\/|usr\/share\/proj\/)/.test(name));
  assert.deepEqual(files, [file]);
});

test('two servers with different stores, and one without, answer the same bytes', async () => {
  const folders = [freshFolder(), freshFolder()];
  for (const data of folders) {
    await cli(data, ['init']);
    copyFileSync(file, writeEdition(path.join(data, 'editions'), { number: 2 }));
  }
  const stores = [await startServer({ data: folders[0] }), await startServer({ data: folders[1] })];
  try {
    const world = await buildWorld(stores[0]); // people and marks in one of them
    for (let i = 0; i < 5; i++) await putMark(world.own.participant, world.own.session);
    const questions = [...addressesOf('1/2'), '/api/editions', '/api/editions/1/2/slices/none', '/api/editions/1/2?bbox=1,2,3,4', '/api/editions/1/7'];
    for (const target of questions) {
      const [bare, one, two] = await Promise.all([server, ...stores].map((each) => each.client().get(target)));
      const signedIn = await world.own.facilitator.get(target);
      for (const other of [one, two, signedIn]) {
        assert.equal(other.status, bare.status, target);
        assert.ok(other.bytes.equals(bare.bytes), target);
        const but = ({ date, connection, 'keep-alive': alive, ...rest }) => rest;
        assert.deepEqual(but(other.headers), but(bare.headers), target);
      }
    }
  } finally {
    for (const each of stores) await each.stop();
  }
});

test('a newer edition that is copied there is served without a start', async () => {
  writeEdition(path.join(folder, 'editions'), { number: 3 });
  await until(() => anyone.get('/api/editions/1/3'), ({ status }) => status === 200);
  rmSync(path.join(folder, 'editions', '1-3.gpkg'));
  await until(() => anyone.get('/api/editions/1/3'), ({ status }) => status === 404);
});

test('a folder of nothing but editions does as well, an empty one too, a missing one does not', async () => {
  const bare = freshFolder();
  mkdirSync(bare);
  const other = await startServer({ published: bare });
  assert.deepEqual((await other.client().get('/api/editions', { expect: 200 })).json, { items: [], refused: [] });
  writeEdition(bare);
  await until(() => other.client().get('/api/editions/1/2'), ({ status }) => status === 200);
  await other.stop();
  await assert.rejects(startServer({ published: path.join(bare, 'nowhere') }), /there is no such folder/);
});

test('opens nothing outside its folder but the system\'s own files', async (t) => {
  try {
    execFileSync('strace', ['-V'], { stdio: 'ignore' });
  } catch {
    return t.skip('strace is not installed');
  }
  const room = mkdtempSync(path.join(tmpdir(), 'repere-traced-'));
  const trace = path.join(room, 'trace');
  const away = path.join(room, 'away'); // where a data folder of the default name would be looked for
  mkdirSync(away);
  const child = spawn('strace', ['-f', '-qq', '-e', 'trace=%file', '-o', trace, binary, 'serve', '--port', '0', '--published-only', folder],
    { cwd: away, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0', PROJ_DATA: '' } });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const { origin } = await listening(child, ended);
  for (const target of [...addressesOf('1/2'), '/api/editions', '/api/basemaps', '/basemaps/none/0/0/0', '/api/editions/1/2/slices/none'])
    await (await fetch(origin + target)).arrayBuffer();
  const pid = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')[0];
  process.kill(Number(pid), 'SIGTERM');
  await ended;
  const system = /^\/(usr|lib|lib64|etc|proc|sys|dev)(\/|$)/;
  const opened = [...readFileSync(trace, 'utf8').matchAll(/\b(?:open|openat|openat2|creat)\((?:AT_FDCWD, )?"([^"]*)"(?:, ([A-Z_|]+))?.*\) = (\d+)/g)];
  assert.ok(opened.some(([, name]) => name === file), 'the edition was not opened');
  const outside = opened.filter(([, name]) => !name.startsWith(folder) && !system.test(name)).map(([, name]) => name);
  assert.deepEqual(outside, []);
  const written = opened.filter(([, name, flags]) => name.startsWith(folder) && /WRONLY|RDWR|CREAT/.test(flags ?? ''));
  assert.deepEqual(written.map(([, name]) => name), []);
  assert.ok(!readFileSync(trace, 'utf8').includes('repere.sqlite'));
  assert.ok(!existsSync(path.join(away, 'repere-data')));
  rmSync(room, { recursive: true, force: true });
});
