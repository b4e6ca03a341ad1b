// SPDX-License-Identifier: AGPL-3.0-or-later
// The legend: what the colours mean, in words and numbers that promise no more than is known.
import { h, svg } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { differences, legendRows } from './classes.js';
import { protectionLink } from './parts.js';
import { createWords, titleOf } from './words.js';

/** @typedef {{sign: 'fill' | 'hatched' | 'clear' | 'unknown' | 'up' | 'level' | 'down', colour?: string, text: string}} Row */

/**
 * The rows of a legend, for the page, the print and the picture alike.
 * @param {import('../core/i18n.js').I18n} i18n @param {import('./scene.js').Scene} scene
 * @returns {{title: string, rows: Row[], others: Row[], note: string}}
 */
export function legendOf(i18n, { panes, breaks }) {
  const { t } = i18n;
  const words = createWords(i18n);
  const [pane] = panes;
  const unknown = /** @type {Row} */ ({ sign: 'unknown', text: t('plan.legend.unknown') });
  if (pane.kind === 'difference') {
    const rows = Object.entries(differences).map(([id, { colour, sign }]) => ({
      sign,
      colour,
      text: t(`plan.compare.${id}`),
    }));
    const texts = { one: titleOf(i18n, pane.slice), other: titleOf(i18n, pane.other) };
    const note = pane.regions.length > 0 ? t('plan.compare.meaning', texts) : t('plan.compare.none');
    return { title: t('plan.compare.difference'), rows, others: [unknown], note };
  }
  if (pane.kind === 'heat') {
    const rows = (pane.heat?.levels ?? []).map(({ colour, from, to }) => ({
      sign: /** @type {const} */ ('fill'),
      colour,
      text: words.range({ from, to }),
    }));
    return {
      title: t('plan.legend.unit'),
      rows,
      others: [unknown],
      note: t('plan.legend.heat', { metres: words.number(pane.heat?.bandwidth_m ?? 0) }),
    };
  }
  const looks = panes.flatMap(({ regions, look }) => regions.map(look));
  const rows = legendRows(breaks).map((row) => ({
    sign: /** @type {const} */ ('fill'),
    colour: row.colour,
    text: words.range(row),
  }));
  const hatched = looks.some((look) => look.hatched);
  const partial = pane.kind === 'grid' && panes.some(({ slice }) => slice.kind !== 'all');
  const others = /** @type {Row[]} */ ([
    ...(hatched ? [{ sign: 'hatched', colour: '#a6a479', text: t('plan.legend.hatched') }] : []),
    ...(partial ? [{ sign: 'clear', text: t('plan.legend.few') }] : []),
    pane.kind === 'areas' ? { sign: 'unknown', text: t('plan.legend.unknown_area') } : unknown,
  ]);
  const empty = looks.every((look) => look.fill === null);
  return {
    title: t('plan.legend.unit'),
    rows: empty ? [] : rows,
    others,
    note: pane.kind === 'areas' ? t('plan.legend.areas') : '',
  };
}

/** Heat has a scale of its own for each slice. @param {import('../core/i18n.js').I18n} i18n @param {import('./scene.js').Scene} scene */
export function legendsOf(i18n, scene) {
  const { panes } = scene;
  if (panes.length < 2 || panes[0].kind !== 'heat') return panes.length > 0 ? [legendOf(i18n, scene)] : [];
  return panes.map((pane) => ({
    ...legendOf(i18n, { ...scene, panes: [pane] }),
    title: i18n.t('plan.legend.of', { title: titleOf(i18n, pane.slice) }),
  }));
}

/**
 * One legend, or one a map where scales differ.
 * @param {object} deps
 * @param {import('./page.js').App} deps.app
 * @param {import('./catalog.js').Edition} deps.edition
 * @param {import('./scene.js').Scene} deps.scene
 * @param {boolean} [deps.brief] without what the numbers mean
 * @returns {HTMLElement[]}
 */
export function createLegends({ app, edition, scene, brief = false }) {
  const { t } = app.i18n;
  return legendsOf(app.i18n, scene).map(({ title, rows, others, note }, i) =>
    h(
      'section',
      { class: 'plan-legend', 'aria-label': i === 0 ? t('plan.legend.title') : title },
      h(
        'div',
        { class: 'legend-scale' },
        h('h3', { class: 'legend-title' }, title),
        rows.length > 0 && h('ul', { class: 'legend-ramp' }, rows.map(drawRow)),
      ),
      i === 0 && h('ul', { class: 'legend-others' }, others.map(drawRow)),
      i === 0 && !brief && createMeaning(app.i18n, edition, scene, note),
    ),
  );
}

/** @param {Row} row */
function drawRow({ sign, colour, text }) {
  return h(
    'li',
    { class: 'legend-item' },
    h(
      'span',
      { class: `legend-sign legend-${sign}`, vars: colour ? { colour } : {}, 'aria-hidden': 'true' },
      drawSign(sign),
    ),
    h('span', {}, text),
  );
}

/** @param {Row['sign']} sign */
function drawSign(sign) {
  const paths = { up: 'M10 4l6 11H4z', level: 'M4 6h12v3H4zM4 11h12v3H4z', down: 'M10 16L4 5h12z' };
  return sign in paths
    ? svg(
        'svg',
        { viewBox: '0 0 20 20' },
        svg('path', { d: paths[/** @type {keyof typeof paths} */ (sign)] }),
      )
    : null;
}

/**
 * @param {import('../core/i18n.js').I18n} i18n @param {import('./catalog.js').Edition} edition
 * @param {import('./scene.js').Scene} scene @param {string} note
 */
function createMeaning(i18n, edition, { panes }, note) {
  const { t } = i18n;
  const exercise = edition.exercises.find(({ key }) => key === panes[0].slice.exercise);
  const compared = panes[0].kind === 'difference';
  return h(
    'details',
    { class: 'legend-more' },
    h('summary', {}, icon('info'), h('span', {}, t('plan.legend.more'))),
    h(
      'div',
      { class: 'legend-words' },
      note && h('p', {}, note),
      !compared &&
        exercise &&
        h('p', {}, t('plan.legend.floor', { floor: exercise.floor, noise: exercise.noise_max })),
      !compared && h('p', {}, t('plan.legend.once')),
      h('p', {}, protectionLink(t('plan.protection'))),
    ),
  );
}
