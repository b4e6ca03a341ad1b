// SPDX-License-Identifier: AGPL-3.0-or-later
// The answers of a question that has a list of them: words, an icon, and for categories a colour and a
// shape.
import { h, replace } from '../../core/dom.js';
import { focusFirst } from '../../core/focus.js';
import { icon } from '../../core/icon.js';
import { shapePaths } from '../../map/shapes.js';
import { createSymbol } from '../../map/symbol.js';
import { button, field, selectInput } from '../form.js';
import { emptyText, freeId, removeOption } from './document.js';
import { openIconPicker } from './icon_picker.js';
import { createTexts } from './texts.js';

/** @typedef {import('../../core/exercise.js').Option} Option */

/** Apart from each other and from paper, for categories that are added. */
const colours = ['#4477aa', '#cc6677', '#228833', '#ccbb44', '#aa3377', '#66ccee', '#ee7733', '#555555'];

/** @param {{editing: import('./editor.js').Editing, question: import('./document.js').Field}} deps */
export function createAnswersEditor({ editing, question }) {
  const { app, doc, note } = editing;
  const { t } = app.i18n;
  const options = /** @type {Option[]} */ (question.options);
  const isCategory = question.id === doc.category;
  const list = h('ul', {});
  const more = button({ label: t('staff.editor.add_answer'), icon: 'plus', small: true, run: add });

  function draw() {
    replace(list, options.map(row));
  }
  function add() {
    /** @type {Option} */
    const option = { id: freeId('answer', options), label: emptyText(doc) };
    const number = options.length;
    const sign = {
      icon: 'star',
      colour: colours[number % colours.length],
      shape: Object.keys(shapePaths)[number % Object.keys(shapePaths).length],
    };
    options.push(isCategory ? { ...option, ...sign } : option);
    note();
    draw();
    /** @type {HTMLElement | null} */ (list.lastElementChild?.querySelector('input'))?.focus();
  }
  /** @param {number} index */
  function remove(index) {
    removeOption(doc, question, index);
    note();
    draw();
    focusFirst(/** @type {HTMLElement} */ (list.children[Math.min(index, options.length - 1)]));
  }
  /** @param {Option} option @param {number} index */
  function row(option, index) {
    const number = index + 1;
    const sign = h('button', {
      class: 'answer-sign',
      type: 'button',
      'aria-label': t('staff.editor.choose_icon', { number }),
      onclick: choose,
    });
    const drawSign = () =>
      replace(sign, isCategory ? createSymbol(option, { size: 48 }) : icon(option.icon ?? 'plus'));
    async function choose() {
      const chosen = await openIconPicker({
        app,
        labels: await editing.iconLabels(),
        chosen: option.icon,
        optional: !isCategory,
      });
      if (chosen === null) return;
      if (chosen) option.icon = chosen;
      else delete option.icon;
      note();
      drawSign();
    }
    drawSign();
    const helps = doc.help?.field === question.id && doc.help.option === option.id;
    return h(
      'li',
      { class: 'answer-row' },
      sign,
      h(
        'div',
        { class: 'answer-words' },
        createTexts({ app, title: t('staff.editor.answer', { number }), text: option.label }),
        helps && h('p', { class: 'badge badge-warn' }, icon('lifebuoy'), t('staff.editor.helps')),
        isCategory && createSignEditor(option, drawSign),
      ),
      h(
        'button',
        {
          class: 'button-round',
          type: 'button',
          'aria-label': t('staff.editor.remove_answer', { number }),
          disabled: options.length < 2,
          onclick: () => remove(index),
        },
        icon('trash'),
      ),
    );
  }
  /** @param {Option} option @param {() => void} redraw */
  function createSignEditor(option, redraw) {
    const colour = h('input', {
      type: 'color',
      class: 'input input-colour',
      value: option.colour,
      oninput: () => ((option.colour = colour.value), redraw()),
    });
    const shape = selectInput(
      Object.keys(shapePaths).map((name) => [name, t(`staff.shape.${name}`)]),
      option.shape ?? 'circle',
      { onchange: () => ((option.shape = shape.value), redraw()) },
    );
    return h(
      'div',
      { class: 'columns' },
      field({ label: t('staff.overlay.colour'), input: colour }).element,
      field({ label: t('staff.editor.shape'), input: shape }).element,
    );
  }
  draw();
  const element = h('div', { class: 'stack' }, h('h3', {}, t('staff.editor.answers')), list, more);
  return { element, destroy: () => element.remove() };
}
