// SPDX-License-Identifier: AGPL-3.0-or-later
// How the kinds of tag_look.js are drawn, lowest first: paper, quiet greens and blues, so that the marks
// are what stands out. Like flavour.js, for maps in other schemas.
import {
  exp,
  CenteredTextSymbolizer,
  CircleSymbolizer,
  LineLabelSymbolizer,
  LineSymbolizer,
  PolygonSymbolizer,
} from 'protomaps-leaflet';
import { kindOf, wordsOf } from './tag_look.js';

export const ground = '#f4eee2';
const paper = '#fffdf8';
const casing = '#d8ccb8';
const point = 1,
  line = 2,
  area = 3; // geometry types of a vector tile

/**
 * @typedef {object} Look
 * @property {string} kind
 * @property {number} type
 * @property {string} colour
 * @property {[number, number][]} [width] pixels by zoom; of a point: its radius
 * @property {string} [edge] a line's casing, an area's edge
 * @property {number} [edgeFrom] zoom
 * @property {number[]} [dash]
 * @property {number} [from] the zoom from which it is drawn
 */
/** @type {Look[]} */
const looks = [
  { kind: 'earth', type: area, colour: ground },
  { kind: 'other', type: area, colour: '#ece5d6' },
  { kind: 'field', type: area, colour: '#eeedd9' },
  { kind: 'works', type: area, colour: '#eae5dc' },
  { kind: 'school', type: area, colour: '#f2e9d0' },
  { kind: 'hospital', type: area, colour: '#f2dfda' },
  { kind: 'cemetery', type: area, colour: '#dbe3d0' },
  { kind: 'plaza', type: area, colour: '#ece5d3' },
  { kind: 'sand', type: area, colour: '#efe5c9' },
  { kind: 'green', type: area, colour: '#d9e6cc' },
  { kind: 'wood', type: area, colour: '#cadcba' },
  { kind: 'pitch', type: area, colour: '#cbdfbd', edge: '#b7d0a6', edgeFrom: 15 },
  { kind: 'wetland', type: area, colour: '#d2e3d8' },
  { kind: 'water', type: area, colour: '#b3d4dd' },
  { kind: 'stream', type: line, colour: '#b3d4dd', width: [[11, 0.5], [14, 1], [18, 4]], from: 12 },
  { kind: 'river', type: line, colour: '#b3d4dd', width: [[9, 1], [14, 2.5], [18, 10]] },
  { kind: 'building', type: area, colour: '#e7dfd2', edge: '#d8cebd', edgeFrom: 16, from: 14 },
  { kind: 'hedge', type: line, colour: '#c3d8b0', width: [[15, 0.8], [18, 3]], from: 15 },
  { kind: 'trees', type: line, colour: '#c3d8b0', width: [[14, 1], [18, 6]], from: 14 },
  { kind: 'other_line', type: line, colour: '#cfc5b3', width: [[10, 0.7], [18, 2]] },
  { kind: 'rail_below', type: line, colour: '#c9bfca', width: [[12, 0.8], [18, 2.4]], dash: [4, 4], from: 13 },
  { kind: 'path', type: line, colour: '#dfd3be', width: [[15, 0.8], [18, 2.6]], from: 15 },
  { kind: 'bus', type: line, colour: paper, edge: '#e2d8c6', edgeFrom: 13, width: [[11, 0.8], [14, 2], [18, 7]] },
  { kind: 'road_service', type: line, colour: paper, edge: casing, edgeFrom: 16, width: [[14, 0.6], [18, 5]], from: 15 },
  { kind: 'road_minor', type: line, colour: paper, edge: casing, edgeFrom: 14, width: [[12, 0.6], [14, 1.6], [18, 10]], from: 12 },
  { kind: 'cycle', type: line, colour: '#9fc7ab', width: [[12, 0.8], [15, 1.4], [18, 3]], from: 12 },
  { kind: 'road_medium', type: line, colour: paper, edge: casing, edgeFrom: 13, width: [[10, 0.8], [14, 2.6], [18, 13]] },
  { kind: 'road_major', type: line, colour: paper, edge: casing, edgeFrom: 11, width: [[8, 0.8], [12, 2], [15, 4], [18, 16]] },
  { kind: 'road_motor', type: line, colour: '#fdf0d0', edge: '#dcc79a', edgeFrom: 9, width: [[6, 0.8], [12, 2.6], [18, 18]] },
  { kind: 'rail_yard', type: line, colour: '#c6bec4', width: [[13, 0.5], [18, 1.6]], from: 14 },
  { kind: 'tram', type: line, colour: '#c0b4bf', width: [[12, 0.6], [15, 0.9], [18, 1.8]], from: 13 },
  { kind: 'line', type: line, colour: '#cabfc9', width: [[10, 0.6], [14, 1], [18, 1.8]] },
  { kind: 'rail', type: line, colour: '#afa4ad', width: [[9, 0.6], [13, 0.9], [18, 2.4]] },
  { kind: 'border_town', type: line, colour: '#c2b4a6', width: [[10, 0.8], [15, 1.4]], dash: [3, 4], from: 11 },
  { kind: 'border', type: line, colour: '#a8988c', width: [[6, 0.9], [15, 1.8]], dash: [7, 4] },
  { kind: 'tree', type: point, colour: '#bcd5aa', width: [[16, 1.2], [19, 4]], from: 16 },
  { kind: 'poi', type: point, colour: '#b3a78f', width: [[16, 0.9], [19, 2]], from: 17 },
  { kind: 'helper', type: point, colour: '#9d9079', width: [[15, 1], [19, 2.4]], from: 16 },
  { kind: 'landmark', type: point, colour: '#8d8068', width: [[14, 1.2], [19, 2.6]], from: 15 },
]; // prettier-ignore

