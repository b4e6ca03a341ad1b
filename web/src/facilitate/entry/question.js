// SPDX-License-Identifier: AGPL-3.0-or-later
// One question of the exercise, as it is typed in.
import { h } from '../../core/dom.js';
import { field as labelled, textInput } from '../form.js';
import { createSymbol } from '../../map/symbol.js';
import { createChoices } from './choices.js';
import { keyFor } from './keys.js';

/** @typedef {import('../../core/exercise.js').Field} Field */
/**
 * @typedef {object} Question
 * @property {HTMLElement} element
 * @property {() => void} focus
 * @property {(text: string | null) => void} setError
 */

/**
 * @param {object} deps
 * @param {import('../../core/i18n.js').I18n} deps.i18n
 * @param {Field} deps.field
 * @param {any} deps.value undefined: no answer yet
 * @param {{id: string, label: string}[]} deps.others marks that a link may name
 * @param {(value: any) => void} deps.onChange undefined: no answer
 * @param {() => void} deps.onNext
 * @returns {Question}
 */
export function createQuestion({ i18n, field, value, others, onChange, onNext }) {
  const { t, label } = i18n;
  const legend = label(field.label);
  if (field.type === 'one' || field.type === 'several') {
    const several = field.type === 'several';
    return createChoices({
      legend,
      hint: several ? t('staff.entry.several') : undefined,
      several,
      choices: (field.options ?? []).map((option, i) => ({
        id: option.id,
        label: label(option.label),
        key: keyFor(i),
        sign: option.colour ? createSymbol(option, { size: 30 }) : undefined,
      })),
      chosen: value === undefined ? [] : [value].flat(),
      onChange: (ids) => onChange(several ? (ids.length > 0 ? ids : undefined) : ids[0]),
      onNext,
    });
  }
  if (field.type === 'scale') {
    const { min = 1, max = 5 } = field;
    const steps = Array.from({ length: max - min + 1 }, (_, i) => String(min + i));
    return createChoices({
      legend,
      hint: [label(field.low), label(field.high)].filter(Boolean).join(' – '),
      choices: [
        ...steps.map((step) => ({ id: step, label: i18n.number(Number(step)), key: step.length === 1 ? step : '' })),
        ...(field.not_applicable ? [{ id: 'na', label: t('questions.not_applicable'), key: 'n' }] : []),
      ],
      chosen: value === undefined ? [] : [String(value)],
      onChange: ([id]) => onChange(id === undefined ? undefined : id === 'na' ? id : Number(id)),
      onNext,
    });
  }
  if (field.type === 'link')
    return createChoices({
      legend,
      choices: others.map((one, i) => ({ ...one, key: keyFor(i) })),
      chosen: value === undefined ? [] : [value],
      onChange: ([id]) => onChange(id),
      onNext,
    });
  return createTyped({ field, legend, value, onChange, onNext });
}

/**
 * A number or some words.
 * @param {{field: Field, legend: string, value: any, onChange: (value: any) => void, onNext: () => void}} deps
 */
function createTyped({ field, legend, value, onChange, onNext }) {
  const numeric = field.type === 'number';
  const input = textInput({
    value: value === undefined ? '' : String(value),
    inputmode: numeric ? 'numeric' : undefined,
    maxlength: numeric ? 9 : (field.max_length ?? 280),
  });
  const widget = labelled({ label: legend, input });
  input.addEventListener('input', () => {
    const text = input.value.trim();
    onChange(text === '' ? undefined : numeric ? (/^-?\d+$/.test(text) ? Number(text) : NaN) : text);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.ctrlKey) return;
    event.preventDefault();
    onNext();
  });
  return {
    element: h('div', { class: 'entry-question' }, widget.element),
    focus: () => input.focus(),
    setError: widget.setError,
  };
}
