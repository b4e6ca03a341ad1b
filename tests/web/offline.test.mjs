// SPDX-License-Identifier: AGPL-3.0-or-later
// The participant's page with its server gone, in a browser against the real server, which the tests kill
// and start again (http://127.0.0.1 counts as a secure page).
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli, startServer } from '../http/support.mjs';
import { makeCode, makeProject, makeSession, templateId } from '../http/world.mjs';
import { agree, missing, onDevice, openBrowser } from './browser.mjs';
import { hasCount } from './staff.mjs';

const budgetBytes = 170_000;
let server, browser, staff, project;
let killed = false;

if (!missing) {
  before(async () => {
    server = await startServer();
    staff = await server.staff('fatou', 'facilitator');
    project = await makeProject(staff);
    browser = await openBrowser(server.origin);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
}
/** A test that breaks off leaves the others a server. */
const browserTest = (name, run) =>
  test(name, { skip: missing }, async (t) => {
    try {
      await run(t);
    } finally {
      if (killed) await startAgain();
    }
  });

async function kill() {
  server.child.kill('SIGKILL');
  await server.ended;
  killed = true;
}
/** The same server again: its folder, its port; staff stay signed in. */
async function startAgain() {
  const port = new URL(server.origin).port;
  server.agent.destroy();
  server = await startServer({ data: server.data, args: ['--port', port] });
  staff.server = server;
  killed = false;
}
async function open(over = {}) {
  const exercise = await templateId(staff, 'safety-map');
  const id = await makeSession(staff, project, { exercise, languages: ['en', 'fr'], admit: 'at_once', ...over });
  return { id, ...(await makeCode(staff, id)) };
}
const marksOf = async (session) =>
  (await staff.get(`/api/sessions/${session}/contributions?limit=1000`, { expect: 200 })).json.features;
async function until(what, fits) {
  for (let tries = 0; tries < 150; tries++) {
    if (await fits()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`it never was so: ${what}`);
}
/** Requests that a server which is gone does not answer. */
const forgive = (page) => {
  // the page goes on trying, also while it is looked at
  page.tolerates = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INTERNET|ERR_FAILED/;
  page.faults = page.faults.filter((fault) => !page.tolerates.test(fault));
};
async function toConsent(page, session) {
  await page.goto(`${server.origin}/#join=${session.secret}`);
  await page.click('.language-tile[lang=en]');
  await page.waitForSelector('.consent');
}
async function arrive(page, session) {
  await toConsent(page, session);
  await agree(page);
  await page.waitForSelector('.category-sheet');
}
/** The service worker has all its files. */
const pageKept = (page) => page.evaluate(async () => void (await navigator.serviceWorker.ready));
async function putMark(page, category) {
  await page.click(`.category[data-option=${category}]`);
  await page.click('.question-stop');
  await page.waitForSelector('.category-sheet');
}
const waitsSaid = (page, count) =>
  page.waitForFunction((n) => document.querySelector('.chip:last-child')?.textContent.includes(n), String(count));

browserTest('once joined, a session goes on with the server gone, over a reload, and arrives once', async () => {
  const session = await open();
  const page = await browser.page({ size: 'tablet' });
  await arrive(page, session);
  await putMark(page, 'safe');
  await until('the first mark is there', async () => (await marksOf(session.id)).length === 1);
  await pageKept(page);
  await kill();
  await putMark(page, 'unsafe');
  await page.waitForSelector('.bar-away', { state: 'visible' });
  await page.reload();
  await page.waitForSelector('.category-sheet');
  await waitsSaid(page, 1);
  await hasCount(page, '.map-mark', 2); // the one the server has, and the one that waits
  await putMark(page, 'very_safe');
  await waitsSaid(page, 2);
  await onDevice(page, 2);
  forgive(page);
  await page.check('without the server');
  await page.reload();
  await waitsSaid(page, 2);
  await startAgain();
  await page.click('.chip:last-child');
  await until('all have arrived', async () => (await marksOf(session.id)).length === 3);
  await page.waitForSelector('.chip-good');
  await page.waitForSelector('.bar-away', { state: 'hidden' });
  const marks = await marksOf(session.id);
  assert.equal(new Set(marks.map((m) => m.id)).size, 3);
  assert.equal(marks.length, 3);
  forgive(page);
  await page.check('with the server again');
  await page.context().close();
});

browserTest('what is pressed stays under the finger while a mark on its way arrives', async () => {
  const session = await open();
  const page = await browser.page({ size: 'tablet' });
  await arrive(page, session);
  await putMark(page, 'safe');
  await until('the first mark is there', async () => (await marksOf(session.id)).length === 1);
  let held = 0, letGo;
  const released = new Promise((resolve) => (letGo = resolve));
  await page.context().route('**/contributions/*', async (route) => {
    held += 1;
    await released;
    await route.continue();
  });
  await page.focus('.map-canvas');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => !document.querySelector('.leaflet-pan-anim'));
  await putMark(page, 'unsafe');
  await until('the second is on its way', () => held > 0);
  await page.hover('.chip:first-child');
  await page.mouse.down();
  // what the button says is drawn anew while it is pressed
  await page.evaluate(() => {
    const chip = document.querySelector('.chip');
    chip.replaceChildren(...[...chip.childNodes].map((node) => node.cloneNode(true)));
  });
  await page.mouse.up();
  const row = await page.waitForSelector('.row-button[data-status=sent]');
  const sign = await page.waitForSelector('.map-mark:not(.map-mark-waiting)');
  letGo();
  await page.waitForFunction(() => document.querySelectorAll('.row-button[data-status=sent]').length === 2);
  await page.waitForFunction(() => document.querySelectorAll('.map-mark:not(.map-mark-waiting)').length === 2);
  assert.ok(await row.evaluate((node) => node.isConnected), 'the row of the other is the same');
  assert.ok(await sign.evaluate((node) => node.isConnected), 'and its sign on the map');
  await page.check('the list');
  await page.context().close();
});

browserTest('consent and groups that are answered without the server are sent later, before the marks', async () => {
  const { json } = await staff.get(`/api/projects/${project}`, { expect: 200 });
  const groups = [{ id: 'new', label: { en: 'Less than a year in the city' } }];
  await staff.put(`/api/projects/${project}`, { title: json.title, bbox: json.bbox, groups }, { expect: 200 });
  const session = await open();
  const page = await browser.page();
  await toConsent(page, session);
  await pageKept(page);
  await kill();
  await agree(page);
  await page.waitForSelector('.group-tile');
  await page.click('.group-tile');
  await page.click('.page-groups .yes-no .button:first-child');
  await page.waitForSelector('.category-sheet');
  await page.reload();
  await page.waitForSelector('.category-sheet');
  await putMark(page, 'safe');
  await startAgain();
  await page.click('.chip:last-child');
  await until('the mark is there', async () => (await marksOf(session.id)).length === 1);
  const people = (await staff.get(`/api/sessions/${session.id}/participants`, { expect: 200 })).json.items;
  assert.deepEqual(people[0].consent, { room: true, aggregate: true, finding: true, photo: false });
  const me = await page.evaluate(async () => {
    const request = indexedDB.open('repere-capture');
    const database = await new Promise((done) => (request.onsuccess = () => done(request.result)));
    const get = database.transaction('kept').objectStore('kept').get('seat');
    const { token } = await new Promise((done) => (get.onsuccess = () => done(get.result)));
    return (await fetch('/api/me', { headers: { Authorization: `Bearer ${token}` } })).json();
  });
  assert.deepEqual(me.groups, ['new']);
  forgive(page);
  assert.deepEqual(page.faults, []);
  await page.context().close();
  await staff.put(`/api/projects/${project}`, { title: json.title, bbox: json.bbox, groups: [] }, { expect: 200 });
});

browserTest('a session that was closed meanwhile says so as soon as the server is back', async () => {
  const session = await open({ help_contacts: [{ name: 'Old line', phone: '', note: '' }] });
  const page = await browser.page();
  await arrive(page, session);
  await pageKept(page);
  await kill();
  await page.evaluate(() => window.dispatchEvent(new Event('offline')));
  await page.waitForSelector('.bar-away', { state: 'visible' });
  await startAgain();
  await staff.post(`/api/sessions/${session.id}/close`, undefined, { expect: 200 });
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await page.waitForSelector('.toast:has-text("closed")');
  await page.waitForSelector('.category-sheet .category', { state: 'detached' });
  forgive(page);
  await page.check('closed meanwhile');
  await page.context().close();
});

browserTest('a clock that is ten years off, and jumps, changes nothing that matters', async () => {
  const session = await open();
  const page = await browser.page();
  await page.addInitScript(() => {
    const years = Number(sessionStorage.getItem('years') ?? 10);
    const real = Date;
    const shift = years * 365 * 86_400_000;
    globalThis.Date = class extends real {
      constructor(...parts) {
        super(...(parts.length ? parts : [real.now() + shift]));
      }
      static now() {
        return real.now() + shift;
      }
    };
  });
  await arrive(page, session);
  await pageKept(page);
  await kill();
  await putMark(page, 'safe');
  await onDevice(page, 1);
  await page.evaluate(() => sessionStorage.setItem('years', '-10'));
  await page.reload();
  await page.waitForSelector('.category-sheet');
  await putMark(page, 'unsafe');
  await waitsSaid(page, 2);
  // the later answer to the first mark stands at the end, though its clock is twenty years earlier
  await page.click('.chip:first-child');
  await page.click('.marks-sheet li:last-child .row-button');
  await page.click('.mark-actions .button:nth-child(1)');
  await page.click('.question [data-option=night]');
  await page.click('.question-stop');
  await startAgain();
  await page.click('.chip:last-child');
  await until('both are there', async () => (await marksOf(session.id)).length === 2);
  await page.waitForSelector('.chip-good');
  const marks = await marksOf(session.id);
  const first = marks.find((m) => m.properties.answers.feeling === 'safe');
  assert.deepEqual(first.properties.answers.when, ['night']);
  forgive(page);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

const florence = new URL('../../../shared/data/basemaps/firenze_vector.pmtiles', import.meta.url).pathname;
const withFlorence = { skip: missing || (existsSync(florence) ? false : 'no ../shared/data/basemaps') };

test('a map of the area is fetched ahead with its size said first, stopped, gone on with, and drawn without the server', withFlorence, async (t) => {
  const room = mkdtempSync(join(tmpdir(), 'repere-offline-'));
  const data = join(room, 'data');
  await cli(data, ['init']);
  mkdirSync(join(data, 'basemaps'), { recursive: true });
  copyFileSync(florence, join(data, 'basemaps', 'florence.pmtiles'));
  const house = await startServer({ data });
  t.after(async () => {
    house.child.kill('SIGKILL');
    await house.ended;
    rmSync(room, { recursive: true, force: true });
  });
  const fatou = await house.staff('fatou', 'facilitator');
  const body = { title: 'Firenze', bbox: [11.22, 43.76, 11.28, 43.79], base_maps: ['florence'] };
  const { json } = await fatou.post('/api/projects', body, { expect: 201 });
  const id = await makeSession(fatou, json.id, { languages: ['en', 'fr'] });
  const { secret } = await makeCode(fatou, id);
  const tablet = await openBrowser(house.origin);
  t.after(() => tablet.close());
  const page = await tablet.page({ size: 'tablet' });
  const ranges = [];
  page.on('request', (request) => {
    if (/basemaps\/florence$/.test(request.url())) ranges.push(request.headers().range ?? '');
  });
  const devtools = await page.context().newCDPSession(page);
  const speed = (downloadThroughput) =>
    devtools.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput, uploadThroughput: -1 });
  await devtools.send('Network.enable');
  await page.goto(`${house.origin}/#join=${secret}`);
  await page.click('.language-tile[lang=en]');
  await page.waitForSelector('.page-prepare');
  page.faults = page.faults.filter((fault) => !/status of 503/.test(fault)); // the area was just being cut
  assert.match(await page.textContent('.page-prepare .button-primary'), /[0-9.]+ MB/);
  await page.check('a map is offered');
  await speed(100_000); // of two megabytes: it does not end while it is looked at, however slowly
  await page.click('.page-prepare .button-primary');
  await page.waitForFunction(() => document.querySelector('.download progress').value > 200_000);
  await page.check('a map is fetched');
  await page.click('.download .button');
  await page.waitForSelector('.page-prepare .button-primary:has-text("MB")');
  const part = await page.evaluate(() => document.querySelector('.download progress').value);
  await speed(-1);
  await page.click('.page-prepare .button-primary');
  await page.waitForSelector('.page-prepare .button-primary:has-text("Go on")');
  assert.deepEqual(ranges, ['', `bytes=${part}-`]);
  await page.check('a map is kept');
  await page.click('.page-prepare .button-primary');
  await agree(page);
  await page.waitForSelector('.map-canvas .leaflet-tile-loaded');
  await pageKept(page);
  house.child.kill('SIGKILL');
  await house.ended;
  await page.reload();
  await page.waitForSelector('.category-sheet');
  await page.waitForSelector('.map-canvas .leaflet-tile-loaded');
  await page.waitForFunction(() => /OpenStreetMap/.test(document.querySelector('.map-attribution').textContent));
  await until('streets are drawn', async () => (await coloursOf(page)) > 20);
  await page.click('.bar .button-round:last-child');
  await page.click('dialog .row-button:has-text("Without Wi-Fi")');
  assert.match(await page.textContent('dialog .download'), /On this tablet/);
  forgive(page);
  await page.check('what works, without the server');
});

/** How many colours the tiles on the map have. */
const coloursOf = (page) =>
  page.evaluate(() => {
    const colours = new Set();
    for (const canvas of document.querySelectorAll('.map-canvas canvas')) {
      if (canvas.width === 0 || canvas.height === 0) continue;
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      for (let at = 0; at < data.length; at += 4) colours.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
    }
    return colours.size;
  });

browserTest('the page can be installed: its worker, its manifest and the policy agree', async () => {
  const page = await browser.page();
  await page.goto(server.origin);
  await page.waitForSelector('.language-tile');
  await pageKept(page);
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // a window of a test is private, and such windows install nothing
  assert.deepEqual(installabilityErrors.map((e) => e.errorId).filter((id) => id !== 'in-incognito'), []);
  const { errors, url } = await session.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  assert.match(url, /manifest\.webmanifest$/);
  for (const [path, type] of [
    ['/sw.js', 'text/javascript; charset=utf-8'],
    ['/manifest.webmanifest', 'application/manifest+json'],
  ]) {
    const reply = await staff.get(path, { expect: 200 });
    assert.deepEqual([reply.headers['content-type'], reply.headers['cache-control']], [type, 'no-cache'], path);
  }
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

/** The same server seen through a door that, once told, gives out another version of the page. */
async function openDoor() {
  const door = { newer: false };
  const through = (request, reply) => {
    const to = { host: '127.0.0.1', port: new URL(server.origin).port, path: request.url, method: request.method };
    const { 'if-none-match': _known, ...asked } = request.headers; // another version has another tag
    const onward = http.request({ ...to, headers: { ...asked, 'accept-encoding': 'identity' } }, (from) => {
      const pieces = [];
      from.on('data', (piece) => pieces.push(piece));
      from.on('end', () => {
        let bytes = Buffer.concat(pieces);
        if (door.newer && request.url === '/') bytes = newerPage(bytes);
        if (door.newer && request.url === '/sw.js') bytes = Buffer.from(door.worker(String(bytes)));
        const { 'content-length': _length, 'transfer-encoding': _coding, etag: _tag, ...headers } = from.headers;
        reply.writeHead(from.statusCode, { ...headers, 'content-length': bytes.length }).end(bytes);
      });
    });
    onward.on('error', () => reply.destroy());
    request.pipe(onward);
  };
  const newerPage = (bytes) => Buffer.from(String(bytes).replace('<title>Repère', '<title>Repère, newer'));
  const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  const page = (await staff.get('/', { expect: 200 })).bytes;
  door.worker = (text) =>
    text.replace(/="[0-9a-f]{12}"/, '="000000000000"').replace(`hash:"${hash(page)}"`, `hash:"${hash(newerPage(page))}"`);
  const listening = http.createServer(through).listen(0, '127.0.0.1');
  await new Promise((ready) => listening.once('listening', ready));
  door.origin = `http://127.0.0.1:${listening.address().port}`;
  door.close = () => {
    listening.close();
    listening.closeAllConnections();
  };
  return door;
}

browserTest('a newer version of the page shows at a start, never under a form or in another window', async () => {
  const session = await open();
  const door = await openDoor();
  const visitor = await openBrowser(door.origin);
  try {
    await updateInUse(visitor, door, session);
  } finally {
    await visitor.close();
    door.close();
  }
});

async function updateInUse(visitor, door, session) {
  const page = await visitor.page();
  await page.goto(`${door.origin}/#join=${session.secret}`);
  await page.click('.language-tile[lang=en]');
  await page.waitForSelector('.consent');
  await agree(page);
  await page.waitForSelector('.category-sheet');
  await pageKept(page);
  door.newer = true;
  await page.click('.category[data-option=safe]');
  await page.waitForSelector('.question-sheet');
  const asked = await page.textContent('.question-label');
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration('/');
    await registration.update();
  });
  const stores = () => page.evaluate(() => caches.keys());
  await until('the newer version has its store', async () => (await stores()).includes('repere-page-000000000000'));
  const other = await page.context().newPage();
  await until('what is opened now is of the newer version', async () => {
    await other.goto(door.origin);
    return (await other.title()) === 'Repère, newer';
  });
  assert.equal(await page.textContent('.question-label'), asked, 'the form is still there');
  assert.equal(await page.title(), 'Repère');
  assert.equal((await stores()).length, 2, 'its files too');
  await other.close();
  await page.click('.question-stop');
  await page.waitForSelector('.category-sheet');
  await page.reload();
  await page.waitForSelector('.category-sheet');
  assert.equal(await page.title(), 'Repère, newer');
  await hasCount(page, '.map-mark', 1); // she is still there, with her mark
  await until('the old store is gone', async () => (await stores()).length === 1);
  assert.deepEqual(await stores(), ['repere-page-000000000000']);
  assert.deepEqual(page.faults, []);
}

browserTest('nothing that is asked of the server is stored by the worker', async () => {
  const session = await open();
  const page = await browser.page();
  await arrive(page, session);
  await pageKept(page);
  await page.reload();
  await page.waitForSelector('.category-sheet');
  const stored = await page.evaluate(async () => {
    const urls = [];
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys()) urls.push(new URL(request.url).pathname);
    return urls;
  });
  assert.ok(stored.includes('/'));
  assert.ok(stored.length > 8);
  for (const path of stored) assert.ok(['/', '/older-stores'].includes(path) || path.startsWith('/assets/'), path);
  for (const path of stored) assert.ok(!/facilitate|plan|staff|protection|embed/.test(path), path);
  await page.context().close();
});

browserTest('over plain HTTP the page says once to keep it open, and asks only while something waits', async () => {
  const session = await open();
  const page = await browser.page();
  // the same page as a browser sees it on a room's plain address: not secure, no worker, no position
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'isSecureContext', { value: false });
    for (const name of ['serviceWorker', 'storage', 'geolocation'])
      Object.defineProperty(Navigator.prototype, name, { value: undefined, configurable: true });
    delete Navigator.prototype.serviceWorker;
    delete Navigator.prototype.storage;
    delete Navigator.prototype.geolocation;
  });
  await arrive(page, session);
  await page.check('plain HTTP');
  assert.match(await page.textContent('.keep-open'), /Keep this page open/);
  assert.equal(await page.locator('.map-button').count(), 2, 'no button for the position');
  assert.equal(await page.evaluate(() => 'serviceWorker' in navigator), false);
  await page.click('.bar .button-round:last-child');
  await page.click('dialog .row-button:has-text("Without Wi-Fi")');
  assert.match(await page.textContent('dialog .facts'), /Keep this page open/);
  assert.match(await page.textContent('dialog .facts'), /may forget/);
  await page.check('what works, over plain HTTP');
  await page.click('dialog .button-round');
  await page.click('.keep-open button');
  await page.waitForSelector('.keep-open', { state: 'detached' });
  await page.reload();
  await page.waitForSelector('.category-sheet');
  assert.equal(await page.locator('.keep-open').count(), 0, 'it is said once');
  let asked = 0;
  page.on('dialog', (dialog) => {
    if (dialog.type() === 'beforeunload') asked++;
    dialog.accept();
  });
  assert.equal(asked, 0);
  await page.route('**/contributions/**', (route) => route.abort());
  await putMark(page, 'safe');
  await waitsSaid(page, 1);
  await onDevice(page, 1);
  await page.reload();
  assert.equal(asked, 1);
  await page.waitForSelector('.category-sheet');
  await page.unroute('**/contributions/**');
  await page.click('.chip:last-child');
  await until('it is there', async () => (await marksOf(session.id)).length === 1);
  await page.waitForSelector('.chip-good');
  await page.reload();
  await page.waitForSelector('.category-sheet');
  assert.equal(asked, 1, 'nothing waits any more');
  forgive(page);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

