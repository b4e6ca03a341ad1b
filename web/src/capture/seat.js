// SPDX-License-Identifier: AGPL-3.0-or-later
// The place of the person at the screen: a pseudonym and a token in one session. Kept on the device so
// that a reload does not lose it, forgotten when she leaves.
import { createStore } from '../core/store.js';

/**
 * @typedef {object} Seat
 * @property {string} token
 * @property {number} session
 * @property {string} pseudonym
 * @property {"waiting" | "admitted" | "removed"} state
 * @property {string} language
 * @property {Consent | null} consent null: not asked yet
 * @property {string[]} [groups] those she says she belongs to; absent: not asked yet
 */
/** @typedef {{room: boolean, aggregate: boolean, finding: boolean, photo: boolean}} Consent */
/** @typedef {{secret: string} | {code: string}} Invitation */

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("../core/keep.js").Keep} deps.keep
 * @param {(seat: Seat) => void} deps.onLeave tells the server, now or when it can be reached
 */
export function createSeat({ api, keep, onLeave }) {
  const store = createStore(/** @type {Seat | null} */ (null));
  // How this tablet joined: in the memory of this tab alone, for the next person.
  /** @type {Invitation | null} */
  let invitation = null;

  /** @param {Seat | null} seat */
  async function set(seat) {
    if (seat) await keep.put('seat', seat);
    else await keep.remove('seat');
    store.set(seat);
  }
  return {
    store,
    get invitation() {
      return invitation;
    },
    /** What an earlier visit of this device left. */
    async open() {
      store.set((await keep.get('seat')) ?? null);
    },
    /** Takes a place. @param {Invitation} how @param {string} language */
    async join(how, language) {
      const joined = await api.post('/api/join', { ...how, language }, { token: null });
      invitation = how;
      const { token, session, pseudonym, state } = joined;
      await set({ token, session, pseudonym, state, language, consent: null });
    },
    /** @param {Consent} consent */
    async agree(consent) {
      const me = await api.put('/api/me/consent', consent);
      const seat = store.get();
      if (seat) await set({ ...seat, consent, state: me.state ?? seat.state });
    },
    /** The groups she says she belongs to; none is as good an answer. @param {string[]} groups ids */
    async tellGroups(groups) {
      const before = store.get();
      if (groups.length > 0 || before?.groups?.length) await api.put('/api/me/groups', { groups });
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
      const me = await api.get('/api/me');
      const seat = store.get();
      if (seat && me.state && me.state !== seat.state) await set({ ...seat, state: me.state });
    },
    /** Forgets the person here and on the server. */
    async leave() {
      const seat = store.get();
      if (seat) onLeave(seat);
      await set(null);
    },
    /** Forgets a place the server no longer knows. */
    forget: () => set(null),
  };
}
/** @typedef {ReturnType<typeof createSeat>} SeatKeeper */
