// SPDX-License-Identifier: AGPL-3.0-or-later
// Screens that say one thing: wait, you said no, your place has ended, the server cannot be reached.
import { h } from '../core/dom.js';
import { bigButton, createPage, emblem } from './page.js';

/**
 * @param {object} deps
 * @param {import("./page.js").App} deps.app
 * @param {string} deps.name
 * @param {string} deps.icon
 * @param {string} deps.title
 * @param {(Node | string)[]} deps.body
 * @param {{label: string, icon?: string, tone?: string, run: () => void}[]} [deps.actions]
 * @param {() => Promise<void>} [deps.poll] every few seconds while shown
 * @param {number} [deps.firstMs] until the first time
 * @returns {import("../core/dom.js").Widget}
 */
export function createMessageScreen({ app, name, icon, title, body, actions = [], poll, firstMs = 1500 }) {
  const element = createPage({
    app,
    name,
    content: [
      emblem(icon, `emblem-${name}`),
      h('h1', {}, title),
      ...body.map((part) => (typeof part === 'string' ? h('p', { class: 'lead' }, part) : part)),
      h('div', { class: 'stack' }, actions.map(bigButton)),
    ],
  });
  let timer = 0;
  async function ask() {
    try {
      await poll?.();
    } catch {
      // the next try may reach the server
    }
    if (timer) timer = window.setTimeout(ask, 3000);
  }
  if (poll) timer = window.setTimeout(ask, firstMs);
  return {
    element,
    destroy() {
      clearTimeout(timer);
      timer = 0;
      element.remove();
    },
  };
}

/** In the room: who she is here, until the facilitator lets her in. @param {import("./page.js").App} app */
export function createWaitingScreen(app) {
  const { t } = app.i18n;
  return createMessageScreen({
    app,
    name: 'waiting',
    icon: 'clock',
    title: t('waiting.title'),
    body: [
      t('waiting.text'),
      h(
        'div',
        { class: 'name-card' },
        h('span', { class: 'soft' }, t('waiting.you_are')),
        h('strong', { class: 'pseudonym', dir: 'auto' }, app.seat.store.get()?.pseudonym ?? ''),
      ),
      h('p', { class: 'soft centre' }, t('waiting.why')),
    ],
    poll: app.seat.refresh,
    actions: [{ label: t('waiting.leave'), icon: 'sign-out', tone: 'quiet', run: () => app.leave(false) }],
  });
}

/** She does not want marks of hers in the room. @param {import("./page.js").App} app */
export function createDeclinedScreen(app) {
  const { t } = app.i18n;
  return createMessageScreen({
    app,
    name: 'declined',
    icon: 'heart',
    title: t('declined.title'),
    body: [t('declined.text')],
    actions: [
      { label: t('declined.again'), icon: 'undo', run: () => app.go('consent') },
      { label: t('leave.next'), icon: 'person-next', tone: 'primary', run: () => app.leave(true) },
    ],
  });
}

/** Her place is no longer known to the server. @param {import("./page.js").App} app */
export function createEndedScreen(app) {
  const { t } = app.i18n;
  return createMessageScreen({
    app,
    name: 'ended',
    icon: 'sign-out',
    title: t('ended.title'),
    body: [t('ended.text')],
    actions: [{ label: t('ended.join'), icon: 'key', tone: 'primary', run: () => app.go('due') }],
  });
}

/** The facilitator shut this tablet out of the session. @param {import("./page.js").App} app */
export function createRevokedScreen(app) {
  const { t } = app.i18n;
  return createMessageScreen({
    app,
    name: 'revoked',
    icon: 'lock',
    title: t('revoked.title'),
    body: [t('revoked.text')],
    actions: [{ label: t('join.title'), icon: 'key', run: () => app.go('due') }],
  });
}

/** What the session asks is on its way. @param {import("./page.js").App} app */
export function createLoadingScreen(app) {
  const { t } = app.i18n;
  return createMessageScreen({
    app,
    name: 'loading',
    icon: 'sync',
    title: t('loading.title'),
    body: [t('loading.text')],
    poll: app.load,
    firstMs: 1,
  });
}
