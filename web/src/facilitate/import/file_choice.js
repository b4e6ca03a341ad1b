// SPDX-License-Identifier: AGPL-3.0-or-later
// Choosing the file to import: by the system's dialog or by dropping it.
import { h } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { linkButton } from '../form.js';

/** @param {{app: import('../main.js').App, project: number, onFile: (file: File) => void}} deps */
export function createFileChoice({ app, project, onFile }) {
  const { t } = app.i18n;
  const input = h('input', {
    type: 'file',
    class: 'visually-hidden',
    id: 'import-file',
    accept: '.csv,.geojson,.json,text/csv,application/geo+json',
    onchange: () => take(input.files?.[0]),
  });
  /** @param {File | undefined} file */
  function take(file) {
    if (file) onFile(file);
  }
  const drop = h(
    'label',
    {
      class: 'drop card',
      for: 'import-file',
      ondragover(/** @type {DragEvent} */ event) {
        event.preventDefault();
        drop.classList.add('drop-over');
      },
      ondragleave: () => drop.classList.remove('drop-over'),
      ondrop(/** @type {DragEvent} */ event) {
        event.preventDefault();
        take(event.dataTransfer?.files[0]);
      },
    },
    h('span', { class: 'emblem' }, icon('upload')),
    h('strong', {}, t('staff.import.choose')),
    h('span', { class: 'soft' }, t('staff.import.formats')),
  );
  const element = h(
    'div',
    { class: 'stack' },
    h('h2', {}, t('staff.import.step_file')),
    h('div', {}, input, drop),
    h(
      'div',
      { class: 'form-foot' },
      linkButton({ label: t('staff.live.up'), icon: 'back', tone: 'quiet', to: `project/${project}` }),
    ),
  );
  return { element, destroy: () => element.remove() };
}
