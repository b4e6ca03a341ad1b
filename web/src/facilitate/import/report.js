// SPDX-License-Identifier: AGPL-3.0-or-later
// What the dry run found, row by row.
import { h } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { button } from '../form.js';
import { reasonText } from './reasons.js';

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {import('./import.js').Report} deps.report
 * @param {() => void} deps.onBack
 * @param {((skip: boolean) => void) | null} deps.onImport skip: without the refused rows; null: it was
 * tried and refused
 */
export function createReport({ app, report, onBack, onImport }) {
  const { t } = app.i18n;
  const { importable, refused, rows } = report;
  const good = refused === 0 && importable > 0 && onImport !== null;
  const some = refused > 0 && importable > 0 && onImport !== null;
  const element = h(
    'div',
    { class: 'stack' },
    h('h2', {}, t('staff.import.step_report')),
    h(
      'p',
      { class: `note ${good ? 'note-good' : 'note-warn'}` },
      icon(good ? 'check' : 'warning'),
      h(
        'span',
        {},
        t('staff.import.importable', { count: importable }),
        ' ',
        refused > 0 && t('staff.import.refused', { count: refused }),
      ),
    ),
    rows.length > 0 && refusedRows(app, rows),
    rows.length < refused && h('p', { class: 'soft' }, t('staff.import.first_rows', { count: rows.length })),
    !good && h('p', { class: 'soft' }, t(some ? 'staff.import.mend_or_skip' : 'staff.import.mend')),
    h(
      'div',
      { class: 'form-foot' },
      good &&
        button({
          label: t('staff.import.go', { count: importable }),
          icon: 'check',
          tone: 'primary',
          run: () => onImport(false),
        }),
      button({ label: t('staff.import.change'), icon: 'back', run: onBack }),
      some &&
        button({
          label: t('staff.import.go_without', { count: importable }),
          tone: 'quiet',
          run: () => onImport(true),
        }),
    ),
  );
  return { element, destroy: () => element.remove() };
}

/** @param {import('../main.js').App} app @param {import('./import.js').Report['rows']} rows */
function refusedRows({ i18n: { t, number } }, rows) {
  const head = ['row', 'where', 'why'].map((key) => h('th', { scope: 'col' }, t(`staff.import.${key}`)));
  const cell = (/** @type {string} */ text) => h('td', {}, h('bdi', {}, text));
  const lines = rows.map(({ row, where, why }) =>
    h(
      'tr',
      {},
      cell(row === 0 ? t('staff.import.whole_file') : number(row)),
      cell(where),
      cell(reasonText(t, why)),
    ),
  );
  return h(
    'div',
    { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': t('staff.import.refused_rows') },
    h('table', { class: 'table table-words' }, h('thead', {}, h('tr', {}, head)), h('tbody', {}, lines)),
  );
}
