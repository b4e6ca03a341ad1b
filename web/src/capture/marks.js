// SPDX-License-Identifier: AGPL-3.0-or-later
// One's own marks: what the server has, with what is still on its way on top.
import { uuidv7 } from '../core/ids.js';
import { categoryOption, precisionOf } from '../core/exercise.js';
import { snapGeometry } from '../core/snap.js';
import { createStore } from '../core/store.js';

/**
 * @typedef {object} Own
 * @property {string} id
 * @property {GeoJSON.Geometry} geometry snapped
 * @property {import("../core/exercise.js").Answers} answers
 * @property {string} category
 * @property {"draft" | "waiting" | "sent" | "refused"} status draft: an answer it needs is missing
 * @property {{code: string, where: string, detail: string} | null} problem
 * @property {boolean} known whether the server may have it
 */

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("./outbox.js").Outbox} deps.outbox
 * @param {{token: string, session: number}} deps.seat
 * @param {import("../core/exercise.js").Exercise} deps.exercise
 * @param {number} deps.precisionM the session's
 */
export function createMarks({ api, outbox, seat, exercise, precisionM }) {
  /** @type {import("../core/store.js").Store<Own[]>} newest first */
  const store = createStore(/** @type {Own[]} */ ([]));

  /** @param {Own} own */
  function put(own) {
    store.set((all) =>
      all.some((o) => o.id === own.id) ? all.map((o) => (o.id === own.id ? own : o)) : [own, ...all],
    );
  }
  /** @param {string} id */
  const find = (id) => store.get().find((own) => own.id === id);

  /** @param {any} feature @returns {Own} */
  function fromServer({ id, geometry, properties }) {
    const { category, answers } = properties;
    return { id, geometry, answers, category, status: 'sent', problem: null, known: true };
  }
  return {
    store,
    find,
    /** Reads the server's, then lays what is unsent on top. A server that does not answer leaves the latter. */
    async load() {
      /** @type {Own[]} */
      let all = [];
      for (let cursor = ''; ;) {
        const path = `/api/sessions/${seat.session}/contributions?limit=1000`;
        const page = await api.get(cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : path);
        all.push(...page.features.map(fromServer));
        cursor = page.next;
        if (!cursor) break;
      }
      for (const item of outbox.itemsOf(seat.token)) {
        const known = all.some((own) => own.id === item.uuid);
        all = all.filter((own) => own.id !== item.uuid);
        if (item.kind === 'put' && item.body) {
          all.unshift({
            id: item.uuid,
            ...item.body,
            category: String(item.body.answers[exercise.category]),
            status: item.problem ? 'refused' : 'waiting',
            problem: item.problem ?? null,
            known,
          });
        }
      }
      store.set(all);
    },
    /**
     * Adds a mark, or puts a new version of one in its place. A draft stays here.
     * @param {{id?: string, geometry: GeoJSON.Geometry, answers: import("../core/exercise.js").Answers, draft?: boolean}} mark
     * @returns {string} its id
     */
    save({ id = uuidv7(), geometry, answers, draft = false }) {
      const category = String(answers[exercise.category]);
      const snapped = snapGeometry(precisionOf(precisionM, categoryOption(exercise, category)), geometry);
      const known = find(id)?.known ?? false;
      put({
        id,
        geometry: snapped,
        answers,
        category,
        status: draft ? 'draft' : 'waiting',
        problem: null,
        known,
      });
      if (!draft)
        outbox.add({
          kind: 'put',
          token: seat.token,
          session: seat.session,
          uuid: id,
          body: { geometry: snapped, answers },
        });
      return id;
    },
    /** @param {string} id */
    remove(id) {
      const known = find(id)?.known ?? true;
      store.set((all) => all.filter((own) => own.id !== id));
      outbox.add({ kind: 'delete', token: seat.token, session: seat.session, uuid: id }, { known });
    },
    /** The server has an item. @param {import("./outbox.js").Item} item @param {any} feature */
    sent(item, feature) {
      const newer = outbox.itemsOf(seat.token).some((i) => i.uuid === item.uuid);
      const own = find(item.uuid);
      if (item.kind !== 'put' || !own) return;
      put(newer ? { ...own, known: true } : fromServer(feature));
    },
    /** @param {import("./outbox.js").Item} item */
    refused(item) {
      const own = find(item.uuid);
      if (own) put({ ...own, status: 'refused', problem: item.problem ?? null });
    },
  };
}
/** @typedef {ReturnType<typeof createMarks>} Marks */
