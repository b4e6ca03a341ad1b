// SPDX-License-Identifier: AGPL-3.0-or-later
// Opening a session, or changing one: what is asked, where, in which languages, who is let in.
import { h, replace } from '../core/dom.js';
import { createAreaPicker } from './area_picker.js';
import { createContactsEditor } from './contacts_editor.js';
import { button, choice, field, linkButton, onSubmit, selectInput, textArea, textInput, toggle } from './form.js';

/** @typedef {import('./types.js').Session} Session */

const precisions = [0, 25, 50, 100, 250];

/**
 * `#/project/3/open` opens one, `#/session/7/edit` changes one.
 * @param {import('./screens.js').ScreenDeps & {ids: number[]}} deps
 */
export async function createSessionForm({ app, ids: [id] }) {
  const editing = location.hash.includes('/edit');
  /** @type {Session | null} */
  const session = editing ? await app.api.get(`/api/sessions/${id}`) : null;
  const projectId = session?.project ?? id;
  const [project, exercises] = await Promise.all([
    app.api.get(`/api/projects/${projectId}`),
    app.api.get(`/api/exercises?project=${projectId}`),
  ]);
  return build({ app, session, project, exercises: exercises.items });
}

/**
 * @param {object} deps
 * @param {import('./main.js').App} deps.app
 * @param {Session | null} deps.session
 * @param {import('./types.js').Project} deps.project
 * @param {import('./types.js').ExerciseRow[]} deps.exercises
 */
