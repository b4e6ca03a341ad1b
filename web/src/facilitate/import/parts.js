// SPDX-License-Identifier: AGPL-3.0-or-later
// Groups of columns that a mapping asks for: of a layer, of the position, of the date.
import { h } from '../../core/dom.js';
import { field, selectInput, textInput } from '../form.js';
import { given } from './values.js';

/** @typedef {{app: import('../main.js').App, upload: import('./import.js').Upload, start: any}} PartDeps */

/** @param {PartDeps} deps @param {string} key @param {string | undefined} value @param {boolean} [needed] @param {Record<string, any>} [props] */
function columnField({ app: { i18n }, upload }, key, value, needed = false, props = {}) {
  const columns = upload.columns.map((name) => /** @type {[string, string]} */ ([name, name]));
  const none = /** @type {[string, string]} */ ([
    '',
    i18n.t(needed ? 'staff.import.choose_column' : 'staff.import.none'),
  ]);
  return field({
    label: i18n.t(`staff.import.${key}`),
    input: selectInput([none, ...columns], value ?? '', { required: needed, ...props }),
  });
}

/** When rows become a layer. @param {PartDeps & {title: string}} deps */
export function createLayerPart({ title, ...deps }) {
  const { app, start } = deps;
  const { t } = app.i18n;
  const name = field({
    label: t('staff.overlay.title'),
    input: textInput({ value: start.title ?? title, maxlength: 120 }),
  });
  const label = columnField(deps, 'label', start.label);
  const credit = field({
    label: t('staff.overlay.attribution'),
    hint: t('staff.overlay.attribution_hint'),
    input: textInput({ value: start.attribution ?? '', maxlength: 200 }),
  });
  const element = h('div', { class: 'stack' }, name.element, label.element, credit.element);
  return {
    element,
    value: () =>
      given({
        title: name.input.value.trim(),
        label: label.input.value,
        attribution: credit.input.value.trim(),
      }),
  };
}

/** Where each row is: its own geometry, or two columns. @param {PartDeps} deps */
export function createPosition(deps) {
  const { app, upload, start } = deps;
  const { t } = app.i18n;
  const csv = upload.format === 'csv';
  const x = columnField(deps, 'x', start.x, csv);
  const y = columnField(deps, 'y', start.y, csv);
  const crs = field({
    label: t('staff.import.crs'),
    hint: t('staff.import.crs_hint'),
    input: textInput({
      value: start.crs ?? '',
      dir: 'ltr',
      required: true,
      pattern: '[A-Za-z0-9]+:[A-Za-z0-9]+',
      placeholder: 'EPSG:4326',
      maxlength: 40,
    }),
  });
  const decimal = field({
    label: t('staff.import.decimal'),
    input: selectInput(
      [
        ['.', t('staff.import.decimal_point')],
        [',', t('staff.import.decimal_comma')],
      ],
      start.decimal ?? '.',
    ),
  });
  const element = h(
    'div',
    { class: 'stack' },
    csv && h('div', { class: 'columns' }, x.element, y.element, decimal.element),
    crs.element,
  );
  return {
    element,
    value: () => ({
      ...(csv ? { x: x.input.value, y: y.input.value, decimal: decimal.input.value } : { geometry: true }),
      crs: crs.input.value.trim(),
    }),
  };
}

/** When each row was said. @param {PartDeps} deps */
export function createDate(deps) {
  const { app, start } = deps;
  const { t } = app.i18n;
  const date = columnField(deps, 'date', start.date, false, { onchange: show });
  const order = field({
    label: t('staff.import.date_order'),
    input: selectInput(
      ['dmy', 'mdy', 'ymd'].map((one) => [one, t(`staff.import.date_${one}`)]),
      start.date_order ?? 'ymd',
    ),
  });
  function show() {
    order.element.hidden = date.input.value === '';
  }
  show();
  const element = h('div', { class: 'columns' }, date.element, order.element);
  return {
    element,
    value: () => (date.input.value ? { date: date.input.value, date_order: order.input.value } : {}),
  };
}
