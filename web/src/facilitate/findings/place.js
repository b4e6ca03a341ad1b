// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a finding is: a place under the cross, or a path or an area drawn with it.
import { h, replace } from '../../core/dom.js';
import { focusScreen } from '../../core/focus.js';
import { icon, shapeIcons } from '../../core/icon.js';
import { snapGeometry } from '../../core/snap.js';
import { createDrawSheet } from '../../map/draw_sheet.js';
import { createDrawing } from '../../map/drawing.js';
import { button } from '../form.js';
import { shapeOfGeometry } from './model.js';

/** The page's own colour: how urgent it is comes after. */
const sign = { shape: 'hexagon', colour: '#0f5b5b', icon: 'quote' };

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {import('../../map/map.js').MapWidget} deps.widget with a crosshair
 * @param {number} deps.precisionM
 * @param {GeoJSON.Geometry | null} deps.geometry the one it has
 * @param {(geometry: GeoJSON.Geometry) => void} deps.onPlace snapped
 * @param {() => void} deps.onCancel
 */
export function createPlace({ app, widget, precisionM, geometry, onPlace, onCancel }) {
  const { t } = app.i18n;
  const work = h('div', {});
  const segments = /** @type {const} */ (['point', 'line', 'area']).map((shape) => ({
    shape,
    element: h(
      'button',
      { class: 'segment', type: 'button', onclick: () => choose(shape) },
      icon(shapeIcons[shape]),
      h('span', {}, t(`draw.${shape}`)),
    ),
  }));
  const element = h(
    'div',
    { class: 'stack finding-place' },
    h('h2', { class: 'panel-title' }, t('staff.finding.where')),
    h(
      'div',
      { class: 'segments', role: 'group', 'aria-label': t('draw.what') },
      segments.map((one) => one.element),
    ),
    work,
  );
  /** @type {{destroy: () => void} | null} */
  let sheet = null;

  /** @param {GeoJSON.Geometry} drawn */
  const done = (drawn) => onPlace(snapGeometry(precisionM, drawn));

  /** @param {"point" | "line" | "area"} shape */
  function choose(shape) {
    sheet?.destroy();
    sheet = null;
    for (const one of segments) one.element.setAttribute('aria-pressed', String(one.shape === shape));
    if (shape === 'point') return replace(work, pointTools());
    const drawing = createDrawing({ map: widget.map, kind: shape, colour: sign.colour, precisionM });
    const own = createDrawSheet({
      i18n: app.i18n,
      toaster: app.toaster,
      drawing,
      kind: shape,
      sign,
      label: t(`draw.${shape}`),
      onFinish: done,
      onCancel,
    });
    sheet = own;
    replace(work, own.element);
    focusScreen(own.element);
  }
  function pointTools() {
    return h(
      'div',
      { class: 'stack' },
      h('p', { class: 'soft' }, t('staff.finding.aim')),
      button({
        label: t('marks.place'),
        icon: 'check',
        tone: 'primary',
        run: () => done({ type: 'Point', coordinates: widget.centre() }),
      }),
      button({ label: t('common.cancel'), tone: 'quiet', run: onCancel }),
    );
  }
  widget.showCrosshair(true);
  widget.setPrecision(precisionM);
  choose(geometry ? shapeOfGeometry(geometry) : 'point');
  return {
    element,
    aims: true, // the crosshair belongs to it
    destroy() {
      sheet?.destroy();
      widget.showCrosshair(false);
      widget.setPrecision(0);
      element.remove();
    },
  };
}
