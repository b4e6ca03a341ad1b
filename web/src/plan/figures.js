// SPDX-License-Identifier: AGPL-3.0-or-later
// Figures beside the map: small bars by category, time and group, and how shares are spread over the ground.
// Each drawing has its table.
import { h, replace, svg } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { urlsOf } from './catalog.js';
import { ramp, shareBands, shareParts } from './classes.js';
import { sliceSign } from './parts.js';
import { createWords } from './words.js';

/** @typedef {import('./catalog.js').Slice} Slice */

/** @param {{app: import('./page.js').App, edition: import('./catalog.js').Edition}} deps */
export function createFigures({ app, edition }) {
  const { t, label } = app.i18n;
  const words = createWords(app.i18n);
  const element = h('div', { class: 'figures' });
  let filled = false;

  /** @param {import('./catalog.js').Exercise} exercise */
  function ofExercise(exercise) {
    const own = edition.slices.filter((slice) => slice.exercise === exercise.key);
    const most = Math.max(1, ...own.map((slice) => (slice.kind === 'all' ? 0 : slice.shown)));
    const kinds = /** @type {const} */ (['category', 'time', 'group']);
    const shares = h('div', { class: 'figure' });
    drawShares(exercise, own, shares).catch(app.fail);
    return h(
      'section',
      { class: 'figure-group' },
      h('h3', {}, label(exercise.title)),
      h(
        'p',
        { class: 'soft small' },
        t('plan.chart.workshops', {
          sessions: exercise.sessions,
          people: words.number(exercise.attendances),
          months: words.months([exercise]),
        }),
      ),
      kinds.map((kind) => {
        const slices = own.filter((slice) => slice.kind === kind);
        return slices.length > 0 && bars(t(`plan.slice.${kind}`), slices, most);
      }),
      table(own),
      shares,
    );
  }
  /** @param {string} title @param {Slice[]} slices @param {number} most the longest bar of the exercise, so that all compare */
  function bars(title, slices, most) {
    return h(
      'figure',
      { class: 'figure', 'aria-hidden': 'true' },
      h('figcaption', {}, title),
      slices.map((slice) =>
        h(
          'div',
          { class: 'bar-row' },
          sliceSign(slice, 24),
          h('span', { class: 'bar-name' }, label(slice.title)),
          svg(
            'svg',
            { class: 'bar-line', viewBox: '0 0 100 10', preserveAspectRatio: 'none' },
            svg('rect', { width: 100, height: 10, class: 'bar-ground' }),
            svg('rect', {
              width: (slice.shown / most) * 100,
              height: 10,
              fill: slice.colour ?? '#55779a',
              class: 'bar-fill',
            }),
          ),
          h('span', { class: 'bar-value' }, words.number(slice.shown)),
        ),
      ),
    );
  }
  /** @param {Slice[]} slices */
  function table(slices) {
    const column = (/** @type {string} */ text) => h('th', { scope: 'col' }, text);
    return h(
      'details',
      { class: 'figure-table' },
      h('summary', {}, icon('table'), h('span', {}, t('plan.chart.as_table'))),
      h(
        'table',
        {},
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            column(t('plan.chart.slice')),
            column(t('plan.chart.sum')),
            column(t('plan.chart.regions')),
          ),
        ),
        h(
          'tbody',
          {},
          slices.map((slice) =>
            h(
              'tr',
              {},
              h('th', { scope: 'row' }, slice.kind === 'all' ? t('plan.slice.all') : label(slice.title)),
              h('td', {}, words.number(slice.shown)),
              h('td', {}, words.number(slice.leaves)),
            ),
          ),
        ),
      ),
    );
  }
  /** @param {import('./catalog.js').Exercise} exercise @param {Slice[]} slices @param {HTMLElement} place */
  async function drawShares(exercise, slices, place) {
    const categories = slices.filter((slice) => slice.kind === 'category' && slice.leaves > 0);
    const got = await Promise.all(
      categories.map((slice) => app.catalog.get(urlsOf(edition).leaves(slice.id))),
    );
    const rows = categories
      .map((slice, i) => ({ slice, parts: shareParts(got[i].features) }))
      .filter(({ parts }) => parts.some((part) => part > 0));
    if (rows.length === 0) return place.remove();
    replace(
      place,
      h('h4', {}, t('plan.chart.share')),
      h(
        'ul',
        { class: 'share-key', 'aria-hidden': 'true' },
        shareBands.map((band, i) =>
          h('li', {}, h('span', { class: 'legend-sign', vars: { colour: ramp[i] } }), words.share(band)),
        ),
      ),
      h(
        'ul',
        {},
        rows.map(({ slice, parts }) => shareRow(slice, parts)),
      ),
      h('p', { class: 'soft small' }, t('plan.chart.share_note')),
    );
  }
  /** @param {Slice} slice @param {number[]} parts */
  function shareRow(slice, parts) {
    let from = 0;
    const said = parts
      .map(
        (part, i) =>
          part > 0 &&
          t('plan.chart.share_part', { share: words.share(shareBands[i]), percent: words.percent(part) }),
      )
      .filter((text) => text !== false);
    const pieces = parts.map((part, i) => {
      const piece = svg('rect', { x: from * 100, width: part * 100, height: 10, fill: ramp[i] });
      from += part;
      return piece;
    });
    return h(
      'li',
      { class: 'share-row' },
      sliceSign(slice, 24),
      h('span', { class: 'bar-name', 'aria-hidden': 'true' }, label(slice.title)),
      svg(
        'svg',
        { class: 'bar-line', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        pieces,
      ),
      h(
        'span',
        { class: 'visually-hidden' },
        t('plan.chart.share_row', { title: label(slice.title), parts: said.join(', ') }),
      ),
    );
  }
  return {
    element,
    /** Drawn when first looked at. */
    update() {
      if (filled) return;
      filled = true;
      replace(
        element,
        h('h2', {}, t('plan.chart.title')),
        edition.slices.length === 0 && h('p', { class: 'soft' }, t('plan.chart.none')),
        edition.slices.length > 0 && h('p', { class: 'soft' }, t('plan.chart.people')),
        edition.exercises.map(ofExercise),
        edition.slices.length > 0 && h('p', { class: 'soft small' }, t('plan.chart.note')),
      );
    },
    destroy: () => element.remove(),
  };
}
