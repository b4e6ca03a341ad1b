// SPDX-License-Identifier: AGPL-3.0-or-later
// One question of an exercise, folded until it is opened: its words, its answers and their signs.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { createSymbol } from '../map/symbol.js';
import { shapePaths } from '../map/shapes.js';
import { button, field, selectInput, textInput, toggle } from './form.js';
import { freeId } from './exercise_editor.js';

/**
 * A text in each language; writes into `text` as it is typed.
 * @param {object} options
 * @param {import('./main.js').App} options.app
 * @param {string} options.title
 * @param {Record<string, string>} options.text
 * @param {string[]} options.languages
 */
export function textsEditor({ app, title, text, languages }) {
  return h(
    'fieldset',
    { class: 'texts' },
    h('legend', { class: 'field-label' }, title),
    languages.map((code) => {
      const input = textInput({ value: text[code] ?? '', lang: code, required: true, maxlength: 300, oninput: () => (text[code] = input.value) });
      return h('label', { class: 'text-row' }, h('span', { class: 'soft small' }, app.i18n.autonym(code)), input);
    }),
  );
}

/**
 * @param {object} deps
 * @param {import('./main.js').App} deps.app
 * @param {any} deps.doc the exercise
 * @param {any} deps.question one of its fields; changed in place
 * @param {string[]} deps.languages
 * @param {(step: 1 | -1) => void} deps.onMove
 * @param {() => void} deps.onRemove
 */
export function createQuestionEditor({ app, doc, question, languages, onMove, onRemove }) {
  const { t, label } = app.i18n;
  const isCategory = question.id === doc.category;
  const answers = h('div', { class: 'stack' });
  const required = toggle(t('staff.editor.required'), Boolean(question.required));
  required.element.addEventListener('change', () => {
    if (required.value()) question.required = true;
    else delete question.required;
  });

  function drawAnswers() {
    if (!question.options) return;
    replace(
      answers,
      h('p', { class: 'field-label' }, t('staff.editor.answers')),
      question.options.map((/** @type {any} */ option, /** @type {number} */ index) => answerRow(option, index)),
      button({ label: t('staff.editor.add_answer'), icon: 'plus', small: true, run: addAnswer }),
    );
  }
  function addAnswer() {
    /** @type {any} */
    const option = { id: freeId('answer', question.options), label: Object.fromEntries(languages.map((code) => [code, ''])) };
    if (isCategory) Object.assign(option, { icon: 'star', colour: '#4477aa', shape: 'circle' });
    question.options.push(option);
    drawAnswers();
  }
  /** @param {any} option @param {number} index */
  function answerRow(option, index) {
    const sign = h('span', { class: 'answer-sign' });
    const drawSign = () => replace(sign, isCategory ? createSymbol(option, { size: 44 }) : icon(option.icon));
    drawSign();
    return h(
      'div',
      { class: 'answer-row' },
      sign,
      h('div', { class: 'answer-words' }, textsEditor({ app, title: t('staff.editor.answer', { number: index + 1 }), text: option.label, languages }), isCategory && signEditor(option, drawSign)),
      h(
        'button',
        {
          class: 'button-round',
          type: 'button',
          'aria-label': t('staff.editor.remove_answer', { number: index + 1 }),
          disabled: question.options.length < 2,
          onclick: () => {
            question.options.splice(index, 1);
            drawAnswers();
          },
        },
        icon('trash'),
      ),
    );
  }
  /** @param {any} option @param {() => void} redraw */
  function signEditor(option, redraw) {
    const colour = h('input', {
      type: 'color',
      class: 'input input-colour',
      value: option.colour,
      oninput: () => {
        option.colour = colour.value;
        redraw();
      },
    });
    const shape = selectInput(
      Object.keys(shapePaths).map((name) => [name, t(`staff.shape.${name}`)]),
      option.shape,
      {
        onchange: () => {
          option.shape = shape.value;
          redraw();
        },
      },
    );
    return h(
      'div',
      { class: 'columns' },
      field({ label: t('staff.overlay.colour'), input: colour }).element,
      field({ label: t('staff.editor.shape'), input: shape }).element,
    );
  }
  drawAnswers();
  return h(
    'details',
    { class: 'card question' },
    h('summary', {}, h('strong', {}, label(question.label) || t('staff.editor.new_question')), h('span', { class: 'badge' }, isCategory ? t('staff.editor.categories') : t(`staff.editor.type_${question.type}`))),
    h(
      'div',
      { class: 'stack question-body' },
      textsEditor({ app, title: t('staff.editor.label'), text: question.label, languages }),
      !isCategory && required.element,
      answers,
      h(
        'div',
        { class: 'form-foot' },
        button({ label: t('staff.editor.up'), icon: 'up', small: true, run: () => onMove(-1) }),
        button({ label: t('staff.editor.down'), icon: 'down', small: true, run: () => onMove(1) }),
        !isCategory && button({ label: t('staff.editor.remove'), icon: 'trash', small: true, run: onRemove }),
      ),
    ),
  );
}
