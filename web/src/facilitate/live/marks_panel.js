// SPDX-License-Identifier: AGPL-3.0-or-later
// The list beside the map: counts by category that are also switches, filters, and the marks, newest first.
import { categoryField, categoryOption } from '../../core/exercise.js';
import { dotted, h } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { createKeyedList } from '../../core/keyed_list.js';
import { createLegend } from '../../map/legend.js';
import { createSymbol } from '../../map/symbol.js';
import { button, selectInput } from '../form.js';
import { setState } from './actions.js';
import { isPending, stateBadges, whenField } from './model.js';

/** @typedef {import('./model.js').Mark} Mark */

const pageSize = 60;

/** @param {{live: import('./live.js').Live, conflicts: {element: HTMLElement}, bring: {element: HTMLElement}}} deps */
export function createMarksPanel({ live, conflicts, bring }) {
  const { app, exercise } = live;
  const { t, label, number } = app.i18n;
  const options = categoryField(exercise).options ?? [];
  const legendRows = (/** @type {Map<string, number>} */ counts) =>
    options.map(({ id, label: words, icon: name, colour, shape }) => ({
      id,
      label: label(words),
      icon: name,
      colour,
      shape,
      count: number(counts.get(id) ?? 0),
    }));
  const legend = createLegend({
    title: t('staff.live.categories'),
    rows: legendRows(new Map()),
    onChange: (categories) => live.setFilter({ categories }),
  });
  const state = selectInput(
    ['shown', 'all', 'pending', 'approved', 'hidden'].map((id) => [id, t(`staff.filter.${id}`)]),
    live.filter().state,
    { 'aria-label': t('staff.filter.state'), onchange: () => live.setFilter({ state: state.value }) },
  );
  const asked = whenField(exercise);
  const times = (asked?.options ?? []).map(
    (one) => /** @type {[string, string]} */ ([one.id, label(one.label)]),
  );
  const when = selectInput([['', t('staff.filter.any_time')], ...times], '', {
    'aria-label': t('staff.filter.when'),
    onchange: () => live.setFilter({ when: when.value }),
  });
  const list = h('ul', { class: 'mark-list' });
  const rows = createKeyedList(list, {
    key: (/** @type {Mark} */ mark) => mark.id,
    stamp: ({ properties: { version, state: now } }) => `${version} ${now}`,
    row,
  });
  const none = h('p', { class: 'soft' });
  const more = button({
    label: t('staff.live.more'),
    small: true,
    run: () => {
      length += pageSize;
      draw();
    },
  });
  const element = h(
    'div',
    { class: 'panel' },
    conflicts.element,
    legend.element,
    h('div', { class: 'filters' }, state, asked && when),
    none,
    list,
    more,
    app.leads() && bring.element,
  );
  let length = pageSize;
  /** @type {Mark[]} */
  let shown = [];

  function draw() {
    rows.show(shown.slice(0, length));
    none.hidden = shown.length > 0;
    none.textContent = t(live.marks.all().length > 0 ? 'staff.live.none_pass' : 'staff.live.no_marks');
    more.hidden = shown.length <= length;
  }
  /** @param {Mark} mark */
  function row(mark) {
    const { category, state: now, participant, created } = mark.properties;
    const option = categoryOption(exercise, category);
    const words = label(option?.label) || category;
    const time = created ? app.i18n.date(created, { timeStyle: 'short' }) : '';
    return h(
      'li',
      { class: `mark-row mark-${now}` },
      h(
        'button',
        { class: 'mark-open', type: 'button', onclick: () => live.open(mark) },
        createSymbol(option ?? {}, { size: 38, badge: stateBadges[now] }),
        h(
          'span',
          { class: 'mark-words' },
          h('strong', {}, h('bdi', {}, words)),
          h(
            'span',
            { class: 'soft small' },
            dotted([
              participant ?? t('staff.live.for_room'),
              time,
              now === 'approved' ? '' : t(`staff.state.${now}`),
            ]),
          ),
        ),
      ),
      isPending(mark) && app.leads() && approveButton(mark, words),
    );
  }
  /** @param {Mark} mark @param {string} words */
  function approveButton(mark, words) {
    const name = `${t('staff.mark.approve')}: ${words}`;
    return h(
      'button',
      {
        class: 'mark-approve',
        type: 'button',
        'aria-label': name,
        title: t('staff.mark.approve'),
        onclick: () => setState(live, mark, 'approved'),
      },
      icon('check'),
    );
  }
  return {
    element,
    /** @param {Mark[]} marks @param {Map<string, number>} counts */
    show(marks, counts) {
      shown = marks;
      legend.setRows(legendRows(counts));
      draw();
    },
    destroy: () => element.remove(),
  };
}
