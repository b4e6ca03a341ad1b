// SPDX-License-Identifier: AGPL-3.0-or-later
// Blank paper with lines of longitude and latitude, for a room that has no base map.
import L from 'leaflet';

const steps = [30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005];

/** The step that leaves lines about 90 to 230 pixels apart. @param {number} zoom @returns {number} degrees */
export function graticuleStep(zoom) {
  const degreesPerPixel = 360 / (256 * 2 ** zoom);
  return steps.filter((step) => step / degreesPerPixel >= 90).pop() ?? 30;
}

const Graticule = L.GridLayer.extend({
  /** @param {L.Coords} coords */
  createTile(coords) {
    const size = this.getTileSize();
    const scale = Math.min(window.devicePixelRatio || 1, 2);
    const tile = document.createElement('canvas');
    tile.width = size.x * scale;
    tile.height = size.y * scale;
    const context = tile.getContext('2d');
    if (!context) return tile;
    context.scale(scale, scale);
    const style = getComputedStyle(document.documentElement);
    context.strokeStyle = style.getPropertyValue('--map-line').trim() || '#d9d2c3';
    context.fillStyle = style.getPropertyValue('--map-line-text').trim() || '#857c6b';
    context.font = '11px system-ui, sans-serif';
    context.lineWidth = 1;
    drawLines(context, this._map, coords, size);
    return tile;
  },
});

/** @param {CanvasRenderingContext2D} context @param {L.Map} map @param {L.Coords} coords @param {L.Point} size */
function drawLines(context, map, coords, size) {
  const origin = L.point(coords.x * size.x, coords.y * size.y);
  const northWest = map.unproject(origin, coords.z);
  const southEast = map.unproject(origin.add(size), coords.z);
  const step = graticuleStep(coords.z);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  context.beginPath();
  for (let n = Math.ceil(northWest.lng / step); n * step < southEast.lng; n++) {
    const x = Math.round(map.project([0, n * step], coords.z).x - origin.x) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, size.y);
    context.fillText(`${(n * step).toFixed(digits)}°`, x + 3, 11);
  }
  for (let n = Math.ceil(southEast.lat / step); n * step < northWest.lat; n++) {
    const y = Math.round(map.project([n * step, 0], coords.z).y - origin.y) + 0.5;
    context.moveTo(0, y);
    context.lineTo(size.x, y);
    context.fillText(`${(n * step).toFixed(digits)}°`, 3, y - 4);
  }
  context.stroke();
}

/** @returns {L.GridLayer} */
export function createGraticule() {
  return new /** @type {any} */ (Graticule)({ zIndex: 0, maxZoom: 22 });
}
