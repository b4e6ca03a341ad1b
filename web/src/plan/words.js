// SPDX-License-Identifier: AGPL-3.0-or-later
// Numbers and dates of an edition as people say them.

import { known } from '../core/translate.js';

/** @param {import('../core/i18n.js').I18n} i18n */
export function createWords(i18n) {
  const { t } = i18n;
  const number = (/** @type {number} */ value) =>
    i18n.number(value, { maximumFractionDigits: value < 10 ? 1 : 0 });
  /** Days and months have no time of day: they are the same everywhere. @param {string} month "2026-05" */
  const monthName = (month) =>
    i18n.date(`${month}-01T00:00:00Z`, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return {
    number,
    month: monthName,
    /** @param {string} day "2026-05-31" */
    day: (day) => i18n.date(`${day}T00:00:00Z`, { dateStyle: 'long', timeZone: 'UTC' }),
    /** From the first to the last of several. @param {{first_month: string, last_month: string}[]} exercises */
    months(exercises) {
      const first = exercises.map((one) => one.first_month).sort()[0];
      const last = exercises.map((one) => one.last_month).sort()[exercises.length - 1];
      const format = new Intl.DateTimeFormat(known(i18n.language.get()), {
        month: 'long',
        year: 'numeric',
        timeZone: 'UTC',
      });
      return first === last
        ? monthName(first)
        : format.formatRange(new Date(`${first}-01`), new Date(`${last}-01`));
    },
    /** @param {number} km2 */
    area: (km2) => t('plan.unit.km2', { number: i18n.number(km2, { maximumSignificantDigits: 2 }) }),
    /** @param {number} metres */
    metres: (metres) => t('plan.unit.m', { number: i18n.number(metres) }),
    /** @param {number} part 0..1 */
    percent: (part) => t('plan.unit.percent', { number: i18n.number(Math.round(part * 100)) }),
    /** @param {number} km2 people per km2 */
    perKm2: (km2) => t('plan.card.per_km2', { number: number(km2) }),
    /** @param {string} band "<20%", "20-40%" ... ">80%" */
    share(band) {
      const [from = '', to = ''] = band.match(/\d+/g) ?? [];
      if (band.startsWith('<')) return t('plan.share.below');
      if (band.startsWith('>')) return t('plan.share.above');
      return t('plan.share.between', { from, to });
    },
    /** @param {number} bytes */
    size: (bytes) =>
      bytes < 1e6
        ? t('plan.unit.kb', { number: i18n.number(Math.max(1, Math.round(bytes / 1e3))) })
        : t('plan.unit.mb', { number: i18n.number(bytes / 1e6, { maximumFractionDigits: 1 }) }),
    /** @param {{from: number | null, to: number | null}} row of a legend */
    range({ from, to }) {
      if (from === null && to === null) return t('plan.legend.one');
      if (from === null) return t('plan.legend.below', { to: number(/** @type {number} */ (to)) });
      if (to === null) return t('plan.legend.above', { from: number(from) });
      return t('plan.legend.between', { from: number(from), to: number(to) });
    },
    /** @param {{edition: string, published_on: string, revision: number}} item */
    edition(item) {
      const values = { number: item.edition.split('.')[0], date: this.day(item.published_on) };
      return item.revision > 1 ? t('plan.edition.name_revised', values) : t('plan.edition.name', values);
    },
  };
}
/** @typedef {ReturnType<typeof createWords>} Words */

/** What a slice is called. @param {import('../core/i18n.js').I18n} i18n @param {import('./catalog.js').Slice | null | undefined} slice */
export function titleOf(i18n, slice) {
  return slice?.kind === 'all' ? i18n.t('plan.slice.all') : i18n.label(slice?.title);
}
