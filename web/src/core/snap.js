// SPDX-License-Identifier: AGPL-3.0-or-later
// Coarsening a position before it leaves the page. The server computes the same cells
// (server/geo/grid.h says the formula); a finer position never reaches it.

const metresPerDegree = 111320;

/** @typedef {[number, number]} Position longitude, latitude; EPSG:4326 degrees */

/** To 1 cm, halves upwards; never a negative zero. @param {number} degrees */
function round7(degrees) {
  return Math.round(degrees * 1e7) / 1e7 + 0;
}

/** @param {number} value @param {number} limit */
function clamp(value, limit) {
  return Math.min(limit, Math.max(-limit, value));
}

/**
 * The centre of the cell of about precisionM x precisionM metres that holds the position.
 * @param {number} precisionM metres; 0: only rounded to 7 decimals
 * @param {Position} position
 * @returns {Position}
 */
export function snap(precisionM, [lon, lat]) {
  if (precisionM > 0) {
    const latStep = precisionM / metresPerDegree;
    lat = (Math.floor(lat / latStep) + 0.5) * latStep;
    const lonStep = latStep / Math.max(Math.cos((lat * Math.PI) / 180), 0.01);
    lon = (Math.floor(lon / lonStep) + 0.5) * lonStep;
  }
  return [round7(clamp(lon, 180)), round7(clamp(lat, 90))];
}

/**
 * The corners of that cell, west, south, east, north; null when precisionM is 0.
 * @param {number} precisionM @param {Position} position @returns {[number, number, number, number] | null}
 */
export function cellOf(precisionM, position) {
  if (!(precisionM > 0)) return null;
  const [lon, lat] = snap(precisionM, position);
  const halfLat = precisionM / metresPerDegree / 2;
  const halfLon = halfLat / Math.max(Math.cos((lat * Math.PI) / 180), 0.01);
  return [lon - halfLon, lat - halfLat, lon + halfLon, lat + halfLat];
}

/**
 * Snaps each vertex and drops the repeats that arise, and in an area the spikes. A line or an area
 * that collapses becomes the point of its first cell.
 * @param {number} precisionM
 * @param {GeoJSON.Geometry} geometry Point, LineString or Polygon with one ring
 * @returns {GeoJSON.Geometry}
 */
export function snapGeometry(precisionM, geometry) {
  const snapped = (/** @type {GeoJSON.Position[]} */ positions) =>
    positions.map((p) => snap(precisionM, /** @type {Position} */ (p)));
  if (geometry.type === 'Point') return { type: 'Point', coordinates: snapped([geometry.coordinates])[0] };
  if (geometry.type === 'LineString') {
    const all = snapped(geometry.coordinates);
    const line = tidy(all, false);
    return line.length < 2
      ? { type: 'Point', coordinates: all[0] }
      : { type: 'LineString', coordinates: line };
  }
  if (geometry.type === 'Polygon') {
    const all = snapped(geometry.coordinates[0]);
    const ring = tidy(all, true);
    return ring.length < 4
      ? { type: 'Point', coordinates: all[0] }
      : { type: 'Polygon', coordinates: [ring] };
  }
  throw new TypeError(`a ${geometry.type} is not drawn here`);
}

/** @param {Position | undefined} a @param {Position} b */
function same(a, b) {
  return a !== undefined && a[0] === b[0] && a[1] === b[1];
}

/** Without repeats and, in a ring, without going somewhere and straight back. @param {Position[]} positions @param {boolean} ring */
function tidy(positions, ring) {
  /** @type {Position[]} */
  let kept = [];
  for (const next of positions) {
    if (same(kept[kept.length - 1], next)) continue;
    if (ring && same(kept[kept.length - 2], next)) kept.pop();
    else kept.push(next);
  }
  while (ring && kept.length >= 4 && same(kept[1], kept[kept.length - 2])) kept = kept.slice(1, -1);
  return kept;
}
