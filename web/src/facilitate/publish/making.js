// SPDX-License-Identifier: AGPL-3.0-or-later
// Making an edition: a look at what would show, the question whether it is meant, the work, what came of it.
import { openDialog } from '../../core/dialog.js';
import { h, replace } from '../../core/dom.js';
import { focusScreen } from '../../core/focus.js';
import { icon } from '../../core/icon.js';
import { button } from '../form.js';
import { problemText } from '../problem.js';
import { createProgress, followJob } from '../progress.js';
import { editionName, lacksKey } from './model.js';
import { createPreview } from './preview.js';

/** @typedef {import('../progress.js').Job} Job */

/** @param {{publishing: import('./publish.js').Publishing}} deps */
export function createMaking({ publishing }) {
  const { app, project, now, refresh, left } = publishing;
  const { t } = app.i18n;
  const path = `/api/projects/${project}`;
  const result = h('div', {});
  const tools = h('div', { class: 'form-foot' });
  const hint = h('p', { class: 'soft' });
  const element = h('div', { class: 'stack' }, hint, result, tools);
  let busy = false;

  function show() {
    const { may } = now().next;
    hint.textContent = t(may ? 'staff.publish.make_hint' : 'staff.publish.make_wait');
    tools.hidden = busy;
    replace(
      tools,
      button({
        label: t('staff.publish.preview'),
        icon: 'eye',
        tone: may ? 'plain' : 'primary',
        run: preview,
      }),
      may && button({ label: t('staff.publish.go'), icon: 'globe', tone: 'primary', run: publish }),
    );
  }
  /**
   * @param {string} text what is done @param {() => Promise<Job>} begin
   * @param {boolean} [changes] how things stand is asked before anything is offered again
   * @returns {Promise<Job | null>} null: it could not be begun, or nobody waits for it any more
   */
  async function work(text, begin, changes = false) {
    const progress = createProgress({ app, text });
    busy = true;
    replace(result, progress.element);
    show();
    lookAt(result);
    try {
      const job = await begin();
      const onProgress = (/** @type {Job} */ one) => progress.set(one.done, one.total);
      const ended = await followJob({ api: app.api, job, onProgress, left });
      if (changes && !left()) await refresh().catch(app.fail);
      return left() ? null : ended;
    } catch (problem) {
      replace(result);
      await refresh().catch(() => {}); // it says when, and how many more
      tell(problem);
      return null;
    } finally {
      busy = false;
      show();
    }
  }
  /** @param {any} problem that kept the work from being begun */
  function tell(problem) {
    const key = problem.code === 'CONFLICT' && (lacksKey(problem) ? 'key_missing' : 'at_once');
    if (!key) return app.fail(problem);
    const text =
      key === 'key_missing'
        ? t('staff.publish.key_missing', { file: problem.where })
        : t('staff.publish.at_once');
    app.toaster.show({ text, tone: 'bad', icon: 'warning', timeoutMs: 15000 });
  }
  async function preview() {
    const job = await work(t('staff.publish.previewing'), () => app.api.post(`${path}/publication/preview`));
    if (!job) return;
    if (job.state === 'failed') return showFailure(job);
    replace(result, createPreview({ publishing, report: job.report }));
    lookAt(result);
  }
  async function publish() {
    if (!(await isMeant())) return;
    const overlays = publishing.overlays();
    const begin = () => app.api.post(`${path}/editions`, { overlays });
    const job = await work(t('staff.publish.publishing'), begin, true);
    if (!job) return;
    showEnd(job);
    lookAt(result);
  }
  /** @param {Job} job that published */
  function showEnd(job) {
    if (job.state === 'failed') showFailure(job);
    else replace(result, doneCard(job.report));
  }
  /** @param {Job} job */
  function showFailure({ report }) {
    const text = problemText(t, { code: report?.error, detail: report?.why });
    replace(
      result,
      h(
        'div',
        { class: 'note note-bad' },
        icon('warning'),
        h(
          'div',
          { class: 'stack' },
          h('h3', { data: { focus: '' } }, t('staff.publish.failed')),
          h('p', {}, text),
        ),
      ),
    );
    lookAt(result);
  }
  /** Says plainly what leaves the room. */
  async function isMeant() {
    const { findings, assets, exercises } = now();
    const figures = exercises.some((one) => one.outcome !== 'nothing');
    const layers = publishing.overlays().length;
    const parts = [
      figures && ['chart', t('staff.publish.leaves_figures')],
      findings.agreed > 0 && ['quote', t('staff.publish.leaves_findings', { count: findings.agreed })],
      assets.approved > 0 && ['gift', t('staff.publish.leaves_assets', { count: assets.approved })],
      layers > 0 && ['layers', t('staff.publish.leaves_overlays', { count: layers })],
    ].filter((one) => one !== false);
    const answer = await openDialog({
      title: t('staff.publish.sure'),
      icon: 'globe',
      closeLabel: t('common.cancel'),
      body: [
        h('p', {}, h('strong', {}, t('staff.publish.leaves'))),
        h(
          'ul',
          { class: 'publish-parts' },
          parts.map(([name, text]) => h('li', {}, icon(name), h('span', {}, text))),
        ),
        h('p', { class: 'note' }, icon('shield'), h('span', {}, t('staff.publish.stays'))),
        h('p', { class: 'note note-warn' }, icon('warning'), h('span', {}, t('staff.publish.forever'))),
      ],
      actions: [
        { label: t('staff.publish.yes'), value: 'yes', tone: 'primary', icon: 'globe' },
        { label: t('staff.publish.no') },
      ],
    });
    return answer === 'yes';
  }
  /** @param {{edition: number, revision: number, url: string}} report */
  function doneCard({ edition, revision, url }) {
    const name = editionName({ number: edition, revision });
    return h(
      'div',
      { class: 'card stack publish-done' },
      h('div', { class: 'emblem' }, icon('check')),
      h('h3', { data: { focus: '' } }, t('staff.publish.done', { number: edition })),
      h('p', { class: 'soft' }, t('staff.publish.done_text')),
      h(
        'div',
        { class: 'form-foot' },
        h(
          'a',
          { class: 'button button-primary', href: url },
          icon('map'),
          h('span', {}, t('staff.publish.see')),
        ),
        h(
          'a',
          { class: 'button', href: `/api/editions/${project}/${name}/file`, download: '' },
          icon('download'),
          h('span', {}, t('staff.publish.file')),
        ),
      ),
      h(
        'p',
        { class: 'small' },
        t('staff.publish.address'),
        ' ',
        h('span', { class: 'code publish-address' }, new URL(url, location.href).href),
      ),
    );
  }
  /** Work that goes on since before this screen was opened. */
  async function resume() {
    const { job } = now();
    if (!job) return;
    const ended = await work(t('staff.publish.working'), () => app.api.get(`/api/jobs/${job}`), true);
    if (!ended) return;
    const { kind, state, report } = /** @type {any} */ (ended);
    if (state === 'failed') showFailure(ended);
    else if (kind === 'preview') replace(result, createPreview({ publishing, report }));
    else if (kind === 'publish') showEnd(ended);
    else replace(result);
  }
  queueMicrotask(resume);
  return { element, show, destroy: () => element.remove() };
}

/** Puts the keyboard and the reader on what is new. @param {HTMLElement} element */
const lookAt = (element) => {
  focusScreen(element);
  element.scrollIntoView({ block: 'nearest' });
};
