// SPDX-License-Identifier: AGPL-3.0-or-later
// Making a project, or changing one: a title, base maps, an area on them, the groups people may say they
// belong to.
import { h } from '../core/dom.js';
import { firstZoom } from '../map/basemap.js';
import { createAreaPicker } from './area_picker.js';
import { createBaseMapsEditor } from './base_maps_editor.js';
import { createGroupsEditor } from './groups_editor.js';
import { button, field, onSubmit, textInput, watchTyping } from './form.js';
import { failAt } from './problem.js';

/** @typedef {import('./types.js').Project} Project */
/** @typedef {import('../map/basemap.js').BasemapInfo} BasemapInfo */
/** @typedef {import('../core/dom.js').Widget & {typed: () => boolean}} ProjectForm */

const europe = /** @type {import('./types.js').Bbox} */ ([-10, 35, 30, 60]);

/** `#/project/3/edit`. @param {import('./screens.js').ScreenDeps} deps */
export async function createProjectEdit({ app, ids: [id] }) {
  const leave = () => app.go(`project/${id}`);
  const project = await app.api.get(`/api/projects/${id}`);
  const form = await createProjectForm({ app, project, onDone: leave, onCancel: leave });
  const element = h(
    'div',
    { class: 'page-narrow stack' },
    h('h1', {}, h('bdi', {}, project.title)),
    form.element,
  );
  return { element, unsaved: form.typed, destroy: form.destroy };
}

/**
 * @param {object} deps
 * @param {import('./main.js').App} deps.app
 * @param {Project | null} deps.project null: a new one
 * @param {(project: Project) => void} deps.onDone
 * @param {() => void} deps.onCancel
 * @returns {Promise<ProjectForm>}
 */
export async function createProjectForm({ app, project, onDone, onCancel }) {
  const { t } = app.i18n;
  /** @type {BasemapInfo[]} */
  const basemaps = (await app.api.get('/api/basemaps')).items;
  const find = (/** @type {string | undefined} */ name) => basemaps.find((one) => one.name === name) ?? null;
  const zoomOf = (/** @type {BasemapInfo | null} */ info) => (info ? firstZoom(info) : undefined);
  const names = project ? project.base_maps : basemaps.slice(0, 1).map((one) => one.name);
  const first = find(names[0]);
  const title = field({
    label: t('staff.projects.name'),
    hint: t('staff.projects.name_hint'),
    input: textInput({ required: true, maxlength: 120, value: project?.title ?? '' }),
  });
  const picker = createAreaPicker({
    app,
    bbox: project?.bbox ?? first?.bbox ?? europe,
    basemap: names,
    minZoom: zoomOf(first),
  });
  const below = createBaseMapsEditor({
    app,
    infos: basemaps,
    names,
    // the area of a project that there is already stays where it is
    onFirst: (info) => picker.setBasemap(info?.name ?? null, project ? null : (info?.bbox ?? null), zoomOf(info)),
  });
  const groups = createGroupsEditor({ app, groups: project?.groups ?? [] });
  const form = h(
    'form',
    { class: 'card stack' },
    !project && h('h2', {}, t('staff.projects.new')),
    title.element,
    below.element,
    h(
      'div',
      { class: 'field' },
      h('p', { class: 'field-label' }, t('staff.area')),
      h('p', { class: 'field-hint' }, t('staff.area_hint')),
      picker.element,
    ),
    groups.element,
    h(
      'div',
      { class: 'form-foot' },
      button({
        label: t(project ? 'staff.common.save' : 'staff.projects.create'),
        icon: 'check',
        tone: 'primary',
        type: 'submit',
      }),
      button({ label: t('common.cancel'), tone: 'quiet', run: onCancel }),
    ),
  );
  const typing = watchTyping(form);
  onSubmit(form, async () => {
    const body = {
      title: title.input.value.trim(),
      bbox: picker.bbox(),
      base_maps: below.value(),
      groups: groups.value(),
    };
    try {
      const done = project
        ? await app.api.put(`/api/projects/${project.id}`, body)
        : await app.api.post('/api/projects', body);
      typing.saved();
      onDone(done);
    } catch (problem) {
      failAt(app, problem, { title });
    }
  });
  return {
    element: form,
    typed: typing.typed,
    destroy() {
      picker.destroy();
      below.destroy();
      form.remove();
    },
  };
}
