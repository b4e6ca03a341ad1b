// SPDX-License-Identifier: AGPL-3.0-or-later
// What the maps show, fetched and made ready: for one slice or two, with one scale for both.
import { breaksOf, colourOf, differences } from './classes.js';
import { toRegions } from './regions.js';
import { urlsOf } from './catalog.js';

/** @typedef {import('./regions.js').Region} Region */
/** @typedef {{fill: string | null, hatched?: boolean, sign?: 'up' | 'level' | 'down'}} Look */
/**
 * @typedef {object} Pane
 * @property {import('./catalog.js').Slice} slice
 * @property {import('./catalog.js').Slice | null} [other] what it is set against
 * @property {'grid' | 'heat' | 'areas' | 'difference'} kind
 * @property {Region[]} regions what can be chosen; with a number or without
 * @property {Region[]} ground where enough people marked for something to be shown
 * @property {(region: Region) => Look} look
 * @property {HeatLegend | null} heat
 */
/** @typedef {{bandwidth_m: number, unit: string, levels: {colour: string, from: number, to: number | null}[]}} HeatLegend */
/** @typedef {{panes: Pane[], breaks: number[]}} Scene */

/**
 * @param {import('./catalog.js').Catalog} catalog @param {import('./catalog.js').Edition} edition
 * @param {import('./state.js').State} state settled
 * @returns {Promise<Scene>}
 */
export async function loadScene(catalog, edition, state) {
  const slices = [state.slice, state.other]
    .map((id) => edition.slices.find((slice) => slice.id === id))
    .filter((slice) => slice !== undefined);
  const urls = urlsOf(edition);
  if (slices.length === 2 && state.difference) return loadDifference(catalog, urls, edition, slices);
  const got = await Promise.all(slices.map((slice) => loadPane(catalog, urls, edition, state, slice)));
  const breaks = breaksOf(
    got.flatMap(({ regions }) => regions.map(({ properties }) => properties.per_km2 ?? 0)),
  );
  return { breaks, panes: got.map((pane) => ({ ...pane, look: lookOf(pane, edition, breaks) })) };
}

/**
 * @param {import('./catalog.js').Catalog} catalog @param {ReturnType<typeof urlsOf>} urls
 * @param {import('./catalog.js').Edition} edition @param {import('./state.js').State} state
 * @param {import('./catalog.js').Slice} slice
 */
async function loadPane(catalog, urls, edition, state, slice) {
  const kind = state.show;
  if (kind === 'areas') {
    const regions = toRegions(await catalog.get(urls.areas(slice.id, state.areas ?? 0)));
    const ground = regions.filter(({ properties }) => properties.value !== null);
    return { slice, kind, regions, ground, heat: null };
  }
  const [leaves, ground, heat] = await Promise.all([
    readRegions(catalog, urls.leaves(slice.id)),
    groundOf(catalog, urls, edition, slice),
    kind === 'heat' ? catalog.get(urls.heat(slice.id)) : null,
  ]);
  return { slice, kind, regions: leaves, ground: [...ground, ...leaves], heat };
}

/** @type {WeakMap<object, Region[]>} */
const made = new WeakMap();
/** @param {import('./catalog.js').Catalog} catalog @param {string} url @returns {Promise<Region[]>} */
export async function readRegions(catalog, url) {
  const collection = await catalog.get(url);
  const regions = made.get(collection) ?? toRegions(collection);
  made.set(collection, regions);
  return regions;
}

/** Where everybody together is shown. @param {import('./catalog.js').Catalog} catalog @param {ReturnType<typeof urlsOf>} urls @param {import('./catalog.js').Edition} edition @param {import('./catalog.js').Slice} slice @returns {Promise<Region[]>} */
async function groundOf(catalog, urls, edition, slice) {
  const all = edition.slices.find((one) => one.exercise === slice.exercise && one.kind === 'all');
  return all && all.id !== slice.id ? readRegions(catalog, urls.leaves(all.id)) : [];
}

/** @param {import('./catalog.js').Catalog} catalog @param {ReturnType<typeof urlsOf>} urls @param {import('./catalog.js').Edition} edition @param {import('./catalog.js').Slice[]} slices @returns {Promise<Scene>} */
async function loadDifference(catalog, urls, edition, [slice, other]) {
  const regions = await readRegions(catalog, urls.against(slice.id, other.id));
  /** @param {Region} region @returns {Look} */
  const look = ({ properties }) => {
    const { colour, sign } =
      differences[/** @type {keyof typeof differences} */ (properties.result)] ?? differences.similar;
    return { fill: colour, sign };
  };
  return {
    breaks: [],
    panes: [{ slice, other, kind: 'difference', regions, ground: regions, look, heat: null }],
  };
}

/**
 * @param {{kind: string, slice: import('./catalog.js').Slice}} pane @param {import('./catalog.js').Edition} edition @param {number[]} breaks
 * @returns {(region: Region) => Look}
 */
function lookOf({ kind, slice }, edition, breaks) {
  if (kind === 'heat') return () => ({ fill: null });
  const baseM = edition.exercises.find(({ key }) => key === slice.exercise)?.base_m ?? 0;
  return ({ properties: { value, per_km2, side_m } }) => ({
    fill: value === null ? null : colourOf(per_km2, breaks),
    hatched: kind === 'grid' && side_m > baseM,
  });
}
