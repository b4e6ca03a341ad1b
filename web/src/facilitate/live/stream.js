// SPDX-License-Identifier: AGPL-3.0-or-later
// Keeps the live map up to date: everything at each connection, then what happens, as it happens.
import { query } from '../../core/api.js';

/** @typedef {import('./model.js').Mark} Mark */

/** All pages of a list. @param {import('../../core/api.js').Api} api @param {string} path @param {"features" | "items"} member */
async function loadAll(api, path, member) {
  /** @type {any[]} */
  const all = [];
  let cursor = null;
  do {
    const page = await api.get(path + query({ limit: 1000, cursor }));
    all.push(...page[member]);
    cursor = page.next;
  } while (cursor);
  return all;
}

/**
 * @param {object} deps
 * @param {import('./live.js').Live} deps.live
 * @param {ReturnType<typeof import('./people_panel.js').createPeoplePanel>} deps.people
 * @param {{refresh: () => void}} deps.layers
 * @param {ReturnType<typeof import('./header.js').createHeader>} deps.header
 */
export function createStream({ live: { app, session, marks }, people, layers, header }) {
  const { api } = app;
  const path = `/api/sessions/${session.id}`;
  let stopped = false;

  /** What was missed while there was no connection is in the lists. */
  async function reload() {
    try {
      const features = await loadAll(api, `${path}/contributions`, 'features');
      const seats = app.leads() ? await loadAll(api, `${path}/participants`, 'items') : [];
      if (stopped) return;
      marks.reset(features.reverse());
      people.reset(seats);
      layers.refresh();
    } catch (problem) {
      if (!stopped) app.fail(problem);
    }
  }
  /** @param {import('./model.js').Change} change */
  function take(change) {
    marks.take(change);
    layers.refresh();
  }
  const close = api.listen(`${path}/events`, {
    open() {
      header.setConnected(true);
      reload();
    },
    error({ refused }) {
      header.setConnected(false);
      // asking says why: who is not signed in any more is told so
      if (refused) api.get(path).catch(() => {});
    },
    contribution: (/** @type {Mark} */ mark) => take({ type: 'put', mark }),
    removed: (/** @type {{id: string}} */ { id }) => take({ type: 'remove', id }),
    participant: people.take,
    session(/** @type {import('../types.js').Session} */ changed) {
      Object.assign(session, changed);
      header.update();
    },
  });
  return {
    stop() {
      stopped = true;
      close();
    },
  };
}
