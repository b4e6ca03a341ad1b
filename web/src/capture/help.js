// SPDX-License-Identifier: AGPL-3.0-or-later
// Who can help: the contacts the facilitator entered, one tap away everywhere.
import { h } from '../core/dom.js';
import { openDialog } from '../core/dialog.js';
import { icon } from '../core/icon.js';

/**
 * @param {import("../core/i18n.js").I18n} i18n
 * @param {import("./page.js").Contact[]} contacts
 */
export function createContacts(i18n, contacts) {
  const { t } = i18n;
  if (contacts.length === 0) return h('p', {}, t('help.none'));
  return h(
    'ul',
    { class: 'contacts' },
    contacts.map(({ name, phone, note }) =>
      h(
        'li',
        { class: 'contact' },
        h(
          'div',
          { class: 'contact-words' },
          h('strong', {}, h('bdi', {}, name)),
          note && h('span', { class: 'soft' }, h('bdi', {}, note)),
        ),
        phone &&
          h(
            'a',
            { class: 'button button-primary contact-phone', href: `tel:${phone.replace(/[^+0-9]/g, '')}` },
            icon('phone'),
            h('bdi', { dir: 'ltr' }, phone),
          ),
      ),
    ),
  );
}

/**
 * @param {{i18n: import("../core/i18n.js").I18n, contacts: import("./page.js").Contact[]}} deps
 */
export function openHelp({ i18n, contacts }) {
  const { t } = i18n;
  return openDialog({
    title: t('help.title'),
    icon: 'lifebuoy',
    closeLabel: t('common.close'),
    class: 'dialog-help',
    body: [t('help.text'), createContacts(i18n, contacts)],
  });
}
