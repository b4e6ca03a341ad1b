// SPDX-License-Identifier: AGPL-3.0-or-later
// What is looked at, and the address that says it: #/1/2?slice=safety-map.time.night&show=heat. Pure.
// An address may be old or made by hand: what it names and the edition does not have is let go.

import { firstSlice, mayDiffer } from './slices.js';

/**
 * @typedef {object} State
 * @property {number | null} project
 * @property {string | null} edition "2", or "2.1" after something was taken down
 * @property {string | null} slice
 * @property {'grid' | 'heat' | 'areas'} show
 * @property {number | null} areas the overlay whose areas are counted
 * @property {string | null} other the slice beside it
 * @property {boolean} difference one map of higher and lower, instead of two
 * @property {string[]} layers "findings", "assets" and ids of overlays
 * @property {string | null} who findings of those who can act alone
 * @property {Tab} tab
 * @property {boolean} table
 * @property {string | null} pick "finding 3", "asset 2" or a region's code
 * @property {{zoom: number, lat: number, lon: number} | null} at where the map was moved to
 */
/** @typedef {'map' | 'findings' | 'assets' | 'figures'} Tab */

export const tabs = /** @type {const} */ (['map', 'findings', 'assets', 'figures']);
const shows = ['grid', 'heat', 'areas'];

/** @type {State} */
export const firstState = {
  project: null,
  edition: null,
  slice: null,
  show: 'grid',
  areas: null,
  other: null,
  difference: false,
  layers: ['findings'],
  who: null,
  tab: 'map',
  table: false,
  pick: null,
  at: null,
};

/** @param {string} hash @returns {State} */
export function readState(hash) {
  const [path, search = ''] = hash.replace(/^#\/?/, '').split('?');
  const [project, edition] = path.split('/');
  const values = new URLSearchParams(search);
  const one = (/** @type {string} */ name, /** @type {readonly string[]} */ known) =>
    known.includes(values.get(name) ?? '') ? values.get(name) : null;
  return {
    project: wholeNumber(project),
    edition: /^\d{1,6}(\.\d{1,6})?$/.test(edition ?? '') ? edition : null,
    slice: values.get('slice'),
    show: /** @type {State['show']} */ (one('show', shows) ?? 'grid'),
    areas: wholeNumber(values.get('areas')),
    other: values.get('with'),
    difference: values.get('versus') === 'difference',
    layers: values.has('layers')
      ? (values.get('layers') ?? '').split(',').filter(Boolean)
      : firstState.layers,
    who: values.get('who'),
    tab: /** @type {Tab} */ (one('tab', tabs) ?? 'map'),
    table: values.get('table') === '1',
    pick: values.get('pick'),
    at: readPlace(values.get('at')),
  };
}

/** @param {State} state @returns {string} with "#" */
export function writeState(state) {
  if (state.project === null) return '#/';
  const values = new URLSearchParams();
  const put = (/** @type {string} */ name, /** @type {string | number | null | false} */ value) =>
    value !== null && value !== false && values.set(name, String(value));
  put('slice', state.slice);
  put('show', state.show !== 'grid' && state.show);
  put('areas', state.show === 'areas' && state.areas);
  put('with', state.other);
  put('versus', state.other !== null && state.difference && 'difference');
  put('layers', state.layers.join() !== firstState.layers.join() && state.layers.join());
  put('who', state.who);
  put('tab', state.tab !== 'map' && state.tab);
  put('table', state.table && '1');
  put('pick', state.pick);
  put('at', state.at && [state.at.zoom, state.at.lat.toFixed(5), state.at.lon.toFixed(5)].join('/'));
  const search = values.toString().replace(/%2C/g, ',').replace(/%2F/g, '/');
  return `#/${[state.project, state.edition].filter((part) => part !== null).join('/')}${search && `?${search}`}`;
}

/** @param {string | null | undefined} text */
function wholeNumber(text) {
  return /^[1-9]\d{0,14}$/.test(text ?? '') ? Number(text) : null;
}

/** @param {string | null} text zoom/lat/lon */
function readPlace(text) {
  const parts = (text ?? '').split('/').map(Number);
  const [zoom, lat, lon] = parts;
  const good = parts.length === 3 && zoom >= 0 && zoom <= 22 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  return good ? { zoom, lat, lon } : null;
}

/**
 * The edition that an address means among those there are: the same one, its revision when something was
 * taken down since, else the project's latest, else the first of all.
 * @template {{project: number, edition: string, latest: boolean}} T
 * @param {T[]} items @param {State} state
 * @returns {T | null}
 */
export function findEdition(items, { project, edition }) {
  const own = items.filter((item) => item.project === project);
  const number = edition?.split('.')[0];
  return (
    own.find((item) => item.edition === edition) ??
    own.find((item) => item.edition.split('.')[0] === number) ??
    own.find((item) => item.latest) ??
    own[0] ??
    items.find((item) => item.latest) ??
    items[0] ??
    null
  );
}

/**
 * The state with nothing in it that the edition does not have.
 * @param {State} state @param {import('./catalog.js').Edition} edition @returns {State}
 */
export function settle(state, edition) {
  const known = (/** @type {string | null} */ id) => edition.slices.find((slice) => slice.id === id);
  const slice = known(state.slice) ?? firstSlice(edition);
  const other = known(state.other);
  const areas = edition.overlays.filter((overlay) => overlay.kind === 'areas').map((overlay) => overlay.id);
  const ids = ['findings', 'assets', ...edition.overlays.map((overlay) => String(overlay.id))];
  const beside = slice && other && other.id !== slice.id ? other : null;
  return {
    ...state,
    project: edition.project,
    edition: edition.edition,
    slice: slice?.id ?? null,
    show: state.show === 'areas' && areas.length === 0 ? 'grid' : state.show,
    areas: areas.includes(state.areas ?? 0) ? state.areas : (areas[0] ?? null),
    other: beside?.id ?? null,
    difference: state.difference && beside !== null && mayDiffer(slice, beside),
    layers: state.layers.filter((id) => ids.includes(id)),
    table: state.table && slice !== null,
    tab: state.tab === 'map' && slice === null && edition.findings > 0 ? 'findings' : state.tab,
  };
}
