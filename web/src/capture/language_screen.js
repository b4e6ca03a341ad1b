// SPDX-License-Identifier: AGPL-3.0-or-later
// The first screen: each language in its own words.
import { openDialog } from '../core/dialog.js';
import { dotted, h } from '../core/dom.js';
import { arrowKeys } from '../core/focus.js';
import { icon } from '../core/icon.js';
import { capital, isolated } from '../core/translate.js';
import { createGuideButton } from './guide.js';
import { arrangeLanguages, otherLanguage } from './language_choice.js';
import { createOutboxCount } from './outbox_chip.js';

/**
 * Tiles of languages, each named by itself and marked with its code. Those that the session does not offer
 * stand behind a button, which shows their names to who cannot read it.
 * @param {object} deps
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {import("./language_choice.js").Asked | null} deps.asked null: the session is not known yet
 * @param {string | null} deps.present
 * @param {(code: string) => void} deps.onChoose
 */
export function createLanguageTiles({ i18n, asked, present, onChoose }) {
  const shipped = i18n.offered.map((l) => l.code);
  const { first, more } = arrangeLanguages({ shipped, asked, present, preferred: i18n.preferred() });
  /** What she is asked in instead: in the words of the language that she would choose. @param {string} code */
  function note(code) {
    const other = otherLanguage(code, asked);
    if (!other) return null;
    const element = h('span', { class: 'language-note', dir: 'auto', lang: document.documentElement.lang });
    const name = isolated(capital(i18n.autonym(other)));
    element.textContent = i18n.t('language.questions', { language: name });
    i18n
      .textIn(code, 'language.questions')
      .then((own) => {
        if (!own) return;
        element.lang = code;
        element.textContent = own.replace(/\{\{\s*language\s*\}\}/, name);
      })
      .catch(() => {}); // without the server: in the language of the page
    return element;
  }
  /** @param {string} code */
  const tile = (code) =>
    h(
      'button',
      {
        class: 'language-tile',
        type: 'button',
        lang: code,
        onclick: () => onChoose(code),
        'aria-current': code === present ? 'true' : null,
      },
      h('span', { class: 'language-code', 'aria-hidden': 'true' }, code.split('-')[0]),
      h(
        'span',
        { class: 'language-words' },
        h('span', { class: 'language-name', dir: 'auto' }, capital(i18n.autonym(code))),
        note(code),
      ),
      icon(code === present ? 'check' : 'next', { class: 'language-go' }),
    );
  const group = h('div', { class: 'language-tiles' }, first.map(tile));
  arrowKeys(group);
  if (more.length === 0) return group;
  const rest = h('div', { class: 'language-tiles', id: 'more-languages', hidden: true }, more.map(tile));
  arrowKeys(rest);
  const names = dotted(more.map((code) => capital(i18n.autonym(code))));
  const toggle = h(
    'button',
    {
      class: 'button button-wide language-more',
      type: 'button',
      'aria-expanded': 'false',
      'aria-controls': rest.id,
      onclick() {
        rest.hidden = !rest.hidden;
        toggle.setAttribute('aria-expanded', String(!rest.hidden));
        if (!rest.hidden) rest.scrollIntoView({ block: 'nearest' });
      },
    },
    icon('globe'),
    h(
      'span',
      { class: 'language-words' },
      h('span', {}, i18n.t('language.more')),
      h('span', { class: 'language-note' }, names),
    ),
  );
  return h('div', { class: 'stack' }, group, toggle, rest);
}

/** Another language, at any time. @param {import("./page.js").App} app */
export async function openLanguages(app) {
  const { i18n } = app;
  const closing = new AbortController();
  const tiles = createLanguageTiles({
    i18n,
    asked: app.asked(),
    present: i18n.language.get(),
    onChoose(code) {
      closing.abort();
      app.setLanguage(code);
    },
  });
  await openDialog({
    title: i18n.t('language.title'),
    icon: 'globe',
    body: [tiles],
    closeLabel: i18n.t('common.close'),
    signal: closing.signal,
  });
}

/**
 * @param {{app: import("./page.js").App}} deps
 * @returns {import("../core/dom.js").Widget}
 */
export function createLanguageScreen({ app }) {
  const { i18n } = app;
  const element = h(
    'div',
    { class: 'page page-language' },
    h(
      'main',
      { class: 'page-main' },
      h(
        'div',
        { class: 'brand' },
        h('img', { src: logo(), alt: '', width: 72, height: 72 }),
        h('p', { class: 'brand-name' }, 'Repère'),
      ),
      h('h1', { class: 'visually-hidden' }, i18n.t('language.title')),
      icon('globe', { class: 'language-globe' }),
      createOutboxCount(app),
      createLanguageTiles({ i18n, asked: app.asked(), present: null, onChoose: app.setLanguage }),
      createGuideButton({ app }),
    ),
  );
  return { element, destroy: () => element.remove() };
}

/** The page's own icon, under its hashed name. */
function logo() {
  return /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel=icon]'))?.href ?? '';
}
