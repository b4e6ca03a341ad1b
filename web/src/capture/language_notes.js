// SPDX-License-Identifier: AGPL-3.0-or-later
// Says, at the foot of a screen, what is to be known about the words on it: that the questions are in another
// language than hers; that nobody has checked the words, in her language and in English for whoever stands beside her.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { capital, isolated } from '../core/translate.js';
import { otherLanguage } from './language_choice.js';

/** @param {import("./page.js").App} app @returns {HTMLElement | false} */
function draftNote({ i18n, package: pack }) {
  const code = i18n.language.get();
  const asked = pack()?.exercise.languages?.[code];
  if (!i18n.isDraft(code) && asked !== 'draft') return false;
  const english = document.documentElement.lang.startsWith('en');
  return h(
    'div',
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

/** @param {import("./page.js").App} app @returns {HTMLElement | false} */
function questionsNote({ i18n, asked }) {
  const other = otherLanguage(i18n.language.get(), asked());
  if (!other) return false;
  const language = isolated(capital(i18n.autonym(other)));
  return h('div', { class: 'draft-note asked-note' }, icon('globe'), h('p', {}, i18n.t('language.asked', { language })));
}

/**
 * @param {import("./page.js").App} app
 * @param {{questions?: boolean}} [which] on the map the questions speak for themselves, and there is no room
 * @returns {HTMLElement | null} nothing where there is nothing to say
 */
export function createLanguageNotes(app, { questions = true } = {}) {
  const notes = [questions && questionsNote(app), draftNote(app)].filter((note) => note !== false);
  return notes.length > 0 ? h('footer', { class: 'language-notes' }, notes) : null;
}
