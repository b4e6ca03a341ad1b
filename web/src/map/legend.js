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
  /** @param {Row[]} next */
  function setRows(next) {
    replace(
      list,
      next.map((row) => {
        const content = [
          createSymbol(row, { size: 26 }),
          h('span', { class: 'legend-label' }, row.label),
          row.count !== undefined && h('span', { class: 'legend-count' }, row.count),
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
