// SPDX-License-Identifier: AGPL-3.0-or-later
// Edits that met: how many wait to be chosen, and the way to choose, one after the other.
import { h } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { loadAll } from '../load_all.js';
import { chooseVersion } from './choose.js';

/**
 * @typedef {object} Conflict
 * @property {"edit" | "delete"} kind
 * @property {number} based_on
 * @property {string} at
 * @property {import('../live/model.js').Mark} stored
 * @property {{geometry: GeoJSON.Geometry, category: string, answers: Record<string, any>} | null} sent
 */

/** @param {{live: import('../live/live.js').Live}} deps */
export function createConflicts({ live }) {
  const { app, session } = live;
  const { t } = app.i18n;
  const path = `/api/sessions/${session.id}`;
  /** @type {Conflict[]} */
  let waiting = [];
  let turn = 0;
  const said = h('span', {});
  // one button for good: it stays under a finger, and under the keyboard, while it counts
  const open = h(
    'button',
    { class: 'button button-plain conflicts-open', type: 'button', hidden: true, onclick: choose },
    icon('copy'),
    said,
  );
  const element = h('div', { class: 'conflicts', role: 'status' }, open);

  function show() {
    open.hidden = waiting.length === 0;
    said.textContent = t('staff.conflict.waiting', { count: waiting.length });
  }
  async function refresh() {
    if (!app.leads()) return;
    const mine = ++turn;
    try {
      const found = await loadAll(app.api, `${path}/conflicts`);
      if (mine !== turn) return;
      waiting = found;
      show();
    } catch (problem) {
      app.fail(problem);
    }
  }
  /** Until none is left, or she leaves the rest for later. */
  async function choose() {
    while (waiting.length > 0) {
      const [conflict] = waiting;
      const keep = await chooseVersion({ live, conflict, left: waiting.length });
      if (!keep) return;
      try {
        const kept = await app.api.put(`${path}/contributions/${conflict.stored.id}/conflict`, { keep });
        live.marks.takeOwn(kept.id ? { type: 'put', mark: kept } : { type: 'remove', id: conflict.stored.id });
        app.toaster.show({ text: t('staff.conflict.chosen'), tone: 'good', icon: 'check' });
      } catch (problem) {
        app.fail(problem);
      }
      await refresh();
    }
  }
  return { element, refresh, destroy: () => element.remove() };
}
