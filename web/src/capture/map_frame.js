// SPDX-License-Identifier: AGPL-3.0-or-later
// Where things are on the map's screen: a bar on top, the map, the sheet, and on the map how many
// marks are one's own and whether they have arrived.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { createLanguageNotes } from './language_notes.js';
import { createKeepOpenBanner } from './keep_open.js';
import { createOutboxChip } from './outbox_chip.js';

/**
 * @param {object} deps
 * @param {import("./page.js").App} deps.app
 * @param {import("./page.js").Package} deps.pack
 * @param {import("./marks.js").Marks} deps.marks
 * @param {import("../map/map.js").MapWidget} deps.map
 * @param {() => void} deps.openMarks
 * @param {() => void} deps.openMenu
 */
export function createMapFrame({ app, pack, marks, map, openMarks, openMenu }) {
  const { t } = app.i18n;
  const mine = h('button', { class: 'chip', type: 'button', onclick: openMarks });
  const outbox = createOutboxChip({ app, openMarks });
  const keepOpen =
    app.mustStayOpen() &&
    !app.seat.store.get()?.told &&
    createKeepOpenBanner({ i18n: app.i18n, onDismiss: app.seat.beTold });
  const sheet = h('section', { class: 'sheet', 'aria-label': t('map.sheet') });
  const stage = h('div', { class: 'stage' }, map.element, keepOpen, h('div', { class: 'chips' }, mine, outbox.element));
  const element = h(
    'div',
    { class: 'work' },
    h(
      'header',
      { class: 'bar' },
      h(
        'div',
        { class: 'bar-title' },
        h('h1', { class: 'bar-name' }, h('bdi', {}, pack.session.title)),
        h('p', { class: 'bar-place when-here' }, h('bdi', {}, app.i18n.label(pack.exercise.title))),
        h('p', { class: 'bar-place bar-away when-away' }, icon('away'), h('span', {}, t('connection.away'))),
      ),
      button('lock', 'lock.button', app.lock),
      button('lifebuoy', 'help.button', app.help, 'bar-help'),
      button('menu', 'menu.title', openMenu),
    ),
    stage,
    sheet,
    createLanguageNotes(app, { questions: false }),
  );

  /** @param {string} name @param {string} key @param {() => void} run @param {string} [extra] */
  function button(name, key, run, extra = '') {
    return h(
      'button',
      { class: `button-round ${extra}`, type: 'button', 'aria-label': t(key), title: t(key), onclick: run },
      icon(name),
    );
  }
  function showMine() {
    replace(mine, icon('list'), h('span', {}, t('marks.mine', { count: marks.store.get().length })));
  }
  const stop = marks.store.subscribe(showMine);
  showMine();
  return {
    element,
    /** @param {HTMLElement} content @param {boolean} tall */
    setSheet(content, tall) {
      replace(sheet, content);
      sheet.classList.toggle('sheet-tall', tall);
      sheet.scrollTop = 0;
    },
    destroy() {
      stop();
      outbox.destroy();
      element.remove();
    },
  };
}
