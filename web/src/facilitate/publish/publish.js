// SPDX-License-Identifier: AGPL-3.0-or-later
// Publishing a project: what there is, what is missing and why, what would show, then the edition itself;
// below, the editions so far.
import { h, replace } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { linkButton, toggle } from '../form.js';
import { createEditions } from './editions.js';
import { createExerciseCard } from './exercise_card.js';
import { createLater } from './later.js';
import { createMaking } from './making.js';
import { gateReasons } from './model.js';

/** @typedef {import('./model.js').Publication} Publication */
/**
 * @typedef {object} Publishing what the parts of the screen share
 * @property {import('../main.js').App} app
 * @property {number} project
 * @property {import('./model.js').Words} words
 * @property {() => Publication} now
 * @property {() => number[]} overlays ids of those that go out
 * @property {() => Promise<void>} refresh asks the server how things stand
 * @property {() => boolean} left whether the screen is gone
 */

/** `#/project/3/publish`. @param {import('../screens.js').ScreenDeps} deps */
export async function createPublish({ app, ids: [project] }) {
  const { api, i18n } = app;
  const { t } = i18n;
  const path = `/api/projects/${project}/publication`;
  const [{ title }, first] = await Promise.all([api.get(`/api/projects/${project}`), api.get(path)]);
  /** @type {Publication} */
  let now = first;
  let left = false;
  /** @type {Set<number>} */
  const chosen = new Set();
  const said = h('div', { class: 'stack' });
  const also = h('div', { class: 'stack' });
  const gate = h('div', { class: 'stack' });

  /** @type {Publishing} */
  const publishing = {
    app,
    project,
    words: { t, language: i18n.language.get() },
    now: () => now,
    overlays: () => [...chosen].filter((id) => now.overlays.some((one) => one.id === id)),
    async refresh() {
      now = await api.get(path);
      if (!left) show();
    },
    left: () => left,
  };
  const making = createMaking({ publishing });
  const editions = createEditions({ publishing });
  const later = createLater({ publishing });

  function show() {
    replace(
      said,
      now.exercises.length > 0
        ? h(
            'ul',
            { class: 'cards' },
            now.exercises.map((one) => createExerciseCard({ app, exercise: one })),
          )
        : h('p', { class: 'soft' }, t('staff.publish.no_exercise')),
    );
    replace(also, alsoRows());
    replace(gate, gateNote());
    making.show();
    editions.show();
    later.show();
  }
  function alsoRows() {
    const { findings, assets, overlays } = now;
    return [
      linkRow('quote', `project/${project}/findings`, [
        t('staff.publish.findings', { count: findings.agreed }),
        findings.draft > 0 ? t('staff.publish.findings_draft', { count: findings.draft }) : '',
      ]),
      linkRow('gift', `project/${project}/assets`, [
        t('staff.publish.assets', { count: assets.approved }),
        assets.candidates > assets.approved
          ? t('staff.publish.assets_candidates', { count: assets.candidates - assets.approved })
          : '',
      ]),
      overlays.length > 0 &&
        h(
          'fieldset',
          { class: 'card stack publish-overlays' },
          h('legend', { class: 'field-label' }, t('staff.publish.overlays')),
          h('p', { class: 'field-hint' }, t('staff.publish.overlays_hint')),
          h('div', { class: 'toggles' }, overlays.map(overlayToggle)),
        ),
    ];
  }
  /** @param {string} name icon @param {string} to @param {string[]} lines */
  function linkRow(name, to, [main, more]) {
    return h(
      'a',
      { class: 'card card-link', href: `#/${to}` },
      h('span', { class: 'card-icon' }, icon(name)),
      h(
        'span',
        { class: 'card-words' },
        h('strong', {}, main),
        more !== '' && h('span', { class: 'soft' }, more),
      ),
      icon('next'),
    );
  }
  /** @param {Publication['overlays'][number]} overlay */
  function overlayToggle({ id, title: name }) {
    const one = toggle(name, chosen.has(id));
    one.element.addEventListener('change', () => void (one.value() ? chosen.add(id) : chosen.delete(id)));
    return one.element;
  }
  /** The first thing to know: whether it can be done now. */
  function gateNote() {
    const { may, from, why } = now.next;
    const reasons = gateReasons(publishing.words, why);
    const day = from && i18n.date(`${from}T12:00:00Z`);
    return h(
      'div',
      { class: `note publish-gate ${may ? 'note-good' : 'note-warn'}` },
      icon(may ? 'check' : 'hourglass'),
      h(
        'div',
        { class: 'stack publish-gate-words' },
        h(
          'strong',
          {},
          may ? t('staff.publish.may') : day ? t('staff.publish.from', { day }) : t('staff.publish.not_yet'),
        ),
        !may && reasons.map((reason) => h('p', {}, reason)),
      ),
    );
  }
  const element = h(
    'div',
    { class: 'page-wide stack-wide publish' },
    h(
      'div',
      { class: 'stack' },
      h('div', { class: 'head-row' }, h('h1', {}, t('staff.publish.title')), backButton(t('staff.live.up'))),
      h('p', { class: 'lead' }, h('bdi', {}, title)),
      h('p', {}, t('staff.publish.what')),
      gate,
    ),
    section(t('staff.publish.said'), said),
    section(t('staff.publish.also'), also),
    section(t('staff.publish.make'), making.element),
    section(t('staff.publish.editions'), editions.element),
    later.element,
  );
  /** @param {string} label */
  function backButton(label) {
    return linkButton({ label, icon: 'back', tone: 'quiet', small: true, to: `project/${project}` });
  }
  show();
  return {
    element,
    destroy() {
      left = true;
      element.remove();
    },
  };
}

/** @param {string} title @param {Node} content */
const section = (title, content) => h('section', { class: 'stack' }, h('h2', {}, title), content);
