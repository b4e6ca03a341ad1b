// SPDX-License-Identifier: AGPL-3.0-or-later
// The middle of the page: one map or two, the legend, the card of what was chosen, or the table instead.
import { h, replace } from '../core/dom.js';
import { middleOf } from '../map/markers.js';
import { groundCard, markCard, regionCard } from './card.js';
import { createLegends } from './legend.js';
import { createPane } from './pane.js';
import { paneHeading } from './pane_heading.js';
import { actedOnBy } from './places.js';
import { fromWorld, regionAt, toWorld } from './regions.js';
import { loadScene } from './scene.js';
import { moveTogether } from './sync.js';
import { createTable } from './table.js';

/** @typedef {import('./regions.js').Region} Region */
/** @typedef {import('../map/markers.js').Mark} Mark */
/** @typedef {{findings: Mark[], assets: Mark[]}} Marks */

/**
 * @param {object} deps
 * @param {import('./page.js').App} deps.app
 * @param {import('./catalog.js').Edition} deps.edition
 * @param {Marks} deps.marks
 * @param {Region[]} deps.places named areas that regions are told by
 * @param {boolean} [deps.small] inside another page: legend and heading are brief
 */
export function createStage({ app, edition, marks, places, small = false }) {
  const { t } = app.i18n;
  const panes = h('div', { class: 'panes' });
  const legends = h('div', { class: 'legends' });
  const tables = h('div', { class: 'tables', hidden: true });
  const busy = h('p', { class: 'stage-busy', role: 'status' });
  const element = h('div', { class: 'stage-body' }, panes, tables, legends, busy);
  /** @type {import('./pane.js').PaneWidget[]} */
  let widgets = [];
  /** @type {import('./scene.js').Scene | null} */
  let scene = null;
  let part = () => {};
  let turn = 0;
  let asked = '';

  /** The map that was moved last says where to look; so does the address. */
  function makePane() {
    const first = widgets[0]?.widget.view();
    const at = first ?? app.state().at;
    const index = widgets.length;
    const pane = createPane({
      app,
      edition,
      at,
      onPick: (region, where) => pick(index, region, where),
      onMark: (mark) => app.set({ pick: mark.id }, { replace: true }),
    });
    pane.map.on('moveend', () => {
      // a map takes its first place when it has a size
      if (index === 0 && pane.map.getZoom() > 3) app.moved(pane.widget.view());
    });
    widgets.push(pane);
    panes.append(pane.element);
    return pane;
  }
  /** @param {number} count */
  function havePanes(count) {
    if (widgets.length === count) return;
    part();
    part = () => {};
    while (widgets.length > count) widgets.pop()?.destroy();
    while (widgets.length < count) makePane();
    if (count === 2) part = moveTogether(widgets[0].map, widgets[1].map);
    panes.classList.toggle('panes-two', count === 2);
  }
  /** @param {number} index @param {Region | null} region @param {import('leaflet').LatLng} where @param {boolean} [asked] by a person, whom the keyboard follows */
  function pick(index, region, where, asked = true) {
    const pane = widgets[index].shown();
    if (!pane) return;
    clearCards();
    const code = region?.properties.code ?? region?.properties.label ?? null;
    // ground has no name to be found by again
    app.set({ pick: code }, { replace: true, quiet: true });
    widgets[index].pick({ region });
    const onClose = () => close(index);
    const marked = regionAt(pane.ground, toWorld(where.lng, where.lat)) !== null;
    const card = region
      ? regionCard({ app, edition, pane, region, place: placeOf(pane, region), onClose })
      : groundCard({ app, edition, pane, marked, onClose });
    put(index, card, asked);
  }
  /** @param {number} index @param {HTMLElement} card @param {boolean} asked */
  function put(index, card, asked) {
    replace(widgets[index].slot, card);
    if (asked) card.focus({ preventScroll: true });
  }
  /** @param {number} index */
  function close(index) {
    clearCards();
    app.set({ pick: null }, { replace: true, quiet: true });
    widgets[index].widget.focus();
  }
  function clearCards() {
    for (const widget of widgets) {
      replace(widget.slot);
      widget.pick({});
    }
  }
  /** The published area that holds the middle of a region. @param {import('./scene.js').Pane} pane @param {Region} region @returns {string | null} */
  function placeOf(pane, region) {
    return pane.kind === 'areas' ? null : (regionAt(places, region.middle)?.properties.label ?? null);
  }
  /** What the address or a list chose. @param {import('./state.js').State} state @param {boolean} asked */
  function showPick({ pick: id }, asked) {
    clearCards();
    const mark = [...marks.findings, ...marks.assets].find((one) => one.id === id);
    if (mark) {
      for (const widget of widgets) widget.pick({ mark: mark.id });
      return put(0, markCard({ app, mark, onClose: () => close(0) }), asked);
    }
    const region = id && widgets[0].shown()?.regions.find(({ properties }) => (properties.code ?? properties.label) === id);
    if (region) {
      const { lon, lat } = fromWorld(region.middle);
      pick(0, region, /** @type {any} */ ({ lng: lon, lat }), asked);
    }
  }
  /** @param {import('./state.js').State} state */
  async function load(state) {
    const mine = ++turn;
    const late = setTimeout(() => (busy.textContent = t('plan.map.loading')), 400);
    try {
      const next = await loadScene(app.catalog, edition, state);
      if (mine === turn) show(next, app.state());
    } catch (problem) {
      if (mine !== turn) return;
      asked = '';
      app.fail(problem);
    } finally {
      clearTimeout(late);
      if (mine === turn) busy.textContent = '';
    }
  }
  /** @param {import('./scene.js').Scene} next @param {import('./state.js').State} state */
  function show(next, state) {
    scene = next;
    havePanes(Math.max(1, next.panes.length));
    next.panes.forEach((pane, i) => widgets[i].show(pane, paneHeading({ app, edition, pane, index: i, small })));
    replace(legends, createLegends({ app, edition, scene: next, brief: small }));
    follow(state);
    showPick(state, false);
  }
  /** What changes without new data. @param {import('./state.js').State} state */
  function follow(state) {
    const on = [
      ...(state.layers.includes('findings') ? actedOnBy(marks.findings, state.who) : []),
      ...(state.layers.includes('assets') ? marks.assets : []),
    ];
    for (const widget of widgets) {
      widget.setMarks(on);
      widget.setOverlays(state.layers);
    }
    element.classList.toggle('with-table', state.table);
    panes.hidden = legends.hidden = state.table;
    tables.hidden = !state.table;
    replace(tables, state.table && scene?.panes.map((pane) => createTable({ app, pane, places: places.length > 0, placeOf: (region) => placeOf(pane, region), onShow: showRegion }).element));
  }
  /** From the table to the map. @param {Region} region */
  function showRegion(region) {
    const { lon, lat } = fromWorld(region.middle);
    app.set({ table: false, pick: region.properties.code ?? region.properties.label });
    widgets[0].widget.goTo(lon, lat, Math.max(14, widgets[0].map.getZoom()));
  }
  return {
    element,
    /** @param {import('./state.js').State} state @param {import('./state.js').State | null} former */
    update(state, former) {
      havePanes(Math.max(1, widgets.length));
      const wanted = [state.slice, state.show, state.areas, state.other, state.difference].join('|');
      if (state.slice === null) {
        follow(state);
        return showPick(state, former !== null);
      }
      if (wanted !== asked) {
        asked = wanted;
        load(state);
      } else if (scene) {
        follow(state);
        if (state.pick !== former?.pick) showPick(state, true);
      }
    },
    /** Moves the map to a finding or a place. @param {Mark} mark */
    goTo(mark) {
      const { lat, lng } = middleOf(mark.geometry);
      widgets[0].widget.goTo(lng, lat, Math.max(15, widgets[0].map.getZoom()));
    },
    scene: () => scene,
    panes: () => widgets,
    destroy() {
      turn++;
      part();
      for (const widget of widgets) widget.destroy();
      element.remove();
    },
  };
}
/** @typedef {ReturnType<typeof createStage>} Stage */
