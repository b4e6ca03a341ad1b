// SPDX-License-Identifier: AGPL-3.0-or-later
// What a facilitator does with a finding: saving, reading back, withdrawing, deleting. Each gives the
// finding as it stands afterwards.
import { confirmDialog } from '../../core/dialog.js';

/** @typedef {import('./model.js').Finding} Finding */

/** @param {import('../main.js').App} app @param {Finding} finding @param {import('./model.js').FindingBody} body @returns {Promise<Finding>} */
export const changeFinding = ({ api }, finding, body) =>
  api.put(`/api/findings/${finding.id}`, body, asRead(finding));

/** @param {import('../main.js').App} app @param {Finding} finding @param {import('./model.js').State} state @returns {Promise<Finding>} */
export const setFindingState = ({ api }, finding, state) =>
  api.put(`/api/findings/${finding.id}/state`, { state }, asRead(finding));

/** Nothing is changed or agreed to that somebody else has changed meanwhile. @param {Finding} finding */
const asRead = ({ version }) => ({ headers: { 'If-Match': `"${version}"` } });

/** @param {import('../main.js').App} app @returns {Promise<boolean>} whether it is meant */
export function sureToWithdraw({ i18n: { t } }) {
  return confirmDialog({
    title: t('staff.finding.withdraw_title'),
    text: t('staff.finding.withdraw_text'),
    yes: t('staff.finding.withdraw'),
    no: t('common.cancel'),
  });
}

/** @param {import('../main.js').App} app @param {Finding} finding @returns {Promise<boolean>} whether it is meant */
export function sureToDelete({ i18n: { t } }, finding) {
  return confirmDialog({
    title: t('staff.finding.delete_title'),
    text: t(finding.state === 'draft' ? 'staff.finding.delete_draft' : 'staff.finding.delete_text'),
    yes: t('staff.common.delete'),
    no: t('common.cancel'),
    danger: true,
  });
}
