// SPDX-License-Identifier: AGPL-3.0-or-later
// The island: coast, river, railway, parks, woods and main roads, drawn by hand in kilometres around the
// old town. Everything else grows from these lines.
import { along, beside, curve, distance, distanceToLine, heading, inside, left, resample, simplify } from './plane.mjs';
import { createNoise } from './random.mjs';

/** @typedef {import('./plane.mjs').P} P */

const km = (/** @type {number[][]} */ points) =>
  points.map(([x, y]) => /** @type {P} */ ([x * 1000, y * 1000]));

const coast_km = [
  [-1.9, -2.25], [-1.55, -2.62], [-0.9, -2.55], [-0.1, -2.95], [1.1, -3.25], [2.4, -2.95], [3.9, -3.35],
  [5.4, -2.65], [6.35, -1.3], [6.2, 0.5], [6.95, 2.1], [6.3, 3.85], [4.85, 4.9], [3.2, 5.25], [1.6, 6.05],
  [-0.2, 5.85], [-1.9, 4.95], [-3.4, 4.75], [-4.65, 3.5], [-4.75, 2.0], [-5.4, 0.75], [-4.7, -0.6],
  [-4.15, -1.45], [-3.35, -1.6], [-2.75, -2.0], [-2.25, -1.95], [-2.05, -2.1],
]; // prettier-ignore
const river_km = [
  [3.7, 4.25], [3.15, 3.7], [2.85, 3.15], [2.1, 2.85], [1.6, 2.25], [1.25, 1.75], [0.55, 1.5], [-0.15, 1.35],
  [-0.75, 0.95], [-1.0, 0.35], [-0.9, -0.3], [-1.05, -0.95], [-1.45, -1.45], [-1.85, -1.8], [-2.2, -2.3],
]; // prettier-ignore
const brook_km = [[-2.5, 3.6], [-2.2, 2.9], [-2.3, 2.2], [-1.85, 1.7], [-1.6, 1.1], [-1.2, 0.75], [-0.92, 0.62]];
const rail_km = [
  [6.25, 1.75], [5.3, 1.35], [4.3, 0.75], [3.3, 0.05], [2.4, -0.35], [1.75, -0.3], [1.3, 0.08], [1.05, 0.6],
  [0.85, 1.1], [0.5, 1.62], [-0.1, 2.15], [-0.9, 2.6], [-2.0, 3.0], [-3.1, 3.3], [-4.3, 3.15],
]; // prettier-ignore
const town_km = [
  [-1.75, -1.95], [-1.35, -2.35], [-0.8, -2.35], [0.1, -2.6], [1.2, -2.45], [2.2, -2.05], [2.75, -1.25],
  [2.7, -0.2], [2.35, 0.75], [2.3, 1.5], [1.55, 2.0], [0.9, 2.55], [-0.1, 2.6], [-1.1, 2.3], [-2.0, 1.95],
  [-2.65, 1.2], [-2.85, 0.3], [-2.75, -0.6], [-3.0, -1.25], [-2.4, -1.75],
]; // prettier-ignore

