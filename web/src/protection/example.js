// SPDX-License-Identifier: AGPL-3.0-or-later
// The made-up neighbourhood of the drawings: sixteen squares, who marked in them, what is made of it. Pure.
// Its changes are chosen, not drawn; all else follows the method with the standard profile.
import { rounded } from './noise.js';

/** How many people marked in each square, row by row. */
export const counts = [
  [14, 4, 12, 0],
  [4, 3, 1, 22],
  [4, 3, 1, 11],
  [2, 4, 0, 2],
];
export const side = counts.length;

/** @typedef {[column: number, row: number]} Square */
/**
 * @typedef {object} Region
 * @property {Square[]} squares
 * @property {number} people
 * @property {number} change
 * @property {number} value what is published
 */
/** @param {number} change @param {...Square} squares @returns {Region} */
function region(change, ...squares) {
  const people = squares.reduce((sum, [column, row]) => sum + counts[row][column], 0);
  return { squares, people, change, value: rounded(people + change) };
}
/** The first square of each is where its number is written. */
export const regions = [
  region(1, [0, 0]),
  region(-1, [1, 1], [1, 0], [0, 1]),
  region(2, [2, 0]),
  region(-3, [3, 1]),
  region(2, [0, 2], [1, 2], [0, 3], [1, 3]),
  region(1, [3, 2]),
];
/** Too few even together. @type {Square[]} */
export const unshown = [[3, 0], [2, 1], [2, 2], [2, 3], [3, 3]];

/**
 * A place for each person in her square, the same at each drawing: evenly spread, without rows.
 * @param {number} size of a square
 */
export function dots(size) {
  return counts.flatMap((line, row) =>
    line.flatMap((count, column) =>
      Array.from({ length: count }, (_, i) => {
        const n = i + 7 * column + 13 * row + 1;
        const inside = (/** @type {number} */ step) => size * (0.1 + 0.8 * ((n * step) % 1));
        return { x: column * size + inside(0.7548776662), y: row * size + inside(0.5698402910) };
      }),
    ),
  );
}
