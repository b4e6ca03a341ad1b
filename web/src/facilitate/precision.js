// SPDX-License-Identifier: AGPL-3.0-or-later
// How finely positions may be kept. Pure.

const metres = [0, 25, 50, 100, 250];

/**
 * Values and labels for a select; a sensitive exercise is never exact.
 * @param {import('../core/translate.js').Translate} t @param {{sensitivity: string}} exercise
 * @returns {[string, string][]}
 */
export function precisionOptions(t, { sensitivity }) {
  const allowed = metres.filter((count) => count > 0 || sensitivity !== 'sensitive');
  return allowed.map((count) => [
    String(count),
    count === 0 ? t('staff.form.exact') : t('staff.form.metres', { count }),
  ]);
}
