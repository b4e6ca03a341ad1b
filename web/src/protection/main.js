// SPDX-License-Identifier: AGPL-3.0-or-later
// How people are protected here: for those who read a map, and those who are on it.
import { createApi } from '../core/api.js';
import { h } from '../core/dom.js';
import { createI18n } from '../core/i18n.js';

async function start() {
  const i18n = createI18n({ api: createApi(), part: 'plan' });
  await i18n.setLanguage(i18n.preferred());
  const { t } = i18n;
  document.body.append(
    h('main', { class: 'protection-main' }, h('h1', {}, t('plan.protection')), h('p', { class: 'lead' }, t('protection.lead'))),
  );
  document.title = `${t('plan.protection')} – Repère`;
}

start();
