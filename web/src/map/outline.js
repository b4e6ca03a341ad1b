// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether an area's outline is one the server takes. Pure.

/** @typedef {[number, number]} Position longitude, latitude; EPSG:4326 degrees */

/**
 * Whether an outline crosses or touches itself, or holds nothing.
 * @param {Position[]} corners not closed
 */
export function badOutline(corners) {
  const count = corners.length;
  /** @param {number} i */
  const side = (i) => [corners[i], corners[(i + 1) % count]];
  const [originX, originY] = corners[0];
  const doubled = corners.reduce((sum, _, i) => {
    const [[x, y], [nextX, nextY]] = side(i);
    return sum + (x - originX) * (nextY - originY) - (nextX - originX) * (y - originY);
  }, 0);
  if (Math.abs(doubled) < 1e-14) return true;
  for (let i = 0; i < count; i++)
    for (let j = i + 1; j < count; j++) {
      const neighbours = j === i + 1 || (i === 0 && j === count - 1);
      if (!neighbours && meet(side(i), side(j))) return true;
    }
  return false;
}

/** Whether two sides have a position in common. @param {Position[]} a @param {Position[]} b */
function meet([p, q], [r, s]) {
  const apart = [0, 1].some(
    (axis) =>
      Math.max(p[axis], q[axis]) < Math.min(r[axis], s[axis]) ||
      Math.max(r[axis], s[axis]) < Math.min(p[axis], q[axis]),
  );
  if (apart) return false;
  return turn(p, q, r) * turn(p, q, s) <= 0 && turn(r, s, p) * turn(r, s, q) <= 0;
}

/** The side of a line a position is on: 1 left, -1 right, 0 on it. @param {Position} a @param {Position} b @param {Position} c */
function turn(a, b, c) {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
}
