// SPDX-License-Identifier: AGPL-3.0-or-later
// The receipt: the code with which she can take her marks back, later, with no account.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { bigButton, createPage, emblem } from './page.js';

/** Copies without the clipboard's secure context. @param {HTMLElement} element @returns {boolean} */
function copyText(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
  return document.execCommand('copy');
}

/**
 * @param {{app: import("./page.js").App}} deps
 * @returns {import("../core/dom.js").Widget}
 */
export function createReceiptScreen({ app }) {
  const { t } = app.i18n;
  let copiedHere = false;
  const body = h('div', { class: 'stack' });
  const element = createPage({ app, name: 'receipt', content: [emblem('receipt'), body] });

  /** The clipboard is shared too: the code does not stay in it. @param {boolean} next */
  function leave(next) {
    if (copiedHere) {
      const instead = h('span', {}, 'Repère');
      element.append(instead);
      copyText(instead);
    }
    app.leave(next);
  }
  function offer() {
    replace(
      body,
      h('h1', {}, t('receipt.title')),
      h('p', { class: 'lead' }, t('receipt.why')),
      bigButton({ label: t('receipt.show'), icon: 'eye', tone: 'primary', run: fetchReceipt }),
      bigButton({ label: t('receipt.without'), icon: 'person-next', run: () => leave(true) }),
      bigButton({ label: t('receipt.back'), icon: 'back', tone: 'quiet', run: () => app.go('due') }),
    );
  }
  async function fetchReceipt() {
    try {
      const { receipt } = await app.api.post('/api/me/receipt');
      show(receipt);
    } catch {
      app.toaster.show({ text: t('common.offline'), tone: 'bad', icon: 'warning' });
    }
  }
  /** @param {string} receipt */
  function show(receipt) {
    const code = h(
      'output',
      { class: 'receipt-code code', 'aria-label': t('receipt.code') },
      receipt.split('-').map((group, i, all) => h('span', {}, i + 1 < all.length ? `${group}-` : group)),
    );
    const copy = h(
      'button',
      {
        class: 'button button-small',
        type: 'button',
        onclick: () => {
          const copied = copyText(code);
          copiedHere ||= copied;
          app.toaster.show({
            text: t(copied ? 'receipt.copied' : 'receipt.not_copied'),
            tone: copied ? 'good' : 'plain',
          });
        },
      },
      icon('copy'),
      h('span', {}, t('receipt.copy')),
    );
    replace(
      body,
      h('h1', { tabindex: '-1' }, t('receipt.title')),
      h('div', { class: 'receipt-card' }, code, copy),
      h('p', { class: 'lead' }, t('receipt.keep')),
      h('p', { class: 'note' }, icon('info'), h('span', {}, t('receipt.how'))),
      bigButton({
        label: t('leave.next'),
        icon: 'person-next',
        tone: 'primary',
        run: () => leave(true),
      }),
      bigButton({ label: t('leave.end'), icon: 'sign-out', run: () => leave(false) }),
      bigButton({ label: t('receipt.back'), icon: 'back', tone: 'quiet', run: () => app.go('due') }),
    );
    body.querySelector('h1')?.focus();
  }
  offer();
  return { element, destroy: () => element.remove() };
}
