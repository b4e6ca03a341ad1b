// SPDX-License-Identifier: AGPL-3.0-or-later
// What was done and is not yet known to have arrived. Kept on the device until the server has said
// yes and the device has written down that it did; sent in order, again and again; sending twice never
// makes two. outbox_queue.js has the rules, outbox_keep.js the device, outbox_lease.js other tabs.
import { Problem } from '../core/api.js';
import { createStore } from '../core/store.js';
import { createLease } from './outbox_lease.js';
import { createOutboxKeep } from './outbox_keep.js';
import {
  isDropped,
  keyOf,
  knownVersion,
  marksAmong,
  mayBeThere,
  nextItem,
  retryDelay,
  verdict,
  withItem,
  withLost,
  withReceipt,
  withRefusal,
  withTry,
} from './outbox_queue.js';

/** @typedef {import("./outbox_queue.js").Item} Item */
/**
 * @typedef {object} OutboxState
 * @property {number} waiting marks, of whoever made them
 * @property {number} refused
 * @property {number} dropped marks of people who had left that the server refused since the page began: gone from here
 * @property {boolean} sending
 * @property {boolean} offline the last try was not answered
 * @property {"" | "full" | "failing"} trouble what waits is in this page alone: the device could not take it
 */
/** @typedef {Record<string, any>} Receipts a person's contributions that the server has, by uuid */

const waitForOtherTabMs = 3000;

/** @returns {BroadcastChannel | null} */
const openChannel = () =>
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('repere-outbox');
const randomTab = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(4)), (b) => b.toString(16).padStart(2, '0')).join('');

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("../core/keep.js").Keep} deps.keep
 * @param {() => string | null} deps.token of the person at the screen
 * @param {(item: Item, reply: any) => void} deps.onSent
 * @param {(item: Item) => void} deps.onRefused item.problem says why
 * @param {() => void} [deps.onChange] what waits is another
 * @param {() => void} [deps.onOtherTab] another tab of this browser has sent or added something
 * @param {BroadcastChannel | null} [deps.channel] to the other tabs
 */
