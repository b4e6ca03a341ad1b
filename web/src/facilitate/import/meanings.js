// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the answers to one question come from: a column, what separates several answers in a cell, and
// what each of its values stands for.
import { h, replace } from '../../core/dom.js';
import { field, selectInput } from '../form.js';
import { distinct, given, optionNamed } from './values.js';

/** @typedef {import('../../core/exercise.js').Option} Option */
/** @typedef {{column?: string, separator?: string, values?: Record<string, string | null>}} Start */

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {import('./import.js').Upload} deps.upload
 * @param {string} deps.label
 * @param {Option[]} deps.options of the question; none when it is not answered by options
 * @param {Start} deps.start
 */
export function createMeanings({ app, upload, label, options, start }) {
  const { t } = app.i18n;
  const none = /** @type {[string, string]} */ (['', t('staff.import.none')]);
  const columns = upload.columns.map((name) => /** @type {[string, string]} */ ([name, name]));
  const column = field({
    label,
    input: selectInput([none, ...columns], start.column ?? '', { onchange: draw }),
  });
  const separator = field({
    label: t('staff.import.separator'),
    input: selectInput(
      [
        ['', t('staff.import.separator_none')],
        [',', ','],
        [';', ';'],
        ['|', '|'],
      ],
      start.separator ?? '',
      { onchange: draw },
    ),
  });
  const rows = h('div', { class: 'meanings' });
  const element = h(
    'div',
    { class: 'stack' },
    h('div', { class: 'columns' }, column.element, separator.element),
    rows,
  );
  /** @type {Map<string, HTMLSelectElement>} */
  let chosen = new Map();

  function draw() {
    const name = column.input.value;
    const own = start.column === name ? (start.values ?? {}) : {};
    const cells = distinct([...(upload.values[name] ?? []), ...Object.keys(own)], separator.input.value);
    separator.element.hidden = name === '' || options.length === 0;
    rows.hidden = options.length === 0 || cells.length === 0;
    chosen = new Map(cells.map((cell) => [cell, meaning(cell, own[cell])]));
    const pairs = [...chosen].map(([cell, select]) =>
      h('div', { class: 'meaning' }, h('bdi', {}, cell), select),
    );
    replace(rows, h('p', { class: 'field-label' }, t('staff.import.values')), pairs);
  }
  /** @param {string} cell @param {string | null | undefined} known */
  function meaning(cell, known) {
    const labelled = options.map(
      (one) => /** @type {[string, string]} */ ([one.id, app.i18n.label(one.label)]),
    );
    const fits = options.some((one) => one.id === known);
    const value = fits ? String(known) : optionNamed(cell, options);
    return selectInput([['', t('staff.import.nothing')], ...labelled], value, { 'aria-label': cell });
  }
  draw();
  return {
    element,
    column: () => column.input.value,
    /** As the API's Mapping has it, without the column. */
    value() {
      const values = Object.fromEntries([...chosen].map(([cell, select]) => [cell, select.value || null]));
      return {
        ...given({ separator: separator.element.hidden ? '' : separator.input.value }),
        ...(chosen.size > 0 && options.length > 0 ? { values } : {}),
      };
    },
    destroy: () => element.remove(),
  };
}
