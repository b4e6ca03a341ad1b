// SPDX-License-Identifier: AGPL-3.0-or-later
// Long work on the server: following it to its end, and how far it has come.
import { h } from '../core/dom.js';

const pollMs = 300;

/**
 * @typedef {object} Job
 * @property {string} job
 * @property {"running" | "done" | "failed"} state
 * @property {number} done
 * @property {number} total
 * @property {any} report
 */

/**
 * @param {object} deps
 * @param {import('../core/api.js').Api} deps.api
 * @param {Job} deps.job
 * @param {(job: Job) => void} deps.onProgress
 * @param {() => boolean} deps.left whether nobody waits for it any more
 * @returns {Promise<Job>} as it ended, or as it stood when nobody waited any more
 */
export async function followJob({ api, job, onProgress, left }) {
  while (job.state === 'running' && !left()) {
    onProgress(job);
    await new Promise((next) => setTimeout(next, pollMs));
    job = await api.get(`/api/jobs/${job.job}`);
  }
  return job;
}

/** @param {{app: import('./main.js').App, text: string}} deps */
export function createProgress({ app, text }) {
  const bar = h('progress', { class: 'progress', 'aria-label': text });
  const words = h('p', { class: 'soft' });
  const element = h('div', { class: 'card stack' }, h('h2', {}, text), bar, words);
  return {
    element,
    /** @param {number} done @param {number} total 0: not known yet */
    set(done, total) {
      if (total <= 0) return;
      bar.max = total;
      bar.value = done;
      words.textContent = app.i18n.t('staff.common.progress', {
        percent: app.i18n.number(done / total, { style: 'percent' }),
      });
    },
    destroy: () => element.remove(),
  };
}
