// SPDX-License-Identifier: AGPL-3.0-or-later
// A few values kept on this device, by key, in IndexedDB; in memory where the browser refuses it
// (private windows). What is deleted is gone: nothing is cached elsewhere.
import { openDB } from 'idb';

/**
 * Reads and writes with nobody in between, other tabs of this browser included; resolves once it is on
 * the disk. `decide` is given the keys asked for (what ends in "/" asks for all that begin so) with what
 * stands there, and says what to put (undefined: remove).
 * @callback Change
 * @param {string[]} asked
 * @param {(found: Map<string, any>) => Map<string, any>} decide
 * @returns {Promise<void>}
 */

/**
 * @param {string} name of the database
 * @returns {Promise<Keep>}
 *
 * @typedef {object} Keep
 * @property {(key: string) => Promise<any>} get undefined when absent
 * @property {(key: string, value: any) => Promise<void>} put
 * @property {(key: string) => Promise<void>} remove
 * @property {(prefix: string) => Promise<[string, any][]>} list in the order of keys
 * @property {Change} change
 * @property {boolean} lasting false: gone when the page closes
 */
export async function openKeep(name) {
  try {
    const db = await openDB(name, 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore('kept');
      },
    });
    return {
      get: (key) => db.get('kept', key),
      put: async (key, value) => {
        await db.put('kept', value, key);
      },
      remove: (key) => db.delete('kept', key),
      async list(prefix) {
        const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
        const [keys, values] = await Promise.all([db.getAllKeys('kept', range), db.getAll('kept', range)]);
        return keys.map((key, i) => [String(key), values[i]]);
      },
      async change(asked, decide) {
        const transaction = db.transaction('kept', 'readwrite', { durability: 'strict' });
        try {
          /** @type {Map<string, any>} */
          const found = new Map();
          for (const key of asked) {
            const range = key.endsWith('/') ? IDBKeyRange.bound(key, `${key}\uffff`) : IDBKeyRange.only(key);
            const [keys, values] = await Promise.all([
              transaction.store.getAllKeys(range),
              transaction.store.getAll(range),
            ]);
            keys.forEach((k, i) => found.set(String(k), values[i]));
          }
          const steps = [...decide(found)].map(([key, value]) =>
            value === undefined ? transaction.store.delete(key) : transaction.store.put(value, key),
          );
          await Promise.all([...steps, transaction.done]);
        } catch (error) {
          transaction.done.catch(() => {});
          try {
            transaction.abort();
          } catch {
            // it has ended already
          }
          throw error;
        }
      },
      lasting: true,
    };
  } catch {
    return keepInMemory();
  }
}

/** @returns {Keep} */
export function keepInMemory() {
  /** @type {Map<string, any>} */
  const map = new Map();
  return {
    get: async (key) => map.get(key),
    put: async (key, value) => {
      map.set(key, value);
    },
    remove: async (key) => {
      map.delete(key);
    },
    list: async (prefix) =>
      [...map].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1)),
    async change(asked, decide) {
      const found = new Map(
        [...map].filter(([key]) => asked.some((a) => (a.endsWith('/') ? key.startsWith(a) : key === a))),
      );
      for (const [key, value] of decide(found))
        if (value === undefined) map.delete(key);
        else map.set(key, value);
    },
    lasting: false,
  };
}
