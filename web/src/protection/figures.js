// SPDX-License-Identifier: AGPL-3.0-or-later
// What the attacks measured, as attacks with bars, and what was expected of them. Pure; the figures are written
// by tests/attack.

/**
 * @typedef {object} Case one kind of made-up city, published with one profile
 * @property {string} profile "standard" or "sensitive"
 * @property {number} people
 * @property {number} worlds
 * @property {number} isolations true claims that somebody is there, in all worlds
 * @property {number} realistic advantage over a coin: true less false alarms
 * @property {number} omniscient_mean
 * @property {number} omniscient_max
 * @property {number} [omniscient_all] the map of everybody alone
 * @property {number} [omniscient_certain] share of people whose presence is given away for sure
 * @property {number | null} top10
 * @property {number} coverage
 * @property {{no_noise: {people: number, arrivals: number}, no_floor: {people: number}, rotated_key: {recovered_20: number, recovered_100: number}, live_filters: {filters: number, polygons: number, updates: number, any: number}}} weakened
 */
/** @typedef {{made: string, worlds: number, cases: Case[]}} Measured */
/** @typedef {'here' | 'coin' | 'weak'} Tone whose figure it is */
/** @typedef {{name: string, tone: Tone, part: number | null}} Bar part: 0..1; null: the attack cannot even be tried */
/** @typedef {{value: number, goal: number, reached: boolean, above: boolean}} Goal */
/**
 * @typedef {object} Attack
 * @property {string} id
 * @property {string} icon
 * @property {Bar[]} bars
 * @property {Goal} [goal]
 */

/** What was expected before anything was measured: for 300 people. */
const expected = {
  realistic: { standard: 0.08, sensitive: 0.05 },
  omniscient: { standard: 0.3, sensitive: 0.2 },
  top10: 0.8,
  coverage: 0.95,
};
/** @param {string} profile */
const level = (profile) => (profile === 'sensitive' ? 'sensitive' : 'standard');

/** @param {number} value @param {number} goal @returns {Goal} */
const atMost = (value, goal) => ({ value, goal, reached: value <= goal, above: false });
/** @param {number} value @param {number} goal @returns {Goal} */
const atLeast = (value, goal) => ({ value, goal, reached: value >= goal, above: true });

/** @param {Case} one */
export function goalsOf(one) {
  const kind = level(one.profile);
  return {
    isolations: atMost(one.isolations, 0),
    realistic: atMost(one.realistic, expected.realistic[kind]),
    omniscient: atMost(one.omniscient_mean, expected.omniscient[kind]),
    top10: one.top10 === null ? null : atLeast(one.top10, expected.top10),
    coverage: atLeast(one.coverage, expected.coverage),
  };
}

/** Of 100 guesses whether somebody took part, how many are right: a coin has 50. @param {number} advantage */
export const rightGuesses = (advantage) => (1 + advantage) / 2;

/** @param {Case} one @returns {Attack[]} */
export function attacksOf(one) {
  const { no_noise, no_floor, rotated_key, live_filters } = one.weakened;
  const goals = goalsOf(one);
  const found = one.isolations / (one.people * one.worlds);
  const here = (/** @type {number | null} */ part) => bar('here', 'here', part);
  return [
    { id: 'differences', icon: 'compare', goal: goals.isolations, bars: [here(found), bar('no_noise', 'weak', no_noise.people), bar('no_floor', 'weak', no_floor.people)] },
    { id: 'questions', icon: 'search', bars: [here(null), bar('polygons', 'weak', live_filters.polygons), bar('filters', 'weak', live_filters.filters), bar('any', 'weak', live_filters.any)] },
    { id: 'arrivals', icon: 'eye', bars: [here(null), bar('arrivals', 'weak', no_noise.arrivals), bar('updates', 'weak', live_filters.updates)] },
    { id: 'again', icon: 'repeat', bars: [here(null), bar('twenty', 'weak', rotated_key.recovered_20), bar('hundred', 'weak', rotated_key.recovered_100)] },
    { id: 'neighbour', icon: 'home', goal: guesses(goals.realistic), bars: [bar('coin', 'coin', 0.5), here(rightGuesses(one.realistic))] },
    { id: 'knowing', icon: 'people', goal: guesses(goals.omniscient), bars: [bar('coin', 'coin', 0.5), ...oneMap(one), here(rightGuesses(one.omniscient_mean))] },
  ];
}
/** @param {string} name @param {Tone} tone @param {number | null} part @returns {Bar} */
const bar = (name, tone, part) => ({ name, tone, part });
/** @param {Goal} goal @returns {Goal} */
const guesses = (goal) => ({ ...goal, value: rightGuesses(goal.value), goal: rightGuesses(goal.goal) });

/** Each map more tells somebody who knows all the others more. @param {Case} one @returns {Bar[]} */
const oneMap = ({ omniscient_all: all }) => (all === undefined ? [] : [bar('here_one', 'here', rightGuesses(all))]);

/** How good the map still is. @param {Case} one @returns {Attack[]} */
export function usesOf(one) {
  const { top10, coverage } = goalsOf(one);
  const uses = [{ id: 'coverage', icon: 'map', goal: coverage, bars: [bar('here', 'here', coverage.value)] }];
  return top10 ? [...uses, { id: 'top10', icon: 'locate', goal: top10, bars: [bar('here', 'here', top10.value)] }] : uses;
}
