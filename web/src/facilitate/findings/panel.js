// SPDX-License-Identifier: AGPL-3.0-or-later
// The session's findings, beside the map: the list, wording one step after step, reading back.
import { h, replace } from '../../core/dom.js';
import { focusScreen } from '../../core/focus.js';
import { createMarkers, middleOf } from '../../map/markers.js';
import { button } from '../form.js';
import { loadAll } from '../load_all.js';
import { changeFinding, setFindingState, sureToDelete, sureToWithdraw } from './actions.js';
import { openFinding } from './dialog.js';
import { createFindingForm } from './form.js';
import { states, toMark, urgencySign } from './model.js';
import { createPlace } from './place.js';
import { readBack } from './read_back.js';
import { findingRow } from './view.js';

/** @typedef {import('./model.js').Finding} Finding */
/** @typedef {import('./model.js').FindingBody} FindingBody */
/** @typedef {{element: HTMLElement, aims?: boolean, typed?: () => boolean, destroy: () => void}} Step aims: the crosshair belongs to it */

/**
 * @param {object} deps
 * @param {import('../live/live.js').Live} deps.live
 * @param {import('../../map/map.js').MapWidget} deps.widget with a crosshair
 */
export function createFindingsPanel({ live, widget }) {
  const { app, session } = live;
  const { t } = app.i18n;
  const path = `/api/sessions/${session.id}/findings`;
  const stage = h('div', { class: 'stack' });
  const element = h('div', { class: 'panel' }, stage);
  const markers = createMarkers({
    map: widget.map,
    groupRadius: 30,
    size: 46,
    look: (mark) => look(find(mark.id)),
    onSelect: (mark) => open(mark.id),
    groupLabel: (count) => t('staff.finding.group', { count }),
  });
  /** Newest first. @type {Finding[]} */
  let findings = [];
  /** The step of wording that is shown instead of the list. @type {Step | null} */
  let step = null;
  /** The place of one that is being worded. @type {GeoJSON.Geometry | null} */
  let drafted = null;
  let begun = false; // something was placed or typed and is not saved
  let shown = false;
  let gone = false;
  let tell = (/** @type {number} */ _drafts) => {};

  /** @param {string} id */
  const find = (id) => findings.find((one) => String(one.id) === id);

  /** @param {Finding | undefined} finding undefined: the one that is being worded */
  function look(finding) {
    if (!finding)
      return { shape: 'hexagon', colour: '#0f5b5b', icon: 'quote', label: t('staff.finding.new') };
    const badge = finding.state === 'agreed' ? undefined : states[finding.state].icon;
    return { ...urgencySign(finding.urgency), badge, label: finding.statement };
  }
  function drawMap() {
    const there = findings.filter((one) => one.state !== 'withdrawn').map(toMark);
    markers.set(shown ? [...there, ...(drafted ? [toMark({ id: 'new', geometry: drafted })] : [])] : []);
  }
  async function load() {
    const list = await loadAll(app.api, path);
    if (gone) return;
    findings = list.sort((a, b) => b.id - a.id);
    changed();
  }
  function changed() {
    drawMap();
    tell(findings.filter((one) => one.state === 'draft').length);
    if (!step) showList();
  }
  /** @param {Finding} finding as it is now */
  function take(finding) {
    findings = [finding, ...findings.filter((one) => one.id !== finding.id)].sort((a, b) => b.id - a.id);
    changed();
  }
  function showList() {
    const word = button({
      label: t('staff.finding.word'),
      icon: 'plus',
      tone: 'primary',
      run: () => askPlace({}),
    });
    const rows = findings.map((finding) =>
      findingRow({ app, finding, onOpen: () => open(String(finding.id)) }),
    );
    replace(
      stage,
      h('p', { class: 'soft' }, t('staff.finding.what')),
      app.leads() && word,
      rows.length > 0
        ? h('ul', { class: 'mark-list' }, rows)
        : h('p', { class: 'soft' }, t('staff.finding.none')),
    );
  }
  /** @param {Step} next */
  function showStep(next) {
    step?.destroy();
    step = next;
    replace(stage, next.element);
    element.scrollTop = 0;
    focusScreen(next.element);
  }
  function endStep() {
    step?.destroy();
    step = null;
    drafted = null;
    begun = false;
    drawMap();
    showList();
    stage.querySelector('button')?.focus();
  }
  /** First the place. @param {Partial<FindingBody>} so_far @param {Finding} [changing] */
  function askPlace(so_far, changing) {
    const { geometry = null } = so_far;
    if (geometry) goTo(geometry);
    showStep(
      createPlace({
        app,
        widget,
        precisionM: session.precision_m,
        geometry,
        onPlace(placed) {
          begun = true;
          askWords({ ...so_far, geometry: placed }, changing);
        },
        onCancel: () => (geometry ? askWords(so_far, changing) : endStep()),
      }),
    );
  }
  /** Then the words. @param {Partial<FindingBody>} so_far @param {Finding} [changing] */
  function askWords(so_far, changing) {
    drafted = so_far.geometry ?? null;
    drawMap();
    showStep(
      createFindingForm({
        app,
        languages: session.languages,
        start: so_far,
        agreed: changing?.state === 'agreed',
        onPlace: (now) => askPlace(now, changing),
        onSave: async (body) => {
          const saved = changing ? await changeFinding(app, changing, body) : await app.api.post(path, body);
          take(saved);
          endStep();
          await read(saved);
        },
        onCancel: endStep,
      }),
    );
  }
  /** @param {GeoJSON.Geometry} geometry */
  function goTo(geometry) {
    const { lat, lng } = middleOf(geometry);
    widget.goTo(lng, lat, Math.max(16, widget.map.getZoom()));
  }
  /** @param {Finding} finding */
  async function read(finding) {
    const answer = await readBack({ app, basemap: session.base_maps, finding });
    if (gone) return;
    if (answer === 'change') return askWords(finding, finding);
    if (answer === 'agree' && finding.state !== 'agreed') {
      take(await setFindingState(app, finding, 'agreed'));
      app.toaster.show({ text: t('staff.finding.agreed'), tone: 'good', icon: 'check' });
    }
    stage.querySelector('button')?.focus();
  }
  /** @param {string} id */
  async function open(id) {
    const finding = find(id);
    if (!finding) return;
    const verb = await openFinding({ app, finding });
    if (!verb || gone) return;
    try {
      await act(verb, finding);
    } catch (problem) {
      app.fail(problem);
      load().catch(app.fail);
    }
  }
  /** @param {import('./dialog.js').Verb} verb @param {Finding} finding */
  async function act(verb, finding) {
    if (verb === 'find') {
      markers.select(String(finding.id));
      goTo(finding.geometry);
      widget.focus();
    } else if (verb === 'read') await read(finding);
    else if (verb === 'edit') askWords(finding, finding);
    else if (verb === 'withdraw') {
      if (await sureToWithdraw(app)) take(await setFindingState(app, finding, 'withdrawn'));
    } else if (await sureToDelete(app, finding)) {
      await app.api.del(`/api/findings/${finding.id}`);
      findings = findings.filter((one) => one.id !== finding.id);
      changed();
    }
  }
  showList();
  load().catch(app.fail);
  return {
    element,
    /** @param {boolean} on whether the findings are on the map */
    show(on) {
      if (on && !shown) load().catch(app.fail); // others word findings too
      shown = on;
      widget.showCrosshair(on && step?.aims === true);
      drawMap();
    },
    /** @param {(drafts: number) => void} listener */
    onDrafts(listener) {
      tell = listener;
    },
    unsaved: () => begun || Boolean(step?.typed?.()),
    destroy() {
      gone = true;
      step?.destroy();
      markers.destroy();
      element.remove();
    },
  };
}
