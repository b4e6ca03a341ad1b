// SPDX-License-Identifier: AGPL-3.0-or-later
// What may be published, when, and what is missing, in words. Pure.

/** @typedef {import('../types.js').Text} Text */
/** @typedef {{id: string, title: Text | string}} Slice one map of an edition */
/**
 * @typedef {object} PublicationExercise
 * @property {string} key
 * @property {Text | string} title
 * @property {{name: string, floor: number, noise_max: number, base_m: number}} profile
 * @property {boolean} ended
 * @property {{open: number, waiting: number, counted: number, at_once: number}} sessions at_once: of those counted, let people in unseen
 * @property {{counted: number, new: number, needed: number}} attendances needed: new ones, for the next edition
 * @property {{no_author: number, no_consent: number, not_approved: number}} left_out
 * @property {{sessions: number, people: number, days: number}} missing
 * @property {"new" | "carried" | "nothing"} outcome
 */
/**
 * @typedef {object} PublishedEdition
 * @property {number} number
 * @property {number} revision
 * @property {string} published_on YYYY-MM-DD
 * @property {boolean} there its file can be read
 * @property {Slice[]} slices
 * @property {{id: number, statement: string}[]} findings
 * @property {{id: number, title: string}[]} assets
 * @property {string[]} taken_down
 * @property {string} url
 */
/**
 * @typedef {object} Publication
 * @property {number} floor 0: the profile's
 * @property {PublishedEdition[]} editions newest first
 * @property {{may: boolean, from: string | null, why: string[]}} next
 * @property {PublicationExercise[]} exercises
 * @property {{agreed: number, draft: number}} findings
 * @property {{approved: number, candidates: number}} assets
 * @property {{id: number, title: string, kind: string}[]} overlays
 * @property {string | null} job
 */
/**
 * @typedef {object} PreviewExercise
 * @property {string} key
 * @property {"new" | "carried" | "nothing"} outcome
 * @property {number} coverage 0 to 1: of what people marked, what would show
 * @property {number} leaves
 * @property {(Slice & {leaves: number, shown: number})[]} slices
 * @property {number | null} people_for_80 how many people more would show 80%
 */
/** @typedef {{exercises: PreviewExercise[], why: string[]}} PreviewReport */
/** @typedef {{t: import('../../core/translate.js').Translate, language: string}} Words */

/** What hinders is a key that is not in its place, and not somebody who publishes at the same time. @param {any} problem */
export const lacksKey = ({ code, where = '' }) => code === 'CONFLICT' && where.startsWith('keys/');

/** As an address has it: "2", and "2.1" after something was taken down once. @param {{number: number, revision: number}} edition */
export const editionName = ({ number, revision }) =>
  revision > 1 ? `${number}.${revision - 1}` : String(number);

/** Whose map a slice is: "safety-map" of "safety-map.time.night". @param {string} id */
export const exerciseOf = (id) => id.split('.')[0];

/** The map of all that an exercise asked; its title is the exercise's. @param {string} id */
export const isWhole = (id) => id.endsWith('.all');

/** Things in a row, as one says them. @param {string} language @param {string[]} things */
export const listed = (language, things) =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(things);

/** "3 more sessions and 40 more people"; "" when nothing is missing. @param {Words} words @param {PublicationExercise['missing']} missing */
export function missingText({ t, language }, { sessions, people, days }) {
  const things = [
    sessions > 0 && t('staff.publish.more_sessions', { count: sessions }),
    people > 0 && t('staff.publish.more_people', { count: people }),
    days > 0 && t('staff.publish.more_days', { count: days }),
  ].filter((one) => one !== false);
  return listed(language, things);
}

/** Why that is missing, a sentence each. @param {Words} words @param {PublicationExercise} exercise */
export function missingReasons({ t }, { missing, profile, attendances }) {
  const later = attendances.counted > attendances.new; // an edition counted the others
  return [
    missing.sessions > 0 && t('staff.publish.why_sessions'),
    missing.people > 0 &&
      (later
        ? t('staff.publish.why_new', { needed: attendances.needed })
        : t('staff.publish.why_people', { needed: attendances.needed, floor: profile.floor })),
    missing.days > 0 && t('staff.publish.why_days'),
  ].filter((one) => one !== false);
}

/** Coverage as tenths, never more than is true. @param {number} coverage 0 to 1 */
export const tenths = (coverage) => Math.floor(Math.min(1, Math.max(0, coverage)) * 10 + 1e-9);

/** What would show of what people marked. @param {Words} words @param {number} coverage 0 to 1 @param {number} people */
export function coverageText({ t }, coverage, people) {
  const of_ten = tenths(coverage);
  const key = coverage <= 0 ? 'none' : of_ten === 0 ? 'little' : of_ten === 10 ? 'all' : 'some';
  return t(`staff.publish.coverage_${key}`, { count: people, marks: of_ten });
}

/** Why no edition can be made now. @param {Words} words @param {string[]} why */
export function gateReasons({ t }, why) {
  return why
    .map((one) => t(`staff.publish.gate_${one}`))
    .filter((text, i) => text !== `staff.publish.gate_${why[i]}`);
}

/** What an edition that was taken down in part has lost, one entry of `taken_down`. @param {string} entry "finding 3", "asset 4" or a slice's id */
export function takenDownKind(entry) {
  return /^finding\b/.test(entry) ? 'finding' : /^asset\b/.test(entry) ? 'asset' : 'slice';
}
