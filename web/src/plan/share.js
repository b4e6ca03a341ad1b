// SPDX-License-Identifier: AGPL-3.0-or-later
// Sharing what is seen: its address, and code that puts it into another page.
import { openDialog } from '../core/dialog.js';
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { embedCode } from './embed_code.js';
import { nextName } from './parts.js';

/** The embedded map of the address in use. */
export const embedAddress = () => `${location.origin}/embed${location.hash}`;

/** @param {{app: import('./page.js').App}} deps */
export async function openShare({ app }) {
  const { t } = app.i18n;
  await openDialog({
    title: t('plan.share.title'),
    icon: 'share',
    closeLabel: t('plan.close'),
    body: [
      copyField(app, { label: t('plan.share.link'), hint: t('plan.share.immutable'), text: location.href }),
      copyField(app, {
        label: t('plan.share.embed'),
        hint: t('plan.share.embed_hint'),
        text: embedCode(embedAddress(), document.title),
        tall: true,
      }),
    ],
  });
}

/** @param {import('./page.js').App} app @param {{label: string, hint: string, text: string, tall?: boolean}} options */
function copyField(app, { label, hint, text, tall = false }) {
  const { t } = app.i18n;
  const id = nextName();
  const props = {
    id,
    class: 'input code copy-text',
    readonly: true,
    value: text,
    'aria-describedby': `${id}-hint`,
    onfocus: () => field.select(),
  };
  const field = tall ? h('textarea', { ...props, rows: 5 }) : h('input', { ...props, type: 'text' });
  const said = h('span', {}, t('plan.share.copy'));
  async function copy() {
    field.select();
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = t('plan.share.copied');
    } catch {
      // without a secure connection browsers give no clipboard
      said.textContent = document.execCommand('copy') ? t('plan.share.copied') : t('plan.share.not_copied');
    }
  }
  const button = h(
    'button',
    { class: 'button button-small', type: 'button', onclick: copy },
    icon('copy'),
    h('span', { role: 'status' }, said),
  );
  return h(
    'div',
    { class: 'field' },
    h('label', { class: 'field-label', for: id }, label),
    h('p', { class: 'field-hint', id: `${id}-hint` }, hint),
    field,
    button,
  );
}
