// SPDX-License-Identifier: AGPL-3.0-or-later
// The facilitator's page: finds out who is there, then shows the screen that the address names.
import { createApi } from '../core/api.js';
import { confirmDialog } from '../core/dialog.js';
import { h, replace } from '../core/dom.js';
import { focusScreen } from '../core/focus.js';
import { createI18n } from '../core/i18n.js';
import { createToaster } from '../core/toast.js';
import { readAddress } from './address.js';
import { createFrame } from './frame.js';
import { problemText } from './problem.js';
import { screens } from './screens.js';
import { createSignin } from './signin.js';
import { createTrouble } from './trouble.js';

/**
 * @typedef {object} App what screens are given
 * @property {import('../core/api.js').Api} api
 * @property {import('../core/i18n.js').I18n} i18n
 * @property {import('../core/toast.js').Toaster} toaster
 * @property {() => Me | null} me
 * @property {() => boolean} leads whether who is signed in may change things, and not only look
 * @property {(address: string) => void} go such as "project/3"; asks nothing
 * @property {(problem: unknown) => void} fail says what went wrong and what to do
 */
/** @typedef {{kind: string, name: string, role: "administrator" | "facilitator" | "researcher"}} Me */

async function start() {
  const api = createApi({ onUnauthorised: () => void (me && signedOut()) });
  const i18n = createI18n({ api, part: 'staff' });
  const toaster = createToaster();
  const stage = h('div', { class: 'stage' });
  /** @type {Me | null} */
  let me = null;
  /** @type {import('./screens.js').Screen | null} */
  let screen = null;
  let address = location.hash;
  let turn = 0;

  await i18n.setLanguage(i18n.preferred());
  /** @type {App} */
  const app = {
    api,
    i18n,
    toaster,
    me: () => me,
    leads: () => me !== null && me.role !== 'researcher',
    go(to) {
      history.pushState(null, '', `#/${to}`);
      show();
    },
    fail(problem) {
      toaster.show({ text: problemText(i18n.t, problem), tone: 'bad', icon: 'warning', timeoutMs: 9000 });
    },
  };
  const frame = createFrame({
    app,
    stage,
    mayLeave,
    onSignOut: () => {
      history.replaceState(null, '', '#/');
      signedOut();
    },
  });
  document.body.append(frame.element, toaster.element);

  /** Asks before what was typed is lost. */
  async function mayLeave() {
    const { t } = i18n;
    if (!screen?.unsaved?.()) return true;
    return confirmDialog({
      title: t('staff.leave.title'),
      text: t('staff.leave.text'),
      yes: t('staff.leave.yes'),
      no: t('staff.leave.no'),
    });
  }
  function signedOut() {
    me = null;
    show();
  }
  /** Someone who follows a one-time link is signed in by it; the link leaves the address at once. */
  async function followLink() {
    const token = new URLSearchParams(location.hash.slice(1)).get('link');
    if (!token) return;
    history.replaceState(null, '', '#/');
    try {
      me = await api.post('/api/signin/link', { token });
    } catch (problem) {
      app.fail(problem);
    }
  }
  async function show() {
    const mine = ++turn;
    address = location.hash;
    const { name, ids } = readAddress(address);
    for (const dialog of document.querySelectorAll('dialog')) dialog.close();
    frame.update();
    let next;
    try {
      next = me
        ? await screens[name]({ app, ids })
        : createSignin({ app, onSignedIn: (who) => void ((me = who), show()) });
    } catch (problem) {
      if (mine !== turn) return;
      if (name !== 'projects' && isGone(problem)) {
        app.fail(problem);
        return app.go('');
      }
      next = createTrouble({ app, problem, onRetry: show });
    }
    if (mine !== turn) {
      next.destroy();
      return;
    }
    screen?.destroy();
    screen = next;
    replace(stage, screen.element);
    window.scrollTo(0, 0);
    focusScreen(screen.element);
    document.title = [screen.element.querySelector('h1')?.textContent, 'Repère'].filter(Boolean).join(' – ');
  }
  i18n.language.subscribe(() => show());
  window.addEventListener('hashchange', async () => {
    if (location.hash === address) return;
    await followLink();
    const wanted = location.hash;
    if (await mayLeave()) return show();
    if (location.hash === wanted) history.replaceState(null, '', address);
  });
  window.addEventListener('beforeunload', (event) => {
    if (screen?.unsaved?.()) event.preventDefault();
  });
  await followLink();
  if (!me) {
    const who = await api.get('/api/me').catch(() => null);
    if (who?.kind === 'staff') me = who;
  }
  await show();
}

/** Not there, or not for the eyes of who asks. @param {unknown} problem */
function isGone(problem) {
  return ['NOT_FOUND', 'FORBIDDEN', 'BAD_PARAMETER'].includes(/** @type {any} */ (problem).code);
}

start();
