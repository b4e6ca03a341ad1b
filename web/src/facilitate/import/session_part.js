// SPDX-License-Identifier: AGPL-3.0-or-later
// What the columns are when rows become marks of a session: its questions, and who answered.
import { h, replace } from '../../core/dom.js';
import { categoryField } from '../../core/exercise.js';
import { field, selectInput, toggle } from '../form.js';
import { createMeanings } from './meanings.js';
import { given } from './values.js';

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {import('./import.js').Upload} deps.upload
 * @param {import('../types.js').Session[]} deps.sessions
 * @param {any} deps.start a mapping
 */
export function createSessionPart({ app, upload, sessions, start }) {
  const { t, label } = app.i18n;
  const session = field({
    label: t('staff.import.session'),
    hint: t('staff.import.session_hint'),
    input: selectInput(
      sessions.map((one) => [String(one.id), one.title]),
      String(start.session ?? sessions[0]?.id ?? ''),
      { onchange: () => load().catch(app.fail) },
    ),
  });
  const columns = upload.columns.map((name) => /** @type {[string, string]} */ ([name, name]));
  const person = field({
    label: t('staff.import.participant'),
    hint: t('staff.import.participant_hint'),
    input: selectInput([['', t('staff.import.none')], ...columns], start.participant ?? ''),
  });
  const counted = toggle(t('staff.import.counted'), start.counted === true, t('staff.import.counted_hint'));
  const questions = h('div', { class: 'stack' });
  const element = h('div', { class: 'stack' }, session.element, questions, person.element, counted.element);
  /** @type {ReturnType<typeof createMeanings> | null} */
  let category = null;
  /** @type {Map<string, ReturnType<typeof createMeanings>>} */
  let others = new Map();

  /** The questions of the session's exercise; what was chosen for the one before is kept where it fits. */
  async function load() {
    if (session.input.value === '') return;
    const wanted = session.input.value;
    const before = category ? value() : start;
    replace(questions);
    /** @type {{exercise: import('../../core/exercise.js').Exercise}} */
    const { exercise } = await app.api.get(`/api/sessions/${wanted}/package`);
    if (wanted !== session.input.value) return;
    const first = categoryField(exercise);
    category = createMeanings({
      app,
      upload,
      label: t('staff.import.category', { question: label(first.label) }),
      options: first.options ?? [],
      start: before.category ?? {},
    });
    const known = Object.entries(before.answers ?? {}).flatMap(([column, all]) =>
      [all].flat().map((one) => ({ column, ...one })),
    );
    const asked = exercise.fields.filter((one) => one !== first && one.type !== 'link');
    others = new Map(
      asked.map((one) => [
        one.id,
        createMeanings({
          app,
          upload,
          label: label(one.label),
          options: one.options ?? [],
          start: known.find(({ field: id }) => id === one.id) ?? {},
        }),
      ]),
    );
    const more = [...others.values()].map((one) => one.element);
    replace(
      questions,
      category.element,
      more.length > 0 &&
        h(
          'details',
          { class: 'question more', open: known.length > 0 },
          h('summary', {}, h('strong', {}, t('staff.import.more_questions', { count: more.length }))),
          h('div', { class: 'stack question-body' }, more),
        ),
    );
  }
  /** Several questions may come from one column. */
  function answers() {
    /** @type {Record<string, any[]>} */
    const all = {};
    for (const [id, one] of others)
      if (one.column()) (all[one.column()] ??= []).push({ field: id, ...one.value() });
    return Object.keys(all).length > 0 ? { answers: all } : {};
  }
  /** As the API's Mapping has it. @returns {any} */
  const value = () => ({
    session: Number(session.input.value),
    ...given({ participant: person.input.value }),
    ...(counted.value() ? { counted: true } : {}),
    ...(category?.column() ? { category: { column: category.column(), ...category.value() } } : {}),
    ...answers(),
  });
  return { element, load, value, destroy: () => element.remove() };
}
