// SPDX-License-Identifier: AGPL-3.0-or-later
// Changing an exercise: its words in each language, its categories' signs, its questions and answers.
// Saving makes a new version in the project; open sessions keep the one they were opened with.
import { h, replace } from '../core/dom.js';
import { createQuestionEditor, textsEditor } from './question_editor.js';
import { button, field, linkButton, onSubmit, selectInput } from './form.js';

const precisions = [0, 25, 50, 100, 250];
/** @typedef {"one" | "several" | "scale" | "number" | "text"} Kind */

/** `#/project/3/exercise/12`. @param {import('./screens.js').ScreenDeps} deps */
export async function createExerciseEditor({ app, ids: [project, id] }) {
  const { t, label } = app.i18n;
  const row = await app.api.get(`/api/exercises/${id}`);
  const doc = structuredClone(row.document);
  const languages = languagesOf(doc);
  const questions = h('div', { class: 'stack' });
  const precision = field({
    label: t('staff.form.precision'),
    hint: t('staff.editor.precision_hint'),
    input: selectInput(
      precisions
        .filter((metres) => metres > 0 || doc.sensitivity !== 'sensitive')
        .map((metres) => [String(metres), metres === 0 ? t('staff.form.exact') : t('staff.form.metres', { count: metres })]),
      String(doc.precision_m),
      { onchange: () => (doc.precision_m = Number(precision.input.value)) },
    ),
  });
  const kind = selectInput(
    /** @type {Kind[]} */ (['one', 'several', 'scale', 'number', 'text']).map((one) => [one, t(`staff.editor.type_${one}`)]),
    'several',
    { 'aria-label': t('staff.editor.type') },
  );

  function drawQuestions() {
    replace(
      questions,
      doc.fields.map((/** @type {any} */ question, /** @type {number} */ index) =>
        createQuestionEditor({
          app,
          doc,
          question,
          languages,
          onMove: (step) => move(index, step),
          onRemove: () => remove(index),
        }),
      ),
    );
  }
  /** @param {number} index @param {1 | -1} step */
  function move(index, step) {
    const to = index + step;
    if (to < 0 || to >= doc.fields.length) return;
    doc.fields.splice(to, 0, doc.fields.splice(index, 1)[0]);
    drawQuestions();
  }
  /** A question goes with the conditions that hang on it. @param {number} index */
  function remove(index) {
    const [gone] = doc.fields.splice(index, 1);
    for (const question of doc.fields) if (question.if?.field === gone.id) delete question.if;
    if (doc.help?.field === gone.id) doc.help = null;
    drawQuestions();
  }
  function add() {
    doc.fields.push(newQuestion(doc, /** @type {Kind} */ (kind.value), languages, t));
    drawQuestions();
    const last = /** @type {HTMLDetailsElement} */ (questions.lastElementChild);
    last.open = true;
    /** @type {HTMLElement} */ (last.querySelector('input')).focus();
  }

  const form = h(
    'form',
    { class: 'stack-wide' },
    h(
      'section',
      { class: 'card stack' },
      h('h2', {}, t('staff.editor.words')),
      textsEditor({ app, title: t('staff.editor.title'), text: doc.title, languages }),
      textsEditor({ app, title: t('staff.editor.intro'), text: (doc.intro ??= {}), languages }),
      precision.element,
    ),
    h('section', { class: 'stack' }, h('h2', {}, t('staff.editor.questions')), questions),
    h('div', { class: 'card add-row' }, h('label', { class: 'field' }, h('span', { class: 'field-label' }, t('staff.editor.type')), kind), button({ label: t('staff.editor.add_question'), icon: 'plus', run: add })),
    h(
      'div',
      { class: 'form-foot' },
      button({ label: t('staff.editor.save'), icon: 'check', tone: 'primary', type: 'submit' }),
      linkButton({ label: t('common.cancel'), tone: 'quiet', to: `project/${project}` }),
    ),
  );
  onSubmit(form, async () => {
    try {
      await app.api.post(`/api/projects/${project}/exercises`, { document: doc });
      app.toaster.show({ text: t('staff.editor.saved'), tone: 'good', icon: 'check' });
      app.go(`project/${project}`);
    } catch (problem) {
      app.fail(problem);
    }
  });
  drawQuestions();
  const element = h('div', { class: 'page-narrow stack-wide' }, h('h1', {}, h('bdi', {}, label(row.title))), form);
  return { element, destroy: () => element.remove() };
}

/** Languages the document's title has. @param {any} doc @returns {string[]} */
const languagesOf = (doc) => Object.keys(doc.title);

/** An id that no other has: "question_2". @param {string} stem @param {{id: string}[]} others */
export function freeId(stem, others) {
  const taken = new Set(others.map((one) => one.id));
  let number = others.length + 1;
  while (taken.has(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

/** @param {any} doc @param {Kind} type @param {string[]} languages @param {import('../core/translate.js').Translate} t */
function newQuestion(doc, type, languages, t) {
  const text = () => Object.fromEntries(languages.map((code) => [code, '']));
  const base = { id: freeId('question', doc.fields), type, label: text() };
  if (type === 'one' || type === 'several') {
    const options = [1, 2].map((number) => ({ id: `answer_${number}`, label: Object.fromEntries(languages.map((code) => [code, t('staff.editor.answer', { number })])) }));
    return { ...base, options };
  }
  if (type === 'scale') return { ...base, min: 1, max: 5 };
  if (type === 'number') return { ...base, min: 0, max: 99 };
  return { ...base, max_length: 280 };
}
