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
 * Under which URL a request is looked for in the stores; null: it is not, the network answers. Only what the
 * participant's page is made of is stored; other files are not found and go to the network as they are. Never
 * looked for are the API, a base map, another page, or anything but a plain GET.
 * @param {{method: string, url: string, mode: string, ranged: boolean}} request
 * @param {{origin: string, urls: ReadonlySet<string>}} own
 * @returns {string | null}
 */
export function storedFor({ method, url, mode, ranged }, { origin, urls }) {
  if (method !== 'GET' || ranged) return null;
  const { origin: asked, pathname, search } = new URL(url);
  if (asked !== origin) return null;
  // what stands behind the ? of a page is not read by it
  if (mode === 'navigate') return pathname === '/' && urls.has('/') ? '/' : null;
  return search === '' && pathname.startsWith('/assets/') ? pathname : null;
}

/**
 * Whether stores of other versions may go: no window shows a page that may be made of them.
 * @param {string[]} open URLs of the windows there are @param {number} most of the participant's page
 */
export function mayTidy(open, most) {
  return open.filter((url) => new URL(url).pathname === '/').length <= most;
}
