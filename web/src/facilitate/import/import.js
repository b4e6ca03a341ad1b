// SPDX-License-Identifier: AGPL-3.0-or-later
// Importing a file in three steps: choose it, say what its columns are, look at the dry run; then it is
// imported. A file that was sent and not imported is deleted when its screen is left.
import { h, replace } from '../../core/dom.js';
import { focusScreen } from '../../core/focus.js';
import { createFileChoice } from './file_choice.js';
import { createMappingForm } from './mapping_form.js';
import { createProgress, followJob } from '../progress.js';
import { createReport } from './report.js';

const types = /** @type {Record<string, string>} */ ({
  csv: 'text/csv',
  geojson: 'application/geo+json',
  json: 'application/geo+json',
});

/**
 * @typedef {object} Upload
 * @property {string} upload
 * @property {"csv" | "geojson"} format
 * @property {string[]} columns
 * @property {number} rows
 * @property {string[][]} sample
 * @property {Record<string, string[]>} values distinct cells of the columns that have few
 * @property {any} guess a mapping
 */
/** @typedef {{importable: number, refused: number, rows: {row: number, where: string, why: string}[], overlay?: number}} Report */
/** @typedef {import('../progress.js').Job} Job */

/** `#/project/3/import`. @param {import('../screens.js').ScreenDeps} deps */
export async function createImport({ app, ids: [project] }) {
  const { t } = app.i18n;
  /** @type {import('../types.js').Session[]} */
  const sessions = (await app.api.get(`/api/projects/${project}/sessions?limit=1000`)).items;
  const stage = h('div', { class: 'stack' });
  const element = h('div', { class: 'page-narrow stack-wide' }, h('h1', {}, t('staff.import.title')), stage);
  /** @type {Upload | null} */
  let upload = null;
  let left = false;

  /** @param {HTMLElement} content */
  function show(content) {
    replace(stage, content);
    if (element.isConnected) {
      window.scrollTo(0, 0);
      focusScreen(stage);
    }
  }
  /** The server deletes it after the import by itself, and after a day in any case. */
  function forget() {
    if (upload) app.api.del(`/api/uploads/${upload.upload}`).catch(() => {});
    upload = null;
  }
  function chooseFile() {
    forget();
    show(createFileChoice({ app, project, onFile: send }).element);
  }
  /** @param {File} file */
  async function send(file) {
    show(createProgress({ app, text: t('staff.import.reading', { name: file.name }) }).element);
    const ending = file.name.split('.').pop()?.toLowerCase() ?? '';
    try {
      const name = encodeURIComponent(file.name.slice(-200));
      upload = await app.api.upload(
        `/api/projects/${project}/uploads?name=${name}`,
        file,
        types[ending] ?? 'application/octet-stream',
      );
      if (left) forget();
      else askMapping(file.name.replace(/\.\w+$/, ''));
    } catch (problem) {
      app.fail(problem);
      chooseFile();
    }
  }
  /** @param {string} title @param {any} [mapping] */
  function askMapping(title, mapping) {
    if (!upload) return;
    const open = sessions.filter((one) => one.state === 'open');
    show(
      createMappingForm({
        app,
        upload,
        sessions: open,
        title,
        mapping,
        onDone: (chosen) => check(chosen, title),
        onBack: chooseFile,
      }).element,
    );
  }
  /** @param {"check" | "import"} verb @param {any} mapping @returns {Promise<Job>} */
  async function run(verb, mapping) {
    const progress = createProgress({
      app,
      text: t(verb === 'check' ? 'staff.import.checking' : 'staff.import.importing'),
    });
    show(progress.element);
    const job = await app.api.post(`/api/uploads/${upload?.upload}/${verb}`, mapping);
    const onProgress = (/** @type {Job} */ now) => progress.set(now.done, now.total);
    return followJob({ api: app.api, job, onProgress, left: () => left });
  }
  /** @param {Job} job @param {any} mapping @param {string} title @param {boolean} tried */
  function showReport(job, mapping, title, tried) {
    if (!job.report || left) return;
    const onBack = () => askMapping(title, mapping);
    const onImport = (/** @type {boolean} */ skip) =>
      finish(skip ? { ...mapping, skip_refused: true } : mapping, title);
    show(createReport({ app, report: job.report, onBack, onImport: tried ? null : onImport }).element);
  }
  /** @param {any} mapping @param {string} title */
  async function check(mapping, title) {
    try {
      showReport(await run('check', mapping), mapping, title, false);
    } catch (problem) {
      app.fail(problem);
      askMapping(title, mapping);
    }
  }
  /** @param {any} mapping @param {string} title */
  async function finish(mapping, title) {
    try {
      const job = await run('import', mapping);
      if (job.state !== 'done') return showReport(job, mapping, title, true);
      upload = null;
      app.toaster.show({
        text: t('staff.import.done', { count: job.report?.importable ?? 0 }),
        tone: 'good',
        icon: 'check',
      });
      if (!left) app.go(mapping.target === 'session' ? `session/${mapping.session}` : `project/${project}`);
    } catch (problem) {
      app.fail(problem);
      askMapping(title, mapping);
    }
  }
  chooseFile();
  return {
    element,
    unsaved: () => upload !== null,
    destroy() {
      left = true;
      forget();
      element.remove();
    },
  };
}
