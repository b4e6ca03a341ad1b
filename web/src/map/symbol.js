// SPDX-License-Identifier: AGPL-3.0-or-later
// The sign of a category: shape, colour and icon together. On the map, in buttons, in the legend.
import { iconUrl } from 'repere:assets';
import { svg } from '../core/dom.js';
import { hasIcon } from '../core/icon.js';
import { inkOn, shapeOf } from './shapes.js';

/** @typedef {{shape?: string, colour?: string, icon?: string}} Sign */

export const plainColour = '#5d6b69';

/**
 * @param {Sign} sign
 * @param {{size?: number, class?: string, badge?: string}} [options] size in CSS pixels; badge: an icon
 * at the corner that says how it stands
 */
export function createSymbol(
  { shape, colour = plainColour, icon },
  { size = 40, class: extra = '', badge } = {},
) {
  const { path, iconY, iconSize } = shapeOf(shape);
  return svg(
    'svg',
    {
      class: `symbol ${extra}`,
      viewBox: '0 0 40 40',
      width: size,
      height: size,
      'aria-hidden': 'true',
      focusable: 'false',
    },
    svg('path', { d: path, class: 'symbol-halo' }),
    svg('path', { d: path, fill: colour, class: 'symbol-shape' }),
    hasIcon(icon) &&
      svg('use', {
        href: `${iconUrl}#${icon}`,
        color: inkOn(colour),
        class: 'symbol-icon',
        x: 20 - iconSize / 2,
        y: iconY - iconSize / 2,
        width: iconSize,
        height: iconSize,
      }),
    badge && createBadge(badge),
  );
}

/** @param {string} icon */
function createBadge(icon) {
  return svg(
    'g',
    { class: 'symbol-badge' },
    svg('circle', { cx: 33, cy: 7, r: 9.5 }),
    svg('use', { href: `${iconUrl}#${icon}`, x: 26, y: 0, width: 14, height: 14 }),
  );
}

/**
 * The ring of a group of marks: an arc a colour, in the order given, with the number inside.
 * @param {{colour: string, count: number}[]} parts @param {string} text @param {number} size CSS pixels
 */
export function createRing(parts, text, size) {
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  const length = 2 * Math.PI * 16;
  let from = 0;
  const arcs = parts.map(({ colour, count }) => {
    const share = (count / total) * length;
    const arc = svg('circle', {
      cx: 20,
      cy: 20,
      r: 16,
      fill: 'none',
      stroke: colour,
      'stroke-width': 5.5,
      'stroke-dasharray': `${share} ${length - share}`,
      'stroke-dashoffset': -from,
      transform: 'rotate(-90 20 20)',
    });
    from += share;
    return arc;
  });
  return svg(
    'svg',
    { class: 'symbol ring', viewBox: '0 0 40 40', width: size, height: size, 'aria-hidden': 'true' },
    svg('circle', { cx: 20, cy: 20, r: 19.2, class: 'ring-ground' }),
    arcs,
    svg(
      'text',
      { x: 20, y: 20.5, 'text-anchor': 'middle', 'dominant-baseline': 'central', class: 'ring-text' },
      text,
    ),
  );
}
