// SPDX-License-Identifier: AGPL-3.0-or-later
// Two versions of one mark side by side: where each lies, what each says. One of them stays.
import { createAnswers } from '../../core/answers_view.js';
import { openDialog } from '../../core/dialog.js';
import { h } from '../../core/dom.js';
import { categoryOption } from '../../core/exercise.js';
import { icon } from '../../core/icon.js';
import { createMap } from '../../map/map.js';
import { createMarkers, middleOf } from '../../map/markers.js';
import { createSymbol } from '../../map/symbol.js';

/** @typedef {import('./conflicts.js').Conflict} Conflict */
/** @typedef {{geometry: GeoJSON.Geometry, category: string, answers: Record<string, any>}} Version */

const marginDeg = 0.002;

/** A box round both, so that the two maps show the same streets. @param {GeoJSON.Geometry[]} geometries @returns {[number, number, number, number]} */
export function boxAroundAll(geometries) {
  const points = geometries.flatMap((geometry) => positions(/** @type {any} */ (geometry).coordinates));
  const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
  return [
    Math.min(...lons) - marginDeg,
    Math.min(...lats) - marginDeg,
    Math.max(...lons) + marginDeg,
    Math.max(...lats) + marginDeg,
  ];
}

/** @param {any} coordinates @returns {[number, number][]} */
function positions(coordinates) {
  return typeof coordinates[0] === 'number' ? [coordinates] : coordinates.flatMap(positions);
}

/** What tells two versions apart. @param {Version} a @param {Version} b @returns {("place" | "category" | "answers")[]} */
export function differences(a, b) {
  const answers = (/** @type {Version} */ v) => JSON.stringify(Object.entries(v.answers).sort());
  const [one, other] = [middleOf(a.geometry), middleOf(b.geometry)];
  const moved = one.lat !== other.lat || one.lng !== other.lng;
  /** @type {("place" | "category" | "answers")[]} */
  const found = [];
  if (moved || JSON.stringify(a.geometry) !== JSON.stringify(b.geometry)) found.push('place');
  if (a.category !== b.category) found.push('category');
  else if (answers(a) !== answers(b)) found.push('answers');
  return found;
}

/**
 * @param {{live: import('../live/live.js').Live, conflict: Conflict, left: number}} deps
 * @returns {Promise<"stored" | "sent" | null>} null: later
 */
export async function chooseVersion({ live, conflict, left }) {
  const { i18n, api } = live.app;
  const { t, label } = i18n;
  const { stored, sent, kind } = conflict;
  /** @type {Version} */
  const now = { geometry: stored.geometry, category: stored.properties.category, answers: stored.properties.answers };
  const bbox = boxAroundAll([now.geometry, ...(sent ? [sent.geometry] : [])]);
  /** @type {(() => void)[]} */
  const ends = [];

  /** @param {Version} version @param {string} letter @param {string} heading @param {string} words */
  function column(version, letter, heading, words) {
    const option = categoryOption(live.exercise, version.category);
    const name = label(option?.label) || version.category;
    const widget = createMap({ api, i18n, bbox, basemap: live.session.base_maps });
    const markers = createMarkers({ map: widget.map, size: 46, look: () => ({ ...option, label: name }) });
    markers.set([{ type: 'Feature', id: letter, geometry: version.geometry, properties: {} }]);
    ends.push(widget.destroy, markers.destroy);
    const frame = h('div', { class: 'version-map' }, widget.element);
    return h(
      'section',
      { class: 'version' },
      h('h3', {}, h('span', { class: 'version-letter', 'aria-hidden': 'true' }, letter), heading),
      h('p', { class: 'soft small' }, words),
      frame,
      h('p', { class: 'version-name' }, createSymbol(option ?? {}, { size: 32 }), h('bdi', {}, name)),
      createAnswers(i18n, live.exercise, version.answers),
    );
  }
  const gone = () =>
    h(
      'section',
      { class: 'version' },
      h('h3', {}, h('span', { class: 'version-letter', 'aria-hidden': 'true' }, 'B'), t('staff.conflict.sent')),
      h('p', { class: 'note' }, icon('trash'), h('span', {}, t('staff.conflict.removal'))),
    );
  const differ = sent ? differences(now, sent) : [];
  const answer = await openDialog({
    title: t('staff.conflict.title'),
    icon: 'copy',
    class: 'dialog-wide',
    closeLabel: t('staff.conflict.later'),
    body: [
      h(
        'p',
        {},
        t(`staff.conflict.${kind}_text`, { name: stored.properties.participant ?? t('staff.live.for_room') }),
      ),
      h(
        'p',
        { class: 'badges' },
        differ.map((what) => h('span', { class: 'badge badge-warn' }, icon('compare'), t(`staff.conflict.differ_${what}`))),
        left > 1 && h('span', { class: 'badge' }, t('staff.conflict.waiting', { count: left })),
      ),
      h(
        'div',
        { class: 'versions' },
        column(now, 'A', t('staff.conflict.stored'), t('staff.conflict.stored_text')),
        sent ? column(sent, 'B', t('staff.conflict.sent'), t('staff.conflict.sent_text')) : gone(),
      ),
    ],
    actions: [
      { label: t('staff.conflict.keep_stored'), value: 'stored', icon: 'check' },
      {
        label: t(sent ? 'staff.conflict.keep_sent' : 'staff.conflict.keep_removal'),
        value: 'sent',
        icon: sent ? 'check' : 'trash',
      },
      { label: t('staff.conflict.later') },
    ],
  });
  for (const end of ends.reverse()) end();
  return /** @type {"stored" | "sent" | null} */ (answer);
}
