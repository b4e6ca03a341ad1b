// SPDX-License-Identifier: AGPL-3.0-or-later
// What is approved in a session, for the wall. It asks now and then and keeps no connection open: the
// facilitator's own window has the one event stream of this browser, and says when something changed.
import { loadAll } from '../load_all.js';

const askMs = 5000;
const wholeMs = 30_000; // the counts alone do not tell of everything

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {number} deps.session
 * @param {(marks: import('../live/model.js').Mark[]) => void} deps.onMarks
 * @param {(reached: boolean) => void} deps.onReach
 */
export function createFeed({ app, session, onMarks, onReach }) {
  const path = `/api/sessions/${session}`;
  let stopped = false;
  let busy = false;
  let again = false; // something changed while it asked
  let counts = '';
  let wholeAt = -wholeMs;

  async function ask() {
    if (busy || stopped) return;
    busy = true;
    try {
      const now = JSON.stringify(await app.api.get(`${path}/counts`));
      if (now !== counts || performance.now() - wholeAt >= wholeMs) {
        const all = await loadAll(app.api, `${path}/contributions`, 'features');
        [counts, wholeAt] = [now, performance.now()];
        if (!stopped) onMarks(all.filter((mark) => mark.properties.state === 'approved').reverse());
      }
      if (!stopped) onReach(true);
    } catch {
      if (!stopped) onReach(false);
    }
    busy = false;
    if (again) askAnew();
  }
  /** For everything: what it was told on its way may be older. */
  function askAnew() {
    again = busy;
    if (busy) return;
    wholeAt = -wholeMs;
    ask();
  }
  const timer = setInterval(ask, askMs);
  ask();
  return {
    /** Something changed. */
    ask: askAnew,
    destroy() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
