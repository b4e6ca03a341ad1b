// SPDX-License-Identifier: AGPL-3.0-or-later
// Maps to fetch ahead, as rows: name, size, how far it has come, and what can be done about it.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { isOpen, isUnderWay } from './downloads.js';

/** @typedef {import("./downloads.js").Download} Download */

/** @param {import("../core/i18n.js").I18n} i18n @param {number} bytes */
export function sizeOf({ number }, bytes) {
  const megabytes = Math.max(0.1, bytes / 1e6);
  return number(megabytes, { style: 'unit', unit: 'megabyte', maximumFractionDigits: megabytes < 10 ? 1 : 0 });
}

/** @param {Download} download */
export const isArea = ({ key }) => key.startsWith('area/');

/**
 * @param {object} deps
 * @param {import("./page.js").App} deps.app
 * @param {(count: number) => boolean} [deps.offers] whether the rows say how to begin, where there are so many
 * @returns {import("../core/dom.js").Widget}
 */
export function createDownloadList({ app, offers = () => true }) {
  const { i18n, downloads } = app;
  const { t } = i18n;
  const element = h('ul', { class: 'rows downloads' });
  /** @type {Map<string, ReturnType<typeof createRow>>} */
  const rows = new Map();

  /** @param {Download} first */
  function createRow({ key }) {
    const name = key.split('/').slice(2).join('/');
    const title = app.package()?.base_maps?.find((info) => info.name === name)?.title || name;
    const bar = h('progress', { class: 'progress', 'aria-label': title });
    const words = h('small', { class: 'soft' });
    const sign = h('span', { class: 'download-sign' });
    const button = h('button', { class: 'button button-small', type: 'button' });
    let act = () => {};
    button.addEventListener('click', () => act());
    let state = '';
    return {
      element: h(
        'li',
        { class: 'download' },
        sign,
        h('div', { class: 'download-words' }, h('strong', {}, h('bdi', {}, title)), words, bar),
        button,
      ),
      /** @param {Download} download */
      show(download) {
        const { bytes, received } = download;
        bar.max = bytes || 1;
        bar.value = received;
        bar.hidden = !isUnderWay(download) && received === 0;
        words.textContent = wordsOf(i18n, download);
        if (state === download.state) return; // the button keeps the keyboard
        state = download.state;
        const kept = state === 'kept';
        bar.hidden ||= kept;
        replace(sign, icon(kept ? 'check' : state === 'failed' ? 'warning' : 'map'));
        button.hidden = kept || (isOpen(download) && !offers(rows.size));
        const [label, name] = isUnderWay(download)
          ? [t('offline.stop'), 'close']
          : [t(received > 0 ? 'offline.resume' : 'offline.get'), 'download'];
        act = () => (isOpen(download) ? downloads.start(key) : downloads.stop(key));
        replace(button, icon(name), h('span', {}, label));
      },
    };
  }
  function show() {
    const areas = downloads.store.get().filter(isArea);
    for (const download of areas) {
      if (rows.has(download.key)) continue;
      const row = createRow(download);
      rows.set(download.key, row);
      element.append(row.element);
    }
    for (const download of areas) rows.get(download.key)?.show(download);
  }
  const stop = downloads.store.subscribe(show);
  show();
  return {
    element,
    destroy() {
      stop();
      element.remove();
    },
  };
}

/** @param {import("../core/i18n.js").I18n} i18n @param {Download} download */
function wordsOf(i18n, { bytes, received, state, problem }) {
  const { t } = i18n;
  const all = sizeOf(i18n, bytes);
  if (state === 'kept') return t('offline.kept', { all });
  if (state === 'failed' && problem === 'QuotaExceededError') return t('offline.no_room');
  const how = received > 0 ? t('offline.progress', { done: sizeOf(i18n, received), all }) : all;
  return state === 'failed' ? `${how} · ${t('offline.broke')}` : how;
}
