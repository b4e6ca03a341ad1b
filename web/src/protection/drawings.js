// SPDX-License-Identifier: AGPL-3.0-or-later
// The five steps from marks to a number, drawn. The drawing is a map: it runs left to right in any language.
import { svg } from '../core/dom.js';
import { dots, regions, side, unshown } from './example.js';

const size = 50;
const whole = size * side;

/** @param {string} label what is to be seen, for who does not see it @param {...(SVGElement | SVGElement[])} parts */
function drawing(label, ...parts) {
  return svg('svg', { class: 'drawing', viewBox: `-2 -2 ${whole + 4} ${whole + 4}`, role: 'img', 'aria-label': label }, ground(), ...parts);
}
function ground() {
  const street = (/** @type {string} */ d) => svg('path', { class: 'drawing-street', d });
  return svg(
    'g',
    {},
    svg('rect', { class: 'drawing-ground', width: whole, height: whole, rx: 6 }),
    street('M0 62 C60 50 120 92 200 74'),
    street('M88 0 C96 70 70 130 92 200'),
    street('M0 150 C70 160 120 128 200 146'),
    street('M160 0 C148 60 170 140 158 200'),
  );
}
/** @param {boolean} faint */
function people(faint) {
  return svg('g', { class: faint ? 'drawing-people drawing-faint' : 'drawing-people' }, dots(size).map(({ x, y }) => svg('circle', { cx: x.toFixed(1), cy: y.toFixed(1), r: 2.6 })));
}
function grid() {
  const lines = Array.from({ length: side + 1 }, (_, i) => `M${i * size} 0V${whole}M0 ${i * size}H${whole}`);
  return svg('path', { class: 'drawing-grid', d: lines.join('') });
}
/**
 * The outline of squares that touch: the edges that only one of them has.
 * @param {import('./example.js').Square[]} squares
 */
function outline(squares) {
  const has = (/** @type {number} */ column, /** @type {number} */ row) => squares.some(([c, r]) => c === column && r === row);
  return squares
    .flatMap(([c, r]) => [
      !has(c, r - 1) && `M${c * size} ${r * size}h${size}`,
      !has(c, r + 1) && `M${c * size} ${(r + 1) * size}h${size}`,
      !has(c - 1, r) && `M${c * size} ${r * size}v${size}`,
      !has(c + 1, r) && `M${(c + 1) * size} ${r * size}v${size}`,
    ])
    .filter(Boolean)
    .join('');
}
/** @param {import('./example.js').Square[]} squares @param {string} kind */
function patch(squares, kind) {
  const fill = squares.map(([c, r]) => `M${c * size} ${r * size}h${size}v${size}h${-size}z`).join('');
  return svg('g', { class: kind }, svg('path', { class: 'patch-fill', d: fill }), svg('path', { class: 'patch-edge', d: outline(squares) }));
}
/** Ground without a number: sown with small points, as on the map. */
function silent() {
  const points = unshown.flatMap(([c, r]) => [10, 25, 40].flatMap((x) => [10, 25, 40].map((y) => svg('circle', { cx: c * size + x, cy: r * size + y, r: 1.5 }))));
  return [patch(unshown, 'patch patch-silent'), svg('g', { class: 'silent-points' }, points)];
}
/** @param {(region: import('./example.js').Region) => string} kind @returns {SVGElement[]} */
const patches = (kind) => regions.map((region) => patch(region.squares, kind(region)));

/** @param {(region: import('./example.js').Region) => (string | SVGElement)[]} words */
function numbers(words) {
  return regions.map((region) => {
    const [column, row] = region.squares[0];
    return svg('text', { class: 'drawing-number', x: (column + 0.5) * size, y: (row + 0.5) * size, 'text-anchor': 'middle', 'dominant-baseline': 'central' }, words(region));
  });
}

/** @param {import('../core/translate.js').Translate} t @returns {SVGElement[]} one a step */
export function createDrawings(t) {
  const signed = (/** @type {number} */ change) => (change < 0 ? `−${-change}` : `+${change}`);
  const values = regions.map(({ value }) => value).join(', ');
  const shade = (/** @type {import('./example.js').Region} */ { value }) => `patch patch-${value}`;
  const lone = (/** @type {import('./example.js').Region} */ { squares }) => (squares.length > 1 ? 'patch patch-joined' : 'patch patch-alone');
  return [
    drawing(t('protection.step.marks.alt'), people(false)),
    drawing(t('protection.step.squares.alt'), grid(), people(false)),
    drawing(t('protection.step.joined.alt'), ...patches(lone), ...silent(), people(true)),
    drawing(
      t('protection.step.changed.alt'),
      ...patches(lone),
      ...silent(),
      ...numbers(({ people: count, change }) => [`${count} `, svg('tspan', { class: change < 0 ? 'change-down' : 'change-up' }, signed(change))]),
    ),
    drawing(t('protection.step.rounded.alt', { values }), ...patches(shade), ...silent(), ...numbers(({ value }) => [String(value)])),
  ];
}
