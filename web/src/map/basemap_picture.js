// SPDX-License-Identifier: AGPL-3.0-or-later
// A small picture of a base map: the map itself, that cannot be touched.
import L from 'leaflet';
import { h } from '../core/dom.js';
import { createBasemap, firstZoom } from './basemap.js';

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {import("./basemap.js").BasemapInfo | null} deps.info null: the blank one
 * @param {import("./basemap.js").KeptAreas | null} [deps.areas]
 * @param {[number, number, number, number] | null} [deps.bbox] whose middle is shown; without one the map's own
 */
export function createBasemapPicture({ api, i18n, info, areas = null, bbox = info?.bbox ?? null }) {
  const element = h('div', { class: 'basemap-picture', dir: 'ltr', 'aria-hidden': 'true', inert: true });
  const [west, south, east, north] = bbox ?? [-10, 35, 30, 60];
  const map = L.map(element, {
    zoomControl: false,
    attributionControl: false,
    dragging: false,
    keyboard: false,
    boxZoom: false,
    doubleClickZoom: false,
    scrollWheelZoom: false,
    touchZoom: false,
    zoomAnimation: false,
    fadeAnimation: false,
    zoomSnap: 0.5,
  });
  map.setView([(south + north) / 2, (west + east) / 2], 13);
  const base = createBasemap({ api, i18n, map, addAttribution: () => () => {}, infos: info ? [info] : [], areas });
  // It has a size only once it is on the page.
  const ready = new ResizeObserver(() => {
    if (element.clientWidth === 0) return;
    ready.disconnect();
    map.invalidateSize({ animate: false });
    const whole = map.getBoundsZoom([
      [south, west],
      [north, east],
    ]);
    map.setZoom(Math.max(whole + 1, info ? firstZoom(info) : 0), { animate: false });
    base.show(info?.name ?? null);
  });
  ready.observe(element);
  return {
    element,
    destroy() {
      ready.disconnect();
      base.destroy();
      map.remove();
      element.remove();
    },
  };
}
