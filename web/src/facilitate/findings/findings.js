// SPDX-License-Identifier: AGPL-3.0-or-later
// All findings of a project, by session: which may go out, which still wait for the group.
import { h } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { linkButton } from '../form.js';
import { loadAll } from '../load_all.js';
import { findingWords } from './view.js';

/** @typedef {import('./model.js').Finding} Finding */

/** `#/project/3/findings`. @param {import('../screens.js').ScreenDeps} deps */
export async function createFindings({ app, ids: [project] }) {
  const { t } = app.i18n;
  /** @type {[Finding[], import('../types.js').Session[]]} */
  const [findings, sessions] = await Promise.all([
    loadAll(app.api, `/api/projects/${project}/findings`),
    loadAll(app.api, `/api/projects/${project}/sessions`),
  ]);
  const groups = sessions
    .map((session) => ({ session, own: findings.filter((one) => one.session === session.id) }))
    .filter(({ own }) => own.length > 0);
  const element = h(
    'div',
    { class: 'page-narrow stack-wide' },
    h(
      'div',
      { class: 'stack' },
      h(
        'div',
        { class: 'head-row' },
        h('h1', {}, t('staff.live.findings')),
        linkButton({
          label: t('staff.live.up'),
          icon: 'back',
          tone: 'quiet',
          small: true,
          to: `project/${project}`,
        }),
      ),
      h('p', { class: 'soft' }, t('staff.finding.what')),
      findings.length === 0 && h('p', { class: 'lead' }, t('staff.finding.none_project')),
    ),
    groups.map(({ session, own }) =>
      h(
        'section',
        { class: 'stack' },
        h(
          'div',
          { class: 'head-row' },
          h('h2', {}, h('bdi', {}, session.title)),
          h(
            'a',
            { class: 'button button-small', href: `#/session/${session.id}` },
            icon('room'),
            h(
              'span',
              {},
              t('staff.finding.to_session'),
              h('span', { class: 'visually-hidden' }, ': ', h('bdi', {}, session.title)),
            ),
          ),
        ),
        h(
          'ul',
          { class: 'cards' },
          own.map((finding) =>
            h('li', { class: `card stack finding finding-${finding.state}` }, findingWords(app, finding)),
          ),
        ),
      ),
    ),
  );
  return { element, destroy: () => element.remove() };
}
