// SPDX-License-Identifier: AGPL-3.0-or-later
// The two profiles, side by side.
import { h } from '../core/dom.js';
import { profiles } from './noise.js';
import { section, table } from './parts.js';

/** @param {import('../core/i18n.js').I18n} i18n */
export function createLevels({ t, number }) {
  const kinds = /** @type {const} */ (['standard', 'sensitive']);
  const row = (/** @type {string} */ name, /** @type {(one: import('./noise.js').Profile) => string} */ say) =>
    h('tr', {}, h('th', { scope: 'row' }, t(`protection.level.${name}`)), kinds.map((kind) => h('td', {}, say(profiles[kind]))));
  const head = [t('protection.level.what'), ...kinds.map((kind) => h('span', {}, h('strong', {}, t(`protection.profile.${kind}.title`)), h('small', {}, t(`protection.profile.${kind}.for`))))];
  return section(
    'levels',
    t('protection.level.title'),
    t('protection.level.lead'),
    table(t('protection.level.title'), head, [
      row('floor', ({ floor }) => t('protection.level.people', { people: number(floor) })),
      row('noise', ({ noiseMax }) => t('protection.level.most', { people: number(noiseMax) })),
      row('variance', ({ variance }) => t('protection.level.about', { people: number(Math.sqrt(variance), { maximumFractionDigits: 1 }), variance: number(variance) })),
      row('needed', ({ floor, noiseMax }) => t('protection.level.people', { people: number(floor + noiseMax) })),
      row('base', ({ baseM }) => t('plan.unit.m', { number: number(baseM) })),
    ]),
    h('p', { class: 'soft small' }, t('protection.level.stricter')),
  );
}
