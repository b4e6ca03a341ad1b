// SPDX-License-Identifier: AGPL-3.0-or-later
// A reference layer among those of a project: its name, colour and credit, and taking it away.
import { confirmDialog, openDialog } from '../core/dialog.js';
import { h } from '../core/dom.js';
import { button, field, textInput } from './form.js';

/** @typedef {import('../map/overlay_layer.js').Overlay & {features: number}} OverlayRow */

/** @param {import('./main.js').App} app @param {number} project @param {OverlayRow} overlay */
export function createOverlayRow(app, project, overlay) {
  const { t } = app.i18n;
  const about = overlay.title;
  return h(
    'li',
    { class: 'card card-row' },
    h('span', { class: 'swatch', vars: { colour: overlay.colour }, 'aria-hidden': 'true' }),
    h(
      'span',
      { class: 'card-words' },
      h('strong', {}, h('bdi', {}, overlay.title)),
      h('span', { class: 'soft' }, t('staff.overlay.features', { count: overlay.features })),
    ),
    app.leads() && [
      button({
        label: t('staff.common.edit'),
        about,
        icon: 'edit',
        small: true,
        run: () => edit(app, project, overlay),
      }),
      button({
        label: t('staff.common.delete'),
        about,
        icon: 'trash',
        small: true,
        run: () => remove(app, project, overlay),
      }),
    ],
  );
}

/** @param {import('./main.js').App} app @param {number} project @param {OverlayRow} overlay */
async function edit(app, project, overlay) {
  const { t } = app.i18n;
  const title = field({
    label: t('staff.overlay.title'),
    input: textInput({ value: overlay.title, maxlength: 120, required: true }),
  });
  const colour = field({
    label: t('staff.overlay.colour'),
    input: h('input', { type: 'color', class: 'input input-colour', value: overlay.colour }),
  });
  const credit = field({
    label: t('staff.overlay.attribution'),
    hint: t('staff.overlay.attribution_hint'),
    input: textInput({ value: overlay.attribution, maxlength: 200 }),
  });
  const answer = await openDialog({
    title: overlay.title,
    body: [title.element, colour.element, credit.element],
    closeLabel: t('common.cancel'),
    actions: [
      { label: t('staff.common.save'), value: 'save', tone: 'primary' },
      { label: t('common.cancel') },
    ],
  });
  if (answer !== 'save') return;
  const body = {
    title: title.input.value.trim() || overlay.title,
    colour: colour.input.value,
    attribution: credit.input.value.trim(),
  };
  await app.api.put(`/api/overlays/${overlay.id}`, body).then(() => app.go(`project/${project}`), app.fail);
}

/** @param {import('./main.js').App} app @param {number} project @param {OverlayRow} overlay */
async function remove(app, project, overlay) {
  const { t } = app.i18n;
  const sure = await confirmDialog({
    title: t('staff.overlay.remove_title', { title: overlay.title }),
    text: t('staff.overlay.remove_text'),
    yes: t('staff.common.delete'),
    no: t('common.cancel'),
    danger: true,
  });
  if (sure)
    await app.api.del(`/api/overlays/${overlay.id}`).then(() => app.go(`project/${project}`), app.fail);
}
