// SPDX-License-Identifier: AGPL-3.0-or-later
// The service worker of the participant's page: keeps the files it is made of, so that it starts without a
// server. It stores at installation alone: nothing that a request brings back is ever put away, so nothing
// personal can be. Which requests it answers: src/worker/answers.js.
//
// A newer version is there as soon as it has its files, and shows at the next start: only what is opened
// from then on is made of it. A window that is open, and the form in it, stays as it is and finds its own
// files until it is closed, since each version has its store and files have their hash in their names.
import { files, version } from 'repere:precache';
import { mayTidy, outdated, storedFor, storeName } from './src/worker/answers.js';

const worker = /** @type {any} */ (self);
const own = { origin: worker.location.origin, urls: new Set(files.map((file) => file.url)) };
const atOnce = 4;
// in a store: the names of those that were there before it
const olderKey = '/older-stores';

/** @param {ArrayBuffer} bytes the first ten digits of their SHA-256, as in the names of the files */
async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (b) => b.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, 10);
}

/**
 * Puts a file into the store of this version: it may be there from an installation that broke off, or in the
 * store of another version (a name with a hash is the same file for ever).
 * @param {Cache} store @param {import('./src/worker/answers.js').Listed} file
 */
async function keepFile(store, { url, hash }) {
  if (await store.match(url)) return;
  const hashed = url.startsWith('/assets/');
  const elsewhere = hashed && (await caches.match(url, { ignoreVary: true }));
  if (elsewhere) return store.put(url, elsewhere);
  const response = await fetch(url, { cache: hashed ? 'default' : 'no-cache', credentials: 'omit' });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  // a server that was upgraded meanwhile has another page: its own worker will keep that
  if (!hashed && (await hashOf(await response.clone().arrayBuffer())) !== hash)
    throw new Error(`${url} is of another version`);
  return store.put(url, response);
}

async function install() {
  const before = outdated(await caches.keys(), version);
  const store = await caches.open(storeName(version));
  const left = [...files];
  const next = async () => {
    for (let file = left.shift(); file; file = left.shift()) await keepFile(store, file);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  await store.put(olderKey, new Response(JSON.stringify(before)));
  await worker.skipWaiting();
}

/** @returns {Promise<string[]>} stores that were there before this version */
async function older() {
  const store = await caches.open(storeName(version));
  return (await store.match(olderKey))?.json() ?? [];
}

/**
 * Deletes the stores that were there before this version, unless a page may still be made of them. A newer
 * version's store is none of them.
 * @param {number} windows how many of the page may be open
 */
async function tidy(windows) {
  const open = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (!mayTidy(open.map((/** @type {any} */ client) => client.url), windows)) return;
  for (const name of await older()) await caches.delete(name);
}

async function activate() {
  // the first of all: a tablet that leaves the room before a reload has it too
  if ((await older()).length === 0) await worker.clients.claim();
  await tidy(0);
}

/** The page is this version's; a file may also be of the version that another window shows. @param {Request} request @param {string} url */
async function answer(request, url) {
  const store = await caches.open(storeName(version));
  const found = (await store.match(url, { ignoreVary: true })) ?? (await caches.match(url, { ignoreVary: true }));
  return found ?? fetch(request);
}

worker.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(install()));
worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(activate()));
worker.addEventListener('message', (/** @type {any} */ event) => {
  // a page has begun: of this version, since this worker gave it out
  if (event.data === 'begun') event.waitUntil(tidy(1));
});
worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { method, url, mode, headers } = event.request;
  const stored = storedFor({ method, url, mode, ranged: headers.has('Range') }, own);
  if (stored) event.respondWith(answer(event.request, stored));
});
