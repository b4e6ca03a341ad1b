// SPDX-License-Identifier: AGPL-3.0-or-later
// Why a row is refused, in the page's language: the server says it in English. Pure.

/** What the server says, "…" being any words of the file or the exercise, and the text that says the same. */
export const reasons = /** @type {const} */ ([
  ['is not a number', 'number'],
  ['is empty', 'empty'],
  ['is missing', 'place'],
  ['is not a date in this order', 'date'],
  ['"…" is mapped to no option of the question "…"', 'option'],
  ['"…" is no option of the question "…"', 'option'],
  ['is no option of this question', 'option_any'],
  ['needs an answer', 'needed'],
  ["is out of this question's range", 'range'],
  ['is not a whole number', 'whole'],
  ['is too long', 'long'],
  ['is not asked after the other answers', 'not_asked'],
  ["lies far outside the session's area", 'far'],
  ['lies where this coordinate reference system does not reach', 'reach'],
  ['a contribution is one point, line or area', 'shape'],
  ['this category is not drawn as …', 'shape'],
  ['has more cells than the header', 'cells'],
  ['the file has no column "…"', 'column'],
  ['no such coordinate reference system', 'crs'],
  ['was imported into this session before', 'again'],
]);

const patterns = reasons.map(([said, key]) => {
  const words = said.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/…/g, '(.*?)');
  return { expression: new RegExp(`^${words}$`, 's'), key };
});

/** @param {import('../../core/translate.js').Translate} t @param {string} why as the server says it */
export function reasonText(t, why) {
  for (const { expression, key } of patterns) {
    const found = expression.exec(why);
    if (found) return t(`staff.reason.${key}`, { value: found[1] ?? '' });
  }
  return why;
}
