// SPDX-License-Identifier: AGPL-3.0-or-later
// The crosshair: a mark is placed under it by moving the map, without dragging anything small. The
// faint square round it is the cell the position will be coarsened to.
import L from 'leaflet';
import { h, svg } from '../core/dom.js';
import { cellOf } from '../core/snap.js';

/** @param {{map: L.Map}} deps */
export function createCrosshair({ map }) {
  const element = h(
    'div',
    { class: 'crosshair', 'aria-hidden': 'true' },
    svg(
      'svg',
      { viewBox: '0 0 96 96', class: 'crosshair-drawing' },
      svg('g', { class: 'crosshair-halo' }, lines()),
      svg('g', { class: 'crosshair-lines' }, lines()),
    ),
  );
  /** @type {L.Rectangle | null} */
  let cell = null;
  let precisionM = 0;

  function lines() {
    return [
      svg('circle', { cx: 48, cy: 48, r: 25 }),
      svg('path', { d: 'M48 5v20M48 71v20M5 48h20M71 48h20' }),
      svg('circle', { cx: 48, cy: 48, r: 1.5 }),
    ];
  }
  function follow() {
    const { lng, lat } = map.getCenter();
    const corners = cellOf(precisionM, [lng, lat]);
    if (!corners) {
      cell?.remove();
      return;
    }
    const [west, south, east, north] = corners;
    const bounds = L.latLngBounds([south, west], [north, east]);
    cell ??= L.rectangle(bounds, { interactive: false, className: 'crosshair-cell', weight: 1.5 });
    cell.setBounds(bounds);
    if (!map.hasLayer(cell)) cell.addTo(map);
  }
  map.on('move zoomend viewreset', follow);
  return {
    element,
    /** @param {number} metres 0: no square */
    setPrecision(metres) {
      precisionM = metres;
      if (/** @type {any} */ (map)._loaded) follow();
    },
    /** @param {boolean} shown */
    show(shown) {
      element.hidden = !shown;
    },
    destroy() {
      map.off('move zoomend viewreset', follow);
      cell?.remove();
      element.remove();
    },
  };
}
