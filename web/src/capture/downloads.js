// SPDX-License-Identifier: AGPL-3.0-or-later
// Things to fetch ahead, one after the other, so that a room's Wi-Fi has air for the rest. Knows neither
// what they are nor where they are kept; each can be stopped and goes on where it stopped.
import { createStore } from '../core/store.js';

/**
 * @typedef {object} Thing
 * @property {string} key
 * @property {number} bytes 0: not known
 * @property {boolean} kept whether it is here already
 * @property {number} [received] bytes of it that are here already
 * @property {(job: {signal: AbortSignal, progress: (received: number) => void}) => Promise<void>} run fetches and keeps it
 */
/**
 * "offered": not asked for. "queued", "running". "kept": it is here. "stopped": by a person.
 * "failed": by itself; `problem` is why.
 * @typedef {"offered" | "queued" | "running" | "kept" | "stopped" | "failed"} DownloadState
 */
/** @typedef {{key: string, bytes: number, received: number, state: DownloadState, problem: string}} Download */

/** What somebody may want to go on with. @param {Download} download */
export const isOpen = ({ state }) => state === 'offered' || state === 'stopped' || state === 'failed';
/** @param {Download} download */
export const isUnderWay = ({ state }) => state === 'queued' || state === 'running';

/** @param {Thing} thing @returns {Download} */
function rowOf({ key, bytes, kept, received = 0 }) {
  const state = kept ? 'kept' : received > 0 ? 'stopped' : 'offered';
  return { key, bytes, received: kept ? bytes : received, state, problem: '' };
}

export function createDownloads() {
  /** @type {Map<string, Thing>} */
  const things = new Map();
  const store = createStore(/** @type {Download[]} */ ([]));
  /** @type {{key: string, abort: AbortController} | null} */
  let running = null;

  /** @param {string} key @param {Partial<Download>} change */
  function set(key, change) {
    store.set((all) => all.map((d) => (d.key === key ? { ...d, ...change } : d)));
  }
  const find = (/** @type {string} */ key) => store.get().find((d) => d.key === key);

  async function next() {
    const waiting = store.get().find((d) => d.state === 'queued');
    const thing = waiting && things.get(waiting.key);
    if (running || !thing) return;
    const { key } = thing;
    const abort = new AbortController();
    const mine = { key, abort };
    running = mine;
    set(key, { state: 'running', problem: '' });
    /** @type {Partial<Download>} */
    let end = { state: 'kept' };
    try {
      await thing.run({ signal: abort.signal, progress: (received) => set(key, { received }) });
    } catch (error) {
      const { code, name } = /** @type {any} */ (error) ?? {};
      end = abort.signal.aborted ? { state: 'stopped' } : { state: 'failed', problem: code ?? name ?? '' };
    }
    running = null;
    // what was taken off the list meanwhile has nothing to say any more
    if (things.get(key) === thing) set(key, end);
    next();
  }
  return {
    store,
    find,
    /** Puts more on the list. One that is there is put in its place anew, unless somebody has begun with it. @param {Thing[]} more */
    offer(more) {
      const fresh = more.filter(({ key }) => ['kept', 'offered'].includes(find(key)?.state ?? 'offered'));
      for (const thing of fresh) things.set(thing.key, thing);
      const rows = new Map(fresh.map((thing) => [thing.key, rowOf(thing)]));
      store.set((all) => {
        const before = all.map((d) => rows.get(d.key) ?? d);
        return [...before, ...[...rows.values()].filter(({ key }) => !all.some((d) => d.key === key))];
      });
    },
    /** @param {string} key */
    start(key) {
      const found = find(key);
      if (found && isOpen(found)) set(key, { state: 'queued' });
      next();
    },
    /** @param {string} key */
    stop(key) {
      if (running?.key === key) running.abort.abort();
      else if (find(key)?.state === 'queued') set(key, { state: 'stopped' });
    },
    /** Tries again what failed by itself. */
    resume() {
      for (const { key, state } of store.get()) if (state === 'failed') set(key, { state: 'queued' });
      next();
    },
    /** Forgets the list; what is under way is stopped. */
    clear() {
      things.clear();
      store.set([]);
      running?.abort.abort();
    },
  };
}
/** @typedef {ReturnType<typeof createDownloads>} Downloads */
