// SPDX-License-Identifier: AGPL-3.0-or-later
// Beside the map on the wall: how to join, how many marks there are and of which kinds, in words that can be
// read from the back of the room. Nothing here says who put what.
import { categoryField } from '../../core/exercise.js';
import { breakable, h } from '../../core/dom.js';
import { createSymbol } from '../../map/symbol.js';
import { createJoin, noJoin } from '../join.js';

const joinAgainMs = 60_000; // the code may be another

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {import('../types.js').Session} deps.session
 * @param {import('../../core/exercise.js').Exercise} deps.exercise
 * @param {(import('../../map/symbol.js').Sign & {label: string}) | null} deps.mixed the sign of squares where no answer leads
 */
export function createWallSide({ app, session, exercise, mixed }) {
  const { t, label, number } = app.i18n;
  const join = createJoin({ app, session: session.id });
  const total = h('p', { class: 'wall-total' });
  const options = categoryField(exercise).options ?? [];
  /** @param {import('../../map/symbol.js').Sign} sign @param {string} words @param {Node} [count] */
  const row = (sign, words, count) =>
    h(
      'li',
      { class: 'wall-row' },
      createSymbol(sign, { size: 56 }),
      h('span', { class: 'wall-words' }, breakable(words)),
      count,
    );
  const rows = options.map((option) => {
    const count = h('span', { class: 'wall-count' });
    return { id: option.id, count, element: row(option, label(option.label), count) };
  });
  const list = h(
    'ul',
    { class: 'wall-rows', vars: { rows: String(rows.length + (mixed ? 1 : 0)) } },
    rows.map((one) => one.element),
    mixed && row(mixed, mixed.label),
  );
  const element = h('aside', { class: 'wall-side', 'aria-label': t('staff.wall.side') }, join.element, total, list);
  let code = '';

  async function showJoin() {
    if (!app.leads()) return join.show(noJoin);
    try {
      const now = session.state === 'open' ? await app.api.get(`/api/sessions/${session.id}/join`) : noJoin;
      if (JSON.stringify(now) === code) return;
      code = JSON.stringify(now);
      await join.show(now);
    } catch {
      // the next time
    }
  }
  join.element.hidden = true;
  const timer = setInterval(showJoin, joinAgainMs);
  showJoin();
  return {
    element,
    /** @param {Map<string, number>} counts by category @param {number} all */
    setCounts(counts, all) {
      total.textContent = t('staff.session.marks', { count: all });
      for (const one of rows) one.count.textContent = number(counts.get(one.id) ?? 0);
    },
    /**
     * Where a count of a few, or an exact one, would tell of somebody.
     * @param {Map<string, number>} counts by category, at least so many @param {number | null} all null: too few to tell
     */
    setLate(counts, all) {
      total.textContent = all === null ? t('staff.wall.soon') : t('staff.wall.from', { from: all });
      for (const one of rows) {
        const count = counts.get(one.id);
        one.count.textContent = count === undefined ? '–' : `${number(count)}+`;
      }
    },
    destroy() {
      clearInterval(timer);
      join.destroy();
      element.remove();
    },
  };
}
