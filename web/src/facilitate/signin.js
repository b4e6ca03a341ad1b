// SPDX-License-Identifier: AGPL-3.0-or-later
// Signing in with a name and a password; one-time links are followed by main.js.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { button, field, onSubmit, textInput } from './form.js';

/** @param {{app: import('./main.js').App, onSignedIn: (me: import('./main.js').Me) => void}} deps */
export function createSignin({ app, onSignedIn }) {
  const { t } = app.i18n;
  const name = field({
    label: t('staff.signin.name'),
    input: textInput({
      autocomplete: 'username',
      required: true,
      autocapitalize: 'none',
      spellcheck: 'false',
    }),
  });
  const password = field({
    label: t('staff.signin.password'),
    input: textInput({ type: 'password', autocomplete: 'current-password', required: true }),
  });
  const form = h(
    'form',
    { class: 'card stack signin-card' },
    name.element,
    password.element,
    button({ label: t('staff.signin.go'), icon: 'key', tone: 'primary', type: 'submit' }),
    h('p', { class: 'soft small' }, t('staff.signin.link_hint')),
  );
  onSubmit(form, async () => {
    password.setError(null);
    try {
      onSignedIn(
        await app.api.post('/api/signin', { name: name.input.value.trim(), password: password.input.value }),
      );
    } catch (problem) {
      const { code } = /** @type {any} */ (problem);
      password.setError(code === 'BAD_CREDENTIALS' ? t('staff.signin.wrong') : null);
      if (code === 'BAD_CREDENTIALS') password.input.focus();
      else app.fail(problem);
    }
  });
  const element = h(
    'div',
    { class: 'signin' },
    h('div', { class: 'emblem' }, icon('room')),
    h('h1', {}, t('staff.signin.title')),
    h('p', { class: 'lead' }, t('staff.signin.lead')),
    form,
    h(
      'p',
      { class: 'soft' },
      t('staff.signin.participant'),
      ' ',
      h('a', { href: '/' }, t('staff.signin.participant_link')),
    ),
  );
  return { element, destroy: () => element.remove() };
}
