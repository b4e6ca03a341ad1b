// SPDX-License-Identifier: AGPL-3.0-or-later
// Has a sheet drawn and opens it. The server draws few at a time: where others come first, this waits for its
// turn and says so, and in the end says that it is to be tried again.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { button } from './form.js';
import { problemText } from './problem.js';

const againMs = 1500;
const tries = 12;
const drawMs = 60_000;

/** @param {{app: import('./main.js').App, path: () => string}} deps path: of the sheet as it is chosen now */
export function createPaperPdf({ app: { api, i18n }, path }) {
  const { t } = i18n;
  const status = h('p', { class: 'paper-status', role: 'status' });
  const open = button({ label: t('staff.paper.open'), icon: 'print', run });
  /** Of the sheet that was drawn last, for as long as the choices are the same. */
  let url = '';
  /** Choices were changed since: what comes is not asked for any more. */
  let turn = 0;
  let busy = false;

  function forget() {
    turn++;
    busy = false;
    if (url) URL.revokeObjectURL(url);
    url = '';
    replace(status);
  }
  /** @param {string} sign @param {string} words */
  const say = (sign, words) => replace(status, icon(sign), h('span', {}, words));

  async function run() {
    if (busy) return;
    forget();
    const mine = turn;
    busy = true;
    say('sync', t('staff.paper.drawing'));
    try {
      const sheet = await draw(path(), mine);
      if (mine === turn) show(sheet);
    } catch (problem) {
      const { code } = /** @type {import('../core/api.js').Problem} */ (problem);
      if (mine === turn) say('warning', code === 'BUSY' ? t('staff.paper.not_now') : problemText(t, problem));
    }
    if (mine === turn) busy = false;
  }
  /** @param {string} from @param {number} mine @returns {Promise<Blob>} */
  async function draw(from, mine) {
    for (let left = tries; ; left--)
      try {
        return await api.get(from, { timeoutMs: drawMs });
      } catch (problem) {
        const { code } = /** @type {import('../core/api.js').Problem} */ (problem);
        if (code !== 'BUSY' || left === 1 || mine !== turn) throw problem;
        say('clock', t('staff.paper.in_turn'));
        await new Promise((again) => setTimeout(again, againMs));
      }
  }
  /** In a tab of its own; a browser that opens none so late after the press is given a link. @param {Blob} sheet */
  function show(sheet) {
    url = URL.createObjectURL(sheet);
    const link = h('a', { class: 'paper-link', href: url, target: '_blank' }, t('staff.paper.again'));
    replace(status, icon('check'), h('span', {}, t('staff.paper.ready')), link);
    window.open(url, '_blank');
  }
  return { button: open, status, forget };
}
