// SPDX-License-Identifier: AGPL-3.0-or-later
// What works without the server, its parts alone: what the service worker answers, what the build lists,
// fetching ahead and going on where it broke off, what stays on a tablet.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { reachable, versionOf } from '../../web/build_worker.mjs';
import { ofOthers } from '../../web/src/capture/ahead.js';
import { fetchArea } from '../../web/src/capture/areas.js';
import { createDownloads } from '../../web/src/capture/downloads.js';
import { screenFor } from '../../web/src/capture/flow.js';
import { forgetSession } from '../../web/src/capture/shut_out.js';
import { createApi } from '../../web/src/core/api.js';
import { keepInMemory } from '../../web/src/core/keep.js';
import { mayTidy, outdated, storedFor, storeName } from '../../web/src/worker/answers.js';

globalThis.window ??= globalThis;

const own = { origin: 'https://map.example', urls: new Set(['/', '/assets/capture-A.js', '/assets/en-1.json']) };
const asked = (path, more = {}) =>
  storedFor({ method: 'GET', url: `https://map.example${path}`, mode: 'cors', ranged: false, ...more }, own);

test('the service worker answers the page and the files it is made of', () => {
  assert.equal(asked('/', { mode: 'navigate' }), '/');
  assert.equal(asked('/?source=home', { mode: 'navigate' }), '/');
  assert.equal(asked('/assets/capture-A.js'), '/assets/capture-A.js');
});

test('it never looks for the API, base maps, other pages or other hosts in its stores', () => {
  const listed = { origin: own.origin, urls: new Set([...own.urls]) };
  for (const path of ['/api/me', '/api/sessions/1/package', '/basemaps/town/1/2/3', '/older-stores'])
    for (const mode of ['cors', 'navigate', 'same-origin', 'no-cors'])
      assert.equal(asked(path, { mode }), null, `${mode} ${path}`);
  for (const page of ['/facilitate', '/plan', '/sw.js', '/manifest.webmanifest'])
    assert.equal(asked(page, { mode: 'navigate' }), null, page);
  assert.equal(asked('/'), null, 'the page as a file is asked of the server');
  assert.equal(asked('/assets/en-1.json?x=1'), null);
  for (const method of ['POST', 'PUT', 'DELETE', 'HEAD'])
    assert.equal(asked('/', { method, mode: 'navigate' }), null, method);
  assert.equal(asked('/assets/capture-A.js', { ranged: true }), null);
  const elsewhere = { method: 'GET', url: 'https://else.example/assets/capture-A.js', mode: 'cors', ranged: false };
  assert.equal(storedFor(elsewhere, listed), null);
});

test('stores of other versions go, stores of others stay', () => {
  const names = [storeName('old'), storeName('new'), 'somebody-else'];
  assert.deepEqual(outdated(names, 'new'), [storeName('old')]);
});

test('the files of a version stay as long as a window may show it', () => {
  const [one, two] = [['https://map.example/#join=x'], ['https://map.example/', 'https://map.example/?b']];
  assert.ok(mayTidy([...one, 'https://map.example/facilitate'], 1));
  assert.ok(!mayTidy(two, 1));
  assert.ok(!mayTidy(one, 0));
});

test('what a page is made of is followed through late imports and images', () => {
  const outputs = {
    'a.js': { imports: [{ path: 'b.js' }, { path: 'idb', external: true }] },
    'b.js': { imports: [{ path: 'late.js' }, { path: 'a.js' }] },
    'late.js': { imports: [{ path: 'picture.svg' }] },
    'other.js': { imports: [{ path: 'b.js' }] },
    'picture.svg': { imports: [] },
  };
  assert.deepEqual(reachable(outputs, ['a.js']).sort(), ['a.js', 'b.js', 'late.js', 'picture.svg']);
});

test('the version is of the files, whatever their order', () => {
  const [a, b] = [
    { url: '/', hash: '1' },
    { url: '/x', hash: '2' },
  ];
  assert.equal(versionOf([a, b]), versionOf([b, a]));
  assert.notEqual(versionOf([a, b]), versionOf([a, { ...b, hash: '3' }]));
});

