// SPDX-License-Identifier: AGPL-3.0-or-later
// A few values kept on this device, by key, in IndexedDB; in memory where the browser refuses it
// (private windows). What is deleted is gone: nothing is cached elsewhere.
import { openDB } from 'idb';

/**
 * @param {string} name of the database
 * @returns {Promise<Keep>}
 *
 * @typedef {object} Keep
 * @property {(key: string) => Promise<any>} get undefined when absent
 * @property {(key: string, value: any) => Promise<void>} put
 * @property {(key: string) => Promise<void>} remove
 * @property {(prefix: string) => Promise<[string, any][]>} list in the order of keys
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
    lasting: false,
  };
}
