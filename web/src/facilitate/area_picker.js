// SPDX-License-Identifier: AGPL-3.0-or-later
// Choosing an area: what the map shows inside the frame is what is chosen.
import { h } from '../core/dom.js';
import { createMap } from '../map/map.js';

/** @typedef {[number, number, number, number]} Bbox west, south, east, north; EPSG:4326 degrees */

/** @param {{app: import('./main.js').App, bbox: Bbox, basemap: string | null}} deps */
export function createAreaPicker({ app, bbox, basemap }) {
  const widget = createMap({ api: app.api, i18n: app.i18n, basemap });
  const element = h('div', { class: 'area-picker' }, widget.element, h('div', { class: 'area-frame', 'aria-hidden': 'true' }));
  const inset = 24; // pixels between the map's edge and the frame, as in the styles
  /** @type {Bbox} */
  let wanted = bbox;
  let touched = false;
  // The map has a size only once it is on the page.
  const ready = new ResizeObserver(() => {
    if (widget.element.clientWidth === 0) return;
    ready.disconnect();
    widget.map.invalidateSize({ animate: false });
    widget.fit(wanted, inset);
    widget.map.once('mousedown touchstart keydown zoomstart', () => (touched = true));
  });
  ready.observe(widget.element);
  return {
    element,
    /** @returns {Bbox} */
    bbox() {
      if (!touched) return wanted;
      const { x, y } = widget.map.getSize();
      const northWest = widget.map.containerPointToLatLng([inset, inset]);
      const southEast = widget.map.containerPointToLatLng([x - inset, y - inset]);
      const round = (/** @type {number} */ degrees) => Math.round(degrees * 1e5) / 1e5;
      return [round(northWest.lng), round(southEast.lat), round(southEast.lng), round(northWest.lat)];
    },
    /** @param {string | null} name @param {Bbox | null} box */
    setBasemap(name, box) {
      widget.setBasemap(name);
      if (!box) return;
      wanted = box;
      touched = false;
      widget.fit(box, inset);
    },
    destroy() {
      ready.disconnect();
      widget.destroy();
      element.remove();
    },
  };
}
