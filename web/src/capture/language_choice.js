// SPDX-License-Identifier: AGPL-3.0-or-later
// Which languages stand first, which behind "more", and what one who chooses one of them is asked in. Pure.
import { nearestIn, sameLanguage } from '../core/translate.js';

/**
 * What a session says of languages.
 * @typedef {object} Asked
 * @property {string[]} languages that it offers
 * @property {Record<string, string>} title of the exercise: every language that its questions are there in
 */

/**
 * The session's first, and hers, wherever it is from; nothing is put away while no session is known.
 * @param {object} given
 * @param {string[]} given.shipped languages of the page
 * @param {Asked | null} given.asked
 * @param {string | null} given.present hers; null: she has not chosen yet
 * @param {string} given.preferred what the browser asks for
 * @returns {{first: string[], more: string[]}}
 */
export function arrangeLanguages({ shipped, asked, present, preferred }) {
  const offered = asked ? asked.languages : shipped;
  const first = present && !offered.includes(present) ? [...offered, present] : [...offered];
  if (present === null) first.sort((a, b) => Number(b === preferred) - Number(a === preferred));
  const more = shipped.filter((code) => !first.some((one) => sameLanguage(one, code)));
  return { first, more };
}

/**
 * What the questions are in for one who chooses a language in which they are not there.
 * @param {string} code @param {Asked | null | undefined} asked
 * @returns {string | null} null: they are there in hers
 */
export function otherLanguage(code, asked) {
  const found = asked && nearestIn(asked.title, code, asked.languages);
  return found && !sameLanguage(found, code) ? found : null;
}
