// SPDX-License-Identifier: AGPL-3.0-or-later
// A sheet begins: its language and what is ticked on it; then the pseudonym and the receipt, to be written on its
// strip. The receipt is shown this once and kept nowhere.
import { h, replace } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { button, field, selectInput } from '../form.js';
import { failAt } from '../problem.js';
import { createChoices } from './choices.js';
import { keyFor } from './keys.js';

/** @typedef {{participant: number, pseudonym: string, receipt: string}} Seat */
/** @typedef {{paper: string, orientation: string}} Paper */

const purposes = /** @type {const} */ (['room', 'aggregate', 'finding', 'photo']);

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {import('../types.js').Session} deps.session
 * @param {Paper & {language: string}} deps.last what was chosen for the sheet before
 * @param {(seat: Seat, chosen: Paper & {language: string}) => void} deps.onSeat
 */
export function createBegin({ app, session, last, onSeat }) {
  const { t, autonym } = app.i18n;
  const languages = session.languages.length > 0 ? session.languages : ['en'];
  const language = field({
    label: t('staff.paper.language'),
    input: selectInput(languages.map((code) => [code, autonym(code)]), last.language || languages[0]), // prettier-ignore
  });
  const paper = field({
    label: t('staff.paper.size'),
    input: selectInput([['a4', 'A4'], ['a3', 'A3']], last.paper), // prettier-ignore
  });
  const orientation = field({
    label: t('staff.entry.orientation'),
    input: selectInput(['auto', 'landscape', 'portrait'].map((word) => [word, t(`staff.entry.${word}`)]), last.orientation), // prettier-ignore
  });
  const consent = createChoices({
    legend: t('staff.entry.ticked'),
    several: true,
    choices: purposes.map((id, i) => ({ id, key: keyFor(i), label: t(`staff.entry.consent.${id}`) })),
    onChange: () => {},
    onNext: () => element.requestSubmit(),
  });
  const go = button({ label: t('staff.entry.begin'), icon: 'next', tone: 'primary', type: 'submit' });
  const element = h(
    'form',
    { class: 'card entry-begin', onsubmit: submit },
    h('h2', {}, t('staff.entry.a_sheet')),
    consent.element,
    h('div', { class: 'add-row' }, language.element, paper.element, orientation.element),
    h('div', { class: 'form-foot' }, go),
  );
  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    if (go.disabled) return;
    const ticked = consent.value();
    if (!ticked.includes('room')) {
      consent.setError(t('staff.entry.no_room'));
      return consent.focus();
    }
    go.disabled = true;
    try {
      const seat = await app.api.post(`/api/sessions/${session.id}/participants`, {
        language: language.input.value,
        consent: Object.fromEntries(purposes.map((id) => [id, ticked.includes(id)])),
      });
      onSeat(seat, {
        language: language.input.value,
        paper: paper.input.value,
        orientation: orientation.input.value,
      });
    } catch (problem) {
      failAt(app, problem, { language });
    } finally {
      go.disabled = false;
    }
  }
  return { element, focus: consent.focus, unsaved: () => consent.value().length > 0 };
}

/** @param {{app: import('../main.js').App, seat: Seat, onWritten: () => void}} deps */
export function createReceiptNote({ app, seat, onWritten }) {
  const { t } = app.i18n;
  const written = button({ label: t('staff.entry.written'), icon: 'check', tone: 'primary', run: onWritten });
  const element = h('section', { class: 'card entry-receipt', 'aria-labelledby': 'entry-strip' });
  replace(
    element,
    h('h2', { id: 'entry-strip' }, icon('receipt'), h('span', {}, t('staff.entry.strip'))),
    h('dl', {}, [
      h('dt', {}, t('staff.entry.pseudonym')),
      h('dd', { class: 'entry-big' }, h('bdi', {}, seat.pseudonym)),
      h('dt', {}, t('staff.entry.receipt')),
      h('dd', { class: 'entry-big entry-code', dir: 'ltr' }, seat.receipt),
    ]),
    h('p', { class: 'soft' }, t('staff.entry.strip_text')),
    h('div', { class: 'form-foot' }, written),
  );
  return { element, focus: () => written.focus() };
}
