// SPDX-License-Identifier: AGPL-3.0-or-later
// Short messages: shown for a while, and read out by screen readers (the place is a live region).
import { h, replace } from './dom.js';
import { icon } from './icon.js';

/**
 * @typedef {object} Message
 * @property {string} text
 * @property {"good" | "plain" | "bad"} [tone]
 * @property {string} [icon]
 * @property {{label: string, run: () => void}} [action] such as Undo
 * @property {number} [timeoutMs] 0: until the next message
 */

/** One at a time; the element belongs at the end of the page. */
export function createToaster() {
  const place = h('div', { class: 'toasts', role: 'status' });
  const voice = h('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  const element = h('div', {}, place, voice);
  let timer = 0;

  function clear() {
    clearTimeout(timer);
    replace(place);
    voice.textContent = '';
  }
  /** Read out only. @param {string} text */
  function announce(text) {
    voice.textContent = '';
    setTimeout(() => {
      voice.textContent = text;
    }, 50);
  }
  /** @param {Message} message @returns {() => void} takes it away */
  function show({ text, tone = 'plain', icon: name, action, timeoutMs = action || tone === 'bad' ? 8000 : 5000 }) {
    clear();
    const toast = h(
      'div',
      { class: `toast toast-${tone}` },
      name && icon(name),
      h('span', { class: 'toast-text' }, text),
      action &&
        h(
          'button',
          {
            class: 'toast-action',
            type: 'button',
            onclick: () => {
              clear();
              action.run();
            },
          },
          action.label,
        ),
    );
    place.append(toast);
    if (timeoutMs > 0) timer = window.setTimeout(clear, timeoutMs);
    return () => {
      if (toast.isConnected) clear();
    };
  }
  return { element, show, announce, clear, destroy: clear };
}
/** @typedef {ReturnType<typeof createToaster>} Toaster */