/** Roads that were there first. `kind` and `detail` are those of the Protomaps schema. */
const roads_km = [
  { name: 'Boulevard des Remparts', kind: 'major_road', detail: 'secondary', points: [[-0.78, 0.72], [-0.35, 0.62], [0.08, 0.42], [0.3, 0.05], [0.28, -0.35], [0.02, -0.66], [-0.4, -0.82], [-0.86, -0.78]] },
  { name: 'Rocade', kind: 'highway', detail: 'trunk', closed: true, points: [[0.1, 1.98], [0.95, 1.72], [1.62, 1.2], [1.95, 0.45], [2.05, -0.45], [1.72, -1.25], [1.05, -1.72], [0.2, -1.93], [-0.6, -1.82], [-1.2, -1.62], [-1.62, -1.3], [-2.05, -0.75], [-2.12, 0.05], [-1.95, 0.8], [-1.5, 1.42], [-0.75, 1.85]] },
  { name: 'Avenue de la Gare', kind: 'major_road', detail: 'primary', points: [[0.31, -0.05], [0.75, 0.02], [1.2, 0.06]] },
  { name: 'Avenue des Cargos', kind: 'major_road', detail: 'secondary', points: [[-0.45, -0.82], [-0.75, -1.25], [-1.1, -1.6], [-1.42, -2.02], [-1.7, -2.2]] },
  { name: 'Avenue du Levant', kind: 'major_road', detail: 'primary', points: [[0.2, -0.47], [0.75, -0.62], [1.35, -0.85], [1.9, -0.95], [2.8, -1.05], [4.0, -0.75], [5.2, -0.2], [5.75, 0.55], [5.55, 1.25]] },
  { name: 'Avenue du Midi', kind: 'major_road', detail: 'primary', points: [[0.0, -0.66], [0.2, -1.2], [0.28, -1.92], [0.65, -2.4], [1.5, -2.75], [2.7, -2.55], [3.9, -2.7], [5.0, -2.25], [5.6, -1.4]] },
  { name: 'Avenue des Collines', kind: 'major_road', detail: 'primary', points: [[0.2, 0.3], [0.62, 0.78], [1.15, 1.2], [1.62, 1.75], [2.2, 2.35], [3.0, 2.6], [3.9, 3.1], [4.3, 3.9]] },
  { name: 'Avenue du Nord', kind: 'major_road', detail: 'primary', points: [[-0.35, 0.62], [-0.42, 1.12], [-0.4, 1.9], [-0.2, 2.6], [0.15, 3.4], [0.2, 4.3], [0.5, 5.1]] },
  { name: 'Rue du Pont-Vieux', kind: 'major_road', detail: 'primary', points: [[-0.25, -0.05], [-0.6, 0.02], [-0.98, 0.06], [-1.5, 0.12], [-2.12, 0.1], [-2.9, 0.2], [-3.7, 0.45], [-4.35, 0.9]] },
  { name: 'Avenue de Lisandre', kind: 'major_road', detail: 'secondary', points: [[-1.35, 0.1], [-1.6, 0.65], [-1.95, 1.15], [-2.5, 1.75], [-3.1, 2.35], [-3.6, 3.0]] },
  { name: 'Avenue des Salines', kind: 'major_road', detail: 'secondary', points: [[-0.86, -0.78], [-1.5, -0.72], [-2.1, -0.72], [-2.8, -0.9], [-3.5, -0.85], [-4.2, -0.5], [-4.55, 0.25], [-4.35, 0.9], [-4.05, 1.9], [-3.85, 2.6], [-3.6, 3.0], [-2.9, 4.0], [-1.4, 4.5], [0.2, 4.9], [0.5, 5.1], [1.9, 5.2], [3.2, 4.5], [4.3, 3.9], [5.4, 3.2], [5.9, 2.2], [5.55, 1.25]] },
  { name: 'Grand-Rue', kind: 'major_road', detail: 'tertiary', points: [[-0.36, 0.6], [-0.3, 0.28], [-0.25, -0.05], [-0.22, -0.4], [-0.4, -0.8]] },
]; // prettier-ignore

