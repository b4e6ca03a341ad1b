// SPDX-License-Identifier: AGPL-3.0-or-later
// The Leaflet map of every page: left to right in any language, own buttons and attribution, an
// optional crosshair in its centre. Knows no page.
import L from 'leaflet';
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import emptyImageUrl from './empty.gif';
import { createBasemap } from './basemap.js';
import { createCrosshair } from './crosshair.js';

// Leaflet's own is a data: address; ours is on this host.
L.Util.emptyImageUrl = emptyImageUrl;

/** @typedef {[number, number, number, number]} Bbox west, south, east, north; EPSG:4326 degrees */
/** @typedef {{lon: number, lat: number, zoom: number}} View */

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {Bbox | null} [deps.bbox] what to show first; the map does not go far beyond
 * @param {string | string[] | null} [deps.basemap] name of a base map, of several the first that there is; null:
 *   blank with a graticule
 * @param {import("./basemap.js").BasemapInfo[] | null} [deps.infos] the base maps there are; null: the server is asked
 * @param {import("./basemap.js").KeptAreas | null} [deps.areas] base maps that this device keeps
 * @param {boolean} [deps.crosshair]
 * @param {number} [deps.maxZoom]
 * @param {View | null} [deps.view] where to look first, instead of the whole bbox
 */
export function createMap({
  api,
  i18n,
  bbox = null,
  basemap = null,
  infos = null,
  areas = null,
  crosshair = false,
  maxZoom = 19,
  view = null,
}) {
  const { t } = i18n;
  const canvas = h('div', { class: 'map-canvas', dir: 'ltr', 'aria-label': t('map.keys'), role: 'group' });
  const attribution = h('p', { class: 'map-attribution' });
  const buttons = h('div', { class: 'map-buttons' });
  const element = h(
    'div',
    { class: 'map', role: 'region', 'aria-label': t('map.label') },
    canvas,
    buttons,
    attribution,
  );
  const map = L.map(canvas, {
    zoomControl: false,
    attributionControl: false,
    maxZoom,
    minZoom: 3,
    keyboardPanDelta: 60,
    zoomSnap: 0.5,
    worldCopyJump: false,
    bounceAtZoomLimits: false,
    fadeAnimation: !reducedMotion(),
    zoomAnimation: !reducedMotion(),
    markerZoomAnimation: !reducedMotion(),
  });
  const aim = crosshair ? createCrosshair({ map }) : null;
  if (aim) element.append(aim.element);

  /** @param {Bbox} box @param {number} [padding] pixels */
  function fit([west, south, east, north], padding = 12) {
    map.fitBounds(
      [
        [south, west],
        [north, east],
      ],
      { padding: [padding, padding], animate: false },
    );
  }
  /** @type {Map<string, {line: HTMLElement, layers: Set<object>}>} */
  const credits = new Map();
  /** A credit, shown as text, once for all layers that owe it. @param {string} text */
  function addAttribution(text) {
    const layer = {};
    const credit = credits.get(text) ?? { line: h('span', {}, text), layers: new Set() };
    credits.set(text, credit);
    credit.layers.add(layer);
    attribution.append(credit.line);
    return () => {
      credit.layers.delete(layer);
      if (credit.layers.size === 0 && credits.delete(text)) credit.line.remove();
    };
  }
  /** A round button on the map; returns it. @param {string} name icon @param {string} label @param {() => void} run */
  function addButton(name, label, run) {
    const button = h(
      'button',
      { class: 'map-button', type: 'button', title: label, 'aria-label': label, onclick: run },
      icon(name),
    );
    buttons.append(button);
    return button;
  }
  addButton('plus', t('map.zoom_in'), () => map.zoomIn(1));
  addButton('minus', t('map.zoom_out'), () => map.zoomOut(1));

  map.setView([0, 0], 3);
  const resize = new ResizeObserver(() => {
    map.invalidateSize({ animate: false, pan: true });
  });
  resize.observe(canvas);
  let framed = bbox === null;
  // The first picture can only be framed once the canvas has a size.
  const frame = new ResizeObserver(() => {
    if (framed || !bbox || canvas.clientWidth === 0) return;
    framed = true;
    map.invalidateSize({ animate: false });
    fit(bbox);
    map.setMinZoom(Math.max(3, map.getZoom() - 3));
    map.setMaxBounds(
      L.latLngBounds([
        [bbox[1], bbox[0]],
        [bbox[3], bbox[2]],
      ]).pad(1),
    );
    if (view) map.setView([view.lat, view.lon], view.zoom, { animate: false });
    frame.disconnect();
  });
  frame.observe(canvas);
  const base = createBasemap({ api, i18n, map, addAttribution, infos, areas });
  base.show(basemap);

  return {
    element,
    map,
    fit,
    addButton,
    addAttribution,
    setBasemap: base.show,
    /** Which base map is shown, or about to be; null: blank. */
    basemap: base.shown,
    /** Under the crosshair; longitude, latitude. @returns {[number, number]} */
    centre() {
      const { lng, lat } = map.getCenter();
      return [lng, lat];
    },
    /** What is looked at. @returns {View} */
    view() {
      const { lng, lat } = map.getCenter();
      return { lon: lng, lat, zoom: map.getZoom() };
    },
    /** @param {boolean} shown */
    showCrosshair: (shown) => aim?.show(shown),
    /** Shows the cell a mark here would be coarsened to. @param {number} metres */
    setPrecision: (metres) => aim?.setPrecision(metres),
    /** @param {number} lon @param {number} lat @param {number} [zoom] */
    goTo(lon, lat, zoom = map.getZoom()) {
      map.setView([lat, lon], zoom, { animate: !reducedMotion() });
    },
    /** Puts the keyboard on the map. */
    focus: () => canvas.focus({ preventScroll: true }),
    destroy() {
      resize.disconnect();
      frame.disconnect();
      base.destroy();
      aim?.destroy();
      map.remove();
      element.remove();
    },
  };
}
/** @typedef {ReturnType<typeof createMap>} MapWidget */

export function reducedMotion() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
