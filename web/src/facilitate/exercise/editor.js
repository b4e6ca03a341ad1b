// SPDX-License-Identifier: AGPL-3.0-or-later
// Changing an exercise: its words in each language, its categories' signs, its questions and answers.
// Saving makes a new version in the project; open sessions keep the one they were opened with.
import { h, replace } from '../../core/dom.js';
import { focusFirst } from '../../core/focus.js';
import { button, field, linkButton, onSubmit, selectInput, watchTyping } from '../form.js';
import { freeKey, mayMove, moveQuestion, newQuestion, removeQuestion, tidy } from './document.js';
import { createIconLabels } from './icon_picker.js';
import { createQuestionEditor } from './question_editor.js';
import { createWhole } from './whole.js';

/** @typedef {import('./document.js').Kind} Kind */
/**
 * @typedef {object} Editing what the parts of the editor share
 * @property {import('../main.js').App} app
 * @property {import('./document.js').Exercise} doc changed in place
 * @property {() => Promise<Map<string, string>>} iconLabels
 * @property {() => void} note something changed without being typed
 */

/** `#/project/3/exercise/12`. @param {import('../screens.js').ScreenDeps} deps */
export async function createExerciseEditor({ app, ids: [project, id] }) {
  const { t, label } = app.i18n;
  const [row, own] = await Promise.all([
    app.api.get(`/api/exercises/${id}`),
    app.api.get(`/api/exercises?project=${project}&limit=1000`),
  ]);
  const copying = row.project === null;
  /** @type {import('./document.js').Exercise} */
  const doc = structuredClone(row.document);
  if (copying)
    doc.id = freeKey(
      doc.id,
      own.items
        .filter((/** @type {any} */ one) => one.project !== null)
        .map((/** @type {any} */ one) => one.key),
    );
  /** @type {Editing} */
  const editing = { app, doc, iconLabels: createIconLabels(app), note: () => typing.note() };
  const questions = h('div', { class: 'stack' });
  /** @type {Map<import('./document.js').Field, ReturnType<typeof createQuestionEditor>>} */
  let editors = new Map();

  function drawQuestions() {
    editors = new Map(
      doc.fields.map((question) => [question, editors.get(question) ?? createEditor(question)]),
    );
    replace(
      questions,
      [...editors.values()].map((one) => one.element),
    );
    doc.fields.forEach((question, index) =>
      editors.get(question)?.setPlace({ up: mayMove(doc, index, -1), down: mayMove(doc, index, 1) }),
    );
  }
  /** @param {import('./document.js').Field} question */
  function createEditor(question) {
    return createQuestionEditor({
      editing,
      question,
      onMove(step) {
        moveQuestion(doc, doc.fields.indexOf(question), step);
        change();
        editors.get(question)?.focusMove(step);
      },
      onRemove() {
        const index = doc.fields.indexOf(question);
        removeQuestion(doc, index);
        change();
        /** @type {HTMLElement | null} */ (
          questions.children[Math.min(index, doc.fields.length - 1)]?.querySelector('summary')
        )?.focus();
      },
    });
  }
  /** Conditions may name other questions now. */
  function change() {
    typing.note();
    drawQuestions();
    for (const one of editors.values()) one.update();
  }
  const kind = field({
    label: t('staff.editor.type'),
    input: selectInput(
      /** @type {Kind[]} */ (['one', 'several', 'scale', 'number', 'text']).map((one) => [
        one,
        t(`staff.editor.type_${one}`),
      ]),
      'several',
    ),
  });
  function add() {
    const question = newQuestion(doc, /** @type {Kind} */ (kind.input.value));
    doc.fields.push(question);
    change();
    const fresh = /** @type {HTMLDetailsElement} */ (editors.get(question)?.element);
    fresh.open = true;
    focusFirst(/** @type {HTMLElement} */ (fresh.querySelector('.question-body')));
  }
  const whole = createWhole({
    editing,
    onLanguages() {
      typing.note();
      editors = new Map();
      drawQuestions();
    },
  });
  const form = h(
    'form',
    { class: 'stack-wide' },
    whole.element,
    h(
      'section',
      { class: 'stack' },
      h('h2', {}, t('staff.editor.questions')),
      h('p', { class: 'soft' }, t('staff.editor.questions_hint')),
      questions,
    ),
    h(
      'div',
      { class: 'card add-row' },
      kind.element,
      button({ label: t('staff.editor.add_question'), icon: 'plus', run: add }),
    ),
    h(
      'div',
      { class: 'form-foot' },
      button({
        label: t(copying ? 'staff.editor.save_copy' : 'staff.editor.save'),
        icon: 'check',
        tone: 'primary',
        type: 'submit',
      }),
      linkButton({ label: t('common.cancel'), tone: 'quiet', to: `project/${project}` }),
    ),
  );
  const typing = watchTyping(form);
  onSubmit(form, async () => {
    try {
      await app.api.post(`/api/projects/${project}/exercises`, { document: tidy(doc) });
      typing.saved();
      app.toaster.show({ text: t('staff.editor.saved'), tone: 'good', icon: 'check' });
      app.go(`project/${project}`);
    } catch (problem) {
      app.fail(problem);
    }
  });
  drawQuestions();
  const element = h(
    'div',
    { class: 'page-narrow stack-wide' },
    h(
      'div',
      { class: 'stack' },
      h('h1', {}, h('bdi', {}, label(row.title))),
      h('p', { class: 'lead' }, t(copying ? 'staff.editor.copying' : 'staff.editor.changing')),
    ),
    form,
  );
  return { element, unsaved: typing.typed, destroy: () => element.remove() };
}
