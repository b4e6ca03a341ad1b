// SPDX-License-Identifier: AGPL-3.0-or-later
// What there is of an exercise to publish: sessions and people, what is missing and why.
import { h } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { missingReasons, missingText } from './model.js';

/** @param {{app: import('../main.js').App, exercise: import('./model.js').PublicationExercise}} deps */
export function createExerciseCard({ app, exercise }) {
  const { t, label, language } = app.i18n;
  const words = { t, language: language.get() };
  const { sessions, attendances, left_out: out, ended, outcome } = exercise;
  const missing = missingText(words, exercise.missing);
  const enough = missing === '' && outcome !== 'nothing';
  const badges = [
    badge('check', t('staff.publish.sessions_counted', { count: sessions.counted })),
    sessions.waiting > 0 && badge('clock', t('staff.publish.sessions_waiting', { count: sessions.waiting })),
    sessions.open > 0 && badge('room', t('staff.publish.sessions_open', { count: sessions.open })),
    badge('people', t('staff.publish.people_counted', { count: attendances.counted })),
  ];
  const left = [
    out.no_consent > 0 && t('staff.publish.out_consent', { count: out.no_consent }),
    out.not_approved > 0 && t('staff.publish.out_approved', { count: out.not_approved }),
    out.no_author > 0 && t('staff.publish.out_author', { count: out.no_author }),
  ].filter((one) => one !== false);
  return h(
    'li',
    { class: 'card stack publish-exercise' },
    h(
      'div',
      { class: 'head-row' },
      h('h3', {}, h('bdi', {}, label(exercise.title))),
      ended
        ? h('span', { class: 'badge' }, icon('lock'), t('staff.publish.ended'))
        : h(
            'span',
            { class: `badge ${enough ? 'badge-good' : 'badge-warn'}` },
            icon(enough ? 'check' : 'hourglass'),
            t(`staff.publish.outcome_${enough || outcome === 'carried' ? outcome : 'nothing'}`),
          ),
    ),
    h('p', { class: 'badges' }, badges),
    sessions.at_once > 0 &&
      h('p', { class: 'soft' }, t('staff.publish.sessions_at_once', { count: sessions.at_once })),
    !ended &&
      missing !== '' &&
      h(
        'div',
        { class: 'publish-missing' },
        h('p', {}, t('staff.publish.missing'), ' ', h('strong', {}, missing), '.'),
        missingReasons(words, exercise).map((reason) => h('p', { class: 'soft' }, reason)),
      ),
    left.length > 0 &&
      h(
        'details',
        { class: 'question' },
        h('summary', {}, h('span', { class: 'summary-words' }, t('staff.publish.left_out'))),
        h(
          'ul',
          { class: 'publish-list' },
          left.map((one) => h('li', {}, one)),
        ),
      ),
  );
}

/** @param {string} name icon @param {string} text */
const badge = (name, text) => h('span', { class: 'badge' }, icon(name), text);
