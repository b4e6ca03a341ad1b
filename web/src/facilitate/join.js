// SPDX-License-Identifier: AGPL-3.0-or-later
// How to join, to be read from afar: the QR, the address, the code.
import { h, replace } from '../core/dom.js';
import { roomAddress } from './room_address.js';

/** @typedef {{code: string | null, secret: string | null, expires: string | null}} Join */

/** No code works. @type {Join} */
export const noJoin = { code: null, secret: null, expires: null };

/** @param {Join} join */
export const isWorking = (join) => join.code !== null && Date.parse(join.expires ?? '') > Date.now();

/** @param {{app: import('./main.js').App, session: number}} deps */
export function createJoin({ app, session }) {
  const { t } = app.i18n;
  const element = h('div', { class: 'join' });
  let url = '';
  let turn = 0;

  function forget() {
    URL.revokeObjectURL(url);
    url = '';
  }
  return {
    element,
    /** Nothing when no code works. @param {Join} join */
    async show(join) {
      const mine = ++turn;
      element.hidden = !isWorking(join);
      if (element.hidden) return replace(element);
      const address = roomAddress();
      const picture = await app.api.get(
        `/api/sessions/${session}/join.svg?origin=${encodeURIComponent(address)}`,
      );
      if (mine !== turn) return;
      forget();
      url = URL.createObjectURL(picture);
      replace(
        element,
        h('img', { class: 'join-qr', src: url, alt: t('staff.sheet.qr_alt') }),
        h('p', { class: 'join-step' }, t('staff.sheet.scan')),
        h('p', { class: 'join-address code' }, address),
        h('p', { class: 'join-code code' }, join.code),
      );
    },
    destroy() {
      turn += 1;
      forget();
      element.remove();
    },
  };
}
