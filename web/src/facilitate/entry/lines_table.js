// SPDX-License-Identifier: AGPL-3.0-or-later
// What was typed in for this sheet, the latest on top.
import { answerText } from '../../core/answers_view.js';
import { categoryField, categoryOption } from '../../core/exercise.js';
import { h, replace } from '../../core/dom.js';
import { createSymbol } from '../../map/symbol.js';
import { button } from '../form.js';

/** @typedef {import('./line_form.js').Line} Line */

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {import('../../core/exercise.js').Exercise} deps.exercise
 * @param {(line: Line) => void} deps.onCorrect
 * @param {(line: Line) => void} deps.onDelete
 */
export function createLinesTable({ app, exercise, onCorrect, onDelete }) {
  const { t, label, number } = app.i18n;
  const category = categoryField(exercise).id;
  const body = h('tbody', {});
  const none = h('p', { class: 'soft' }, t('staff.entry.none'));
  const table = h(
    'table',
    { class: 'entry-table' },
    h('caption', { class: 'visually-hidden' }, t('staff.entry.table')),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ['number', 'cell_short', 'mark', 'answers', 'change'].map((key) => h('th', { scope: 'col' }, t(`staff.entry.${key}`))),
      ),
    ),
    body,
  );
  const element = h('div', { class: 'entry-lines' }, none, table);

  /** @param {Line} line */
  function words({ answers }) {
    const fields = exercise.fields.filter((field) => field.id !== category && answers[field.id] !== undefined);
    return fields.map((field) => answerText(app.i18n, field, answers[field.id])).join(' · ');
  }
  /** @param {Line} line */
  function row(line) {
    const option = categoryOption(exercise, String(line.answers[category]));
    const about = `${number(line.number)}, ${line.cells}`;
    return h(
      'tr',
      { 'data-uuid': line.uuid },
      h('th', { scope: 'row' }, number(line.number)),
      h('td', { class: 'entry-where', dir: 'ltr' }, line.cells),
      h('td', {}, h('span', { class: 'entry-what' }, createSymbol(option ?? {}, { size: 26 }), h('span', {}, label(option?.label)))),
      h('td', { class: 'soft small' }, words(line)),
      h(
        'td',
        {},
        h(
          'div',
          { class: 'entry-tools' },
          button({ label: t('staff.entry.correct'), about, icon: 'edit', small: true, tone: 'quiet', run: () => onCorrect(line) }),
          button({ label: t('staff.entry.delete'), about, icon: 'trash', small: true, tone: 'quiet', run: () => onDelete(line) }),
        ),
      ),
    );
  }
  return {
    element,
    /** @param {Line[]} lines */
    show(lines) {
      none.hidden = lines.length > 0;
      table.hidden = lines.length === 0;
      replace(body, lines.slice().reverse().map(row));
    },
  };
}
