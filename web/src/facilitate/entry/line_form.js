// SPDX-License-Identifier: AGPL-3.0-or-later
// One line a mark: its cells, its category, its answers. What was typed stays until the server has it; one uuid
// a line, so that a save that is tried again never makes two.
import { applies, categoryField, categoryOption, firstWrong, keepApplying, questions, shapesOf } from '../../core/exercise.js'; // prettier-ignore
import { h, replace } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { uuidv7 } from '../../core/ids.js';
import { createSymbol } from '../../map/symbol.js';
import { button } from '../form.js';
import { problemText } from '../problem.js';
import { createCellField } from './cell_field.js';
import { geometryOf } from './cells.js';
import { createChoices } from './choices.js';
import { keyFor } from './keys.js';
import { createQuestion } from './question.js';

/** @typedef {import('../../core/exercise.js').Answers} Answers */
/** @typedef {{uuid: string, number: number, cells: string, geometry: GeoJSON.Geometry, answers: Answers, version: number}} Line stored */

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {import('../types.js').Session} deps.session
 * @param {import('../../core/exercise.js').Exercise} deps.exercise
 * @param {import('./cells.js').Sheet} deps.sheet
 * @param {number} deps.participant
 * @param {() => number} deps.nextNumber of a new line
 * @param {() => Line[]} deps.lines those of the sheet, which a link may name
 * @param {(cells: import('./cells.js').Cell[]) => void} deps.onCells
 * @param {(line: Omit<Line, "number">) => void} deps.onSaved it begins the next line
 * @param {() => void} deps.onEmpty Enter on an empty line
 */
