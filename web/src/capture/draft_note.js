// SPDX-License-Identifier: AGPL-3.0-or-later
// Says, at the foot of a screen, that nobody has checked the words she reads: in her language, and in
// English for whoever stands beside her.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';

/** @param {import("./page.js").App} app @returns {HTMLElement | null} nothing when the words were checked */
export function createDraftNote({ i18n, package: pack }) {
  const code = i18n.language.get();
  const asked = pack()?.exercise.languages?.[code];
  if (!i18n.isDraft(code) && asked !== 'draft') return null;
  const english = document.documentElement.lang.startsWith('en');
  return h(
    'footer',
    { class: 'draft-note' },
    icon('info'),
    h(
      'p',
      {},
      i18n.t('language.draft'),
      !english && h('span', { lang: 'en', dir: 'ltr' }, '(draft)'),
    ),
  );
}
