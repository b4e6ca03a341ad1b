// SPDX-License-Identifier: AGPL-3.0-or-later
// What the dry run found, row by row; and how far a long job has come.
import { h } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { button } from '../form.js';

/** @param {{app: import('../main.js').App, text: string}} deps */
export function createProgress({ app, text }) {
  const bar = h('progress', { class: 'progress', 'aria-label': text });
  const words = h('p', { class: 'soft' });
  const element = h('div', { class: 'card stack', role: 'status' }, h('h2', {}, text), bar, words);
  return {
    element,
    /** @param {number} done @param {number} total */
    set(done, total) {
      if (total <= 0) return;
      bar.max = total;
      bar.value = done;
      words.textContent = app.i18n.t('staff.import.progress', { done, total });
    },
    destroy: () => element.remove(),
  };
}

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {import('./import.js').Job['report']} deps.report
 * @param {() => void} deps.onBack
 * @param {(() => void) | null} deps.onImport null: it was tried and refused
 */
export function createReport({ app, report, onBack, onImport }) {
  const { t, number } = app.i18n;
  const good = report.refused === 0 && report.importable > 0 && onImport !== null;
  const element = h(
    'div',
    { class: 'stack' },
    h('h2', {}, t('staff.import.step_report')),
    h(
      'p',
      { class: `note ${good ? 'note-good' : 'note-warn'}` },
      icon(good ? 'check' : 'warning'),
      h('span', {}, t('staff.import.importable', { count: report.importable }), ' ', report.refused > 0 && t('staff.import.refused', { count: report.refused })),
    ),
    report.rows.length > 0 &&
      h(
        'div',
        { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': t('staff.import.refused_rows') },
        h(
          'table',
          { class: 'table' },
          h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('staff.import.row')), h('th', { scope: 'col' }, t('staff.import.where')), h('th', { scope: 'col' }, t('staff.import.why')))),
          h('tbody', {}, report.rows.map((one) => h('tr', {}, h('td', {}, number(one.row)), h('td', { dir: 'auto' }, one.where), h('td', { dir: 'auto' }, one.why)))),
        ),
      ),
    !good && h('p', { class: 'soft' }, t('staff.import.all_or_nothing')),
    h(
      'div',
      { class: 'form-foot' },
      good && button({ label: t('staff.import.go', { count: report.importable }), icon: 'check', tone: 'primary', run: onImport ?? undefined }),
      button({ label: t('staff.import.change'), icon: 'back', run: onBack }),
    ),
  );
  return { element, destroy: () => element.remove() };
}
