// SPDX-License-Identifier: AGPL-3.0-or-later
// Keeps the live map up to date: everything at each connection, then what happens, as it happens.
import { loadAll } from '../load_all.js';

/** @typedef {import('./model.js').Mark} Mark */

/**
 * @param {object} deps
 * @param {import('./live.js').Live} deps.live
 * @param {ReturnType<typeof import('./people_panel.js').createPeoplePanel>} deps.people
 * @param {{refresh: () => void}} deps.layers
 * @param {ReturnType<typeof import('./header.js').createHeader>} deps.header
 * @param {{refresh: () => void}} deps.conflicts
 */
export function createStream({ live: { app, session, marks }, people, layers, header, conflicts }) {
  const { api } = app;
  const path = `/api/sessions/${session.id}`;
  let stopped = false;
  let turn = 0;
  /** What happens while the lists are read: they may be older. @type {(() => void)[] | null} */
  let meanwhile = null;

  /** What was missed while there was no connection is in the lists. */
  async function reload() {
    const mine = ++turn;
    meanwhile ??= [];
    try {
      const features = await loadAll(api, `${path}/contributions`, 'features');
      const seats = app.leads() ? await loadAll(api, `${path}/participants`) : [];
      const { items: tablets } = app.leads() ? await api.get(`${path}/tablets`) : { items: [] };
      if (stopped || mine !== turn) return;
      marks.reset(features.reverse());
      people.reset(seats, tablets);
      layers.refresh();
    } catch (problem) {
      if (!stopped) app.fail(problem);
    }
    if (mine !== turn) return;
    const steps = meanwhile ?? [];
    meanwhile = null;
    for (const step of steps) step();
  }
  /** @template T @param {(data: T) => void} step @returns {(data: T) => void} after the lists */
  const inTurn = (step) => (data) => void (meanwhile ? meanwhile.push(() => step(data)) : step(data));

  /** @param {import('./model.js').Change} change */
  function take(change) {
    marks.take(change);
    layers.refresh();
  }
  const close = api.listen(`${path}/events`, {
    open() {
      header.setConnected(true);
      reload();
      conflicts.refresh();
    },
    error({ refused }) {
      header.setConnected(false);
      // asking says why: who is not signed in any more is told so
      if (refused) api.get(path).catch(() => {});
    },
    contribution: inTurn((/** @type {Mark} */ mark) => take({ type: 'put', mark })),
    removed: inTurn((/** @type {{id: string}} */ { id }) => take({ type: 'remove', id })),
    participant: inTurn(people.take),
    conflict: conflicts.refresh,
    tablet: inTurn(people.takeTablet),
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
