// SPDX-License-Identifier: AGPL-3.0-or-later
// The list of projects, and making one: a title, an area on a map, a base map.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { createAreaPicker } from './area_picker.js';
import { button, field, onSubmit, selectInput, textInput } from './form.js';

/** @typedef {import('./types.js').Project} Project */

/** @param {import('./screens.js').ScreenDeps} deps */
export async function createProjects({ app }) {
  const { t } = app.i18n;
  const { items } = await app.api.get('/api/projects?limit=1000');
  const list = h('ul', { class: 'cards' }, items.map((/** @type {Project} */ project) => card(app, project)));
  const place = h('div', {});
  /** @type {import('../core/dom.js').Widget | null} */
  let form = null;
  const make = button({
    label: t('staff.projects.new'),
    icon: 'plus',
    tone: 'primary',
    run: async () => {
      if (form) return;
      form = await createProjectForm({ app });
      replace(place, form.element);
      /** @type {HTMLElement} */ (form.element.querySelector('input')).focus();
    },
  });
  const element = h(
    'div',
    { class: 'page-wide stack' },
    h('div', { class: 'head-row' }, h('h1', {}, t('staff.projects.title')), make),
    place,
    items.length === 0 ? h('p', { class: 'lead' }, t('staff.projects.none')) : list,
  );
  return {
    element,
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
        h('strong', { dir: 'auto' }, project.title),
        h('span', { class: 'soft' }, t('staff.projects.sessions', { count: project.sessions })),
      ),
      icon('next'),
    ),
  );
}

/** @param {{app: import('./main.js').App}} deps */
async function createProjectForm({ app }) {
  const { t } = app.i18n;
  const basemaps = (await app.api.get('/api/basemaps')).items;
  const title = field({ label: t('staff.projects.name'), hint: t('staff.projects.name_hint'), input: textInput({ required: true, maxlength: 120 }) });
  const first = basemaps[0]?.name ?? '';
  const base = field({
    label: t('staff.base_map'),
    input: selectInput([...basemaps.map((/** @type {any} */ one) => [one.name, one.title]), ['', t('staff.base_map_blank')]], first),
  });
  const picker = createAreaPicker({ app, bbox: basemaps[0]?.bbox ?? [-10, 35, 30, 60], basemap: first || null });
  base.input.addEventListener('change', () => {
    const chosen = basemaps.find((/** @type {any} */ one) => one.name === base.input.value);
    picker.setBasemap(base.input.value || null, chosen?.bbox ?? null);
  });
  const form = h(
    'form',
    { class: 'card stack' },
    h('h2', {}, t('staff.projects.new')),
    title.element,
    base.element,
    h('p', { class: 'field-label' }, t('staff.area')),
    h('p', { class: 'field-hint' }, t('staff.area_hint')),
    picker.element,
    button({ label: t('staff.projects.create'), icon: 'check', tone: 'primary', type: 'submit' }),
  );
  onSubmit(form, async () => {
    try {
      const project = await app.api.post('/api/projects', {
        title: title.input.value.trim(),
        bbox: picker.bbox(),
        base_map: base.input.value || null,
      });
      app.go(`project/${project.id}`);
    } catch (problem) {
      app.fail(problem);
    }
  });
  return {
    element: form,
    destroy() {
      picker.destroy();
      form.remove();
    },
  };
}
