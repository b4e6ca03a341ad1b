// SPDX-License-Identifier: AGPL-3.0-or-later
// The place of the person at the screen: a pseudonym and a token in one session. Kept on the device so
// that a reload does not lose it, forgotten when she leaves.
import { createStore } from '../core/store.js';
import { tabletKey } from './tablet.js';

// a button that was pressed does not wait longer for a server
const sayMs = 6000;

/**
 * @typedef {object} Seat
 * @property {string} token
 * @property {string} [ticket] puts what is in an outbox file down to her
 * @property {number} session
 * @property {string} pseudonym
 * @property {"waiting" | "admitted" | "removed"} state
 * @property {string} language
 * @property {Consent | null} consent null: not asked yet
 * @property {boolean} [told] that this page must stay open
 * @property {string[]} [groups] those she says she belongs to; absent: not asked yet
 * @property {import("./lock.js").Lock} [lock]
 */
/** @typedef {{room: boolean, aggregate: boolean, finding: boolean, photo: boolean}} Consent */
/** @typedef {{secret: string} | {code: string}} Invitation */

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("../core/keep.js").Keep} deps.keep
 * @param {import("./outbox.js").Outbox} deps.outbox for what cannot be said at once
 * @param {() => boolean} deps.reachable whether the server answered last
 * @param {(seat: Seat) => void} deps.onLeave tells the server, now or when it can be reached
 */
export function createSeat({ api, keep, outbox, reachable, onLeave }) {
  const store = createStore(/** @type {Seat | null} */ (null));
  // How this tablet joined: in the memory of this tab alone, for the next person.
  /** @type {Invitation | null} */
  let invitation = null;
  let told = () => {};

  /** @type {string | null} token of a place that the device could not take */
  let loose = null;

  /** A device that cannot write costs nobody her place: the server has given it. @param {Seat} seat */
  async function set(seat) {
    try {
      await keep.put('seat', seat);
      loose = null;
      told();
    } catch {
      loose = seat.token;
    }
    store.set(seat);
  }
  /** Whether an answer of hers is still on its way. @param {Seat} seat @param {"consent" | "groups"} kind */
  const waits = ({ token }, kind) =>
    outbox.itemsOf(token).some((item) => item.kind === kind && !item.problem);
  /**
   * Says it now; later where the server cannot be reached, or where what she said before still waits.
   * @param {"consent" | "groups"} kind @param {any} body
   * @returns {Promise<any>} how the server sees her; null: it was not heard
   */
  async function say(kind, body) {
    const seat = store.get();
    if (!seat) return null;
    if (reachable() && !waits(seat, kind))
      try {
        return await api.put(`/api/me/${kind}`, body, { timeoutMs: sayMs });
      } catch (problem) {
        if (!(/** @type {import("../core/api.js").Problem} */ (problem).temporary)) throw problem;
      }
    const { token, ticket, session } = seat;
    await outbox.add({ kind, token, ticket, session, uuid: '', body });
    return null;
  }
  /** Of those who are not at the screen nothing stays on the device but what is not sent yet. */
  async function dropMarks() {
    await keep
      .change(['seat', 'marks/'], (found) => {
        const own = `marks/${found.get('seat')?.token}`;
        const gone = [...found.keys()].filter((key) => key.startsWith('marks/') && key !== own);
        return new Map(gone.map((key) => [key, undefined]));
      })
      .catch(() => {});
  }
  /** The screen first: it is empty whatever the device says. Another tab may have seated somebody else. */
  async function forget() {
    const token = store.get()?.token;
    store.set(null);
    await keep.change(['seat'], (found) =>
      found.get('seat')?.token === token ? new Map([['seat', undefined]]) : new Map(),
    );
    told();
    await dropMarks();
  }
  return {
    store,
    /** Told when the device holds another seat than before. @param {() => void} listener */
    onWritten(listener) {
      told = listener;
    },
    /** Whether her place is in this page alone: the device could not take it. */
    get loose() {
      return loose !== null && loose === store.get()?.token;
    },
    get invitation() {
      return invitation;
    },
    /** What an earlier visit of this device left. */
    async open() {
      const kept = (await keep.get('seat')) ?? null;
      const mine = store.get()?.token;
      if (mine && mine === loose && (kept === null || kept.token === mine)) return; // older than the page
      if (JSON.stringify(kept) !== JSON.stringify(store.get())) store.set(kept);
      await dropMarks();
    },
    /** Takes a place. @param {Invitation} how @param {string} language */
    async join(how, language) {
      const joined = await api.post('/api/join', { ...how, language, tablet: await tabletKey(keep) }, { token: null });
      invitation = how;
      const { token, ticket, session, pseudonym, state } = joined;
      await set({ token, ticket, session, pseudonym, state, language, consent: null });
    },
    /** @param {Consent} consent */
    async agree(consent) {
      const me = await say('consent', consent);
      const seat = store.get();
      if (seat) await set({ ...seat, consent, state: me?.state ?? seat.state });
    },
    /** The groups she says she belongs to; none is as good an answer. @param {string[]} groups ids */
    async tellGroups(groups) {
      const before = store.get();
      if (groups.length > 0 || before?.groups?.length) await say('groups', { groups });
      const seat = store.get();
      if (seat) await set({ ...seat, groups });
    },
    /** @param {string} language */
    async setLanguage(language) {
      const seat = store.get();
      if (seat) await set({ ...seat, language });
    },
    /** Asks the server how things stand; tells only of a change. */
    async refresh() {
      const asked = store.get()?.token;
      const me = await api.get('/api/me');
      const seat = store.get();
      if (!seat || seat.token !== asked || me.kind !== 'participant') return;
      const next = { ...seat, state: me.state };
      if (seat.consent && !waits(seat, 'consent')) next.consent = me.consent;
      if (seat.groups && !waits(seat, 'groups')) next.groups = me.groups;
      if (JSON.stringify(next) !== JSON.stringify(seat)) await set(next);
    },
    /** She has read that the page must stay open. */
    async beTold() {
      const seat = store.get();
      if (seat) await set({ ...seat, told: true });
    },
    /** @param {import("./lock.js").Lock} lock */
    async setLock(lock) {
      const seat = store.get();
      if (!seat) return;
      store.set({ ...seat, lock }); // at once: a device that cannot write does not keep it open
      await keep.put('seat', store.get()).then(told, () => {});
    },
    /** Forgets the person here and on the server. */
    async leave() {
      const seat = store.get();
      if (seat) onLeave(seat);
      await forget();
    },
    /** Forgets a place the server no longer knows. */
    forget,
    /** Forgets how this tablet joined. */
    forgetInvitation() {
      invitation = null;
    },
  };
}
/** @typedef {ReturnType<typeof createSeat>} SeatKeeper */
