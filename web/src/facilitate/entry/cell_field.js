// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a mark lies, as cells: "c4.5", or "c4 c5 d6". Said at once when there is no such cell; arrows move
// within the last cell; Enter goes on.
import { field, textInput } from '../form.js';
import { cellName, nudge, readCells } from './cells.js';

/** @typedef {import('./cells.js').Cell} Cell */

const arrows = /** @type {Record<string, [number, number]>} */ ({
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
});

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {import('./cells.js').Sheet} deps.sheet
 * @param {(cells: Cell[]) => void} deps.onCells at each letter; those that are right so far
 * @param {() => void} deps.onNext Enter, with cells that are all right
 * @param {() => void} deps.onEmpty Enter, with nothing in it
 */
export function createCellField({ app, sheet, onCells, onNext, onEmpty }) {
  const { t } = app.i18n;
  const input = textInput({
    class: 'input entry-cell',
    dir: 'ltr',
    autocapitalize: 'characters',
    autocorrect: 'off',
    spellcheck: 'false',
    maxlength: 400,
    onkeydown: key,
  });
  const widget = field({ label: t('staff.entry.cell'), hint: t('staff.entry.cell_hint'), input });
  input.addEventListener('input', read); // after the field's own, which takes the error away
  const lastCell = `${String.fromCharCode(64 + sheet.columns)}${sheet.rows}`;

  /** @returns {Cell[] | null} null: something in it is no cell of the sheet, and it says which */
  function read() {
    const { cells, wrong, unfinished } = readCells(sheet, input.value);
    onCells(cells);
    widget.setError(wrong && !unfinished ? t('staff.entry.no_cell', { cell: wrong, last: lastCell }) : null);
    return wrong ? null : cells;
  }
  function next() {
    if (input.value.trim() === '') return onEmpty();
    const { wrong } = readCells(sheet, input.value);
    if (wrong) widget.setError(t('staff.entry.no_cell', { cell: wrong, last: lastCell }));
    else onNext();
  }
  /** In the place of the last cell, or behind it where a space follows. @param {Cell} cell */
  function putLast(cell) {
    input.value = input.value.replace(/[^\s]*$/, '') + cellName(cell);
    read();
  }
  /** @param {KeyboardEvent} event */
  function key(event) {
    const { key: name, code, ctrlKey, shiftKey, altKey, metaKey } = event;
    if (ctrlKey || altKey || metaKey) return;
    const step = shiftKey ? undefined : arrows[name];
    const atEnd = input.selectionStart === input.value.length && input.selectionEnd === input.value.length;
    const digit = /^Digit(\d)$/.exec(code)?.[1];
    if (name === 'Enter') {
      event.preventDefault();
      next();
    } else if (step && atEnd) {
      const { cells, wrong } = readCells(sheet, input.value);
      const last = cells[cells.length - 1];
      if (!last || wrong || /\s$/.test(input.value)) return;
      event.preventDefault();
      putLast(nudge(last, ...step));
      app.toaster.announce(cellName(nudge(last, ...step)));
    } else if (digit && name.length === 1 && !/\d/.test(name) && !shiftKey) {
      // the upper row of a French keyboard
      event.preventDefault();
      input.setRangeText(digit, input.selectionStart ?? 0, input.selectionEnd ?? 0, 'end');
      read();
    }
  }
  return {
    element: widget.element,
    read,
    setError: widget.setError,
    putLast,
    text: () => input.value.trim().toUpperCase(),
    /** @param {string} text */
    set(text) {
      input.value = text;
      read();
    },
    focus() {
      input.focus();
      input.setSelectionRange(input.value.length, input.value.length);
    },
  };
}
