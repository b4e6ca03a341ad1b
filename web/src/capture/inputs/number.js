// SPDX-License-Identifier: AGPL-3.0-or-later
// A whole number, by plus and minus or typed.
import { h } from '../../core/dom.js';
import { icon } from '../../core/icon.js';

/** @param {import("./input.js").InputDeps} deps */
export function createNumberInput({ i18n, field, value, onAnswer }) {
  const { t } = i18n;
  const { min = 0, max = 999 } = field;
  const input = h('input', {
    class: 'input number-input',
    type: 'text',
    inputmode: 'numeric',
    pattern: '[0-9]*',
    autocomplete: 'off',
    dir: 'ltr',
    'aria-labelledby': 'question',
    value: value ?? '',
    oninput: typed,
  });
  /** @param {number} by */
  function step(by) {
    const now = Number.parseInt(input.value, 10);
    const next = Number.isNaN(now) ? min : Math.min(max, Math.max(min, now + by));
    input.value = String(next);
    onAnswer(next);
  }
  function typed() {
    input.value = input.value.replace(/[^0-9]/g, '').slice(0, String(max).length);
    const number = input.value === '' ? undefined : Number(input.value);
    const fits = number === undefined || (number >= min && number <= max);
    input.toggleAttribute('aria-invalid', !fits);
    onAnswer(fits ? number : undefined);
  }
  return h(
    'div',
    { class: 'number' },
    h(
      'button',
      {
        class: 'button number-step',
        type: 'button',
        'aria-label': t('questions.less'),
        onclick: () => step(-1),
      },
      icon('minus'),
    ),
    input,
    h(
      'button',
      {
        class: 'button number-step',
        type: 'button',
        'aria-label': t('questions.more'),
        onclick: () => step(1),
      },
      icon('plus'),
    ),
  );
}
