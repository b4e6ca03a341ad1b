// SPDX-License-Identifier: AGPL-3.0-or-later
// The languages of a session, and the text that people agree to in each of them.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { field, textArea, toggle } from './form.js';

/** More texts than these are folded away. */
const fewTexts = 3;

/** @param {{app: import('./main.js').App, session: import('./types.js').Session | null}} deps */
export function createLanguagesEditor({ app, session }) {
  const { t, language, autonym, textIn } = app.i18n;
  const toggles = h('div', { class: 'toggles' });
  const error = h(
    'p',
    { class: 'field-error', role: 'alert', hidden: true },
    icon('warning'),
    h('span', {}, t('staff.form.languages_none')),
  );
  const texts = h('div', { class: 'stack' });
  const folded = h('div', { class: 'stack' });
  const count = h('strong', { class: 'summary-words' });
  const others = h('details', { class: 'question' }, h('summary', {}, count), folded);
  const element = h(
    'div',
    { class: 'stack' },
    toggles,
    error,
    h('h3', {}, t('staff.form.consent')),
    h('p', { class: 'field-hint' }, t('staff.form.consent_hint')),
    texts,
  );
  /** @type {Map<string, ReturnType<typeof createLanguage>>} */
  const known = new Map();
  /** @type {string[]} */
  let codes = [];

  /** @param {string} code */
  function createLanguage(code) {
    const own = session?.languages.includes(code);
    const on = toggle(autonym(code), own ?? true); // whoever comes reads it in hers
    const text = field({
      label: autonym(code),
      input: textArea({ lang: code, maxlength: 2000, value: session?.consent[code] ?? '' }),
    });
    if (session?.consent[code] === undefined) suggest(code, text.input);
    on.element.addEventListener('change', drawTexts);
    return { on, text };
  }
  /** What a session starts with; languages that the tablets do not speak are written by the team.
   * @param {string} code @param {{value: string}} input */
  async function suggest(code, input) {
    const words = await textIn(code, 'consent.default').catch(() => '');
    if (input.value === '') input.value = words;
  }
  const chosen = () => codes.filter((code) => known.get(code)?.on.value());
  function drawTexts() {
    error.hidden = chosen().length > 0;
    // hers first
    const hers = (/** @type {string} */ code) => Number(code === language.get());
    const inOrder = chosen().sort((a, b) => hers(b) - hers(a));
    const fields = inOrder.map((code) => /** @type {any} */ (known.get(code)).text.element);
    const few = fields.length <= fewTexts;
    replace(count, t('staff.form.consent_others', { count: fields.length - 1 }));
    replace(folded, few ? [] : fields.slice(1));
    replace(texts, few ? fields : [fields[0], others]);
  }
  return {
    element,
    /** Those of the exercise; the session's own stay. @param {string[]} more */
    offer(more) {
      codes = [...new Set([...(session?.languages ?? []), ...more])];
      for (const code of codes) if (!known.has(code)) known.set(code, createLanguage(code));
      replace(
        toggles,
        codes.map((code) => /** @type {any} */ (known.get(code)).on.element),
      );
      drawTexts();
    },
    /** Whether there is one; says so when not. */
    check() {
      if (chosen().length > 0) return true;
      toggles.querySelector('input')?.focus();
      return false;
    },
    value() {
      const consent = chosen().map((code) => [code, known.get(code)?.text.input.value.trim() ?? '']);
      return { languages: chosen(), consent: Object.fromEntries(consent.filter(([, text]) => text !== '')) };
    },
    destroy: () => element.remove(),
  };
}
