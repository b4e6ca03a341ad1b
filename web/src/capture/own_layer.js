// SPDX-License-Identifier: AGPL-3.0-or-later
// One's own marks on the map, and what they are called.
import { categoryOption, categoryField } from '../core/exercise.js';
import { createMarkers, middleOf } from '../map/markers.js';

/** @typedef {import("./marks.js").Own} Own */

/**
 * @param {object} deps
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {import("leaflet").Map} deps.map
 * @param {import("../core/exercise.js").Exercise} deps.exercise
 * @param {import("./marks.js").Marks} deps.marks
 * @param {(own: Own) => void} deps.onSelect
 */
export function createOwnLayer({ i18n, map, exercise, marks, onSelect }) {
  /** The n-th of its category, oldest first: two marks are never called the same. @param {Own} own */
  function numberOf(own) {
    const same = marks.store
      .get()
      .filter((o) => o.category === own.category)
      .map((o) => o.id)
      .sort();
    return same.length > 1 ? ` ${i18n.number(same.indexOf(own.id) + 1)}` : '';
  }
  /** @param {Own} own @returns {{label: string, sign: import("../map/symbol.js").Sign}} */
  function describe(own) {
    const option = categoryOption(exercise, own.category);
    return {
      label: i18n.label(option?.label ?? categoryField(exercise).label) + numberOf(own),
      sign: option ?? {},
    };
  }
  /** @param {Own} own */
  const toFeature = (own) =>
    /** @type {import("../map/markers.js").Mark} */ ({
      type: 'Feature',
      id: own.id,
      geometry: own.geometry,
      properties: own,
    });
  const markers = createMarkers({
    map,
    groupRadius: 0,
    size: 42,
    onSelect: (mark) => onSelect(/** @type {Own} */ (mark.properties)),
    look(mark) {
      const own = /** @type {Own} */ (mark.properties);
      const { label, sign } = describe(own);
      const status = {
        sent: '',
        draft: 'map-mark-waiting',
        waiting: 'map-mark-waiting',
        refused: 'map-mark-refused',
        beside: '',
      }[own.status];
      return { ...sign, label, class: status };
    },
  });
  const show = () => markers.set(marks.store.get().map(toFeature));
  const stop = marks.store.subscribe(show);
  show();
  return {
    describe,
    select: markers.select,
    /** @param {Own} own */
    goTo(own) {
      map.setView(middleOf(own.geometry), Math.max(map.getZoom(), 15), { animate: false });
    },
    destroy() {
      stop();
      markers.destroy();
    },
  };
}
