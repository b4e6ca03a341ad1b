// SPDX-License-Identifier: AGPL-3.0-or-later
// One question about the person, only where the project has groups and only to who agreed to be counted:
// free to answer, free to skip, never on a mark.
import { breakable, h } from '../core/dom.js';
import { arrowKeys } from '../core/focus.js';
import { icon } from '../core/icon.js';
import { bigButton, createPage, emblem } from './page.js';

/**
 * @param {{app: import("./page.js").App}} deps
 * @returns {import("../core/dom.js").Widget}
 */
export function createGroupsScreen({ app }) {
  const { t, label } = app.i18n;
  const groups = app.package()?.session.groups ?? [];
  const chosen = new Set(app.seat.store.get()?.groups ?? []);
  const tiles = groups.map(({ id, label: text }) =>
    h(
      'button',
      {
        class: 'tile group-tile',
        type: 'button',
        data: { group: id },
        'aria-pressed': String(chosen.has(id)),
        onclick: () => toggle(id),
      },
      h('span', {}, breakable(label(text))),
      h('span', { class: 'tile-check' }, icon('check')),
    ),
  );
  const list = h('div', { class: 'group-tiles', role: 'group', 'aria-labelledby': 'groups-title' }, tiles);
  arrowKeys(list);
  const skip = bigButton({ label: t('groups.skip'), icon: 'next', run: () => tell([]) });
  const go = bigButton({ label: t('groups.go'), icon: 'check', run: () => tell([...chosen]) });
  const element = createPage({
    app,
    name: 'groups',
    content: [
      emblem('people'),
      h('h1', { id: 'groups-title' }, t('groups.title')),
      h('p', { class: 'lead' }, t('groups.text')),
      app.aloud.button(() => [
        { text: t('groups.title') },
        { text: t('groups.text') },
        ...groups.map(({ label: text }, i) => ({ text: label(text), element: tiles[i] })),
        { text: t('groups.note') },
      ]),
      list,
      h('div', { class: 'yes-no' }, go, skip),
      h('p', { class: 'soft small centre' }, t('groups.note')),
    ],
  });

  /** @param {string} id */
  function toggle(id) {
    if (!chosen.delete(id)) chosen.add(id);
    show();
  }
  function show() {
    tiles.forEach((tile, i) => tile.setAttribute('aria-pressed', String(chosen.has(groups[i].id))));
    go.disabled = chosen.size === 0;
  }
  /** @param {string[]} ids none: she does not say */
  async function tell(ids) {
    for (const button of [skip, go]) button.disabled = true;
    try {
      await app.seat.tellGroups(ids);
    } catch {
      app.toaster.show({ text: t('common.offline'), tone: 'bad', icon: 'warning' });
      skip.disabled = false;
      show();
    }
  }
  show();
  return { element, destroy: () => element.remove() };
}
