// SPDX-License-Identifier: AGPL-3.0-or-later
// Another of one's own marks that this one goes with.
import { h } from '../../core/dom.js';
import { createSymbol } from '../../map/symbol.js';

/** @param {import("./input.js").InputDeps} deps */
export function createLinkInput({ i18n, value, others, onAnswer }) {
  const list = others();
  if (list.length === 0) return h('p', { class: 'note' }, i18n.t('questions.no_others'));
  let chosen = value;
  const rows = list.map(({ id, label, sign }) =>
    h(
      'button',
      { class: 'row-button', type: 'button', data: { mark: id }, onclick: () => choose(id) },
      createSymbol(sign, { size: 32 }),
      h('span', { class: 'row-label' }, label),
    ),
  );
  function show() {
    rows.forEach((row, i) => row.setAttribute('aria-pressed', String(list[i].id === chosen)));
  }
  /** @param {string} id */
  function choose(id) {
    chosen = chosen === id ? undefined : id;
    show();
    onAnswer(chosen);
  }
  show();
  return h('div', { class: 'rows', role: 'group', 'aria-labelledby': 'question' }, rows);
}
