// SPDX-License-Identifier: AGPL-3.0-or-later
// The menu of the map: everything that is not needed at each mark.
import { h } from '../core/dom.js';
import { openDialog } from '../core/dialog.js';
import { icon } from '../core/icon.js';

/** @typedef {{icon: string, label: string, hint?: string, primary?: boolean, run: () => void}} Entry */

/** @param {{i18n: import("../core/i18n.js").I18n, entries: Entry[], name: string}} deps name: her pseudonym */
export async function openMenu({ i18n, entries, name }) {
  const { t } = i18n;
  const closing = new AbortController();
  /** @type {Entry | null} */
  let chosen = null;
  const rows = h(
    'ul',
    { class: 'rows' },
    entries.map((entry) =>
      h(
        'li',
        {},
        h(
          'button',
          {
            class: `row-button ${entry.primary ? 'row-primary' : ''}`,
            type: 'button',
            onclick: () => {
              chosen = entry;
              closing.abort();
            },
          },
          icon(entry.icon),
          h(
            'span',
            { class: 'row-label' },
            h('span', {}, entry.label),
            entry.hint && h('small', { class: 'soft' }, entry.hint),
          ),
          icon('next'),
        ),
      ),
    ),
  );
  await openDialog({
    title: name || t('menu.title'),
    icon: 'person',
    closeLabel: t('common.close'),
    body: [rows],
    signal: closing.signal,
    class: 'dialog-menu',
  });
  /** @type {Entry | null} */ (chosen)?.run();
}

/**
 * The reference layers of the session, as switches.
 * @param {{i18n: import("../core/i18n.js").I18n, layers: import("../map/overlay_layer.js").OverlayLayer[]}} deps
 */
export function openLayers({ i18n, layers }) {
  const { t } = i18n;
  const rows = h(
    'ul',
    { class: 'rows' },
    layers.map((layer) =>
      h(
        'li',
        {},
        h(
          'label',
          { class: 'row-button' },
          h('input', {
            type: 'checkbox',
            checked: layer.shown,
            onchange: (/** @type {Event} */ e) =>
              layer.show(/** @type {HTMLInputElement} */ (e.target).checked),
          }),
          h('span', { class: 'row-label', dir: 'auto' }, layer.overlay.title),
        ),
      ),
    ),
  );
  return openDialog({
    title: t('menu.layers'),
    icon: 'layers',
    closeLabel: t('common.close'),
    body: [rows],
  });
}
