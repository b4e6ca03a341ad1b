// SPDX-License-Identifier: AGPL-3.0-or-later
// Which slice is shown first, and which go together. Pure.

/** What a visitor sees first: the first category that shows something. @param {import('./catalog.js').Edition} edition */
export function firstSlice({ slices }) {
  const shown = slices.filter((slice) => slice.leaves > 0);
  return shown.find((slice) => slice.kind === 'category') ?? shown[0] ?? slices[0] ?? null;
}

/**
 * Whether two slices may be set against each other as higher and lower: two times or two groups of one exercise.
 * @param {import('./catalog.js').Slice | null | undefined} one @param {import('./catalog.js').Slice | null | undefined} other
 */
export function mayDiffer(one, other) {
  return Boolean(
    one &&
      other &&
      one.id !== other.id &&
      one.exercise === other.exercise &&
      one.kind === other.kind &&
      (one.kind === 'time' || one.kind === 'group'),
  );
}

/**
 * What is worth setting beside a slice: the last of its own kind for a category ("safe" beside "unsafe"),
 * the next one otherwise.
 * @param {import('./catalog.js').Edition} edition @param {string | null} id
 */
export function beside({ slices }, id) {
  const slice = slices.find((one) => one.id === id);
  const own = slices.filter((one) => one.exercise === slice?.exercise && one.id !== id && one.leaves > 0);
  const kin = own.filter((one) => one.kind === slice?.kind);
  const next = slice?.kind === 'category' ? kin[kin.length - 1] : kin[0];
  return (next ?? own[0] ?? slices.find((one) => one.id !== id))?.id ?? null;
}