const greens_km = [
  { name: 'Parc des Aulnes', kind: 'park', points: [[-0.3, 0.7], [0.02, 0.6], [0.36, 0.74], [0.62, 1.0], [0.78, 1.3], [0.42, 1.24], [0.02, 1.22], [-0.27, 1.1]] },
  { name: 'Jardin de la Lanterne', kind: 'park', points: [[-1.5, -0.2], [-1.25, -0.18], [-1.2, -0.4], [-1.25, -0.6], [-1.46, -0.62], [-1.52, -0.42]] },
  { name: 'Cimetière des Vignes', kind: 'cemetery', points: [[1.48, 0.86], [1.72, 0.72], [1.6, 0.46], [1.36, 0.55]] },
  { name: 'Parc de la Dune', kind: 'park', points: [[0.75, -2.2], [1.15, -2.1], [1.6, -2.2], [1.5, -2.5], [0.9, -2.42]] },
  { name: 'Stade des Embruns', kind: 'park', points: [[-2.52, -0.18], [-2.24, -0.14], [-2.2, -0.48], [-2.5, -0.52]] },
  { name: 'Prés de la Velisse', kind: 'park', points: [[-1.5, -1.12], [-1.28, -0.92], [-1.2, -1.0], [-1.42, -1.3], [-1.62, -1.42], [-1.72, -1.34]] },
  { name: 'Jardins ouvriers', kind: 'allotments', points: [[1.1, 1.14], [1.3, 0.95], [1.24, 0.76], [1.1, 0.9]] },
  { name: 'Bois du Levant', kind: 'forest', points: [[2.22, 0.3], [2.34, 0.02], [2.6, -0.02], [2.66, 0.35], [2.4, 0.66], [2.26, 0.55]] },
]; // prettier-ignore
const villages_km = [
  { name: 'Quercelle', at: [-4.25, 0.95], radius: 0.34 },
  { name: 'Montaubel', at: [-3.55, 2.95], radius: 0.4 },
  { name: 'Hautefeigne', at: [0.45, 4.95], radius: 0.38 },
  { name: 'La Bruyance', at: [4.2, 3.8], radius: 0.34 },
  { name: 'Sauvelin', at: [5.5, 1.2], radius: 0.42 },
  { name: 'Pointe-aux-Saules', at: [5.4, -1.75], radius: 0.3 },
]; // prettier-ignore
const woods_km = [
  [[2.4, 3.6], [3.2, 4.5], [2.4, 5.0], [1.2, 4.9], [0.9, 4.0], [1.4, 3.3]],
  [[3.4, 1.6], [4.6, 1.9], [4.9, 2.7], [4.0, 3.0], [3.2, 2.3]],
  [[-2.9, 3.9], [-1.8, 4.2], [-1.0, 3.7], [-1.3, 3.1], [-2.6, 3.3]],
  [[3.3, -1.4], [4.5, -1.3], [4.8, -2.0], [3.8, -2.3], [3.1, -2.0]],
  [[-4.0, -0.3], [-3.2, -0.2], [-3.1, -0.65], [-3.9, -0.75]],
  [[-3.9, 1.4], [-3.0, 1.3], [-3.0, 1.9], [-3.6, 2.1]],
]; // prettier-ignore

/** Moves a curve's vertices by noise, so that nothing hand-drawn looks it. @param {P[]} line @param {number} seed @param {number} size_m @param {number} by_m @returns {P[]} */
function roughened(line, seed, size_m, by_m) {
  const dx = createNoise(seed, size_m),
    dy = createNoise(seed + 1, size_m);
  return line.map((p) => [p[0] + by_m * dx(p), p[1] + by_m * dy(p)]);
}

