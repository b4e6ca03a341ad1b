// SPDX-License-Identifier: AGPL-3.0-or-later
// What stands above a map: what it shows, and with two, what to set beside it.
import { h } from '../core/dom.js';
import { sliceSign } from './parts.js';
import { titleOf } from './words.js';

/**
 * @param {object} deps
 * @param {import('./page.js').App} deps.app
 * @param {import('./catalog.js').Edition} deps.edition
 * @param {import('./scene.js').Pane} deps.pane
 * @param {number} deps.index 1: the map beside
 * @param {boolean} deps.small
 */
export function paneHeading({ app, edition, pane, index, small }) {
  const { label, t } = app.i18n;
  const { slice } = pane;
  const exercise = edition.exercises.find(({ key }) => key === slice.exercise);
  const about = exercise && edition.exercises.length > 1 ? label(exercise.title) : '';
  const title = (/** @type {import('./catalog.js').Slice} */ one) => titleOf(app.i18n, one);
  if (pane.other && small)
    return [
      sliceSign(slice, 26),
      h(
        'h2',
        { class: 'pane-title' },
        t('plan.compare.versus', { one: title(slice), other: title(pane.other) }),
      ),
    ];
  if (pane.other)
    return [
      sliceSign(slice, 26),
      h('h2', { class: 'pane-title' }, title(slice)),
      beside(app, edition, t('plan.compare.against')),
    ];
  if (index === 1 && !small)
    return [
      sliceSign(slice, 26),
      h('h2', { class: 'visually-hidden' }, title(slice)),
      beside(app, edition, t('plan.compare.with')),
    ];
  return [
    sliceSign(slice, 26),
    h('h2', { class: 'pane-title' }, title(slice)),
    about && h('p', { class: 'pane-about' }, about),
  ];
}

/** @param {import('./page.js').App} app @param {import('./catalog.js').Edition} edition @param {string} text */
function beside(app, edition, text) {
  const { label } = app.i18n;
  const { slice, other } = app.state();
  const select = h(
    'select',
    { class: 'select select-small', onchange: () => app.set({ other: select.value, pick: null }) },
    edition.exercises.map((exercise) =>
      h(
        'optgroup',
        { label: label(exercise.title) },
        edition.slices
          .filter((one) => one.exercise === exercise.key && one.id !== slice)
          .map((one) => h('option', { value: one.id, selected: one.id === other }, titleOf(app.i18n, one))),
      ),
    ),
  );
  return h('label', { class: 'pane-beside' }, h('span', {}, text), select);
}
