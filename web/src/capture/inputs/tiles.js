// SPDX-License-Identifier: AGPL-3.0-or-later
// One or several of a list, as big tiles. Choosing the one goes on by itself.
import { breakable, h } from '../../core/dom.js';
import { arrowKeys } from '../../core/focus.js';
import { hasIcon, icon } from '../../core/icon.js';

/** @param {import("./input.js").InputDeps} deps */
export function createTilesInput({ i18n, field, value, onAnswer, onward }) {
  const several = field.type === 'several';
  const options = field.options ?? [];
  /** @type {Set<string>} */
  const chosen = new Set(several ? (value ?? []) : value === undefined ? [] : [value]);
  const state = several ? 'aria-pressed' : 'aria-checked';
  let timer = 0;
  const tiles = options.map((option) =>
    h(
      'button',
      {
        class: 'tile',
        type: 'button',
        role: several ? null : 'radio',
        data: { option: option.id },
        onclick: () => toggle(option.id),
      },
      hasIcon(option.icon) && icon(option.icon),
      h('span', {}, breakable(i18n.label(option.label), i18n.languageOf(option.label))),
      h('span', { class: 'tile-check' }, icon('check')),
    ),
  );
  const group = h(
    'div',
    { class: 'tiles', role: several ? 'group' : 'radiogroup', 'aria-labelledby': 'question' },
    tiles,
  );
  arrowKeys(group);

  function show() {
    tiles.forEach((tile, i) => tile.setAttribute(state, String(chosen.has(options[i].id))));
  }
  /** @param {string} id */
  function toggle(id) {
    clearTimeout(timer);
    const had = chosen.delete(id);
    if (!several) chosen.clear();
    if (!had) chosen.add(id);
    show();
    const ids = options.map((o) => o.id).filter((o) => chosen.has(o));
    onAnswer(ids.length === 0 ? undefined : several ? ids : ids[0]);
    // long enough to see what was chosen
    if (!several && !had) timer = window.setTimeout(() => group.isConnected && onward(), 260);
  }
  show();
  return group;
}
