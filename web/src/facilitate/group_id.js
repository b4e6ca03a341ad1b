// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * An id for a new group, of its words: "less_than_a_year"; one that no other has.
 * @param {Record<string, string>} label @param {string[]} taken
 */
export function groupId(label, taken) {
  const words = Object.values(label)[0]
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 34);
  const stem = words === '' ? 'group' : words;
  let number = 1;
  const name = () => (number === 1 ? stem : `${stem}_${number}`);
  while (taken.includes(name())) number += 1;
  return name();
}
