// SPDX-License-Identifier: AGPL-3.0-or-later
// One map with its heading: regions or heat of a slice, findings and places, overlays. With the keyboard, the
// place in the middle is told about.
import L from 'leaflet';
import { h, replace, svg } from '../core/dom.js';
import { createMap } from '../map/map.js';
import { createMarkers } from '../map/markers.js';
import { createOverlayLayer } from '../map/overlay_layer.js';
import { urlsOf } from './catalog.js';
import { nameOf, signOf } from './places.js';
import { createRegionLayer } from './region_layer.js';

/**
 * @param {object} deps
 * @param {import('./page.js').App} deps.app
 * @param {import('./catalog.js').Edition} deps.edition
 * @param {import('../map/map.js').View | null} deps.at
 * @param {(region: import('./regions.js').Region | null, at: L.LatLng) => void} deps.onPick
 * @param {(mark: import('../map/markers.js').Mark) => void} deps.onMark
 */
export function createPane({ app, edition, at, onPick, onMark }) {
  const { t, label } = app.i18n;
  const head = h('div', { class: 'pane-head' });
  const slot = h('div', { class: 'pane-slot' });
  const widget = createMap({
    api: app.api,
    i18n: app.i18n,
    bbox: edition.bbox,
    basemap: edition.base_map,
    maxZoom: 18,
    view: at,
  });
  const { map } = widget;
  const urls = urlsOf(edition);
  let onSign = false;
  /** @type {import('./scene.js').Pane | null} */
  let shown = null;
  /** @type {L.TileLayer | null} */
  let heat = null;
  /** @type {import('../map/markers.js').Mark[]} */
  let placed = [];

  const keysHint = h('p', { class: 'pane-keys', 'aria-hidden': 'true' }, t('plan.map.keys_hint'));
  const aim = svg(
    'svg',
    { class: 'pane-aim', viewBox: '0 0 40 40', 'aria-hidden': 'true' },
    svg('path', { d: 'M20 4v12M20 24v12M4 20h12M24 20h12' }),
  );
  widget.element.append(aim, keysHint);
  map.getContainer().setAttribute('aria-label', t('plan.map.keys'));
  widget.addButton('whole', t('plan.map.whole'), () => widget.fit(edition.bbox));

  const regions = createRegionLayer({
    map,
    // a sign or a shape above the ground is what was meant
    onPick: (region, where) => (onSign ? undefined : onPick(region, where)),
  });
  const markers = createMarkers({
    map,
    look: (mark) => ({ ...signOf(mark), label: nameOf(mark) }),
    onSelect(mark) {
      onSign = true;
      setTimeout(() => (onSign = false));
      onMark(mark);
    },
    groupLabel: (count) => t('plan.map.group', { count }),
    groupRadius: 32,
    size: 34,
  });
  const overlays = new Map(
    edition.overlays.map((overlay) => [
      String(overlay.id),
      createOverlayLayer({
        api: app.api,
        map,
        overlay,
        addAttribution: widget.addAttribution,
        load: () => app.catalog.get(urls.overlay(overlay.id)),
      }),
    ]),
  );
  map.getContainer().addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.target !== map.getContainer()) return;
    const middle = map.getCenter();
    onPick(regions.find(middle), middle);
  });
  const element = h('div', { class: 'pane' }, head, h('div', { class: 'pane-map' }, widget.element, slot));

  return {
    element,
    map,
    widget,
    slot,
    shown: () => shown,
    /** @param {import('./scene.js').Pane} pane @param {(Node | string | false | null)[]} heading */
    show(pane, heading) {
      const former = shown;
      shown = pane;
      replace(head, heading);
      widget.element.setAttribute('aria-label', t('plan.map.label', { title: label(pane.slice.title) }));
      regions.show(pane);
      if (pane.kind === 'heat' && former?.kind === 'heat' && former.slice === pane.slice) return;
      heat?.remove();
      heat =
        pane.kind === 'heat'
          ? L.tileLayer(urls.heatTiles(pane.slice.id), {
              opacity: 0.8,
              zIndex: 5,
              maxZoom: 22,
              maxNativeZoom: 17,
            }).addTo(map)
          : null;
    },
    /** @param {import('../map/markers.js').Mark[]} marks */
    setMarks(marks) {
      const same = marks.length === placed.length && marks.every((mark, i) => mark === placed[i]);
      placed = marks;
      if (!same) markers.set(marks);
    },
    marks: () => placed,
    /** @param {string[]} ids of overlays, others among them */
    setOverlays(ids) {
      for (const [id, layer] of overlays)
        if (layer.shown !== ids.includes(id)) layer.show(ids.includes(id)).catch(app.fail);
    },
    /** @param {{region?: import('./regions.js').Region | null, mark?: string | null}} what */
    pick({ region = null, mark = null }) {
      regions.pick(region);
      markers.select(mark);
    },
    find: regions.find,
    destroy() {
      markers.destroy();
      regions.destroy();
      for (const layer of overlays.values()) layer.destroy();
      widget.destroy();
      element.remove();
    },
  };
}
/** @typedef {ReturnType<typeof createPane>} PaneWidget */