test('the manifest can be installed from: names, start, icons of both sizes', () => {
  const web = fileURLToPath(new URL('../../web/', import.meta.url));
  const manifest = JSON.parse(readFileSync(`${web}manifest.webmanifest`, 'utf8'));
  assert.deepEqual([manifest.start_url, manifest.scope, manifest.display], ['/', '/', 'standalone']);
  assert.ok(manifest.name && manifest.short_name && manifest.theme_color && manifest.background_color);
  for (const size of [192, 512]) {
    const icon = manifest.icons.find((i) => i.sizes === `${size}x${size}` && i.purpose === 'any');
    const bytes = readFileSync(web + icon.src.slice(1));
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [size, size], icon.src);
  }
  assert.ok(manifest.icons.some((i) => i.purpose === 'maskable'));
});

test('fetching ahead is offered before consent, and only where there is something to offer', () => {
  const seat = { token: 't', session: 1, pseudonym: 'p', state: 'admitted', language: 'en', consent: null };
  assert.equal(screenFor({ language: 'en', seat, loaded: true, offering: true }), 'prepare');
  assert.equal(screenFor({ language: 'en', seat, loaded: true }), 'consent');
  assert.equal(screenFor({ language: 'en', seat, loaded: false, offering: true }), 'loading');
});

/** A thing whose end the test decides. */
function thing(key, over = {}) {
  const made = { key, bytes: 10, kept: false, runs: 0, ...over };
  made.run = ({ signal, progress }) => {
    made.runs++;
    made.progress = progress;
    return new Promise((done, failed) => {
      Object.assign(made, { done, failed });
      signal.addEventListener('abort', () => failed(new Error('stopped')));
    });
  };
  return made;
}
const settle = () => new Promise((done) => setImmediate(done));
const states = (downloads) => downloads.store.get().map((d) => d.state);

test('downloads run one after the other, say how far they are, and end as kept', async () => {
  const downloads = createDownloads();
  const [a, b, c] = [thing('a'), thing('b'), thing('c', { kept: true })];
  downloads.offer([a, b, c]);
  downloads.start('a');
  downloads.start('b');
  assert.deepEqual(states(downloads), ['running', 'queued', 'kept']);
  a.progress(4);
  assert.equal(downloads.find('a').received, 4);
  a.done();
  await settle();
  assert.deepEqual(states(downloads), ['kept', 'running', 'kept']);
  downloads.start('c');
  assert.equal(c.runs, 0);
});

test('what is stopped waits for a person, what failed goes on by itself', async () => {
  const downloads = createDownloads();
  const [a, b] = [thing('a'), thing('b')];
  downloads.offer([a, b]);
  downloads.start('a');
  downloads.stop('a');
  await settle();
  downloads.start('b');
  b.failed(Object.assign(new Error(), { code: 'OFFLINE' }));
  await settle();
  assert.deepEqual(
    downloads.store.get().map((d) => [d.state, d.problem]),
    [
      ['stopped', ''],
      ['failed', 'OFFLINE'],
    ],
  );
  downloads.resume();
  assert.deepEqual(states(downloads), ['stopped', 'running']);
  downloads.start('a');
  assert.deepEqual(states(downloads), ['queued', 'running']);
});

test('another session has a list of its own: what ran for the first says nothing to it', async () => {
  const downloads = createDownloads();
  const old = thing('a');
  downloads.offer([old]);
  downloads.start('a');
  downloads.clear();
  downloads.offer([thing('a')]);
  await settle();
  assert.deepEqual(states(downloads), ['offered']);
});

const file = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
/** A server of one file that cuts a reply after `cut` bytes; notes what it was asked. */
function serverOf({ etag = '"one"', cut = Infinity } = {}) {
  const server = { etag, cut, ranges: [] };
  server.fetch = async (_url, { headers }) => {
    server.ranges.push(headers.Range ?? '');
    const part = headers.Range && headers['If-Range'] === server.etag;
    const from = part ? Number(/=(\d+)-/.exec(headers.Range)[1]) : 0;
    const sent = file.slice(from, Math.min(file.length, from + server.cut));
    const whole = from + sent.length === file.length;
    let at = 0;
    const body = new ReadableStream({
      pull(stream) {
        if (at < sent.length) stream.enqueue(sent.slice(at, (at += 100)));
        else if (whole) stream.close();
        else stream.error(new TypeError('cut'));
      },
    });
    return new Response(body, { status: part ? 206 : 200, headers: { ETag: server.etag } });
  };
  return server;
}
const area = (server, keep, job = {}) =>
  fetchArea(
    {
      api: createApi({ fetch: server.fetch }),
      keep,
      session: 7,
      offered: { name: 'town', bytes: 1000 },
      info: { name: 'town' },
    },
    { signal: new AbortController().signal, progress: () => {}, ...job },
  );