/** Everything hand-drawn, in metres. */
export function drawLand() {
  const coast = roughened(roughened(curve(km(coast_km), true, 40), 11, 700, 110), 13, 160, 22);
  const middle = roughened(curve(km(river_km), false, 40), 21, 400, 12);
  const width = (/** @type {number} */ share) => 9 + 24 * share + 55 * Math.max(0, share - 0.82) * 5.5;
  const river = [...beside(middle, width), ...beside(middle, (s) => -width(s)).reverse()];
  const rail = curve(km(rail_km), false, 30);
  const town = roughened(curve(km(town_km), true, 40), 41, 450, 130);
  const inTown = middle.filter((p) => Math.abs(p[1]) < 2400 && p[0] < 1500);
  const quay = (/** @type {number} */ side) =>
    resample(beside(middle, (s) => side * (width(s) + 26)).slice(middle.indexOf(inTown[0])), 30).filter((p) => inside(p, town));
  return {
    coast,
    sea: /** @type {P[]} */ ([[-20000, -16000], [20000, -16000], [20000, 16000], [-20000, 16000]]),
    middle,
    river,
    quays: [quay(1), quay(-1)],
    railside: [1, -1].map((side) => beside(rail, () => side * 34).filter((p) => inside(p, town))),
    brook: roughened(curve(km(brook_km), false, 40), 31, 300, 25),
    rail,
    town,
    roads: roads_km.map((r) => ({ ...r, line: curve(km(r.points), r.closed === true, 25) })),
    greens: greens_km.map((g) => ({ ...g, ring: roughened(curve(km(g.points), true, 40), 51, 200, 12) })),
    villages: villages_km.map((v) => ({ name: v.name, at: /** @type {P} */ ([v.at[0] * 1000, v.at[1] * 1000]), radius_m: v.radius * 1000 })),
    woods: woods_km.map((w, i) => roughened(curve(km(w), true, 60), 61 + 2 * i, 350, 130)),
    station: /** @type {P} */ ([1265, 75]),
    underpass: /** @type {P} */ ([1205, 300]),
  };
}

/** Strips of beach along parts of the coast. @param {P[]} coast @returns {P[][]} */
export function beaches(coast) {
  const parts = [[[700, -3400], [3000, -2400]], [[-4900, -1300], [-3100, -1500]], [[5000, 3500], [7200, 900]]]; // prettier-ignore
  return parts.map(([from, to]) => {
    const nearest = (/** @type {number[]} */ p) =>
      coast.reduce((best, q, i) => (distance(q, /** @type {P} */ (p)) < distance(coast[best], /** @type {P} */ (p)) ? i : best), 0);
    const [a, b] = [nearest(from), nearest(to)].sort((x, y) => x - y);
    const shore = coast.slice(a, b + 1);
    const inner = shore.map((p, i) => {
      const way = heading(shore[Math.max(0, i - 1)], shore[Math.min(shore.length - 1, i + 1)]);
      const deep = 70 * Math.sin((Math.PI * i) / (shore.length - 1)) ** 0.5;
      const inward = along(p, left(way), deep);
      return inside(inward, coast) || deep === 0 ? inward : along(p, left(way), -deep);
    });
    return [...shore, ...inner.slice(1, -1).reverse()];
  });
}

/** Remembers the answer for each square of 20 m. @param {(p: P) => boolean} test */
function remembered(test) {
  const side_m = 20;
  /** @type {Map<number, boolean>} */
  const known = new Map();
  return (/** @type {P} */ p) => {
    const i = Math.round(p[0] / side_m),
      j = Math.round(p[1] / side_m),
      key = i * 100003 + j;
    let answer = known.get(key);
    if (answer === undefined) known.set(key, (answer = test([i * side_m, j * side_m])));
    return answer;
  };
}

/** Where streets of the town and of villages may run: on dry land, off parks and rails. @param {ReturnType<typeof drawLand>} land */
export function createZones(land) {
  const coast = simplify(land.coast, 8),
    rail = simplify(land.rail, 4),
    river = simplify(land.river, 3),
    middle = simplify(land.middle, 3),
    greens = land.greens.map((g) => simplify(g.ring, 3)),
    town = simplify(land.town, 5);
  const dry = (/** @type {P} */ p) =>
    distanceToLine(p, rail) > 22 && inside(p, coast) && distanceToLine(p, coast) > 45;
  return {
    town: remembered(
      (p) =>
        inside(p, town) &&
        distanceToLine(p, middle) > 30 &&
        !inside(p, river) &&
        !greens.some((g) => inside(p, g)) &&
        dry(p),
    ),
    village: remembered((p) => land.villages.some((v) => distance(p, v.at) < v.radius_m) && dry(p)),
  };
}
