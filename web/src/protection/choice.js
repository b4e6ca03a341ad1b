// SPDX-License-Identifier: AGPL-3.0-or-later
// One of a few, as buttons in a row: radio buttons underneath.
import { h } from '../core/dom.js';

/**
 * @param {object} deps
 * @param {string} deps.legend
 * @param {string} deps.name of the radio buttons
 * @param {{id: string, label: string}[]} deps.options
 * @param {string} deps.value
 * @param {(id: string) => void} deps.onChoose
 */
export function createChoice({ legend, name, options, value, onChoose }) {
  return h(
    'fieldset',
    { class: 'choice' },
    h('legend', {}, legend),
    h(
      'div',
      { class: 'choice-row' },
      options.map(({ id, label }) =>
        h('label', { class: 'choice-one' }, h('input', { type: 'radio', name, value: id, checked: id === value, onchange: () => onChoose(id) }), h('span', {}, label)),
      ),
    ),
  );
}
