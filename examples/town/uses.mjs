// SPDX-License-Identifier: AGPL-3.0-or-later
// What each block is for: a square, a school's ground, industry, a small garden, or houses. Each block is
// used once.
import { buildings, ground } from './blocks.mjs';
import { area, centroid, distance, inside } from './plane.mjs';
import * as names from './names.mjs';

/** @typedef {import('./plane.mjs').P} P */

const largest_m2 = 90000;
const industry_km = [
  [[-2.45, -1.25], [-1.75, -1.62], [-2.1, -1.95], [-3.05, -1.35]],
  [[0.55, 1.95], [1.35, 1.95], [1.1, 2.45], [0.55, 2.45]],
  [[1.75, -0.28], [2.7, -0.5], [2.75, -0.1], [1.85, 0.0]],
]; // prettier-ignore
const industry = industry_km.map((ring) => ring.map(([x, y]) => /** @type {P} */ ([x * 1000, y * 1000])));

/** How a block is built on, by its distance from the old town's middle. @param {P} at @param {P} middle */
function styleAt(at, middle) {
  if (industry.some((ring) => inside(at, ring))) return { lot_m2: 2600, gap_m: [5, 9], empty: 0.15, least_m2: 300 };
  const d = distance(at, middle);
  if (d < 620) return { lot_m2: 300, gap_m: [0.2, 0.6], empty: 0.03, least_m2: 45 };
  if (d < 1400) return { lot_m2: 430, gap_m: [1, 3], empty: 0.07, least_m2: 60 };
  return { lot_m2: 560, gap_m: [3.5, 6.5], empty: 0.16, least_m2: 60 };
}

/**
 * @param {import('./graph.mjs').Block[]} blocks
 * @param {ReturnType<typeof import('./land.mjs').drawLand>} land
 * @param {ReturnType<typeof import('./random.mjs').createRandom>} random
 * @param {P} middle of the old town
 */
export function giveUses(blocks, land, random, middle) {
  const places = blocks
    .filter(({ ring }) => area(ring) < largest_m2)
    .map((block) => ({ block, at: centroid(block.ring), kerb: ground(block, 1) }))
    .filter(
      ({ block, at, kerb }) =>
        kerb &&
        !inside(at, land.river) &&
        !land.greens.some((g) => inside(at, g.ring)) &&
        !land.rail.some((p) => inside(p, block.ring)),
    )
    .map((place) => ({ ...place, kerb: /** @type {P[]} */ (place.kerb), use: '' }));
  /** @type {{kind: string, name?: string, ring: P[]}[]} */
  const landuse = [];
  const free = (/** @type {P} */ at, /** @type {number} */ least, /** @type {number} */ most) =>
    places
      .filter(({ use, kerb }) => use === '' && area(kerb) >= least && area(kerb) <= most)
      .reduce((best, place) => (!best || distance(place.at, at) < distance(best.at, at) ? place : best), /** @type {typeof places[number] | null} */ (null));
  const take = (/** @type {P} */ at, /** @type {number} */ least, /** @type {number} */ most, /** @type {string} */ kind, /** @type {string} */ name) => {
    const place = free(at, least, most);
    if (!place) return null;
    place.use = kind;
    landuse.push({ kind, name, ring: place.kerb });
    return place;
  };

  const squares = names.squares.map(({ name, at }) => ({ name, at: take(at, 1400, 5200, 'pedestrian', name)?.at ?? at }));
  const services = names.services.map(({ kind, use, name, at }) => {
    const least = use === 'hospital' ? 9000 : 4000;
    if (use !== '') return { kind, name, at: take(at, least, 30000, use, name)?.at ?? at };
    const near = places.find((place) => place.use === '' && distance(place.at, at) < 120);
    return { kind, name, at: kind === 'transport' || kind === 'toilets' || !near ? at : near.at };
  });
  for (const place of places) {
    if (place.use !== '' || distance(place.at, middle) < 350) continue;
    if (industry.some((ring) => inside(place.at, ring))) landuse.push({ kind: 'industrial', ring: place.kerb });
    else if (random.chance(0.035)) {
      place.use = random.pick(['park', 'playground', 'park', 'allotments']);
      landuse.push({ kind: place.use, ring: place.kerb });
    }
  }

  /** @type {P[][]} */
  const built = [];
  for (const { block, at, use } of places) {
    const yard = ground(block, 3);
    const sparse = use === 'school' || use === 'hospital';
    if (!yard || (use !== '' && !sparse)) continue;
    const style = sparse ? { lot_m2: 1800, gap_m: [6, 10], empty: use === 'school' ? 0.45 : 0.2, least_m2: 200 } : styleAt(at, middle);
    built.push(...buildings(yard, /** @type {any} */ (style), random));
  }
  return { landuse, squares, services, buildings: built };
}
