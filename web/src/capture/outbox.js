// SPDX-License-Identifier: AGPL-3.0-or-later
// What was done and is not yet known to have arrived. Kept on the device until the server has said
// yes; sent in order, again and again; sending twice never makes two.
import { createStore } from '../core/store.js';
import { nextItem, retryDelay, verdict, withItem } from './outbox_queue.js';

/** @typedef {import("./outbox_queue.js").Item} Item */
/** @typedef {{waiting: number, refused: number, sending: boolean, offline: boolean}} OutboxState */

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("../core/keep.js").Keep} deps.keep
 * @param {() => string | null} deps.token of the person at the screen
 * @param {(item: Item, reply: any) => void} deps.onSent
 * @param {(item: Item) => void} deps.onRefused item.problem says why
 */
export function createOutbox({ api, keep, token, onSent, onRefused }) {
  /** @type {Item[]} */
  let queue = [];
  // Contributions that the server may have: they were sent once, whatever was heard of it.
  /** @type {Set<string>} */
  const attempted = new Set();
  /** @type {string | null} */
  let sending = null;
  let failures = 0;
  let timer = 0;
  let lastKey = '';
  /** @type {Promise<void>} */
  let stored = Promise.resolve();
  const state = createStore(
    /** @type {OutboxState} */ ({ waiting: 0, refused: 0, sending: false, offline: false }),
  );

  function tell() {
    // that somebody left is no mark to wait for
    const marks = queue.filter((item) => item.kind !== 'leave');
    const refused = marks.filter((item) => item.problem).length;
    state.set({ waiting: marks.length - refused, refused, sending: sending !== null, offline: failures > 0 });
  }
  /**
   * The device's copy follows in the order of the changes, so that nothing taken away comes back.
   * @param {Item[]} next
   */
  function setQueue(next) {
    const added = next.filter((item) => !queue.includes(item));
    const gone = queue.filter((item) => !next.some((i) => i.key === item.key));
    queue = next;
    tell();
    stored = stored.then(async () => {
      for (const item of added) await keep.put(`outbox/${item.key}`, item);
      for (const item of gone) await keep.remove(`outbox/${item.key}`);
    });
    return stored;
  }
  function freshKey() {
    const now = Date.now().toString().padStart(15, '0');
    lastKey = now > lastKey.slice(0, 15) ? `${now}.0000` : nextKey(lastKey);
    return lastKey;
  }
  /** @param {Item} item */
  function transmit(item) {
    const options = { token: item.token };
    const path = `/api/sessions/${item.session}/contributions/${item.uuid}`;
    if (item.kind === 'put') return api.put(path, item.body, options);
    if (item.kind === 'delete') return api.del(path, options);
    return api.post('/api/me/leave', undefined, options);
  }
  /** @param {Item} item @returns {Promise<boolean>} whether to go on with the next */
  async function send(item) {
    let reply,
      problem = null;
    try {
      reply = await transmit(item);
    } catch (error) {
      problem = /** @type {import("../core/api.js").Problem} */ (error);
    }
    sending = null;
    switch (verdict(item, problem, token())) {
      case 'again':
        failures++;
        tell();
        return false;
      case 'refused': {
        const { code, where, detail } = /** @type {import("../core/api.js").Problem} */ (problem);
        const refused = { ...item, problem: { code, where, detail } };
        await setQueue(queue.map((i) => (i.key === item.key ? refused : i)));
        onRefused(refused);
        return true;
      }
      default:
        failures = 0;
        await setQueue(queue.filter((i) => i.key !== item.key));
        onSent(item, reply);
        return true;
    }
  }
  /** Sends what waits, now. */
  async function flush() {
    clearTimeout(timer);
    while (!sending) {
      const item = nextItem(queue);
      if (!item) break;
      sending = item.key;
      attempted.add(item.uuid);
      tell();
      if (!(await send(item))) break;
    }
    tell();
    if (nextItem(queue) && !sending) timer = window.setTimeout(flush, retryDelay(failures));
  }
  const wake = () => {
    if (document.visibilityState === 'visible') flush();
  };
  window.addEventListener('online', wake);
  document.addEventListener('visibilitychange', wake);
  return {
    state,
    flush,
    /** Takes up what an earlier visit left. */
    async open() {
      queue = (await keep.list('outbox/')).map(([, item]) => item);
      for (const item of queue) attempted.add(item.uuid);
      lastKey = queue.length ? queue[queue.length - 1].key : '';
      tell();
      flush();
    },
    /** @param {Omit<Item, "key">} item @param {{known?: boolean}} [now] whether the server may have the contribution */
    async add(item, { known = true } = {}) {
      const mayBeThere = known || attempted.has(item.uuid);
      await setQueue(withItem(queue, { ...item, key: freshKey() }, { sending, known: mayBeThere }));
      flush();
    },
    /** Forgets what the server refused to someone who has left. @param {string} owner token */
    forgetRefused: (owner) => setQueue(queue.filter((item) => item.token !== owner || !item.problem)),
    /** Items of one person, oldest first. @param {string} owner token */
    itemsOf: (owner) => queue.filter((item) => item.token === owner),
    destroy() {
      clearTimeout(timer);
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
    },
  };
}
/** @typedef {ReturnType<typeof createOutbox>} Outbox */

/** @param {string} key "<time>.<number>" @returns {string} */
function nextKey(key) {
  return `${key.slice(0, 15)}.${String(Number(key.slice(16)) + 1).padStart(4, '0')}`;
}
