// SPDX-License-Identifier: AGPL-3.0-or-later
// Cells of a printed sheet: "C4", its nine parts "C4.5", lists of them, and what they come to on the ground.
// The same rules as server/paper/sheet_frame.h; tests/fixtures/sheet_cells.json holds both to them. Pure.
import { badOutline } from '../../map/outline.js';

/**
 * The grid as GET /api/sessions/{s}/sheet tells it.
 * @typedef {object} Sheet
 * @property {"a4" | "a3"} paper
 * @property {"portrait" | "landscape"} orientation
 * @property {[number, number, number, number]} bbox
 * @property {number} columns
 * @property {number} rows
 * @property {number[]} longitudes of the lines between columns, degrees
 * @property {number[]} latitudes of the lines between rows, from the north, degrees
 */
/** @typedef {{column: number, row: number, part: number}} Cell from 0; part: 1-9 as on a number pad, 0: the whole */
/** @typedef {[number, number]} Position longitude, latitude; EPSG:4326 degrees */
/** @typedef {import('../../core/exercise.js').Shape} Shape */

/** @param {Pick<Sheet, "columns" | "rows">} sheet @param {string} text @returns {Cell | null} null: no cell of this sheet */
export function parseCell(sheet, text) {
  const found = /^ *([A-Za-z])(\d{1,3})(?:\.([1-9]))? *$/.exec(text);
  if (!found) return null;
  const column = found[1].toUpperCase().charCodeAt(0) - 65;
  const row = Number(found[2]) - 1;
  if (row < 0 || row >= sheet.rows || column >= sheet.columns) return null;
  return { column, row, part: Number(found[3] ?? 0) };
}

/** @param {Cell} cell */
export function cellName({ column, row, part }) {
  return `${String.fromCharCode(65 + column)}${row + 1}${part ? `.${part}` : ''}`;
}

/** Web Mercator's y of a latitude, and back; the parts of a cell are equal in it. @param {number} lat degrees */
const northing = (lat) => Math.asinh(Math.tan((lat * Math.PI) / 180));
/** @param {number} y */
const latitude = (y) => (Math.atan(Math.sinh(y)) * 180) / Math.PI;
/** From -180 to 180. @param {number} lon degrees */
const wrapped = (lon) => (lon > 180 ? lon - 360 : lon);

/** The lines between columns, always rising: beyond 180 across the antimeridian. @param {Sheet} sheet */
export const risingLongitudes = ({ longitudes }) =>
  longitudes.map((lon) => (lon < longitudes[0] ? lon + 360 : lon));

/** West, south, east and north of a cell or its part; east may be beyond 180. @param {Sheet} sheet @param {Cell} cell */
export function cellBox(sheet, { column, row, part }) {
  const lines = risingLongitudes(sheet);
  const side = part ? 1 / 3 : 1; // of the cell's
  const right = part ? ((part - 1) % 3) / 3 : 0;
  const down = part ? (2 - Math.floor((part - 1) / 3)) / 3 : 0;
  const [west, east] = [lines[column], lines[column + 1]];
  const [north, south] = [northing(sheet.latitudes[row]), northing(sheet.latitudes[row + 1])];
  return /** @type {[number, number, number, number]} */ ([
    west + (east - west) * right,
    latitude(north + (south - north) * (down + side)),
    west + (east - west) * (right + side),
    latitude(north + (south - north) * down),
  ]);
}

/** The middle of it. @param {Sheet} sheet @param {Cell} cell @returns {Position} */
export function cellMiddle(sheet, cell) {
  const [west, south, east, north] = cellBox(sheet, cell);
  return [wrapped((west + east) / 2), latitude((northing(south) + northing(north)) / 2)];
}

/** The part that holds a position; null off the map. @param {Sheet} sheet @param {number} lon @param {number} lat @returns {Cell | null} */
export function cellAt(sheet, lon, lat) {
  const lines = risingLongitudes(sheet);
  const x = lon < lines[0] ? lon + 360 : lon > lines[lines.length - 1] ? lon - 360 : lon;
  const column = lines.findIndex((west, i) => x >= west && x < lines[i + 1]);
  const row = sheet.latitudes.findIndex((north, i) => lat <= north && lat > sheet.latitudes[i + 1]);
  if (column < 0 || row < 0) return null;
  const [north, south] = [northing(sheet.latitudes[row]), northing(sheet.latitudes[row + 1])];
  const right = Math.floor(((x - lines[column]) / (lines[column + 1] - lines[column])) * 3);
  const down = Math.floor(((north - northing(lat)) / (north - south)) * 3);
  return { column, row, part: 1 + Math.min(2, right) + 3 * (2 - Math.min(2, down)) };
}

