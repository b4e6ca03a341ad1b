// SPDX-License-Identifier: AGPL-3.0-or-later
// What a finding is made of, and the signs of its parts. Pure.

/**
 * @typedef {object} FindingBody
 * @property {GeoJSON.Geometry} geometry
 * @property {string} statement
 * @property {string} recommendation
 * @property {string} who
 * @property {string} urgency
 * @property {string} language
 */
/**
 * @typedef {FindingBody & {id: number, session: number, project: number, state: State,
 *   agreed: string | null, created: string, version: number}} Finding
 */
/** @typedef {"draft" | "agreed" | "withdrawn"} State */

export const statementLength = 400;

/** Who can act; the same signs as on an exploratory walk. */
export const actors = [
  { id: 'city', icon: 'town-hall' },
  { id: 'transport', icon: 'bus' },
  { id: 'landlord', icon: 'key' },
  { id: 'police', icon: 'police' },
  { id: 'association', icon: 'association' },
  { id: 'unknown', icon: 'question' },
];
/** @param {string} who */
export const actorIcon = (who) => actors.find((one) => one.id === who)?.icon ?? 'question';

/** The most urgent first. */
export const urgencies = [
  { id: 'red', icon: 'urgent', colour: '#d55e00', shape: 'triangle' },
  { id: 'amber', icon: 'hourglass', colour: '#f0e442', shape: 'diamond' },
  { id: 'green', icon: 'calendar', colour: '#009e73', shape: 'circle' },
];
/** @param {string} urgency @returns {import('../../map/symbol.js').Sign} */
export const urgencySign = (urgency) => urgencies.find((one) => one.id === urgency) ?? {};

export const states = {
  draft: { icon: 'edit', class: 'badge-warn' },
  agreed: { icon: 'check', class: 'badge-good' },
  withdrawn: { icon: 'close', class: '' },
};

/** As a mark on the map. @param {{id: number | string, geometry: GeoJSON.Geometry}} finding */
export const toMark = ({ id, geometry }) => ({
  type: /** @type {const} */ ('Feature'),
  id: String(id),
  geometry,
  properties: null,
});

/** What it is drawn as. @param {GeoJSON.Geometry} geometry @returns {"point" | "line" | "area"} */
export const shapeOfGeometry = ({ type }) =>
  type === 'Point' ? 'point' : type === 'LineString' ? 'line' : 'area';

/**
 * A box round a geometry with some ground about it, no narrower than `least` metres: where it is.
 * @param {GeoJSON.Geometry} geometry a Point, LineString or Polygon @param {number} [least]
 * @returns {[number, number, number, number]} west, south, east, north; degrees
 */
export function boxAround(geometry, least = 700) {
  const { type, coordinates } = /** @type {any} */ (geometry);
  /** @type {[number, number][]} */
  const all = type === 'Point' ? [coordinates] : type === 'LineString' ? coordinates : coordinates[0];
  const [lons, lats] = [all.map((one) => one[0]), all.map((one) => one[1])];
  const middle = (Math.min(...lats) + Math.max(...lats)) / 2;
  const high = least / 111320;
  const wide = high / Math.max(Math.cos((middle * Math.PI) / 180), 0.01);
  const [west, east] = widen(Math.min(...lons), Math.max(...lons), wide);
  const [south, north] = widen(Math.min(...lats), Math.max(...lats), high);
  return [west, south, east, north];
}

/** @param {number} from @param {number} to @param {number} least @returns {[number, number]} */
function widen(from, to, least) {
  const more = Math.max((to - from) * 0.15, (least - (to - from)) / 2);
  return [from - more, to + more];
}
