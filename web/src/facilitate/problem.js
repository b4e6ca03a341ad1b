// SPDX-License-Identifier: AGPL-3.0-or-later
// What went wrong, in words with what to do next. Pure.

/** @param {import('../core/translate.js').Translate} t @param {unknown} problem */
export function problemText(t, problem) {
  const {
    code = 'INTERNAL',
    detail = '',
    where = '',
  } = /** @type {import('../core/api.js').Problem} */ (problem);
  const key = `staff.problem.${code}`;
  const known = t(key);
  if (known !== key) return known;
  const told = [where, detail].filter(Boolean).join(': ');
  return `${t('staff.problem.other')} (${[code, told].filter(Boolean).join(', ')})`;
}

/**
 * Says it at the field it is about, or to `fail` when it is about none.
 * @param {import('./main.js').App} app @param {unknown} problem
 * @param {Record<string, import('./form.js').FieldWidget>} fields by name in the body that was sent
 */
export function failAt(app, problem, fields) {
  const { code, where, detail } = /** @type {import('../core/api.js').Problem} */ (problem);
  const field = code === 'BAD_FIELD' ? fields[where] : undefined;
  if (!field) return app.fail(problem);
  field.setError(app.i18n.t('staff.problem.field', { detail }));
  field.input.focus();
}
