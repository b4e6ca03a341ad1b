// SPDX-License-Identifier: AGPL-3.0-or-later
// Labelled fields of staff forms, each with its own place for an error.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';

let count = 0;

/**
 * @typedef {object} FieldWidget
 * @property {HTMLElement} element
 * @property {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} input
 * @property {(text: string | null) => void} setError
 */

/**
 * @param {object} options
 * @param {string} options.label
 * @param {string} [options.hint]
 * @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} options.input
 * @returns {FieldWidget}
 */
export function field({ label, hint, input }) {
  const id = `field-${++count}`;
  input.id = id;
  const error = h('p', { class: 'field-error', id: `${id}-error`, role: 'alert' });
  const note = hint ? h('p', { class: 'field-hint', id: `${id}-hint` }, hint) : null;
  const describe = [note && `${id}-hint`, `${id}-error`].filter(Boolean).join(' ');
  input.setAttribute('aria-describedby', describe);
  const element = h(
    'div',
    { class: 'field' },
    h('label', { class: 'field-label', for: id }, label),
    note,
    input,
    error,
  );
  error.hidden = true;
  /** @param {string | null} text */
  function setError(text) {
    error.hidden = !text;
    if (text) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
    replace(error, text && icon('warning'), text && h('span', {}, text));
  }
  input.addEventListener('input', () => setError(null));
  return { element, input, setError };
}

/** @param {Record<string, any>} props */
export const textInput = (props = {}) =>
  h('input', { class: 'input', type: 'text', autocomplete: 'off', dir: 'auto', ...props });

/** @param {Record<string, any>} props */
export const textArea = (props = {}) => h('textarea', { class: 'textarea', dir: 'auto', ...props });

/** @param {[string, string][]} options value, label @param {string} value @param {Record<string, any>} props */
export function selectInput(options, value, props = {}) {
  const select = h(
    'select',
    { class: 'select', ...props },
    options.map(([id, label]) => h('option', { value: id }, label)),
  );
  select.value = value;
  return select;
}

/**
 * One of a few, as radio buttons that look like cards.
 * @param {object} options
 * @param {string} options.legend
 * @param {{value: string, label: string, hint?: string, icon?: string, sign?: Node}[]} options.choices
 * @param {string} options.value none of them: nothing is chosen yet, and something must be
 * @param {string} [options.class] of the cards
 * @param {(value: string) => void} [options.onChange]
 */
export function choice({ legend, choices, value, class: extra = '', onChange }) {
  const name = `choice-${++count}`;
  let chosen = value;
  const element = h(
    'fieldset',
    { class: 'choice' },
    h('legend', { class: 'field-label' }, legend),
    h(
      'div',
      { class: `choice-cards ${extra}` },
      choices.map((one) =>
        h(
          'label',
          { class: 'choice-card' },
          h('input', {
            type: 'radio',
            name,
            value: one.value,
            checked: one.value === value,
            required: true,
            onchange: () => {
              chosen = one.value;
              onChange?.(chosen);
            },
          }),
          one.sign ?? (one.icon && icon(one.icon)),
          h(
            'span',
            { class: 'choice-words' },
            h('strong', {}, one.label),
            one.hint && h('span', { class: 'soft small' }, one.hint),
          ),
        ),
      ),
    ),
  );
  return { element, value: () => chosen };
}

/**
 * Whether something was typed or chosen since `element` was made, or since `saved`.
 * @param {HTMLElement} element
 */
export function watchTyping(element) {
  let typed = false;
  for (const event of ['input', 'change']) element.addEventListener(event, () => (typed = true));
  return { typed: () => typed, note: () => (typed = true), saved: () => (typed = false) };
}

/** A switch. @param {string} label @param {boolean} on @param {string} [hint] @param {Node} [sign] */
export function toggle(label, on, hint, sign) {
  const input = h('input', { type: 'checkbox', checked: on });
  const element = h(
    'label',
    { class: 'toggle' },
    input,
    sign,
    h(
      'span',
      { class: 'choice-words' },
      h('strong', {}, label),
      hint && h('span', { class: 'soft small' }, hint),
    ),
  );
  return { element, value: () => input.checked };
}

/**
 * @typedef {object} ButtonOptions
 * @property {string} label
 * @property {string} [about] of what, where a row has it beside the button: read out alone
 * @property {string} [icon]
 * @property {"plain" | "primary" | "quiet" | "danger"} [tone]
 * @property {boolean} [small]
 */

/** @param {ButtonOptions & {type?: "button" | "submit", run?: (event: Event) => void}} options */
export function button({ type = 'button', run, ...look }) {
  return h('button', { class: buttonClass(look), type, onclick: run }, buttonContent(look));
}

/** A link that looks like a button. @param {ButtonOptions & {to: string}} options */
export function linkButton({ to, ...look }) {
  return h('a', { class: buttonClass(look), href: `#/${to}` }, buttonContent(look));
}

/** @param {ButtonOptions} look */
const buttonClass = ({ tone = 'plain', small }) => `button button-${tone} ${small ? 'button-small' : ''}`;

/** @param {ButtonOptions} look */
const buttonContent = ({ icon: name, label, about }) => [
  name ? icon(name) : null,
  h('span', {}, label, about && h('span', { class: 'visually-hidden' }, ': ', h('bdi', {}, about))),
];

/**
 * Runs a submission once at a time; the button says that it is under way. A field that is not filled in
 * and folded away is unfolded first.
 * @param {HTMLFormElement} form @param {() => Promise<void>} submit
 */
export function onSubmit(form, submit) {
  form.addEventListener(
    'invalid',
    ({ target }) => {
      const folded = /** @type {HTMLElement} */ (target).closest('details');
      if (folded) folded.open = true;
    },
    true,
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const send = /** @type {HTMLButtonElement | null} */ (form.querySelector('button[type=submit]'));
    if (send?.disabled) return;
    if (send) send.disabled = true;
    form.setAttribute('aria-busy', 'true');
    try {
      await submit();
    } finally {
      form.removeAttribute('aria-busy');
      if (send) send.disabled = false;
    }
  });
}
