// SPDX-License-Identifier: AGPL-3.0-or-later
// Choosing an area: what the map shows inside the frame is what is chosen.
import { h } from '../core/dom.js';
import { createMap } from '../map/map.js';

/** @typedef {import('./types.js').Bbox} Bbox */

const inset = 24; // pixels between the map's edge and the frame, as in the styles

/**
 * @param {object} deps
 * @param {import('./main.js').App} deps.app
 * @param {Bbox} deps.bbox
 * @param {string | string[] | null} deps.basemap
 * @param {number} [deps.minZoom] where the base map begins to show something
 */
export function createAreaPicker({ app, bbox, basemap, minZoom = 0 }) {
  const widget = createMap({ api: app.api, i18n: app.i18n, basemap });
  widget.element.append(h('div', { class: 'area-frame', 'aria-hidden': 'true' }));
  const element = h('div', { class: 'area-picker' }, widget.element);
  let wanted = bbox;
  let moved = false;

  function frame() {
    widget.fit(wanted, inset);
    // a base map's box may be wider than what it draws from afar
    const far = widget.map.getZoom() < minZoom;
    if (far) widget.map.setZoom(minZoom, { animate: false });
    moved = far;
  }
  // The map has a size only once it is on the page.
  const ready = new ResizeObserver(() => {
    if (widget.element.clientWidth === 0) return;
    ready.disconnect();
    widget.map.invalidateSize({ animate: false });
    frame();
  });
  ready.observe(widget.element);
  widget.map.on('movestart zoomstart', () => (moved = true));
  return {
    element,
    /** @returns {Bbox} */
    bbox() {
      if (!moved) return wanted;
      const { x, y } = widget.map.getSize();
      const northWest = widget.map.containerPointToLatLng([inset, inset]);
      const southEast = widget.map.containerPointToLatLng([x - inset, y - inset]);
      const tidy = (/** @type {number} */ degrees) =>
        Math.round(Math.min(180, Math.max(-180, degrees)) * 1e5) / 1e5;
      return [tidy(northWest.lng), tidy(southEast.lat), tidy(southEast.lng), tidy(northWest.lat)];
    },
    /** @param {string | null} name @param {Bbox | null} box @param {number} [zoom] where it begins to show something */
    setBasemap(name, box, zoom = 0) {
      widget.setBasemap(name);
      if (!box) return;
      wanted = box;
      minZoom = zoom;
      frame();
    },
    destroy() {
      ready.disconnect();
      widget.destroy();
      element.remove();
    },
  };
}
