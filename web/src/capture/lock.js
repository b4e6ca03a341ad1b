// SPDX-License-Identifier: AGPL-3.0-or-later
// The rules of the lock, without a screen: what opens it, how long after wrong tries.

/**
 * Kept with the seat, and gone with it.
 * @typedef {object} Lock
 * @property {boolean} on
 * @property {number[] | null} code pictures in their order; null: a tap opens
 * @property {number} wrong tries in a row
 * @property {number} restMin minutes without a touch until the page asks whether somebody is there
 */

/** The pictures: names of icons, told apart by shape alone and by a word each. */
export const pictures = ['sun', 'tree', 'home', 'bus', 'heart', 'star', 'key', 'music', 'ball'];
export const codeLength = 4;
/** @type {Lock} */
export const noLock = { on: false, code: null, wrong: 0, restMin: 10 };
export const restChoices = [3, 10, 30];

const freeTries = 5;
const firstWaitMs = 30000;
const longestWaitMs = 16 * 60000;

/** @param {number[] | null} a @param {number[] | null} b */
export const sameCode = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** The lock after somebody tried. @param {Lock} lock @param {number[] | null} entered @returns {Lock} */
export function tried(lock, entered) {
  const right = lock.code === null || sameCode(lock.code, entered);
  return right ? { ...lock, on: false, wrong: 0 } : { ...lock, wrong: lock.wrong + 1 };
}

/**
 * How long nothing can be tried, counted from the last try or from the start of the page: a clock that is
 * set forward or a reload shortens nothing.
 * @param {Lock} lock @returns {number} ms
 */
export function waitMs({ wrong }) {
  if (wrong < freeTries) return 0;
  return Math.min(longestWaitMs, firstWaitMs * 2 ** (wrong - freeTries));
}
