// SPDX-License-Identifier: AGPL-3.0-or-later
// The map inside somebody else's page: map, legend, and a link to the whole.
import { createApi } from '../core/api.js';
import { h } from '../core/dom.js';
import { createI18n } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { createToaster } from '../core/toast.js';
import { readMarks } from './catalog.js';
import { createPage } from './page.js';
import { createStage } from './stage.js';

/** @param {import('./page.js').Opened} opened @returns {Promise<import('./page.js').View>} */
async function createEmbedded({ app, edition }) {
  const { t } = app.i18n;
  const stage = createStage({
    app,
    edition,
    marks: await readMarks(app.catalog, edition),
    places: [],
    small: true,
  });
  const link = h(
    'a',
    { class: 'embed-link', target: '_blank', rel: 'noopener' },
    icon('next'),
    h('span', {}, t('plan.embed.open')),
  );
  const head = h('header', { class: 'embed-head' }, h('h1', { dir: 'auto' }, edition.title), link);
  const follow = () => link.setAttribute('href', `/plan${location.hash}`);
  link.addEventListener('pointerdown', follow);
  link.addEventListener('focus', follow);
  return {
    element: h('main', { class: 'embed' }, head, stage.element),
    update(state, former) {
      follow();
      stage.update({ ...state, table: false }, former);
    },
    destroy: () => stage.destroy(),
  };
}

async function start() {
  const api = createApi();
  const i18n = createI18n({ api, part: 'plan' });
  const toaster = createToaster();
  await i18n.setLanguage(i18n.preferred());
  const page = createPage({ api, i18n, toaster, compose: createEmbedded });
  document.body.append(page.element, toaster.element);
  await page.show();
}

start();
