// SPDX-License-Identifier: AGPL-3.0-or-later
// What the sections are put together from.
import { h, setVars } from '../core/dom.js';
import { icon } from '../core/icon.js';

/** @typedef {import('../core/dom.js').Child} Child */

/**
 * A part of the page under a heading that the list of contents leads to.
 * @param {string} id @param {string} title @param {string | null} lead @param {...(Child | Child[])} children
 */
export function section(id, title, lead, ...children) {
  return h('section', { class: 'part', 'aria-labelledby': id }, h('h2', { id, tabindex: '-1' }, title), lead && h('p', { class: 'part-lead' }, lead), ...children);
}

/** A sign, a short name, a sentence. @param {string} name icon @param {string} title @param {string | null} text @param {...(Child | Child[])} more */
export function point(name, title, text, ...more) {
  return h('li', { class: 'point' }, icon(name), h('div', { class: 'point-words' }, h('h3', {}, title), text && h('p', {}, text), ...more));
}

/**
 * A bar with its name and, in words, its length. `part` null: no bar, the words alone.
 * @param {{name: string, words: string, part: number | null, tone: string, sign?: string}} row
 */
export function barRow({ name, words, part, tone, sign }) {
  const line = h('span', { class: 'bar-line', 'aria-hidden': 'true' }, part !== null && filled(part, tone));
  return h(
    'li',
    { class: part === null ? 'bar bar-wordy' : 'bar' },
    h('span', { class: 'bar-name' }, sign && icon(sign), h('span', {}, name)),
    part === null ? null : line,
    h('span', { class: 'bar-value' }, words),
  );
}

/** @param {number} part @param {string} tone */
function filled(part, tone) {
  const fill = h('span', { class: `bar-fill bar-${tone}` });
  setVars(fill, { part: `${Math.min(100, 100 * part)}%` });
  return fill;
}

/** Whether something was reached: a sign, a colour and words. @param {boolean} reached @param {string} words */
export function verdict(reached, words) {
  return h('span', { class: `badge ${reached ? 'badge-good' : 'badge-bad'}` }, icon(reached ? 'check' : 'close'), h('span', {}, words));
}

/**
 * A table that scrolls within its frame where it is too wide.
 * @param {string} caption @param {(string | HTMLElement)[]} head @param {(Child | Child[])[]} rows
 */
export function table(caption, head, rows) {
  return h(
    'div',
    { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': caption },
    h('table', {}, h('caption', { class: 'visually-hidden' }, caption), h('thead', {}, h('tr', {}, head.map((title) => h('th', { scope: 'col' }, title)))), h('tbody', {}, rows.flat())),
  );
}
