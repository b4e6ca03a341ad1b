// SPDX-License-Identifier: AGPL-3.0-or-later
// A few words of one's own, where the session allows them.
import { h } from '../../core/dom.js';

/** @param {import("./input.js").InputDeps} deps */
export function createTextInput({ i18n, field, value, onAnswer }) {
  const { t } = i18n;
  const most = field.max_length ?? 280;
  const left = h('span', { class: 'soft small', 'aria-live': 'off' });
  const area = h('textarea', {
    class: 'textarea',
    rows: 4,
    dir: 'auto',
    'aria-labelledby': 'question',
    'aria-describedby': 'text-hint',
    autocomplete: 'off',
    value: value ?? '',
    oninput: typed,
  });
  function typed() {
    const symbols = [...area.value];
    if (symbols.length > most) area.value = symbols.slice(0, most).join('');
    const text = area.value.trim();
    onAnswer(text === '' ? undefined : text);
    count();
  }
  function count() {
    left.textContent = t('questions.left', { count: most - [...area.value].length });
  }
  count();
  return h(
    'div',
    { class: 'field' },
    area,
    h(
      'div',
      { class: 'text-foot' },
      h('span', { class: 'soft small', id: 'text-hint' }, t('questions.no_names')),
      left,
    ),
  );
}
