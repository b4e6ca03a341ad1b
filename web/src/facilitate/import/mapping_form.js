// SPDX-License-Identifier: AGPL-3.0-or-later
// What the columns of a file are: starts from the server's guess, shows the first rows beside it.
import { h } from '../../core/dom.js';
import { button, choice, onSubmit } from '../form.js';
import { createDate, createLayerPart, createPosition } from './parts.js';
import { createSessionPart } from './session_part.js';

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {import('./import.js').Upload} deps.upload
 * @param {import('../types.js').Session[]} deps.sessions those that are open
 * @param {string} deps.title the file's name without its ending
 * @param {any} [deps.mapping] what was chosen before
 * @param {(mapping: any) => void} deps.onDone
 * @param {() => void} deps.onBack
 */
export function createMappingForm({ app, upload, sessions, title, mapping, onDone, onBack }) {
  const { t } = app.i18n;
  const start = mapping ?? upload.guess;
  const into = sessions.length > 0 ? start.target : 'overlay';
  const layer = createLayerPart({ app, upload, start, title });
  const marks = createSessionPart({ app, upload, sessions, start });
  const position = createPosition({ app, upload, start });
  const date = createDate({ app, upload, start });
  const target = choice({
    legend: t('staff.import.target'),
    value: into,
    choices: ['overlay', 'session']
      .filter((one) => one === 'overlay' || sessions.length > 0)
      .map((value) => ({
        value,
        icon: value === 'overlay' ? 'layers' : 'pin',
        label: t(`staff.import.target_${value}`),
        hint: t(`staff.import.target_${value}_hint`),
      })),
    onChange: () => showParts().catch(app.fail),
  });
  let loaded = false;
  async function showParts() {
    const session = target.value() === 'session';
    layer.element.hidden = session;
    marks.element.hidden = date.element.hidden = !session;
    if (!session || loaded) return;
    loaded = true;
    await marks.load();
  }
  const form = h(
    'form',
    { class: 'stack' },
    h('h2', {}, t('staff.import.step_mapping')),
    h('p', { class: 'soft' }, t('staff.import.rows', { count: upload.rows })),
    sampleTable(app, upload),
    h('div', { class: 'card stack' }, target.element, layer.element, marks.element, date.element),
    h('div', { class: 'card stack' }, h('h3', {}, t('staff.import.position')), position.element),
    h(
      'div',
      { class: 'form-foot' },
      button({ label: t('staff.import.check'), icon: 'check', tone: 'primary', type: 'submit' }),
      button({ label: t('staff.import.other_file'), icon: 'back', run: onBack }),
    ),
  );
  onSubmit(form, async () => {
    const own = target.value() === 'session' ? { ...marks.value(), ...date.value() } : layer.value();
    onDone({ target: target.value(), ...own, ...position.value() });
  });
  showParts().catch(app.fail);
  return { element: form, destroy: () => form.remove() };
}

/** @param {import('../main.js').App} app @param {import('./import.js').Upload} upload */
function sampleTable(app, upload) {
  const { t } = app.i18n;
  return h(
    'div',
    { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': t('staff.import.sample') },
    h(
      'table',
      { class: 'table' },
      h('caption', { class: 'visually-hidden' }, t('staff.import.sample')),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          upload.columns.map((one) => h('th', { scope: 'col' }, h('bdi', {}, one))),
        ),
      ),
      h(
        'tbody',
        {},
        upload.sample.map((row) =>
          h(
            'tr',
            {},
            row.map((cell) => h('td', {}, h('bdi', {}, cell))),
          ),
        ),
      ),
    ),
  );
}
