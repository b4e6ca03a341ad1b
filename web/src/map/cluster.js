// SPDX-License-Identifier: AGPL-3.0-or-later
// Grouping marks that would cover each other at a zoom. Pure: positions in, groups out.
//
// Greedy: marks are taken in the order given; each takes in the marks not yet grouped that lie within
// the radius, found through a grid of cells of that radius. Same marks, same order, same groups. A group
// stands where its first mark is: so no two stand closer than the radius.

/**
 * @template T
 * @typedef {{x: number, y: number, item: T}} Placed pixels at the zoom
 */
/**
 * @template T
 * @typedef {{x: number, y: number, items: T[]}} Group x, y: where the first of its marks is
 */

/**
 * @template T
 * @param {Placed<T>[]} placed
 * @param {number} radius pixels; 0: every mark alone
 * @returns {Group<T>[]}
 */
export function clusterMarks(placed, radius) {
  if (!(radius > 0)) return placed.map(({ x, y, item }) => ({ x, y, items: [item] }));
  const cells = fillCells(placed, radius);
  const taken = new Uint8Array(placed.length);
  /** @type {Group<T>[]} */
  const groups = [];
  placed.forEach((seed, index) => {
    if (taken[index]) return;
    const members = near(placed, cells, seed, radius).filter((i) => !taken[i]);
    for (const i of members) taken[i] = 1;
    groups.push({ x: seed.x, y: seed.y, items: members.map((i) => placed[i].item) });
  });
  return groups;
}

/** @param {Placed<any>[]} placed @param {number} size @returns {Map<string, number[]>} indices by cell */
function fillCells(placed, size) {
  /** @type {Map<string, number[]>} */
  const cells = new Map();
  placed.forEach(({ x, y }, index) => {
    const key = `${Math.floor(x / size)},${Math.floor(y / size)}`;
    const cell = cells.get(key);
    if (cell) cell.push(index);
    else cells.set(key, [index]);
  });
  return cells;
}

/** Indices within the radius of a mark, ascending. @param {Placed<any>[]} placed @param {Map<string, number[]>} cells @param {Placed<any>} seed @param {number} radius */
function near(placed, cells, seed, radius) {
  const column = Math.floor(seed.x / radius),
    row = Math.floor(seed.y / radius);
  /** @type {number[]} */
  const found = [];
  for (let c = column - 1; c <= column + 1; c++)
    for (let r = row - 1; r <= row + 1; r++)
      for (const i of cells.get(`${c},${r}`) ?? [])
        if ((placed[i].x - seed.x) ** 2 + (placed[i].y - seed.y) ** 2 <= radius * radius) found.push(i);
  return found.sort((a, b) => a - b);
}
