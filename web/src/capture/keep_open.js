// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the page cannot start without its server (plain HTTP), or keeps nothing when it closes (private
// windows): one calm banner says so, and leaving is asked about while something waits.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';

/**
 * @param {{i18n: import("../core/i18n.js").I18n, onDismiss: () => Promise<void>}} deps
 * @returns {HTMLElement}
 */
export function createKeepOpenBanner({ i18n: { t }, onDismiss }) {
  const banner = h(
    'aside',
    { class: 'keep-open', 'aria-label': t('keep_open.label') },
    icon('info'),
    h('span', { class: 'keep-open-text' }, t('keep_open.text')),
    h(
      'button',
      {
        class: 'button-round',
        type: 'button',
        'aria-label': t('common.close'),
        onclick: () => onDismiss().finally(() => banner.remove()), // once it is kept: it is said once
      },
      icon('close'),
    ),
  );
  return banner;
}

/** The browser asks before the page is left, only while it is on guard. */
export function createLeaveGuard() {
  let on = false;
  /** @param {BeforeUnloadEvent} event */
  const ask = (event) => {
    event.preventDefault();
    event.returnValue = ''; // older browsers look at this alone
  };
  return {
    /** @param {boolean} next */
    set(next) {
      if (next === on) return;
      on = next;
      if (on) window.addEventListener('beforeunload', ask);
      else window.removeEventListener('beforeunload', ask);
    },
  };
}
