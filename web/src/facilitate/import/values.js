// SPDX-License-Identifier: AGPL-3.0-or-later
// Cells of a file and the answers they stand for. Pure.

/** The parts of the cells, each once. @param {string[]} cells @param {string} separator '' when a cell is one answer @returns {string[]} */
export function distinct(cells, separator) {
  const parts = cells
    .flatMap((cell) => (separator ? cell.split(separator) : [cell]))
    .map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}

/**
 * The option that a cell names by its id or one of its labels; '' when none.
 * @param {string} cell @param {import('../../core/exercise.js').Option[]} options
 */
export function optionNamed(cell, options) {
  const words = cell.trim().toLowerCase();
  const named = options.find(({ id, label }) =>
    [id, ...Object.values(label)].some((name) => name.toLowerCase() === words),
  );
  return named?.id ?? '';
}

/** Only what is not empty. @template {Record<string, any>} T @param {T} values @returns {Partial<T>} */
export function given(values) {
  return /** @type {Partial<T>} */ (
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined))
  );
}
