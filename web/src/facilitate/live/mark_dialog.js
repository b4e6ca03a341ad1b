// SPDX-License-Identifier: AGPL-3.0-or-later
// One mark: its answers in words, and what can be done with it.
import { createAnswers } from '../../core/answers_view.js';
import { openDialog } from '../../core/dialog.js';
import { h } from '../../core/dom.js';
import { categoryOption } from '../../core/exercise.js';
import { icon } from '../../core/icon.js';
import { createSymbol } from '../../map/symbol.js';
import { deleteMark, setState } from './actions.js';
import { stateBadges } from './model.js';

/** @typedef {import('../../core/dialog.js').Action} Action */
/** @typedef {import('./actions.js').State} State */

/** @param {{live: import('./live.js').Live, mark: import('./model.js').Mark}} deps */
export async function openMark({ live, mark }) {
  const { i18n, leads } = live.app;
  const { t, label } = i18n;
  const { category, answers, created } = mark.properties;
  const option = categoryOption(live.exercise, category);
  const answered = Object.keys(answers).length; // the category is one of them
  const action = await openDialog({
    title: label(option?.label) || category,
    sign: createSymbol(option ?? {}, { size: 40 }),
    closeLabel: t('common.close'),
    body: [
      whoAndWhen(live, mark, created),
      answered > 1
        ? createAnswers(i18n, live.exercise, answers)
        : h('p', { class: 'soft' }, t('staff.mark.no_answers')),
    ],
    actions: [
      { label: t('staff.mark.find'), value: 'find', icon: 'map' },
      ...(leads() ? actionsFor(live, mark) : []),
    ],
  });
  if (action === 'find') live.find(mark);
  else if (action === 'delete') await deleteMark(live, mark);
  else if (action) await setState(live, mark, /** @type {State} */ (action));
}

/** @param {import('./live.js').Live} live @param {import('./model.js').Mark} mark @param {string | undefined} created */
function whoAndWhen({ app: { i18n } }, { properties: { state, participant } }, created) {
  const { t, date } = i18n;
  return h(
    'p',
    { class: 'badges' },
    h('span', { class: 'badge' }, icon('person'), h('bdi', {}, participant ?? t('staff.live.for_room'))),
    created &&
      h(
        'span',
        { class: 'badge' },
        icon('clock'),
        h('bdi', {}, date(created, { dateStyle: 'medium', timeStyle: 'short' })),
      ),
    h(
      'span',
      { class: `badge ${state === 'pending' ? 'badge-warn' : ''}` },
      icon(stateBadges[state] ?? 'check'),
      t(`staff.state.${state}`),
    ),
  );
}

/** @param {import('./live.js').Live} live @param {import('./model.js').Mark} mark @returns {Action[]} */
function actionsFor({ app: { i18n } }, { properties: { state } }) {
  const { t } = i18n;
  /** @type {Action} */
  const approve = { label: t('staff.mark.approve'), value: 'approved', icon: 'check', tone: 'primary' };
  /** @type {Action} */
  const show = { label: t('staff.mark.show'), value: 'approved', icon: 'eye' };
  /** @type {Action} */
  const hide = { label: t('staff.mark.hide'), value: 'hidden', icon: 'eye-off' };
  /** @type {Action} */
  const erase = { label: t('staff.common.delete'), value: 'delete', icon: 'trash' };
  return { pending: [approve, hide, erase], approved: [hide, erase], hidden: [show, erase] }[state];
}
