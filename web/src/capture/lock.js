// SPDX-License-Identifier: AGPL-3.0-or-later
// One tap hides what is on the screen; one tap brings it back.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';

/** @param {import("../core/i18n.js").I18n} i18n */
export function lockScreen({ t }) {
  const open = h(
    'button',
    { class: 'button button-primary lock-open', type: 'button' },
    icon('eye'),
    h('span', {}, t('lock.open')),
  );
  const cover = h(
    'dialog',
    { class: 'lock', 'aria-label': t('lock.title') },
    h('div', { class: 'emblem' }, icon('lock')),
    h('p', { class: 'lock-title' }, t('lock.title')),
    h('p', { class: 'soft' }, t('lock.text')),
    open,
  );
  open.addEventListener('click', () => cover.close());
  cover.addEventListener('cancel', (event) => event.preventDefault());
  cover.addEventListener('close', () => cover.remove());
  document.body.append(cover);
  cover.showModal();
}
