// SPDX-License-Identifier: AGPL-3.0-or-later
// The sheet that is being typed in, so that a page that is loaded again goes on with it: whose it is and the
// ids of its marks. No place and no answer is kept here, and no receipt: the server has the marks.

/** @typedef {{participant: number, pseudonym: string, paper: string, orientation: string, marks: string[]}} UnderWay */

/**
 * @param {number} session @param {string} who the note-taker; another one who signs in here begins anew
 * @param {Storage} [storage]
 */
export function createUnderWay(session, who, storage = sessionStorage) {
  const key = `repere-entry-${session}`;
  return {
    /** @returns {UnderWay | null} */
    get() {
      try {
        const kept = JSON.parse(storage.getItem(key) ?? 'null');
        return kept?.who === who ? kept.sheet : null;
      } catch {
        return null;
      }
    },
    /** @param {UnderWay | null} sheet null: it is finished */
    set(sheet) {
      if (sheet) storage.setItem(key, JSON.stringify({ who, sheet }));
      else storage.removeItem(key);
    },
  };
}
