// SPDX-License-Identifier: AGPL-3.0-or-later
// The queue on the device. What IndexedDB holds is the truth, shared by the tabs of this browser; the
// page sees it with its own changes on top that are not written down yet. A device that cannot write
// (full, or failing) does not stop the queue: what it does not hold stays in this page, and that is said.
import { byKey, countOf } from './outbox_queue.js';

/** @typedef {import("./outbox_queue.js").Item} Item */
/**
 * A change of the queue. It may be made twice, on what the page sees and on what the device holds.
 * @typedef {(queue: Item[], kept: Map<string, any>) => Item[]} Step
 */
/** @typedef {{step: Step, also?: (kept: Map<string, any>) => Map<string, any>, asked?: string[]}} Pending */

// A device that has not answered by then is taken for one that cannot write.
const patienceMs = 8000;

/** @template T @param {Promise<T>} promise @returns {Promise<T>} */
function inTime(promise) {
  /** @type {any} */
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error('the device does not answer')), patienceMs);
  });
  return Promise.race([promise, /** @type {Promise<T>} */ (late)]).finally(() => clearTimeout(timer));
}

/**
 * @param {object} deps
 * @param {import("../core/keep.js").Keep} deps.keep
 * @param {() => void} deps.onChange the queue as the page sees it is another
 * @param {() => void} deps.onWritten the device holds another queue than before
 */
export function createOutboxKeep({ keep, onChange, onWritten }) {
  /** @type {Item[]} what the device holds, as last read or written */
  let held = [];
  /** @type {Item[]} `held` with what it failed to take */
  let base = [];
  /** @type {Pending[]} */
  const pending = [];
  /** @type {Promise<void>} */
  let chain = Promise.resolve();
  let count = 0;
  /** @type {"" | "full" | "failing"} */
  let trouble = '';
  const nothing = new Map();
  const seen = () => pending.reduce((queue, { step }) => step(queue, nothing), base);

  /** What the device holds now, with what this page could not write. @param {Map<string, any>} found */
  function rebase(found) {
    const stored = [...found].filter(([key]) => key.startsWith('outbox/')).map(([, item]) => item);
    const loose = base.filter((item) => !held.includes(item));
    const replaced = new Set(loose.map((item) => item.key));
    const gone = new Set(held.filter((item) => !base.includes(item)).map((item) => item.key));
    const rest = stored.filter((item) => !replaced.has(item.key) && !gone.has(item.key));
    count = Math.max(count, found.get('outbox-count') ?? 0, ...stored.map((item) => countOf(item.key)));
    return { stored, queue: [...rest, ...loose].sort(byKey) };
  }
  /** @param {Pending} change */
  async function write({ step, also, asked = [] }) {
    /** @type {Item[]} */
    let next = [];
    let altered = false;
    try {
      await inTime(keep.change(['outbox/', 'outbox-count', ...asked], (found) => {
        const { stored, queue } = rebase(found);
        next = step(queue, found);
        const puts = new Map(also?.(found) ?? []);
        for (const item of stored) if (!next.some((i) => i.key === item.key)) puts.set(`outbox/${item.key}`, undefined);
        for (const item of next) if (!stored.includes(item)) puts.set(`outbox/${item.key}`, item);
        if (count > (found.get('outbox-count') ?? 0)) puts.set('outbox-count', count);
        altered = puts.size > 0;
        return puts;
      }));
      [held, base, trouble] = [next, next, ''];
      if (altered) onWritten();
    } catch (error) {
      base = step(base, nothing);
      trouble = /** @type {DOMException} */ (error)?.name === 'QuotaExceededError' ? 'full' : 'failing';
    }
    pending.shift();
    onChange();
  }
  /**
   * Seen at once, and on the device when the promise is kept; what it cannot take is tried again with
   * the next change.
   * @param {Step} step
   * @param {{also?: Pending["also"], asked?: string[]}} [more] other keys that are read and written with it
   */
  function change(step, more = {}) {
    const mine = { step, ...more };
    pending.push(mine);
    onChange();
    chain = chain.then(() => write(mine));
    return chain;
  }
  return {
    change,
    /** What is there, read anew: another tab may have changed it. */
    open: () => change((queue) => queue),
    seen,
    nextCount: () => ++count,
    /** "": all of it is on the device. */
    trouble: () => trouble,
  };
}
