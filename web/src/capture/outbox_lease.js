// SPDX-License-Identifier: AGPL-3.0-or-later
// Which tab of this browser sends. A note on the device that one tab has the turn, good for a while;
// a tab that finds it asks aloud, and takes the turn when nobody answers (a tab that was closed in the
// middle). Web Locks would do, but exist on https alone. Should two tabs send after all, the server
// makes one of it.

const leaseMs = 20000; // longer than a request may take
const answerMs = 400;

/** @typedef {{tab: string, until: number, item: string}} Note */

/**
 * @param {object} deps
 * @param {import("../core/keep.js").Keep} deps.keep
 * @param {string} deps.tab
 * @param {(word: {kind: string, to?: string}) => void} deps.tell the other tabs
 * @param {() => number} [deps.now]
 */
export function createLease({ keep, tab, tell, now = Date.now }) {
  let mine = false;
  /** @type {(() => void) | null} */
  let heard = null;

  /** A note from a clock that has jumped since is as good as none. @param {Note | undefined} note */
  const inForce = (note) => note !== undefined && note.until > now() && note.until <= now() + leaseMs;

  /** @param {string} item @param {string | null} over whose note may be written over */
  async function write(item, over) {
    let holder = '';
    await keep.change(['outbox-sender'], (found) => {
      const note = /** @type {Note | undefined} */ (found.get('outbox-sender'));
      holder = note && note.tab !== tab && note.tab !== over && inForce(note) ? note.tab : '';
      return new Map(holder ? [] : [['outbox-sender', { tab, until: now() + leaseMs, item }]]);
    });
    return holder;
  }
  /** Whether a tab says that it is sending. @param {string} to */
  function answers(to) {
    return new Promise((done) => {
      const timer = setTimeout(() => done(false), answerMs);
      heard = () => {
        clearTimeout(timer);
        done(true);
      };
      tell({ kind: 'ask', to });
    });
  }
  return {
    /** Takes the turn, or keeps it, for one item. A device that cannot write has no other tab to hold up. @param {string} item */
    async take(item) {
      try {
        const holder = await write(item, null);
        mine = holder === '' || (!(await answers(holder)) && (await write(item, holder)) === '');
      } catch {
        mine = true;
      }
      return mine;
    },
    async release() {
      if (!mine) return;
      mine = false;
      await keep
        .change(['outbox-sender'], (found) =>
          found.get('outbox-sender')?.tab === tab ? new Map([['outbox-sender', undefined]]) : new Map(),
        )
        .catch(() => {});
    },
    /** What another tab says. @param {{kind: string, to?: string}} word */
    hear(word) {
      if (word.kind === 'ask' && word.to === tab && mine) tell({ kind: 'sending' });
      if (word.kind === 'sending') heard?.();
    },
  };
}
