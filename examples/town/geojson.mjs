// SPDX-License-Identifier: AGPL-3.0-or-later
// From metres around the town to GeoJSON: layers in the names and kinds of the Protomaps schema.
import { beaches } from './land.mjs';
import * as names from './names.mjs';
import { along, area, beside, centroid, curve, distance, distanceToLine, heading, inside, left, pulledIn, resample, simplify } from './plane.mjs';
import { createRandom } from './random.mjs';

/** @typedef {import('./plane.mjs').P} P */
/** @typedef {ReturnType<typeof import('./town.mjs').buildTown>} Town */

const lon_deg = -30.2,
  lat_deg = 44.6;
/** Metres a degree there (WGS 84). */
const lat_m = 111132.95 - 559.85 * Math.cos((2 * lat_deg * Math.PI) / 180);
const lon_m = 111412.88 * Math.cos((lat_deg * Math.PI) / 180) - 93.5 * Math.cos((3 * lat_deg * Math.PI) / 180);

/** @param {P} p */
export const degrees = ([x, y]) => [
  Number((lon_deg + x / lon_m).toFixed(7)),
  Number((lat_deg + y / lat_m).toFixed(7)),
];
/** A closed GeoJSON ring, counterclockwise or the other way round. @param {P[]} ring @param {boolean} [hole] */
const closed = (ring, hole = false) => {
  const turned = area(ring) > 0 === hole ? [...ring].reverse() : ring;
  return [...turned, turned[0]].map(degrees);
};

/** @typedef {Record<string, string | number>} Properties */
/** @param {object} geometry @param {Properties} properties */
const feature = (geometry, properties) => ({ type: 'Feature', properties, geometry });
const point = (/** @type {P} */ p, /** @type {Properties} */ properties) =>
  feature({ type: 'Point', coordinates: degrees(p) }, properties);
const line = (/** @type {P[]} */ l, /** @type {Properties} */ properties) =>
  feature({ type: 'LineString', coordinates: l.map(degrees) }, properties);
const polygon = (/** @type {P[]} */ ring, /** @type {Properties} */ properties, /** @type {P[][]} */ ...holes) =>
  feature({ type: 'Polygon', coordinates: [closed(ring), ...holes.map((hole) => closed(hole, true))] }, properties);
export const collection = (/** @type {object[]} */ features) => ({ type: 'FeatureCollection', features });

/** @param {{point?: P, line?: P[], ring?: P[]}} shape */
export const geometryOf = ({ point: p, line: l, ring }) =>
  p ? { type: 'Point', coordinates: degrees(p) } : l ? { type: 'LineString', coordinates: l.map(degrees) } : { type: 'Polygon', coordinates: [closed(/** @type {P[]} */ (ring))] }; // prettier-ignore

/** Fields and meadows between the town and the sea: a crooked grid of them. @param {Town} town */
function fields({ land }) {
  const random = createRandom(301);
  const corners = new Map();
  const corner = (/** @type {number} */ i, /** @type {number} */ j) => {
    const key = `${i},${j}`;
    if (!corners.has(key)) {
      const x = i * 330 + random.normal() * 70,
        y = j * 260 + random.normal() * 60;
      corners.set(key, [x * 0.94 - y * 0.34, x * 0.34 + y * 0.94]);
    }
    return corners.get(key);
  };
  const coast = simplify(land.coast, 8);
  const open = (/** @type {P} */ p) =>
    inside(p, coast) && distanceToLine(p, coast) > 130 && !inside(p, land.town) && distanceToLine(p, land.town) > 60;
  const out = [];
  for (let i = -22; i <= 22; i++) {
    for (let j = -26; j <= 26; j++) {
      const quad = [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)];
      const kind = random.pick(['grassland', 'grassland', 'grassland', 'scrub', 'scrub', '', '', '', 'barren']);
      const kept = pulledIn(quad, () => 9);
      if (kind !== '' && kept && quad.every(open)) out.push(polygon(kept, { kind, min_zoom: 11 }));
    }
  }
  return out;
}

