// SPDX-License-Identifier: AGPL-3.0-or-later
// The bar above the map: project, edition, how people are protected, language.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { refusedFiles } from './notices.js';
import { choose, protectionLink } from './parts.js';
import { createWords } from './words.js';

/**
 * @param {object} deps
 * @param {import('../core/i18n.js').I18n} deps.i18n
 * @param {(project: number, edition: string | null) => void} deps.onOpen
 */
export function createBar({ i18n, onOpen }) {
  const { t } = i18n;
  const element = h('header', { class: 'plan-bar' });
  /** @type {import('./page.js').Opened | null} */
  let opened = null;

  function draw() {
    const skip = h('a', { class: 'skip-link', href: '#stage', onclick: jump }, t('plan.skip'));
    const home = h(
      'a',
      { class: 'wordmark', href: '#/', 'aria-label': t('plan.home') },
      icon('locate'),
      h('span', { class: 'wordmark-text' }, 'Repère'),
    );
    replace(
      element,
      skip,
      home,
      opened && choices(opened),
      h('span', { class: 'bar-space' }),
      protection(),
      languages(),
    );
  }
  /** @param {Event} event */
  function jump(event) {
    event.preventDefault();
    document.getElementById('stage')?.focus();
  }
  /** @param {import('./page.js').Opened} shown */
  function choices({ app, item, list }) {
    const words = createWords(i18n);
    const projects = list.items.filter(
      (one, i) => list.items.findIndex(({ project }) => project === one.project) === i,
    );
    const own = list.items.filter((one) => one.project === item.project);
    const value = (/** @type {Event} */ event) => /** @type {HTMLSelectElement} */ (event.target).value;
    return h(
      'div',
      { class: 'bar-choices' },
      projects.length > 1 &&
        choose(
          projects.map((one) => [String(one.project), one.title]),
          String(item.project),
          {
            'aria-label': t('plan.edition.project'),
            class: 'select select-small bar-project',
            onchange: (/** @type {Event} */ e) => onOpen(Number(value(e)), null),
          },
        ),
      own.length > 1
        ? choose(
            own.map((one) => [one.edition, words.edition(one)]),
            item.edition,
            {
              'aria-label': t('plan.edition.choose'),
              onchange: (/** @type {Event} */ e) => onOpen(item.project, value(e)),
            },
          )
        : h('span', { class: 'bar-edition' }, words.edition(item)),
      refusedFiles(app, list.refused),
    );
  }
  function protection() {
    const link = protectionLink(icon('shield'), h('span', {}, t('plan.protection')));
    link.className = 'bar-link';
    return link;
  }
  function languages() {
    const select = choose(
      i18n.offered.map(({ code }) => [code, i18n.named(code)]),
      i18n.language.get(),
      { 'aria-label': t('plan.language'), onchange: () => i18n.setLanguage(select.value) },
    );
    return h('div', { class: 'bar-language' }, icon('globe'), select);
  }
  draw();
  const forget = i18n.language.subscribe(draw);
  return {
    element,
    /** @param {import('./page.js').Opened} next */
    show(next) {
      opened = next;
      draw();
    },
    destroy() {
      forget();
      element.remove();
    },
  };
}
