// SPDX-License-Identifier: AGPL-3.0-or-later
// How people are protected here: for those who read a map, and those who are on it.
import { createApi } from '../core/api.js';
import { createI18n } from '../core/i18n.js';
import measured from './measured.json';
import { createPage } from './page.js';

async function start() {
  const i18n = createI18n({ api: createApi(), part: 'plan' });
  await i18n.setLanguage(i18n.preferred());
  const page = createPage({ i18n, measured });
  document.body.append(page.element);
  page.follow();
}

start();
