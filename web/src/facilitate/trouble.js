// SPDX-License-Identifier: AGPL-3.0-or-later
// In the place of a screen that could not be fetched: what went wrong, and another try.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { button } from './form.js';
import { problemText } from './problem.js';

/** @param {{app: import('./main.js').App, problem: unknown, onRetry: () => void}} deps */
export function createTrouble({ app, problem, onRetry }) {
  const { t } = app.i18n;
  const element = h(
    'div',
    { class: 'signin' },
    h('div', { class: 'emblem' }, icon('warning')),
    h('h1', {}, t('staff.trouble.title')),
    h('p', { class: 'lead' }, problemText(t, problem)),
    button({ label: t('staff.trouble.retry'), icon: 'sync', tone: 'primary', run: onRetry }),
  );
  return { element, destroy: () => element.remove() };
}