/** One part further, within the cell; from the whole cell out of its middle. @param {Cell} cell @param {number} east -1 to 1 @param {number} north -1 to 1 @returns {Cell} */
export function nudge(cell, east, north) {
  const from = (cell.part || 5) - 1;
  const clamp = (/** @type {number} */ n) => Math.min(2, Math.max(0, n));
  return { ...cell, part: 1 + clamp((from % 3) + east) + 3 * clamp(Math.floor(from / 3) + north) };
}

/**
 * The cells of a line as it is typed: "c4", "c4.5 d5". Number pads have a comma where others have a point.
 * @param {Sheet} sheet @param {string} text
 * @returns {{cells: Cell[], wrong: string | null, unfinished: boolean}} wrong: the first that is no cell of the
 * sheet; unfinished: it may become one by typing on
 */
export function readCells(sheet, text) {
  const words = text.replace(/(\d)[,;](?=[1-9](?:\s|$))/g, '$1.').split(/[\s,;]+/).filter(Boolean);
  /** @type {Cell[]} */
  const cells = [];
  for (const [i, word] of words.entries()) {
    const cell = parseCell(sheet, word);
    if (!cell) return { cells, wrong: word, unfinished: i === words.length - 1 && mayBecome(sheet, word) };
    cells.push(cell);
  }
  return { cells, wrong: null, unfinished: false };
}

/** Whether more letters make a cell of it. @param {Sheet} sheet @param {string} word */
function mayBecome(sheet, word) {
  if (/^[A-Za-z]$/.test(word)) return parseCell(sheet, `${word}1`) !== null;
  return /[.,;]$/.test(word) && parseCell(sheet, word.slice(0, -1)) !== null;
}

/**
 * What some cells come to, as the category may be drawn: one is a point, several a line; where the last is the
 * first again, or where lines are not drawn, an area.
 * @param {Sheet} sheet @param {Cell[]} cells @param {Shape[]} shapes
 * @returns {{geometry: GeoJSON.Geometry} | {wrong: "none" | "twice" | "point" | "more" | "three" | "crossed"}}
 */
export function geometryOf(sheet, cells, shapes) {
  if (cells.length === 0) return { wrong: 'none' };
  const at = cells.map((cell) => cellMiddle(sheet, cell));
  if (cells.some((cell, i) => i > 0 && cellName(cell) === cellName(cells[i - 1]))) return { wrong: 'twice' };
  if (cells.length === 1)
    return shapes.includes('point') ? { geometry: { type: 'Point', coordinates: at[0] } } : { wrong: 'more' };
  if (!shapes.includes('line') && !shapes.includes('area')) return { wrong: 'point' };
  const closed = cellName(cells[0]) === cellName(cells[cells.length - 1]);
  if (shapes.includes('line') && !(closed && shapes.includes('area')))
    return { geometry: { type: 'LineString', coordinates: at } };
  const corners = closed ? at.slice(0, -1) : at;
  if (corners.length < 3) return { wrong: 'three' };
  if (badOutline(corners)) return { wrong: 'crossed' };
  return { geometry: { type: 'Polygon', coordinates: [[...corners, corners[0]]] } };
}

/** The cells of a mark that is stored, as one types them. @param {Sheet} sheet @param {GeoJSON.Geometry} geometry */
export function cellsText(sheet, geometry) {
  const at =
    geometry.type === 'Point'
      ? [geometry.coordinates]
      : geometry.type === 'LineString'
        ? geometry.coordinates
        : geometry.type === 'Polygon'
          ? geometry.coordinates[0]
          : [];
  return at
    .map(([lon, lat]) => cellAt(sheet, lon, lat))
    .map((cell) => (cell ? cellName(cell) : '?'))
    .join(' ');
}
