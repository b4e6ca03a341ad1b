// SPDX-License-Identifier: AGPL-3.0-or-later
// The view on paper, A4: the map, its legend, findings with the numbers that stand on the map, how to read
// it, date and address. Made when something is printed, whoever asked for it.
import { h, replace } from '../core/dom.js';
import { createSymbol } from '../map/symbol.js';
import { createLegends } from './legend.js';
import { paintMap, sizeOf } from './map_paint.js';
import { actedOnBy, actorOf, isFinding, nameOf, signOf, urgencyOf } from './places.js';
import { createWords, titleOf } from './words.js';

/** Findings that go on the page beside the map. */
const most = 5;

/**
 * @param {object} deps
 * @param {import('./page.js').App} deps.app
 * @param {import('./catalog.js').Edition} deps.edition
 * @param {import('./stage.js').Marks} deps.marks
 * @param {import('./stage.js').Stage} deps.stage
 */
export function openPrint({ app, edition, marks, stage }) {
  const { t } = app.i18n;
  const words = createWords(app.i18n);
  const element = h('div', { class: 'print-sheet', 'aria-hidden': 'true' });

  function fill() {
    const state = app.state();
    const scene = stage.scene();
    const onMap = stage.panes()[0]?.marks().filter(isFinding) ?? [];
    const numbers = new Map(onMap.map((mark, i) => [mark.id, i + 1]));
    const titles = scene?.panes.map(({ slice, other }) =>
      other
        ? t('plan.compare.versus', { one: titleOf(app.i18n, slice), other: titleOf(app.i18n, other) })
        : titleOf(app.i18n, slice),
    );
    replace(
      element,
      h(
        'header',
        {},
        h('h1', {}, edition.title),
        h('p', { class: 'print-what' }, titles?.join(' · ')),
        h('p', {}, words.edition(edition)),
      ),
      state.table
        ? printTable()
        : h(
            'div',
            { class: 'print-maps' },
            stage.panes().map((pane, i) => paint(pane, numbers, (titles?.length ?? 0) > 1 && titles?.[i])),
          ),
      h(
        'div',
        { class: 'print-columns' },
        scene &&
          !state.table &&
          h('div', { class: 'print-legends' }, createLegends({ app, edition, scene, brief: true })),
        !state.table && createFindings(actedOnBy(marks.findings, state.who), numbers),
      ),
      createFoot(scene?.panes[0]?.slice.exercise),
    );
  }
  /** @param {import('./pane.js').PaneWidget} pane @param {Map<string, number>} numbers @param {string | false | undefined} title which of two */
  function paint(pane, numbers, title) {
    const { width, height } = sizeOf(pane);
    const canvas = h('canvas', { width: Math.max(1, width * 2), height: Math.max(1, height * 2) });
    const context = canvas.getContext('2d');
    if (context && width > 0) {
      context.scale(2, 2);
      paintMap(context, pane, { x: 0, y: 0 }, { numbers });
    }
    const credit = pane.element.querySelector('.map-attribution');
    return h(
      'figure',
      {},
      title && h('p', { class: 'print-which' }, title),
      canvas,
      h('figcaption', {}, [...(credit?.children ?? [])].map((one) => one.textContent).join(' · ')),
    );
  }
  /** Where the table is on the screen it is on paper too. */
  function printTable() {
    const copies = [...document.querySelectorAll('.tables table')].map(
      (table) => /** @type {HTMLElement} */ (table.cloneNode(true)),
    );
    return h('div', { class: 'print-tables' }, copies);
  }
  /** @param {import('../map/markers.js').Mark[]} findings @param {Map<string, number>} numbers */
  function createFindings(findings, numbers) {
    const shown = findings.filter(({ id }) => numbers.has(id)).slice(0, most);
    const rest = findings.length - shown.length;
    if (shown.length === 0) return null;
    return h(
      'section',
      { class: 'print-findings' },
      h('h2', {}, t('plan.print.findings')),
      h(
        'ol',
        {},
        shown.map((mark) =>
          h(
            'li',
            {},
            h(
              'span',
              { class: 'print-sign' },
              createSymbol({ ...signOf(mark), icon: undefined }, { size: 22 }),
              h('b', {}, numbers.get(mark.id)),
            ),
            h(
              'p',
              { dir: 'auto', lang: mark.properties?.language ?? null },
              nameOf(mark),
              h(
                'small',
                {},
                ` ${t(`plan.find.urgency.${urgencyOf(mark)}`)} · ${t(`plan.find.who.${actorOf(mark)}`)}`,
              ),
            ),
            mark.properties?.recommendation &&
              h(
                'p',
                { class: 'print-wish', dir: 'auto', lang: mark.properties.language },
                mark.properties.recommendation,
              ),
          ),
        ),
      ),
      rest > 0 && h('p', {}, t('plan.print.more', { count: rest })),
    );
  }
  /** @param {string | undefined} key of the exercise */
  function createFoot(key) {
    const exercise = edition.exercises.find((one) => one.key === key);
    return h(
      'footer',
      {},
      exercise &&
        h(
          'p',
          {},
          h('b', {}, t('plan.print.method')),
          ' ',
          t('plan.print.method_text', {
            floor: exercise.floor,
            sessions: exercise.sessions,
            noise: exercise.noise_max,
            months: words.months([exercise]),
          }),
        ),
      h(
        'p',
        {},
        t('plan.print.source', {
          title: edition.title,
          number: edition.edition,
          date: words.day(edition.published_on),
        }),
        ' ',
        t('plan.print.printed', { date: app.i18n.date(Date.now()) }),
      ),
      h('p', { class: 'code' }, location.href),
    );
  }
  window.addEventListener('beforeprint', fill);
  return {
    element,
    run: () => window.print(),
    destroy() {
      window.removeEventListener('beforeprint', fill);
      element.remove();
    },
  };
}
