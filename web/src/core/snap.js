// SPDX-License-Identifier: AGPL-3.0-or-later
// Coarsening a position before it leaves the page. The server computes the same cells
// (server/geo/grid.h says the formula); a finer position never reaches it.

const metresPerDegree = 111320;

/** @typedef {[number, number]} Position longitude, latitude; EPSG:4326 degrees */

/** 1 cm. @param {number} degrees */
function round7(degrees) {
    return Math.sign(degrees) * Math.round(Math.abs(degrees) * 1e7) / 1e7;
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
        const lonStep = latStep / Math.max(Math.cos(lat * Math.PI / 180), 0.01);
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
    const halfLon = halfLat / Math.max(Math.cos(lat * Math.PI / 180), 0.01);
    return [lon - halfLon, lat - halfLat, lon + halfLon, lat + halfLat];
}

/**
 * Snaps each vertex and drops the repeats that arise. A line or an area that collapses becomes the
 * point of its cell.
 * @param {number} precisionM
 * @param {GeoJSON.Geometry} geometry Point, LineString or Polygon with one ring
 * @returns {GeoJSON.Geometry}
 */
export function snapGeometry(precisionM, geometry) {
    if (geometry.type === "Point")
        return { type: "Point", coordinates: snap(precisionM, /** @type {Position} */ (geometry.coordinates)) };
    if (geometry.type === "LineString") {
        const line = withoutRepeats(geometry.coordinates.map((c) => snap(precisionM, /** @type {Position} */ (c))));
        return line.length < 2 ? { type: "Point", coordinates: line[0] } : { type: "LineString", coordinates: line };
    }
    if (geometry.type === "Polygon") {
        const ring = withoutRepeats(geometry.coordinates[0].map((c) => snap(precisionM, /** @type {Position} */ (c))));
        return new Set(ring.map(String)).size < 3
            ? { type: "Point", coordinates: ring[0] } : { type: "Polygon", coordinates: [ring] };
    }
    throw new TypeError(`a ${geometry.type} is not drawn here`);
}

/** @param {Position[]} positions */
function withoutRepeats(positions) {
    return positions.filter((p, i) => i === 0 || p[0] !== positions[i - 1][0] || p[1] !== positions[i - 1][1]);
}
