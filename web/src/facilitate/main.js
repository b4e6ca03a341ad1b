// SPDX-License-Identifier: AGPL-3.0-or-later
// The facilitator's page: finds out who is there, then shows the screen that the address names.
import { createApi } from '../core/api.js';
import { h, replace } from '../core/dom.js';
import { focusScreen } from '../core/focus.js';
import { createI18n } from '../core/i18n.js';
import { createToaster } from '../core/toast.js';
import { createFrame } from './frame.js';
import { readAddress, screens } from './screens.js';
import { createSignin } from './signin.js';

/**
 * @typedef {object} App what screens are given
 * @property {import('../core/api.js').Api} api
 * @property {import('../core/i18n.js').I18n} i18n
 * @property {import('../core/toast.js').Toaster} toaster
 * @property {() => Me | null} me
 * @property {(address: string) => void} go such as "project/3"
 * @property {(problem: unknown) => void} fail says what went wrong and what to do
 */
/** @typedef {{kind: string, name: string, role: string}} Me */

async function start() {
  const api = createApi({
    onUnauthorised: () => {
      if (me) signedOut();
    },
  });
  const i18n = createI18n({ api, staff: true });
  const toaster = createToaster();
  const stage = h('div', { class: 'stage' });
  /** @type {Me | null} */
  let me = null;
  /** @type {import('../core/dom.js').Widget | null} */
  let screen = null;
  let turn = 0;

  await i18n.setLanguage(i18n.preferred());
  /** @type {App} */
  const app = {
    api,
    i18n,
    toaster,
    me: () => me,
    go(address) {
      if (location.hash === `#/${address}`) show();
      else location.hash = `#/${address}`;
    },
    fail(problem) {
      toaster.show({ text: problemText(i18n.t, problem), tone: 'bad', icon: 'warning', timeoutMs: 9000 });
    },
  };
  const frame = createFrame({ app, stage, onSignOut: signedOut });
  document.body.append(frame.element, toaster.element);

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
    const { name, ids } = readAddress(location.hash);
    frame.update();
    let next;
    try {
      next = me ? await screens[name]({ app, ids }) : createSignin({ app, onSignedIn: (who) => void ((me = who), show()) });
    } catch (problem) {
      if (mine !== turn) return;
      app.fail(problem);
      if (name !== 'projects' && me) app.go('');
      return;
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
  }
  i18n.language.subscribe(() => show());
  window.addEventListener('hashchange', async () => {
    await followLink();
    show();
  });
  await followLink();
  if (!me) {
    const who = await api.get('/api/me').catch(() => null);
    if (who?.kind === 'staff') me = who;
  }
  await show();
}

/** What went wrong, in words with what to do next. @param {import('../core/translate.js').Translate} t @param {unknown} problem */
export function problemText(t, problem) {
  const { code = 'INTERNAL', title = '', detail = '', where = '' } = /** @type {any} */ (problem);
  const key = `staff.problem.${code}`;
  const known = t(key);
  if (known !== key) return known;
  return [title || t('staff.problem.other'), [where, detail].filter(Boolean).join(': ')].filter(Boolean).join(' – ');
}

start();
