// SPDX-License-Identifier: AGPL-3.0-or-later
// What is chosen on a map, and its card: a region, ground without a number, a finding, a place.
import { replace } from '../core/dom.js';
import { groundCard, markCard, regionCard } from './card.js';
import { fromWorld, regionAt, toWorld } from './regions.js';

/** @typedef {import('./regions.js').Region} Region */

/** What a region is found by again. @param {Region} region @returns {string | null} */
export const keyOf = ({ properties }) => properties.code ?? properties.label ?? null;

/** The published area that holds the middle of a region. @param {Region[]} places @param {import('./scene.js').Pane} pane @param {Region} region @returns {string | null} */
export function placeOf(places, pane, region) {
  return pane.kind === 'areas' ? null : (regionAt(places, region.middle)?.properties.label ?? null);
}

/**
 * @param {object} deps
 * @param {import('./page.js').App} deps.app
 * @param {import('./catalog.js').Edition} deps.edition
 * @param {import('./stage.js').Marks} deps.marks
 * @param {Region[]} deps.places
 * @param {() => import('./pane.js').PaneWidget[]} deps.panes
 */
export function createPicker({ app, edition, marks, places, panes }) {
  /** @param {number} index @param {Region | null} region @param {import('leaflet').LatLng} where @param {boolean} [asked] by a person: the keyboard follows */
  function pick(index, region, where, asked = true) {
    const pane = panes()[index].shown();
    if (!pane) return;
    clearCards();
    // ground has no name to be found by again
    app.set({ pick: region && keyOf(region) }, { replace: true, quiet: true });
    panes()[index].pick({ region });
    const onClose = () => close(index);
    const marked = regionAt(pane.ground, toWorld(where.lng, where.lat)) !== null;
    const card = region
      ? regionCard({ app, edition, pane, region, place: placeOf(places, pane, region), onClose })
      : groundCard({ app, edition, pane, marked, onClose });
    put(index, card, asked);
  }
  /** @param {number} index @param {HTMLElement} card @param {boolean} asked */
  function put(index, card, asked) {
    replace(panes()[index].slot, card);
    if (asked) card.focus({ preventScroll: true });
  }
  /** @param {number} index */
  function close(index) {
    clearCards();
    app.set({ pick: null }, { replace: true, quiet: true });
    panes()[index].widget.focus();
  }
  function clearCards() {
    for (const widget of panes()) {
      replace(widget.slot);
      widget.pick({});
    }
  }
  /** What the address or a list chose. @param {string | null} id @param {boolean} asked */
  function show(id, asked) {
    clearCards();
    const mark = [...marks.findings, ...marks.assets].find((one) => one.id === id);
    if (mark) {
      for (const widget of panes()) widget.pick({ mark: mark.id });
      return put(0, markCard({ app, mark, onClose: () => close(0) }), asked);
    }
    const region =
      id &&
      panes()[0]
        .shown()
        ?.regions.find((one) => keyOf(one) === id);
    if (region) {
      const { lon, lat } = fromWorld(region.middle);
      pick(0, region, /** @type {any} */ ({ lng: lon, lat }), asked);
    }
  }
  return { pick, show };
}
