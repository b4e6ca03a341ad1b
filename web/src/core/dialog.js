// SPDX-License-Identifier: AGPL-3.0-or-later
// Modal dialogs on <dialog>: focus stays inside, Escape closes, focus goes back where it was.
import { h } from './dom.js';
import { icon } from './icon.js';

let count = 0;

/**
 * @typedef {object} Action
 * @property {string} label
 * @property {string} [value] what the promise resolves to; absent: null
 * @property {"primary" | "danger" | "plain"} [tone]
 * @property {string} [icon]
 */

/**
 * Opens a dialog and waits for an answer.
 * @param {object} options
 * @param {string} options.title
 * @param {(Node | string)[]} [options.body]
 * @param {Action[]} [options.actions] first the one that goes on
 * @param {string} options.closeLabel label of the closing cross
 * @param {string} [options.icon]
 * @param {Node} [options.sign] instead of an icon
 * @param {string} [options.class]
 * @param {AbortSignal} [options.signal] closes it
 * @returns {Promise<string | null>} the action's value, null when closed
 */
export function openDialog({
  title,
  body = [],
  actions = [],
  closeLabel,
  icon: name,
  sign,
  class: extra = '',
  signal,
}) {
  return new Promise((done) => {
    const id = `dialog-${++count}`;
    /** @type {string | null} */
    let answer = null;
    const close = (/** @type {string | null} */ value) => {
      answer = value;
      dialog.close();
    };
    const content = h(
      'div',
      { class: 'dialog-body' },
      ...body.map((b) => (typeof b === 'string' ? h('p', {}, b) : b)),
    );
    const dialog = h(
      'dialog',
      { class: `dialog ${extra}`, 'aria-labelledby': id },
      h(
        'div',
        { class: 'dialog-head' },
        sign ?? (name && icon(name, { class: 'dialog-icon' })),
        h('h2', { id, class: 'dialog-title', tabindex: '-1' }, title),
        h(
          'button',
          { class: 'button-round', type: 'button', 'aria-label': closeLabel, onclick: () => close(null) },
          icon('close'),
        ),
      ),
      content,
      actions.length > 0 &&
        h(
          'div',
          { class: 'dialog-actions' },
          actions.map((action) =>
            h(
              'button',
              {
                class: `button button-${action.tone ?? 'plain'}`,
                type: 'button',
                onclick: () => close(action.value ?? null),
              },
              action.icon && icon(action.icon),
              h('span', {}, action.label),
            ),
          ),
        ),
    );
    dialog.addEventListener(
      'close',
      () => {
        dialog.remove();
        done(answer);
      },
      { once: true },
    );
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) close(null);
    });
    signal?.addEventListener('abort', () => dialog.open && close(null));
    document.body.append(dialog);
    dialog.showModal();
    // words alone that are longer than the window: the keyboard can scroll them
    if (
      content.scrollHeight > content.clientHeight &&
      !content.querySelector('a, button, input, select, textarea')
    )
      content.tabIndex = 0;
    /** @type {HTMLElement} */ (dialog.querySelector('.dialog-title')).focus({ preventScroll: true });
  });
}

/**
 * A question answered by yes or no.
 * @param {{title: string, text?: string, yes: string, no: string, danger?: boolean, icon?: string}} options
 */
export async function confirmDialog({ title, text, yes, no, danger = false, icon: name }) {
  const answer = await openDialog({
    title,
    body: text ? [text] : [],
    closeLabel: no,
    icon: name,
    actions: [{ label: yes, value: 'yes', tone: danger ? 'danger' : 'primary' }, { label: no }],
  });
  return answer === 'yes';
}
