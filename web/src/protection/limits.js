// SPDX-License-Identifier: AGPL-3.0-or-later
// What none of this protects against, and what somebody who took part can do.
import { h } from '../core/dom.js';
import { point, section } from './parts.js';

const limits = { tells: 'ear', facilitator: 'staff', alike: 'people', knowing: 'eye', authored: 'quote', copies: 'copy', promise: 'scales' };

/** @param {import('../core/i18n.js').I18n} i18n */
export function createLimits({ t }) {
  return section(
    'limits',
    t('protection.limit.title'),
    t('protection.limit.lead'),
    h('ul', { class: 'points points-two' }, Object.entries(limits).map(([name, drawn]) => point(drawn, t(`protection.limit.${name}.title`), t(`protection.limit.${name}.text`)))),
  );
}

/** @param {import('../core/i18n.js').I18n} i18n */
export function createOwn({ t }) {
  return section(
    'own',
    t('protection.own.title'),
    null,
    h(
      'ul',
      { class: 'points' },
      point('receipt', t('protection.own.withdraw.title'), t('protection.own.withdraw.text')),
      point('person-next', t('protection.own.ask.title'), t('protection.own.ask.text')),
      point('urgent', t('protection.own.urgent.title'), t('protection.own.urgent.text')),
    ),
  );
}
