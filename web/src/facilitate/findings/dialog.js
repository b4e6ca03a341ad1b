// SPDX-License-Identifier: AGPL-3.0-or-later
// One finding: its words, and what can be done with it.
import { openDialog } from '../../core/dialog.js';
import { createSymbol } from '../../map/symbol.js';
import { urgencySign } from './model.js';
import { findingWords } from './view.js';

/** @typedef {"find" | "read" | "edit" | "withdraw" | "delete"} Verb */
/** @typedef {import('../../core/dialog.js').Action} Action */

/**
 * @param {{app: import('../main.js').App, finding: import('./model.js').Finding}} deps
 * @returns {Promise<Verb | null>} what is wanted of it
 */
export async function openFinding({ app, finding }) {
  const { t } = app.i18n;
  const { state, urgency } = finding;
  /** @type {Record<Verb, Action>} */
  const all = {
    read: {
      label: t(state === 'agreed' ? 'staff.finding.read_again' : 'staff.finding.read'),
      value: 'read',
      icon: 'screen',
      tone: state === 'agreed' ? 'plain' : 'primary',
    },
    find: { label: t('staff.mark.find'), value: 'find', icon: 'map' },
    edit: { label: t('staff.common.edit'), value: 'edit', icon: 'edit' },
    withdraw: { label: t('staff.finding.withdraw'), value: 'withdraw', icon: 'undo' },
    delete: { label: t('staff.common.delete'), value: 'delete', icon: 'trash' },
  };
  /** @type {Verb[]} */
  const verbs = !app.leads()
    ? ['find']
    : state === 'agreed'
      ? ['find', 'read', 'edit', 'withdraw', 'delete']
      : ['read', 'find', 'edit', 'delete'];
  const answer = await openDialog({
    title: t('staff.finding.title'),
    sign: createSymbol(urgencySign(urgency), { size: 40 }),
    closeLabel: t('common.close'),
    body: findingWords(app, finding),
    actions: verbs.map((verb) => all[verb]),
  });
  return /** @type {Verb | null} */ (answer);
}