function build({ app, session, project, exercises }) {
  const { t, label, offered, autonym } = app.i18n;
  const title = field({ label: t('staff.form.title'), input: textInput({ required: true, maxlength: 120, value: session?.title ?? '' }) });
  const place = field({ label: t('staff.form.place'), hint: t('staff.form.place_hint'), input: textInput({ maxlength: 120, value: session?.place ?? '' }) });
  const day = field({ label: t('staff.form.day'), input: h('input', { class: 'input', type: 'date', required: true, value: session?.held_on ?? today() }) });
  const seats = field({
    label: t('staff.form.seats'),
    hint: t('staff.form.seats_hint'),
    input: h('input', { class: 'input', type: 'number', min: '1', max: '500', required: true, value: String(session?.seat_limit ?? 25) }),
  });
  const exercise = field({
    label: t('staff.form.exercise'),
    input: selectInput(exercises.map((one) => [String(one.id), label(one.title)]), String(exercises[0]?.id ?? '')),
  });
  const precision = field({ label: t('staff.form.precision'), hint: t('staff.form.precision_hint'), input: h('select', { class: 'select' }) });
  const offeredHere = [...new Set([...offered.map((one) => one.code), ...(session?.languages ?? [])])];
  const languages = offeredHere.map((code) => ({ code, ...toggle(autonym(code), session?.languages.includes(code) ?? true) }));
  const consents = new Map(
    offeredHere.map((code) => [
      code,
      field({ label: autonym(code), input: textArea({ lang: code, maxlength: 2000, value: session?.consent[code] ?? defaultConsent(app, code) }) }),
    ]),
  );
  const contacts = createContactsEditor({ app, contacts: session?.help_contacts ?? [] });
  const admit = choice({
    legend: t('staff.form.admit'),
    value: session?.admit ?? 'by_hand',
    choices: ['by_hand', 'at_once'].map((value) => ({ value, label: t(`staff.form.admit_${value}`), hint: t(`staff.form.admit_${value}_hint`) })),
  });
  const approve = choice({
    legend: t('staff.form.approve'),
    value: session?.approve ?? 'at_once',
    choices: ['at_once', 'by_hand'].map((value) => ({ value, label: t(`staff.form.approve_${value}`), hint: t(`staff.form.approve_${value}_hint`) })),
  });
  const freeText = toggle(t('staff.form.free_text'), session?.free_text ?? false, t('staff.form.free_text_hint'));
  const picker = createAreaPicker({ app, bbox: session?.bbox ?? project.bbox, basemap: project.base_map });

  /** A sensitive exercise is never exact, and no session is finer than its exercise. */
  async function showPrecisions() {
    const chosen = exercises.find((one) => String(one.id) === exercise.input.value);
    if (!chosen) return;
    const { document } = await app.api.get(`/api/exercises/${chosen.id}`);
    const allowed = precisions.filter((metres) => metres >= document.precision_m && (metres > 0 || document.sensitivity !== 'sensitive'));
    replace(
      precision.input,
      allowed.map((metres) => h('option', { value: String(metres) }, metres === 0 ? t('staff.form.exact') : t('staff.form.metres', { count: metres }))),
    );
    precision.input.value = String(document.precision_m);
  }
  exercise.input.addEventListener('change', () => showPrecisions().catch(app.fail));

  const form = h(
    'form',
    { class: 'stack-wide' },
    group(t('staff.form.about'), [title.element, h('div', { class: 'columns' }, day.element, place.element)]),
    !session && group(t('staff.form.what'), [exercise.element, precision.element]),
    group(t('staff.area'), [h('p', { class: 'field-hint' }, t('staff.area_hint')), picker.element]),
    group(t('staff.form.people'), [seats.element, admit.element, approve.element]),
    group(t('staff.form.languages'), [h('div', { class: 'toggles' }, languages.map((one) => one.element))]),
    group(t('staff.form.help'), [h('p', { class: 'field-hint' }, t('staff.form.help_hint')), contacts.element]),
    group(t('staff.form.consent'), [h('p', { class: 'field-hint' }, t('staff.form.consent_hint')), ...[...consents.values()].map((one) => one.element)]),
    group(t('staff.form.words'), [freeText.element]),
    h(
      'div',
      { class: 'form-foot' },
      button({ label: session ? t('staff.common.save') : t('staff.form.open'), icon: 'check', tone: 'primary', type: 'submit' }),
      linkButton({ label: t('common.cancel'), tone: 'quiet', to: session ? `session/${session.id}` : `project/${project.id}` }),
    ),
  );

  onSubmit(form, async () => {
    const chosen = languages.filter((one) => one.value()).map((one) => one.code);
    const texts = chosen.map((code) => [code, consents.get(code)?.input.value.trim() ?? '']);
    const body = {
      title: title.input.value.trim(),
      place: place.input.value.trim(),
      held_on: day.input.value,
      bbox: picker.bbox(),
      languages: chosen,
      consent: Object.fromEntries(texts.filter(([, text]) => text !== '')),
      help_contacts: contacts.value(),
      seat_limit: Number(seats.input.value),
      admit: admit.value(),
      approve: approve.value(),
      free_text: freeText.value(),
    };
    try {
      if (session) {
        await app.api.put(`/api/sessions/${session.id}`, body);
        app.go(`session/${session.id}`);
      } else {
        const opened = await app.api.post(`/api/projects/${project.id}/sessions`, {
          ...body,
          exercise: Number(exercise.input.value),
          precision_m: Number(precision.input.value),
        });
        app.go(`session/${opened.id}`);
      }
    } catch (problem) {
      app.fail(problem);
    }
  });
  const element = h(
    'div',
    { class: 'page-narrow stack-wide' },
    h('h1', { dir: 'auto' }, session ? session.title : t('staff.project.open_session')),
    form,
  );
  return showPrecisions().then(() => ({
    element,
    destroy() {
      picker.destroy();
      element.remove();
    },
  }));
}

/** @param {string} title @param {Node[]} content */
function group(title, content) {
  return h('section', { class: 'card stack' }, h('h2', {}, title), content);
}

function today() {
  const now = new Date();
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The text a session starts with; other languages than the screen's own are written by the team. @param {import('./main.js').App} app @param {string} code */
function defaultConsent(app, code) {
  const text = app.i18n.t(`staff.consent_default.${code}`);
  return text.startsWith('staff.') ? '' : text;
}
