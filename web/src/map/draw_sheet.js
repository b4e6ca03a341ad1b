// SPDX-License-Identifier: AGPL-3.0-or-later
// The buttons while a path or an area is drawn: add a corner, take it back, finish.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { createSymbol } from './symbol.js';
import { badOutline } from './outline.js';

/**
 * @param {object} deps
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {import("../core/toast.js").Toaster} deps.toaster
 * @param {import("./drawing.js").Drawing} deps.drawing
 * @param {"line" | "area"} deps.kind
 * @param {import("./symbol.js").Sign} deps.sign
 * @param {string} deps.label
 * @param {(geometry: GeoJSON.Geometry) => void} deps.onFinish
 * @param {() => void} deps.onCancel
 */
export function createDrawSheet({ i18n, toaster, drawing, kind, sign, label, onFinish, onCancel }) {
  const { t } = i18n;
  const hint = h('p', { class: 'sheet-hint', 'aria-live': 'polite' });
  const undo = h(
    'button',
    { class: 'button', type: 'button', onclick: () => drawing.undo() },
    icon('undo'),
    h('span', {}, t('draw.undo')),
  );
  const finish = h(
    'button',
    { class: 'button', type: 'button', onclick: end },
    icon('check'),
    h('span', {}, t('draw.finish')),
  );
  const add = h(
    'button',
    { class: 'button button-primary draw-add', type: 'button', onclick: addCorner },
    icon('plus'),
    h('span', {}, t('draw.add')),
  );
  const element = h(
    'div',
    { class: 'sheet-body draw-sheet' },
    h(
      'div',
      { class: 'sheet-head' },
      createSymbol(sign, { size: 36 }),
      h('h2', { class: 'sheet-title', tabindex: '-1' }, label),
      h(
        'button',
        { class: 'button button-quiet button-small', type: 'button', onclick: onCancel },
        t('common.cancel'),
      ),
    ),
    hint,
    add,
    h('div', { class: 'draw-row' }, undo, finish),
  );

  function addCorner() {
    if (!drawing.add()) toaster.show({ text: t('draw.same_place'), icon: 'move' });
  }
  function end() {
    if (!drawing.ready) return;
    if (kind === 'area' && badOutline(drawing.corners.get()))
      toaster.show({ text: t('draw.crosses'), tone: 'bad', icon: 'warning' });
    else onFinish(drawing.geometry());
  }
  function update() {
    const count = drawing.corners.get().length;
    undo.disabled = count === 0;
    finish.disabled = !drawing.ready;
    finish.classList.toggle('button-primary', drawing.ready);
    hint.textContent = drawing.ready
      ? t('draw.may_finish', { count })
      : t(`draw.more_${kind}`, { count: drawing.least - count });
  }
  const stop = drawing.corners.subscribe(update);
  update();
  return {
    element,
    destroy() {
      stop();
      drawing.destroy();
      element.remove();
    },
  };
}