const bytesOf = async (kept) => new Uint8Array(await kept.blob.arrayBuffer());

test('an area that broke off goes on from there, and is kept whole', async () => {
  const [server, keep, seen] = [serverOf({ cut: 300 }), keepInMemory(), []];
  await assert.rejects(area(server, keep), { code: 'OFFLINE' });
  assert.equal((await keep.get('part/7/town')).blob.size, 300);
  assert.equal(await keep.get('area/7/town'), undefined);
  server.cut = Infinity;
  await area(server, keep, { progress: (received) => seen.push(received) });
  assert.deepEqual(server.ranges, ['', 'bytes=300-']);
  assert.deepEqual([seen[0], seen.at(-1)], [300, 1000]);
  const kept = await keep.get('area/7/town');
  assert.deepEqual([kept.info, kept.etag], [{ name: 'town' }, '"one"']);
  assert.deepEqual(await bytesOf(kept), file);
  assert.equal(await keep.get('part/7/town'), undefined);
});

test('an area that changed meanwhile is fetched anew', async () => {
  const [server, keep] = [serverOf({ cut: 300 }), keepInMemory()];
  await assert.rejects(area(server, keep));
  Object.assign(server, { cut: Infinity, etag: '"two"' });
  await area(server, keep);
  const kept = await keep.get('area/7/town');
  assert.equal(kept.etag, '"two"');
  assert.deepEqual(await bytesOf(kept), file);
});

test('an area that somebody stops is kept in part', async () => {
  const [server, keep, stop] = [serverOf(), keepInMemory(), new AbortController()];
  const stopAt = (received) => received >= 400 && stop.abort();
  server.fetch = ((whole) => (url, options) =>
    whole(url, options).then((response) => {
      const reader = response.body.getReader();
      const body = new ReadableStream({
        async pull(stream) {
          if (options.signal.aborted) return stream.error(new TypeError('stopped'));
          const { value, done } = await reader.read();
          if (done) stream.close();
          else stream.enqueue(value);
        },
      }, { highWaterMark: 0 });
      return new Response(body, { headers: response.headers });
    }))(server.fetch);
  await assert.rejects(area(server, keep, { signal: stop.signal, progress: stopAt }), { code: 'LEFT' });
  assert.equal((await keep.get('part/7/town')).blob.size, 400);
});

test("the page's own files say nothing of whether the server can be reached", async () => {
  const told = [];
  let up = true;
  const api = createApi({
    onReach: (reached) => told.push(reached),
    fetch: async () => {
      if (!up) throw new TypeError('no network');
      return Response.json({});
    },
  });
  await api.get('/assets/en-1.json');
  await api.get('/api/me');
  up = false;
  await assert.rejects(api.get('/assets/fr-1.json'));
  await assert.rejects(api.get('/api/me'), { code: 'OFFLINE' });
  assert.deepEqual(told, [true, false]);
});

test('a tablet keeps what belongs to its present session, and what is not of a session', () => {
  const keys = ['seat', 'outbox/1', 'package/1', 'package/12', 'area/1/town', 'area/12/town', 'tablet/1', 'marks/x'];
  assert.deepEqual(ofOthers(keys, 12), ['package/1', 'area/1/town']);
});

test('a tablet that is shut out keeps nothing of its session, and what belongs to others', async () => {
  const keep = keepInMemory();
  const gone = ['package/12', 'asked/12', 'area/12/town', 'part/12/town', 'overlay/12/3', 'recording/12/4', 'marks/x'];
  const stays = ['package/1', 'package/120', 'overlay/1/3', 'recording/120/4', 'tablet', 'outbox-count'];
  for (const key of [...gone, ...stays]) await keep.put(key, true);
  const forgotten = [];
  await forgetSession({ keep, outbox: { forgetSession: async (session) => forgotten.push(session) } }, 12);
  assert.deepEqual((await keep.list('')).map(([key]) => key), stays.sort());
  assert.deepEqual(forgotten, [12]);
});
