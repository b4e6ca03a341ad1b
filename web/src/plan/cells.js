// SPDX-License-Identifier: AGPL-3.0-or-later
// Cells of the table: their order, and codes without what all have in common. Pure.

/** Empty cells are less than any other. @param {number | string | null} a @param {number | string | null} b */
export function compareCells(a, b) {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
}

/** "CRS3035RES500mN2989500E3957000-part" without what all of them begin with. @param {string} code */
export const shortCode = (code) => code.replace(/^CRS\d+RES/, '');
