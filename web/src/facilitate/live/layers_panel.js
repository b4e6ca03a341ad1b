// SPDX-License-Identifier: AGPL-3.0-or-later
// What lies on the map and below it: the marks, the density picture, the project's reference layers, the
// base map.
import { h } from '../../core/dom.js';
import { createOverlayLayer } from '../../map/overlay_layer.js';
import { createBasemapChoice } from '../../map/basemap_choice.js';
import { toggle } from '../form.js';
import { createDensity } from './density.js';

/**
 * @param {object} deps
 * @param {import('./live.js').Live} deps.live
 * @param {import('../../map/map.js').MapWidget} deps.widget
 * @param {{overlays: import('../../map/overlay_layer.js').Overlay[], base_maps: import('../../map/basemap.js').BasemapInfo[]}} deps.pack
 * @param {() => void} deps.onMarks whether marks are shown has changed
 */
export function createLayersPanel({ live, widget, pack: { overlays, base_maps: infos }, onMarks }) {
  const { app } = live;
  const { api, i18n } = app;
  const { t } = app.i18n;
  const density = createDensity({ live, map: widget.map });
  const marks = toggle(t('staff.layers.marks'), true);
  marks.element.addEventListener('change', onMarks);
  const layers = overlays.map((overlay) => {
    const layer = createOverlayLayer({
      api: app.api,
      map: widget.map,
      overlay,
      addAttribution: widget.addAttribution,
    });
    const box = h('input', { type: 'checkbox', onchange: () => layer.show(box.checked).catch(app.fail) });
    const key = h('span', {
      class: `overlay-key overlay-key-${overlay.kind}`,
      vars: { colour: overlay.colour },
      'aria-hidden': 'true',
    });
    const words = h('span', { class: 'legend-label' }, h('bdi', {}, overlay.title));
    return { layer, row: h('li', {}, h('label', { class: 'legend-row legend-switch' }, box, key, words)) };
  });
  const below = createBasemapChoice({ api, i18n, widget, infos, bbox: live.session.bbox });
  const element = h(
    'div',
    { class: 'panel' },
    marks.element,
    density.element,
    h('h2', { class: 'panel-title' }, t('staff.project.overlays')),
    layers.length > 0
      ? h(
          'ul',
          {},
          layers.map((one) => one.row),
        )
      : h('p', { class: 'soft' }, t('staff.project.no_overlays')),
    below.element,
  );
  return {
    element,
    marksShown: () => marks.value(),
    refresh: density.refresh,
    destroy() {
      density.destroy();
      below.destroy();
      for (const one of layers) one.layer.destroy();
      element.remove();
    },
  };
}
