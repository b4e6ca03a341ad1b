// SPDX-License-Identifier: AGPL-3.0-or-later
// Areas on the ground as the map draws them: prepared once, then drawn at any zoom and found under a
// position. Pure. World units: Web Mercator, the whole world from 0 to 1, y to the south.

/** @typedef {{x: number, y: number}} WorldPoint */
/**
 * @typedef {object} Region
 * @property {any} properties of the feature it was made of
 * @property {number} index
 * @property {WorldPoint[][]} rings all of them; even-odd says what is inside
 * @property {{west: number, north: number, east: number, south: number}} box world units
 * @property {WorldPoint} middle a point that lies inside
 */

/** @param {number} lon @param {number} lat degrees @returns {WorldPoint} */
export function toWorld(lon, lat) {
  const sine = Math.sin((Math.min(85.0511, Math.max(-85.0511, lat)) * Math.PI) / 180);
  return { x: lon / 360 + 0.5, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) };
}

/** @param {WorldPoint} point @returns {{lon: number, lat: number}} degrees */
export function fromWorld({ x, y }) {
  return { lon: (x - 0.5) * 360, lat: (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI };
}

/** @param {GeoJSON.Feature} feature area @param {number} index @returns {Region} */
export function toRegion(feature, index) {
  const geometry = feature.geometry;
  const polygons =
    geometry.type === 'MultiPolygon'
      ? geometry.coordinates
      : geometry.type === 'Polygon'
        ? [geometry.coordinates]
        : [];
  const rings = polygons.flatMap((polygon) =>
    polygon.map((ring) => ring.map(([lon, lat]) => toWorld(lon, lat))),
  );
  const all = rings.flat();
  const box = {
    west: Math.min(...all.map((p) => p.x)),
    east: Math.max(...all.map((p) => p.x)),
    north: Math.min(...all.map((p) => p.y)),
    south: Math.max(...all.map((p) => p.y)),
  };
  return { properties: feature.properties ?? {}, index, rings, box, middle: middleOf(rings, box) };
}

/** @param {GeoJSON.FeatureCollection} collection @returns {Region[]} */
export function toRegions({ features }) {
  return features.map(toRegion).filter((region) => region.rings.length > 0);
}

/** Whether a position lies in it (even-odd, so holes are outside). @param {Region} region @param {WorldPoint} at */
export function holds({ rings, box }, { x, y }) {
  if (x < box.west || x > box.east || y < box.north || y > box.south) return false;
  let inside = false;
  for (const ring of rings)
    for (let i = 1; i < ring.length; i++) {
      const a = ring[i - 1],
        b = ring[i];
      if (a.y > y !== b.y > y && x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)) inside = !inside;
    }
  return inside;
}

/** @param {Region[]} regions @param {WorldPoint} at @returns {Region | null} */
export function regionAt(regions, at) {
  return regions.find((region) => holds(region, at)) ?? null;
}

/**
 * The widest stretch inside, on the line through the middle of the box; a hole or a bay does not catch it.
 * @param {WorldPoint[][]} rings @param {Region['box']} box @returns {WorldPoint}
 */
function middleOf(rings, box) {
  let best = { x: (box.west + box.east) / 2, y: (box.north + box.south) / 2, width: 0 };
  for (const share of [0.51, 0.26, 0.76, 0.13, 0.88]) {
    const y = box.north + share * (box.south - box.north);
    const cuts = rings
      .flatMap((ring) => ring.slice(1).map((b, i) => [ring[i], b]))
      .filter(([a, b]) => a.y > y !== b.y > y)
      .map(([a, b]) => a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x))
      .sort((a, b) => a - b);
    for (let i = 0; i + 1 < cuts.length; i += 2) {
      const width = cuts[i + 1] - cuts[i];
      if (width > best.width * 1.2) best = { x: (cuts[i] + cuts[i + 1]) / 2, y, width };
    }
  }
  return { x: best.x, y: best.y };
}

/** The box of all of them in degrees, for the map to go to. @param {Region[]} regions @returns {[number, number, number, number] | null} */
export function boundsOf(regions) {
  if (regions.length === 0) return null;
  const northWest = fromWorld({
    x: Math.min(...regions.map(({ box }) => box.west)),
    y: Math.min(...regions.map(({ box }) => box.north)),
  });
  const southEast = fromWorld({
    x: Math.max(...regions.map(({ box }) => box.east)),
    y: Math.max(...regions.map(({ box }) => box.south)),
  });
  return [northWest.lon, southEast.lat, southEast.lon, northWest.lat];
}
