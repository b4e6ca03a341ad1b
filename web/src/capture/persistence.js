// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether the browser may throw away what this page keeps when the device runs full.
import { createStore } from '../core/store.js';

/** @typedef {"keeps" | "may_forget"} Persistence */

/** @param {{lasting: boolean, storage?: StorageManager}} deps storage: absent on plain HTTP */
export function createPersistence({ lasting, storage = navigator.storage }) {
  const store = createStore(/** @type {Persistence} */ ('may_forget'));
  const canAsk = lasting && typeof storage?.persist === 'function';
  let asked = false;
  const told = (/** @type {boolean} */ yes) => store.set(yes ? 'keeps' : 'may_forget');
  if (canAsk) storage.persisted().then(told, () => {});
  return {
    store,
    canAsk,
    /**
     * Asks once, and again when somebody wants it; some browsers ask the person, so it is done when she has just
     * seen why.
     * @param {boolean} [again]
     */
    async ask(again = false) {
      if (!canAsk || (asked && !again) || store.get() === 'keeps') return;
      asked = true;
      told(await storage.persist().catch(() => false));
    },
  };
}
