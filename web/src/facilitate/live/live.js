// SPDX-License-Identifier: AGPL-3.0-or-later
// The live map of a session: marks as they arrive, beside a panel of marks, people and layers. What the room
// sees is a window of its own (wall/).
import { categoryOption } from '../../core/exercise.js';
import { h } from '../../core/dom.js';
import { createCleanup } from '../../core/store.js';
import { createMap } from '../../map/map.js';
import { createMarkers, middleOf } from '../../map/markers.js';
import { createBringFile } from '../conflicts/bring_file.js';
import { createConflicts } from '../conflicts/conflicts.js';
import { createFindingsPanel } from '../findings/panel.js';
import { createHeader } from './header.js';
import { createLayersPanel } from './layers_panel.js';
import { createMarksPanel } from './marks_panel.js';
import { openMark } from './mark_dialog.js';
import {
  countByCategory,
  createMarks,
  everything,
  isPending,
  passes,
  stateBadges,
} from './model.js';
import { createPeoplePanel } from './people_panel.js';
import { createStream } from './stream.js';
import { createTabs } from './tabs.js';

/** @typedef {import('./model.js').Mark} Mark */
/**
 * @typedef {object} Live what the parts of the live map share
 * @property {import('../main.js').App} app
 * @property {import('../types.js').Session} session kept up to date in place
 * @property {import('../../core/exercise.js').Exercise} exercise
 * @property {import('./model.js').Marks} marks
 * @property {() => import('./model.js').Filter} filter
 * @property {(filter: Partial<import('./model.js').Filter>) => void} setFilter
 * @property {(mark: Mark) => void} open
 * @property {(mark: Mark) => void} find shows where it is
 */

const sizes = { side: 42, radius: 54 }; // pixels

/** @param {import('../screens.js').ScreenDeps} deps */
export async function createLive({ app, ids: [id] }) {
  const { api, i18n } = app;
  const [session, sheet] = await Promise.all([
    api.get(`/api/sessions/${id}`),
    api.get(`/api/sessions/${id}/package`),
  ]);
  const exercise = sheet.exercise;
  i18n.setOthers(session.languages);
  const cleanup = createCleanup();
  let filter = everything(exercise);
  let due = 0;

  const widget = createMap({
    api,
    i18n,
    bbox: session.bbox,
    basemap: session.base_maps,
    infos: sheet.base_maps,
    crosshair: true,
  });
  widget.showCrosshair(false);
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
    find(mark) {
      const { lng, lat } = middleOf(mark.geometry);
      markers.select(mark.id);
      widget.goTo(lng, lat, Math.max(16, widget.map.getZoom()));
      widget.focus();
    },
  };
  const markers = createMarkers({
    map: widget.map,
    groupRadius: sizes.radius,
    size: sizes.side,
    look: (mark) => look(live, /** @type {Mark} */ (mark)),
    onSelect: (mark) => live.open(/** @type {Mark} */ (mark)),
    groupLabel: (count) => i18n.t('staff.live.group', { count }),
  });
  const header = createHeader({ live, onGoOn: () => layers.refresh() });
  const conflicts = createConflicts({ live });
  const bring = createBringFile({ live, onTaken: conflicts.refresh });
  const marksPanel = createMarksPanel({ live, conflicts, bring });
  const people = createPeoplePanel({ live });
  const layers = createLayersPanel({ live, widget, pack: sheet, onMarks: later });
  const findings = createFindingsPanel({ live, widget });
  const tabs = createTabs(
    [
      { id: 'marks', label: i18n.t('staff.live.marks'), icon: 'pin', panel: marksPanel.element },
      ...(app.leads()
        ? [{ id: 'people', label: i18n.t('staff.live.people'), icon: 'people', panel: people.element }]
        : []),
      { id: 'findings', label: i18n.t('staff.live.findings'), icon: 'quote', panel: findings.element },
      { id: 'layers', label: i18n.t('staff.live.layers'), icon: 'layers', panel: layers.element },
    ],
    showFindings,
  );
  const side = h(
    'aside',
    { class: 'live-side', 'aria-label': i18n.t('staff.live.panel') },
    tabs.element,
  );
  const element = h(
    'div',
    { class: 'live' },
    header.element,
    h('div', { class: 'live-body' }, widget.element, side),
  );
  findings.onDrafts((count) =>
    tabs.setBadge('findings', count, i18n.t('staff.live.findings_waiting', { count })),
  );
  people.onWaiting((count) => tabs.setBadge('people', count, i18n.t('staff.live.people_waiting', { count })));

  /** Those of the tab that is looked at. */
  function showFindings() {
    findings.show(tabs.chosen() === 'findings');
  }
  /** Draws once a frame at most, however much arrives. */
  function later() {
    due ||= requestAnimationFrame(() => {
      due = 0;
      draw();
    });
  }
  function draw() {
    const all = marks.all();
    const shown = all.filter((mark) => passes(mark, filter));
    const counts = countByCategory(all, filter);
    const pending = all.filter(isPending).length;
    markers.set(layers.marksShown() ? shown.slice().reverse() : []);
    marksPanel.show(shown, counts);
    tabs.setBadge('marks', pending, i18n.t('staff.live.marks_waiting', { count: pending }));
    header.show(shown.length);
  }
  const stream = createStream({ live, people, layers, header, conflicts });
  cleanup.add(
    widget.destroy, // last: what lies on it goes before
    stream.stop,
    () => cancelAnimationFrame(due),
    markers.destroy,
    layers.destroy,
    people.destroy,
    findings.destroy,
    header.destroy,
  );
  return {
    element,
    unsaved: findings.unsaved,
    destroy() {
      cleanup.run();
      element.remove();
    },
  };
}

/** @param {Live} live @param {Mark} mark */
function look(live, mark) {
  const { t, label } = live.app.i18n;
  const { category, state, participant } = mark.properties;
  const option = categoryOption(live.exercise, category);
  const words = [label(option?.label) || category, participant, t(`staff.state.${state}`)];
  return {
    icon: option?.icon,
    colour: option?.colour,
    shape: option?.shape,
    class: `mark-${state}`,
    badge: stateBadges[state],
    label: words.filter(Boolean).join(', '),
  };
}
