// SPDX-License-Identifier: AGPL-3.0-or-later
// The planner's page: published editions, for anyone.
import { createApi } from '../core/api.js';
import { h } from '../core/dom.js';
import { createI18n } from '../core/i18n.js';
import { createToaster } from '../core/toast.js';
import { createBar } from './bar.js';
import { createPage } from './page.js';
import { createView } from './view.js';

async function start() {
  const api = createApi();
  const i18n = createI18n({ api, part: 'plan' });
  const toaster = createToaster();
  await i18n.setLanguage(i18n.preferred());
  const bar = createBar({ i18n, onOpen: (project, edition) => page.open(project, edition) });
  const page = createPage({
    api,
    i18n,
    toaster,
    async compose(opened) {
      const view = await createView(opened);
      bar.show(opened);
      return view;
    },
  });
  document.body.append(h('div', { class: 'plan' }, bar.element, page.element), toaster.element);
  document.title = `${i18n.t('plan.title')} – Repère`;
  await page.show();
}

start();
