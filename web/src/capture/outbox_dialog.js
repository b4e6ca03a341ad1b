// SPDX-License-Identifier: AGPL-3.0-or-later
// What has not arrived yet: how much, why, and what can be done: send it now, or save it to a file for
// the facilitator.
import { confirmDialog, openDialog } from '../core/dialog.js';
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { outboxFile, saveText } from './outbox_file.js';
import { marksAmong } from './outbox_queue.js';

/** @param {{app: import("./page.js").App, openMarks: () => void}} deps */
export async function openOutbox({ app, openMarks }) {
  const { i18n, outbox, seat } = app;
  const { t } = i18n;
  const closing = new AbortController();
  const body = h('div', { class: 'stack outbox', 'aria-live': 'polite' });
  const token = () => seat.store.get()?.token;
  /** @param {boolean} own */
  const waiting = (own) =>
    marksAmong(outbox.items().filter((item) => !item.problem && (item.token === token()) === own));

  /** @param {string} tone @param {string} name @param {string} text */
  const line = (tone, name, text) =>
    h('p', { class: `note ${tone && `note-${tone}`}` }, icon(name), h('span', {}, text));
  /** @param {string} name @param {string} text @param {() => void} run @param {string} [tone] */
  const action = (name, text, run, tone = 'plain') =>
    h(
      'button',
      { class: `button button-${tone} button-wide`, type: 'button', onclick: run },
      icon(name),
      h('span', {}, text),
    );
  function show() {
    const { refused, dropped, sending, offline, trouble } = outbox.state.get();
    const [mine, others] = [waiting(true), waiting(false)];
    replace(
      body,
      trouble && line('bad', 'warning', t(`outbox.trouble_${trouble}`)),
      mine + others + refused + dropped === 0 && line('good', 'check', t('outbox.all_sent')),
      mine > 0 && line('', 'clock', t('outbox.mine', { count: mine })),
      others > 0 && line('', 'people', t('outbox.others', { count: others })),
      others > 0 && app.package() && !maySaveOthers() && line('', 'info', t('outbox.others_stay')),
      refused > 0 && line('bad', 'warning', t('outbox.refused', { count: refused })),
      dropped > 0 && line('bad', 'warning', t('outbox.others_refused', { count: dropped })),
      mine + others > 0 && offline && !sending && line('warn', 'sync', t('outbox.away')),
      mine + others > 0 && action('sync', t(sending ? 'outbox.sending' : 'outbox.retry'), outbox.flush, 'primary'),
      refused > 0 && action('list', t('marks.title'), toMarks),
      mine > 0 && action('download', t('outbox.save'), () => save(true)),
      others > 0 && maySaveOthers() && action('download', t('outbox.save_others'), () => save(false)),
    );
  }
  /** Whoever saves a file can read it: what others felt, and where, waits on the tablet instead. */
  const maySaveOthers = () => app.package()?.exercise.sensitivity === 'standard';
  function toMarks() {
    closing.abort();
    openMarks();
  }
  /** @param {boolean} own hers alone, or those of people who had the tablet before */
  async function save(own) {
    const session = app.package()?.session.id ?? seat.store.get()?.session;
    if (!session) return;
    const items = outbox.items().filter((item) => (item.token === token()) === own);
    const file = outboxFile(session, items);
    const sure = await confirmDialog({
      title: t(own ? 'outbox.save' : 'outbox.save_others'),
      text: t(own ? 'outbox.save_text' : 'outbox.save_others_text'),
      yes: t('outbox.save_yes'),
      no: t('common.cancel'),
      icon: 'download',
    });
    if (!sure) return;
    saveText(`repere-outbox-${session}.json`, file.text);
    await outbox.handedOut(file.items);
  }
  const stop = outbox.state.subscribe(show);
  show();
  await openDialog({
    title: t('outbox.title'),
    icon: 'upload',
    body: [body],
    closeLabel: t('common.close'),
    signal: closing.signal,
  });
  stop();
}
