// SPDX-License-Identifier: AGPL-3.0-or-later
// The middle of the page: one map or two, the legend, the card of what was chosen, or the table instead.
import { h, replace } from '../core/dom.js';
import { middleOf } from '../map/markers.js';
import { createLegends } from './legend.js';
import { createPane } from './pane.js';
import { paneHeading } from './pane_heading.js';
import { createPicker, keyOf, placeOf } from './picker.js';
import { actedOnBy } from './places.js';
import { fromWorld } from './regions.js';
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
  const element = h(
    'div',
    {
      class: 'stage-body',
      onpointerdown: () => (element.dataset.by = 'pointer'),
      onkeydown: () => (element.dataset.by = 'keys'),
    },
    panes,
    tables,
    legends,
    busy,
  );
  /** @type {import('./pane.js').PaneWidget[]} */
  let widgets = [];
  /** @type {import('./scene.js').Scene | null} */
  let scene = null;
  let part = () => {};
  let turn = 0;
  let asked = '';
  let tabled = '';
  const picker = createPicker({ app, edition, marks, places, panes: () => widgets });

  /** The map that was moved last says where to look; so does the address. */
  function makePane() {
    const first = widgets[0]?.widget.view();
    const at = first ?? app.state().at;
    const index = widgets.length;
    const pane = createPane({
      app,
      edition,
      at,
      onPick: (region, where) => picker.pick(index, region, where),
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
    tabled = '';
    havePanes(Math.max(1, next.panes.length));
    next.panes.forEach((pane, i) =>
      widgets[i].show(pane, paneHeading({ app, edition, pane, index: i, small })),
    );
    replace(legends, createLegends({ app, edition, scene: next, brief: small }));
    follow(state);
    picker.show(state.pick, false);
  }
  /** What changes without new data. @param {import('./state.js').State} state */
  function follow(state) {
    const on = [
      ...(state.layers.includes('findings') ? actedOnBy(marks.findings, state.who) : []),
      ...(state.layers.includes('assets') ? marks.assets : []),
    ];
    for (const widget of widgets) {
      widget.setMarks(on);
      // neighbourhoods are read by their names
      widget.setOverlays(state.show === 'areas' ? [...state.layers, String(state.areas)] : state.layers);
    }
    element.classList.toggle('with-table', state.table);
    panes.hidden = legends.hidden = state.table;
    tables.hidden = !state.table;
    // who sorts it keeps it so
    const now = state.table ? asked : '';
    if (now !== tabled) replace(tables, state.table && scene?.panes.map(makeTable));
    tabled = now;
  }
  /** @param {import('./scene.js').Pane} pane */
  function makeTable(pane) {
    const place = (/** @type {Region} */ region) => placeOf(places, pane, region);
    return createTable({ app, pane, places: places.length > 0, placeOf: place, onShow: showRegion }).element;
  }
  /** Where another address says. @param {import('./state.js').State['at']} at @param {import('./state.js').State['at']} former */
  function lookAt(at, former) {
    if (at && String([at.zoom, at.lat, at.lon]) !== String(former && [former.zoom, former.lat, former.lon]))
      widgets[0].map.setView([at.lat, at.lon], at.zoom, { animate: false });
  }
  /** From the table to the map. @param {Region} region */
  function showRegion(region) {
    const { lon, lat } = fromWorld(region.middle);
    app.set({ table: false, pick: keyOf(region) });
    widgets[0].widget.goTo(lon, lat, Math.max(14, widgets[0].map.getZoom()));
  }
  return {
    element,
    /** @param {import('./state.js').State} state @param {import('./state.js').State | null} former */
    update(state, former) {
      havePanes(Math.max(1, widgets.length));
      if (former) lookAt(state.at, former.at);
      const wanted = [state.slice, state.show, state.areas, state.other, state.difference].join('|');
      if (state.slice === null) {
        follow(state);
        return picker.show(state.pick, former !== null);
      }
      if (wanted !== asked) {
        asked = wanted;
        load(state);
      } else if (scene) {
        follow(state);
        if (state.pick !== former?.pick) picker.show(state.pick, true);
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
