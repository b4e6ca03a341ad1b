// SPDX-License-Identifier: AGPL-3.0-or-later
// The page in one language; made anew when another is chosen.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { createAttacks } from './attacks.js';
import { createEditions } from './editions.js';
import { createFrame, goTo, mapAddress, parts } from './frame.js';
import { createLeaving } from './leaving.js';
import { createLevels } from './levels.js';
import { createLimits, createOwn } from './limits.js';
import { section } from './parts.js';
import { createSteps } from './steps.js';
import { createToy } from './toy.js';

/**
 * @param {object} deps
 * @param {import('../core/i18n.js').I18n} deps.i18n
 * @param {import('./figures.js').Measured} deps.measured
 */
export function createPage({ i18n, measured }) {
  const { t } = i18n;
  const element = h('div', { class: 'protection' });
  /** @type {HTMLAnchorElement | null} */
  let back = null;

  function draw() {
    const frame = createFrame(i18n);
    back = frame.back;
    document.title = `${t('plan.protection')} – Repère`;
    replace(
      element,
      frame.header,
      h(
        'main',
        { class: 'protection-main' },
        h('header', { class: 'protection-head' }, h('div', { class: 'emblem' }, icon('shield')), h('h1', { id: 'title', tabindex: '-1' }, t('plan.protection')), h('p', { class: 'lead' }, t('protection.lead'))),
        frame.contents,
        createLeaving(i18n),
        section('steps', t('protection.steps.title'), t('protection.steps.lead'), createSteps(i18n), createToy(i18n)),
        createLevels(i18n),
        createAttacks(i18n, measured),
        createLimits(i18n),
        createOwn(i18n),
        createEditions(i18n),
      ),
      h('footer', { class: 'protection-foot' }, t('protection.foot')),
    );
  }
  /** The language was chosen in what is drawn anew: the keyboard stays there. */
  function drawInLanguage() {
    const chosen = element.querySelector('.bar-language select') === document.activeElement;
    draw();
    if (chosen) /** @type {HTMLElement | null} */ (element.querySelector('.bar-language select'))?.focus();
  }
  /** The address is a map's (#/1/2) or a part's (#limits). */
  function follow() {
    if (back) back.href = mapAddress(location.hash);
    const id = location.hash.slice(1);
    if (parts.includes(id)) goTo(id);
  }
  draw();
  const forget = i18n.language.subscribe(drawInLanguage);
  window.addEventListener('hashchange', follow);
  return {
    element,
    follow,
    destroy() {
      window.removeEventListener('hashchange', follow);
      forget();
      element.remove();
    },
  };
}
