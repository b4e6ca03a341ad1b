// SPDX-License-Identifier: AGPL-3.0-or-later
// Joining: by the QR code's secret, or by the code that is typed.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { groupCode, wholeCode } from './flow.js';
import { openGuide } from './guide.js';
import { bigButton, createPage, emblem } from './page.js';

const spoken = ['BAD_CREDENTIALS', 'SESSION_CLOSED', 'SESSION_FULL', 'TABLET_REVOKED', 'TOO_MANY', 'OFFLINE', 'TIMEOUT'];

/** The key of what to say about a problem. @param {any} problem */
export function joinError(problem) {
  return `join.error_${spoken.includes(problem?.code) ? problem.code.toLowerCase() : 'other'}`;
}

/**
 * @param {{app: import("./page.js").App, invitation: import("./seat.js").Invitation | null}} deps
 *   an invitation is tried at once
 * @returns {import("../core/dom.js").Widget}
 */
export function createJoinScreen({ app, invitation }) {
  const { t } = app.i18n;
  const error = h('p', { class: 'field-error', id: 'code-error', role: 'alert', hidden: true });
  const input = h('input', {
    class: 'input code-input code',
    id: 'code',
    type: 'text',
    inputmode: 'text',
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    maxlength: 9,
    placeholder: 'ABCD-EFGH',
    'aria-describedby': 'code-error code-hint',
    enterkeyhint: 'go',
    oninput: tidy,
    dir: 'ltr',
  });
  const button = bigButton({
    label: t('join.go'),
    tone: 'primary',
    run: () => form.requestSubmit(),
  });
  const again = bigButton({ label: t('join.again'), icon: 'sync', run: retry });
  again.hidden = true;
  /** @type {import("./seat.js").Invitation | null} of a scan that did not reach the server: she need not scan again */
  let unheard = null;
  const form = h(
    'form',
    { class: 'stack', novalidate: true, onsubmit: submit },
    h('label', { class: 'field-label', for: 'code' }, t('join.code')),
    input,
    h('p', { class: 'field-hint', id: 'code-hint' }, t('join.hint')),
    error,
    again,
    button,
  );
  const busy = h(
    'p',
    { class: 'busy', role: 'status', hidden: true },
    h('span', { class: 'spinner' }),
    t('join.busy'),
  );
  const element = createPage({
    app,
    name: 'join',
    content: [
      emblem('key'),
      h('h1', {}, t('join.title')),
      busy,
      form,
      h(
        'div',
        { class: 'page-foot' },
        h(
          'button',
          { class: 'button button-quiet button-small', type: 'button', onclick: () => openGuide({ app }) },
          icon('play'),
          h('span', {}, t('guide.title')),
        ),
        h(
          'button',
          { class: 'button button-quiet button-small', type: 'button', onclick: () => app.go('withdraw') },
          icon('receipt'),
          h('span', {}, t('withdraw.link')),
        ),
      ),
    ],
  });

  function tidy() {
    const atEnd = input.selectionStart === input.value.length;
    const grouped = groupCode(input.value);
    if (grouped !== input.value && atEnd) input.value = grouped;
    say(null);
  }
  /** @param {string | null} key */
  function say(key) {
    error.hidden = key === null;
    error.replaceChildren(...(key ? [icon('warning'), h('span', {}, t(key))] : []));
    if (key) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  }
  /** @param {import("./seat.js").Invitation} how */
  async function join(how) {
    unheard = null;
    busy.hidden = false;
    form.hidden = true;
    try {
      await app.seat.join(how, app.i18n.language.get());
    } catch (problem) {
      busy.hidden = true;
      form.hidden = false;
      const { temporary } = /** @type {import("../core/api.js").Problem} */ (problem);
      unheard = temporary && 'secret' in how ? how : null;
      again.hidden = unheard === null;
      again.classList.toggle('button-primary', !again.hidden);
      button.classList.toggle('button-primary', again.hidden);
      say(joinError(problem));
      (unheard ? again : input).focus();
    }
  }
  function retry() {
    if (unheard) join(unheard);
  }
  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    if (wholeCode(input.value)) join({ code: groupCode(input.value) });
    else {
      say('join.error_short');
      input.focus();
    }
  }
  const stop = app.connection.subscribe(() => app.connection.get() === 'here' && retry());
  if (invitation) join(invitation);
  return {
    element,
    destroy() {
      stop();
      if (unheard) app.keepInvitation(unheard);
      element.remove();
    },
  };
}
