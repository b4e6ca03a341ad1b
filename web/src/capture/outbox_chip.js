// SPDX-License-Identifier: AGPL-3.0-or-later
// How much has not arrived yet, on every screen: a number, a word, a sign.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { openOutbox } from './outbox_dialog.js';

/** @param {import("./page.js").App} app @returns {[tone: string, icon: string, text: string]} */
function stateOf({ i18n: { t }, outbox }) {
  const { waiting, refused, dropped, offline, trouble } = outbox.state.get();
  if (waiting === 0 && refused + dropped > 0) return ['bad', 'warning', t('outbox.refused', { count: refused + dropped })];
  if (refused > 0) return ['bad', 'warning', t('outbox.refused', { count: refused })];
  if (waiting === 0) return ['good', 'check', t('outbox.empty')];
  if (trouble) return ['bad', 'warning', t('outbox.waiting', { count: waiting })];
  return [offline ? 'warn' : 'plain', 'sync', t('outbox.waiting', { count: waiting })];
}

/** @param {{app: import("./page.js").App, openMarks: () => void}} deps @returns {import("../core/dom.js").Widget} */
export function createOutboxChip({ app, openMarks }) {
  /** What was not accepted is mended at the mark; while others wait, all of it is told first. */
  function open() {
    const { waiting, refused, dropped } = app.outbox.state.get();
    if (refused > 0 && waiting + dropped === 0) openMarks();
    else openOutbox({ app, openMarks });
  }
  const element = h('button', {
    class: 'chip',
    type: 'button',
    title: app.i18n.t('outbox.title'),
    onclick: open,
  });
  function show() {
    const [tone, name, text] = stateOf(app);
    const { sending, offline } = app.outbox.state.get();
    element.className = `chip chip-${tone}`;
    replace(element, icon(name, { class: sending && offline ? 'turning' : '' }), h('span', {}, text));
  }
  const stop = app.outbox.state.subscribe(show);
  show();
  return {
    element,
    destroy() {
      stop();
      element.remove();
    },
  };
}

/** On a screen without a map, whoever is there: only when something waits, or was refused. @param {import("./page.js").App} app */
export function createOutboxCount(app) {
  const element = h('span', { class: 'badge', role: 'status' });
  let stands = false;
  const stop = app.outbox.state.subscribe(show);
  function show() {
    stands ||= element.isConnected;
    if (stands && !element.isConnected) return stop(); // its screen has gone
    const [tone, name, text] = stateOf(app);
    element.className = `badge badge-${tone}`;
    element.hidden = tone === 'good';
    replace(element, icon(name), h('span', {}, text));
  }
  show();
  return element;
}
