// SPDX-License-Identifier: AGPL-3.0-or-later
// Files to take away: the whole edition, this layer, this view as a picture.
import { openMenu } from '../core/menu.js';
import { urlsOf } from './catalog.js';
import { drawPicture } from './picture.js';
import { createWords } from './words.js';

/** @param {{app: import('./page.js').App, edition: import('./catalog.js').Edition, stage: import('./stage.js').Stage}} deps */
export async function openSave({ app, edition, stage }) {
  const { t } = app.i18n;
  const { slice, show, areas, table } = app.state();
  const urls = urlsOf(edition);
  const byArea = slice !== null && show === 'areas' && areas !== null;
  await openMenu({
    title: t('plan.save.title'),
    icon: 'download',
    closeLabel: t('plan.close'),
    entries: [
      {
        icon: 'layers',
        label: t('plan.save.gpkg'),
        hint: t('plan.save.gpkg_hint', { size: createWords(app.i18n).size(edition.file.bytes) }),
        file: edition.file.url,
        primary: true,
      },
      ...(table
        ? []
        : [
            {
              icon: 'image',
              label: t('plan.save.png'),
              hint: t('plan.save.png_hint'),
              run: () => void savePicture({ app, edition, stage }),
            },
          ]),
      ...(slice === null
        ? []
        : [
            {
              icon: 'map',
              label: t('plan.save.geojson'),
              file: byArea ? urls.areas(slice, areas) : urls.leaves(slice),
              as: `${nameOf(edition, slice)}.geojson`,
            },
            {
              icon: 'table',
              label: t('plan.save.csv'),
              file: byArea ? urls.areas(slice, areas, 'csv') : urls.values(slice),
              as: `${nameOf(edition, slice)}.csv`,
            },
          ]),
      ...(edition.findings > 0
        ? [
            {
              icon: 'flag',
              label: t('plan.save.findings'),
              file: urls.findings,
              as: `${nameOf(edition, 'findings')}.geojson`,
            },
          ]
        : []),
      ...(edition.assets > 0
        ? [
            {
              icon: 'star',
              label: t('plan.save.assets'),
              file: urls.assets,
              as: `${nameOf(edition, 'assets')}.geojson`,
            },
          ]
        : []),
    ],
  });
}

/** @param {import('./catalog.js').Edition} edition @param {string} what */
const nameOf = ({ project, edition }, what) => `${project}-${edition}-${what}`;

/** @param {{app: import('./page.js').App, edition: import('./catalog.js').Edition, stage: import('./stage.js').Stage}} deps */
async function savePicture({ app, edition, stage }) {
  try {
    const canvas = drawPicture({ app, edition, stage, ratio: 2 });
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
    if (!blob) throw new Error('no picture');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(/** @type {Blob} */ (blob));
    link.download = `${nameOf(edition, app.state().slice ?? 'map')}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  } catch {
    app.toaster.show({ text: app.i18n.t('plan.save.png_failed'), tone: 'bad', icon: 'warning' });
  }
}
