// SPDX-License-Identifier: AGPL-3.0-or-later
// How editions follow each other, what is taken down, and how an exercise ends; with a line of time.
import { h, svg } from '../core/dom.js';
import { point, section } from './parts.js';

const rules = { wait: 'hourglass', apart: 'calendar', enough: 'person-next', year: 'calendar-all', takedown: 'trash', end: 'key' };

/** @param {string} label */
function timeline(label) {
  const edition = (/** @type {number} */ x) => svg('g', { class: 'time-edition', transform: `translate(${x} 60)` }, svg('rect', { x: -16, y: -16, width: 32, height: 32, rx: 7 }), svg('path', { d: 'M-9 -3h18M-9 5h18M-3 -9v18M5 -9v18' }));
  const workshop = (/** @type {number} */ x) => svg('g', { class: 'time-workshop', transform: `translate(${x} 60)` }, svg('circle', { r: 12 }), [-5, 1, 6].map((dx, i) => svg('circle', { class: 'time-person', cx: dx, cy: [3, -5, 4][i], r: 2.4 })));
  const brace = (/** @type {number} */ from, /** @type {number} */ to, /** @type {string} */ text) =>
    svg('g', { class: 'time-span' }, svg('path', { d: `M${from} 92v6h${to - from}v-6` }), svg('text', { x: (from + to) / 2, y: 116, 'text-anchor': 'middle' }, text));
  return svg(
    'svg',
    { class: 'timeline', viewBox: '0 20 640 104', role: 'img', 'aria-label': label },
    svg('path', { class: 'time-line', d: 'M10 60H612M604 52l10 8l-10 8' }),
    [40, 96, 300, 350, 404].map(workshop),
    [200, 520].map(edition),
    brace(96, 200, '≥ 7'),
    brace(200, 520, '≥ 28'),
  );
}

/** @param {import('../core/i18n.js').I18n} i18n */
export function createEditions({ t }) {
  return section(
    'editions',
    t('protection.edition.title'),
    t('protection.edition.lead'),
    h('figure', { class: 'time' }, timeline(t('protection.edition.alt')), h('figcaption', { class: 'soft small' }, t('protection.edition.caption'))),
    h('ul', { class: 'points points-two' }, Object.entries(rules).map(([name, drawn]) => point(drawn, t(`protection.edition.${name}.title`), t(`protection.edition.${name}.text`)))),
  );
}
