// SPDX-License-Identifier: AGPL-3.0-or-later
// From the menu: what works without the server on this tablet, in plain words, and the maps it keeps.
import { openDialog } from '../core/dialog.js';
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { createDownloadList } from './download_list.js';
import { canStartAlone } from './page_worker.js';

/** @param {import("./page.js").App} app */
export async function openOffline(app) {
  const { t } = app.i18n;
  const list = createDownloadList({ app });
  const facts = h('ul', { class: 'facts' });
  let asked = false;
  const ask = h(
    'button',
    {
      class: 'button button-small',
      type: 'button',
      async onclick() {
        asked = true; // a browser that said no says so again
        await app.persistence.ask(true);
      },
    },
    icon('shield'),
    h('span', {}, t('offline.ask')),
  );
  /** @param {boolean} good @param {string} text */
  const fact = (good, text) =>
    h('li', { class: good ? 'fact fact-good' : 'fact' }, icon(good ? 'check' : 'info'), h('span', {}, text));

  async function show() {
    const keeps = app.persistence.store.get() === 'keeps';
    ask.hidden = keeps || asked || !app.persistence.canAsk;
    const starts = canStartAlone() && Boolean((await navigator.serviceWorker.getRegistration('/'))?.active);
    const here = app.connection.get() === 'here';
    replace(
      facts,
      fact(here, t(here ? 'connection.here' : 'connection.away_long')),
      fact(starts, t(starts ? 'offline.starts' : canStartAlone() ? 'offline.starts_soon' : 'keep_open.text')),
      fact(keeps, t(keeps ? 'offline.keeps' : 'offline.may_forget')),
    );
  }
  const stops = [app.persistence.store.subscribe(show), app.connection.subscribe(show)];
  await show();
  await openDialog({
    title: t('offline.menu'),
    icon: 'away',
    closeLabel: t('common.close'),
    body: [facts, ask, list.element],
  });
  for (const stop of stops) stop();
  list.destroy();
}
