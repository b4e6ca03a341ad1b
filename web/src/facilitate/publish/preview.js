// SPDX-License-Identifier: AGPL-3.0-or-later
// What would show if it were published today: how much of what people marked, on which maps.
import { h } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { coverageText, gateReasons, isWhole, tenths } from './model.js';

/**
 * @param {object} deps
 * @param {import('./publish.js').Publishing} deps.publishing
 * @param {import('./model.js').PreviewReport} deps.report
 */
export function createPreview({ publishing, report }) {
  const { app, now, words } = publishing;
  const { t } = app.i18n;
  const reasons = gateReasons(words, report.why);
  const known = new Map(now().exercises.map((one) => [one.key, one]));
  return h(
    'div',
    { class: 'card stack publish-preview' },
    h('h3', { data: { focus: '' } }, t('staff.publish.would_show')),
    report.exercises.map((one) => exercisePart(one)),
    reasons.length > 0 &&
      h(
        'div',
        { class: 'note note-warn' },
        icon('hourglass'),
        h(
          'div',
          { class: 'stack' },
          reasons.map((text) => h('p', {}, text)),
        ),
      ),
    h('p', { class: 'soft small' }, t('staff.publish.honest')),
  );

  /** @param {import('./model.js').PreviewExercise} exercise */
  function exercisePart({ key, outcome, coverage, leaves, slices, people_for_80: more }) {
    const { label } = app.i18n;
    const about = known.get(key);
    const people = about?.attendances.counted ?? 0;
    const nothing = outcome === 'nothing' || leaves === 0;
    return h(
      'section',
      { class: 'stack publish-part' },
      h('h4', {}, h('bdi', {}, label(about?.title) || key)),
      createTenths(nothing ? 0 : coverage),
      h('p', { class: 'publish-words' }, coverageText(words, nothing ? 0 : coverage, people)),
      outcome === 'carried' && h('p', { class: 'soft' }, t('staff.publish.carried')),
      more !== null &&
        more > 0 &&
        h('p', {}, icon('people', { class: 'inline-icon' }), ' ', t('staff.publish.for_80', { count: more })),
      slices.length > 0 &&
        h(
          'ul',
          { class: 'publish-slices' },
          slices.map((slice) =>
            h(
              'li',
              {},
              h('bdi', {}, isWhole(slice.id) ? t('staff.publish.whole') : label(slice.title)),
              h(
                'span',
                { class: 'soft' },
                slice.leaves > 0
                  ? t('staff.publish.areas', { count: slice.leaves })
                  : t('staff.publish.areas_none'),
              ),
            ),
          ),
        ),
    );
  }
}

/** Ten places, those filled that would show. The words beside it say the same. @param {number} coverage 0 to 1 */
function createTenths(coverage) {
  const filled = tenths(coverage);
  return h(
    'div',
    { class: 'tenths', 'aria-hidden': 'true' },
    Array.from({ length: 10 }, (_, i) => h('span', { class: `tenth ${i < filled ? 'tenth-on' : ''}` })),
  );
}
