// SPDX-License-Identifier: AGPL-3.0-or-later
// From the facilitator's own window: opening the wall's, then freezing and hiding what it shows.
import { h, replace } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { openMenu } from '../../core/menu.js';
import { createWallLink } from './wall_link.js';

/** @param {{app: import('../main.js').App, session: import('../types.js').Session}} deps */
export function createWallTool({ app, session }) {
  const { t } = app.i18n;
  /** How the wall stands; null: there is none. @type {{frozen: boolean, hidden: boolean} | null} */
  let wall = null;
  const link = createWallLink(session.id, (message) => {
    if (message.kind === 'state') wall = { frozen: message.frozen, hidden: message.hidden };
    else if (message.kind === 'gone') wall = null;
    update();
  });
  const element = h('button', { class: 'button button-plain button-small live-tool', type: 'button', onclick: run });

  function open() {
    const address = `#/session/${session.id}/wall`;
    const there = window.open(address, `repere-wall-${session.id}`, 'popup,width=1280,height=720');
    if (there) there.focus();
    else app.go(address.slice(2)); // a browser that opens no windows shows it here
  }
  function run() {
    if (!wall) return open();
    const { frozen, hidden } = wall;
    openMenu({
      title: t('staff.wall.title'),
      icon: 'screen',
      closeLabel: t('common.close'),
      entries: [
        {
          icon: frozen ? 'play' : 'pause',
          label: t(frozen ? 'staff.wall.go_on' : 'staff.wall.freeze'),
          run: () => link.send({ kind: 'set', frozen: !frozen }),
        },
        {
          icon: hidden ? 'eye' : 'eye-off',
          label: t(hidden ? 'staff.wall.show' : 'staff.wall.hide'),
          run: () => link.send({ kind: 'set', hidden: !hidden }),
        },
        { icon: 'screen', label: t('staff.wall.front'), run: open },
      ],
    });
  }
  function update() {
    const [name, key] = !wall
      ? ['screen', 'staff.live.plain']
      : wall.hidden
        ? ['eye-off', 'staff.wall.is_hidden']
        : wall.frozen
          ? ['pause', 'staff.wall.is_frozen']
          : ['screen', 'staff.wall.is_on'];
    replace(element, icon(name), h('span', {}, t(key)));
    element.classList.toggle('button-primary', wall !== null);
  }
  update();
  link.send({ kind: 'ask' });
  return {
    element,
    /** Something changed in the session. */
    changed: () => wall && link.send({ kind: 'changed' }),
    destroy() {
      link.destroy();
      element.remove();
    },
  };
}
