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
 * @property {string} [changed]
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
  return {
    categories: new Set((categoryField(exercise).options ?? []).map((one) => one.id)),
    when: '',
    state: 'shown',
  };
}

/** The question about the time of day, when the exercise asks one. @param {import('../../core/exercise.js').Exercise} exercise */
export function whenField(exercise) {
  return exercise.fields.find((field) => field.id === 'when' && field.type === 'several');
}

/** @param {Mark} mark @param {Filter} filter */
export function passes({ properties: { category, state, answers } }, filter) {
  if (!filter.categories.has(category)) return false;
  if (filter.state === 'shown' ? state === 'hidden' : filter.state !== 'all' && state !== filter.state)
    return false;
  return filter.when === '' || (Array.isArray(answers.when) && answers.when.includes(filter.when));
}

/** The icon that says how a mark stands, where it is not simply there. */
export const stateBadges = { pending: 'clock', hidden: 'eye-off', approved: undefined };

/** Whether it waits for approval. @param {Mark} mark */
export const isPending = (mark) => mark.properties.state === 'pending';

/** How many marks of each category pass the other filters. @param {Iterable<Mark>} marks @param {Filter} filter */
export function countByCategory(marks, filter) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const mark of marks) {
    const { category } = mark.properties;
    if (passes(mark, { ...filter, categories: new Set([category]) }))
      counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return counts;
}

/** Two of the same say the same. @param {Mark} mark */
const stamp = ({ properties: { version, state } }) => `${version} ${state}`;

/** What changed between the marks that are known and a list of all. @param {Map<string, Mark>} known @param {Mark[]} list @returns {Change[]} */
function differences(known, list) {
  const there = new Set(list.map((mark) => mark.id));
  const gone = [...known.keys()].filter((id) => !there.has(id));
  return [
    ...list.map((mark) => /** @type {Change} */ ({ type: 'put', mark })),
    ...gone.map((id) => /** @type {Change} */ ({ type: 'remove', id })),
  ];
}

/**
 * The marks of a session, with a freeze: while it is frozen, what others do waits.
 * @param {() => void} onChange
 */
export function createMarks(onChange) {
  /** @type {Map<string, Mark>} */
  const marks = new Map();
  /** The last change of each mark. @type {Map<string, Change>} */
  const waiting = new Map();
  let frozen = false;
  let loaded = false;

  /** @param {Change} change */
  function apply(change) {
    if (change.type === 'remove') {
      marks.delete(change.id);
      return;
    }
    const known = marks.get(change.mark.id);
    if (!known || known.properties.version <= change.mark.properties.version)
      marks.set(change.mark.id, change.mark);
  }
  /** @param {Change} change */
  function hold(change) {
    const id = change.type === 'remove' ? change.id : change.mark.id;
    const known = marks.get(id);
    const news = change.type === 'remove' ? known : !known || stamp(known) !== stamp(change.mark);
    if (news) waiting.set(id, change);
    else waiting.delete(id);
  }
  return {
    /** Newest first. */
    all: () => [...marks.values()].reverse(),
    /** @param {string} id */
    get: (id) => marks.get(id),
    /** In the place of all; oldest first. @param {Mark[]} list */
    reset(list) {
      if (frozen && loaded) {
        waiting.clear();
        differences(marks, list).forEach(hold);
      } else {
        marks.clear();
        for (const mark of list) marks.set(mark.id, mark);
      }
      loaded = true;
      onChange();
    },
    /** Something others did, or the echo of what was done here. @param {Change} change */
    take(change) {
      if (frozen) hold(change);
      else apply(change);
      onChange();
    },
    /** Something done here: shown at once, frozen or not. @param {Change} change */
    takeOwn(change) {
      waiting.delete(change.type === 'remove' ? change.id : change.mark.id);
      apply(change);
      onChange();
    },
    /** @param {boolean} on */
    freeze(on) {
      frozen = on;
      if (!on) {
        for (const change of waiting.values()) apply(change);
        waiting.clear();
      }
      onChange();
    },
    get frozen() {
      return frozen;
    },
    /** How many marks changed since the freeze. */
    get waiting() {
      return waiting.size;
    },
  };
}
/** @typedef {ReturnType<typeof createMarks>} Marks */
