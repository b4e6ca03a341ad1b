// SPDX-License-Identifier: AGPL-3.0-or-later
// Squares on the wall's map: a frame in the colour of what most people there chose, its sign in the middle.
import L from 'leaflet';
import { h } from '../../core/dom.js';
import { createSymbol, plainColour } from '../../map/symbol.js';

/**
 * @param {object} deps
 * @param {L.Map} deps.map
 * @param {(category: string | null) => import('../../map/symbol.js').Sign & {label: string}} deps.signOf null: mixed
 * @param {(square: import('./squares.js').Square) => string} deps.labelOf
 */
export function createSquaresLayer({ map, signOf, labelOf }) {
  const layer = L.layerGroup().addTo(map);
  return {
    /** @param {import('./squares.js').Square[]} squares @param {number} size of a sign, pixels */
    set(squares, size) {
      layer.clearLayers();
      const smallest = Math.min(...squares.map((one) => one.sideM));
      for (const square of squares) {
        const [west, south, east, north] = square.bbox;
        const sign = signOf(square.category);
        const colour = sign.colour ?? plainColour;
        const corners = L.latLngBounds([south, west], [north, east]);
        const strength = Math.min(0.6, 0.2 + 0.08 * Math.log2(square.from));
        const shape = { fillColor: colour, fillOpacity: strength, color: '#16201f', weight: 2, opacity: 0.75 };
        layer.addLayer(L.rectangle(corners, { ...shape, interactive: false, className: 'wall-square' }));
        const html = h('div', { class: 'wall-sign' }, createSymbol(sign, { size }), h('span', {}, `${square.from}+`));
        // in a large one small ones may lie: its sign stands in its corner
        const large = square.sideM > smallest;
        const label = L.marker(large ? corners.getSouthWest() : corners.getCenter(), {
          icon: L.divIcon({
            html,
            className: 'wall-mark',
            iconSize: [size, size * 1.5],
            iconAnchor: large ? [-4, size * 1.5 + 4] : [size / 2, size * 0.75],
          }),
          keyboard: false,
          interactive: false,
        });
        layer.addLayer(label);
        const element = label.getElement();
        element?.setAttribute('role', 'img');
        element?.setAttribute('aria-label', labelOf(square));
      }
    },
    destroy: () => void layer.remove(),
  };
}
