// SPDX-License-Identifier: AGPL-3.0-or-later
// The words of a finding: what is said, what should change, who can act, how soon.
import { h } from '../../core/dom.js';
import { icon, shapeIcons } from '../../core/icon.js';
import { createSymbol } from '../../map/symbol.js';
import { button, choice, field, onSubmit, selectInput, textArea, watchTyping } from '../form.js';
import { failAt } from '../problem.js';
import { actors, shapeOfGeometry, statementLength, urgencies } from './model.js';

/** @typedef {import('./model.js').FindingBody} FindingBody */

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {string[]} deps.languages of the session
 * @param {Partial<FindingBody>} deps.start what is known so far; always a geometry
 * @param {boolean} deps.agreed whether the group has agreed to the words that are changed now
 * @param {(so_far: FindingBody) => void} deps.onPlace to choose another place
 * @param {(body: FindingBody) => Promise<void>} deps.onSave
 * @param {() => void} deps.onCancel
 */
export function createFindingForm({ app, languages, start, agreed, onPlace, onSave, onCancel }) {
  const { t, autonym } = app.i18n;
  const geometry = /** @type {GeoJSON.Geometry} */ (start.geometry);
  const shape = shapeOfGeometry(geometry);
  const statement = wordsField('statement', true);
  const recommendation = wordsField('recommendation', false);
  const who = choice({
    legend: t('staff.finding.who'),
    value: start.who ?? '',
    class: 'choice-small',
    choices: actors.map((one) => ({
      value: one.id,
      icon: one.icon,
      label: t(`staff.finding.who_${one.id}`),
    })),
  });
  const urgency = choice({
    legend: t('staff.finding.urgency'),
    value: start.urgency ?? '',
    class: 'choice-small',
    choices: urgencies.map((one) => ({
      value: one.id,
      sign: createSymbol(one, { size: 32 }),
      label: t(`staff.finding.urgency_${one.id}`),
    })),
  });
  const codes = [...new Set([...languages, ...(start.language ? [start.language] : [])])];
  const present = app.i18n.language.get().split('-')[0];
  const language = field({
    label: t('staff.finding.language'),
    input: selectInput(
      codes.map((code) => [code, autonym(code)]),
      start.language ?? (codes.includes(present) ? present : codes[0]),
    ),
  });
  const form = h(
    'form',
    { class: 'stack finding-form' },
    h('h2', { class: 'panel-title' }, t(start.statement ? 'staff.finding.change' : 'staff.finding.words')),
    agreed && h('p', { class: 'note note-warn' }, icon('warning'), h('span', {}, t('staff.finding.again'))),
    h(
      'div',
      { class: 'finding-where' },
      icon(shapeIcons[shape]),
      h('span', { class: 'finding-shape' }, t(`draw.${shape}`)),
      button({ label: t('staff.finding.move'), icon: 'move', small: true, run: () => onPlace(read()) }),
    ),
    statement.element,
    recommendation.element,
    urgency.element,
    who.element,
    language.element,
    h(
      'div',
      { class: 'form-foot' },
      button({ label: t('staff.finding.save'), icon: 'next', tone: 'primary', type: 'submit' }),
      button({ label: t('common.cancel'), tone: 'quiet', run: onCancel }),
    ),
  );
  const typing = watchTyping(form);

  /** @param {"statement" | "recommendation"} key @param {boolean} required */
  function wordsField(key, required) {
    return field({
      label: t(`staff.finding.${key}`),
      hint: t(`staff.finding.${key}_hint`),
      input: textArea({
        class: 'textarea finding-text',
        value: start[key] ?? '',
        required,
        maxlength: statementLength,
      }),
    });
  }
  /** @returns {FindingBody} */
  const read = () => ({
    geometry,
    statement: statement.input.value.trim(),
    recommendation: recommendation.input.value.trim(),
    who: who.value(),
    urgency: urgency.value(),
    language: language.input.value,
  });
  onSubmit(form, async () => {
    const body = read();
    if (body.statement === '') {
      statement.setError(t('staff.finding.statement_missing'));
      return statement.input.focus();
    }
    try {
      await onSave(body);
      typing.saved();
    } catch (problem) {
      failAt(app, problem, { statement, recommendation, language });
    }
  });
  return { element: form, typed: typing.typed, destroy: () => form.remove() };
}
