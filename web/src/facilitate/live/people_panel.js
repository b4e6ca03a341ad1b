// SPDX-License-Identifier: AGPL-3.0-or-later
// Who has joined, by the tablet they joined on: letting people in, taking a seat back, shutting a tablet out.
import { confirmDialog } from '../../core/dialog.js';
import { dotted, h } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { createKeyedList } from '../../core/keyed_list.js';
import { button, linkButton } from '../form.js';
import { createTabletRow } from './tablet_row.js';

/** @typedef {import('../types.js').Participant} Participant */
/** @typedef {import('../types.js').Tablet} Tablet */
/** @typedef {{tablet: Tablet} | {person: Participant}} Line */

/** @param {{live: import('./live.js').Live}} deps */
export function createPeoplePanel({ live }) {
  const { app, session } = live;
  const { t } = app.i18n;
  const summary = h('p', { class: 'soft' });
  const all = button({
    label: t('staff.people.admit_all'),
    icon: 'check',
    tone: 'primary',
    small: true,
    run: admitAll,
  });
  const list = h('ul', { class: 'people-list' });
  const rows = createKeyedList(list, {
    key: (/** @type {Line} */ line) => ('tablet' in line ? `tablet ${line.tablet.tablet}` : String(line.person.id)),
    stamp: (line) =>
      'tablet' in line ? line.tablet.state : `${line.person.state} ${line.person.contributions}`,
    row: (line) =>
      'tablet' in line
        ? createTabletRow({ live, tablet: line.tablet, onChange: takeTablet })
        : row(line.person),
  });
  const none = h(
    'div',
    { class: 'stack' },
    h('p', { class: 'soft' }, t('staff.people.none')),
    linkButton({ label: t('staff.live.sheet'), icon: 'qr', small: true, to: `session/${session.id}/sheet` }),
  );
  const element = h('div', { class: 'panel' }, summary, all, none, list);
  /** @type {Map<number, Participant>} */
  const people = new Map();
  /** @type {Map<number, Tablet>} */
  const tablets = new Map();
  let tell = (/** @type {number} */ _count) => {};

  const inState = (/** @type {string} */ state) => [...people.values()].filter((one) => one.state === state);

  function draw() {
    const waiting = inState('waiting');
    const admitted = inState('admitted');
    summary.textContent = t('staff.people.summary', { admitted: admitted.length, seats: session.seat_limit });
    all.hidden = waiting.length < 2;
    none.hidden = waiting.length + admitted.length > 0;
    rows.show([...waiting.map((person) => ({ person })), ...byTablet(admitted)]);
    tell(waiting.length);
  }
  /** Those of each tablet under its line, then those of none. @param {Participant[]} admitted @returns {Line[]} */
  function byTablet(admitted) {
    const lines = [...tablets.values()].flatMap((tablet) => [
      { tablet },
      ...admitted.filter((one) => one.tablet === tablet.tablet).map((person) => ({ person })),
    ]);
    const rest = admitted.filter((one) => !tablets.has(one.tablet ?? 0));
    return [...lines, ...rest.map((person) => ({ person }))];
  }
  /** @param {Tablet} tablet */
  function takeTablet(tablet) {
    tablets.set(tablet.tablet, tablet);
    draw();
  }
  /** Somebody joined on a tablet that was not there before. */
  async function findTablets() {
    try {
      const { items } = await app.api.get(`/api/sessions/${session.id}/tablets`);
      for (const tablet of items) takeTablet(tablet);
    } catch (problem) {
      app.fail(problem);
    }
  }
  /** @param {Participant} one */
  function row(one) {
    const waiting = one.state === 'waiting';
    const stands = waiting
      ? t('staff.people.waiting')
      : t('staff.session.marks', { count: one.contributions });
    return h(
      'li',
      { class: `person ${waiting ? 'person-waiting' : ''}` },
      h('span', { class: 'card-icon' }, icon(waiting ? 'clock' : 'person')),
      h(
        'span',
        { class: 'card-words' },
        h('strong', {}, h('bdi', {}, one.pseudonym)),
        h('span', { class: 'soft small' }, dotted([stands, one.on_paper ? t('staff.people.on_paper') : '', one.language && app.i18n.autonym(one.language)])),
      ),
      waiting
        ? button({
            label: t('staff.people.admit'),
            about: one.pseudonym,
            icon: 'check',
            tone: 'primary',
            small: true,
            run: () => set(one, 'admitted'),
          })
        : h(
            'button',
            {
              class: 'button-round',
              type: 'button',
              'aria-label': t('staff.people.remove', { name: one.pseudonym }),
              title: t('staff.people.remove_yes'),
              onclick: () => remove(one),
            },
            icon('close'),
          ),
    );
  }
  /** @param {Participant} one @param {"admitted" | "removed"} state */
  async function set(one, state) {
    try {
      take(await app.api.put(`/api/sessions/${session.id}/participants/${one.id}`, { state }));
    } catch (problem) {
      app.fail(problem);
    }
  }
  async function admitAll() {
    for (const one of inState('waiting')) await set(one, 'admitted');
  }
  /** @param {Participant} one */
  async function remove(one) {
    const sure = await confirmDialog({
      title: t('staff.people.remove', { name: one.pseudonym }),
      text: t('staff.people.remove_text'),
      yes: t('staff.people.remove_yes'),
      no: t('common.cancel'),
      danger: true,
    });
    if (sure) await set(one, 'removed');
  }
  /** @param {Participant} one */
  function take(one) {
    people.set(one.id, one);
    if (one.tablet && !tablets.has(one.tablet)) findTablets();
    draw();
  }
  draw();
  return {
    element,
    take,
    takeTablet,
    /** In the place of all. @param {Participant[]} items @param {Tablet[]} known */
    reset(items, known) {
      people.clear();
      tablets.clear();
      for (const tablet of known) tablets.set(tablet.tablet, tablet);
      for (const one of items) people.set(one.id, one);
      draw();
    },
    /** @param {(count: number) => void} listener */
    onWaiting(listener) {
      tell = listener;
      draw();
    },
    destroy: () => element.remove(),
  };
}
