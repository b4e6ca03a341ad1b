// SPDX-License-Identifier: AGPL-3.0-or-later
// The participant's page.
import { createApi } from '../core/api.js';
import { createI18n } from '../core/i18n.js';
import { createMap } from '../map/map.js';

const api = createApi();
const i18n = createI18n({ api });
i18n.setLanguage(i18n.preferred()).then(() => {
  document.body.append(createMap({ api, i18n, crosshair: true }).element);
});
