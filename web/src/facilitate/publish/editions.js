// SPDX-License-Identifier: AGPL-3.0-or-later
// The editions so far: when, what each holds, and taking a part of one down at once.
import { confirmDialog, openDialog } from '../../core/dialog.js';
import { dotted, h, replace } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { button } from '../form.js';
import { editionName, exerciseOf, isWhole, takenDownKind } from './model.js';

/** @typedef {import('./model.js').PublishedEdition} PublishedEdition */
/** @typedef {{slice: string} | {finding: number} | {asset: number}} Part */
/** @typedef {{part: Part, name: string, icon: string}} Choice */

/** @param {{publishing: import('./publish.js').Publishing}} deps */
export function createEditions({ publishing }) {
  const { app, project, now, refresh } = publishing;
  const { t, label, date } = app.i18n;
  const element = h('div', { class: 'stack' });

  function show() {
    const { editions } = now();
    replace(
      element,
      editions.length > 0
        ? h('ul', { class: 'cards' }, editions.map(card))
        : h('p', { class: 'soft' }, t('staff.publish.no_edition')),
    );
  }
  /** @param {PublishedEdition} edition */
  function card(edition) {
    const { number, published_on: day, slices, findings, assets, url } = edition;
    const title = t('staff.publish.edition', { number });
    const name = editionName(edition);
    const parts = [
      t('staff.publish.holds_maps', { count: slices.length }),
      t('staff.publish.holds_findings', { count: findings.length }),
      t('staff.publish.holds_assets', { count: assets.length }),
    ];
    return h(
      'li',
      { class: 'card stack' },
      h(
        'div',
        { class: 'publish-edition' },
        h('span', { class: 'card-icon' }, icon('globe')),
        h(
          'div',
          { class: 'card-words' },
          h('h3', {}, title),
          h('p', { class: 'soft' }, date(`${day}T12:00:00Z`)),
          h('p', { class: 'soft' }, dotted(parts)),
          takenDown(edition),
        ),
      ),
      !edition.there &&
        h('p', { class: 'note note-bad' }, icon('warning'), h('span', {}, t('staff.publish.not_there'))),
      edition.there &&
        h(
          'div',
          { class: 'form-foot' },
          h(
            'a',
            { class: 'button button-small', href: url },
            icon('map'),
            h('span', {}, t('staff.publish.see'), about(title)),
          ),
          h(
            'a',
            { class: 'button button-small', href: `/api/editions/${project}/${name}/file`, download: '' },
            icon('download'),
            h('span', {}, t('staff.publish.file'), about(title)),
          ),
          slices.length + findings.length + assets.length > 0 &&
            button({
              label: t('staff.publish.take_down'),
              about: title,
              icon: 'eye-off',
              tone: 'quiet',
              small: true,
              run: () => takeDown(edition),
            }),
        ),
    );
  }
  /** With its exercise, where an edition has several. @param {import('./model.js').Slice} slice @param {import('./model.js').Slice[]} all */
  function sliceName({ id, title }, all) {
    const name = isWhole(id) ? t('staff.publish.whole') : label(title) || id;
    const keys = new Set(all.map((one) => exerciseOf(one.id)));
    const exercise = now().exercises.find((one) => one.key === exerciseOf(id));
    return keys.size > 1 && exercise ? `${label(exercise.title)} · ${name}` : name;
  }
  /** @param {string} title */
  const about = (title) => h('span', { class: 'visually-hidden' }, `: ${title}`);

  /** @param {PublishedEdition} edition */
  function takenDown({ taken_down: gone }) {
    if (gone.length === 0) return null;
    const count = (/** @type {string} */ kind) => gone.filter((one) => takenDownKind(one) === kind).length;
    const parts = [
      count('slice') > 0 ? t('staff.publish.holds_maps', { count: count('slice') }) : '',
      count('finding') > 0 ? t('staff.publish.holds_findings', { count: count('finding') }) : '',
      count('asset') > 0 ? t('staff.publish.holds_assets', { count: count('asset') }) : '',
    ];
    return h(
      'p',
      { class: 'badges' },
      h('span', { class: 'badge' }, icon('eye-off'), t('staff.publish.taken_down'), ' ', dotted(parts)),
    );
  }
  /** @param {PublishedEdition} edition */
  async function takeDown(edition) {
    const chosen = await choosePart(edition);
    if (!chosen) return;
    const sure = await confirmDialog({
      title: t('staff.publish.take_down_sure', { name: chosen.name }),
      text: t('staff.publish.take_down_text'),
      yes: t('staff.publish.take_down_yes'),
      no: t('common.cancel'),
      danger: true,
      icon: 'eye-off',
    });
    if (!sure) return;
    app.toaster.show({ text: t('staff.publish.taking_down'), icon: 'hourglass', timeoutMs: 0 });
    try {
      await app.api.post(`/api/projects/${project}/editions/${edition.number}/takedown`, chosen.part, {
        timeoutMs: 60000,
      });
      app.toaster.show({ text: t('staff.publish.is_down'), tone: 'good', icon: 'check', timeoutMs: 9000 });
      await refresh();
      element.querySelector('button')?.focus();
    } catch (problem) {
      app.fail(problem);
    }
  }
  /** @param {PublishedEdition} edition @returns {Promise<Choice | null>} */
  async function choosePart({ number, slices, findings, assets }) {
    const closing = new AbortController();
    /** @type {Choice | null} */
    let chosen = null;
    /** @param {string} heading @param {Choice[]} choices */
    const group = (heading, choices) =>
      choices.length > 0 &&
      h(
        'section',
        { class: 'stack' },
        h('h3', {}, heading),
        h(
          'ul',
          { class: 'rows' },
          choices.map((one) => h('li', {}, row(one))),
        ),
      );
    /** @param {Choice} one */
    const row = (one) =>
      h(
        'button',
        {
          class: 'row-button',
          type: 'button',
          onclick: () => {
            chosen = one;
            closing.abort();
          },
        },
        icon(one.icon),
        h('span', { class: 'row-label' }, h('span', { dir: 'auto' }, one.name)),
        icon('next'),
      );
    const body = [
      h('p', { class: 'soft' }, t('staff.publish.take_down_hint')),
      group(
        t('staff.publish.maps'),
        slices.map((slice) => ({ part: { slice: slice.id }, name: sliceName(slice, slices), icon: 'map' })),
      ),
      group(
        t('staff.live.findings'),
        findings.map(({ id, statement }) => ({ part: { finding: id }, name: statement, icon: 'quote' })),
      ),
      group(
        t('staff.assets.title'),
        assets.map(({ id, title }) => ({ part: { asset: id }, name: title, icon: 'gift' })),
      ),
    ].filter((one) => one !== false);
    await openDialog({
      title: t('staff.publish.take_down_what', { number }),
      icon: 'eye-off',
      closeLabel: t('common.cancel'),
      body,
      signal: closing.signal,
    });
    return chosen;
  }
  return { element, show, destroy: () => element.remove() };
}
