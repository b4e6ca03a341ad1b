// SPDX-License-Identifier: AGPL-3.0-or-later
// The list of projects, and making one.
import { h, replace } from '../core/dom.js';
import { focusFirst } from '../core/focus.js';
import { icon } from '../core/icon.js';
import { button } from './form.js';
import { createProjectForm } from './project_form.js';

/** @typedef {import('./types.js').Project} Project */

/** @param {import('./screens.js').ScreenDeps} deps */
export async function createProjects({ app }) {
  const { t } = app.i18n;
  const { items } = await app.api.get('/api/projects?limit=1000');
  const place = h('div', {});
  /** @type {import('./project_form.js').ProjectForm | null} */
  let form = null;
  const make = button({
    label: t('staff.projects.new'),
    icon: 'plus',
    tone: 'primary',
    run: () => open().catch(app.fail),
  });

  async function open() {
    form ??= await createProjectForm({
      app,
      project: null,
      onDone: (made) => app.go(`project/${made.id}`),
      onCancel: close,
    });
    replace(place, form.element);
    make.hidden = true;
    focusFirst(form.element);
  }
  function close() {
    form?.destroy();
    form = null;
    make.hidden = false;
    make.focus();
  }
  const element = h(
    'div',
    { class: 'page-wide stack' },
    h('div', { class: 'head-row' }, h('h1', {}, t('staff.projects.title')), app.leads() && make),
    place,
    items.length === 0
      ? h('p', { class: 'lead' }, t(app.leads() ? 'staff.projects.none' : 'staff.projects.none_here'))
      : h(
          'ul',
          { class: 'cards' },
          items.map((/** @type {Project} */ project) => card(app, project)),
        ),
  );
  return {
    element,
    unsaved: () => Boolean(form?.typed()),
    destroy() {
      form?.destroy();
      element.remove();
    },
  };
}

/** @param {import('./main.js').App} app @param {Project} project */
function card(app, project) {
  const { t } = app.i18n;
  return h(
    'li',
    {},
    h(
      'a',
      { class: 'card card-link', href: `#/project/${project.id}` },
      h('span', { class: 'card-icon' }, icon('layers')),
      h(
        'span',
        { class: 'card-words' },
        h('strong', {}, h('bdi', {}, project.title)),
        h('span', { class: 'soft' }, t('staff.projects.sessions', { count: project.sessions })),
      ),
      icon('next'),
    ),
  );
}
