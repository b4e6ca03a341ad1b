// SPDX-License-Identifier: AGPL-3.0-or-later
// The groups of a project: up to three that people may say they belong to, so that published figures can
// be told apart by them. Their ids stay when their words change: people are kept under them.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { button, textInput } from './form.js';
import { groupId } from './group_id.js';

/** @typedef {import('./types.js').Group} Group */

const most = 3;

/** @param {{app: import('./main.js').App, groups: Group[]}} deps */
export function createGroupsEditor({ app, groups }) {
  const { t, offered, autonym } = app.i18n;
  const list = h('ul', { class: 'groups' });
  const add = button({ label: t('staff.groups.add'), icon: 'plus', small: true, run: addRow });
  const element = h(
    'fieldset',
    { class: 'field' },
    h('legend', { class: 'field-label' }, t('staff.groups.title')),
    h('p', { class: 'field-hint' }, t('staff.groups.hint')),
    list,
    add,
  );
  /** @type {{id: string | null, element: HTMLElement, label: () => Record<string, string>}[]} */
  let rows = [];

  /** @param {Group | null} group null: a new one */
  function createRow(group) {
    const codes = [...new Set([...offered.map((one) => one.code), ...Object.keys(group?.label ?? {})])];
    const inputs = codes.map((code) => ({
      code,
      input: textInput({ lang: code, maxlength: 80, value: group?.label[code] ?? '' }),
    }));
    const row = {
      id: group?.id ?? null,
      label: () =>
        Object.fromEntries(
          inputs.map(({ code, input }) => [code, input.value.trim()]).filter(([, words]) => words !== ''),
        ),
      element: h('li', { class: 'group' }),
    };
    const remove = h(
      'button',
      {
        class: 'button-round',
        type: 'button',
        'aria-label': t('staff.groups.remove'),
        title: t('staff.groups.remove'),
        onclick: () => {
          rows = rows.filter((one) => one !== row);
          show();
          add.focus();
        },
      },
      icon('trash'),
    );
    replace(
      row.element,
      h(
        'div',
        { class: 'texts' },
        inputs.map(({ code, input }) =>
          h('label', { class: 'text-row' }, h('span', { class: 'soft small' }, autonym(code)), input),
        ),
      ),
      remove,
    );
    return row;
  }
  function addRow() {
    const row = createRow(null);
    rows = [...rows, row];
    show();
    row.element.querySelector('input')?.focus();
  }
  function show() {
    replace(
      list,
      rows.map((one) => one.element),
    );
    add.hidden = rows.length >= most;
  }
  rows = groups.map(createRow);
  show();
  return {
    element,
    /** Those that have a word in some language. @returns {Group[]} */
    value() {
      /** @type {Group[]} */
      const all = [];
      for (const row of rows) {
        const label = row.label();
        if (Object.keys(label).length === 0) continue;
        const taken = [...groups, ...all].map((one) => one.id);
        all.push({ id: row.id ?? groupId(label, taken), label });
      }
      return all;
    },
    destroy: () => element.remove(),
  };
}
