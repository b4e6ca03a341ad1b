// SPDX-License-Identifier: AGPL-3.0-or-later
// The first screen: each language in its own words.
import { h } from '../core/dom.js';
import { arrowKeys } from '../core/focus.js';
import { icon } from '../core/icon.js';
import { createGuideButton } from './guide.js';

/**
 * Tiles of languages, each named by itself and marked with its code.
 * @param {{i18n: import("../core/i18n.js").I18n, codes: string[], present: string | null, onChoose: (code: string) => void}} deps
 */
export function createLanguageTiles({ i18n, codes, present, onChoose }) {
  const group = h(
    'div',
    { class: 'language-tiles' },
    codes.map((code) =>
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
        h('span', { class: 'language-name', dir: 'auto' }, capital(i18n.autonym(code))),
        icon(code === present ? 'check' : 'next', { class: 'language-go' }),
      ),
    ),
  );
  arrowKeys(group);
  return group;
}

/** @param {string} word */
function capital(word) {
  return word.charAt(0).toLocaleUpperCase() + word.slice(1);
}

/**
 * @param {{app: import("./page.js").App}} deps
 * @returns {import("../core/dom.js").Widget}
 */
export function createLanguageScreen({ app }) {
  const { i18n } = app;
  const codes = i18n.offered.map((l) => l.code);
  const first = i18n.preferred();
  codes.sort((a, b) => Number(b === first) - Number(a === first));
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
      createLanguageTiles({ i18n, codes, present: null, onChoose: app.setLanguage }),
      createGuideButton({ app }),
    ),
  );
  return { element, destroy: () => element.remove() };
}

/** The page's own icon, under its hashed name. */
function logo() {
  return /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel=icon]'))?.href ?? '';
}
