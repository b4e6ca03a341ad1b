// SPDX-License-Identifier: AGPL-3.0-or-later
// Above the live map: which session, how it stands, and what can be done with it as a whole. Its buttons
// stay in the page, so that the keyboard stays on them.
import { confirmDialog } from '../../core/dialog.js';
import { h, replace } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { openMenu } from '../../core/menu.js';
import { createWallTool } from '../wall/wall_tool.js';

/**
 * @param {object} deps
 * @param {import('./live.js').Live} deps.live
 * @param {() => void} deps.onGoOn after a freeze
 */
export function createHeader({ live, onGoOn }) {
  const { app, session, marks } = live;
  const { t, label } = app.i18n;
  const heading = h('bdi', {});
  const below = h('bdi', { class: 'live-about soft' });
  const counted = h('span', { class: 'badge live-count' });
  const state = h('span', { class: 'badge' });
  const notices = h('span', { class: 'badges', role: 'status' });
  const up = h(
    'a',
    { class: 'live-up', href: `#/project/${session.project}`, 'aria-label': t('staff.live.up') },
    icon('back'),
  );
  const sheet = h(
    'a',
    { class: 'button button-small live-tool', href: `#/session/${session.id}/sheet` },
    icon('qr'),
    h('span', {}, t('staff.live.sheet')),
  );
  const entry = h(
    'a',
    { class: 'button button-plain button-small live-tool live-tool-desk', href: `#/session/${session.id}/entry` },
    icon('grid'),
    h('span', {}, t('staff.entry.tool')),
  );
  const freeze = tool(() => {
    marks.freeze(!marks.frozen);
    if (!marks.frozen) onGoOn();
  });
  const wall = createWallTool({ app, session });
  const more = tool(openMore, '');
  const element = h(
    'div',
    { class: 'live-head' },
    h(
      'div',
      { class: 'live-words' },
      up,
      h('div', {}, h('h1', {}, heading), h('div', { class: 'badges' }, below, state, counted, notices)),
    ),
    h(
      'div',
      { class: 'live-tools', role: 'group', 'aria-label': t('staff.live.tools') },
      app.leads() ? sheet : entry,
      freeze,
      wall.element,
      app.leads() && more,
    ),
  );
  let connected = true;
  let count = 0;

  /** @param {() => void} run @param {string} [extra] */
  function tool(run, extra = '') {
    return h('button', {
      class: `button button-plain button-small live-tool ${extra}`,
      type: 'button',
      onclick: run,
    });
  }
  function openMore() {
    const path = `/api/sessions/${session.id}/export?format=`;
    const open = session.state === 'open';
    openMenu({
      title: session.title,
      icon: 'room',
      closeLabel: t('common.close'),
      entries: [
        {
          icon: 'edit',
          label: t('staff.live.edit'),
          hint: t('staff.live.edit_hint'),
          run: () => app.go(`session/${session.id}/edit`),
        },
        {
          icon: 'map',
          label: t('staff.live.geojson'),
          hint: t('staff.live.export_hint'),
          file: `${path}geojson`,
        },
        { icon: 'list', label: t('staff.live.csv'), hint: t('staff.live.export_hint'), file: `${path}csv` },
        ...(open
          ? [
              {
                icon: 'grid',
                label: t('staff.entry.tool'),
                hint: t('staff.entry.tool_hint'),
                run: () => app.go(`session/${session.id}/entry`),
              },
            ]
          : []),
        open
          ? { icon: 'lock', label: t('staff.live.close'), hint: t('staff.live.close_hint'), run: close }
          : {
              icon: 'key',
              label: t('staff.live.reopen'),
              hint: t('staff.live.reopen_hint'),
              run: () => change('reopen'),
            },
      ],
    });
  }
  async function close() {
    const sure = await confirmDialog({
      title: t('staff.live.close_title'),
      text: t('staff.live.close_text'),
      yes: t('staff.live.close'),
      no: t('common.cancel'),
      icon: 'lock',
    });
    if (sure) await change('close');
  }
  /** @param {"close" | "reopen"} verb */
  async function change(verb) {
    try {
      Object.assign(session, await app.api.post(`/api/sessions/${session.id}/${verb}`));
      update();
    } catch (problem) {
      app.fail(problem);
    }
  }
  function showStatus() {
    replace(counted, icon('pin'), t('staff.session.marks', { count }));
    replace(
      notices,
      marks.frozen &&
        h(
          'span',
          { class: 'badge badge-warn' },
          icon('pause'),
          t('staff.live.frozen', { count: marks.waiting }),
        ),
      !connected && h('span', { class: 'badge badge-bad' }, icon('sync'), t('staff.live.reconnecting')),
    );
    replace(
      freeze,
      icon(marks.frozen ? 'play' : 'pause'),
      h('span', {}, t(marks.frozen ? 'staff.live.unfreeze' : 'staff.live.freeze')),
    );
    freeze.setAttribute('aria-pressed', String(marks.frozen));
  }
  function update() {
    const open = session.state === 'open';
    replace(heading, session.title);
    replace(below, label(session.exercise_title));
    state.className = `badge ${open ? 'badge-good' : ''}`;
    replace(state, icon(open ? 'check' : 'lock'), t(`staff.session.${session.state}`));
    sheet.classList.toggle('button-primary', open);
    replace(more, icon('dots'), h('span', {}, t('staff.live.more_tools')));
    showStatus();
  }
  update();
  return {
    element,
    update,
    /** @param {number} shown */
    show(shown) {
      count = shown;
      showStatus();
      wall.changed();
    },
    /** @param {boolean} on */
    setConnected(on) {
      connected = on;
      showStatus();
    },
    destroy() {
      wall.destroy();
      element.remove();
    },
  };
}
