// SPDX-License-Identifier: AGPL-3.0-or-later
// One of several, or several of them, each with its key: the key chooses, Enter goes on. Radio buttons and
// checkboxes below, so that arrows, Space, a mouse and a screen reader work as everywhere.
import { h, replace } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { keyOf } from './keys.js';

let count = 0;

/** @typedef {{id: string, label: string, key: string, sign?: Node}} Choice */

/**
 * @param {object} options
 * @param {string} options.legend
 * @param {string} [options.hint]
 * @param {Choice[]} options.choices
 * @param {boolean} [options.several]
 * @param {string[]} [options.chosen]
 * @param {(chosen: string[]) => void} options.onChange
 * @param {() => void} options.onNext one was chosen by its key, or Enter was pressed
 */
export function createChoices({ legend, hint, choices, several = false, chosen = [], onChange, onNext }) {
  const name = `entry-${++count}`;
  const error = h('p', { class: 'field-error', id: `${name}-error`, role: 'alert' });
  error.hidden = true;
  const inputs = choices.map(({ id }) =>
    h('input', {
      type: several ? 'checkbox' : 'radio',
      name,
      value: id,
      checked: chosen.includes(id),
      onchange: changed,
    }),
  );
  const element = h(
    'fieldset',
    { class: 'entry-question', 'aria-describedby': `${name}-error`, onkeydown: key },
    h('legend', { class: 'field-label' }, legend, hint && h('span', { class: 'soft small entry-hint' }, hint)),
    h(
      'div',
      { class: 'entry-choices' },
      choices.map(({ label, key: letter, sign }, i) =>
        h('label', { class: 'entry-choice' }, inputs[i], letter && h('kbd', {}, letter), sign, h('span', {}, label)),
      ),
    ),
    error,
  );

  const value = () => inputs.filter((input) => input.checked).map((input) => input.value);
  function changed() {
    setError(null);
    onChange(value());
  }
  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault();
      onNext();
      return;
    }
    if (event.key === 'Backspace' || event.key === 'Delete') {
      event.preventDefault();
      for (const input of inputs) input.checked = false;
      changed();
      return;
    }
    const pressed = keyOf(event);
    const at = pressed ? choices.findIndex((choice) => choice.key === pressed) : -1;
    if (at < 0) return;
    event.preventDefault();
    inputs[at].checked = several ? !inputs[at].checked : true;
    inputs[at].focus();
    changed();
    if (!several) onNext();
  }
  /** @param {string | null} text */
  function setError(text) {
    error.hidden = !text;
    replace(error, text && icon('warning'), text && h('span', {}, text));
  }
  return {
    element,
    value,
    setError,
    /** Without asking anybody. @param {string[]} ids */
    set(ids) {
      for (const input of inputs) input.checked = ids.includes(input.value);
      setError(null);
    },
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0])?.focus(),
  };
}
/** @typedef {ReturnType<typeof createChoices>} Choices */
