// SPDX-License-Identifier: AGPL-3.0-or-later
// What lies on the map: the marks, the density picture with its legend, the project's reference layers.
import { h, replace } from '../../core/dom.js';
import { createHeatLayer } from '../../map/heat_layer.js';
import { createOverlayLayer } from '../../map/overlay_layer.js';
import { toggle } from '../form.js';

const refreshMs = 2000; // the density is asked for again at most this often

/**
 * @param {object} deps
 * @param {import('./live.js').Live} deps.live
 * @param {import('../../map/map.js').MapWidget} deps.widget
 * @param {import('../../map/overlay_layer.js').Overlay[]} deps.overlays
 * @param {(on: boolean) => void} deps.onMarks
 */
export function createLayersPanel({ live, widget, overlays, onMarks }) {
  const { app, session } = live;
  const { t, number } = app.i18n;
  const heat = createHeatLayer({ map: widget.map, session: session.id });
  const legend = h('div', { class: 'heat-legend', hidden: true });
  const marks = toggle(t('staff.layers.marks'), true);
  const density = toggle(t('staff.layers.heat'), false, t('staff.layers.heat_hint'));
  const layers = overlays.map((overlay) => {
    const layer = createOverlayLayer({ api: app.api, map: widget.map, overlay, addAttribution: widget.addAttribution });
    const box = h('input', { type: 'checkbox', onchange: () => layer.show(box.checked).catch(app.fail) });
    const row = h(
      'label',
      { class: 'legend-row legend-switch' },
      box,
      h('span', { class: `overlay-key overlay-key-${overlay.kind}`, vars: { colour: overlay.colour }, 'aria-hidden': 'true' }),
      h('span', { class: 'legend-label', dir: 'auto' }, overlay.title),
    );
    return { layer, row };
  });
  const element = h(
    'div',
    { class: 'panel' },
    marks.element,
    density.element,
    legend,
    h('h2', { class: 'panel-title' }, t('staff.project.overlays')),
    layers.length > 0 ? h('div', {}, layers.map((one) => one.row)) : h('p', { class: 'soft' }, t('staff.project.no_overlays')),
  );
  let timer = 0;

  marks.element.addEventListener('change', () => onMarks(marks.value()));
  density.element.addEventListener('change', () => {
    heat.show(density.value());
    legend.hidden = !density.value();
    showLegend();
  });
  async function showLegend() {
    if (!density.value()) return;
    try {
      const { levels, bandwidth_m } = await app.api.get(`/api/sessions/${session.id}/heat`);
      replace(
        legend,
        h('p', { class: 'field-label' }, t('staff.layers.legend')),
        h('ul', {}, levels.map(level)),
        h('p', { class: 'soft small' }, t('staff.layers.bandwidth', { metres: bandwidth_m })),
      );
    } catch (problem) {
      app.fail(problem);
    }
  }
  /** @param {{colour: string, from: number, to: number | null}} one */
  function level({ colour, from, to }) {
    const digits = { maximumSignificantDigits: 2 };
    const words = to === null ? t('staff.layers.from', { from: number(from, digits) }) : `${number(from, digits)} – ${number(to, digits)}`;
    return h('li', { class: 'heat-level' }, h('span', { class: 'swatch', vars: { colour }, 'aria-hidden': 'true' }), h('span', {}, words));
  }
  return {
    element,
    marksShown: () => marks.value(),
    /** After marks changed: soon, and not at each of them. */
    refresh() {
      if (!density.value() || timer) return;
      timer = window.setTimeout(() => {
        timer = 0;
        heat.refresh();
        showLegend();
      }, refreshMs);
    },
    destroy() {
      clearTimeout(timer);
      heat.destroy();
      for (const one of layers) one.layer.destroy();
      element.remove();
    },
  };
}
