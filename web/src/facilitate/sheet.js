// SPDX-License-Identifier: AGPL-3.0-or-later
// The join sheet: a QR and a code for the wall, on screen and on A4.
import { dotted, h, replace } from '../core/dom.js';
import { confirmDialog } from '../core/dialog.js';
import { button, field, linkButton, onSubmit, textInput } from './form.js';
import { createJoin, isWorking, noJoin } from './join.js';
import { createPaperMaps } from './paper_maps.js';
import { onlyHere, roomAddress, setRoomAddress } from './room_address.js';

/** @typedef {import('./join.js').Join} Join */

/** @param {import('./screens.js').ScreenDeps} deps */
export async function createSheet({ app, ids: [id] }) {
  const { t } = app.i18n;
  /** @type {[import('./types.js').Session, Join, {items: {name: string, title: string}[]}]} */
  let [session, join, basemaps] = await Promise.all([
    app.api.get(`/api/sessions/${id}`),
    app.api.get(`/api/sessions/${id}/join`),
    app.api.get('/api/basemaps'),
  ]);
  const maps = createPaperMaps({ app, session, basemaps: basemaps.items });
  const code = createJoin({ app, session: id });
  const title = h('h1', {}, h('bdi', {}, session.title));
  const when = dotted([app.i18n.date(`${session.held_on}T12:00:00Z`), session.place]);
  const until = h('p', { class: 'soft' });
  const nothing = h('p', { class: 'lead' });
  const make = button({ label: t('staff.sheet.make'), icon: 'qr', tone: 'primary', run: makeNew });
  const paper = h(
    'section',
    { class: 'sheet card', 'aria-label': t('staff.sheet.title') },
    h('p', { class: 'sheet-mark' }, 'Repère'),
    title,
    h('p', { class: 'soft' }, when),
    code.element,
    until,
    h('p', { class: 'sheet-promise' }, t('staff.sheet.promise')),
    nothing,
    make,
  );
  const print = button({
    label: t('staff.sheet.print'),
    icon: 'print',
    tone: 'primary',
    small: true,
    run: () => window.print(),
  });
  const renew = button({ label: t('staff.sheet.renew'), icon: 'sync', small: true, run: makeNew });
  const revoke = button({ label: t('staff.sheet.revoke'), icon: 'lock', small: true, run: stop });
  const tools = h(
    'div',
    // the keyboard begins here: the heading stands on the paper, after everything else
    { class: 'sheet-tools', role: 'group', 'aria-label': t('staff.sheet.title'), data: { focus: '' } },
    linkButton({
      label: t('staff.sheet.back'),
      icon: 'back',
      tone: 'quiet',
      small: true,
      to: `session/${id}`,
    }),
    print,
    renew,
    revoke,
    session.state === 'open' &&
      linkButton({ label: t('staff.entry.tool'), icon: 'grid', small: true, to: `session/${id}/entry` }),
  );

  /** @param {Join} now */
  function show(now) {
    join = now;
    const closed = session.state === 'closed';
    const working = !closed && isWorking(join);
    paper.classList.toggle('sheet-empty', !working);
    print.hidden = revoke.hidden = !working;
    renew.hidden = !working;
    make.hidden = working || closed;
    nothing.hidden = working;
    replace(nothing, t(closed ? 'staff.sheet.closed' : 'staff.sheet.none'));
    replace(
      until,
      working &&
        t('staff.sheet.until', {
          time: app.i18n.date(join.expires ?? '', { dateStyle: 'short', timeStyle: 'short' }),
        }),
    );
    code.show(working ? join : noJoin).catch(app.fail);
  }
  function changeAddress() {
    show(join);
    maps.refresh();
  }
  async function makeNew() {
    const sure =
      !isWorking(join) ||
      (await confirmDialog({
        title: t('staff.sheet.renew'),
        text: t('staff.sheet.renew_text'),
        yes: t('staff.sheet.renew'),
        no: t('common.cancel'),
      }));
    if (!sure) return;
    await app.api.post(`/api/sessions/${id}/join`).then(show, app.fail);
    print.focus();
  }
  async function stop() {
    const sure = await confirmDialog({
      title: t('staff.sheet.revoke'),
      text: t('staff.sheet.revoke_text'),
      yes: t('staff.sheet.revoke'),
      no: t('common.cancel'),
    });
    if (sure) await app.api.del(`/api/sessions/${id}/join`).then(() => show(noJoin), app.fail);
    make.focus();
  }
  show(join);
  const element = h(
    'div',
    { class: 'page-narrow stack' },
    tools,
    createAddressNote({ app, onChange: changeAddress }),
    maps.element,
    paper,
  );
  return {
    element,
    destroy() {
      code.destroy();
      maps.destroy();
      element.remove();
    },
  };
}

/**
 * Which address the tablets use, when it is not the one this page was opened by.
 * @param {{app: import('./main.js').App, onChange: () => void}} deps
 */
function createAddressNote({ app, onChange }) {
  const { t } = app.i18n;
  const here = onlyHere();
  const address = field({
    label: t('staff.sheet.address'),
    hint: t('staff.sheet.address_hint'),
    input: textInput({
      type: 'url',
      dir: 'ltr',
      required: true,
      value: roomAddress(),
      pattern: 'https?://[^\\/]+\\/?',
    }),
  });
  const form = h(
    'form',
    { class: 'add-row' },
    address.element,
    button({ label: t('staff.sheet.address_use'), type: 'submit' }),
  );
  onSubmit(form, async () => {
    setRoomAddress(address.input.value);
    onChange();
  });
  return h(
    'details',
    { class: `card question sheet-where ${here ? 'sheet-where-warn' : ''}`, open: here },
    h(
      'summary',
      {},
      h('strong', { class: 'summary-words' }, t(here ? 'staff.sheet.only_here' : 'staff.sheet.elsewhere')),
    ),
    form,
  );
}
