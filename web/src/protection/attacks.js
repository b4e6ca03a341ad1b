// SPDX-License-Identifier: AGPL-3.0-or-later
// What was tried against it, what it came to, and what the same comes to against weaker ways of publishing.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { createChoice } from './choice.js';
import { attacksOf, usesOf } from './figures.js';
import { createFigureTable } from './figure_table.js';
import { barRow, section, verdict } from './parts.js';

/**
 * @param {import('../core/i18n.js').I18n} i18n
 * @param {import('./figures.js').Measured} measured
 */
export function createAttacks(i18n, measured) {
  const { t, number, date } = i18n;
  const cards = h('div', { class: 'attacks', id: 'attack-cards' });
  const first = measured.cases.find(({ profile }) => profile === 'sensitive') ?? measured.cases[0];
  let chosen = measured.cases.indexOf(first);
  /** @param {import('./figures.js').Case} one */
  const nameOf = (one) => t('protection.case', { kind: t(`protection.profile.${one.profile}.title`), people: number(one.people) });
  // 99.5 of 100 are not all of them
  const digitsOf = (/** @type {number} */ part, /** @type {boolean} */ exact) => (exact || (part > 0.985 && part < 1) ? 1 : 0);
  const ofHundred = (/** @type {number} */ part, digits = 0) => t('protection.of_hundred', { number: number(100 * part, { maximumFractionDigits: digits }) });

  /** @param {import('./figures.js').Attack} attack @param {import('./figures.js').Case} one */
  function card({ id, icon: sign, bars, goal }, one) {
    const rows = bars.map(({ name, tone, part }) =>
      barRow({ name: t(`protection.bar.${name}`), words: part === null ? t(`protection.never.${id}`) : ofHundred(part, digitsOf(part, goal !== undefined && tone === 'here')), part, tone, sign: tone === 'here' ? 'shield' : undefined }),
    );
    return h(
      'article',
      { class: 'attack', id: `attack-${id}` },
      h('h3', {}, icon(sign), h('span', {}, t(`protection.attack.${id}.title`))),
      h('p', {}, t(`protection.attack.${id}.text`)),
      h('p', { class: 'attack-unit' }, t(`protection.attack.${id}.unit`)),
      h('ul', { class: 'bars' }, rows),
      goal && h('p', { class: 'attack-goal' }, verdict(goal.reached, t(goal.reached ? 'protection.goal.reached' : 'protection.goal.missed')), h('span', {}, goalText(id, goal, one))),
      id === 'knowing' && one.omniscient_certain !== undefined && h('p', { class: 'attack-more' }, t('protection.attack.knowing.sure', { people: number(1000 * one.omniscient_certain, { maximumFractionDigits: 0 }) })),
    );
  }
  /** @param {string} id @param {import('./figures.js').Goal} goal @param {import('./figures.js').Case} one */
  function goalText(id, goal, one) {
    if (id === 'differences') return t('protection.goal.nobody', { found: number(goal.value), worlds: number(one.worlds) });
    return t(goal.above ? 'protection.goal.least' : 'protection.goal.most', { goal: ofHundred(goal.goal, 1) });
  }
  function draw() {
    const one = measured.cases[chosen];
    replace(
      cards,
      h('p', { class: 'attack-case' }, nameOf(one)),
      h('div', { class: 'attack-list' }, attacksOf(one).map((attack) => card(attack, one))),
      h('h3', { class: 'attack-useful' }, t('protection.useful')),
      h('div', { class: 'attack-list' }, usesOf(one).map((use) => card(use, one))),
    );
  }
  draw();
  return section(
    'attacks',
    t('protection.attacks.title'),
    t('protection.attacks.lead', { worlds: number(measured.worlds), date: date(measured.made) }),
    h('p', {}, t('protection.attacks.weaker')),
    createChoice({
      legend: t('protection.attacks.choose'),
      name: 'case',
      options: measured.cases.map((one, i) => ({ id: String(i), label: nameOf(one) })),
      value: String(chosen),
      onChoose: (id) => {
        chosen = Number(id);
        draw();
      },
    }),
    cards,
    h('p', { class: 'note note-plain' }, icon('info'), h('span', {}, t('protection.attacks.honest'))),
    createFigureTable(i18n, measured, nameOf),
  );
}
