// SPDX-License-Identifier: AGPL-3.0-or-later
// One question of an exercise, folded until it is opened: its words, its answers, when it is asked.
import { h, replace } from '../../core/dom.js';
import { button, field, toggle } from '../form.js';
import { createAnswersEditor } from './answers_editor.js';
import { createConditionEditor } from './condition_editor.js';
import { emptyText } from './document.js';
import { createTexts } from './texts.js';

/**
 * @param {object} deps
 * @param {import('./editor.js').Editing} deps.editing
 * @param {import('./document.js').Field} deps.question changed in place
 * @param {(step: 1 | -1) => void} deps.onMove
 * @param {() => void} deps.onRemove
 */
export function createQuestionEditor({ editing, question, onMove, onRemove }) {
  const { app, doc } = editing;
  const { t, label } = app.i18n;
  const isCategory = question.id === doc.category;
  const words = h('bdi', {});
  const up = button({ label: t('staff.editor.up'), icon: 'up', small: true, run: () => onMove(-1) });
  const down = button({ label: t('staff.editor.down'), icon: 'down', small: true, run: () => onMove(1) });
  const condition = isCategory ? null : createConditionEditor({ editing, question });
  const required =
    isCategory || question.type === 'link'
      ? null
      : toggle(t('staff.editor.required'), Boolean(question.required));
  required?.element.addEventListener('change', () => {
    if (required.value()) question.required = true;
    else delete question.required;
  });

  function showWords() {
    replace(words, label(question.label) || t('staff.editor.new_question'));
  }
  showWords();
  const element = h(
    'details',
    { class: 'card question' },
    h(
      'summary',
      {},
      h(
        'span',
        { class: 'summary-words' },
        h('strong', {}, words),
        h(
          'span',
          { class: 'badge' },
          isCategory ? t('staff.editor.categories') : t(`staff.editor.type_${question.type}`),
        ),
      ),
    ),
    h(
      'div',
      { class: 'stack question-body' },
      createTexts({ app, title: t('staff.editor.label'), text: question.label, onInput: showWords }),
      question.options && createAnswersEditor({ editing, question }).element,
      ['scale', 'number'].includes(question.type) && createRange(app, question),
      question.type === 'scale' && createScaleEnds(editing, question),
      required?.element,
      condition?.element,
      h(
        'div',
        { class: 'form-foot' },
        up,
        down,
        !isCategory && button({ label: t('staff.editor.remove'), icon: 'trash', small: true, run: onRemove }),
      ),
    ),
  );
  return {
    element,
    /** @param {{up: boolean, down: boolean}} may */
    setPlace(may) {
      up.disabled = !may.up;
      down.disabled = !may.down;
    },
    /** @param {1 | -1} step where it has just been moved to */
    focusMove(step) {
      const [same, other] = step < 0 ? [up, down] : [down, up];
      (same.disabled ? other : same).focus();
    },
    /** After other questions changed. */
    update: () => condition?.update(),
    destroy: () => element.remove(),
  };
}

/** The lowest and the highest answer. @param {import('../main.js').App} app @param {import('./document.js').Field} question */
function createRange({ i18n: { t } }, question) {
  const scale = question.type === 'scale';
  /** @param {"min" | "max"} end */
  const one = (end) => {
    const input = h('input', {
      class: 'input',
      type: 'number',
      required: true,
      min: '0',
      max: scale ? '10' : '1000000000',
      value: String(question[end] ?? 0),
      oninput: () => (question[end] = Number(input.value)),
    });
    return field({ label: t(`staff.editor.${end}`), input }).element;
  };
  return h('div', { class: 'columns' }, one('min'), one('max'));
}

/** What the ends of a scale mean, and whether it may not apply. @param {import('./editor.js').Editing} editing @param {import('./document.js').Field} question */
function createScaleEnds({ app, doc }, question) {
  const { t } = app.i18n;
  const low = (question.low ??= emptyText(doc));
  const high = (question.high ??= emptyText(doc));
  const na = toggle(t('staff.editor.not_applicable'), Boolean(question.not_applicable));
  na.element.addEventListener('change', () => (question.not_applicable = na.value()));
  return h(
    'div',
    { class: 'stack' },
    createTexts({ app, title: t('staff.editor.low'), text: low, optional: true }),
    createTexts({ app, title: t('staff.editor.high'), text: high, optional: true }),
    na.element,
  );
}
