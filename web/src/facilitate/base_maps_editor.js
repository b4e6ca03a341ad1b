// SPDX-License-Identifier: AGPL-3.0-or-later
// The base maps of a project in the order they are offered; the first is shown first. One that this server
// does not have stays named: the project may come from another laptop, or the file may still come.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { createBasemapPicture } from '../map/basemap_picture.js';
import { button, selectInput } from './form.js';

/** @typedef {import('../map/basemap.js').BasemapInfo} BasemapInfo */

const most = 8;

/**
 * @param {object} deps
 * @param {import('./main.js').App} deps.app
 * @param {BasemapInfo[]} deps.infos what the server has
 * @param {string[]} deps.names
 * @param {(first: BasemapInfo | null) => void} deps.onFirst another one is first now; null: none, or one
 *   that is not here
 */
export function createBaseMapsEditor({ app, infos, names, onFirst }) {
  const { t } = app.i18n;
  const find = (/** @type {string | undefined} */ name) => infos.find((one) => one.name === name) ?? null;
  const list = h('ol', { class: 'base-maps' });
  const said = h('p', { class: 'visually-hidden', role: 'status' });
  const add = h('div', { class: 'base-map-add' });
  const element = h(
    'fieldset',
    { class: 'field' },
    h('legend', { class: 'field-label' }, t('staff.base_maps.title')),
    h('p', { class: 'field-hint' }, t(infos.length > 0 ? 'staff.base_maps.hint' : 'staff.base_map_none')),
    list,
    add,
    said,
  );
  /** @type {Map<string, {destroy: () => void, element: HTMLElement}>} */
  const pictures = new Map();
  let chosen = [...names];
  let first = chosen[0];

  const titleOf = (/** @type {string} */ name) => find(name)?.title ?? name;
  /** @param {string} name */
  function pictureOf(name) {
    const info = find(name);
    if (!info) return h('span', { class: 'basemap-picture basemap-missing' }, icon('missing'));
    const picture = pictures.get(name) ?? createBasemapPicture({ api: app.api, i18n: app.i18n, info });
    pictures.set(name, picture);
    return picture.element;
  }
  /** @param {string} name @param {string} sign @param {string} key @param {() => void} run @param {boolean} [off] */
  function roundButton(name, sign, key, run, off = false) {
    const label = t(key, { title: titleOf(name) });
    const props = { class: 'button-round', type: 'button', 'data-does': sign, 'aria-label': label, title: label };
    return h('button', { ...props, 'aria-disabled': String(off), onclick: () => off || run() }, icon(sign));
  }
  /** @param {string} name @param {number} at */
  function createRow(name, at) {
    const here = find(name) !== null;
    return h(
      'li',
      { class: 'base-map', 'data-name': name },
      pictureOf(name),
      h(
        'span',
        { class: 'base-map-words' },
        h('bdi', {}, titleOf(name)),
        at === 0 && h('span', { class: 'soft small' }, t('staff.base_maps.first')),
        !here && h('span', { class: 'soft small' }, icon('warning'), t('staff.base_maps.missing')),
      ),
      roundButton(name, 'up', 'staff.base_maps.up', () => move(name, -1), at === 0),
      roundButton(name, 'down', 'staff.base_maps.down', () => move(name, 1), at === chosen.length - 1),
      roundButton(name, 'trash', 'staff.base_maps.remove', () => remove(name)),
    );
  }
  /** @param {string} name @param {number} by */
  function move(name, by) {
    const at = chosen.indexOf(name);
    const next = chosen.filter((one) => one !== name);
    next.splice(at + by, 0, name);
    change(next);
    const row = /** @type {HTMLElement} */ (list.children[at + by]);
    /** @type {HTMLElement | null} */ (row.querySelector(`[data-does="${by < 0 ? 'up' : 'down'}"]`))?.focus();
    said.textContent = t('staff.base_maps.moved', { title: titleOf(name), place: at + by + 1, count: chosen.length });
  }
  /** @param {string} name */
  function remove(name) {
    const at = chosen.indexOf(name);
    change(chosen.filter((one) => one !== name));
    const near = list.children[Math.min(at, chosen.length - 1)] ?? add;
    /** @type {HTMLElement | null} */ (near.querySelector('[data-does="trash"], select'))?.focus();
    said.textContent = t('staff.base_maps.removed', { title: titleOf(name) });
  }
  /** @param {string[]} next */
  function change(next) {
    chosen = next;
    show();
    list.dispatchEvent(new Event('change', { bubbles: true })); // the form has been typed in
    if (chosen[0] === first) return;
    first = chosen[0];
    onFirst(find(first));
  }
  function showAdd() {
    const others = infos.filter((one) => !chosen.includes(one.name));
    add.hidden = others.length === 0 || chosen.length >= most;
    if (add.hidden) return replace(add);
    const select = selectInput(
      others.map((one) => [one.name, one.title]),
      others[0].name,
      { 'aria-label': t('staff.base_maps.which') },
    );
    const put = button({
      label: t('staff.base_maps.add'),
      icon: 'plus',
      run: () => {
        const name = /** @type {HTMLSelectElement} */ (select).value;
        change([...chosen, name]);
        said.textContent = t('staff.base_maps.added', { title: titleOf(name) });
        /** @type {HTMLElement | null} */ (add.querySelector('select') ?? list.querySelector('button'))?.focus();
      },
    });
    replace(add, select, put);
  }
  function show() {
    replace(list, chosen.map(createRow));
    list.hidden = chosen.length === 0;
    showAdd();
  }
  show();
  return {
    element,
    value: () => chosen,
    destroy() {
      for (const picture of pictures.values()) picture.destroy();
      element.remove();
    },
  };
}
