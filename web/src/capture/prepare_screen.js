// SPDX-License-Identifier: AGPL-3.0-or-later
// At joining, once on a tablet: offers the maps of the area for when the server is away. It can be left to
// later, stopped, and goes on while people begin.
import { h, replace } from '../core/dom.js';
import { createDownloadList, isArea, sizeOf } from './download_list.js';
import { isOpen, isUnderWay } from './downloads.js';
import { bigButton, createPage, emblem } from './page.js';

/**
 * @param {{app: import("./page.js").App}} deps
 * @returns {import("../core/dom.js").Widget}
 */
export function createPrepareScreen({ app }) {
  const { i18n, downloads } = app;
  const { t } = i18n;
  // one map has one button, below
  const list = createDownloadList({ app, offers: (count) => count > 1 });
  const actions = h('div', { class: 'stack' });
  const element = createPage({
    app,
    name: 'prepare',
    content: [
      emblem('download'),
      h('h1', {}, t('offline.title')),
      h('p', { class: 'lead' }, t('offline.text')),
      app.aloud.button(() => [{ text: t('offline.title') }, { text: t('offline.text') }]),
      list.element,
      actions,
    ],
  });
  let stage = '';

  const areas = () => downloads.store.get().filter(isArea);
  function getAll() {
    app.persistence.ask();
    for (const download of areas().filter(isOpen)) downloads.start(download.key);
  }
  const goOn = (/** @type {string} */ label, /** @type {string} */ tone) =>
    bigButton({ label, icon: 'next', tone, run: app.prepared });
  function show() {
    const all = areas();
    const open = all.filter(isOpen);
    const next = all.some(isUnderWay) ? 'under way' : open.length > 0 ? 'open' : 'kept';
    if (next === stage) return;
    const focused = actions.contains(document.activeElement);
    stage = next;
    const bytes = open.reduce((sum, { bytes, received }) => sum + bytes - received, 0);
    const get = bigButton({
      label: t('offline.get_all', { size: sizeOf(i18n, bytes) }),
      icon: 'download',
      tone: 'primary',
      run: getAll,
    });
    replace(
      actions,
      stage === 'open' && get,
      stage === 'open' && goOn(t('offline.later'), 'quiet'),
      stage === 'under way' && goOn(t('offline.meanwhile'), 'primary'),
      stage === 'kept' && goOn(t('offline.go_on'), 'primary'),
    );
    if (focused) actions.querySelector('button')?.focus();
  }
  const stop = downloads.store.subscribe(show);
  show();
  return {
    element,
    destroy() {
      stop();
      list.destroy();
      element.remove();
    },
  };
}
