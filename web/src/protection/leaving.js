// SPDX-License-Identifier: AGPL-3.0-or-later
// What leaves the room, and what never does.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { profiles } from './noise.js';
import { point, section } from './parts.js';

const leaves = { counts: 'people', findings: 'quote', assets: 'gift' };
const stays = { mark: 'pin', author: 'person', words: 'edit', time: 'clock', few: 'eye-off', questions: 'search' };

/** @param {import('../core/i18n.js').I18n} i18n */
export function createLeaving({ t, number }) {
  const values = { floor: number(profiles.standard.floor), floor_sensitive: number(profiles.sensitive.floor) };
  /** @param {string} id @param {string} sign @param {string} title @param {Record<string, string>} points */
  const side = (id, sign, title, points) =>
    h(
      'div',
      { class: `leaving leaving-${id}` },
      h('p', { class: 'leaving-head' }, icon(sign), h('strong', {}, title)),
      h('ul', { class: 'points' }, Object.entries(points).map(([name, drawn]) => point(drawn, t(`protection.leave.${name}.title`), t(`protection.leave.${name}.text`, values)))),
    );
  return section(
    'leaves',
    t('protection.leave.title'),
    t('protection.leave.lead'),
    h('div', { class: 'leaving-two' }, side('goes', 'door', t('protection.leave.goes'), leaves), side('stays', 'lock', t('protection.leave.stays'), stays)),
  );
}
