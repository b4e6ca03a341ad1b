// SPDX-License-Identifier: AGPL-3.0-or-later
// Which way streets run: a cross at every place (four directions, a quarter turn apart) that follows the
// roads, banks and edges nearby, as old streets do. Stored on a grid, read in between.
import { heading, lengthOf, resample } from './plane.mjs';
import { createNoise } from './random.mjs';

/** @typedef {import('./plane.mjs').P} P */

const cell_m = 60,
  reach_m = 210;

/** @param {P[][]} guides lines that streets follow @param {number[]} box west, south, east, north in metres */
export function createField(guides, [west, south, east, north]) {
  const columns = Math.ceil((east - west) / cell_m) + 2,
    rows = Math.ceil((north - south) / cell_m) + 2;
  // a cross has no beginning: four times its angle tells it
  const cos = new Float64Array(columns * rows),
    sin = new Float64Array(columns * rows);
  const wander = createNoise(71, 1300);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const angle = 4 * (0.45 + 0.5 * wander([west + i * cell_m, south + j * cell_m]));
      cos[j * columns + i] = 0.03 * Math.cos(angle);
      sin[j * columns + i] = 0.03 * Math.sin(angle);
    }
  }
  const steps = Math.ceil((3 * reach_m) / cell_m);
  for (const guide of guides) {
    const points = resample(guide, 40);
    if (lengthOf(guide) < 1) continue;
    for (let k = 1; k < points.length; k++) {
      const way = heading(points[k - 1], points[k]),
        angle = 4 * Math.atan2(way[1], way[0]);
      const i0 = Math.round((points[k][0] - west) / cell_m),
        j0 = Math.round((points[k][1] - south) / cell_m);
      for (let j = Math.max(0, j0 - steps); j <= Math.min(rows - 1, j0 + steps); j++) {
        for (let i = Math.max(0, i0 - steps); i <= Math.min(columns - 1, i0 + steps); i++) {
          const d = Math.hypot(west + i * cell_m - points[k][0], south + j * cell_m - points[k][1]);
          const weight = Math.exp(-((d / reach_m) ** 2));
          cos[j * columns + i] += weight * Math.cos(angle);
          sin[j * columns + i] += weight * Math.sin(angle);
        }
      }
    }
  }
  /** The direction of the cross at p that is nearest to `way`. @param {P} p @param {P} way @returns {P} */
  function follow(p, way) {
    const x = Math.max(0, Math.min(columns - 1.001, (p[0] - west) / cell_m)),
      y = Math.max(0, Math.min(rows - 1.001, (p[1] - south) / cell_m));
    const i = Math.floor(x),
      j = Math.floor(y),
      u = x - i,
      v = y - j;
    const read = (/** @type {Float64Array} */ grid) =>
      (grid[j * columns + i] * (1 - u) + grid[j * columns + i + 1] * u) * (1 - v) +
      (grid[(j + 1) * columns + i] * (1 - u) + grid[(j + 1) * columns + i + 1] * u) * v;
    const base = Math.atan2(read(sin), read(cos)) / 4;
    const quarter = Math.PI / 2,
      turns = Math.round((Math.atan2(way[1], way[0]) - base) / quarter);
    const angle = base + turns * quarter;
    return [Math.cos(angle), Math.sin(angle)];
  }
  return { follow };
}
