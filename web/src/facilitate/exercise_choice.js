// SPDX-License-Identifier: AGPL-3.0-or-later
// Which exercise a session asks, and how precisely its marks are kept. Both are fixed once it is open.
import { h, replace } from '../core/dom.js';
import { field, selectInput } from './form.js';
import { precisionOptions } from './precision.js';

/**
 * @param {object} deps
 * @param {import('./main.js').App} deps.app
 * @param {import('./types.js').ExerciseRow[]} deps.exercises
 * @param {(codes: string[]) => void} deps.onLanguages the languages of the one chosen
 */
export function createExerciseChoice({ app, exercises, onLanguages }) {
  const { t, label } = app.i18n;
  const words = (/** @type {import('./types.js').ExerciseRow} */ one) =>
    one.project === null
      ? label(one.title)
      : `${label(one.title)} (${t('staff.exercise.own', { version: one.version })})`;
  const exercise = field({
    label: t('staff.form.exercise'),
    input: selectInput(
      exercises.map((one) => [String(one.id), words(one)]),
      String(exercises[0]?.id ?? ''),
      { onchange: () => show().catch(app.fail) },
    ),
  });
  const question = h('p', { class: 'quote' });
  const precision = field({
    label: t('staff.form.precision'),
    hint: t('staff.form.precision_hint'),
    input: h('select', { class: 'select' }),
  });

  /** No session is finer than its exercise, and a sensitive one is never exact. */
  async function show() {
    const { title, document } = await app.api.get(`/api/exercises/${exercise.input.value}`);
    const allowed = precisionOptions(t, document).filter(
      ([metres]) => Number(metres) >= document.precision_m,
    );
    replace(
      precision.input,
      allowed.map(([value, text]) => h('option', { value }, text)),
    );
    precision.input.value = String(document.precision_m);
    question.textContent = label(document.intro);
    onLanguages(Object.keys(title));
  }
  return {
    element: h('div', { class: 'stack' }, exercise.element, question, precision.element),
    ready: show(),
    value: () => ({ exercise: Number(exercise.input.value), precision_m: Number(precision.input.value) }),
    destroy: () => {},
  };
}
