// SPDX-License-Identifier: AGPL-3.0-or-later
// How a number on the map comes about, in five drawn steps.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { createDrawings } from './drawings.js';
import { profiles } from './noise.js';

const names = ['marks', 'squares', 'joined', 'changed', 'rounded'];

/** @param {import('../core/i18n.js').I18n} i18n */
export function createSteps({ t, number }) {
  const { standard, sensitive } = profiles;
  const values = {
    floor: number(standard.floor),
    floor_sensitive: number(sensitive.floor),
    change: number(standard.noiseMax),
    change_sensitive: number(sensitive.noiseMax),
    side: number(standard.baseM),
    side_sensitive: number(sensitive.baseM),
  };
  const drawn = createDrawings(t);
  return h(
    'div',
    { class: 'steps' },
    h(
      'ol',
      {},
      names.map((name, i) =>
        h('li', { class: 'step' }, drawn[i], h('h3', {}, h('span', { class: 'step-number', 'aria-hidden': 'true' }, number(i + 1)), h('span', {}, t(`protection.step.${name}.title`))), h('p', {}, t(`protection.step.${name}.text`, values))),
      ),
    ),
    h('div', { class: 'step step-gap' }, icon('eye-off'), h('h3', {}, t('protection.step.gap.title')), h('p', {}, t('protection.step.gap.text'))),
  );
}
