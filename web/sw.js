// SPDX-License-Identifier: AGPL-3.0-or-later
// The service worker of the participant's page: keeps the files it is made of, so that it starts without a
// server. It stores at installation alone: nothing that a request brings back is ever put away, so nothing
// personal can be. Which requests it answers: src/worker/answers.js.
import { files, version } from 'repere:precache';
import { mayTakeOver, outdated, storedFor, storeName } from './src/worker/answers.js';

const worker = /** @type {any} */ (self);
const own = { origin: worker.location.origin, urls: new Set(files.map((file) => file.url)) };
const atOnce = 4;

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
  const store = await caches.open(storeName(version));
  const left = [...files];
  const next = async () => {
    for (let file = left.shift(); file; file = left.shift()) await keepFile(store, file);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}

async function activate() {
  for (const name of outdated(await caches.keys(), version)) await caches.delete(name);
  await worker.clients.claim();
}

/** @param {Request} request @param {string} url */
async function answer(request, url) {
  const store = await caches.open(storeName(version));
  return (await store.match(url, { ignoreVary: true })) ?? fetch(request);
}

/** The page says that it has just begun; it is told whether another version takes over. @param {any} event */
async function begun(event) {
  const open = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const taking = mayTakeOver(open.map((/** @type {any} */ client) => client.url));
  event.ports[0]?.postMessage(taking);
  if (taking) await worker.skipWaiting();
}

worker.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(install()));
worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(activate()));
worker.addEventListener('message', (/** @type {any} */ event) => {
  if (event.data === 'begun') event.waitUntil(begun(event));
});
worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { method, url, mode, headers } = event.request;
  const stored = storedFor({ method, url, mode, ranged: headers.has('Range') }, own);
  if (stored) event.respondWith(answer(event.request, stored));
});
