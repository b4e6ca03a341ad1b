// SPDX-License-Identifier: AGPL-3.0-or-later
// What a facilitator does to a mark: approving, hiding (with a way back), deleting.
import { confirmDialog } from '../../core/dialog.js';

/** @typedef {import('./live.js').Live} Live */
/** @typedef {import('./model.js').Mark} Mark */
/** @typedef {Mark['properties']['state']} State */

/** @param {Live} live @param {Mark} mark */
const pathOf = ({ session }, mark) => `/api/sessions/${session.id}/contributions/${mark.id}`;

/** @param {Live} live @param {Mark} mark @param {State} state */
export async function setState(live, mark, state) {
  const { app, marks } = live;
  const { t } = app.i18n;
  const before = mark.properties.state;
  try {
    const changed = await app.api.put(`${pathOf(live, mark)}/state`, { state });
    marks.takeOwn({ type: 'put', mark: changed });
    if (state === 'hidden')
      app.toaster.show({
        text: t('staff.mark.is_hidden'),
        icon: 'eye-off',
        action: { label: t('staff.mark.undo'), run: () => setState(live, changed, before) },
      });
  } catch (problem) {
    app.fail(problem);
  }
}

/** @param {Live} live @param {Mark} mark */
export async function deleteMark(live, mark) {
  const { app, marks } = live;
  const { t } = app.i18n;
  const sure = await confirmDialog({
    title: t('staff.mark.delete_title'),
    text: t('staff.mark.delete_text'),
    yes: t('staff.common.delete'),
    no: t('common.cancel'),
    danger: true,
  });
  if (!sure) return;
  try {
    await app.api.del(pathOf(live, mark));
    marks.takeOwn({ type: 'remove', id: mark.id });
  } catch (problem) {
    app.fail(problem);
  }
}
