// SPDX-License-Identifier: AGPL-3.0-or-later
// The outlines that go with colours, so that no meaning hangs on colour alone. Box 0 0 40 40.

/** @type {Record<string, string>} */
export const shapePaths = {
  circle: 'M20 3a17 17 0 1 0 0 34a17 17 0 1 0 0-34z',
  square: 'M9 5h22a4 4 0 0 1 4 4v22a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4V9a4 4 0 0 1 4-4z',
  diamond: 'M18 2.4a3 3 0 0 1 4 0L37.6 18a3 3 0 0 1 0 4L22 37.6a3 3 0 0 1-4 0L2.4 22a3 3 0 0 1 0-4z',
  triangle: 'M17.3 3.6a3.2 3.2 0 0 1 5.4 0L38 30.5a3.2 3.2 0 0 1-2.7 4.8H4.7A3.2 3.2 0 0 1 2 30.5z',
  'triangle-down': 'M17.3 36.4a3.2 3.2 0 0 0 5.4 0L38 9.5a3.2 3.2 0 0 0-2.7-4.8H4.7A3.2 3.2 0 0 0 2 9.5z',
  hexagon:
    'M11.5 4h17a3 3 0 0 1 2.6 1.5l7 12.9a3 3 0 0 1 0 3.2l-7 12.9A3 3 0 0 1 28.5 36h-17a3 3 0 0 1-2.6-1.5l-7-12.9a3 3 0 0 1 0-3.2l7-12.9A3 3 0 0 1 11.5 4z',
  star: 'M20 2l4.9 10.6 11.6 1.5-8.5 8 2.2 11.5L20 28l-10.2 5.6L12 22.1l-8.5-8 11.6-1.5z',
  cross: 'M13 4h14v9h9v14h-9v9H13v-9H4V13h9z',
  pentagon:
    'M18.2 3.3a3 3 0 0 1 3.6 0l14.5 10.9a3 3 0 0 1 1.1 3.4L32 34.5a3 3 0 0 1-2.9 2.1H10.9A3 3 0 0 1 8 34.5L2.6 17.6a3 3 0 0 1 1.1-3.4z',
  drop: 'M20 38C13 30.5 6 24 6 16a14 14 0 0 1 28 0c0 8-7 14.5-14 22z',
};

/** Where the middle of the icon sits in the box, y. @type {Record<string, number>} */
const iconY = { triangle: 24, 'triangle-down': 15.5, drop: 16.5, star: 20 };

/** Size of the icon in the box: narrow shapes leave less room. @type {Record<string, number>} */
const iconSize = { triangle: 19, 'triangle-down': 19, star: 17, diamond: 21, cross: 21, drop: 20 };

/** @param {string | undefined} shape */
export function shapeOf(shape) {
  const name = shape !== undefined && shape in shapePaths ? shape : 'circle';
  return { path: shapePaths[name], iconY: iconY[name] ?? 20, iconSize: iconSize[name] ?? 23 };
}

/**
 * Whether white or dark ink reads better on a colour (WCAG relative luminance).
 * @param {string} colour #rrggbb
 */
export function inkOn(colour) {
  const channels = [1, 3, 5]
    .map((i) => parseInt(colour.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  const luminance = 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2];
  return luminance > 0.225 ? '#1d2b2a' : '#ffffff';
}
