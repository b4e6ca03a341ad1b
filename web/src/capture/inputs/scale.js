// SPDX-License-Identifier: AGPL-3.0-or-later
// A step on a scale, with words at both ends, and "does not apply" where the exercise has it.
import { h } from '../../core/dom.js';
import { arrowKeys } from '../../core/focus.js';

/** @param {import("./input.js").InputDeps} deps */
export function createScaleInput({ i18n, field, value, onAnswer, onward }) {
  const { t, label, number } = i18n;
  const { min = 1, max = 5 } = field;
  let chosen = value;
  let timer = 0;
  const low = label(field.low),
    high = label(field.high);
  const lang = i18n.languageOf(field.label);
  /** @type {{value: number | "na", button: HTMLElement}[]} */
  const steps = [];
  for (let step = min; step <= max; step++) {
    const words = step === min ? low : step === max ? high : '';
    steps.push({ value: step, button: make(step, number(step), words) });
  }
  const row = h(
    'div',
    { class: 'scale-steps' },
    steps.map((s) => s.button),
  );
  const group = h(
    'div',
    { class: 'scale', role: 'radiogroup', 'aria-labelledby': 'question' },
    row,
    h('div', { class: 'scale-ends', 'aria-hidden': 'true' }, h('bdi', { lang }, low), h('bdi', { lang }, high)),
  );
  if (field.not_applicable) {
    const none = make('na', t('questions.not_applicable'), '');
    none.classList.add('scale-none');
    steps.push({ value: 'na', button: none });
    group.append(none);
  }
  arrowKeys(group);

  /** @param {number | "na"} step @param {string} shown @param {string} words */
  function make(step, shown, words) {
    return h(
      'button',
      {
        class: 'tile scale-step',
        type: 'button',
        role: 'radio',
        'aria-label': words ? `${shown}, ${words}` : shown,
        data: { step: String(step) },
        onclick: () => choose(step),
      },
      shown,
    );
  }
  /** @param {number | "na"} step */
  function choose(step) {
    clearTimeout(timer);
    chosen = chosen === step ? undefined : step;
    show();
    onAnswer(chosen);
    if (chosen !== undefined) timer = window.setTimeout(() => group.isConnected && onward(), 260);
  }
  function show() {
    for (const { value: step, button } of steps) button.setAttribute('aria-checked', String(step === chosen));
  }
  show();
  return group;
}
