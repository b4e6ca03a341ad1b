// SPDX-License-Identifier: AGPL-3.0-or-later
// One mark: its answers in words, and what the facilitator may do with it.
import { createAnswers } from '../../core/answers_view.js';
import { confirmDialog, openDialog } from '../../core/dialog.js';
import { categoryOption } from '../../core/exercise.js';
import { h } from '../../core/dom.js';

/** @param {{live: import('./live.js').Live, mark: import('./model.js').Mark}} deps */
export async function openMark({ live, mark }) {
  const { t, label } = live.app.i18n;
  const { category, state, participant } = mark.properties;
  const option = categoryOption(live.exercise, category);
  const action = await openDialog({
    title: label(option?.label) || category,
    icon: option?.icon,
    closeLabel: t('common.close'),
    body: [
      h('p', { class: 'soft' }, h('bdi', {}, participant ?? t('staff.live.for_room')), ' · ', t(`staff.state.${state}`)),
      createAnswers(live.app.i18n, live.exercise, mark.properties.answers),
    ],
    actions: [
      state === 'approved'
        ? { label: t('staff.mark.hide'), value: 'hidden', icon: 'eye-off' }
        : { label: t('staff.mark.approve'), value: 'approved', icon: 'check', tone: 'primary' },
      ...(state === 'pending' ? [/** @type {const} */ ({ label: t('staff.mark.hide'), value: 'hidden', icon: 'eye-off' })] : []),
      { label: t('staff.common.delete'), value: 'delete', icon: 'trash', tone: 'danger' },
    ],
  });
  if (action === 'delete') await remove(live, mark);
  else if (action) await setState(live, mark, action);
}

/** @param {import('./live.js').Live} live @param {import('./model.js').Mark} mark @param {string} state */
async function setState(live, mark, state) {
  try {
    const changed = await live.app.api.put(`/api/sessions/${live.session.id}/contributions/${mark.id}/state`, { state });
    live.marks.take({ type: 'put', mark: changed });
  } catch (problem) {
    live.app.fail(problem);
  }
}

/** @param {import('./live.js').Live} live @param {import('./model.js').Mark} mark */
async function remove(live, mark) {
  const { t } = live.app.i18n;
  const sure = await confirmDialog({ title: t('staff.mark.delete_title'), text: t('staff.mark.delete_text'), yes: t('staff.common.delete'), no: t('common.cancel'), danger: true });
  if (!sure) return;
  try {
    await live.app.api.del(`/api/sessions/${live.session.id}/contributions/${mark.id}`);
    live.marks.take({ type: 'remove', id: mark.id });
  } catch (problem) {
    live.app.fail(problem);
  }
}