browserTest(`a first visit fetches at most ${budgetBytes / 1000} kB up to a form that can be used`, async (t) => {
  const session = await open();
  const page = await browser.page({ serviceWorkers: 'block' });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  const urls = new Map();
  let bytes = 0;
  const each = [];
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes += encodedDataLength;
    each.push(`${encodedDataLength} ${urls.get(requestId)}`);
  });
  await arrive(page, session);
  t.diagnostic(`first load, headers counted: ${bytes} bytes in ${each.length} replies`);
  assert.ok(each.length > 8, each.join('\n'));
  assert.ok(bytes <= budgetBytes, `${bytes} bytes\n${each.join('\n')}`);
  const added = await precacheAdds(page, [...urls.values()]);
  t.diagnostic(`the worker fetches ${added.bytes} bytes more in ${added.count} files, in its own time`);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

/** What the worker's list holds that the page did not fetch by itself, as it is sent. */
async function precacheAdds(page, fetched) {
  const worker = (await staff.get('/sw.js', { expect: 200 })).text;
  const files = [...worker.matchAll(/url:"([^"]+)"/g)].map((m) => m[1]);
  assert.ok(files.includes('/'));
  const have = new Set(fetched.map((url) => new URL(url).pathname));
  const more = files.filter((path) => !have.has(path));
  let bytes = 0;
  for (const path of more) bytes += await sentBytes(path);
  return { bytes, count: more.length };
}
const sentBytes = (path) =>
  new Promise((done, failed) => {
    const request = http.get(server.origin + path, { headers: { 'accept-encoding': 'br' } }, (reply) => {
      let bytes = 0;
      reply.on('data', (piece) => (bytes += piece.length));
      reply.on('end', () => done(bytes));
    });
    request.on('error', failed);
  });
