// SPDX-License-Identifier: AGPL-3.0-or-later
// What lies under everything: raster or vector tiles of a base map on the server, or blank paper with
// a graticule when there is none.
import L from 'leaflet';
import { createGraticule } from './graticule.js';

/**
 * @typedef {object} BasemapInfo
 * @property {string} name
 * @property {string} title
 * @property {string} format png, jpg, webp or pbf
 * @property {number} minzoom
 * @property {number} maxzoom
 * @property {[number, number, number, number] | null} [bbox]
 * @property {string} [attribution]
 * @property {{id: string}[]} [vector_layers]
 */

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {L.Map} deps.map
 * @param {(text: string) => () => void} deps.addAttribution
 */
export function createBasemap({ api, i18n, map, addAttribution }) {
  /** @type {L.Layer | null} */
  let layer = null;
  let forget = () => {};
  let turn = 0;

  /** @param {string} name @returns {Promise<BasemapInfo | undefined>} */
  async function find(name) {
    const { items } = await api.get('/api/basemaps');
    return items.find((/** @type {BasemapInfo} */ item) => item.name === name);
  }
  /** @param {BasemapInfo | null} info */
  async function make(info) {
    if (!info) return createGraticule();
    const url = `/basemaps/${encodeURIComponent(info.name)}/{z}/{x}/{y}`;
    if (info.format === 'pbf') {
      const { createVectorLayer } = await import('./vector_layer.js');
      return createVectorLayer({ url, info, language: i18n.language.get() });
    }
    return L.tileLayer(url, {
      minNativeZoom: info.minzoom,
      maxNativeZoom: info.maxzoom,
      maxZoom: 22,
      zIndex: 0,
    });
  }
  /** Shows a base map by name; null: the blank one. A name the server does not know is blank too. @param {string | null} name */
  async function show(name) {
    const mine = ++turn;
    let next,
      info = null;
    try {
      info = name ? ((await find(name)) ?? null) : null;
      next = await make(info);
    } catch {
      info = null;
      next = await make(null);
    }
    if (mine !== turn) return;
    layer?.remove();
    forget();
    layer = next.addTo(map);
    forget = info?.attribution ? addAttribution(plainText(info.attribution)) : () => {};
  }
  return {
    show,
    destroy() {
      turn++;
      layer?.remove();
      forget();
    },
  };
}

/** The zoom from which a base map shows something; vector tiles are drawn one zoom larger. @param {BasemapInfo} info */
export const firstZoom = ({ minzoom, format }) => minzoom + (format === 'pbf' ? 1 : 0);

/** Archives often carry markup in their credit: only its words are shown. @param {string} markup */
export function plainText(markup) {
  const words = markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&copy;/gi, '©')
    .replace(/&amp;/gi, '&');
  return words.replace(/\s+/g, ' ').trim();
}
