// SPDX-License-Identifier: AGPL-3.0-or-later
// The help contacts of a session: rows that can be added and taken away.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { button, field, textInput } from './form.js';

/** @typedef {import('./types.js').Contact} Contact */

/** @param {{app: import('./main.js').App, contacts: Contact[]}} deps */
export function createContactsEditor({ app, contacts }) {
  const { t } = app.i18n;
  /** @type {Set<() => Contact>} */
  const rows = new Set();
  const list = h('ul', { class: 'stack' });
  const more = button({
    label: t('staff.contacts.add'),
    icon: 'plus',
    small: true,
    run: () => add({ name: '', phone: '', note: '' }).focus(),
  });
  const element = h('div', { class: 'stack' }, list, more);

  /** @param {Contact} contact */
  function add(contact) {
    const name = field({
      label: t('staff.contacts.name'),
      input: textInput({ value: contact.name, maxlength: 80 }),
    });
    const phone = field({
      label: t('staff.contacts.phone'),
      input: textInput({ value: contact.phone, maxlength: 40, type: 'tel', dir: 'ltr' }),
    });
    const note = field({
      label: t('staff.contacts.note'),
      input: textInput({ value: contact.note, maxlength: 120 }),
    });
    const ask = () => (name.input.required = Boolean(phone.input.value.trim() || note.input.value.trim()));
    for (const one of [phone, note]) one.input.addEventListener('input', ask);
    const read = () => ({
      name: name.input.value.trim(),
      phone: phone.input.value.trim(),
      note: note.input.value.trim(),
    });
    const row = h(
      'li',
      { class: 'contact-row' },
      name.element,
      phone.element,
      note.element,
      h(
        'button',
        {
          class: 'button-round',
          type: 'button',
          'aria-label': t('staff.contacts.remove'),
          onclick: () => {
            rows.delete(read);
            row.remove();
            list.dispatchEvent(new Event('change', { bubbles: true }));
            more.focus();
          },
        },
        icon('trash'),
      ),
    );
    rows.add(read);
    list.append(row);
    return name.input;
  }
  contacts.forEach(add);
  return {
    element,
    /** Those with a name. @returns {Contact[]} */
    value: () => [...rows].map((read) => read()).filter((contact) => contact.name !== ''),
    destroy: () => element.remove(),
  };
}
