// SPDX-License-Identifier: AGPL-3.0-or-later
// When a question is asked: always, or after certain answers to an earlier one.
import { h, replace } from '../../core/dom.js';
import { field, selectInput } from '../form.js';
import { earlierChoices } from './document.js';

/** @param {{editing: import('./editor.js').Editing, question: import('./document.js').Field}} deps */
export function createConditionEditor({ editing: { app, doc }, question }) {
  const { t, label } = app.i18n;
  const asked = field({ label: t('staff.editor.asked'), input: selectInput([], '', { onchange: choose }) });
  const answers = h('fieldset', { class: 'texts', 'aria-label': t('staff.editor.asked_answers') });
  const element = h('div', { class: 'stack' }, asked.element, answers);

  function update() {
    const earlier = earlierChoices(doc, question).map(
      (one) =>
        /** @type {[string, string]} */ ([
          one.id,
          t('staff.editor.asked_after', { question: label(one.label) }),
        ]),
    );
    replace(
      asked.input,
      [['', t('staff.editor.asked_always')], ...earlier].map(([value, text]) => h('option', { value }, text)),
    );
    asked.input.value = question.if?.field ?? '';
    element.hidden = earlier.length === 0;
    drawAnswers();
  }
  function choose() {
    const first = doc.fields.find((one) => one.id === asked.input.value)?.options?.[0];
    if (first) question.if = { field: asked.input.value, in: [first.id] };
    else delete question.if;
    drawAnswers();
  }
  function drawAnswers() {
    const options = doc.fields.find((one) => one.id === question.if?.field)?.options ?? [];
    replace(
      answers,
      options.map(({ id, label: words }) => {
        const box = h('input', {
          type: 'checkbox',
          checked: question.if?.in.includes(id),
          onchange: () => set(id, box),
        });
        return h(
          'label',
          { class: 'legend-row legend-switch' },
          box,
          h('span', { class: 'legend-label' }, h('bdi', {}, label(words))),
        );
      }),
    );
    answers.hidden = options.length === 0;
  }
  /** One answer at least stays. @param {string} id @param {HTMLInputElement} box */
  function set(id, box) {
    if (!question.if) return;
    const others = question.if.in.filter((one) => one !== id);
    if (box.checked) question.if.in = [...others, id];
    else if (others.length > 0) question.if.in = others;
    else box.checked = true;
  }
  update();
  return { element, update, destroy: () => element.remove() };
}