/** @param {Town} town */
function parkPaths({ land }) {
  return land.greens
    .filter(({ kind }) => kind !== 'allotments')
    .flatMap(({ ring }) => {
      const middle = centroid(ring),
        n = ring.length;
      const ends = [0, 0.22, 0.45, 0.7].map((share) => ring[Math.floor(share * n)]);
      const loop = pulledIn(simplify([...ring, ring[0]], 6).slice(0, -1), () => 28);
      const spokes = ends.map((end, i) => {
        const way = heading(end, middle);
        return curve([end, along(along(end, way, 60), left(way), i % 2 ? 22 : -22), middle], false, 15);
      });
      return [...spokes, ...(loop ? [curve([...loop, loop[0]], false, 15)] : [])];
    })
    .map((path) => line(path, { kind: 'path', kind_detail: 'footway', min_zoom: 14 }));
}

/** @param {Town} town */
function water({ land }) {
  const brook = [...beside(land.brook, (s) => 2 + 3 * s), ...beside(land.brook, (s) => -2 - 3 * s).reverse()];
  const pond = curve([[150, 900], [240, 860], [330, 930], [320, 1010], [220, 1050], [140, 990]], true, 15); // prettier-ignore
  const lake = curve([[2180, 2980], [2420, 2960], [2700, 3120], [2760, 3330], [2560, 3420], [2350, 3260], [2190, 3150]], true, 25); // prettier-ignore
  return [
    polygon(land.sea, { kind: 'ocean' }, land.coast),
    polygon(land.river, { kind: 'river', name: 'La Velisse' }),
    polygon(brook, { kind: 'stream', min_zoom: 12 }),
    polygon(pond, { kind: 'lake', min_zoom: 12 }),
    polygon(lake, { kind: 'lake', name: 'Lac de Montrel', min_zoom: 10 }),
    point([2480, 3190], { kind: 'lake', name: 'Lac de Montrel', min_zoom: 12 }),
    point([-1010, 250], { kind: 'water', name: 'La Velisse', min_zoom: 13 }),
    point([1850, 2560], { kind: 'water', name: 'La Velisse', min_zoom: 13 }),
    ...names.waters.map(({ name, at }) => point(at, { kind: 'ocean', name, min_zoom: 9 })),
  ];
}

/** @param {Town} town */
function landuse({ land, landuse: used }) {
  const pier = (/** @type {P[]} */ way) =>
    polygon([...beside(way, () => 7), ...beside(way, () => -7).reverse()], { kind: 'pier', min_zoom: 11 });
  const tracks = [...beside(land.rail, () => 12), ...beside(land.rail, () => -12).reverse()];
  return [
    polygon(tracks, { kind: 'industrial', min_zoom: 10 }),
    ...beaches(land.coast).map((ring) => polygon(ring, { kind: 'beach', min_zoom: 10 })),
    ...land.greens.map(({ ring, kind, name }) => polygon(ring, { kind, name, min_zoom: 10 })),
    ...used.map(({ kind, name, ring }) => polygon(ring, { kind, ...(name ? { name } : {}), min_zoom: kind === 'pedestrian' ? 14 : 12 })),
    pier(resample([[-1750, -2330], [-1960, -2560], [-2230, -2720]], 40)), // prettier-ignore
    pier(resample([[-2640, -1960], [-2640, -2200], [-2560, -2400]], 40)), // prettier-ignore
  ];
}

/** Where the railway is nearest to a place, which way it runs there and which way its left is. @param {Town} town @param {P} p */
function railAt({ land }, p) {
  const rail = resample(land.rail, 10),
    at = rail.reduce((best, q, i) => (distance(q, p) < distance(rail[best], p) ? i : best), 1),
    way = heading(rail[at - 1], rail[at + 1]);
  return { at: rail[at], way, side: left(way) };
}

/** The passage under the tracks. @param {Town} town @returns {P[]} */
function underpass(town) {
  const { at, side } = railAt(town, town.land.underpass);
  return [-44, 44].map((d) => along(at, side, d));
}

const roadZoom = { highway: 8, major_road: 10, minor_road: 13 };

