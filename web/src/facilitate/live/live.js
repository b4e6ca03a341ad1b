// SPDX-License-Identifier: AGPL-3.0-or-later
// The live map of a session: marks as they arrive, beside a panel of marks, people and layers.
import { categoryOption } from '../../core/exercise.js';
import { h, replace } from '../../core/dom.js';
import { query } from '../../core/api.js';
import { createCleanup } from '../../core/store.js';
import { createMap } from '../../map/map.js';
import { createMarkers } from '../../map/markers.js';
import { createHeader } from './header.js';
import { createLayersPanel } from './layers_panel.js';
import { createMarksPanel } from './marks_panel.js';
import { openMark } from './mark_dialog.js';
import { countByCategory, createMarks, everything, passes } from './model.js';
import { createPeoplePanel } from './people_panel.js';
import { createTabs } from './tabs.js';

/** @typedef {import('./model.js').Mark} Mark */
/**
 * @typedef {object} Live what the parts of the live map share
 * @property {import('../main.js').App} app
 * @property {import('../types.js').Session} session
 * @property {import('../../core/exercise.js').Exercise} exercise
 * @property {import('./model.js').Marks} marks
 * @property {() => import('./model.js').Filter} filter
 * @property {(filter: Partial<import('./model.js').Filter>) => void} setFilter
 * @property {(mark: Mark) => void} open
 */

/** Every mark of a session, oldest first; the server gives pages, newest first. @param {import('../../core/api.js').Api} api @param {number} session */
async function loadMarks(api, session) {
  /** @type {Mark[]} */
  const all = [];
  let cursor = null;
  do {
    const page = await api.get(`/api/sessions/${session}/contributions${query({ limit: 1000, cursor })}`);
    all.push(...page.features);
    cursor = page.next;
  } while (cursor);
  return all.reverse();
}

/** @param {import('../screens.js').ScreenDeps} deps */
export async function createLive({ app, ids: [id] }) {
  const { api, i18n } = app;
  const [session, sheet] = await Promise.all([api.get(`/api/sessions/${id}`), api.get(`/api/sessions/${id}/package`)]);
  const exercise = sheet.exercise;
  i18n.setOthers(session.languages);
  const cleanup = createCleanup();
  let filter = everything(exercise);
  let due = 0;

  const widget = createMap({ api, i18n, bbox: session.bbox, basemap: session.base_map });
  const marks = createMarks(later);
  /** @type {Live} */
  const live = {
    app,
    session,
    exercise,
    marks,
    filter: () => filter,
    setFilter(part) {
      filter = { ...filter, ...part };
      later();
    },
    open: (mark) => openMark({ live, mark }),
  };
  const markers = createMarkers({
    map: widget.map,
    groupRadius: 34,
    look: (/** @type {any} */ mark) => look(live, mark),
    onSelect: (/** @type {any} */ mark) => live.open(mark),
    groupLabel: (count) => i18n.t('staff.live.group', { count }),
  });
  const header = createHeader({ live, onPlain: (plain) => element.classList.toggle('live-plain', plain) });
  const marksPanel = createMarksPanel({ live, goTo: (lon, lat) => widget.goTo(lon, lat, Math.max(16, widget.map.getZoom())) });
  const people = createPeoplePanel({ live });
  const layers = createLayersPanel({ live, widget, overlays: sheet.overlays, onMarks: (on) => (on ? later() : markers.set([])) });
  const tabs = createTabs([
    { id: 'marks', label: i18n.t('staff.live.marks'), icon: 'pin', panel: marksPanel.element },
    { id: 'people', label: i18n.t('staff.live.people'), icon: 'people', panel: people.element },
    { id: 'layers', label: i18n.t('staff.live.layers'), icon: 'layers', panel: layers.element },
  ]);
  const side = h('aside', { class: 'live-side', 'aria-label': i18n.t('staff.live.panel') }, tabs.element);
  const element = h('div', { class: 'live' }, header.element, h('div', { class: 'live-body' }, widget.element, side));
  people.onWaiting((count) => tabs.setBadge('people', count));

  /** Draws once a frame at most, however much arrives. */
  function later() {
    due ||= requestAnimationFrame(() => {
      due = 0;
      draw();
    });
  }
  function draw() {
    const shown = marks.all().filter((mark) => passes(mark, filter));
    markers.set(layers.marksShown() ? shown.slice().reverse() : []);
    marksPanel.show(shown, countByCategory(marks.all(), filter));
    header.show(shown.length);
  }
  async function reload() {
    try {
      marks.reset(await loadMarks(api, id));
      await people.reload();
      layers.refresh();
    } catch (problem) {
      app.fail(problem);
    }
  }
  // At each connection the list is read again: what was missed meanwhile is in it.
  const stop = api.listen(`/api/sessions/${id}/events`, {
    open: () => {
      header.setConnected(true);
      reload();
    },
    error: () => header.setConnected(false),
    contribution: (mark) => {
      marks.take({ type: 'put', mark });
      layers.refresh();
    },
    removed: ({ id: gone }) => {
      marks.take({ type: 'remove', id: gone });
      layers.refresh();
    },
    participant: (one) => people.take(one),
    session: (changed) => {
      Object.assign(session, changed);
      header.update();
    },
  });
  cleanup.add(stop, () => cancelAnimationFrame(due), widget.destroy, markers.destroy, layers.destroy, people.destroy);
  replace(element, header.element, h('div', { class: 'live-body' }, widget.element, side));
  return {
    element,
    destroy() {
      cleanup.run();
      element.remove();
    },
  };
}

/** @param {Live} live @param {Mark} mark */
function look(live, mark) {
  const { category, state, participant } = mark.properties;
  const option = categoryOption(live.exercise, category);
  const words = [live.app.i18n.label(option?.label) || category, participant, live.app.i18n.t(`staff.state.${state}`)];
  return {
    icon: option?.icon,
    colour: option?.colour,
    shape: option?.shape,
    class: `mark-${state}`,
    label: words.filter(Boolean).join(', '),
  };
}
