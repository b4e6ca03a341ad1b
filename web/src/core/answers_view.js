// SPDX-License-Identifier: AGPL-3.0-or-later
// Answers in words.
import { h } from './dom.js';

/**
 * One answer as text in the present language.
 * @param {import("./i18n.js").I18n} i18n
 * @param {import("./exercise.js").Field} field
 * @param {any} value
 */
export function answerText(i18n, field, value) {
  const option = (/** @type {string} */ id) =>
    i18n.label(field.options?.find((o) => o.id === id)?.label) || id;
  switch (field.type) {
    case 'one':
      return option(value);
    case 'several':
      return value.map(option).join(' · ');
    case 'scale':
      return value === 'na'
        ? i18n.t('questions.not_applicable')
        : `${i18n.number(value)} / ${i18n.number(field.max ?? 5)}`;
    case 'number':
      return i18n.number(value);
    case 'link':
      return i18n.t('marks.linked');
    default:
      return String(value);
  }
}

/**
 * @param {import("./i18n.js").I18n} i18n
 * @param {import("./exercise.js").Exercise} exercise
 * @param {import("./exercise.js").Answers} answers
 */
export function createAnswers(i18n, exercise, answers) {
  const rows = exercise.fields.filter((f) => f.id !== exercise.category && answers[f.id] !== undefined);
  return h(
    'dl',
    { class: 'answers' },
    rows.map((field) =>
      h(
        'div',
        { class: 'answer' },
        h('dt', {}, h('bdi', {}, i18n.label(field.label))),
        h('dd', {}, h('bdi', {}, answerText(i18n, field, answers[field.id]))),
      ),
    ),
  );
}