/** @param {Town} town */
function roads(town) {
  const { streets, land } = town;
  return [
    ...parkPaths(town),
    ...streets.map(({ line: l, kind, detail, name }) =>
      line(simplify(l, 0.5), {
        kind,
        kind_detail: detail,
        ...(name ? { name } : {}),
        min_zoom: detail === 'tertiary' ? 11 : roadZoom[/** @type {keyof typeof roadZoom} */ (kind)],
      }),
    ),
    line(underpass(town), { kind: 'path', kind_detail: 'footway', name: 'Passage de Mirelune', min_zoom: 13 }),
    ...[-2.2, 2.2].map((off) => line(beside(land.rail, () => off), { kind: 'rail', kind_detail: 'rail', min_zoom: 11 })),
  ];
}

/** The hall beside the tracks and the square before it, on the side of the town. @param {Town} town */
function station(town) {
  const { at, way, side } = railAt(town, town.land.station),
    toTown = side[0] < 0 ? 1 : -1;
  const box = (/** @type {number} */ half, /** @type {number} */ near, /** @type {number} */ deep) =>
    [[-half, near], [half, near], [half, deep], [-half, deep]].map(([u, v]) => along(along(at, way, u), side, toTown * v)); // prettier-ignore
  return { hall: box(52, 10, 26), square: box(46, 40, 100) };
}

/** @param {Town} town */
function places({ land, districts }) {
  return [
    point([-150, -80], { kind: 'locality', kind_detail: 'town', name: names.town, population_rank: 10, min_zoom: 5 }),
    ...land.villages.map(({ name, at }) => point(at, { kind: 'locality', kind_detail: 'village', name, population_rank: 4, min_zoom: 10 })),
    ...names.districts
      .filter(({ name }) => districts.some((d) => d.name === name))
      .map(({ name, at }) => point(at, { kind: 'locality', kind_detail: 'suburb', name, population_rank: 3, min_zoom: 12 })),
  ];
}

/** All layers of the base map. @param {Town} town */
export function basemapLayers(town) {
  const { land } = town,
    { hall, square } = station(town),
    cleared = [hall, square];
  const village = (/** @type {{at: P, radius_m: number}} */ v) =>
    curve(Array.from({ length: 9 }, (_, i) => along(v.at, [Math.cos((i / 9) * 2 * Math.PI), Math.sin((i / 9) * 2 * Math.PI)], v.radius_m * (1 + 0.12 * Math.sin(i * 2.6)))), true, 40); // prettier-ignore
  return {
    earth: [polygon(land.coast, { kind: 'earth', name: 'Île d’Ambrelle' })],
    landcover: [
      polygon(land.coast, { kind: 'farmland' }),
      ...fields(town),
      ...land.woods.map((ring) => polygon(ring, { kind: 'forest' })),
      polygon(land.town, { kind: 'urban_area' }),
      ...land.villages.map((v) => polygon(village(v), { kind: 'urban_area' })),
    ],
    landuse: [...landuse(town), polygon(square, { kind: 'pedestrian', name: 'Place de la Gare', min_zoom: 14 })],
    water: water(town),
    roads: roads(town),
    buildings: [...town.buildings.filter((ring) => !cleared.some((place) => ring.some((p) => inside(p, place)))), hall]
      .map((ring) => polygon(ring, { kind: 'building', min_zoom: area(ring) > 900 ? 13 : 14 })),
    places: places(town),
    pois: [...town.services, ...town.squares.map((s) => ({ ...s, kind: 'square' }))].map(({ name, kind, at }) =>
      point(at, { kind, name, min_zoom: 14 }),
    ),
  };
}

/** @param {Town} town */
export const districtFeatures = ({ districts }) =>
  districts.map(({ name, ring }) => polygon(simplify([...ring, ring[0]], 0.5).slice(0, -1), { name }));
/** @param {Town} town */
export const serviceFeatures = ({ services, nearest }) =>
  services.map(({ name, kind, at }) => point(at, { name, kind, district: nearest(at) }));
