// SPDX-License-Identifier: AGPL-3.0-or-later
// For a note-taker who types in what was marked on paper: a sheet is a person, a line is a mark, and the
// keyboard is enough.
import { dotted, h, replace } from '../../core/dom.js';
import { linkButton } from '../form.js';
import { createBegin, createReceiptNote } from './begin.js';
import { createDesk } from './desk.js';
import { createUnderWay } from './under_way.js';

/** @param {import('../screens.js').ScreenDeps} deps */
export async function createEntry({ app, ids: [id] }) {
  const { api, i18n } = app;
  const { t } = i18n;
  const [session, pack] = await Promise.all([api.get(`/api/sessions/${id}`), api.get(`/api/sessions/${id}/package`)]);
  i18n.setOthers(session.languages);
  const underWay = createUnderWay(id, app.me()?.name ?? '');
  let last = { language: session.languages[0] ?? 'en', paper: 'a4', orientation: 'auto' };
  /** What is on the stage: a beginning, a receipt, or a sheet's lines. @type {{unsaved: () => boolean, destroy: () => void}} */
  let present = { unsaved: () => false, destroy: () => {} };

  const stage = h('div', { class: 'entry-stage' });
  const element = h(
    'div',
    { class: 'entry' },
    h(
      'div',
      { class: 'head-row' },
      linkButton({ label: t('staff.sheet.back'), icon: 'back', tone: 'quiet', small: true, to: `session/${id}` }),
      h('div', {}, h('h1', {}, t('staff.entry.title')), h('p', { class: 'soft' }, dotted([session.title, session.place]))),
    ),
    stage,
  );
  /** @param {HTMLElement} shown @param {{unsaved?: () => boolean, destroy?: () => void, focus: () => void}} part */
  function show(shown, { unsaved = () => false, destroy = () => {}, focus }) {
    present.destroy();
    present = { unsaved, destroy };
    replace(stage, shown);
    if (element.isConnected) focus();
  }
  function begin() {
    if (session.state === 'closed') {
      show(h('p', { class: 'note note-warn', tabindex: '-1' }, t('staff.entry.closed')), { focus: () => {} });
      return;
    }
    const form = createBegin({ app, session, last, onSeat: takeSeat });
    show(form.element, form);
  }
  /** @param {import('./begin.js').Seat} seat @param {typeof last} chosen */
  function takeSeat(seat, chosen) {
    last = chosen;
    const sheet = { participant: seat.participant, pseudonym: seat.pseudonym, ...chosen, marks: [] };
    underWay.set(sheet);
    const note = createReceiptNote({ app, seat, onWritten: () => goOn(sheet).catch(app.fail) });
    show(note.element, { focus: note.focus, unsaved: () => true });
  }
  /** @param {import('./under_way.js').UnderWay} sheet */
  async function goOn(sheet) {
    const { paper, orientation } = sheet;
    const grid = await api.get(`/api/sessions/${id}/sheet?paper=${paper}&orientation=${orientation}`);
    const found = await Promise.all(sheet.marks.map((uuid) => readMark(uuid)));
    const marks = found.filter((mark) => mark !== null);
    const desk = createDesk({ app, session, pack, grid, sheet, marks, keep: underWay.set, onNext: finish });
    show(desk.element, desk);
  }
  /** One that was typed in before the page was loaded again. @param {string} uuid */
  async function readMark(uuid) {
    try {
      return await api.get(`/api/sessions/${id}/contributions/${uuid}`);
    } catch (problem) {
      if (/** @type {any} */ (problem).code === 'NOT_FOUND') return null; // withdrawn or removed meanwhile
      throw problem;
    }
  }
  function finish() {
    underWay.set(null);
    begin();
  }
  const kept = underWay.get();
  if (kept) await goOn(kept);
  else begin();
  return {
    element,
    unsaved: () => present.unsaved(),
    destroy() {
      present.destroy();
      element.remove();
    },
  };
}
