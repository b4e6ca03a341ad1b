// SPDX-License-Identifier: AGPL-3.0-or-later
// The join sheet: a QR and a code for the wall, on screen and on A4.
import { h, replace } from '../core/dom.js';
import { confirmDialog } from '../core/dialog.js';
import { button, linkButton } from './form.js';

/** @typedef {{code: string | null, secret: string | null, expires: string | null}} Join */

/** @param {import('./screens.js').ScreenDeps} deps */
export async function createSheet({ app, ids: [id] }) {
  const { t } = app.i18n;
  /** @type {import('./types.js').Session} */
  const session = await app.api.get(`/api/sessions/${id}`);
  const paper = h('section', { class: 'sheet card', 'aria-label': t('staff.sheet.title') });
  const tools = h('div', { class: 'sheet-tools' });

  /** @param {Join} join */
  async function show(join) {
    const working = join.code !== null && Date.parse(join.expires ?? '') > Date.now();
    replace(
      tools,
      linkButton({ label: t('staff.sheet.back'), icon: 'back', tone: 'quiet', small: true, to: `session/${id}` }),
      working && button({ label: t('staff.sheet.print'), icon: 'print', tone: 'primary', small: true, run: () => window.print() }),
      button({ label: t('staff.sheet.renew'), icon: 'sync', small: true, run: () => renew(working) }),
      working && button({ label: t('staff.sheet.revoke'), icon: 'lock', small: true, run: revoke }),
    );
    if (!working) {
      replace(paper, h('h1', { dir: 'auto' }, session.title), h('p', { class: 'lead' }, t('staff.sheet.none')));
      return;
    }
    const url = URL.createObjectURL(await app.api.get(`/api/sessions/${id}/join.svg?origin=${encodeURIComponent(location.origin)}`));
    replace(
      paper,
      h('p', { class: 'sheet-mark' }, 'Repère'),
      h('h1', { dir: 'auto' }, session.title),
      h('p', { class: 'soft', dir: 'auto' }, [app.i18n.date(`${session.held_on}T12:00:00Z`), session.place].filter(Boolean).join(' · ')),
      h('img', { class: 'sheet-qr', src: url, alt: t('staff.sheet.qr_alt'), onload: () => URL.revokeObjectURL(url) }),
      h('p', { class: 'sheet-step' }, t('staff.sheet.scan')),
      h('p', { class: 'sheet-address code' }, location.origin),
      h('p', { class: 'sheet-code code' }, join.code),
      h('p', { class: 'soft' }, t('staff.sheet.until', { time: app.i18n.date(join.expires ?? '', { dateStyle: 'short', timeStyle: 'short' }) })),
      h('p', { class: 'sheet-promise' }, t('staff.sheet.promise')),
    );
  }
  /** @param {boolean} working */
  async function renew(working) {
    const sure =
      !working ||
      (await confirmDialog({ title: t('staff.sheet.renew'), text: t('staff.sheet.renew_text'), yes: t('staff.sheet.renew'), no: t('common.cancel') }));
    if (!sure) return;
    await app.api.post(`/api/sessions/${id}/join`).then(show).catch(app.fail);
  }
  async function revoke() {
    await app.api
      .del(`/api/sessions/${id}/join`)
      .then(() => show({ code: null, secret: null, expires: null }))
      .catch(app.fail);
  }
  await show(await app.api.get(`/api/sessions/${id}/join`));
  const element = h('div', { class: 'page-narrow stack' }, tools, paper);
  return { element, destroy: () => element.remove() };
}
