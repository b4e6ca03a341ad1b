// SPDX-License-Identifier: AGPL-3.0-or-later
// One project: its sessions, its exercises, its reference layers.
import { confirmDialog, openDialog } from '../core/dialog.js';
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { button, field, linkButton, textInput } from './form.js';

/** @typedef {import('./types.js').Session} Session */
/** @typedef {import('../map/overlay_layer.js').Overlay & {features: number}} OverlayRow */

/** @param {import('./screens.js').ScreenDeps} deps */
export async function createProject({ app, ids: [id] }) {
  const { t } = app.i18n;
  const [project, sessions, exercises, overlays] = await Promise.all([
    app.api.get(`/api/projects/${id}`),
    app.api.get(`/api/projects/${id}/sessions?limit=1000`),
    app.api.get(`/api/exercises?project=${id}`),
    app.api.get(`/api/projects/${id}/overlays`),
  ]);
  const element = h(
    'div',
    { class: 'page-wide stack-wide' },
    h('h1', { dir: 'auto' }, project.title),
    section({
      title: t('staff.project.sessions'),
      action: linkButton({ label: t('staff.project.open_session'), icon: 'plus', tone: 'primary', to: `project/${id}/open` }),
      empty: t('staff.project.no_sessions'),
      rows: sessions.items.map((/** @type {Session} */ one) => sessionRow(app, one)),
    }),
    section({
      title: t('staff.project.overlays'),
      hint: t('staff.project.overlays_hint'),
      action: linkButton({ label: t('staff.project.import'), icon: 'plus', to: `project/${id}/import` }),
      empty: t('staff.project.no_overlays'),
      rows: overlays.items.map((/** @type {OverlayRow} */ one) => overlayRow(app, id, one)),
    }),
    section({
      title: t('staff.project.exercises'),
      hint: t('staff.project.exercises_hint'),
      rows: exercises.items.map((/** @type {import('./types.js').ExerciseRow} */ one) => exerciseRow(app, id, one)),
    }),
  );
  return { element, destroy: () => element.remove() };
}

/** @param {{title: string, hint?: string, action?: Node, empty?: string, rows: Node[]}} options */
function section({ title, hint, action, empty, rows }) {
  return h(
    'section',
    { class: 'stack' },
    h('div', { class: 'head-row' }, h('h2', {}, title), action),
    hint && h('p', { class: 'soft' }, hint),
    rows.length > 0 ? h('ul', { class: 'cards' }, rows) : empty && h('p', { class: 'soft' }, empty),
  );
}

/** @param {import('./main.js').App} app @param {Session} session */
function sessionRow(app, session) {
  const { t, label, date } = app.i18n;
  const open = session.state === 'open';
  return h(
    'li',
    {},
    h(
      'a',
      { class: 'card card-link', href: `#/session/${session.id}` },
      h('span', { class: 'card-icon' }, icon(open ? 'room' : 'lock')),
      h(
        'span',
        { class: 'card-words' },
        h('strong', { dir: 'auto' }, session.title),
        h('span', { class: 'soft' }, h('bdi', {}, label(session.exercise_title)), ' · ', date(`${session.held_on}T12:00:00Z`)),
        h(
          'span',
          { class: 'badges' },
          h('span', { class: `badge ${open ? 'badge-good' : ''}` }, icon(open ? 'check' : 'lock'), t(`staff.session.${session.state}`)),
          h('span', { class: 'badge' }, icon('people'), t('staff.session.people', { count: session.participants })),
          h('span', { class: 'badge' }, icon('pin'), t('staff.session.marks', { count: session.contributions })),
        ),
      ),
      icon('next'),
    ),
  );
}

/** @param {import('./main.js').App} app @param {number} project @param {OverlayRow} overlay */
function overlayRow(app, project, overlay) {
  const { t } = app.i18n;
  return h(
    'li',
    { class: 'card card-row' },
    h('span', { class: 'swatch', vars: { colour: overlay.colour }, 'aria-hidden': 'true' }),
    h(
      'span',
      { class: 'card-words' },
      h('strong', { dir: 'auto' }, overlay.title),
      h('span', { class: 'soft' }, t('staff.overlay.features', { count: overlay.features })),
    ),
    button({ label: t('staff.common.edit'), icon: 'edit', small: true, run: () => editOverlay(app, project, overlay) }),
    button({ label: t('staff.common.delete'), icon: 'trash', small: true, run: () => removeOverlay(app, project, overlay) }),
  );
}

/** @param {import('./main.js').App} app @param {number} project @param {OverlayRow} overlay */
async function editOverlay(app, project, overlay) {
  const { t } = app.i18n;
  const title = field({ label: t('staff.overlay.title'), input: textInput({ value: overlay.title, maxlength: 120 }) });
  const colour = field({ label: t('staff.overlay.colour'), input: h('input', { type: 'color', class: 'input input-colour', value: overlay.colour }) });
  const credit = field({ label: t('staff.overlay.attribution'), hint: t('staff.overlay.attribution_hint'), input: textInput({ value: overlay.attribution, maxlength: 200 }) });
  const answer = await openDialog({
    title: overlay.title,
    body: [title.element, colour.element, credit.element],
    closeLabel: t('common.cancel'),
    actions: [{ label: t('staff.common.save'), value: 'save', tone: 'primary' }, { label: t('common.cancel') }],
  });
  if (answer !== 'save') return;
  try {
    await app.api.put(`/api/overlays/${overlay.id}`, {
      title: title.input.value.trim(),
      colour: colour.input.value,
      attribution: credit.input.value.trim(),
    });
    app.go(`project/${project}`);
  } catch (problem) {
    app.fail(problem);
  }
}

/** @param {import('./main.js').App} app @param {number} project @param {OverlayRow} overlay */
async function removeOverlay(app, project, overlay) {
  const { t } = app.i18n;
  const sure = await confirmDialog({
    title: t('staff.overlay.remove_title', { title: overlay.title }),
    text: t('staff.overlay.remove_text'),
    yes: t('staff.common.delete'),
    no: t('common.cancel'),
    danger: true,
  });
  if (!sure) return;
  try {
    await app.api.del(`/api/overlays/${overlay.id}`);
    app.go(`project/${project}`);
  } catch (problem) {
    app.fail(problem);
  }
}

/** @param {import('./main.js').App} app @param {number} project @param {import('./types.js').ExerciseRow} exercise */
function exerciseRow(app, project, exercise) {
  const { t, label } = app.i18n;
  const own = exercise.project !== null;
  return h(
    'li',
    { class: 'card card-row' },
    h('span', { class: 'card-icon' }, icon(own ? 'edit' : 'book')),
    h(
      'span',
      { class: 'card-words' },
      h('strong', {}, h('bdi', {}, label(exercise.title))),
      h(
        'span',
        { class: 'badges' },
        h('span', { class: 'badge' }, own ? t('staff.exercise.own', { version: exercise.version }) : t('staff.exercise.template')),
        exercise.sensitivity === 'sensitive' && h('span', { class: 'badge badge-warn' }, icon('shield'), t('staff.exercise.sensitive')),
      ),
    ),
    linkButton({
      label: own ? t('staff.common.edit') : t('staff.exercise.copy'),
      icon: own ? 'edit' : 'copy',
      small: true,
      to: `project/${project}/exercise/${exercise.id}`,
    }),
  );
}

