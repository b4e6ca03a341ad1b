// SPDX-License-Identifier: AGPL-3.0-or-later
// Vector base maps. With tag_rules.js the only module that knows protomaps-leaflet; loaded when a vector
// map is shown.
import { labelRules, leafletLayer, paintRules } from 'protomaps-leaflet';
import { flavour } from './flavour.js';
import { ground, sortByKind, tagLabelRules, tagPaintRules } from './tag_rules.js';

/** Whether these are the layers of today's Protomaps schema; before its fourth version it had others besides. @param {string[]} names */
export const isProtomaps = (names) =>
  names.length === 0 ||
  (names.includes('earth') &&
    names.includes('roads') &&
    !names.some((name) => ['natural', 'physical_line', 'transit'].includes(name)));

const streets = 15; // from this zoom single houses are told apart

/**
 * The zoom whose tiles are drawn at all finer ones. Where one layer ends before others, such as shops before
 * trees, finer tiles would show an empty street: the last zoom that has both is drawn larger.
 * @param {import("./basemap.js").BasemapInfo} info
 */
export function lastZoom({ maxzoom, vector_layers: layers = [] }) {
  const ends = layers.map((layer) => layer.maxzoom ?? maxzoom).filter((end) => end >= streets);
  return Math.min(maxzoom, ...ends);
}

/**
 * A Leaflet layer of vector tiles, drawn in quiet colours. Tiles in the Protomaps schema get that
 * library's rules in our colours, any other schema a look by tags and by the names of its layers.
 * @param {object} options
 * @param {string | import("pmtiles").PMTiles} options.source an address with {z}, {x}, {y}, or a file that is here
 * @param {import("./basemap.js").BasemapInfo} options.info
 * @param {string} options.language
 * @returns {import("leaflet").Layer}
 */
export function createVectorLayer({ source, info, language }) {
  const known = isProtomaps((info.vector_layers ?? []).map((layer) => layer.id));
  /** @type {any} */
  const layer = leafletLayer({
    url: source,
    maxDataZoom: lastZoom(info),
    lang: language,
    attribution: '',
    noWrap: true,
    backgroundColor: known ? flavour.background : ground,
    paintRules: known ? paintRules(flavour) : tagPaintRules,
    labelRules: known ? labelRules(flavour, language) : tagLabelRules,
  });
  if (!known)
    for (const view of layer.views.values()) {
      const { source: tiles } = view.tileCache;
      const get = tiles.get.bind(tiles);
      tiles.get = async (/** @type {any} */ tile, /** @type {number} */ size) =>
        sortByKind(await get(tile, size), language);
    }
  return layer;
}
