// SPDX-License-Identifier: AGPL-3.0-or-later
// The questions after the mark, one at a time. Each may be skipped unless the exercise needs it; what
// was answered is kept whenever she stops.
import { h, replace } from '../core/dom.js';
import { keepApplying, helpChosen, nextQuestion, questions, wrongAnswer } from '../core/exercise.js';
import { focusScreen } from '../core/focus.js';
import { icon } from '../core/icon.js';
import { createSymbol } from '../map/symbol.js';
import { createContacts } from './help.js';
import { createInput } from './inputs/input.js';

/**
 * @param {object} deps
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {import("../core/aloud.js").Aloud} deps.aloud
 * @param {import("../core/exercise.js").Exercise} deps.exercise
 * @param {import("../core/exercise.js").Answers} deps.answers so far, the category among them
 * @param {{freeText: boolean, contacts: import("./page.js").Contact[]}} deps.session
 * @param {import("../map/symbol.js").Sign} deps.sign
 * @param {string} deps.title
 * @param {() => {id: string, label: string, sign: import("../map/symbol.js").Sign}[]} deps.others own marks that a link may name
 * @param {(answers: import("../core/exercise.js").Answers, end: boolean) => void} deps.onAnswers after each question; end: no more to ask, or she stopped
 * @param {(answers: import("../core/exercise.js").Answers) => void} deps.onLeft what was answered when the sheet goes
 * @param {() => void} deps.onRemove
 */
export function createQuestionSheet({
  i18n,
  aloud,
  exercise,
  answers,
  session,
  sign,
  title,
  others,
  onAnswers,
  onLeft,
  onRemove,
}) {
  const { t, label } = i18n;
  const lang = i18n.languageOf(exercise.title);
  let given = answers;
  /** @type {import("../core/exercise.js").Field | null} */
  let field = null;
  let helping = false; // whether the contacts show instead of the question
  const progress = h('div', { class: 'dots', 'aria-hidden': 'true' });
  const body = h('div', { class: 'question' });
  const back = h(
    'button',
    {
      class: 'button button-round-text',
      type: 'button',
      'aria-label': t('common.back'),
      onclick: () => go(-1),
    },
    icon('back'),
  );
  const nextLabel = h('span', {});
  const next = h(
    'button',
    { class: 'button question-next', type: 'button', onclick: () => go(1) },
    nextLabel,
    icon('next'),
  );
  const element = h(
    'div',
    { class: 'sheet-body question-sheet' },
    h(
      'div',
      { class: 'sheet-head' },
      createSymbol(sign, { size: 36 }),
      h('p', { class: 'sheet-name' }, title),
      h(
        'button',
        {
          class: 'button-round',
          type: 'button',
          'aria-label': t('questions.remove'),
          title: t('questions.remove'),
          onclick: onRemove,
        },
        icon('trash'),
      ),
      h(
        'button',
        { class: 'button button-small question-stop', type: 'button', onclick: stop },
        icon('check'),
        h('span', {}, t('questions.stop')),
      ),
    ),
    progress,
    body,
    h('div', { class: 'question-foot' }, back, next),
  );

  /** @param {any} value undefined: none */
  function setAnswer(value) {
    if (!field) return;
    const { [field.id]: _, ...rest } = given;
    given = value === undefined ? rest : { ...rest, [field.id]: value };
    given = keepApplying(exercise, given);
    update();
  }
  function update() {
    if (!field) return;
    const asked = questions(exercise, given, session);
    const at = asked.indexOf(field);
    const answered = given[field.id] !== undefined;
    const last = at === asked.length - 1;
    replace(
      progress,
      asked.map((_, i) => h('span', { class: `dot ${i === at ? 'dot-now' : i < at ? 'dot-done' : ''}` })),
    );
    nextLabel.textContent = t(
      answered
        ? last
          ? 'questions.save'
          : 'questions.next'
        : field.required
          ? 'questions.needed'
          : last
            ? 'questions.skip_last'
            : 'questions.skip',
    );
    next.classList.toggle('button-primary', answered);
    next.disabled = Boolean(field.required && !answered);
    back.disabled = at === 0;
  }
  /** The question, then each answer, which stands out while it is read. @param {import("../core/exercise.js").Field} asked */
  const partsOf = (asked) => [
    { text: label(asked.label), item: asked.id, lang, element: body.querySelector('.question-label') },
    ...(asked.options ?? []).map((option) => ({
      text: label(option.label),
      item: `${asked.id}.${option.id}`,
      lang,
      element: body.querySelector(`[data-option="${option.id}"]`),
    })),
  ];
  /** @param {import("../core/exercise.js").Field} asked */
  function ask(asked) {
    field = asked;
    helping = false;
    const list = questions(exercise, given, session);
    replace(
      body,
      h(
        'div',
        { class: 'with-aloud' },
        h(
          'h2',
          { class: 'question-label', id: 'question', tabindex: '-1' },
          h(
            'span',
            { class: 'visually-hidden' },
            `${t('common.step', { now: list.indexOf(asked) + 1, all: list.length })}. `,
          ),
          h('bdi', { lang }, label(asked.label)),
        ),
        aloud.button(() => partsOf(asked)),
      ),
      asked.type === 'several' && h('p', { class: 'sheet-hint' }, t('questions.several')),
      createInput({
        i18n,
        field: asked,
        value: given[asked.id],
        others,
        onAnswer: setAnswer,
        onward: () => go(1),
      }),
    );
    body.scrollTop = 0;
    update();
    focusScreen(body);
  }
  function showHelp() {
    helping = true;
    back.disabled = false;
    replace(
      body,
      h(
        'div',
        { class: 'with-aloud' },
        h('h2', { class: 'question-label', tabindex: '-1' }, t('questions.help_title')),
        aloud.button(() => [{ text: t('questions.help_title') }, { text: t('questions.help_text') }]),
      ),
      h('p', {}, t('questions.help_text')),
      createContacts(i18n, session.contacts),
    );
    focusScreen(body);
  }
  /** @param {1 | -1} step */
  function go(step) {
    if (!field) return;
    if (step === 1 && wrongAnswer(field, given[field.id])) return;
    const offersHelp = field.id === exercise.help?.field && helpChosen(exercise, given);
    if (step === 1 && offersHelp && !helping) return showHelp();
    if (step === -1 && helping) return ask(field);
    const following = nextQuestion(exercise, given, session, field.id, step);
    if (step === 1) onAnswers(given, following === null);
    if (following) ask(following);
  }
  function stop() {
    onAnswers(given, true);
  }
  const first = nextQuestion(exercise, given, session, null);
  if (first) ask(first);
  return {
    element,
    empty: first === null,
    destroy() {
      onLeft(given);
      element.remove();
    },
  };
}
