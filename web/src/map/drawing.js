// SPDX-License-Identifier: AGPL-3.0-or-later
// A path or an area in the making: corners are added under the crosshair, never dragged.
import L from 'leaflet';
import { snap } from '../core/snap.js';
import { createStore } from '../core/store.js';

/**
 * @param {object} deps
 * @param {L.Map} deps.map
 * @param {"line" | "area"} deps.kind
 * @param {string} deps.colour
 * @param {number} deps.precisionM
 */
export function createDrawing({ map, kind, colour, precisionM }) {
  const corners = createStore(/** @type {[number, number][]} */ ([]));
  const edge = L.polyline([], { color: '#16201f', weight: 8, opacity: 0.55, interactive: false }).addTo(map);
  const done = L.polyline([], { color: colour, weight: 5, interactive: false }).addTo(map);
  const next = L.polyline([], { color: '#0c2b3a', weight: 2.5, dashArray: '3 7', interactive: false }).addTo(
    map,
  );
  const dots = L.layerGroup().addTo(map);
  const least = kind === 'line' ? 2 : 3;

  /** @param {[number, number]} corner @returns {[number, number]} */
  const toLatLng = ([lon, lat]) => [lat, lon];
  /** @returns {[number, number]} */
  function underCrosshair() {
    const { lng, lat } = map.getCenter();
    return snap(precisionM, [lng, lat]);
  }
  function draw() {
    const drawn = corners.get().map(toLatLng);
    const here = toLatLng(underCrosshair());
    edge.setLatLngs(drawn);
    done.setLatLngs(drawn);
    if (drawn.length === 0) next.setLatLngs([]);
    else
      next.setLatLngs([
        drawn[drawn.length - 1],
        here,
        ...(kind === 'area' && drawn.length > 1 ? [drawn[0]] : []),
      ]);
    dots.clearLayers();
    for (const at of drawn)
      L.circleMarker(at, {
        radius: 6,
        color: '#16201f',
        weight: 2,
        fillColor: '#fffdf8',
        fillOpacity: 1,
        interactive: false,
      }).addTo(dots);
  }
  const stop = corners.subscribe(draw);
  map.on('move', draw);
  return {
    corners,
    least,
    /** @returns {boolean} false: the last corner is in the same cell */
    add() {
      const here = underCrosshair();
      if (String(corners.get().slice(-1)[0]) === String(here)) return false;
      corners.set((all) => [...all, here]);
      return true;
    },
    undo: () => corners.set((all) => all.slice(0, -1)),
    get ready() {
      return new Set(corners.get().map(String)).size >= least;
    },
    /** @returns {GeoJSON.Geometry} */
    geometry() {
      const drawn = corners.get();
      if (kind === 'line') return { type: 'LineString', coordinates: drawn };
      return { type: 'Polygon', coordinates: [[...drawn, drawn[0]]] };
    },
    destroy() {
      stop();
      map.off('move', draw);
      for (const layer of [edge, done, next, dots]) layer.remove();
    },
  };
}
/** @typedef {ReturnType<typeof createDrawing>} Drawing */
