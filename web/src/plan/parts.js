// SPDX-License-Identifier: AGPL-3.0-or-later
// Small parts of the planner's page.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { createSymbol } from '../map/symbol.js';

let count = 0;
/** A name that no other control has. */
export const nextName = () => `plan-${++count}`;

/**
 * One of several, as radio buttons in a row.
 * @param {object} options
 * @param {string} options.legend
 * @param {boolean} [options.quiet] the legend is read out alone
 * @param {string} options.name controls of one name exclude each other
 * @param {string} [options.class]
 * @param {{value: string, label: string, sign?: Node | null, note?: string, count?: string}[]} options.choices
 * @param {string | null} options.value
 * @param {(value: string) => void} options.onChange
 */
export function radios({ legend, quiet = false, name, class: extra = '', choices, value, onChange }) {
  return h(
    'fieldset',
    { class: `choices ${extra}` },
    h('legend', { class: quiet ? 'visually-hidden' : 'choices-legend' }, legend),
    h(
      'div',
      { class: 'choices-row' },
      choices.map((one) =>
        h(
          'label',
          { class: `pick ${one.note ? 'pick-faint' : ''}` },
          h('input', {
            type: 'radio',
            class: 'visually-hidden',
            name,
            value: one.value,
            checked: one.value === value,
            onchange: () => onChange(one.value),
          }),
          one.sign,
          h('span', { class: 'pick-words' }, one.label, one.note && h('small', {}, one.note)),
          one.count && h('b', { class: 'pick-count' }, one.count),
        ),
      ),
    ),
  );
}

/** What a slice is known by: its colour with its drawing, or the drawing alone. @param {import('./catalog.js').Slice} slice @param {number} [size] */
export function sliceSign({ colour, icon: name, kind }, size = 28) {
  if (colour) return createSymbol({ shape: 'circle', colour, icon: name ?? undefined }, { size });
  return icon(name || { all: 'people', category: 'dot', time: 'clock', group: 'people' }[kind], {
    class: 'slice-icon',
  });
}

/**
 * @param {object} options
 * @param {string} options.label
 * @param {string} options.icon
 * @param {() => void} options.run
 * @param {boolean} [options.pressed] of a button that stays down
 * @param {string} [options.class]
 */
export function toolButton({ label, icon: name, run, pressed, class: extra = '' }) {
  return h(
    'button',
    {
      class: `tool ${extra}`,
      type: 'button',
      onclick: run,
      'aria-pressed': pressed === undefined ? null : String(pressed),
    },
    icon(name),
    h('span', {}, label),
  );
}

/** @param {[string, string][]} options value, label @param {string} value @param {Record<string, any>} props */
export function choose(options, value, props) {
  const select = h(
    'select',
    { class: 'select select-small', ...props },
    options.map(([id, label]) => h('option', { value: id, selected: id === value }, label)),
  );
  return select;
}

/** To how people are protected; the way back leads to what is looked at now. @param {...(Node | string)} children */
export function protectionLink(...children) {
  const link = h('a', { href: '/protection', onpointerdown: follow, onfocus: follow }, ...children);
  function follow() {
    link.href = `/protection${location.hash}`;
  }
  return link;
}