/**
 * @typedef {object} Label
 * @property {string} kind
 * @property {number} type
 * @property {number} from zoom
 * @property {number} [to] zoom
 * @property {string} font
 * @property {string} colour
 */
const family = 'system-ui, sans-serif';
/** The first has its place, where two would lie on each other. @type {Label[]} */
const labels = [
  { kind: 'place_town', type: point, from: 7, to: 15, font: `600 16px ${family}`, colour: '#37332b' },
  { kind: 'place_suburb', type: point, from: 11, to: 17, font: `600 13px ${family}`, colour: '#4b4539' },
  { kind: 'place_quarter', type: point, from: 13, to: 18, font: `600 12px ${family}`, colour: '#6a604f' },
  { kind: 'river', type: line, from: 14, font: `italic 500 12px ${family}`, colour: '#2f6677' },
  { kind: 'road_motor', type: line, from: 13, font: `500 12px ${family}`, colour: '#574f40' },
  { kind: 'road_major', type: line, from: 14, font: `500 12px ${family}`, colour: '#574f40' },
  { kind: 'road_medium', type: line, from: 15, font: `500 12px ${family}`, colour: '#5f5748' },
  { kind: 'place_spot', type: point, from: 16, font: `500 12px ${family}`, colour: '#6a604f' },
  { kind: 'road_minor', type: line, from: 16, font: `500 11px ${family}`, colour: '#675e4e' },
  { kind: 'landmark', type: point, from: 16, font: `500 12px ${family}`, colour: '#5b5241' },
  { kind: 'helper', type: point, from: 18, font: `500 11px ${family}`, colour: '#6d6351' },
  { kind: 'path', type: line, from: 17, font: `500 11px ${family}`, colour: '#7a705e' },
  { kind: 'poi', type: point, from: 19, font: `500 11px ${family}`, colour: '#7a705e' },
];

const words = ' words'; // beside a thing's tags: what is written at it

/** @typedef {{geomType: number, props: import('./tag_look.js').Tags}} Feature */

/**
 * A tile's things by kind instead of by layer: each rule then meets its own alone, and not all things of
 * all layers.
 * @param {Map<string, Feature[]>} layers @param {string} language
 */
export function sortByKind(layers, language) {
  /** @type {Map<string, Feature[]>} */
  const kinds = new Map();
  for (const [layer, features] of layers)
    for (const feature of features) {
      const kind = kindOf(layer, feature.geomType, feature.props);
      if (kind === null) continue;
      if (written.has(kind)) feature.props[words] = wordsOf(feature.props, language) ?? 0;
      const all = kinds.get(kind);
      if (all) all.push(feature);
      else kinds.set(kind, [feature]);
    }
  return kinds;
}
const written = new Set(labels.map(({ kind }) => kind));

/** @param {Look} look */
function drawn(look) {
  const rule = { dataLayer: look.kind, minzoom: look.from };
  const width = exp(1.5, look.width ?? [[10, 1]]);
  if (look.type === area) {
    const { edgeFrom = 99 } = look;
    const edged = { stroke: look.edge, width: (/** @type {number} */ z) => (z >= edgeFrom ? 1 : 0) };
    return { ...rule, symbolizer: new PolygonSymbolizer({ fill: look.colour, ...(look.edge ? edged : {}) }) };
  }
  if (look.type === point)
    return { ...rule, symbolizer: new CircleSymbolizer({ fill: look.colour, radius: width, stroke: paper, width: 0.8 }) };
  const dash = look.dash ? { dash: look.dash, dashColor: look.colour, dashWidth: width } : {};
  /** @type {CanvasLineCap} */
  const lineCap = look.dash ? 'butt' : 'round';
  return {
    ...rule,
    symbolizer: new LineSymbolizer({ color: look.colour, width, lineCap, lineJoin: 'round', ...dash }),
  };
}

/** A line's casing lies under all lines of its kind. @param {Look} look */
function encased(look) {
  const width = exp(1.5, look.width ?? [[10, 1]]);
  return {
    dataLayer: look.kind,
    minzoom: Math.max(look.from ?? 0, look.edgeFrom ?? 0),
    symbolizer: new LineSymbolizer({
      color: look.edge,
      width: (/** @type {number} */ z) => width(z) + 1.6,
      lineCap: 'round',
      lineJoin: 'round',
    }),
  };
}

// the casings of all ways first, then what is painted on them, so that crossings are open
const roads = looks.filter((look) => look.type === line && look.edge);
export const tagPaintRules = looks.flatMap((look) => [...(look === roads[0] ? roads.map(encased) : []), drawn(look)]);

export const tagLabelRules = labels.map((label) => {
  const style = { labelProps: [words], lineHeight: 1.3, maxLineChars: 18, fill: label.colour, stroke: paper, width: 3, font: label.font };
  return {
    dataLayer: label.kind,
    filter: (/** @type {number} */ _zoom, /** @type {any} */ feature) => feature.props[words] !== 0,
    minzoom: label.from,
    maxzoom: label.to,
    symbolizer: label.type === line ? new LineLabelSymbolizer(style) : new CenteredTextSymbolizer(style),
  };
});
