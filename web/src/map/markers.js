// SPDX-License-Identifier: AGPL-3.0-or-later
// Contributions on the map: points as signs (grouped where they would cover each other), lines and
// areas as drawn, with the sign at their middle.
import L from 'leaflet';
import { h } from '../core/dom.js';
import { clusterMarks } from './cluster.js';
import { createRing, createSymbol, plainColour } from './symbol.js';

/** @typedef {GeoJSON.Feature & {id: string}} Mark */
/** @typedef {import("./symbol.js").Sign & {label: string, class?: string, badge?: string}} Look label: read out */

/** @typedef {{marker: L.Marker, run?: () => void}} Standing run: when it is pressed */

/**
 * @param {object} deps
 * @param {L.Map} deps.map
 * @param {(mark: Mark) => Look} deps.look
 * @param {(mark: Mark) => void} [deps.onSelect]
 * @param {(count: number) => string} [deps.groupLabel]
 * @param {number} [deps.groupRadius] pixels; 0: never grouped
 * @param {number} [deps.size] pixels
 */
export function createMarkers({ map, look, onSelect, groupLabel = String, groupRadius = 0, size = 40 }) {
  /** @type {Map<string, Mark>} */
  const marks = new Map();
  /** Where each mark is drawn, alone or in a group. @type {Map<string, HTMLElement>} */
  const drawn = new Map();
  /** The signs that stand, by all that they show: one that stays the same stays in the page, also under a finger. @type {Map<string, Standing>} */
  let standing = new Map();
  /** @type {string | null} */
  let selected = null;
  let due = 0;
  const shapes = L.layerGroup().addTo(map);
  const signs = L.layerGroup().addTo(map);

  function redraw() {
    due = 0;
    const held = [...drawn].find(([, element]) => element === document.activeElement)?.[0];
    const before = standing;
    standing = new Map();
    drawn.clear();
    shapes.clearLayers();
    const zoom = map.getZoom();
    const seen = map.getBounds().pad(0.25);
    const placed = [];
    for (const mark of marks.values()) {
      const at = middleOf(mark.geometry);
      if (mark.geometry.type !== 'Point') drawShape(mark);
      if (!seen.contains(at)) continue;
      const { x, y } = map.project(at, zoom);
      placed.push({ x, y, item: mark });
    }
    const radius = zoom >= map.getMaxZoom() ? 0 : groupRadius;
    for (const group of clusterMarks(placed, radius)) {
      if (group.items.length === 1) drawSign(group.items[0], before);
      else drawGroup(group, map.unproject([group.x, group.y], zoom), before);
    }
    for (const { marker } of before.values()) signs.removeLayer(marker);
    // whoever is on a mark with the keyboard stays on it
    const now = held && drawn.get(held);
    if (now && now !== document.activeElement) now.focus({ preventScroll: true });
  }
  /** @param {Mark} mark */
  function drawShape(mark) {
    const { colour = plainColour } = look(mark);
    const weight = mark.id === selected ? 7 : 5;
    // a dark edge under the colour, so that pale colours stand out
    const edge = { color: '#16201f', opacity: 0.55, weight: weight + 2.5, fill: false };
    const body = { color: colour, opacity: 1, weight, fillColor: colour, fillOpacity: 0.3 };
    const layer = L.featureGroup([
      L.geoJSON(mark.geometry, { style: edge, interactive: false }),
      L.geoJSON(mark.geometry, { style: body }),
    ]);
    if (onSelect) layer.on('click', () => onSelect(mark));
    shapes.addLayer(layer);
  }
  /** @param {Mark} mark @param {Map<string, Standing>} before */
  function drawSign(mark, before) {
    const { label, class: extra = '', badge, ...sign } = look(mark);
    const classes = `map-mark ${extra} ${mark.id === selected ? 'map-mark-selected' : ''}`;
    stand(before, {
      items: [mark],
      at: middleOf(mark.geometry),
      picture: { sign, badge },
      draw: () => createSymbol(sign, { size, badge }),
      classes,
      side: size,
      label,
      run: onSelect && (() => onSelect(mark)),
    });
  }
  /** @param {import("./cluster.js").Group<Mark>} group @param {L.LatLng} at @param {Map<string, Standing>} before */
  function drawGroup({ items }, at, before) {
    /** @type {Map<string, number>} */
    const colours = new Map();
    for (const mark of items) {
      const { colour = plainColour } = look(mark);
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
    }
    const parts = [...colours]
      .map(([colour, count]) => ({ colour, count }))
      .sort((a, b) => b.count - a.count);
    const ring = Math.min(1.6 * size, size + 4 + 6 * Math.log10(items.length));
    stand(before, {
      items,
      at,
      picture: parts,
      draw: () => createRing(parts, String(items.length), ring),
      classes: 'map-mark map-group',
      side: ring,
      label: groupLabel(items.length),
      run() {
        const bounds = L.latLngBounds(items.map((mark) => middleOf(mark.geometry)));
        map.fitBounds(bounds, { maxZoom: map.getZoom() + 3, padding: [60, 60] });
      },
    });
  }
  /**
   * A sign on the map: the one that stands there already, if it shows the same.
   * @param {Map<string, Standing>} before those that are left here go
   * @param {{items: Mark[], at: L.LatLng, picture: any, draw: () => SVGElement, classes: string, side: number,
   *   label: string, run?: () => void}} sign picture: what it is drawn of
   */
  function stand(before, { items, at, picture, draw, classes, side, label, run }) {
    const shows = JSON.stringify([items.map(({ id }) => id), at.lat, at.lng, picture, classes, side, label]);
    const stays = before.get(shows);
    before.delete(shows);
    /** @type {Standing} */
    const entry = stays ?? { marker: place(at, draw(), classes, side, label, run && (() => entry.run?.())) };
    entry.run = run;
    standing.set(shows, entry);
    const element = entry.marker.getElement();
    if (element) for (const { id } of items) drawn.set(id, element);
  }
  /** @param {L.LatLng} at @param {SVGElement} drawing @param {string} classes @param {number} side @param {string} label @param {(() => void) | undefined} run */
  function place(at, drawing, classes, side, label, run) {
    const html = h('div', { class: 'map-mark-body' }, drawing);
    const marker = L.marker(at, {
      icon: L.divIcon({ html, className: classes, iconSize: [side, side] }),
      keyboard: Boolean(run),
      interactive: Boolean(run),
      riseOnHover: true,
    });
    if (run)
      marker
        .on('click', run)
        .on('keypress', (/** @type {any} */ e) => e.originalEvent.key === 'Enter' && run());
    signs.addLayer(marker);
    const element = marker.getElement();
    element?.setAttribute('aria-label', label);
    element?.setAttribute('role', run ? 'button' : 'img');
    element?.setAttribute('title', label);
    return marker;
  }
  function later() {
    due ||= requestAnimationFrame(redraw);
  }
  map.on('zoomend moveend', later);
  return {
    /** All of them, in the place of the former. @param {Iterable<Mark>} list */
    set(list) {
      marks.clear();
      for (const mark of list) marks.set(mark.id, mark);
      later();
    },
    /** One more, or a new version of one. @param {Mark} mark */
    put(mark) {
      marks.set(mark.id, mark);
      later();
    },
    /** @param {string} id */
    remove(id) {
      if (marks.delete(id)) later();
    },
    /** @param {string | null} id */
    select(id) {
      selected = id;
      later();
    },
    /** After what `look` answers has changed. */
    refresh: later,
    /** @param {number} side pixels of a sign @param {number} radius pixels within which signs are grouped */
    resize(side, radius) {
      size = side;
      groupRadius = radius;
      later();
    },
    get size() {
      return marks.size;
    },
    destroy() {
      cancelAnimationFrame(due);
      map.off('zoomend moveend', later);
      shapes.remove();
      signs.remove();
    },
  };
}

/** Where the sign of a geometry stands: the point, the middle vertex, the mean of a ring. @param {GeoJSON.Geometry} geometry @returns {L.LatLng} */
export function middleOf(geometry) {
  switch (geometry.type) {
    case 'Point':
      return L.latLng(geometry.coordinates[1], geometry.coordinates[0]);
    case 'LineString': {
      const [lon, lat] = geometry.coordinates[Math.floor((geometry.coordinates.length - 1) / 2)];
      return L.latLng(lat, lon);
    }
    case 'Polygon': {
      const ring = geometry.coordinates[0].slice(0, -1);
      const sum = ring.reduce(([a, b], [lon, lat]) => [a + lon, b + lat], [0, 0]);
      return L.latLng(sum[1] / ring.length, sum[0] / ring.length);
    }
    case 'GeometryCollection':
      return middleOf(geometry.geometries[0]);
    default:
      return L.geoJSON(geometry).getBounds().getCenter();
  }
}
