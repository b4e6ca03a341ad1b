// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading editions. What an edition holds never changes, so that it is asked for once.
import { query } from '../core/api.js';
import { assetMarks, findingMarks } from './places.js';

/** @typedef {Record<string, string>} Text by language */
/** @typedef {{project: number, edition: string, revision: number, title: string, published_on: string, bbox: Bbox, exercises: {key: string, title: Text}[], latest: boolean}} Item */
/** @typedef {{items: Item[], refused: {file: string, why: string}[]}} EditionList */
/** @typedef {[number, number, number, number]} Bbox west, south, east, north; EPSG:4326 degrees */
/**
 * @typedef {object} Exercise
 * @property {string} key
 * @property {Text} title
 * @property {'standard' | 'sensitive'} profile
 * @property {number} floor fewest people behind a number
 * @property {number} noise_max people
 * @property {number} base_m
 * @property {number} sessions rounded to 5
 * @property {number} attendances rounded to 5
 * @property {string} first_month
 * @property {string} last_month
 * @property {number} since number of the edition whose figures these are
 */
/**
 * @typedef {object} Slice
 * @property {string} id
 * @property {string} exercise
 * @property {'all' | 'category' | 'time' | 'group'} kind
 * @property {Text} title
 * @property {string | null} colour
 * @property {string | null} icon
 * @property {number} leaves
 * @property {number} shown sum of their values
 * @property {number} max_per_km2
 */
/** @typedef {{id: number, title: string, kind: 'points' | 'lines' | 'areas' | 'mixed', colour: string, attribution: string, features: number}} Overlay */
/**
 * @typedef {object} Edition
 * @property {number} project
 * @property {string} edition
 * @property {number} number
 * @property {number} revision
 * @property {string} title
 * @property {string} published_on
 * @property {Bbox} bbox
 * @property {string | null} base_map
 * @property {string[]} taken_down
 * @property {Exercise[]} exercises
 * @property {Slice[]} slices
 * @property {number} findings
 * @property {number} assets
 * @property {Overlay[]} overlays
 * @property {{name: string, bytes: number, url: string}} file
 */

/** Where things of an edition are. @param {{project: number, edition: string}} edition */
export function urlsOf({ project, edition }) {
  const base = `/api/editions/${project}/${encodeURIComponent(edition)}`;
  const slice = (/** @type {string} */ id) => `${base}/slices/${encodeURIComponent(id)}`;
  return {
    edition: base,
    file: `${base}/file`,
    leaves: slice,
    values: (/** @type {string} */ id) => `${slice(id)}/values`,
    heat: (/** @type {string} */ id) => `${slice(id)}/heat`,
    heatTiles: (/** @type {string} */ id) => `${slice(id)}/heat/{z}/{x}/{y}`,
    areas: (
      /** @type {string} */ id,
      /** @type {number} */ overlay,
      /** @type {'geojson' | 'csv'} */ format = 'geojson',
    ) => `${slice(id)}/areas/${overlay}${query({ format })}`,
    against: (/** @type {string} */ id, /** @type {string} */ other) =>
      `${slice(id)}/against/${encodeURIComponent(other)}`,
    findings: `${base}/findings`,
    assets: `${base}/assets`,
    overlay: (/** @type {number} */ id) => `${base}/overlays/${id}`,
  };
}

/** @param {{api: import('../core/api.js').Api}} deps */
export function createCatalog({ api }) {
  /** @type {Map<string, Promise<any>>} */
  const kept = new Map();
  /** What failed is asked for again the next time. @param {string} url @returns {Promise<any>} */
  function get(url) {
    const known = kept.get(url) ?? api.get(url, { cache: 'default' });
    kept.set(url, known);
    known.catch(() => kept.delete(url));
    return known;
  }
  return {
    /** @returns {Promise<EditionList>} */
    list: () => api.get('/api/editions'),
    /** @param {Item} item @returns {Promise<Edition>} */
    edition: (item) => get(urlsOf(item).edition),
    get,
  };
}
/** @typedef {ReturnType<typeof createCatalog>} Catalog */

/** Findings and places of an edition. @param {Catalog} catalog @param {Edition} edition */
export async function readMarks(catalog, edition) {
  const urls = urlsOf(edition);
  const [findings, assets] = await Promise.all([
    edition.findings > 0 ? catalog.get(urls.findings) : { features: [] },
    edition.assets > 0 ? catalog.get(urls.assets) : { features: [] },
  ]);
  return { findings: findingMarks(findings), assets: assetMarks(assets) };
}
