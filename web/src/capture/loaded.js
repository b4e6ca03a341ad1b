// SPDX-License-Identifier: AGPL-3.0-or-later
// What belongs to the place at the screen once it is loaded: what the session asks, and one's own marks.
import { createMarks } from './marks.js';

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {import("./outbox.js").Outbox} deps.outbox
 */
export function createLoaded({ api, i18n, outbox }) {
  /** @type {import("./page.js").Package | null} */
  let pack = null;
  /** @type {import("./marks.js").Marks | null} */
  let marks = null;
  return {
    get package() {
      return pack;
    },
    get marks() {
      return marks;
    },
    /** @param {import("./seat.js").Seat} seat */
    async load(seat) {
      const found = await api.get(`/api/sessions/${seat.session}/package`);
      const precisionM = found.session.precision_m;
      const own = createMarks({ api, outbox, seat, exercise: found.exercise, precisionM });
      await own.load();
      i18n.setOthers(found.session.languages);
      await i18n.setLanguage(seat.language);
      [pack, marks] = [found, own];
    },
    /** The facilitator has closed the session. */
    sessionClosed() {
      if (pack) pack.session.state = 'closed';
    },
    /** Nothing of the person stays in the page. */
    clear() {
      [pack, marks] = [null, null];
    },
  };
}
