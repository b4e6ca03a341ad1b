// SPDX-License-Identifier: AGPL-3.0-or-later
// Findings and shared places as marks on the map: what each looks like and is called. Pure but for the texts.

/** @typedef {import('../map/markers.js').Mark} Mark */

/** Colour, shape and word of how soon something should be done. */
export const urgencies = {
  red: { colour: '#b8341b', shape: 'triangle' },
  amber: { colour: '#e3a51c', shape: 'diamond' },
  green: { colour: '#2f7d4f', shape: 'circle' },
};
export const actors = {
  city: { icon: 'town-hall' },
  transport: { icon: 'bus' },
  landlord: { icon: 'key' },
  police: { icon: 'police' },
  association: { icon: 'hands' },
  unknown: { icon: 'question' },
};

/** Urgent ones first, as they came otherwise. @param {GeoJSON.FeatureCollection} collection @returns {Mark[]} */
export function findingMarks({ features }) {
  const order = Object.keys(urgencies);
  return features
    .map((feature) => /** @type {Mark} */ ({ ...feature, id: `finding ${feature.id}` }))
    .sort((a, b) => order.indexOf(a.properties?.urgency) - order.indexOf(b.properties?.urgency));
}

/** @param {GeoJSON.FeatureCollection} collection @returns {Mark[]} */
export function assetMarks({ features }) {
  return features.map((feature) => /** @type {Mark} */ ({ ...feature, id: `asset ${feature.id}` }));
}

/** @param {Mark} mark */
export const isFinding = ({ id }) => id.startsWith('finding ');

/** @param {Mark} mark @returns {import('../map/symbol.js').Sign} */
export function signOf(mark) {
  const { shape, colour, icon } = mark.properties ?? {};
  if (!isFinding(mark))
    return { shape: shape || 'square', colour: colour || undefined, icon: icon || undefined };
  return { ...urgencies[urgencyOf(mark)], icon: actors[actorOf(mark)].icon };
}

/** What it is called. @param {Mark} mark */
export function nameOf(mark) {
  return String((isFinding(mark) ? mark.properties?.statement : mark.properties?.title) ?? '');
}

/** How many findings each of those who can act has, those with none left out. @param {Mark[]} marks @returns {[keyof typeof actors, number][]} */
export function countActors(marks) {
  const known = /** @type {(keyof typeof actors)[]} */ (Object.keys(actors));
  return known
    .map(
      (who) =>
        /** @type {[keyof typeof actors, number]} */ ([
          who,
          marks.filter((mark) => actorOf(mark) === who).length,
        ]),
    )
    .filter(([, count]) => count > 0);
}

/** @param {Mark} mark @returns {keyof typeof actors} */
export function actorOf(mark) {
  const who = mark.properties?.who;
  return Object.hasOwn(actors, who) ? who : 'unknown';
}

/** @param {Mark} mark @returns {keyof typeof urgencies} */
export function urgencyOf(mark) {
  const urgency = mark.properties?.urgency;
  return Object.hasOwn(urgencies, urgency) ? urgency : 'amber';
}

/** @param {Mark[]} marks @param {string | null} who null: all */
export const actedOnBy = (marks, who) => marks.filter((mark) => who === null || actorOf(mark) === who);
