// SPDX-License-Identifier: AGPL-3.0-or-later
// The bar above every screen: the way home, the language, signing out.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';

/** @param {{app: import('./main.js').App, stage: HTMLElement, onSignOut: () => void}} deps */
export function createFrame({ app, stage, onSignOut }) {
  const bar = h('header', { class: 'staff-bar' });
  const skip = h('a', { class: 'skip-link', href: '#stage', onclick: jump });
  const main = h('main', { class: 'staff-main', id: 'stage', tabindex: '-1' }, stage);
  const element = h('div', { class: 'staff' }, skip, bar, main);

  /** @param {Event} event */
  function jump(event) {
    event.preventDefault();
    main.focus();
  }
  async function signOut() {
    try {
      await app.api.post('/api/signout');
    } catch {
      // signed out here in any case: the screen shows nothing any more
    }
    onSignOut();
  }
  function createLanguageSelect() {
    const { t, language, offered } = app.i18n;
    const select = h(
      'select',
      {
        class: 'select select-small',
        'aria-label': t('staff.common.language'),
        onchange: () => app.i18n.setLanguage(select.value),
      },
      offered.map(({ code, autonym }) => h('option', { value: code, lang: code }, autonym)),
    );
    select.value = language.get();
    return h('label', { class: 'bar-language' }, icon('globe'), select);
  }
  function update() {
    const { t } = app.i18n;
    const me = app.me();
    skip.textContent = t('staff.skip');
    replace(
      bar,
      h(
        'a',
        { class: 'wordmark', href: '#/' },
        icon('locate'),
        h('span', {}, 'Repère'),
      ),
      me && h('nav', { 'aria-label': t('staff.nav') }, h('a', { class: 'bar-link', href: '#/' }, t('staff.projects.title'))),
      h('span', { class: 'bar-space' }),
      createLanguageSelect(),
      me &&
        h(
          'button',
          { class: 'button button-quiet button-small', type: 'button', onclick: signOut },
          icon('sign-out'),
          h('span', { class: 'bar-words' }, t('staff.sign_out', { name: me.name })),
        ),
    );
  }
  return { element, update, destroy: () => element.remove() };
}
