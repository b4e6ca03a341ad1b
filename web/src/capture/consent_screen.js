// SPDX-License-Identifier: AGPL-3.0-or-later
// Consent, one purpose at a time: a drawing, plain words, yes or no. Without the first nothing can be
// put on the map; the others are free.
import { h, replace } from '../core/dom.js';
import { openDialog } from '../core/dialog.js';
import { focusScreen } from '../core/focus.js';
import { icon } from '../core/icon.js';
import { bigButton, createPage, emblem } from './page.js';

/** @type {{id: "room" | "aggregate" | "finding", icon: string}[]} */
const purposes = [
  { id: 'room', icon: 'room' },
  { id: 'aggregate', icon: 'chart' },
  { id: 'finding', icon: 'quote' },
];

/** The whole text, to read again at any time. @param {import("./page.js").App} app */
export function openConsentText(app) {
  const { t, label } = app.i18n;
  const text = label(app.package()?.session.consent);
  const paragraphs = (text || t('consent.no_text')).split(/\n+/).map((line) => h('p', { dir: 'auto' }, line));
  return openDialog({
    title: t('consent.text_title'),
    icon: 'book',
    body: [...paragraphs, app.aloud.button(() => paragraphs.map((line) => ({ text: line.textContent ?? '', element: line })))],
    closeLabel: t('common.close'),
  });
}

/**
 * @param {{app: import("./page.js").App}} deps
 * @returns {import("../core/dom.js").Widget}
 */
export function createConsentScreen({ app }) {
  const { t } = app.i18n;
  /** @type {Record<string, boolean>} */
  const given = {};
  let at = 0;
  const card = h('div', { class: 'stack consent' });
  const element = createPage({ app, name: 'consent', content: [card] });

  /** @param {boolean} yes */
  async function answer(yes) {
    given[purposes[at].id] = yes;
    const declined = purposes[at].id === 'room' && !yes;
    if (!declined && at + 1 < purposes.length) {
      at++;
      show();
      focusScreen(card);
      return;
    }
    const { room = false, aggregate = false, finding = false } = declined ? {} : given;
    for (const button of card.querySelectorAll('button')) button.disabled = true;
    try {
      await app.seat.agree({ room, aggregate, finding, photo: false });
    } catch {
      app.toaster.show({ text: t('common.offline'), tone: 'bad', icon: 'warning' });
      show();
    }
  }
  function show() {
    const { id, icon: name } = purposes[at];
    replace(
      card,
      h(
        'div',
        { class: 'dots', 'aria-hidden': 'true' },
        purposes.map((_, i) =>
          h('span', { class: `dot ${i === at ? 'dot-now' : i < at ? 'dot-done' : ''}` }),
        ),
      ),
      emblem(name),
      h('p', { class: 'visually-hidden' }, t('common.step', { now: at + 1, all: purposes.length })),
      h('h1', {}, t(`consent.${id}_title`)),
      h('p', { class: 'lead' }, t(`consent.${id}_text`)),
      app.aloud.button(() => [
        { text: t(`consent.${id}_title`) },
        { text: t(`consent.${id}_text`) },
        { text: t(id === 'room' ? 'consent.room_note' : 'consent.free_note') },
      ]),
      h(
        'div',
        { class: 'yes-no' },
        bigButton({ label: t('consent.yes'), icon: 'check', tone: 'primary', run: () => answer(true) }),
        bigButton({ label: t('consent.no'), icon: 'close', run: () => answer(false) }),
      ),
      h('p', { class: 'soft small centre' }, t(id === 'room' ? 'consent.room_note' : 'consent.free_note')),
      h(
        'div',
        { class: 'page-foot' },
        at > 0 &&
          h(
            'button',
            { class: 'button button-quiet button-small', type: 'button', onclick: back },
            icon('back'),
            h('span', {}, t('common.back')),
          ),
        h(
          'button',
          { class: 'button button-quiet button-small', type: 'button', onclick: () => openConsentText(app) },
          icon('book'),
          h('span', {}, t('consent.read')),
        ),
      ),
    );
  }
  function back() {
    at--;
    show();
    focusScreen(card);
  }
  show();
  return { element, destroy: () => element.remove() };
}
