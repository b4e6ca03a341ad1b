// SPDX-License-Identifier: AGPL-3.0-or-later
// The map as a table: every region a row, sorted by any column.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { compareCells } from './cells.js';
import { columnsOf } from './columns.js';

/** @typedef {import('./regions.js').Region} Region */
/** @typedef {import('./columns.js').Column} Column */

/**
 * @param {object} deps
 * @param {import('./page.js').App} deps.app
 * @param {import('./scene.js').Pane} deps.pane
 * @param {(region: Region) => string | null} deps.placeOf name of the area it lies in
 * @param {boolean} deps.places whether there are such names
 * @param {(region: Region) => void} deps.onShow
 */
export function createTable({ app, pane, placeOf, places, onShow }) {
  const { t, label } = app.i18n;
  const columns = columnsOf(app, pane, places ? placeOf : null);
  const body = h('tbody');
  const head = h('tr');
  let by = columns.find(({ id }) => id === 'people') ?? columns[columns.length - 1];
  let down = true;

  /** @param {Column} column */
  function sortBy(column) {
    down = column === by ? !down : Boolean(column.number);
    by = column;
    draw();
  }
  function draw() {
    const rows = [...pane.regions].sort((a, b) => compareCells(by.value(a), by.value(b)) * (down ? -1 : 1));
    for (const [i, th] of [...head.children].entries())
      if (columns[i] === by) th.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else th.removeAttribute('aria-sort');
    replace(
      body,
      rows.map((region) =>
        h(
          'tr',
          {},
          columns.map((column, i) =>
            h(
              i === 0 ? 'th' : 'td',
              {
                class: column.number ? 'cell-number' : null,
                scope: i === 0 ? 'row' : null,
                dir: i === 0 ? 'auto' : null,
              },
              column.text(region),
            ),
          ),
          h(
            'td',
            { class: 'cell-action' },
            h(
              'button',
              {
                class: 'button-round',
                type: 'button',
                title: t('plan.table.show'),
                'aria-label': t('plan.table.show_one', { name: columns[0].text(region) }),
                onclick: () => onShow(region),
              },
              icon('map'),
            ),
          ),
        ),
      ),
    );
  }
  replace(
    head,
    columns.map((column) =>
      h(
        'th',
        { scope: 'col', class: column.number ? 'cell-number' : null },
        h(
          'button',
          {
            class: 'sort',
            type: 'button',
            title: t('plan.table.sort', { column: column.label }),
            onclick: () => sortBy(column),
          },
          column.label,
          icon('down'),
        ),
      ),
    ),
    h('th', { scope: 'col' }, h('span', { class: 'visually-hidden' }, t('plan.table.show'))),
  );
  draw();
  const title = label(pane.slice.title);
  const element = h(
    'div',
    { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': t('plan.table.caption', { title }) },
    h(
      'p',
      { class: 'table-count' },
      h('strong', {}, title),
      ' · ',
      t('plan.table.rows', { count: pane.regions.length }),
    ),
    h(
      'table',
      { class: 'plan-table' },
      h('caption', { class: 'visually-hidden' }, t('plan.table.caption', { title })),
      h('thead', {}, head),
      body,
    ),
  );
  return { element, destroy: () => element.remove() };
}
