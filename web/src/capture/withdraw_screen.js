// SPDX-License-Identifier: AGPL-3.0-or-later
// Taking one's marks back with the receipt.
import { h, replace } from '../core/dom.js';
import { confirmDialog } from '../core/dialog.js';
import { icon } from '../core/icon.js';
import { bigButton, createPage, emblem } from './page.js';

/**
 * @param {{app: import("./page.js").App}} deps
 * @returns {import("../core/dom.js").Widget}
 */
export function createWithdrawScreen({ app }) {
  const { t } = app.i18n;
  const error = h('p', { class: 'field-error', id: 'receipt-error', role: 'alert', hidden: true });
  const input = h('textarea', {
    class: 'textarea code receipt-input',
    id: 'receipt',
    rows: 2,
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    'aria-describedby': 'receipt-error receipt-hint',
    dir: 'ltr',
    oninput: () => say(null),
  });
  const body = h(
    'form',
    { class: 'stack', novalidate: true, onsubmit: submit },
    h('p', { class: 'lead' }, t('withdraw.text')),
    h('label', { class: 'field-label', for: 'receipt' }, t('withdraw.code')),
    input,
    h('p', { class: 'field-hint', id: 'receipt-hint' }, t('withdraw.hint')),
    error,
    bigButton({ label: t('withdraw.go'), icon: 'trash', tone: 'danger', run: () => body.requestSubmit() }),
    bigButton({ label: t('common.back'), icon: 'back', tone: 'quiet', run: () => app.go('due') }),
  );
  const element = createPage({
    app,
    name: 'withdraw',
    content: [emblem('receipt'), h('h1', {}, t('withdraw.title')), body],
  });

  /** @param {string | null} key */
  function say(key) {
    error.hidden = key === null;
    replace(error, key && [icon('warning'), h('span', {}, t(key))]);
  }
  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    const receipt = input.value.trim();
    if (!receipt) {
      say('withdraw.empty');
      return input.focus();
    }
    const sure = await confirmDialog({
      title: t('withdraw.sure'),
      text: t('withdraw.sure_text'),
      yes: t('withdraw.go'),
      no: t('common.cancel'),
      danger: true,
      icon: 'trash',
    });
    if (!sure) return;
    try {
      const { withdrawn } = await app.api.post('/api/withdraw', { receipt }, { token: null });
      done(withdrawn);
    } catch (problem) {
      const code = /** @type {any} */ (problem).code;
      say(
        { TOO_MANY: 'join.error_too_many', OFFLINE: 'join.error_offline', TIMEOUT: 'join.error_timeout' }[
          /** @type {string} */ (code)
        ] ?? 'withdraw.wrong',
      );
    }
  }
  /** @param {number} count */
  function done(count) {
    const said = h('h2', { tabindex: '-1' }, t('withdraw.done', { count }));
    replace(
      body,
      h('p', { class: 'note note-good' }, icon('check'), said),
      h('p', { class: 'lead' }, t('withdraw.done_text')),
      bigButton({ label: t('common.close'), run: () => app.go('due') }),
    );
    said.focus();
  }
  return { element, destroy: () => element.remove() };
}
