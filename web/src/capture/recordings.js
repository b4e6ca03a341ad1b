// SPDX-License-Identifier: AGPL-3.0-or-later
// Words of the exercise that a person read aloud: fetched ahead one by one, kept on the tablet, found by item
// and language.

/** @typedef {{id: number, item: string, language: string, bytes: number}} Listed as the server lists it */
/** @typedef {{item: string, language: string, blob: Blob}} Kept */

/** @param {number} session */
const prefix = (session) => `recording/${session}/`;
/** @param {string} item @param {string} language */
const nameOf = (item, language) => `${item} ${language}`;

/**
 * What is to be fetched and what is to be forgotten. Pure.
 * @param {Listed[]} listed @param {number[]} kept ids @param {string} language fetched first
 */
export function compareRecordings(listed, kept, language) {
  const missing = listed.filter(({ id }) => !kept.includes(id));
  const first = (/** @type {Listed} */ one) => Number(one.language === language);
  return {
    missing: missing.sort((a, b) => first(b) - first(a)),
    gone: kept.filter((id) => !listed.some((one) => one.id === id)),
  };
}

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("../core/keep.js").Keep} deps.keep
 * @param {() => string} deps.language of the person at the screen
 * @param {() => void} deps.onChange
 */
export function createRecordings({ api, keep, language, onChange }) {
  /** @type {Map<string, string>} name to key */
  const known = new Map();
  let turn = 0;

  /** @param {number} session */
  async function open(session) {
    known.clear();
    const all = /** @type {[string, Kept][]} */ (await keep.list(prefix(session)));
    for (const [key, kept] of all) known.set(nameOf(kept.item, kept.language), key);
    onChange();
    return all.map(([key]) => Number(key.slice(prefix(session).length)));
  }
  return {
    /** Takes up what is kept, then fetches what is missing. @param {number} session */
    async bring(session) {
      const mine = ++turn;
      const ids = await open(session);
      const path = `/api/sessions/${session}/recordings`;
      const { items } = await api.get(path);
      const { missing, gone } = compareRecordings(items, ids, language());
      for (const id of gone) await keep.remove(prefix(session) + id);
      for (const { id, item, language: spoken } of missing) {
        const blob = await api.get(`${path}/${id}`);
        if (turn !== mine) return;
        await keep.put(prefix(session) + id, { item, language: spoken, blob });
        known.set(nameOf(item, spoken), prefix(session) + id);
        onChange();
      }
      if (gone.length > 0) await open(session);
    },
    /** How to get a recording; null: there is none. @param {string} item @param {string} spoken */
    of(item, spoken) {
      const key = known.get(nameOf(item, spoken)) ?? known.get(nameOf(item, spoken.split('-')[0]));
      return key ? async () => (await keep.get(key)).blob : null;
    },
  };
}
/** @typedef {ReturnType<typeof createRecordings>} Recordings */
