// SPDX-License-Identifier: AGPL-3.0-or-later
// The bar above every screen: the way home, the language, signing out.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { selectInput } from './form.js';

/**
 * @param {object} deps
 * @param {import('./main.js').App} deps.app
 * @param {HTMLElement} deps.stage
 * @param {() => Promise<boolean>} deps.mayLeave asks when something typed would be lost
 * @param {() => void} deps.onSignOut
 */
export function createFrame({ app, stage, mayLeave, onSignOut }) {
  const { i18n } = app;
  const bar = h('header', { class: 'staff-bar' });
  const skip = h('a', { class: 'skip-link', href: '#stage', onclick: jump });
  const main = h('main', { class: 'staff-main', id: 'stage', tabindex: '-1' }, stage);
  const element = h('div', { class: 'staff' }, skip, bar, main);
  let shown = '';

  /** @param {Event} event */
  function jump(event) {
    event.preventDefault();
    main.focus();
  }
  async function signOut() {
    if (!(await mayLeave())) return;
    // signed out here in any case: the screen shows nothing any more
    await app.api.post('/api/signout').catch(() => {});
    onSignOut();
  }
  function createLanguageSelect() {
    const now = i18n.language.get();
    const select = selectInput(
      i18n.offered.map(({ code }) => [code, i18n.named(code)]),
      now,
      { class: 'select select-small', 'aria-label': i18n.t('staff.common.language'), onchange: change },
    );
    async function change() {
      if (await mayLeave()) await i18n.setLanguage(select.value).catch(app.fail);
      else select.value = now;
    }
    return h('label', { class: 'bar-language' }, icon('globe'), select);
  }
  function signOutButton(/** @type {string} */ name) {
    return h(
      'button',
      { class: 'button button-quiet button-small', type: 'button', onclick: signOut },
      icon('sign-out'),
      h('span', { class: 'bar-words' }, i18n.t('staff.sign_out', { name })),
    );
  }
  return {
    element,
    /** After somebody signed in or out, or the language changed. */
    update() {
      const { t } = i18n;
      const me = app.me();
      const now = `${i18n.language.get()} ${me?.name ?? ''}`;
      if (now === shown) return;
      shown = now;
      skip.textContent = t('staff.skip');
      const home = h('a', { class: 'wordmark', href: '#/' }, icon('locate'), h('span', {}, 'Repère'));
      const projects = h('a', { class: 'bar-link', href: '#/' }, t('staff.projects.title'));
      replace(
        bar,
        home,
        me && h('nav', { 'aria-label': t('staff.nav') }, projects),
        h('span', { class: 'bar-space' }),
        createLanguageSelect(),
        me && signOutButton(me.name),
      );
    },
    destroy: () => element.remove(),
  };
}
