// SPDX-License-Identifier: AGPL-3.0-or-later
// One project: its sessions, what goes out of the room, its reference layers, its exercises, who works on it.
import { dotted, h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { linkButton } from './form.js';
import { createOverlayRow } from './overlay_row.js';
import { createTeam } from './team.js';

/** @typedef {import('./types.js').Session} Session */

/** @param {import('./screens.js').ScreenDeps} deps */
export async function createProject({ app, ids: [id] }) {
  const { t } = app.i18n;
  const leads = app.leads();
  const [project, sessions, exercises, overlays, staff] = await Promise.all([
    app.api.get(`/api/projects/${id}`),
    app.api.get(`/api/projects/${id}/sessions?limit=1000`),
    app.api.get(`/api/exercises?project=${id}&limit=1000`),
    app.api.get(`/api/projects/${id}/overlays`),
    leads ? app.api.get(`/api/projects/${id}/staff`) : { items: [] },
  ]);
  const edit = linkButton({
    label: t('staff.common.edit'),
    icon: 'edit',
    small: true,
    to: `project/${id}/edit`,
  });
  const element = h(
    'div',
    { class: 'page-wide stack-wide' },
    h('div', { class: 'head-row' }, h('h1', {}, h('bdi', {}, project.title)), leads && edit),
    section({
      title: t('staff.project.sessions'),
      action:
        leads &&
        linkButton({
          label: t('staff.project.open_session'),
          icon: 'plus',
          tone: 'primary',
          to: `project/${id}/open`,
        }),
      empty: t('staff.project.no_sessions'),
      rows: sessions.items.map((/** @type {Session} */ one) => sessionRow(app, one)),
    }),
    section({
      title: t('staff.project.outside'),
      hint: t('staff.project.outside_hint'),
      rows: [
        leads &&
          wayRow('globe', `project/${id}/publish`, t('staff.publish.title'), t('staff.project.publish_hint')),
        wayRow('quote', `project/${id}/findings`, t('staff.live.findings'), t('staff.project.findings_hint')),
        leads &&
          wayRow('gift', `project/${id}/assets`, t('staff.assets.title'), t('staff.project.assets_hint')),
      ].filter((one) => one !== false),
    }),
    section({
      title: t('staff.project.overlays'),
      hint: t('staff.project.overlays_hint'),
      action:
        leads && linkButton({ label: t('staff.project.import'), icon: 'upload', to: `project/${id}/import` }),
      empty: t('staff.project.no_overlays'),
      rows: overlays.items.map((/** @type {import('./overlay_row.js').OverlayRow} */ one) =>
        createOverlayRow(app, id, one),
      ),
    }),
    leads &&
      section({
        title: t('staff.project.exercises'),
        hint: t('staff.project.exercises_hint'),
        rows: exercises.items.map((/** @type {import('./types.js').ExerciseRow} */ one) =>
          exerciseRow(app, id, one),
        ),
      }),
    leads && createTeam({ app, project: id, people: staff.items }).element,
  );
  return { element, destroy: () => element.remove() };
}

/** @param {{title: string, hint?: string, action?: Node | false, empty?: string, rows: Node[]}} options */
function section({ title, hint, action, empty, rows }) {
  return h(
    'section',
    { class: 'stack' },
    h('div', { class: 'head-row' }, h('h2', {}, title), action),
    hint && h('p', { class: 'soft' }, hint),
    rows.length > 0 ? h('ul', { class: 'cards' }, rows) : empty && h('p', { class: 'soft' }, empty),
  );
}

/** A way to another screen. @param {string} name icon @param {string} to @param {string} title @param {string} hint */
function wayRow(name, to, title, hint) {
  return h(
    'li',
    {},
    h(
      'a',
      { class: 'card card-link', href: `#/${to}` },
      h('span', { class: 'card-icon' }, icon(name)),
      h('span', { class: 'card-words' }, h('strong', {}, title), h('span', { class: 'soft' }, hint)),
      icon('next'),
    ),
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
        h('strong', {}, h('bdi', {}, session.title)),
        h(
          'span',
          { class: 'soft' },
          dotted([label(session.exercise_title), date(`${session.held_on}T12:00:00Z`)]),
        ),
        h(
          'span',
          { class: 'badges' },
          h(
            'span',
            { class: `badge ${open ? 'badge-good' : ''}` },
            icon(open ? 'check' : 'lock'),
            t(`staff.session.${session.state}`),
          ),
          h(
            'span',
            { class: 'badge' },
            icon('people'),
            t('staff.session.people', { count: session.participants }),
          ),
          h(
            'span',
            { class: 'badge' },
            icon('pin'),
            t('staff.session.marks', { count: session.contributions }),
          ),
        ),
      ),
      icon('next'),
    ),
  );
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
        h(
          'span',
          { class: 'badge' },
          own ? t('staff.exercise.own', { version: exercise.version }) : t('staff.exercise.template'),
        ),
        exercise.sensitivity === 'sensitive' &&
          h('span', { class: 'badge badge-warn' }, icon('shield'), t('staff.exercise.sensitive')),
      ),
    ),
    linkButton({
      label: t('staff.recordings.link'),
      about: label(exercise.title),
      icon: 'microphone',
      tone: 'quiet',
      small: true,
      to: `project/${project}/recordings/${exercise.id}`,
    }),
    linkButton({
      label: own ? t('staff.common.edit') : t('staff.exercise.copy'),
      about: label(exercise.title),
      icon: own ? 'edit' : 'copy',
      small: true,
      to: `project/${project}/exercise/${exercise.id}`,
    }),
  );
}
