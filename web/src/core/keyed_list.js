// SPDX-License-Identifier: AGPL-3.0-or-later
// A list whose rows stay in the page while others come and go, so that the keyboard keeps its place.
import { focusFirst } from './focus.js';

/**
 * @template T
 * @param {HTMLElement} element holds the rows and nothing else
 * @param {object} deps
 * @param {(item: T) => string} deps.key
 * @param {(item: T) => string} deps.stamp a row is drawn again when it changes
 * @param {(item: T) => HTMLElement} deps.row
 */
export function createKeyedList(element, { key, stamp, row }) {
  /** @type {Map<string, {stamp: string, node: HTMLElement}>} */
  let rows = new Map();

  /** @param {T} item */
  function draw(item) {
    const known = rows.get(key(item));
    const now = stamp(item);
    if (known?.stamp === now) return known;
    const node = row(item);
    if (known) swap(known.node, node);
    return { stamp: now, node };
  }
  return {
    /** @param {T[]} items in their order */
    show(items) {
      const next = new Map(items.map((item) => [key(item), draw(item)]));
      let lost = -1;
      for (const [id, { node }] of rows) {
        if (next.has(id)) continue;
        if (node.contains(document.activeElement)) lost = [...element.children].indexOf(node);
        node.remove();
      }
      let place = element.firstElementChild;
      for (const { node } of next.values()) {
        if (node === place) place = place.nextElementSibling;
        else element.insertBefore(node, place);
      }
      rows = next;
      const near = element.children[Math.min(lost, element.children.length - 1)];
      if (near) focusFirst(/** @type {HTMLElement} */ (near));
    },
  };
}

/** @param {HTMLElement} old @param {HTMLElement} fresh */
function swap(old, fresh) {
  const held = old.contains(document.activeElement);
  old.replaceWith(fresh);
  if (held) focusFirst(fresh);
}
