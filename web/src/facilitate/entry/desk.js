// SPDX-License-Identifier: AGPL-3.0-or-later
// A sheet on the desk: the line that is typed, the map with the sheet's grid, what was typed in so far.
import { categoryField, categoryOption } from '../../core/exercise.js';
import { confirmDialog } from '../../core/dialog.js';
import { h, replace } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { createMap } from '../../map/map.js';
import { createMarkers } from '../../map/markers.js';
import { button } from '../form.js';
import { cellsText } from './cells.js';
import { createGridLayer } from './grid_layer.js';
import { createLineForm } from './line_form.js';
import { createLinesTable } from './lines_table.js';

/** @typedef {import('./line_form.js').Line} Line */

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {import('../types.js').Session} deps.session
 * @param {any} deps.pack the session's package
 * @param {import('./cells.js').Sheet} deps.grid
 * @param {import('./under_way.js').UnderWay} deps.sheet
 * @param {any[]} deps.marks those of the sheet that the server has already
 * @param {(sheet: import('./under_way.js').UnderWay) => void} deps.keep
 * @param {() => void} deps.onNext the sheet is finished
 */
export function createDesk({ app, session, pack, grid, sheet, marks, keep, onNext }) {
  const { i18n } = app;
  const { t, label } = i18n;
  const exercise = /** @type {import('../../core/exercise.js').Exercise} */ (pack.exercise);
  const category = categoryField(exercise).id;
  /** @type {Line[]} */
  let lines = marks.map(({ id, geometry, properties }, i) => ({
    uuid: id,
    number: i + 1,
    cells: cellsText(grid, geometry),
    geometry,
    answers: properties.answers,
    version: properties.version,
  }));
  let count = lines.length;

  const widget = createMap({
    api: app.api,
    i18n,
    bbox: withNames(grid),
    basemap: session.base_maps,
    infos: pack.base_maps,
  });
  const layer = createGridLayer({ map: widget.map, sheet: grid, onPick: (cell) => (form.pick(cell), form.focus()) });
  const markers = createMarkers({ map: widget.map, size: 28, look: (mark) => look(String(mark.id)) });
  const said = h('p', { class: 'entry-said', role: 'status' });
  const next = button({ label: t('staff.entry.next'), icon: 'next', run: finish });
  const form = createLineForm({
    app,
    session,
    exercise,
    sheet: grid,
    participant: sheet.participant,
    nextNumber: () => count + 1,
    lines: () => lines,
    onCells: layer.show,
    onSaved: saved,
    onEmpty: () => next.focus(),
  });
  const table = createLinesTable({ app, exercise, onCorrect: (line) => form.begin(line), onDelete: remove });
  const element = h(
    'div',
    { class: 'entry-desk' },
    h(
      'div',
      { class: 'entry-words' },
      h(
        'div',
        { class: 'entry-who' },
        h('h2', {}, icon('person'), h('bdi', {}, sheet.pseudonym)),
        next,
      ),
      form.element,
      said,
      table.element,
    ),
    h('div', { class: 'entry-map' }, widget.element),
  );

  /** @param {string} uuid */
  const what = (uuid) => {
    const line = lines.find((one) => one.uuid === uuid);
    return line && categoryOption(exercise, String(line.answers[category]));
  };
  /** @param {string} uuid */
  function look(uuid) {
    const option = what(uuid);
    return { icon: option?.icon, colour: option?.colour, shape: option?.shape, label: label(option?.label) };
  }
  function update() {
    table.show(lines);
    markers.set(lines.map(({ uuid, geometry }) => ({ type: 'Feature', id: uuid, geometry, properties: {} })));
    keep({ ...sheet, marks: lines.map(({ uuid }) => uuid) });
  }
  /** Shown and read out. @param {string} text */
  function say(text) {
    replace(said, icon('check'), h('span', {}, text));
  }
  /** @param {Omit<Line, "number">} line */
  function saved(line) {
    const before = lines.find(({ uuid }) => uuid === line.uuid);
    const now = { ...line, number: before?.number ?? ++count };
    lines = before ? lines.map((one) => (one === before ? now : one)) : [...lines, now];
    update();
    form.begin();
    say(t(before ? 'staff.entry.corrected' : 'staff.entry.saved', {
      number: i18n.number(now.number),
      cells: now.cells,
      mark: label(what(now.uuid)?.label),
    })); // prettier-ignore
  }
  /** @param {Line} line */
  async function remove(line) {
    const { number, cells, uuid } = line;
    const sure = await confirmDialog({
      title: t('staff.entry.delete_title', { number: i18n.number(number), cells }),
      yes: t('staff.entry.delete'),
      no: t('common.cancel'),
      danger: true,
      icon: 'trash',
    });
    if (!sure) return;
    try {
      await app.api.del(`/api/sessions/${session.id}/contributions/${uuid}`).catch((problem) => {
        if (problem.code !== 'NOT_FOUND') throw problem;
      });
      lines = lines.filter((one) => one !== line);
      update();
      if (form.correcting() === line) form.begin();
      say(t('staff.entry.deleted', { number: i18n.number(number), cells }));
    } catch (problem) {
      app.fail(problem);
    }
    form.focus();
  }
  async function finish() {
    const sure =
      !form.unsaved() ||
      (await confirmDialog({
        title: t('staff.leave.title'),
        text: t('staff.entry.next_text'),
        yes: t('staff.entry.next'),
        no: t('common.cancel'),
      }));
    if (sure) onNext();
    else form.focus();
  }
  update();
  return {
    element,
    focus: form.focus,
    unsaved: form.unsaved,
    destroy() {
      layer.destroy();
      markers.destroy();
      widget.destroy();
      element.remove();
    },
  };
}

/** The sheet's map with room for the letters and numbers beside it. @param {import('./cells.js').Sheet} grid @returns {[number, number, number, number]} */
function withNames({ bbox: [west, south, east, north], columns, rows }) {
  const end = east < west ? east + 360 : east;
  const [x, y] = [(end - west) / columns / 2, (north - south) / rows / 2];
  return [west - x, south - y, end + x, north + y];
}
