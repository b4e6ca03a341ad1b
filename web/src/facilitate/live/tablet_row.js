// SPDX-License-Identifier: AGPL-3.0-or-later
// The line above those who joined on one tablet, and shutting that tablet out.
import { confirmDialog } from '../../core/dialog.js';
import { h } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { button } from '../form.js';

/** @typedef {import('../types.js').Tablet} Tablet */

/**
 * @param {object} deps
 * @param {import('./live.js').Live} deps.live
 * @param {Tablet} deps.tablet
 * @param {(tablet: Tablet) => void} deps.onChange
 */
export function createTabletRow({ live: { app, session }, tablet, onChange }) {
  const { t } = app.i18n;
  const { number } = tablet;
  const revoked = tablet.state === 'revoked';
  const name = t('staff.tablets.name', { number });

  /** @param {Tablet["state"]} state */
  async function set(state) {
    try {
      onChange(await app.api.put(`/api/sessions/${session.id}/tablets/${tablet.tablet}`, { state }));
    } catch (problem) {
      app.fail(problem);
    }
  }
  async function shutOut() {
    const sure = await confirmDialog({
      title: t('staff.tablets.shut_out_title', { number }),
      text: t('staff.tablets.shut_out_text'),
      yes: t('staff.tablets.shut_out'),
      no: t('common.cancel'),
      danger: true,
      icon: 'lock',
    });
    if (sure) await set('revoked');
  }
  return h(
    'li',
    { class: `tablet-row ${revoked ? 'tablet-row-out' : ''}` },
    icon(revoked ? 'lock' : 'mobile'),
    h('strong', { class: 'tablet-name' }, name, revoked && h('span', { class: 'badge badge-bad' }, t('staff.tablets.out'))),
    button(
      revoked
        ? { label: t('staff.tablets.let_in'), about: name, icon: 'undo', small: true, run: () => set('in_use') }
        : { label: t('staff.tablets.shut_out'), about: name, icon: 'lock', tone: 'quiet', small: true, run: shutOut },
    ),
  );
}
