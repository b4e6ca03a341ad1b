// SPDX-License-Identifier: AGPL-3.0-or-later
// The map with the crosshair, and the sheet below (or beside) it, which shows one thing at a time.
// Here: choosing a category and placing a mark; mark_editing.js has what comes after.
import { firstWrong, precisionOf } from '../core/exercise.js';
import { focusScreen } from '../core/focus.js';
import { createCleanup } from '../core/store.js';
import { createMap } from '../map/map.js';
import { plainColour } from '../map/symbol.js';
import { createCategorySheet } from './category_sheet.js';
import { createDrawing } from '../map/drawing.js';
import { createDrawSheet } from '../map/draw_sheet.js';
import { createMapFrame } from './map_frame.js';
import { createMapTools } from './map_tools.js';
import { createMarkEditing } from './mark_editing.js';
import { createOwnLayer } from './own_layer.js';

/** @typedef {import("./marks.js").Own} Own */
/** @typedef {import("../core/exercise.js").Shape} Shape */
/** @typedef {import("../core/exercise.js").Option} Option */
/**
 * How a sheet is shown: which mark stands out, how coarse a position under the crosshair would be
 * (metres; null: there is nothing to place, the crosshair is hidden), whether it takes more of the screen.
 * @typedef {{selected?: string, precise?: number | null, tall?: boolean}} SheetLook
 */

/**
 * @param {object} deps
 * @param {import("./page.js").App} deps.app
 * @param {import("./page.js").Package} deps.pack
 * @param {import("./marks.js").Marks} deps.marks
 * @returns {import("../core/dom.js").Widget}
 */
export function createMapScreen({ app, pack, marks }) {
  const { i18n, toaster } = app;
  const { t, label } = i18n;
  const { exercise, session } = pack;
  const cleanup = createCleanup();
  const map = createMap({
    api: app.api,
    i18n,
    bbox: session.bbox,
    basemap: app.memory.basemap === undefined ? session.base_maps : app.memory.basemap,
    infos: pack.base_maps ?? [],
    areas: app.areas,
    crosshair: true,
    view: app.memory.view,
  });
  const layer = createOwnLayer({
    i18n,
    map: map.map,
    exercise,
    marks,
    onSelect: (own) => editing.openCard(own.id),
  });
  const editing = createMarkEditing({ app, pack, marks, map, layer, showSheet, openCategories, openDrawing });
  const tools = createMapTools({ app, pack, map, openMarks: editing.openMarks });
  const frame = createMapFrame({
    app,
    pack,
    marks,
    map,
    openMarks: editing.openMarks,
    openMenu: tools.openMenu,
  });
  /** @type {Shape} */
  let shape = 'point';
  /** @type {import("../core/dom.js").Widget | null} */
  let sheet = null;

  /** @param {import("../core/dom.js").Widget} next @param {SheetLook} [look] */
  function showSheet(next, { selected, precise = null, tall = false } = {}) {
    sheet?.destroy();
    sheet = next;
    frame.setSheet(next.element, tall);
    layer.select(selected ?? null);
    map.showCrosshair(precise !== null);
    map.setPrecision(precise ?? 0);
    focusScreen(next.element);
  }
  function openCategories() {
    const open = session.state === 'open';
    const categories = createCategorySheet({
      i18n,
      aloud: app.aloud,
      exercise,
      shape,
      open,
      onShape: (next) => {
        shape = next;
      },
      onChoose: (option, kind) => (kind === 'point' ? placePoint(option) : openDrawing(option, kind)),
    });
    showSheet(categories, { precise: open ? session.precision_m : null });
  }
  /** @param {Option} option */
  function placePoint(option) {
    place(option, { type: 'Point', coordinates: map.centre() });
  }
  /** @param {Option} option @param {"line" | "area"} kind @param {Own} [moved] drawn anew */
  function openDrawing(option, kind, moved) {
    const precisionM = precisionOf(session.precision_m, option);
    const drawing = createDrawing({ map: map.map, kind, colour: option.colour ?? plainColour, precisionM });
    const drawSheet = createDrawSheet({
      i18n,
      toaster,
      drawing,
      kind,
      sign: option,
      label: label(option.label),
      onCancel: () => (moved ? editing.openCard(moved.id) : openCategories()),
      onFinish(geometry) {
        if (!moved) return place(option, geometry);
        marks.save({ ...moved, geometry });
        editing.openCard(moved.id);
      },
    });
    showSheet(drawSheet, { precise: precisionM });
  }
  /**
   * The mark first: it is on its way before the first question, unless an answer is needed.
   * @param {Option} option @param {GeoJSON.Geometry} geometry
   */
  function place(option, geometry) {
    const answers = { [exercise.category]: option.id };
    const draft = firstWrong(exercise, answers, { freeText: session.free_text }) !== null;
    const id = marks.save({ geometry, answers, draft });
    function undo() {
      marks.remove(id);
      openCategories();
    }
    toaster.show({
      text: t('marks.placed'),
      tone: 'good',
      icon: 'check',
      action: { label: t('marks.undo'), run: undo },
    });
    editing.openQuestions(id, openCategories);
  }
  openCategories();
  // a session that was closed meanwhile: not in the middle of a question, but where nothing is half done
  const stop = app.packageChanged.subscribe(() => sheet?.element.matches('.category-sheet') && openCategories());
  cleanup.add(stop, map.destroy, layer.destroy, tools.destroy, frame.destroy, () => sheet?.destroy());
  cleanup.add(() => {
    app.memory.view = map.view();
    app.memory.basemap = map.basemap.get().name;
  });
  return { element: frame.element, destroy: cleanup.run };
}
