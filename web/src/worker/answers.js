// SPDX-License-Identifier: AGPL-3.0-or-later
// What the service worker answers from its store, and which stores it keeps. Pure: no network, no cache.

/**
 * What the participant's page is made of, as the build lists it. Hashed names never change; the page's own
 * name stays the same and its content is told by `hash`.
 * @typedef {{url: string, hash: string}} Listed
 */

const prefix = 'repere-page-';

/** The name of the store of one version. @param {string} version */
export const storeName = (version) => prefix + version;

/** Stores of other versions. @param {string[]} names of all stores there are @param {string} version */
export function outdated(names, version) {
  return names.filter((name) => name.startsWith(prefix) && name !== storeName(version));
}

/**
 * Which stored file answers a request; null: the network does. Only what the participant's page is made of
 * is answered here: never the API, a base map, another page, or anything that was sent with a credential.
 * @param {{method: string, url: string, mode: string, ranged: boolean}} request
 * @param {{origin: string, urls: ReadonlySet<string>}} own
 * @returns {string | null} its URL in the list
 */
export function storedFor({ method, url, mode, ranged }, { origin, urls }) {
  if (method !== 'GET' || ranged) return null;
  const { origin: asked, pathname, search } = new URL(url);
  if (asked !== origin) return null;
  // what stands behind the ? of a page is not read by it
  if (mode === 'navigate') return pathname === '/' && urls.has('/') ? '/' : null;
  return search === '' && pathname !== '/' && urls.has(pathname) ? pathname : null;
}

/**
 * Whether a version that waits may take over now: only the page that asks is open, and it has just begun, so
 * that nobody has a form before her which another version would be put under.
 * @param {string[]} open URLs of the windows there are
 */
export function mayTakeOver(open) {
  return open.filter((url) => new URL(url).pathname === '/').length <= 1;
}