export function createLineForm({ app, session, exercise, sheet, participant, nextNumber, lines, onCells, onSaved, onEmpty }) {
  const { t, label } = app.i18n;
  const rules = { freeText: session.free_text };
  const category = categoryField(exercise);
  /** @type {Answers} */
  let answers = {};
  let uuid = uuidv7();
  /** The line that is corrected; null: a new one. @type {Line | null} */
  let correcting = null;
  let unsure = false; // whether the server may have it although no answer came
  /** @type {Map<string, import('./question.js').Question>} */
  let asked = new Map();

  const cells = createCellField({ app, sheet, onCells, onNext: () => kind.focus(), onEmpty });
  const kind = createChoices({
    legend: label(category.label),
    choices: (category.options ?? []).map((option, i) => ({
      id: option.id,
      label: label(option.label),
      key: keyFor(i),
      sign: createSymbol(option, { size: 32 }),
    })),
    onChange: ([id]) => answer(category.id, id),
    onNext: () => placeFits() && next(null),
  });
  const more = h('div', { class: 'entry-more' });
  const heading = h('h2', { class: 'entry-title' });
  const trouble = h('div', { class: 'note note-bad', role: 'alert' });
  const send = button({ label: t('staff.entry.save'), icon: 'check', tone: 'primary', type: 'submit' });
  const leave = button({ label: t('staff.entry.leave'), icon: 'undo', run: () => begin() });
  const element = h(
    'form',
    { class: 'card entry-line', novalidate: true, onkeydown: key, onsubmit: submit },
    heading,
    cells.element,
    kind.element,
    more,
    trouble,
    h('div', { class: 'form-foot' }, send, leave, h('p', { class: 'soft small' }, t('staff.entry.keys'))),
  );

  /** @param {string} id @param {any} value undefined: none */
  function answer(id, value) {
    const { [id]: _, ...rest } = answers;
    answers = keepApplying(exercise, value === undefined ? rest : { ...rest, [id]: value });
    showQuestions();
    if (id === category.id) placeFits();
  }
  /** The questions that are asked now; those that stay keep the keyboard. */
  function showQuestions() {
    const held = document.activeElement;
    const others = otherLines();
    const fields = answers[category.id] === undefined ? [] : questions(exercise, answers, rules);
    const before = asked;
    asked = new Map();
    for (const field of fields) {
      if (field.type === 'link' && others.length === 0) continue;
      const now = before.get(field.id) ?? createQuestion({
        i18n: app.i18n,
        field,
        value: answers[field.id],
        others,
        onChange: (value) => answer(field.id, value),
        onNext: () => next(field.id),
      }); // prettier-ignore
      asked.set(field.id, now);
    }
    if ([...asked.keys()].join() === [...before.keys()].join()) return;
    replace(more, [...asked.values()].map((question) => question.element));
    if (held instanceof HTMLElement && held.isConnected) held.focus();
  }
  const otherLines = () =>
    lines()
      .filter((line) => line.uuid !== uuid)
      .map((line) => ({
        id: line.uuid,
        label: `${line.cells} ${label(categoryOption(exercise, String(line.answers[category.id]))?.label)}`,
      }));
  /** On to the question after this one; null: to the first. @param {string | null} id */
  function next(id) {
    const field = id === null ? category : exercise.fields.find((one) => one.id === id);
    const given = field && answers[field.id];
    if (field?.required && given === undefined && applies(exercise, field, answers)) {
      widgetOf(field.id)?.setError(t('staff.entry.required'));
      return;
    }
    const ids = [...asked.keys()];
    const after = ids[id === null ? 0 : ids.indexOf(id) + 1];
    if (after) asked.get(after)?.focus();
    else send.focus();
  }
  /** @param {string} id */
  const widgetOf = (id) => (id === category.id ? kind : asked.get(id));
  function place() {
    const found = cells.read();
    const shapes = shapesOf(exercise, categoryOption(exercise, String(answers[category.id] ?? '')));
    return found ? geometryOf(sheet, found, shapes) : null;
  }
  /** Whether the cells may be drawn so for this category; else it is said at the cells. */
  function placeFits() {
    const found = place();
    const wrong = found && 'wrong' in found && answers[category.id] !== undefined ? found.wrong : null;
    if (wrong) cells.setError(t(`staff.entry.place.${wrong}`));
    if (wrong) cells.focus();
    return found !== null && !wrong;
  }
  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key !== 'Enter' || !event.ctrlKey) return;
    event.preventDefault();
    element.requestSubmit();
  }
  /** @param {string | null} text */
  function say(text) {
    trouble.hidden = !text;
    replace(trouble, text && icon('warning'), text && h('span', {}, text));
  }
  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    if (element.hasAttribute('aria-busy')) return;
    const found = place();
    if (!found) return cells.focus();
    if ('wrong' in found) {
      cells.setError(t(`staff.entry.place.${found.wrong}`));
      return cells.focus();
    }
    const bad = firstWrong(exercise, answers, rules);
    if (bad) {
      widgetOf(bad.field.id)?.setError(t(bad.why === 'required' ? 'staff.entry.required' : 'staff.problem.field'));
      widgetOf(bad.field.id)?.focus();
      return;
    }
    await save(found.geometry);
  }
  /** @param {GeoJSON.Geometry} geometry */
  async function save(geometry) {
    element.setAttribute('aria-busy', 'true');
    say(null);
    try {
      const stored = await put({ geometry, answers, participant });
      const line = { uuid, cells: cells.text(), geometry, answers, version: stored.properties.version };
      onSaved(line);
    } catch (problem) {
      unsure ||= Boolean(/** @type {import('../../core/api.js').Problem} */ (problem).temporary);
      say(`${problemText(app.i18n.t, problem)} ${t('staff.entry.kept')}`);
      send.focus();
    } finally {
      element.removeAttribute('aria-busy');
    }
  }
  /** @param {any} body */
  async function put(body) {
    const path = `/api/sessions/${session.id}/contributions/${uuid}`;
    let version = correcting?.version ?? 0;
    // no answer came last time: what is there already is known first, so that this is an edit of it
    if (unsure)
      version = await app.api.get(path).then(
        (stored) => stored.properties.version,
        (problem) => {
          if (problem.code === 'NOT_FOUND') return 0;
          throw problem;
        },
      );
    return app.api.put(path, body, version ? { headers: { 'If-Match': `"${version}"` } } : {});
  }
  /** An empty line, or one that is corrected. @param {Line | null} [line] */
  function begin(line = null) {
    correcting = line;
    unsure = false;
    uuid = line?.uuid ?? uuidv7();
    answers = line?.answers ?? {};
    asked = new Map();
    replace(more);
    say(null);
    kind.set(line ? [String(answers[category.id])] : []);
    cells.set(line?.cells ?? '');
    leave.hidden = !line;
    heading.textContent = line
      ? t('staff.entry.correct_title', { number: app.i18n.number(line.number) })
      : t('staff.entry.line_title', { number: app.i18n.number(nextNumber()) });
    showQuestions();
    if (element.isConnected) cells.focus();
  }
  begin();
  return {
    element,
    begin,
    /** The line that is corrected. */
    correcting: () => correcting,
    pick: cells.putLast,
    focus: cells.focus,
    unsaved: () => cells.text() !== '' || Object.keys(answers).length > 0,
  };
}
