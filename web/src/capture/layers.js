// SPDX-License-Identifier: AGPL-3.0-or-later
// The reference layers of the session, as switches.
import { openDialog } from '../core/dialog.js';
import { h } from '../core/dom.js';

/** @param {{i18n: import("../core/i18n.js").I18n, layers: import("../map/overlay_layer.js").OverlayLayer[]}} deps */
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
