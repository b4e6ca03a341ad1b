// SPDX-License-Identifier: AGPL-3.0-or-later
// Importing a file in three steps: choose it, say what its columns are, look at the dry run; then it is
// imported whole or not at all.
import { h, replace } from '../../core/dom.js';
import { focusScreen } from '../../core/focus.js';
import { icon } from '../../core/icon.js';
import { createMappingForm } from './mapping_form.js';
import { createProgress, createReport } from './report.js';

const pollMs = 400;
const types = /** @type {Record<string, string>} */ ({ csv: 'text/csv', geojson: 'application/geo+json', json: 'application/geo+json' });

/**
 * @typedef {object} Upload
 * @property {string} upload
 * @property {"csv" | "geojson"} format
 * @property {string[]} columns
 * @property {number} rows
 * @property {string[][]} sample
 * @property {Record<string, string[]>} [values] distinct values of the columns that have few
 * @property {any} guess a mapping
 */
/**
 * @typedef {object} Job
 * @property {string} job
 * @property {"running" | "done" | "failed"} state
 * @property {number} done
 * @property {number} total
 * @property {{importable: number, refused: number, rows: {row: number, where: string, why: string}[], overlay?: number}} report
 */

/** `#/project/3/import`. @param {import('../screens.js').ScreenDeps} deps */
export async function createImport({ app, ids: [project] }) {
  const { t } = app.i18n;
  const sessions = (await app.api.get(`/api/projects/${project}/sessions?limit=1000`)).items;
  const stage = h('div', { class: 'stack' });
  const element = h('div', { class: 'page-narrow stack-wide' }, h('h1', {}, t('staff.import.title')), stage);
  /** @type {Upload | null} */
  let upload = null;
  let left = false;

  /** @param {(Node | null)[]} content */
  function show(...content) {
    replace(stage, ...content);
    focusScreen(stage);
  }
  function chooseFile() {
    const input = h('input', {
      type: 'file',
      class: 'visually-hidden',
      id: 'import-file',
      accept: '.csv,.geojson,.json,text/csv,application/geo+json',
      onchange: () => input.files?.[0] && send(input.files[0]),
    });
    const drop = h(
      'label',
      {
        class: 'drop card',
        for: 'import-file',
        ondragover: (/** @type {DragEvent} */ event) => event.preventDefault(),
        ondrop: (/** @type {DragEvent} */ event) => {
          event.preventDefault();
          const file = event.dataTransfer?.files[0];
          if (file) send(file);
        },
      },
      h('span', { class: 'emblem' }, icon('upload')),
      h('strong', {}, t('staff.import.choose')),
      h('span', { class: 'soft' }, t('staff.import.formats')),
    );
    show(h('h2', {}, t('staff.import.step_file')), h('div', {}, input, drop));
  }
  /** @param {File} file */
  async function send(file) {
    show(createProgress({ app, text: t('staff.import.reading', { name: file.name }) }).element);
    const ending = file.name.split('.').pop()?.toLowerCase() ?? '';
    try {
      upload = await app.api.upload(`/api/projects/${project}/uploads?name=${encodeURIComponent(file.name)}`, file, types[ending] ?? 'application/octet-stream');
      askMapping(file.name.replace(/\.\w+$/, ''));
    } catch (problem) {
      app.fail(problem);
      chooseFile();
    }
  }
  /** @param {string} title @param {any} [mapping] */
  function askMapping(title, mapping) {
    if (!upload) return;
    const form = createMappingForm({ app, upload, sessions, title, mapping, onDone: (chosen) => check(chosen, title), onBack: chooseFile });
    show(form.element);
  }
  /** @param {"check" | "import"} verb @param {any} mapping @returns {Promise<Job>} */
  async function run(verb, mapping) {
    const progress = createProgress({ app, text: t(verb === 'check' ? 'staff.import.checking' : 'staff.import.importing') });
    show(progress.element);
    /** @type {Job} */
    let job = await app.api.post(`/api/uploads/${upload?.upload}/${verb}`, mapping);
    while (job.state === 'running' && !left) {
      progress.set(job.done, job.total);
      await new Promise((next) => setTimeout(next, pollMs));
      job = await app.api.get(`/api/jobs/${job.job}`);
    }
    return job;
  }
  /** @param {any} mapping @param {string} title */
  async function check(mapping, title) {
    try {
      const { report } = await run('check', mapping);
      show(
        createReport({
          app,
          report,
          onBack: () => askMapping(title, mapping),
          onImport: () => finish(mapping, title),
        }).element,
      );
    } catch (problem) {
      app.fail(problem);
      askMapping(title, mapping);
    }
  }
  /** @param {any} mapping @param {string} title */
  async function finish(mapping, title) {
    try {
      const job = await run('import', mapping);
      if (job.state === 'failed') {
        show(createReport({ app, report: job.report, onBack: () => askMapping(title, mapping), onImport: null }).element);
        return;
      }
      app.toaster.show({ text: t('staff.import.done', { count: job.report.importable }), tone: 'good', icon: 'check' });
      app.go(mapping.target === 'session' ? `session/${mapping.session}` : `project/${project}`);
    } catch (problem) {
      app.fail(problem);
      askMapping(title, mapping);
    }
  }
  chooseFile();
  return {
    element,
    destroy() {
      left = true;
      element.remove();
    },
  };
}
