// SPDX-License-Identifier: AGPL-3.0-or-later
// Opening a session, or changing one: what is asked, where, in which languages, who is let in.
import { h } from '../core/dom.js';
import { createAreaPicker } from './area_picker.js';
import { createContactsEditor } from './contacts_editor.js';
import { createExerciseChoice } from './exercise_choice.js';
import { button, choice, field, linkButton, onSubmit, textInput, toggle, watchTyping } from './form.js';
import { createLanguagesEditor } from './languages_editor.js';
import { failAt } from './problem.js';

/** @typedef {import('./types.js').Session} Session */
/** @typedef {import('./types.js').Project} Project */

/** `#/project/3/open`. @param {import('./screens.js').ScreenDeps} deps */
export async function createSessionOpen({ app, ids: [id] }) {
  const [project, exercises] = await Promise.all([
    app.api.get(`/api/projects/${id}`),
    app.api.get(`/api/exercises?project=${id}&limit=1000`),
  ]);
  const languages = createLanguagesEditor({ app, session: null });
  const exercise = createExerciseChoice({ app, exercises: exercises.items, onLanguages: languages.offer });
  await exercise.ready;
  return createForm({ app, session: null, project, languages, exercise });
}

/** `#/session/7/edit`. @param {import('./screens.js').ScreenDeps} deps */
export async function createSessionEdit({ app, ids: [id] }) {
  /** @type {Session} */
  const session = await app.api.get(`/api/sessions/${id}`);
  const [project, stored] = await Promise.all([
    app.api.get(`/api/projects/${session.project}`),
    app.api.get(`/api/exercises/${session.exercise}`),
  ]);
  const languages = createLanguagesEditor({ app, session });
  languages.offer(Object.keys(stored.title));
  return createForm({ app, session, project, languages, exercise: null });
}

/**
 * @param {object} deps
 * @param {import('./main.js').App} deps.app
 * @param {Session | null} deps.session null: a new one
 * @param {Project} deps.project
 * @param {ReturnType<typeof createLanguagesEditor>} deps.languages
 * @param {ReturnType<typeof createExerciseChoice> | null} deps.exercise null: it is fixed already
 */
function createForm({ app, session, project, languages, exercise }) {
  const { t } = app.i18n;
  const title = field({
    label: t('staff.form.title'),
    hint: t('staff.form.title_hint'),
    input: textInput({ required: true, maxlength: 120, value: session?.title ?? '' }),
  });
  const place = field({
    label: t('staff.form.place'),
    hint: t('staff.form.place_hint'),
    input: textInput({ maxlength: 120, value: session?.place ?? '' }),
  });
  const day = field({
    label: t('staff.form.day'),
    input: h('input', { class: 'input', type: 'date', required: true, value: session?.held_on ?? today() }),
  });
  const seats = field({
    label: t('staff.form.seats'),
    hint: t('staff.form.seats_hint'),
    input: h('input', {
      class: 'input',
      type: 'number',
      min: '1',
      max: '500',
      required: true,
      value: String(session?.seat_limit ?? 25),
    }),
  });
  const contacts = createContactsEditor({ app, contacts: session?.help_contacts ?? [] });
  const admit = hintedChoice(app, 'admit', ['by_hand', 'at_once'], session?.admit ?? 'by_hand');
  const approve = hintedChoice(app, 'approve', ['at_once', 'by_hand'], session?.approve ?? 'at_once');
  const freeText = toggle(
    t('staff.form.free_text'),
    session?.free_text ?? false,
    t('staff.form.free_text_hint'),
  );
  const picker = createAreaPicker({ app, bbox: session?.bbox ?? project.bbox, basemap: project.base_maps });
  const back = session ? `session/${session.id}` : `project/${project.id}`;

  const form = h(
    'form',
    { class: 'stack-wide' },
    group(t('staff.form.about'), title.element, h('div', { class: 'columns' }, day.element, place.element)),
    exercise && group(t('staff.form.what'), exercise.element),
    group(t('staff.area'), hint(t('staff.area_hint')), picker.element),
    group(t('staff.form.people'), seats.element, admit.element, approve.element, freeText.element),
    group(t('staff.form.help'), hint(t('staff.form.help_hint')), contacts.element),
    group(t('staff.form.languages'), hint(t('staff.form.languages_hint')), languages.element),
    h(
      'div',
      { class: 'form-foot' },
      button({
        label: t(session ? 'staff.common.save' : 'staff.form.open'),
        icon: 'check',
        tone: 'primary',
        type: 'submit',
      }),
      linkButton({ label: t('common.cancel'), tone: 'quiet', to: back }),
    ),
  );
  const typing = watchTyping(form);

  const read = () => ({
    title: title.input.value.trim(),
    place: place.input.value.trim(),
    held_on: day.input.value,
    bbox: picker.bbox(),
    ...languages.value(),
    help_contacts: contacts.value(),
    seat_limit: Number(seats.input.value),
    admit: admit.value(),
    approve: approve.value(),
    free_text: freeText.value(),
    ...exercise?.value(),
  });
  onSubmit(form, async () => {
    if (!languages.check()) return;
    try {
      const { id } = session
        ? await app.api.put(`/api/sessions/${session.id}`, read())
        : await app.api.post(`/api/projects/${project.id}/sessions`, read());
      typing.saved();
      app.go(`session/${id}`);
    } catch (problem) {
      failAt(app, problem, { title, place, held_on: day, seat_limit: seats });
    }
  });
  const element = h(
    'div',
    { class: 'page-narrow stack-wide' },
    h('h1', {}, session ? h('bdi', {}, session.title) : t('staff.project.open_session')),
    form,
  );
  return {
    element,
    unsaved: typing.typed,
    destroy() {
      picker.destroy();
      element.remove();
    },
  };
}

/** @param {string} title @param {...(Node)} content */
function group(title, ...content) {
  return h('section', { class: 'card stack' }, h('h2', {}, title), content);
}

/** @param {string} text */
const hint = (text) => h('p', { class: 'field-hint' }, text);

/** @param {import('./main.js').App} app @param {"admit" | "approve"} key @param {string[]} values @param {string} value */
function hintedChoice({ i18n: { t } }, key, values, value) {
  const choices = values.map((one) => ({
    value: one,
    label: t(`staff.form.${key}_${one}`),
    hint: t(`staff.form.${key}_${one}_hint`),
  }));
  return choice({ legend: t(`staff.form.${key}`), value, choices });
}

function today() {
  const now = new Date();
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
