// SPDX-License-Identifier: AGPL-3.0-or-later
// One mark: its answers in words, and what the facilitator may do with it.
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
      answersList(live, mark),
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

/** @param {import('./live.js').Live} live @param {import('./model.js').Mark} mark */
function answersList(live, mark) {
  const { label } = live.app.i18n;
  const rows = live.exercise.fields
    .filter((field) => field.id !== live.exercise.category && mark.properties.answers[field.id] !== undefined)
    .map((field) => h('div', {}, h('dt', {}, label(field.label)), h('dd', { dir: 'auto' }, inWords(live, field, mark.properties.answers[field.id]))));
  return h('dl', { class: 'answers' }, rows);
}

/** @param {import('./live.js').Live} live @param {import('../../core/exercise.js').Field} field @param {any} answer */
function inWords(live, field, answer) {
  const { label, number, t } = live.app.i18n;
  if (answer === 'na') return t('staff.common.not_applicable');
  if (typeof answer === 'number') return field.max ? `${number(answer)} / ${number(field.max)}` : number(answer);
  const words = (/** @type {string} */ id) => label(field.options?.find((one) => one.id === id)?.label) || id;
  return Array.isArray(answer) ? answer.map(words).join(', ') : words(String(answer));
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
