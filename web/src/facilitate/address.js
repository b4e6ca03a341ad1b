// SPDX-License-Identifier: AGPL-3.0-or-later
// Addresses of screens: #/project/3, #/session/7/sheet. Pure.

/**
 * @typedef {"projects" | "project" | "project/edit" | "project/open" | "project/import" | "project/exercise"
 *   | "project/recordings" | "project/publish" | "project/findings" | "project/assets" | "session" | "session/edit" | "session/sheet" | "session/entry" | "session/wall"} ScreenName
 */
/** How many numbers each address has. @type {Record<ScreenName, number>} */
const numbers = {
  projects: 0,
  project: 1,
  'project/edit': 1,
  'project/open': 1,
  'project/import': 1,
  'project/exercise': 2,
  'project/recordings': 2,
  'project/publish': 1,
  'project/findings': 1,
  'project/assets': 1,
  session: 1,
  'session/edit': 1,
  'session/sheet': 1,
  'session/entry': 1,
  'session/wall': 1,
};

/**
 * The screen's name and the numbers in the address, in order; anything unknown is the list of projects.
 * @param {string} hash
 * @returns {{name: ScreenName, ids: number[]}}
 */
export function readAddress(hash) {
  const parts = hash.replace(/^#\/?/, '').split('/').filter(Boolean);
  const ids = parts.filter((part) => /^[1-9]\d{0,14}$/.test(part)).map(Number);
  const name = /** @type {ScreenName} */ (parts.filter((part) => !/^\d/.test(part)).join('/'));
  const known = Object.hasOwn(numbers, name) && numbers[name] === ids.length && /^[a-z]/.test(parts[0]);
  return known ? { name, ids } : { name: 'projects', ids: [] };
}
