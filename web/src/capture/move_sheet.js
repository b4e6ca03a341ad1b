// SPDX-License-Identifier: AGPL-3.0-or-later
// Moving a mark: the map goes under the cross, then one button.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { createSymbol } from '../map/symbol.js';

/**
 * @param {object} deps
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {import("../map/symbol.js").Sign} deps.sign
 * @param {string} deps.label
 * @param {() => void} deps.onPlace
 * @param {() => void} deps.onCancel
 */
export function createMoveSheet({ i18n, sign, label, onPlace, onCancel }) {
  const { t } = i18n;
  const element = h(
    'div',
    { class: 'sheet-body move-sheet' },
    h(
      'div',
      { class: 'sheet-head' },
      createSymbol(sign, { size: 36 }),
      h('h2', { class: 'sheet-title', tabindex: '-1' }, label),
    ),
    h('p', { class: 'sheet-hint' }, t('marks.move_hint')),
    h(
      'div',
      { class: 'draw-row' },
      h('button', { class: 'button', type: 'button', onclick: onCancel }, h('span', {}, t('common.cancel'))),
      h(
        'button',
        { class: 'button button-primary', type: 'button', onclick: onPlace },
        icon('check'),
        h('span', {}, t('marks.place')),
      ),
    ),
  );
  return { element, destroy: () => element.remove() };
}
