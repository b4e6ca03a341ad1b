// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether the server can be reached, as the page's own requests find out; asked again while it cannot.
import { createStore } from '../core/store.js';

const askMs = 10000;

/** @param {{ask: () => Promise<unknown>}} deps ask: a small request; what it finds is told by heard() */
export function createConnection({ ask }) {
  const store = createStore(/** @type {"here" | "away"} */ ('here'));
  let timer = 0;

  async function again() {
    if (document.visibilityState === 'visible') await ask().catch(() => {});
    if (store.get() === 'away') timer = window.setTimeout(again, askMs);
  }
  const soon = () => {
    clearTimeout(timer);
    if (store.get() === 'away') again();
  };
  const lost = () => heard(false);
  /** @param {boolean} reached */
  function heard(reached) {
    const next = reached ? 'here' : 'away';
    if (next === store.get()) return;
    clearTimeout(timer);
    if (next === 'away') timer = window.setTimeout(again, askMs);
    store.set(next);
  }
  window.addEventListener('online', soon);
  window.addEventListener('offline', lost);
  document.addEventListener('visibilitychange', soon);
  return {
    store,
    heard,
    destroy() {
      clearTimeout(timer);
      window.removeEventListener('online', soon);
      window.removeEventListener('offline', lost);
      document.removeEventListener('visibilitychange', soon);
    },
  };
}
/** @typedef {ReturnType<typeof createConnection>} Connection */
