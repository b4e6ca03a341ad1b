// SPDX-License-Identifier: AGPL-3.0-or-later
// A tablet's file is brought to the session: chosen, sent, and what came of each line said in plain words.
import { openDialog } from '../../core/dialog.js';
import { h } from '../../core/dom.js';
import { icon } from '../../core/icon.js';

const bytesMax = 8 * 1024 * 1024;
const rowsShown = 300;

/** @typedef {{uuid: string, kind: string | null, participant: string | null, outcome: "stored" | "already there" | "kept beside" | "refused", problem?: {code: string, where: string}}} Taken */

/** Which words say why a line was refused. @param {{code: string, where: string}} problem */
export function reasonOf({ code, where }) {
  if (where === 'session') return 'session';
  if (where === 'ticket')
    return { FORBIDDEN: 'removed', NOT_FOUND: 'withdrawn' }[code] ?? 'ticket';
  if (where.startsWith('answers')) return 'answers';
  const known = {
    DELETED: 'deleted',
    NOT_ADMITTED: 'not_admitted',
    SESSION_CLOSED: 'closed',
    BAD_GEOMETRY: 'place',
    TOO_LARGE: 'place',
    NOT_FOUND: 'other_author',
  };
  return /** @type {Record<string, string>} */ (known)[code] ?? 'damaged';
}

/** How often each outcome came, in the order they are told. @param {Taken[]} items */
export function tally(items) {
  const outcomes = /** @type {const} */ (['stored', 'already there', 'kept beside', 'refused']);
  return outcomes.map((outcome) => ({
    outcome,
    count: items.filter((item) => item.outcome === outcome).length,
  }));
}

const looks = /** @type {const} */ ({
  stored: ['good', 'check'],
  'already there': ['', 'repeat'],
  'kept beside': ['warn', 'copy'],
  refused: ['bad', 'warning'],
});

/** @param {{live: import('../live/live.js').Live, onTaken: () => void}} deps */
export function createBringFile({ live: { app, session }, onTaken }) {
  const { t } = app.i18n;
  const input = h('input', {
    class: 'visually-hidden',
    type: 'file',
    accept: '.json,application/json',
    tabindex: '-1',
    'aria-hidden': 'true',
    onchange: take,
  });
  const open = h(
    'button',
    { class: 'button button-quiet button-small', type: 'button', onclick: () => input.click() },
    icon('upload'),
    h('span', {}, t('staff.outbox.bring')),
  );
  const element = h('div', { class: 'bring-file' }, open, input);

  /** @param {string} why */
  const refuse = (why) => app.toaster.show({ text: t(`staff.outbox.${why}`), tone: 'bad', icon: 'warning' });
  async function take() {
    const file = input.files?.[0];
    if (!file) return;
    try {
      if (file.size > bytesMax) return refuse('too_big');
      const body = await file.text().then(JSON.parse).catch(() => null);
      if (!body) return refuse('no_file');
      const { items } = await app.api.post(`/api/sessions/${session.id}/outbox`, body, { timeoutMs: 120000 });
      onTaken();
      await tellResult(items);
    } catch (problem) {
      const { where, code } = /** @type {import('../../core/api.js').Problem} */ (problem);
      if (where === 'version') refuse('newer');
      else if (['BAD_FIELD', 'BAD_JSON'].includes(code)) refuse('no_file');
      else if (code === 'TOO_LARGE') refuse('too_big');
      else app.fail(problem);
    } finally {
      input.value = '';
    }
  }
  /** @param {Taken} item */
  function row({ kind, participant, outcome, problem }) {
    const [tone, name] = looks[outcome];
    return h(
      'li',
      { class: 'taken-row' },
      h('span', { class: `badge ${tone && `badge-${tone}`}` }, icon(name), t(`staff.outbox.${outcome.replace(' ', '_')}`)),
      h('bdi', {}, participant ?? t('staff.outbox.nobody')),
      h('span', { class: 'soft' }, t(`staff.outbox.kind_${kind ?? 'unknown'}`)),
      problem && h('span', {}, t(`staff.outbox.why_${reasonOf(problem)}`)),
    );
  }
  /** Those that were refused first. @param {Taken[]} items */
  function tellResult(items) {
    const order = ['refused', 'kept beside', 'stored', 'already there'];
    const sorted = [...items].sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
    return openDialog({
      title: t('staff.outbox.title'),
      icon: 'upload',
      class: 'dialog-wide',
      closeLabel: t('common.close'),
      body: [
        h(
          'ul',
          { class: 'badges taken-sum' },
          tally(items).map(({ outcome, count }) =>
            h(
              'li',
              { class: `badge ${looks[outcome][0] && count > 0 ? `badge-${looks[outcome][0]}` : ''}` },
              icon(looks[outcome][1]),
              t(`staff.outbox.sum_${outcome.replace(' ', '_')}`, { count }),
            ),
          ),
        ),
        items.length === 0 && h('p', { class: 'soft' }, t('staff.outbox.empty')),
        h('ul', { class: 'taken' }, sorted.slice(0, rowsShown).map(row)),
        sorted.length > rowsShown && h('p', { class: 'soft' }, t('staff.outbox.more', { count: sorted.length - rowsShown })),
        h('p', { class: 'soft small' }, t('staff.outbox.delete_file')),
      ].filter((part) => part !== false),
    });
  }
  return { element, destroy: () => element.remove() };
}
