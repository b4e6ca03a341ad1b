// SPDX-License-Identifier: AGPL-3.0-or-later
// The density picture of a session, computed in metres on the server. Its tiles change while they are
// looked at, so they are fetched: a browser would show an image of the same address again as it was.
import L from 'leaflet';
import { query } from '../core/api.js';
import { h } from '../core/dom.js';

const HeatTiles = L.GridLayer.extend({
  /** @param {L.Coords} coords @param {(error: any, tile: HTMLElement) => void} done */
  createTile(coords, done) {
    const tile = h('img', { alt: '' });
    this.options.load(coords).then(
      (/** @type {Blob} */ picture) => {
        const url = URL.createObjectURL(picture);
        tile.onload = tile.onerror = () => {
          URL.revokeObjectURL(url);
          done(null, tile);
        };
        tile.src = url;
      },
      (/** @type {unknown} */ problem) => done(problem, tile),
    );
    return tile;
  },
});

/**
 * @param {object} deps
 * @param {import('../core/api.js').Api} deps.api
 * @param {L.Map} deps.map
 * @param {number} deps.session
 * @param {number} [deps.opacity]
 */
export function createHeatLayer({ api, map, session, opacity = 0.75 }) {
  /** The last one is what is wanted; those before stay until it is there. @type {L.GridLayer[]} */
  let layers = [];
  let category = '';

  /** @param {L.Coords} coords */
  const load = ({ x, y, z }) => api.get(`/api/sessions/${session}/heat/${z}/${x}/${y}${query({ category })}`);
  function add() {
    /** @type {L.GridLayer} */
    const layer = new /** @type {any} */ (HeatTiles)({
      load,
      opacity,
      zIndex: 5,
      maxZoom: 22,
      maxNativeZoom: 17,
    });
    layers.push(layer);
    layer.once('load', () => removeBefore(layer));
    layer.addTo(map);
  }
  /** @param {L.GridLayer} layer */
  function removeBefore(layer) {
    while (layers.includes(layer) && layers[0] !== layer) layers.shift()?.remove();
  }
  function clear() {
    for (const layer of layers) layer.remove();
    layers = [];
  }
  return {
    /** @param {boolean} on @param {string} [only] one category */
    show(on, only = '') {
      clear();
      category = only;
      if (on) add();
    },
    /** Asks for the tiles again, after marks were added. */
    refresh() {
      if (layers.length > 0) add();
    },
    destroy: clear,
  };
}
