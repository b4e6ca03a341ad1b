// SPDX-License-Identifier: AGPL-3.0-or-later
// What the columns of a file are: starts from the server's guess, shows the first rows beside it.
import { categoryField } from '../../core/exercise.js';
import { h, replace } from '../../core/dom.js';
import { button, choice, field, onSubmit, selectInput, textInput } from '../form.js';

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {import('./import.js').Upload} deps.upload
 * @param {import('../types.js').Session[]} deps.sessions
 * @param {string} deps.title the file's name without its ending
 * @param {any} [deps.mapping] what was chosen before
 * @param {(mapping: any) => void} deps.onDone
 * @param {() => void} deps.onBack
 */
export function createMappingForm({ app, upload, sessions, title, mapping, onDone, onBack }) {
  const { t } = app.i18n;
  const start = mapping ?? upload.guess;
  const csv = upload.format === 'csv';
  const none = /** @type {[string, string]} */ (['', t('staff.import.none')]);
  const columns = upload.columns.map((name) => /** @type {[string, string]} */ ([name, name]));
  /** @param {string} key @param {string | undefined} value @param {boolean} [optional] */
  const columnField = (key, value, optional = true) =>
    field({ label: t(`staff.import.${key}`), input: selectInput(optional ? [none, ...columns] : columns, value ?? '') });

  const x = columnField('x', start.x, false);
  const y = columnField('y', start.y, false);
  const crs = field({ label: t('staff.import.crs'), hint: t('staff.import.crs_hint'), input: textInput({ value: start.crs ?? 'EPSG:4326', dir: 'ltr', required: true }) });
  const decimal = field({
    label: t('staff.import.decimal'),
    input: selectInput([['.', t('staff.import.decimal_point')], [',', t('staff.import.decimal_comma')]], start.decimal ?? '.'),
  });
  const date = columnField('date', start.date);
  const dateOrder = field({
    label: t('staff.import.date_order'),
    input: selectInput(['dmy', 'mdy', 'ymd'].map((order) => [order, t(`staff.import.date_${order}`)]), start.date_order ?? 'ymd'),
  });
  const layerTitle = field({ label: t('staff.import.layer_title'), input: textInput({ value: start.title ?? title, maxlength: 120 }) });
  const name = columnField('label', start.label);
  const session = field({
    label: t('staff.import.session'),
    input: selectInput(sessions.map((one) => [String(one.id), one.title]), String(start.session ?? sessions[0]?.id ?? '')),
  });
  const category = columnField('category', start.category?.column);
  const separator = field({
    label: t('staff.import.separator'),
    input: selectInput([['', t('staff.import.separator_none')], [',', ','], [';', ';'], ['|', '|']], start.category?.separator ?? ''),
  });
  const person = columnField('participant', start.participant);
  const meanings = h('div', { class: 'stack' });
  /** @type {Map<string, HTMLSelectElement>} */
  let chosen = new Map();

  const overlayPart = h('div', { class: 'stack' }, layerTitle.element, name.element);
  const sessionPart = h('div', { class: 'stack' }, session.element, h('div', { class: 'columns' }, category.element, separator.element), meanings, person.element);
  const target = choice({
    legend: t('staff.import.target'),
    value: start.target ?? 'overlay',
    choices: ['overlay', 'session'].filter((one) => one === 'overlay' || sessions.length > 0).map((value) => ({ value, label: t(`staff.import.target_${value}`), hint: t(`staff.import.target_${value}_hint`) })),
    onChange: showParts,
  });
  function showParts() {
    overlayPart.hidden = target.value() !== 'overlay';
    sessionPart.hidden = target.value() !== 'session';
    if (target.value() === 'session') showMeanings().catch(app.fail);
  }
  /** The values of the category column, each with the category it stands for. */
  async function showMeanings() {
    chosen = new Map();
    const values = upload.values?.[category.input.value] ?? [];
    if (values.length === 0 || session.input.value === '') {
      replace(meanings);
      return;
    }
    const { exercise } = await app.api.get(`/api/sessions/${session.input.value}/package`);
    const options = (categoryField(exercise).options ?? []).map((one) => /** @type {[string, string]} */ ([one.id, app.i18n.label(one.label)]));
    const rows = distinct(values, separator.input.value).map((value) => {
      const known = start.category?.values?.[value] ?? options.find(([id, label]) => [id, label.toLowerCase()].includes(value.toLowerCase()))?.[0] ?? '';
      const select = selectInput([none, ...options], known, { 'aria-label': value });
      chosen.set(value, select);
      return h('div', { class: 'meaning' }, h('span', { dir: 'auto' }, value), select);
    });
    replace(meanings, h('p', { class: 'field-label' }, t('staff.import.values')), rows);
  }
  for (const one of [category, separator, session]) one.input.addEventListener('change', () => showMeanings().catch(app.fail));

  const form = h(
    'form',
    { class: 'stack' },
    h('h2', {}, t('staff.import.step_mapping')),
    h('p', { class: 'soft' }, t('staff.import.rows', { count: upload.rows })),
    sampleTable(app, upload),
    h(
      'div',
      { class: 'card stack' },
      target.element,
      overlayPart,
      sessionPart,
      csv && h('div', { class: 'columns' }, x.element, y.element, decimal.element),
      crs.element,
      h('div', { class: 'columns' }, date.element, dateOrder.element),
    ),
    h('div', { class: 'form-foot' }, button({ label: t('staff.import.check'), icon: 'check', tone: 'primary', type: 'submit' }), button({ label: t('common.back'), icon: 'back', run: onBack })),
  );
  onSubmit(form, async () => {
    const column = category.input.value;
    const values = Object.fromEntries([...chosen].filter(([, select]) => select.value !== '').map(([value, select]) => [value, select.value]));
    const own =
      target.value() === 'overlay'
        ? { title: layerTitle.input.value.trim(), ...given({ label: name.input.value }) }
        : {
            session: Number(session.input.value),
            ...given({ participant: person.input.value }),
            ...(column ? { category: { column, values, ...given({ separator: separator.input.value }) } } : {}),
          };
    onDone({
      target: target.value(),
      ...own,
      ...(csv ? { x: x.input.value, y: y.input.value, decimal: decimal.input.value } : {}),
      crs: crs.input.value.trim(),
      ...(date.input.value ? { date: date.input.value, date_order: dateOrder.input.value } : {}),
    });
  });
  showParts();
  return { element: form, destroy: () => form.remove() };
}

/** Only what is not empty. @param {Record<string, string>} values */
const given = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

/** The parts of the cells, each once. @param {string[]} cells @param {string} separator @returns {string[]} */
export function distinct(cells, separator) {
  const parts = cells.flatMap((cell) => (separator ? cell.split(separator) : [cell])).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
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
      h('thead', {}, h('tr', {}, upload.columns.map((one) => h('th', { scope: 'col', dir: 'auto' }, one)))),
      h('tbody', {}, upload.sample.map((row) => h('tr', {}, row.map((cell) => h('td', { dir: 'auto' }, cell))))),
    ),
  );
}
