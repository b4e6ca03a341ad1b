// SPDX-License-Identifier: AGPL-3.0-or-later
// The columns of the table: what of a region stands in each, and by what it is sorted.
import { shortCode } from './cells.js';
import { shareBands } from './classes.js';
import { createWords } from './words.js';

/** @typedef {import('./regions.js').Region} Region */
/** @typedef {{id: string, label: string, number?: boolean, value: (region: Region) => number | string | null, text: (region: Region) => string}} Column */

/** @param {import('./page.js').App} app @param {import('./scene.js').Pane} pane @param {((region: Region) => string | null) | null} placeOf @returns {Column[]} */
export function columnsOf(app, pane, placeOf) {
  const { t } = app.i18n;
  const words = createWords(app.i18n);
  const of =
    (/** @type {string} */ name) =>
    (/** @type {Region} */ { properties }) =>
      properties[name] ?? null;
  const areas = pane.kind === 'areas';
  const first = areas
    ? {
        id: 'name',
        label: t('plan.table.area_name'),
        value: of('label'),
        text: (/** @type {Region} */ { properties }) => properties.label,
      }
    : {
        id: 'code',
        label: t('plan.table.region'),
        value: of('code'),
        text: (/** @type {Region} */ { properties }) => shortCode(properties.code),
      };
  const place =
    placeOf && !areas
      ? [
          {
            id: 'place',
            label: t('plan.table.place'),
            value: placeOf,
            text: (/** @type {Region} */ region) => placeOf(region) ?? '–',
          },
        ]
      : [];
  if (pane.kind === 'difference')
    return [
      first,
      ...place,
      {
        id: 'result',
        label: t('plan.table.result'),
        value: ({ properties }) => ['lower', 'similar', 'higher'].indexOf(properties.result),
        text: ({ properties }) => t(`plan.compare.${properties.result}`),
      },
    ];
  const number = (/** @type {number | null} */ value) =>
    value === null ? t('plan.table.too_few') : words.number(value);
  return [
    first,
    ...place,
    {
      id: 'people',
      label: t('plan.table.people'),
      number: true,
      value: of('value'),
      text: ({ properties }) => number(properties.value),
    },
    {
      id: 'per_km2',
      label: t('plan.table.per_km2'),
      number: true,
      value: of('per_km2'),
      text: ({ properties }) => (properties.per_km2 === null ? '–' : words.number(properties.per_km2)),
    },
    ...(pane.slice.kind === 'all'
      ? []
      : [
          {
            id: 'share',
            label: t('plan.table.share'),
            number: true,
            value: (/** @type {Region} */ { properties }) => shareBands.indexOf(properties.share),
            text: (/** @type {Region} */ { properties }) =>
              properties.share ? words.share(properties.share) : '–',
          },
        ]),
    ...(areas
      ? []
      : [
          {
            id: 'size',
            label: t('plan.table.size'),
            number: true,
            value: of('area_km2'),
            text: (/** @type {Region} */ { properties }) => words.area(properties.area_km2),
          },
        ]),
  ];
}
