// SPDX-License-Identifier: AGPL-3.0-or-later
// Choosing an icon. Those offered are the ones the built-in exercises use, named by what they stand for
// there: so that they have names in every language.
import { openDialog } from '../../core/dialog.js';
import { h, replace } from '../../core/dom.js';
import { hasIcon, icon } from '../../core/icon.js';
import { textInput } from '../form.js';

/** @param {import('../main.js').App} app @returns {() => Promise<Map<string, string>>} names of icons; asked for once */
export function createIconLabels(app) {
  /** @type {Promise<Map<string, string>> | null} */
  let labels = null;
  async function load() {
    const { items } = await app.api.get('/api/exercises?limit=1000');
    const builtIn = items.filter((/** @type {any} */ one) => one.project === null);
    const stored = await Promise.all(
      builtIn.map((/** @type {any} */ one) => app.api.get(`/api/exercises/${one.id}`)),
    );
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const { document } of stored)
      for (const field of document.fields)
        for (const { icon: name, label } of field.options ?? [])
          if (hasIcon(name) && !found.has(name)) found.set(name, app.i18n.label(label));
    return new Map([...found].sort(([, a], [, b]) => a.localeCompare(b, app.i18n.language.get())));
  }
  return () => (labels ??= load());
}

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {Map<string, string>} deps.labels
 * @param {string | undefined} deps.chosen
 * @param {boolean} deps.optional none may be chosen
 * @returns {Promise<string | null>} '' for none, null when nothing was chosen
 */
export async function openIconPicker({ app, labels, chosen, optional }) {
  const { t } = app.i18n;
  const closing = new AbortController();
  /** @type {string | null} */
  let answer = null;
  const wanted = textInput({
    type: 'search',
    'aria-label': t('staff.editor.search_icon'),
    placeholder: t('staff.editor.search_icon'),
    oninput: draw,
  });
  const grid = h('div', { class: 'tiles icon-tiles' });

  /** @param {string} name @param {string} words */
  function tile(name, words) {
    return h(
      'button',
      {
        class: 'tile',
        type: 'button',
        'aria-pressed': String(name === (chosen ?? '')),
        onclick: () => {
          answer = name;
          closing.abort();
        },
      },
      name ? icon(name) : icon('close'),
      h('span', {}, h('bdi', {}, words)),
    );
  }
  function draw() {
    const text = wanted.value.trim().toLowerCase();
    const found = [...labels].filter(([, words]) => words.toLowerCase().includes(text));
    replace(
      grid,
      optional && tile('', t('staff.editor.no_icon')),
      found.map(([name, words]) => tile(name, words)),
    );
  }
  draw();
  await openDialog({
    title: t('staff.editor.icons'),
    closeLabel: t('common.cancel'),
    body: [wanted, grid],
    signal: closing.signal,
    class: 'dialog-wide',
  });
  return answer;
}
