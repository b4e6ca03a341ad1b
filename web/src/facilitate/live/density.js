// SPDX-License-Identifier: AGPL-3.0-or-later
// The density picture on the live map: of all marks or of one category, with the meaning of its colours.
import { query } from '../../core/api.js';
import { h, replace } from '../../core/dom.js';
import { categoryField } from '../../core/exercise.js';
import { createHeatLayer } from '../../map/heat_layer.js';
import { field, selectInput, toggle } from '../form.js';

const refreshMs = 2000; // it is asked for again at most this often

/** @param {{live: import('./live.js').Live, map: import('leaflet').Map}} deps */
export function createDensity({ live, map }) {
  const { app, session, marks } = live;
  const { t, label, number } = app.i18n;
  const heat = createHeatLayer({ api: app.api, map, session: session.id });
  const on = toggle(t('staff.layers.heat'), false, t('staff.layers.heat_hint'));
  const options = categoryField(live.exercise).options ?? [];
  const of = field({
    label: t('staff.layers.of'),
    input: selectInput(
      [
        ['', t('staff.layers.of_all')],
        ...options.map((one) => /** @type {[string, string]} */ ([one.id, label(one.label)])),
      ],
      '',
      { onchange: show },
    ),
  });
  const legend = h('div', { class: 'heat-legend' });
  const more = h('div', { class: 'stack', hidden: true }, of.element, legend);
  const element = h('div', { class: 'stack' }, on.element, more);
  let timer = 0;

  on.element.addEventListener('change', show);
  function show() {
    heat.show(on.value(), of.input.value);
    more.hidden = !on.value();
    showLegend();
  }
  async function showLegend() {
    if (!on.value()) return;
    try {
      const { levels, bandwidth_m } = await app.api.get(
        `/api/sessions/${session.id}/heat${query({ category: of.input.value })}`,
      );
      replace(
        legend,
        h('p', { class: 'field-label' }, t('staff.layers.legend')),
        levels.length > 0
          ? h('ul', {}, levels.map(level))
          : h('p', { class: 'soft' }, t('staff.layers.too_few')),
        h('p', { class: 'soft small' }, t('staff.layers.bandwidth', { metres: bandwidth_m })),
      );
    } catch (problem) {
      app.fail(problem);
    }
  }
  /** @param {{colour: string, from: number, to: number | null}} one */
  function level({ colour, from, to }) {
    const digits = { maximumSignificantDigits: 2 };
    const words =
      to === null
        ? t('staff.layers.from', { from: number(from, digits) })
        : `${number(from, digits)} – ${number(to, digits)}`;
    return h(
      'li',
      { class: 'heat-level' },
      h('span', { class: 'swatch', vars: { colour }, 'aria-hidden': 'true' }),
      h('bdi', {}, words),
    );
  }
  return {
    element,
    /** After marks changed: soon, and not at each of them; not at all while the map is frozen. */
    refresh() {
      if (!on.value() || timer) return;
      timer = window.setTimeout(() => {
        timer = 0;
        if (marks.frozen || !on.value()) return;
        heat.refresh();
        showLegend();
      }, refreshMs);
    },
    destroy() {
      clearTimeout(timer);
      heat.destroy();
      element.remove();
    },
  };
}
