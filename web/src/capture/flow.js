// SPDX-License-Identifier: AGPL-3.0-or-later
// Which screen is due. Pure.

/** @typedef {"language" | "join" | "loading" | "prepare" | "consent" | "declined" | "groups" | "waiting" | "removed" | "revoked" | "locked" | "map"} Screen */

/**
 * @param {object} state
 * @param {string | null} state.language chosen by the person at the screen
 * @param {import("./seat.js").Seat | null} state.seat
 * @param {boolean} state.loaded whether what the session asks has arrived
 * @param {boolean} [state.offering] whether there is something to fetch ahead that nobody was asked about
 * @param {boolean} [state.groups] whether the project has groups that one may say one belongs to
 * @returns {Screen}
 */
export function screenFor({ language, seat, loaded, offering = false, groups = false }) {
  if (!language) return 'language';
  if (!seat) return 'join';
  if (seat.lock?.on) return 'locked';
  if (seat.state === 'removed') return 'removed';
  if (!loaded) return 'loading';
  if (offering) return 'prepare';
  if (!seat.consent) return 'consent';
  if (!seat.consent.room) return 'declined';
  // only those are counted by group who are counted at all
  if (groups && seat.consent.aggregate && !seat.groups) return 'groups';
  if (seat.state === 'waiting') return 'waiting';
  return 'map';
}

/**
 * What the address says: an invitation from the join sheet, or the way to take marks back.
 * @param {string} hash
 * @returns {{secret?: string, withdraw?: boolean}}
 */
export function readHash(hash) {
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  const secret = words.get('join');
  return { ...(secret ? { secret } : {}), ...(words.has('withdraw') ? { withdraw: true } : {}) };
}

/** A join code as it is written on the sheet, from what is typed: groups of four. @param {string} typed */
export function groupCode(typed) {
  const symbols = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .slice(0, 8);
  return symbols.length > 4 ? `${symbols.slice(0, 4)}-${symbols.slice(4)}` : symbols;
}

/** Whether a code has all its symbols. @param {string} code */
export function wholeCode(code) {
  return code.replace(/[^0-9A-Z]/gi, '').length === 8;
}
