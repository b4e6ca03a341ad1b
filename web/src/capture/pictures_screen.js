// SPDX-License-Identifier: AGPL-3.0-or-later
// Her lock: four pictures that open it, or none, and after how long it closes by itself.
import { h, replace } from '../core/dom.js';
import { codeLength, noLock, restChoices, sameCode } from './lock.js';
import { bigButton, createPage, emblem } from './page.js';
import { createPicturePad } from './picture_pad.js';

/**
 * @param {{app: import("./page.js").App}} deps
 * @returns {import("../core/dom.js").Widget}
 */
export function createPicturesScreen({ app }) {
  const { t, number } = app.i18n;
  const lock = () => app.seat.store.get()?.lock ?? noLock;
  /** @type {number[] | null} */
  let first = null;
  const heading = h('h1', { tabindex: '-1' }, t('lock.menu'));
  const lead = h('p', { class: 'lead' });
  const pad = createPicturePad({ i18n: app.i18n, onCode: take });
  const none = bigButton({ label: t('lock.code_none'), icon: 'trash', run: () => keep(null) });
  const element = createPage({
    app,
    name: 'pictures',
    content: [
      emblem('lock'),
      heading,
      lead,
      pad.element,
      none,
      createRestChoice(),
      bigButton({ label: t('common.back'), icon: 'back', tone: 'quiet', run: () => app.go('due') }),
    ],
  });

  /** @param {string} key */
  function say(key) {
    replace(lead, t(key, { count: codeLength }));
    none.hidden = lock().code === null;
  }
  /** Twice the same, so that she knows it. @param {number[]} code */
  function take(code) {
    if (first === null) {
      first = code;
      return say('lock.code_again');
    }
    const same = sameCode(first, code);
    first = null;
    if (same) keep(code);
    else say('lock.code_differs');
  }
  /** @param {number[] | null} code */
  async function keep(code) {
    await app.seat.setLock({ ...lock(), code, wrong: 0 });
    app.go('due');
    const text = t(code ? 'lock.code_kept' : 'lock.code_gone');
    app.toaster.show({ text, tone: 'good', icon: 'lock' });
  }
  function createRestChoice() {
    const minutes = (/** @type {number} */ n) => number(n, { style: 'unit', unit: 'minute', unitDisplay: 'long' });
    return h(
      'fieldset',
      { class: 'rest-choice' },
      h('legend', {}, t('lock.rest')),
      restChoices.map((restMin) =>
        h(
          'label',
          { class: 'row-button' },
          h('input', {
            type: 'radio',
            name: 'rest',
            autocomplete: 'off',
            checked: lock().restMin === restMin,
            onchange: () => app.seat.setLock({ ...lock(), restMin }),
          }),
          h('span', {}, minutes(restMin)),
        ),
      ),
    );
  }
  say(lock().code === null ? 'lock.code_new' : 'lock.code_other');
  return { element, destroy: () => element.remove() };
}
