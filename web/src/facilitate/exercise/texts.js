// SPDX-License-Identifier: AGPL-3.0-or-later
// A text in each language of an exercise, one row a language.
import { h } from '../../core/dom.js';
import { textInput } from '../form.js';

/**
 * Writes into `text` as it is typed.
 * @param {object} options
 * @param {import('../main.js').App} options.app
 * @param {string} options.title
 * @param {Record<string, string>} options.text
 * @param {boolean} [options.optional] it may be left out, in all languages alike
 * @param {() => void} [options.onInput]
 */
export function createTexts({ app, title, text, optional = false, onInput }) {
  const inputs = Object.keys(text).map((code) => {
    const input = textInput({
      value: text[code],
      lang: code,
      maxlength: 300,
      oninput: () => write(code, input.value),
    });
    return { code, input };
  });
  /** @param {string} code @param {string} words */
  function write(code, words) {
    text[code] = words;
    require();
    onInput?.();
  }
  function require() {
    const needed = !optional || Object.values(text).some((words) => words.trim() !== '');
    // what is left out of a draft is said in the first language until somebody translates it
    for (const { code, input } of inputs) input.required = needed && !app.i18n.isDraft(code);
  }
  require();
  return h(
    'fieldset',
    { class: 'texts' },
    h('legend', { class: 'field-label' }, title),
    inputs.map(({ code, input }) =>
      h('label', { class: 'text-row' }, h('span', { class: 'soft small' }, app.i18n.autonym(code)), input),
    ),
  );
}
