// SPDX-License-Identifier: AGPL-3.0-or-later
// Icons by name, from the one sprite. Drawn in the colour of the text around them.
import { iconNames, iconUrl } from 'repere:assets';
import { svg } from './dom.js';

const known = new Set(iconNames);
// Those that point somewhere turn round where text runs right to left.
const directional = new Set(['back', 'next', 'undo', 'sign-out', 'person-next', 'list']);

/** What a mark is drawn as. */
export const shapeIcons = { point: 'pin', line: 'line', area: 'area' };

/** @param {string | undefined} name */
export function hasIcon(name) {
  return name !== undefined && known.has(name);
}

/**
 * @param {string | undefined} name file name in web/icons without .svg; an unknown one shows a dot
 * @param {{class?: string, label?: string}} [options] without a label it is decoration
 */
export function icon(name, options = {}) {
  const drawn = name !== undefined && known.has(name) ? name : 'dot';
  const classes = ['icon', directional.has(drawn) && 'icon-directional', options.class]
    .filter(Boolean)
    .join(' ');
  return svg(
    'svg',
    {
      class: classes,
      focusable: 'false',
      ...(options.label ? { role: 'img', 'aria-label': options.label } : { 'aria-hidden': 'true' }),
    },
    svg('use', { href: `${iconUrl}#${drawn}` }),
  );
}
