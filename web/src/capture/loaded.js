// SPDX-License-Identifier: AGPL-3.0-or-later
// What belongs to the place at the screen once it is loaded: what the session asks, and one's own marks.
// What the session asks is kept on the device, so that the next start needs no server; it is read anew
// behind what is shown.
import { createStore } from '../core/store.js';
import { createMarks } from './marks.js';

/** @param {number} session */
const packageKey = (session) => `package/${session}`;

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("../core/keep.js").Keep} deps.keep
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {import("./outbox.js").Outbox} deps.outbox
 */
export function createLoaded({ api, keep, i18n, outbox }) {
  /** @type {import("./page.js").Package | null} */
  let pack = null;
  /** @type {import("./marks.js").Marks | null} */
  let marks = null;
  /** @type {import("./language_choice.js").Asked | null} */
  let asked = null;
  /** Told when what the session asks is another than it was. */
  const changed = createStore(0);

  /** @param {number} session @returns {Promise<import("./page.js").Package>} */
  async function fetchPackage(session) {
    const found = await api.get(`/api/sessions/${session}/package`);
    // a device that is full goes on without keeping it
    await keep.put(packageKey(session), found).catch(() => {});
    return found;
  }
  /** Its languages: those that labels fall back to, and what the next person can choose from. @param {import("./page.js").Package} of */
  function speak({ session: { languages }, exercise: { title } }) {
    asked = { languages, title };
    i18n.setOthers(languages);
  }
  /** In its place, since screens that are open hold on to it. @param {import("./page.js").Package} fresh */
  function take(fresh) {
    if (!pack || JSON.stringify(fresh) === JSON.stringify(pack)) return;
    Object.assign(pack.session, fresh.session);
    Object.assign(pack, { overlays: fresh.overlays, base_maps: fresh.base_maps });
    speak(pack);
    changed.set((n) => n + 1);
  }
  return {
    changed,
    get package() {
      return pack;
    },
    /** What the session that was loaded last says of languages; nothing of a person. */
    get asked() {
      return asked;
    },
    get marks() {
      return marks;
    },
    /**
     * @param {import("./seat.js").Seat} seat
     * @param {{fromDevice?: boolean}} [how] what this device does not keep is left to later
     */
    async load(seat, { fromDevice = false } = {}) {
      const [kept, receipts] = await Promise.all([
        keep.get(packageKey(seat.session)),
        fromDevice && outbox.receipts(seat.token),
      ]);
      if (fromDevice && !(kept && receipts)) return;
      const found = kept ?? (await fetchPackage(seat.session));
      const precisionM = found.session.precision_m;
      const own = createMarks({ api, outbox, seat, exercise: found.exercise, precisionM });
      await own.load();
      speak(found);
      await i18n.setLanguage(seat.language);
      [pack, marks] = [found, own];
      if (kept) this.refresh().catch(() => {});
    },
    /** The server's, where it can be reached: the session may be closed, its contacts others. */
    async refresh() {
      const before = pack;
      if (!before) return;
      const fresh = await fetchPackage(before.session.id);
      if (pack === before) take(fresh);
    },
    /** The facilitator has closed the session. */
    sessionClosed() {
      if (!pack || pack.session.state === 'closed') return;
      pack.session.state = 'closed';
      keep.put(packageKey(pack.session.id), pack).catch(() => {});
      changed.set((n) => n + 1);
    },
    /** Nothing of the person stays in the page. */
    clear() {
      [pack, marks] = [null, null];
      i18n.setOthers([]);
    },
  };
}
