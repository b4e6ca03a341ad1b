// SPDX-License-Identifier: AGPL-3.0-or-later
// A finding in signs and words: its badges, its row in a list, what is read in full.
import { h } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { createSymbol } from '../../map/symbol.js';
import { actorIcon, states, urgencySign } from './model.js';

/** @typedef {import('./model.js').Finding} Finding */

/** @param {import('../main.js').App} app @param {Finding['state']} state */
export function stateBadge({ i18n: { t } }, state) {
  const look = states[state];
  return h('span', { class: `badge ${look.class}` }, icon(look.icon), t(`staff.finding.state_${state}`));
}

/** @param {import('../main.js').App} app @param {string} who */
export function actorBadge({ i18n: { t } }, who) {
  return h('span', { class: 'badge' }, icon(actorIcon(who)), t(`staff.finding.who_${who}`));
}

/** @param {import('../main.js').App} app @param {string} urgency */
export function urgencyBadge({ i18n: { t } }, urgency) {
  return h(
    'span',
    { class: 'badge' },
    createSymbol(urgencySign(urgency), { size: 20 }),
    t(`staff.finding.urgency_${urgency}`),
  );
}

/** The group's own words, in their own language. @param {"p" | "h2" | "strong" | "span"} tag @param {string} words @param {string} language @param {string} [extra] class */
export function own(tag, words, language, extra = '') {
  return h(tag, { class: `own-words ${extra}`, lang: language, dir: 'auto' }, words);
}

/** @param {import('../main.js').App} app @param {Finding} finding */
export function findingWords(app, finding) {
  const { t } = app.i18n;
  const { statement, recommendation, language, who, urgency, state } = finding;
  return [
    h('p', { class: 'badges' }, stateBadge(app, state), urgencyBadge(app, urgency), actorBadge(app, who)),
    own('p', statement, language, 'finding-statement'),
    recommendation !== '' &&
      h(
        'div',
        { class: 'finding-wish' },
        h('p', { class: 'soft small' }, t('staff.finding.recommendation')),
        own('p', recommendation, language),
      ),
  ].filter((one) => one !== false);
}

/** A row that opens it. @param {{app: import('../main.js').App, finding: Finding, onOpen: () => void}} deps */
export function findingRow({ app, finding, onOpen }) {
  const { t } = app.i18n;
  const { statement, language, who, urgency, state } = finding;
  return h(
    'li',
    { class: `finding finding-${state}` },
    h(
      'button',
      { class: 'mark-open', type: 'button', onclick: onOpen },
      createSymbol(urgencySign(urgency), { size: 38 }),
      h(
        'span',
        { class: 'mark-words' },
        own('strong', statement, language, 'finding-line'),
        h('span', { class: 'visually-hidden' }, t(`staff.finding.urgency_${urgency}`)),
        h('span', { class: 'badges' }, stateBadge(app, state), actorBadge(app, who)),
      ),
    ),
  );
}
