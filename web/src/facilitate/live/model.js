// SPDX-License-Identifier: AGPL-3.0-or-later
// What the live map knows and what of it is shown. Pure.
import { categoryField } from '../../core/exercise.js';

/**
 * @typedef {object} MarkProperties
 * @property {string} category
 * @property {Record<string, any>} answers
 * @property {"pending" | "approved" | "hidden"} state
 * @property {number} version
 * @property {string | null} participant
 * @property {string} [created]
 */
/** @typedef {GeoJSON.Feature<GeoJSON.Geometry, MarkProperties> & {id: string}} Mark */
/**
 * @typedef {object} Filter
 * @property {Set<string>} categories those shown
 * @property {string} when an answer of the exercise's "when" question; "": all
 * @property {string} state "shown" (all but hidden), "all", or one state
 */
/** @typedef {{type: "put", mark: Mark} | {type: "remove", id: string}} Change */

/** @param {import('../../core/exercise.js').Exercise} exercise @returns {Filter} */
export function everything(exercise) {
  return { categories: new Set((categoryField(exercise).options ?? []).map((one) => one.id)), when: '', state: 'shown' };
}

/** The question about the time of day, when the exercise asks one. @param {import('../../core/exercise.js').Exercise} exercise */
export function whenField(exercise) {
  return exercise.fields.find((field) => field.id === 'when' && field.type === 'several');
}

/** @param {Mark} mark @param {Filter} filter */
export function passes({ properties: { category, state, answers } }, filter) {
  if (!filter.categories.has(category)) return false;
  if (filter.state === 'shown' ? state === 'hidden' : filter.state !== 'all' && state !== filter.state) return false;
  return filter.when === '' || (Array.isArray(answers.when) && answers.when.includes(filter.when));
}

/** How many marks of each category pass the other filters. @param {Iterable<Mark>} marks @param {Filter} filter */
export function countByCategory(marks, filter) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const mark of marks) {
    const { category } = mark.properties;
    if (passes(mark, { ...filter, categories: new Set([category]) })) counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return counts;
}

/**
 * The marks of a session, with a freeze: while it is frozen, what arrives waits.
 * @param {() => void} onChange
 */
export function createMarks(onChange) {
  /** @type {Map<string, Mark>} */
  const marks = new Map();
  /** @type {Change[]} */
  let waiting = [];
  let frozen = false;

  /** @param {Change} change */
  function apply(change) {
    if (change.type === 'remove') {
      marks.delete(change.id);
      return;
    }
    const known = marks.get(change.mark.id);
    if (!known || known.properties.version <= change.mark.properties.version) marks.set(change.mark.id, change.mark);
  }
  return {
    /** Newest first. */
    all: () => [...marks.values()].reverse(),
    /** @param {string} id */
    get: (id) => marks.get(id),
    /** In the place of all; oldest first. @param {Mark[]} list */
    reset(list) {
      marks.clear();
      waiting = [];
      for (const mark of list) marks.set(mark.id, mark);
      onChange();
    },
    /** @param {Change} change */
    take(change) {
      if (frozen) waiting.push(change);
      else apply(change);
      onChange();
    },
    /** @param {boolean} on */
    freeze(on) {
      frozen = on;
      if (!on) {
        waiting.forEach(apply);
        waiting = [];
      }
      onChange();
    },
    get frozen() {
      return frozen;
    },
    get waiting() {
      return waiting.length;
    },
  };
}
/** @typedef {ReturnType<typeof createMarks>} Marks */
