// SPDX-License-Identifier: AGPL-3.0-or-later
// A reference layer (neighbourhoods, official services): drawn quietly below the marks.
import L from 'leaflet';
import { h } from '../core/dom.js';

/** How far from the middle of the map a point may be to be named there. */
const nearPx = 16;

/**
 * @typedef {object} Overlay
 * @property {number} id
 * @property {string} title
 * @property {"points" | "lines" | "areas" | "mixed"} kind
 * @property {string} colour
 * @property {string} attribution
 */

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {L.Map} deps.map
 * @param {Overlay} deps.overlay
 * @param {(text: string) => () => void} deps.addAttribution
 * @param {boolean} [deps.labels] names of areas on the map
 * @param {() => Promise<GeoJSON.FeatureCollection>} [deps.load] where its features are, when not in the store
 */
export function createOverlayLayer({ api, map, overlay, addAttribution, labels = true, load }) {
  /** @type {L.GeoJSON | null} */
  let layer = null;
  let wanted = false;
  let forget = () => {};
  // names lie above the ground and below the marks
  const pane = map.getPane('names') ?? map.createPane('names');
  pane.style.zIndex = '450';
  const colour = overlay.colour || '#555555';
  const outline = { color: colour, weight: 2, opacity: 0.85, fillColor: colour, fillOpacity: 0.05 };
  const dot = { color: '#fffdf8', weight: 1.5, opacity: 1, fillColor: colour, fillOpacity: 0.95 };

  async function make() {
    const features = await (load ? load() : api.get(`/api/overlays/${overlay.id}/features`));
    return L.geoJSON(features, {
      style: (feature) => (/Point/.test(feature?.geometry.type ?? '') ? dot : outline),
      pointToLayer: (_feature, at) => L.circleMarker(at, { radius: 6 }),
      onEachFeature: (feature, shape) => addLabel(String(feature.properties?.label ?? ''), shape),
    });
  }
  /** @param {string} text @param {L.Layer} shape */
  function addLabel(text, shape) {
    if (!text || !labels) return;
    const area = shape instanceof L.Polygon;
    shape.bindTooltip(
      h('span', {}, text),
      area
        ? { permanent: true, direction: 'center', className: 'overlay-label', opacity: 1, pane: 'names' }
        : { className: 'overlay-tip' },
    );
    // a hundred points are no hundred stops of the Tab key: they are named under the middle of the map
    shape.on('add', () => /** @type {L.Path} */ (shape).getElement()?.setAttribute('tabindex', '-1'));
  }
  /** Keys have no pointer to rest on a point: the one that they bring to the middle is named. */
  function nameMiddle() {
    if (!map.getContainer().matches(':focus-visible')) return;
    const middle = map.getSize().divideBy(2);
    const away = (/** @type {L.CircleMarker} */ dot) => map.latLngToContainerPoint(dot.getLatLng()).distanceTo(middle);
    const shapes = layer?.getLayers() ?? [];
    const dots = /** @type {L.CircleMarker[]} */ (shapes.filter((s) => s instanceof L.CircleMarker && s.getTooltip()));
    const [nearest] = dots.sort((a, b) => away(a) - away(b));
    for (const dot of dots)
      if (dot === nearest && away(dot) < nearPx) dot.openTooltip();
      else dot.closeTooltip();
  }
  // Names of areas only where the area is wide enough for them.
  function fitLabels() {
    layer?.eachLayer((shape) => {
      const tip = shape.getTooltip()?.getElement();
      if (!tip || !(shape instanceof L.Polygon)) return;
      const box = shape.getBounds();
      const wide =
        map.latLngToLayerPoint(box.getNorthEast()).x - map.latLngToLayerPoint(box.getSouthWest()).x;
      tip.hidden = wide < tip.textContent.length * 6 + 12;
    });
  }
  map.on('zoomend', fitLabels);
  map.on('moveend', nameMiddle);
  return {
    overlay,
    get shown() {
      return wanted;
    },
    /** @param {boolean} on */
    async show(on) {
      wanted = on;
      if (!on) {
        layer?.remove();
        forget();
        forget = () => {};
        return;
      }
      layer ??= await make();
      if (!wanted || map.hasLayer(layer)) return;
      layer.addTo(map).bringToBack();
      fitLabels();
      forget = overlay.attribution ? addAttribution(overlay.attribution) : () => {};
    },
    destroy() {
      map.off('zoomend', fitLabels);
      map.off('moveend', nameMiddle);
      layer?.remove();
      forget();
    },
  };
}
/** @typedef {ReturnType<typeof createOverlayLayer>} OverlayLayer */
