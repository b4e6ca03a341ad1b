// SPDX-License-Identifier: AGPL-3.0-or-later
// Findings, or shared places, as a list beside the map.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { createSymbol } from '../map/symbol.js';
import { actorBadge, urgencyBadge } from './card.js';
import { nextName, radios } from './parts.js';
import { actedOnBy, actorOf, actors, countActors, nameOf, signOf, urgencyOf } from './places.js';

/** @typedef {import('../map/markers.js').Mark} Mark */

/**
 * @param {object} deps
 * @param {import('./page.js').App} deps.app
 * @param {Mark[]} deps.marks
 * @param {(mark: Mark) => void} deps.onShow
 */
export function createFindingsPanel({ app, marks, onShow }) {
  const { t } = app.i18n;
  const list = h('ol', { class: 'place-list' });
  const who = countActors(marks);
  const filter = radios({
    legend: t('plan.find.filter'),
    name: nextName(),
    class: 'choices-actors',
    value: '',
    choices: [
      { value: '', label: t('plan.find.everyone'), count: app.i18n.number(marks.length) },
      ...who.map(([id, count]) => ({
        value: id,
        label: t(`plan.find.who.${id}`),
        sign: icon(actors[id].icon),
        count: app.i18n.number(count),
      })),
    ],
    onChange: (id) => app.set({ who: id || null, pick: null }, { replace: true }),
  });
  const none = h('p', { class: 'soft' });
  const element = h(
    'div',
    { class: 'places' },
    h('h2', {}, t('plan.find.title')),
    h('p', { class: 'soft' }, marks.length > 0 ? t('plan.find.lead') : t('plan.find.none')),
    who.length > 1 && filter,
    none,
    list,
  );
  let drawn = '?';
  return {
    element,
    /** @param {import('./state.js').State} state */
    update({ who: only, pick }) {
      if (drawn !== String(only)) {
        drawn = String(only);
        const shown = actedOnBy(marks, only);
        for (const input of element.querySelectorAll('input')) input.checked = input.value === (only ?? '');
        none.hidden = shown.length > 0 || marks.length === 0;
        none.textContent = t('plan.find.none_filter');
        replace(
          list,
          shown.map((mark) =>
            row(app, mark, [urgencyBadge(app, urgencyOf(mark)), actorBadge(app, actorOf(mark))], onShow),
          ),
        );
      }
      markRow(list, pick);
    },
    destroy: () => element.remove(),
  };
}

/** @param {{app: import('./page.js').App, marks: Mark[], onShow: (mark: Mark) => void}} deps */
export function createAssetsPanel({ app, marks, onShow }) {
  const { t, label } = app.i18n;
  const list = h(
    'ol',
    { class: 'place-list' },
    marks.map((mark) =>
      row(app, mark, [h('span', { class: 'badge' }, label(mark.properties?.label))], onShow),
    ),
  );
  const lead = h('p', { class: 'soft' }, marks.length > 0 ? t('plan.asset.lead') : t('plan.asset.none'));
  const element = h('div', { class: 'places' }, h('h2', {}, t('plan.asset.title')), lead, list);
  return {
    element,
    /** @param {import('./state.js').State} state */
    update: ({ pick }) => markRow(list, pick),
    destroy: () => element.remove(),
  };
}

/** @param {import('./page.js').App} app @param {Mark} mark @param {Node[]} badges @param {(mark: Mark) => void} onShow */
function row(app, mark, badges, onShow) {
  return h(
    'li',
    {},
    h(
      'button',
      { class: 'place-row', type: 'button', data: { mark: mark.id }, onclick: () => onShow(mark) },
      createSymbol(signOf(mark), { size: 34 }),
      h(
        'span',
        { class: 'place-words' },
        h(
          'span',
          { class: 'place-name', dir: 'auto', lang: mark.properties?.language ?? null },
          nameOf(mark),
        ),
        h('span', { class: 'badges' }, badges),
      ),
    ),
  );
}

/** @param {HTMLElement} list @param {string | null} pick */
function markRow(list, pick) {
  for (const button of list.querySelectorAll('button'))
    if (button.dataset.mark === pick) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
}
