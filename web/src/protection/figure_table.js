// SPDX-License-Identifier: AGPL-3.0-or-later
// Every figure as it was measured, with what was expected, for those who check.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { goalsOf } from './figures.js';
import { table } from './parts.js';

/** @typedef {import('./figures.js').Case} Case */

/**
 * @param {import('../core/i18n.js').I18n} i18n
 * @param {import('./figures.js').Measured} measured
 * @param {(one: Case) => string} nameOf
 */
export function createFigureTable({ t, number }, measured, nameOf) {
  const exact = (/** @type {number} */ value) => number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const share = (/** @type {number} */ value) => t('plan.unit.percent', { number: number(100 * value, { maximumFractionDigits: 1 }) });

  /** @param {keyof ReturnType<typeof goalsOf>} name @param {(value: number) => string} say */
  const judged = (name, say) =>
    row(name, (one) => {
      const goal = goalsOf(one)[name];
      if (!goal) return '–';
      const { value, reached, above } = goal;
      const words = t(above ? 'protection.figure.least' : 'protection.figure.most', { goal: say(goal.goal) });
      return h(
        'span',
        { class: reached ? 'figure figure-good' : 'figure figure-bad' },
        icon(reached ? 'check' : 'close', { label: t(reached ? 'protection.goal.reached' : 'protection.goal.missed') }),
        h('span', {}, say(value)),
        h('small', {}, words),
      );
    });
  /** @param {string} name @param {(one: Case) => string | HTMLElement} say */
  const row = (name, say) => h('tr', {}, h('th', { scope: 'row' }, t(`protection.figure.${name}`)), measured.cases.map((one) => h('td', {}, say(one))));
  const maybe = (/** @type {number | undefined} */ value, /** @type {(value: number) => string} */ say) => (value === undefined ? '–' : say(value));

  const caption = t('protection.figure.title');
  return h(
    'div',
    { class: 'figure-all' },
    h('h3', {}, caption),
    table(caption, [t('protection.figure.what'), ...measured.cases.map(nameOf)], [
      row('worlds', (one) => number(one.worlds)),
      judged('isolations', (value) => number(value)),
      judged('realistic', exact),
      judged('omniscient', exact),
      row('omniscient_all', (one) => maybe(one.omniscient_all, exact)),
      row('omniscient_max', (one) => exact(one.omniscient_max)),
      row('certain', (one) => maybe(one.omniscient_certain, share)),
      judged('top10', share),
      judged('coverage', share),
    ]),
    h('p', { class: 'soft small' }, t('protection.figure.note')),
  );
}
