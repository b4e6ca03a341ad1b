// SPDX-License-Identifier: AGPL-3.0-or-later
// The regions of a slice on the map: one canvas for all, that lets the names of the base map show through.
import L from 'leaflet';
import { drawRegions } from './region_draw.js';
import { regionAt, toWorld } from './regions.js';

// Leaflet's renderer keeps a canvas in its place while the map moves; this one draws without its paths.
const Canvas = L.Renderer.extend({
  _initContainer() {
    this._container = document.createElement('canvas');
  },
  _destroyContainer() {
    this._container?.remove();
    delete this._container;
  },
  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    /** @type {any} */ (L.Renderer.prototype)._update.call(this);
    const { min } = this._bounds;
    const size = this._bounds.getSize();
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const canvas = this._container;
    L.DomUtil.setPosition(canvas, min);
    canvas.width = size.x * ratio;
    canvas.height = size.y * ratio;
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    const corner = this._map.getPixelOrigin().add(min);
    this.options.draw(canvas.getContext('2d'), {
      width: size.x,
      height: size.y,
      world: 256 * 2 ** this._map.getZoom(),
      left: corner.x,
      top: corner.y,
      ratio,
    });
  },
});

/**
 * @param {object} deps
 * @param {L.Map} deps.map
 * @param {(region: import('./regions.js').Region | null, at: L.LatLng) => void} deps.onPick null: beside all of them
 */
export function createRegionLayer({ map, onPick }) {
  const pane = map.getPane('regions') ?? map.createPane('regions');
  pane.style.zIndex = '350';
  pane.classList.add('regions-pane');
  /** @type {import('./scene.js').Pane | null} */
  let shown = null;
  /** @type {import('./regions.js').Region | null} */
  let picked = null;
  /** @type {import('./regions.js').Region | null} */
  let pointed = null;
  let due = 0;
  const canvas = new /** @type {any} */ (Canvas)({
    pane: 'regions',
    padding: 0.4,
    draw: (
      /** @type {CanvasRenderingContext2D} */ context,
      /** @type {import('./region_draw.js').View} */ view,
    ) => shown && drawRegions(context, view, shown, { picked, pointed }),
  }).addTo(map);

  function redraw() {
    due ||= requestAnimationFrame(() => {
      due = 0;
      canvas._update();
    });
  }
  /** @param {L.LatLng} at */
  const find = ({ lng, lat }) => (shown ? regionAt(shown.regions, toWorld(lng, lat)) : null);
  /** @param {L.LeafletMouseEvent} event */
  function point({ latlng }) {
    const next = find(latlng);
    if (next === pointed) return;
    pointed = next;
    map.getContainer().classList.toggle('over-region', pointed !== null);
    redraw();
  }
  function leave() {
    if (pointed) redraw();
    pointed = null;
  }
  const pick = (/** @type {L.LeafletMouseEvent} */ { latlng }) => onPick(find(latlng), latlng);
  map.on({ mousemove: point, mouseout: leave, click: pick });
  return {
    /** @param {import('./scene.js').Pane} next */
    show(next) {
      shown = next;
      picked = pointed = null;
      redraw();
    },
    /** @param {import('./regions.js').Region | null} region */
    pick(region) {
      picked = region;
      redraw();
    },
    /** What is under a position. */
    find,
    destroy() {
      cancelAnimationFrame(due);
      map.off({ mousemove: point, mouseout: leave, click: pick });
      canvas.remove();
    },
  };
}
