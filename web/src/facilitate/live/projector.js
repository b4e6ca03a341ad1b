// SPDX-License-Identifier: AGPL-3.0-or-later
// Beside the map on the projector: how to join, and how many marks of each category, in words that can be
// read from the back of the room. Nothing here says who put what.
import { categoryField } from '../../core/exercise.js';
import { h, setVars } from '../../core/dom.js';
import { createSymbol } from '../../map/symbol.js';
import { createJoin } from '../join.js';

/** @param {{live: import('./live.js').Live}} deps */
export function createProjector({ live: { app, session, exercise } }) {
  const { label, number } = app.i18n;
  const join = createJoin({ app, session: session.id });
  const rows = (categoryField(exercise).options ?? []).map((option) => {
    const count = h('span', { class: 'projector-count' });
    const element = h(
      'li',
      { class: 'projector-row' },
      createSymbol(option, { size: 56 }),
      h('span', { class: 'projector-words' }, h('bdi', {}, label(option.label))),
      count,
    );
    return { id: option.id, count, element };
  });
  const list = h(
    'ul',
    { class: 'projector-rows' },
    rows.map((one) => one.element),
  );
  const element = h('div', { class: 'projector', hidden: true }, join.element, list);

  return {
    element,
    /** @param {boolean} on */
    show(on) {
      element.hidden = !on;
      join.element.hidden = true;
      if (on && session.state === 'open' && app.leads())
        app.api.get(`/api/sessions/${session.id}/join`).then(join.show).catch(app.fail);
    },
    /** @param {Map<string, number>} counts @param {Set<string>} shown categories */
    setCounts(counts, shown) {
      for (const one of rows) {
        one.count.textContent = number(counts.get(one.id) ?? 0);
        one.element.hidden = !shown.has(one.id);
      }
      setVars(list, { rows: String(shown.size) });
    },
    destroy() {
      join.destroy();
      element.remove();
    },
  };
}
