// SPDX-License-Identifier: AGPL-3.0-or-later
// The list beside the map: counts by category that are also switches, filters, and the marks, newest first.
import { categoryField, categoryOption } from '../../core/exercise.js';
import { h, replace } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { createLegend } from '../../map/legend.js';
import { middleOf } from '../../map/markers.js';
import { createSymbol } from '../../map/symbol.js';
import { selectInput } from '../form.js';
import { whenField } from './model.js';

const pageSize = 60;

/** @param {{live: import('./live.js').Live, goTo: (lon: number, lat: number) => void}} deps */
export function createMarksPanel({ live, goTo }) {
  const { t, label, number } = live.app.i18n;
  const options = categoryField(live.exercise).options ?? [];
  const rows = (/** @type {Map<string, number>} */ counts) =>
    options.map((one) => ({
      id: one.id,
      label: label(one.label),
      icon: one.icon,
      colour: one.colour,
      shape: one.shape,
      count: number(counts.get(one.id) ?? 0),
    }));
  const legend = createLegend({
    title: t('staff.live.categories'),
    rows: rows(new Map()),
    onChange: (categories) => live.setFilter({ categories }),
  });
  const state = selectInput(
    ['shown', 'all', 'pending', 'approved', 'hidden'].map((id) => [id, t(`staff.filter.${id}`)]),
    live.filter().state,
    { 'aria-label': t('staff.filter.state'), onchange: () => live.setFilter({ state: state.value }) },
  );
  const asked = whenField(live.exercise);
  const when = selectInput([['', t('staff.filter.any_time')], ...(asked?.options ?? []).map((one) => /** @type {[string, string]} */ ([one.id, label(one.label)]))], '', {
    'aria-label': t('staff.filter.when'),
    onchange: () => live.setFilter({ when: when.value }),
  });
  const list = h('ul', { class: 'mark-list' });
  const more = h('button', { class: 'button button-plain button-small', type: 'button', onclick: () => ((length += pageSize), draw()) }, t('staff.live.more'));
  const element = h(
    'div',
    { class: 'panel' },
    legend.element,
    h('div', { class: 'filters' }, state, asked && when),
    list,
    more,
  );
  let length = pageSize;
  /** @type {import('./model.js').Mark[]} */
  let shown = [];

  function draw() {
    replace(list, shown.slice(0, length).map(row));
    if (shown.length === 0) replace(list, h('li', { class: 'soft' }, t('staff.live.no_marks')));
    more.hidden = shown.length <= length;
  }
  /** @param {import('./model.js').Mark} mark */
  function row(mark) {
    const { category, state: now, participant, created } = mark.properties;
    const option = categoryOption(live.exercise, category);
    const time = created ? live.app.i18n.date(created, { timeStyle: 'short' }) : '';
    return h(
      'li',
      { class: `mark-row mark-${now}` },
      h(
        'button',
        { class: 'mark-open', type: 'button', onclick: () => (show(mark), live.open(mark)) },
        createSymbol(option ?? {}, { size: 34 }),
        h(
          'span',
          { class: 'mark-words' },
          h('strong', {}, label(option?.label) || category),
          h('span', { class: 'soft small' }, h('bdi', {}, participant ?? t('staff.live.for_room')), time && ` · ${time}`),
        ),
        now !== 'approved' && h('span', { class: 'badge' }, icon(now === 'hidden' ? 'eye-off' : 'clock'), t(`staff.state.${now}`)),
      ),
    );
  }
  /** @param {import('./model.js').Mark} mark */
  function show(mark) {
    const { lng, lat } = middleOf(mark.geometry);
    goTo(lng, lat);
  }
  return {
    element,
    /** @param {import('./model.js').Mark[]} marks @param {Map<string, number>} counts */
    show(marks, counts) {
      shown = marks;
      legend.setRows(rows(counts));
      draw();
    },
    destroy: () => element.remove(),
  };
}
