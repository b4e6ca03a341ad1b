// SPDX-License-Identifier: AGPL-3.0-or-later
// What shows while the screen is locked: nothing of what is behind, not even in the page. A tap opens it,
// or the pictures she chose; whoever comes after her can always begin anew.
import { confirmDialog, openDialog } from '../core/dialog.js';
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { noLock, tried, waitMs } from './lock.js';
import { createOutboxCount } from './outbox_chip.js';
import { bigButton, emblem } from './page.js';
import { createPicturePad } from './picture_pad.js';

/**
 * @param {{app: import("./page.js").App}} deps
 * @returns {import("../core/dom.js").Widget}
 */
export function createLockScreen({ app }) {
  const { t, number } = app.i18n;
  const lock = () => app.seat.store.get()?.lock ?? noLock;
  const said = h('p', { class: 'lock-said', role: 'alert' });
  const pad = createPicturePad({ i18n: app.i18n, onCode: enter });
  const open = bigButton({ label: t('lock.open'), icon: 'eye', run: () => enter(null) });
  const withCode = lock().code !== null;
  const element = h(
    'main',
    { class: 'lock' },
    createOutboxCount(app), // a number alone: whoever gathers the tablets sees that one has something to send
    emblem('lock'),
    h('h1', { class: 'lock-title', tabindex: '-1' }, t('lock.title')),
    h('p', { class: 'soft' }, t(withCode ? 'lock.choose' : 'lock.text')),
    withCode ? pad.element : open,
    said,
    bigButton({ label: t('lock.other'), icon: 'person-next', tone: 'quiet', run: passOn }),
  );
  let timer = 0;

  /** @param {number[] | null} code */
  async function enter(code) {
    const after = tried(lock(), code);
    await app.seat.setLock(after); // when it opens, this screen is gone
    if (!after.on) return;
    replace(said, icon('warning'), t('lock.wrong'));
    hold();
  }
  /** No pictures for a while after too many wrong ones. */
  function hold() {
    const ms = waitMs(lock());
    pad.enable(ms === 0);
    if (ms === 0) return;
    const seconds = number(ms / 1000, { style: 'unit', unit: 'second', unitDisplay: 'long' });
    replace(said, icon('clock'), t('lock.wait', { time: seconds }));
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      pad.enable(true);
      replace(said);
    }, ms);
  }
  async function passOn() {
    const sure = await confirmDialog({
      title: t('lock.other_title'),
      text: t('lock.other_text'),
      yes: t('lock.other'),
      no: t('common.cancel'),
      icon: 'person-next',
    });
    if (sure) await app.leave(true);
  }
  hold();
  return {
    element,
    destroy() {
      clearTimeout(timer);
      element.remove();
    },
  };
}

/** "Still here?" @param {import("../core/i18n.js").I18n} i18n @param {AbortSignal} signal */
export function askWhetherHere({ t }, signal) {
  return openDialog({
    title: t('lock.here_title'),
    body: [t('lock.here_text')],
    icon: 'clock',
    closeLabel: t('common.close'),
    actions: [{ label: t('lock.here_yes'), icon: 'hand-wave', tone: 'primary' }],
    signal,
  });
}
