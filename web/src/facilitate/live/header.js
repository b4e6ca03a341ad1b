// SPDX-License-Identifier: AGPL-3.0-or-later
// Above the live map: which session, its state, and what can be done with it as a whole.
import { confirmDialog } from '../../core/dialog.js';
import { h, replace } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { button, linkButton } from '../form.js';

/** @param {{live: import('./live.js').Live, onPlain: (plain: boolean) => void}} deps onPlain: only the map, for the projector */
export function createHeader({ live, onPlain }) {
  const { app, session, marks } = live;
  const { t, label } = app.i18n;
  const words = h('div', { class: 'live-words' });
  const tools = h('div', { class: 'live-tools' });
  const status = h('p', { class: 'live-status', role: 'status' });
  const element = h('div', { class: 'live-head' }, words, status, tools);
  let plain = false;
  let connected = false;
  let count = 0;

  function freeze() {
    marks.freeze(!marks.frozen);
    update();
  }
  async function close() {
    const sure = await confirmDialog({ title: t('staff.live.close_title'), text: t('staff.live.close_text'), yes: t('staff.live.close'), no: t('common.cancel') });
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
  /** @param {"geojson" | "csv"} format */
  const exportLink = (format) =>
    h(
      'a',
      { class: 'button button-plain button-small', href: `/api/sessions/${session.id}/export?format=${format}`, download: '' },
      icon('download'),
      h('span', {}, format === 'csv' ? 'CSV' : 'GeoJSON'),
    );

  function showStatus() {
    const open = session.state === 'open';
    replace(
      status,
      h('span', { class: `badge ${open ? 'badge-good' : ''}` }, icon(open ? 'check' : 'lock'), t(`staff.session.${session.state}`)),
      h('span', { class: 'badge' }, icon('pin'), t('staff.session.marks', { count })),
      marks.frozen && h('span', { class: 'badge badge-warn' }, icon('pause'), t('staff.live.frozen', { count: marks.waiting })),
      !connected && h('span', { class: 'badge badge-bad' }, icon('sync'), t('staff.live.reconnecting')),
    );
  }
  function update() {
    const open = session.state === 'open';
    replace(
      words,
      h('a', { class: 'live-up', href: `#/project/${session.project}`, 'aria-label': t('staff.live.up') }, icon('back')),
      h('div', {}, h('h1', { dir: 'auto' }, session.title), h('p', { class: 'soft small' }, h('bdi', {}, label(session.exercise_title)))),
    );
    replace(
      tools,
      linkButton({ label: t('staff.live.sheet'), icon: 'qr', tone: open ? 'primary' : 'plain', small: true, to: `session/${session.id}/sheet` }),
      button({ label: t(marks.frozen ? 'staff.live.unfreeze' : 'staff.live.freeze'), icon: marks.frozen ? 'play' : 'pause', small: true, run: freeze }),
      button({
        label: t(plain ? 'staff.live.with_panel' : 'staff.live.plain'),
        icon: plain ? 'list' : 'screen',
        small: true,
        run: () => {
          plain = !plain;
          onPlain(plain);
          update();
        },
      }),
      linkButton({ label: t('staff.common.edit'), icon: 'edit', small: true, to: `session/${session.id}/edit` }),
      exportLink('geojson'),
      exportLink('csv'),
      open
        ? button({ label: t('staff.live.close'), icon: 'lock', small: true, run: close })
        : button({ label: t('staff.live.reopen'), icon: 'key', small: true, run: () => change('reopen') }),
    );
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
    },
    /** @param {boolean} on */
    setConnected(on) {
      connected = on;
      showStatus();
    },
    destroy: () => element.remove(),
  };
}
