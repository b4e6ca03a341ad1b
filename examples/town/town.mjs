// SPDX-License-Identifier: AGPL-3.0-or-later
// The whole town in metres: land, then streets, then blocks and their uses, then districts.
import { createField } from './field.mjs';
import { findBlocks, outlines } from './graph.mjs';
import { createZones, drawLand } from './land.mjs';
import { createNames, districts as districtNames } from './names.mjs';
import { area, centroid, distance, inside, lengthOf } from './plane.mjs';
import { createRandom } from './random.mjs';
import { createStreets } from './streets.mjs';
import { giveUses } from './uses.mjs';

/** @typedef {import('./plane.mjs').P} P */

/** Middle of the old town. @type {P} */
export const middle = [-150, -80];

/** Metres between streets. @param {P} p */
function spacing(p) {
  const d = distance(p, middle);
  return d < 600 ? 66 : d < 1300 ? 86 : d < 2000 ? 102 : 126;
}

/** @param {ReturnType<typeof drawLand>} land @param {ReturnType<typeof createRandom>} random */
function drawStreets(land, random) {
  const edges = land.greens.map(({ ring }) => [...ring, ring[0]]);
  const guides = [...land.roads.map(({ line }) => line), ...land.quays, land.rail, ...edges, land.coast];
  const streets = createStreets(createField(guides, [-5600, -3600, 7200, 6300]), random);
  const zones = createZones(land);
  for (const { line, closed, kind, detail, name } of land.roads)
    streets.add({ line: closed ? [...line, line[0]] : line, kind, detail, name, width_m: kind === 'highway' ? 18 : 14, level: 0 });
  land.quays.forEach((line, i) =>
    streets.add({ line, kind: 'minor_road', detail: 'residential', name: i === 0 ? 'Quai du Couchant' : 'Quai des Lices', width_m: 10, level: 1 }),
  );
  for (const line of [...edges, ...land.railside])
    streets.add({ line, kind: 'minor_road', detail: 'residential', width_m: 9, level: 1 });
  const rank = (/** @type {P} */ p) => distance(p, middle);
  const minor = { level: 2, kind: 'minor_road', detail: 'residential', width_m: 8, deadEnds: true, rank };
  streets.grow({
    level: 1, kind: 'major_road', detail: 'tertiary', width_m: 12, spacing_m: () => 330, allowed: zones.town,
    longest_m: 2500, shortest_m: 150, crossing: 0.9, deadEnds: false, rank,
  }); // prettier-ignore
  streets.grow({ ...minor, spacing_m: spacing, allowed: zones.town, longest_m: 900, shortest_m: 45, crossing: 0.75 });
  streets.grow({ ...minor, spacing_m: () => 90, allowed: zones.village, longest_m: 300, shortest_m: 50, crossing: 0.7 });
  return streets.all;
}

/** @param {number} seed */
export function buildTown(seed) {
  // each part has chances of its own, so that a change of one leaves the others as they were
  const chances = (/** @type {number} */ part) => createRandom(seed * 1000 + part);
  const land = drawLand();
  const streets = drawStreets(land, chances(1));
  const streetName = createNames(chances(2));
  for (const street of streets) {
    const length_m = lengthOf(street.line);
    if (length_m > 60) street.name ??= streetName(street.detail, length_m, distance(street.line[0], middle) < 700);
  }
  const blocks = findBlocks(streets);
  const used = giveUses(blocks, land, chances(3), middle);
  const nearest = (/** @type {P} */ p) =>
    districtNames.reduce((best, d) => (distance(p, d.at) < distance(p, best.at) ? d : best)).name;
  const districts = outlines(blocks, ({ ring }) => {
    const at = centroid(ring);
    return area(ring) > 400000 || !inside(at, land.town) || inside(at, land.river) ? null : nearest(at);
  });
  return { land, streets, ...used, districts: districts.map(({ group, ring }) => ({ name: group, ring })), nearest, random: chances(4) };
}
