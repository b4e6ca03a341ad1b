// SPDX-License-Identifier: AGPL-3.0-or-later
// What can be done to a mark that is there: its questions, the list, one mark's card, moving, removing.
import { confirmDialog } from '../core/dialog.js';
import { categoryOption, firstWrong, precisionOf } from '../core/exercise.js';
import { createMarkCard, createMarksSheet } from './marks_sheet.js';
import { createMoveSheet } from './move_sheet.js';
import { createQuestionSheet } from './question_sheet.js';

/** @typedef {import("./marks.js").Own} Own */
/** @typedef {import("../core/exercise.js").Answers} Answers */

/**
 * @param {object} deps
 * @param {import("./page.js").App} deps.app
 * @param {import("./page.js").Package} deps.pack
 * @param {import("./marks.js").Marks} deps.marks
 * @param {import("../map/map.js").MapWidget} deps.map
 * @param {ReturnType<typeof import("./own_layer.js").createOwnLayer>} deps.layer
 * @param {(sheet: import("../core/dom.js").Widget, look?: import("./map_screen.js").SheetLook) => void} deps.showSheet
 * @param {() => void} deps.openCategories
 * @param {(option: import("../core/exercise.js").Option, kind: "line" | "area", moved: Own) => void} deps.openDrawing
 */
export function createMarkEditing({ app, pack, marks, map, layer, showSheet, openCategories, openDrawing }) {
  const { i18n, toaster } = app;
  const { t, label } = i18n;
  const { exercise, session } = pack;
  const asking = { freeText: session.free_text, contacts: session.help_contacts };
  const isOpen = () => session.state === 'open';

  /** @param {string} id @param {() => void} after */
  function openQuestions(id, after) {
    const own = marks.find(id);
    if (!own) return after();
    const { label: title, sign } = layer.describe(own);
    const others = () =>
      marks.store
        .get()
        .filter((o) => o.id !== id)
        .map((o) => ({ id: o.id, ...layer.describe(o) }));
    const questions = createQuestionSheet({
      aloud: app.aloud,
      i18n,
      exercise,
      answers: own.answers,
      session: asking,
      sign,
      title,
      others,
      onRemove: () => removeMark(id, after),
      onAnswers: (answers, end) => keepAnswers(id, answers, end, after),
      onLeft: (answers) => keepLeft(id, answers),
    });
    if (questions.empty) return after();
    showSheet(questions, { selected: id, tall: true });
  }
  /** Sends what was answered at the end, and as soon as nothing needed is missing. @param {string} id @param {Answers} answers @param {boolean} end @param {() => void} after */
  function keepAnswers(id, answers, end, after) {
    const own = marks.find(id);
    if (!own) return after();
    const wrong = firstWrong(exercise, answers, asking);
    const changed = !sameAnswers(own.answers, answers);
    if (!wrong && (own.status === 'draft' || (end && changed))) marks.save({ ...own, answers });
    if (!end) return;
    if (wrong) return leaveUnfinished(id, label(wrong.field.label), after);
    toaster.show({ text: t('marks.saved'), tone: 'good', icon: 'check' });
    after();
  }
  /** The screen was locked, or shows something else: what was answered by then stays. @param {string} id @param {Answers} answers */
  function keepLeft(id, answers) {
    const own = marks.find(id);
    if (!own || firstWrong(exercise, answers, asking) || sameAnswers(own.answers, answers)) return;
    marks.save({ ...own, answers });
  }
  /** A needed answer is missing. @param {string} id @param {string} question @param {() => void} after */
  async function leaveUnfinished(id, question, after) {
    const drop = await confirmDialog({
      title: t('marks.unfinished'),
      text: t('marks.unfinished_text', { question }),
      yes: t('marks.remove'),
      no: t('marks.go_on'),
      danger: true,
      icon: 'warning',
    });
    if (!drop) return;
    marks.remove(id);
    toaster.clear();
    after();
  }
  function openMarks() {
    const list = createMarksSheet({
      i18n,
      marks,
      describe: layer.describe,
      onClose: openCategories,
      onOpen(own) {
        layer.goTo(own);
        openCard(own.id);
      },
    });
    showSheet(list, { tall: true });
  }
  /** @param {string} id */
  function openCard(id) {
    if (!marks.find(id)) return openCategories();
    const card = createMarkCard({
      i18n,
      marks,
      id,
      exercise,
      describe: layer.describe,
      open: isOpen(),
      on: {
        answer: (own) => openQuestions(own.id, () => openCard(own.id)),
        move: openMove,
        remove: (own) => removeMark(own.id, openCategories),
        again: (own) => (own.removal ? marks.remove(own.id) : marks.save(own)),
        close: openCategories,
      },
    });
    showSheet(card, { selected: id });
  }
  /** @param {Own} own */
  function openMove(own) {
    const option = categoryOption(exercise, own.category);
    if (own.geometry.type !== 'Point' && option)
      return openDrawing(option, own.geometry.type === 'LineString' ? 'line' : 'area', own);
    layer.goTo(own);
    const mover = createMoveSheet({
      i18n,
      ...layer.describe(own),
      onCancel: () => openCard(own.id),
      onPlace() {
        marks.save({ ...own, geometry: { type: 'Point', coordinates: map.centre() } });
        toaster.show({ text: t('marks.moved'), tone: 'good', icon: 'check' });
        openCard(own.id);
      },
    });
    showSheet(mover, { selected: own.id, precise: precisionOf(session.precision_m, option) });
  }
  /** @param {string} id @param {() => void} after */
  async function removeMark(id, after) {
    const sure = await confirmDialog({
      title: t('marks.remove_sure'),
      text: t('marks.remove_text'),
      yes: t('marks.remove'),
      no: t('common.cancel'),
      danger: true,
      icon: 'trash',
    });
    if (!sure) return;
    marks.remove(id);
    toaster.show({ text: t('marks.removed'), icon: 'trash' });
    after();
  }
  return { openQuestions, openMarks, openCard };
}

/** @param {Answers} a @param {Answers} b */
function sameAnswers(a, b) {
  const sorted = (/** @type {Answers} */ answers) => JSON.stringify(Object.entries(answers).sort());
  return sorted(a) === sorted(b);
}
