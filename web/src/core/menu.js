// SPDX-License-Identifier: AGPL-3.0-or-later
// A menu: a dialog with a row for each thing that can be done, links among them.
import { openDialog } from './dialog.js';
import { h } from './dom.js';
import { icon } from './icon.js';

/**
 * @typedef {object} Entry
 * @property {string} icon
 * @property {string} label
 * @property {string} [hint]
 * @property {boolean} [primary]
 * @property {string} [file] the address of a file to save, instead of `run`
 * @property {string} [as] the name it is saved under, where its address has none
 * @property {() => void} [run]
 */

/** @param {{title: string, icon?: string, closeLabel: string, entries: Entry[]}} deps */
export async function openMenu({ title, icon: name, closeLabel, entries }) {
  const closing = new AbortController();
  /** @type {Entry | null} */
  let chosen = null;
  /** @param {Entry} entry */
  function choose(entry) {
    chosen = entry;
    closing.abort();
  }
  const rows = entries.map((entry) =>
    h(
      'li',
      {},
      createRow(entry, () => choose(entry)),
    ),
  );
  await openDialog({
    title,
    icon: name,
    closeLabel,
    body: [h('ul', { class: 'rows' }, rows)],
    signal: closing.signal,
  });
  /** @type {Entry | null} */ (chosen)?.run?.();
}

/** @param {Entry} entry @param {() => void} onclick */
function createRow({ icon: name, label, hint, primary, file, as = '' }, onclick) {
  const classes = `row-button ${primary ? 'row-primary' : ''}`;
  const words = h(
    'span',
    { class: 'row-label' },
    h('span', {}, label),
    hint && h('small', { class: 'soft' }, hint),
  );
  if (file)
    return h('a', { class: classes, href: file, download: as, onclick }, icon(name), words, icon('download'));
  return h('button', { class: classes, type: 'button', onclick }, icon(name), words, icon('next'));
}