export function createOutbox({
  api,
  keep,
  token,
  onSent,
  onRefused,
  onChange = () => {},
  onOtherTab = () => {},
  channel = openChannel(),
}) {
  const tab = randomTab();
  const tell = (/** @type {any} */ word) => channel?.postMessage(word);
  const state = createStore(
    /** @type {OutboxState} */ ({ waiting: 0, refused: 0, dropped: 0, sending: false, offline: false, trouble: '' }),
  );
  const kept = createOutboxKeep({ keep, onChange: show, onWritten: () => tell({ kind: 'changed' }) });
  const lease = createLease({ keep, tab, tell });
  /** @type {string | null} id of what is on its way */
  let sending = null;
  let busy = false;
  let failures = 0;
  /** @type {Item[]} */
  const dropped = [];
  let timer = 0;
  let closed = false;

  function show() {
    const seen = kept.seen();
    state.set({
      waiting: marksAmong(seen.filter((item) => !item.problem)),
      refused: marksAmong(seen.filter((item) => item.problem)),
      dropped: marksAmong(dropped),
      sending: sending !== null,
      offline: failures > 0,
      trouble: kept.trouble(),
    });
    onChange();
  }
  /** @param {Item} item @returns {Promise<any>} */
  async function transmit(item) {
    const version = knownVersion(item);
    const headers = version > 0 ? { 'If-Match': `"${version}"` } : undefined;
    const path = `/api/sessions/${item.session}/contributions/${item.uuid}`;
    const options = { token: item.token };
    const ask = {
      put: () => api.put(path, item.body, { ...options, headers }),
      delete: () => api.del(path, { ...options, headers }),
      consent: () => api.put('/api/me/consent', item.body, options),
      groups: () => api.put('/api/me/groups', item.body, options),
      leave: () => api.post('/api/me/leave', undefined, options),
    }[item.kind];
    const reply = await ask();
    if (!isOurs(item, reply)) throw new Problem('HTTP_FOREIGN');
    return reply;
  }
  /** The server has it: the answer goes to the device with the item's end, both or none. @param {Item} item @param {any} reply */
  async function receive(item, reply) {
    failures = 0;
    onSent(item, reply);
    const beside = Boolean(reply?.properties?.kept_beside);
    const version = item.uuid === '' || beside ? null : (reply?.properties?.version ?? 0);
    const at = `marks/${item.token}`;
    await kept.change((queue) => withReceipt(queue, item, version), {
      asked: ['seat', at],
      also(found) {
        // who has left leaves nothing here
        if (item.uuid === '' || found.get('seat')?.token !== item.token) return new Map();
        const receipts = { ...found.get(at) };
        if (reply) receipts[item.uuid] = reply;
        else delete receipts[item.uuid];
        return new Map([[at, receipts]]);
      },
    });
  }
  /** @param {Item} item @returns {Promise<boolean>} whether to go on with the next */
  async function send(item) {
    await kept.change((queue) => withTry(queue, item.id ?? item.key));
    /** @type {Problem | null} */
    let problem = null;
    let reply;
    try {
      reply = await transmit(item);
    } catch (error) {
      problem = /** @type {Problem} */ (error);
    }
    const tried = { ...item, tried: true };
    const judged = verdict(item, problem, token());
    sending = null;
    if (judged === 'again') {
      failures++;
      await kept.change((queue) => withLost(queue, tried));
      return false;
    }
    if (judged === 'refused') {
      failures = 0;
      const { code, where, detail } = /** @type {Problem} */ (problem);
      await kept.change((queue) => withRefusal(queue, item, { code, where, detail }));
      onRefused({ ...item, problem: { code, where, detail } });
      return true;
    }
    if (isDropped(item, problem)) dropped.push({ ...item, body: null });
    await receive(item, reply?.id ? reply : null); // what was deleted answers nothing
    return true;
  }
  /** Sends what waits, now. */
  async function flush() {
    clearTimeout(timer);
    if (busy || closed) return;
    busy = true;
    let turn = true;
    for (let item = nextItem(kept.seen()); item; item = nextItem(kept.seen())) {
      turn = await lease.take(item.id ?? item.key);
      // it may have been replaced while the turn was asked for
      if (!turn || item !== nextItem(kept.seen())) {
        if (turn) continue;
        break;
      }
      sending = item.id ?? item.key;
      show();
      if (!(await send(item))) break;
    }
    busy = false;
    await lease.release();
    show();
    if (nextItem(kept.seen()) && !busy && !closed)
      timer = window.setTimeout(flush, turn ? retryDelay(failures) : waitForOtherTabMs);
  }
  const wake = () => {
    if (document.visibilityState === 'visible') flush();
  };
  /** @param {MessageEvent} event */
  const hear = ({ data }) => {
    lease.hear(data);
    if (data.kind === 'changed') kept.open().then(onOtherTab).then(flush);
  };
  channel?.addEventListener('message', hear);
  window.addEventListener('online', wake);
  document.addEventListener('visibilitychange', wake);
  return {
    state,
    flush,
    /** Takes up what an earlier visit left. */
    async open() {
      await kept.open();
      flush();
    },
    /** Seen at once; the promise is kept when the device has it, or could not take it. @param {Omit<Item, "key">} item */
    async add(item) {
      const key = keyOf(kept.nextCount(), tab);
      const fresh = { ...item, key, id: key };
      const before = kept.seen();
      const known = mayBeThere(before, fresh);
      const under = before.find((i) => i.uuid !== '' && i.uuid === item.uuid && (i.id ?? i.key) === sending);
      const now = { sending, known };
      await kept.change(
        (queue, found) => {
          const elsewhere = found.get('outbox-sender')?.item ?? null;
          return withItem(queue, settled(fresh, under, queue, found), {
            known,
            sending: now.sending ?? elsewhere,
          });
        },
        { asked: ['outbox-sender', `marks/${item.token}`] },
      );
      flush();
    },
    /** Forgets what the server refused to someone who has left. @param {string} owner token */
    forgetRefused: (owner) =>
      kept.change((queue) => queue.filter((item) => item.token !== owner || !item.problem)),
    /** Forgets all that waits for a session, whoever's. @param {number} session */
    forgetSession: (session) => kept.change((queue) => queue.filter((item) => item.session !== session)),
    /** Items of one person, oldest first. @param {string} owner token */
    itemsOf: (owner) => kept.seen().filter((item) => item.token === owner),
    /** All that waits on this tablet, oldest first. */
    items: () => kept.seen(),
    /** They may reach the server in another way. @param {Item[]} items */
    handedOut: (items) =>
      kept.change((queue) => items.reduce((all, item) => withTry(all, item.id ?? item.key), queue)),
    /** What the server has of a person, as this device knows; null: it knows nothing. @param {string} owner token @returns {Promise<Receipts | null>} */
    receipts: async (owner) => (await keep.get(`marks/${owner}`).catch(() => null)) ?? null,
    /** Keeps it, unless she has left. @param {string} owner token @param {Receipts} receipts */
    keepReceipts: (owner, receipts) =>
      kept.change((queue) => queue, {
        asked: ['seat'],
        also: (found) => new Map(found.get('seat')?.token === owner ? [[`marks/${owner}`, receipts]] : []),
      }),
    destroy() {
      closed = true;
      clearTimeout(timer);
      channel?.removeEventListener('message', hear);
      channel?.close();
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
    },
  };
}
/** @typedef {ReturnType<typeof createOutbox>} Outbox */

/** Whether an answer is the server's, and not that of a network which asks for a sign-in. @param {Item} item @param {any} reply */
function isOurs(item, reply) {
  if (item.kind === 'put') return String(reply?.id).toLowerCase() === item.uuid.toLowerCase();
  return reply === null || reply === undefined || (typeof reply === 'object' && !(reply instanceof Blob));
}

/**
 * An item made while the one before it was on its way, and is no longer there: it stands on what that became.
 * @param {Item} item @param {Item | undefined} under @param {Item[]} queue @param {Map<string, any>} found
 */
function settled(item, under, queue, found) {
  if (!under || queue.some((i) => i.id === under.id && i.key === under.key)) return item;
  const receipt = found.get(`marks/${item.token}`)?.[item.uuid];
  if (!receipt || receipt.kept_beside || receipt.properties?.kept_beside) return item;
  return { ...item, based_on: Math.max(item.based_on ?? 0, receipt.properties?.version ?? 0) };
}
