// SPDX-License-Identifier: AGPL-3.0-or-later
// In the place of the map: nothing is published, it is not here, it did not load. Each says what to do.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { protectionLink } from './parts.js';

/** @param {string} name icon @param {string} title @param {string} text @param {(Node | false)[]} more */
function notice(name, title, text, ...more) {
  const element = h(
    'main',
    { class: 'plan-notice', id: 'stage', tabindex: '-1' },
    h('div', { class: 'emblem' }, icon(name)),
    h('h1', {}, title),
    h('p', { class: 'lead' }, text),
    more,
  );
  return { element, destroy: () => element.remove() };
}

/** @param {import('./page.js').App} app */
export function nothingPublished({ i18n: { t } }) {
  const lead = h(
    'p',
    { class: 'soft' },
    t('plan.none.lead'),
    ' ',
    h('a', { href: '/facilitate' }, t('plan.none.go')),
  );
  return notice(
    'map',
    t('plan.none.title'),
    t('plan.none.text'),
    h('p', {}, protectionLink(t('plan.protection'))),
    lead,
  );
}

/** @param {import('./page.js').App} app */
export function notThere({ i18n: { t } }) {
  return notice(
    'search',
    t('plan.problem.gone_title'),
    t('plan.problem.gone_text'),
    h('p', {}, h('a', { class: 'button button-primary', href: '#/' }, t('plan.problem.gone_go'))),
  );
}

/** @param {import('./page.js').App} app @param {unknown} problem @param {() => void} onRetry */
export function didNotLoad({ i18n: { t } }, problem, onRetry) {
  const again = h(
    'button',
    { class: 'button button-primary', type: 'button', onclick: onRetry },
    icon('sync'),
    h('span', {}, t('plan.problem.retry')),
  );
  return notice('cloud', t('plan.problem.title'), problemText(t, problem), again);
}

/** @param {import('../core/translate.js').Translate} t @param {any} problem */
export function problemText(t, problem) {
  const code = problem?.code ?? 'INTERNAL';
  const text = t(`plan.problem.${code}`);
  return text === `plan.problem.${code}` ? t('plan.problem.other', { code }) : text;
}

/** Files that could not be read, named. @param {import('./page.js').App} app @param {{file: string, why: string}[]} refused */
export function refusedFiles({ i18n: { t } }, refused) {
  if (refused.length === 0) return null;
  return h(
    'details',
    { class: 'refused' },
    h('summary', {}, icon('warning'), h('span', {}, t('plan.edition.refused', { count: refused.length }))),
    h(
      'ul',
      {},
      refused.map(({ file, why }) => h('li', {}, h('span', { class: 'code' }, file), ': ', why)),
    ),
  );
}
