// SPDX-License-Identifier: AGPL-3.0-or-later
// What lies on the map and below it: the session's reference layers, as switches, and its base maps.
import { openDialog } from '../core/dialog.js';
import { h } from '../core/dom.js';
import { createBasemapChoice } from '../map/basemap_choice.js';

/**
 * @param {object} deps
 * @param {import("./page.js").App} deps.app
 * @param {import("./page.js").Package} deps.pack
 * @param {import("../map/map.js").MapWidget} deps.map
 * @param {import("../map/overlay_layer.js").OverlayLayer[]} deps.layers
 */
export async function openLayers({ app, pack, map, layers }) {
  const { t } = app.i18n;
  const infos = pack.base_maps ?? [];
  const { api, areas, i18n } = app;
  const below = createBasemapChoice({ api, i18n, widget: map, infos, areas, bbox: pack.session.bbox });
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
          h('span', { class: 'row-label' }, h('bdi', {}, layer.overlay.title)),
        ),
      ),
    ),
  );
  await openDialog({
    title: t('menu.layers'),
    icon: 'layers',
    closeLabel: t('common.close'),
    body: [...(layers.length ? [rows] : []), ...(infos.length ? [below.element] : [])],
  });
  below.destroy();
}
