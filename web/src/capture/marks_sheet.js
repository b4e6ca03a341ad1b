// SPDX-License-Identifier: AGPL-3.0-or-later
// The list of one's own marks, and one of them with what can be done to it.
import { createAnswers } from '../core/answers_view.js';
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { createKeyedList } from '../core/keyed_list.js';
import { createSymbol } from '../map/symbol.js';

/** @typedef {import("./marks.js").Own} Own */
/** @typedef {(own: Own) => {label: string, sign: import("../map/symbol.js").Sign}} Describe */

/** How a mark stands, as a badge. @param {import("../core/i18n.js").I18n} i18n @param {Own} own */
function statusBadge({ t }, { status }) {
  const look = {
    sent: ['good', 'check'],
    draft: ['warn', 'edit'],
    waiting: ['warn', 'clock'],
    refused: ['bad', 'warning'],
    beside: ['plain', 'copy'],
  }[status];
  return h('span', { class: `badge badge-${look[0]}` }, icon(look[1]), h('span', {}, t(`marks.${status}`)));
}

/**
 * @param {object} deps
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {import("./marks.js").Marks} deps.marks
 * @param {Describe} deps.describe
 * @param {(own: Own) => void} deps.onOpen
 * @param {() => void} deps.onClose
 */
export function createMarksSheet({ i18n, marks, describe, onOpen, onClose }) {
  const { t } = i18n;
  const list = h('ul', { class: 'rows' });
  const element = h(
    'div',
    { class: 'sheet-body marks-sheet' },
    h(
      'div',
      { class: 'sheet-head' },
      h('h2', { class: 'sheet-title', tabindex: '-1' }, t('marks.title')),
      h(
        'button',
        { class: 'button-round', type: 'button', 'aria-label': t('common.close'), onclick: onClose },
        icon('close'),
      ),
    ),
    list,
  );
  const none = h('p', { class: 'note' }, t('marks.none'));
  element.append(none);
  const rows = createKeyedList(list, {
    key: (/** @type {Own} */ own) => own.id,
    stamp: (own) => `${own.status} ${own.category} ${describe(own).label}`,
    row(own) {
      const { label, sign } = describe(own);
      return h(
        'li',
        {},
        h(
          'button',
          {
            class: 'row-button',
            type: 'button',
            data: { mark: own.id, status: own.status },
            onclick: () => onOpen(marks.find(own.id) ?? own),
          },
          createSymbol(sign, { size: 36 }),
          h('span', { class: 'row-label' }, label),
          statusBadge(i18n, own),
          icon('next'),
        ),
      );
    },
  });
  function show() {
    const all = marks.store.get();
    none.hidden = all.length > 0;
    rows.show(all);
  }
  const stop = marks.store.subscribe(show);
  show();
  return {
    element,
    destroy() {
      stop();
      element.remove();
    },
  };
}

/**
 * @param {object} deps
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {import("./marks.js").Marks} deps.marks
 * @param {string} deps.id
 * @param {import("../core/exercise.js").Exercise} deps.exercise
 * @param {Describe} deps.describe
 * @param {boolean} deps.open whether marks can still be changed
 * @param {{answer: (own: Own) => void, move: (own: Own) => void, remove: (own: Own) => void, again: (own: Own) => void, close: () => void}} deps.on
 */
export function createMarkCard({ i18n, marks, id, exercise, describe, open, on }) {
  const { t } = i18n;
  const element = h('div', { class: 'sheet-body mark-card' });
  function show() {
    const own = marks.find(id);
    if (!own) return;
    const { label, sign } = describe(own);
    const action = (
      /** @type {string} */ name,
      /** @type {string} */ text,
      /** @type {(own: Own) => void} */ run,
      tone = '',
    ) =>
      h(
        'button',
        { class: `button ${tone}`, type: 'button', onclick: () => run(own) },
        icon(name),
        h('span', {}, t(text)),
      );
    replace(
      element,
      h(
        'div',
        { class: 'sheet-head' },
        createSymbol(sign, { size: 44 }),
        h('h2', { class: 'sheet-title', tabindex: '-1' }, label),
        statusBadge(i18n, own),
        h(
          'button',
          { class: 'button-round', type: 'button', 'aria-label': t('common.close'), onclick: on.close },
          icon('close'),
        ),
      ),
      own.problem &&
        h(
          'div',
          { class: 'note note-bad' },
          icon('warning'),
          h(
            'div',
            {},
            h('p', {}, own.removal && t('refused.removal'), refusal(i18n, exercise, own.problem)),
            h(
              'button',
              { class: 'button button-small', type: 'button', onclick: () => on.again(own) },
              icon('sync'),
              h('span', {}, t('marks.again')),
            ),
          ),
        ),
      own.status === 'beside' && h('p', { class: 'note' }, icon('copy'), h('span', {}, t('marks.beside_text'))),
      createAnswers(i18n, exercise, own.answers),
      open &&
        h(
          'div',
          { class: 'mark-actions' },
          action('edit', 'marks.answer', on.answer, 'button-primary'),
          action('move', 'marks.move', on.move),
          action('trash', 'marks.remove', on.remove, 'button-quiet danger'),
        ),
    );
  }
  const stop = marks.store.subscribe(show);
  show();
  return {
    element,
    destroy() {
      stop();
      element.remove();
    },
  };
}

/** Why the server refused it, in plain words. @param {import("../core/i18n.js").I18n} i18n @param {import("../core/exercise.js").Exercise} exercise @param {{code: string, where: string, detail: string}} problem */
function refusal({ t, label }, exercise, { code, where }) {
  const field = exercise.fields.find((f) => where === `answers.${f.id}`);
  if (field) return t('refused.answer', { question: label(field.label) });
  const known = ['SESSION_CLOSED', 'NOT_ADMITTED', 'BAD_GEOMETRY', 'NOT_FOUND', 'TOO_LARGE', 'DELETED'];
  return t(`refused.${known.includes(code) ? code.toLowerCase() : 'other'}`);
}
