// SPDX-License-Identifier: AGPL-3.0-or-later
// The density picture of a session, computed in metres on the server (staff only: tiles are images,
// and only a cookie goes with those).
import L from 'leaflet';
import { query } from '../core/api.js';

/**
 * @param {object} deps
 * @param {L.Map} deps.map
 * @param {number} deps.session
 * @param {number} [deps.opacity]
 */
export function createHeatLayer({ map, session, opacity = 0.75 }) {
  /** @type {L.TileLayer | null} */
  let layer = null;
  let category = '';
  const url = () => `/api/sessions/${session}/heat/{z}/{x}/{y}${query({ category })}`;
  return {
    /** @param {boolean} on @param {string} [only] one category */
    show(on, only = '') {
      layer?.remove();
      layer = null;
      category = only;
      if (on) layer = L.tileLayer(url(), { opacity, zIndex: 5, maxZoom: 22, maxNativeZoom: 17 }).addTo(map);
    },
    /** Asks for the tiles again, after marks were added. */
    refresh() {
      layer?.redraw();
    },
    destroy() {
      layer?.remove();
    },
  };
}
