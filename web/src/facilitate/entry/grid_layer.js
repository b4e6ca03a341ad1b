// SPDX-License-Identifier: AGPL-3.0-or-later
// The sheet's grid on the map, with its letters and numbers, and the cells that are being typed.
import L from 'leaflet';
import { h } from '../../core/dom.js';
import { cellAt, cellBox, risingLongitudes } from './cells.js';

/** @typedef {import('./cells.js').Cell} Cell */

/**
 * @param {object} deps
 * @param {L.Map} deps.map
 * @param {import('./cells.js').Sheet} deps.sheet
 * @param {(cell: Cell) => void} deps.onPick a click on the map
 */
export function createGridLayer({ map, sheet, onPick }) {
  const lines = L.layerGroup().addTo(map);
  const chosen = L.layerGroup().addTo(map);
  const west = risingLongitudes(sheet);
  const [first, last] = [west[0], west[west.length - 1]];
  const [top, bottom] = [sheet.latitudes[0], sheet.latitudes[sheet.latitudes.length - 1]];
  const style = { color: '#16201f', weight: 1, opacity: 0.55, interactive: false };
  for (const lon of west) lines.addLayer(L.polyline([[top, lon], [bottom, lon]], style)); // prettier-ignore
  for (const lat of sheet.latitudes) lines.addLayer(L.polyline([[lat, first], [lat, last]], style)); // prettier-ignore
  for (let i = 0; i < sheet.columns; i++) {
    const lon = (west[i] + west[i + 1]) / 2;
    addName(String.fromCharCode(65 + i), top, lon, 'north');
    addName(String.fromCharCode(65 + i), bottom, lon, 'south');
  }
  for (let i = 0; i < sheet.rows; i++) {
    const lat = (sheet.latitudes[i] + sheet.latitudes[i + 1]) / 2;
    addName(String(i + 1), lat, first, 'west');
    addName(String(i + 1), lat, last, 'east');
  }

  /** Beside the map's edge, as on paper. @param {string} text @param {number} lat @param {number} lon @param {string} side */
  function addName(text, lat, lon, side) {
    const html = h('span', { class: `grid-name grid-name-${side}` }, text);
    const icon = L.divIcon({ html, className: 'grid-place', iconSize: [0, 0] });
    lines.addLayer(L.marker([lat, lon], { icon, interactive: false, keyboard: false }));
  }
  /** @param {L.LeafletMouseEvent} event */
  function pick({ latlng }) {
    const cell = cellAt(sheet, latlng.lng, latlng.lat);
    if (cell) onPick(cell);
  }
  map.on('click', pick);
  return {
    /** Shows cells in their order, and brings the last of them into view. @param {Cell[]} cells */
    show(cells) {
      chosen.clearLayers();
      const middles = cells.map((cell) => {
        const [w, s, e, n] = cellBox(sheet, cell);
        const box = L.latLngBounds([s, w], [n, e]);
        chosen.addLayer(
          L.rectangle(box, { color: '#a3301d', weight: 3, fillColor: '#fcefd0', fillOpacity: 0.35, interactive: false, className: 'grid-cell' }), // prettier-ignore
        );
        return box.getCenter();
      });
      if (middles.length > 1)
        chosen.addLayer(L.polyline(middles, { color: '#a3301d', weight: 4, dashArray: '8 6', interactive: false }));
      for (const at of middles)
        chosen.addLayer(L.circleMarker(at, { radius: 5, color: '#fff', weight: 2, fillColor: '#a3301d', fillOpacity: 1, interactive: false })); // prettier-ignore
      const last = middles[middles.length - 1];
      if (last && !map.getBounds().contains(last)) map.panTo(last, { animate: false });
    },
    destroy() {
      map.off('click', pick);
      lines.remove();
      chosen.remove();
    },
  };
}
