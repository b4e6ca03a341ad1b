// SPDX-License-Identifier: AGPL-3.0-or-later
// Nine pictures; four of them, one after the other, are a code. No reading needed.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { codeLength, pictures } from './lock.js';

/**
 * @param {object} deps
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {(code: number[]) => void} deps.onCode all four are chosen
 */
export function createPicturePad({ i18n: { t }, onCode }) {
  /** @type {number[]} */
  let code = [];
  const dots = h('div', { class: 'pad-dots', role: 'status' });
  const buttons = pictures.map((name, index) =>
    h(
      'button',
      { class: 'pad-picture', type: 'button', 'aria-label': t(`lock.pictures.${name}`), onclick: () => add(index) },
      icon(name),
    ),
  );
  const element = h('div', { class: 'pad' }, dots, h('div', { class: 'pad-pictures' }, buttons));

  // that one more was chosen is said, not which
  function draw() {
    replace(
      dots,
      h('span', { class: 'visually-hidden' }, t('common.step', { now: code.length, all: codeLength })),
      Array.from({ length: codeLength }, (_, i) =>
        h('span', { class: `pad-dot ${i < code.length ? 'pad-dot-on' : ''}`, 'aria-hidden': 'true' }),
      ),
    );
  }
  /** @param {number} index */
  function add(index) {
    code = [...code, index];
    const whole = code;
    if (code.length === codeLength) code = [];
    draw();
    if (whole.length === codeLength) onCode(whole);
  }
  draw();
  return {
    element,
    /** @param {boolean} on */
    enable(on) {
      for (const button of buttons) button.disabled = !on;
    },
    destroy: () => element.remove(),
  };
}
