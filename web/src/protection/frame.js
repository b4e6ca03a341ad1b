// SPDX-License-Identifier: AGPL-3.0-or-later
// Round the page: the way back to the map, the language, the list of contents.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';

export const parts = ['leaves', 'steps', 'levels', 'attacks', 'limits', 'own', 'editions'];

/** The map that was looked at: its address stands in ours. @param {string} hash */
export const mapAddress = (hash) => (/^#\/\d/.test(hash) ? `/plan${hash}` : '/plan');

/** Goes there without a new address, which would lose the way back. @param {string} id */
export function goTo(id) {
  const heading = document.getElementById(id);
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}

/** @param {import('../core/i18n.js').I18n} i18n */
export function createFrame(i18n) {
  const { t } = i18n;
  const jump = (/** @type {string} */ id) => (/** @type {Event} */ event) => {
    event.preventDefault();
    goTo(id);
  };
  const select = h(
    'select',
    { class: 'select', 'aria-label': t('plan.language'), onchange: () => i18n.setLanguage(select.value) },
    i18n.offered.map(({ code }) =>
      h('option', { value: code, selected: code === i18n.language.get() }, i18n.named(code)),
    ),
  );
  const back = h('a', { class: 'protection-back', href: mapAddress(location.hash) }, icon('back'), h('span', {}, t('protection.back')));
  const header = h(
    'header',
    { class: 'protection-bar' },
    h('a', { class: 'skip-link', href: '#title', onclick: jump('title') }, t('protection.skip')),
    back,
    h('span', { class: 'bar-space' }),
    h('div', { class: 'bar-language' }, icon('globe'), select),
  );
  const contents = h(
    'nav',
    { class: 'contents', 'aria-label': t('protection.contents') },
    h('ol', {}, parts.map((id) => h('li', {}, h('a', { href: `#${id}`, onclick: jump(id) }, t(`protection.part.${id}`))))),
  );
  return { header, contents, back };
}
