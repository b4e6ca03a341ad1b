// SPDX-License-Identifier: AGPL-3.0-or-later
// The legend: a sign and its words a row; rows may be switched off and on.
import { h, replace } from '../core/dom.js';
import { createSymbol } from './symbol.js';

/** @typedef {import("./symbol.js").Sign & {id: string, label: string, count?: string}} Row */

/**
 * @param {object} deps
 * @param {string} deps.title
 * @param {Row[]} deps.rows
 * @param {(shown: Set<string>) => void} [deps.onChange] with it, rows are switches
 */
export function createLegend({ title, rows, onChange }) {
  const list = h('ul', { class: 'legend-rows' });
  const element = h('section', { class: 'legend', 'aria-label': title }, list);
  const shown = new Set(rows.map((row) => row.id));

  /** @param {string} id */
  function toggle(id) {
    if (!shown.delete(id)) shown.add(id);
    onChange?.(new Set(shown));
  }
  /** @type {Map<string, HTMLElement>} */
  let counts = new Map();

  /** Rows that are there already stay, with the keyboard on them. @param {Row[]} next */
  function setRows(next) {
    const known = next.length === counts.size && next.every(({ id }) => counts.has(id));
    if (!known) drawRows(next);
    for (const { id, count = '' } of next) replace(/** @type {HTMLElement} */ (counts.get(id)), count);
  }
  /** @param {Row[]} next */
  function drawRows(next) {
    counts = new Map(next.map(({ id }) => [id, h('span', { class: 'legend-count' })]));
    replace(
      list,
      next.map((row) => {
        const content = [
          createSymbol(row, { size: 30 }),
          h('span', { class: 'legend-label' }, row.label),
          /** @type {HTMLElement} */ (counts.get(row.id)),
        ];
        if (!onChange) return h('li', { class: 'legend-row' }, content);
        const box = h('input', {
          type: 'checkbox',
          checked: shown.has(row.id),
          onchange: () => toggle(row.id),
        });
        return h('li', {}, h('label', { class: 'legend-row legend-switch' }, box, content));
      }),
    );
  }
  setRows(rows);
  return { element, setRows, shown: () => new Set(shown), destroy: () => element.remove() };
}
