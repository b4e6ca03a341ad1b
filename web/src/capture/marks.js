// SPDX-License-Identifier: AGPL-3.0-or-later
// One's own marks: what the server has (and this device remembers), with what is still on its way on top.
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
 * @property {"draft" | "waiting" | "sent" | "refused" | "beside"} status draft: an answer it needs is
 *   missing; beside: an edit met a later version, the facilitator chooses
 * @property {import("./outbox_queue.js").Refusal | null} problem
 * @property {number} version the server's that she saw last; 0: it has said of none
 * @property {boolean} [removal] what was refused was to remove it
 */
/** @typedef {import("./outbox_queue.js").Item} Item */

/** @param {any} feature as the server says it @returns {Own} */
function fromServer({ id, geometry, properties }) {
  const { category, answers, version, kept_beside: beside } = properties;
  return { id, geometry, answers, category, version, status: beside ? 'beside' : 'sent', problem: null };
}

/**
 * Her marks as they stand: what the server has, then what it has not yet been told or has refused.
 * @param {import("./outbox.js").Receipts} receipts @param {Item[]} items hers, oldest first
 * @param {Own[]} drafts @param {string} categoryField
 * @returns {Map<string, Own>} newest first
 */
export function ownMarks(receipts, items, drafts, categoryField) {
  /** @type {Map<string, Own>} */
  const marks = new Map();
  const versionOf = (/** @type {string} */ id) => receipts[id]?.properties.version ?? 0;
  for (const draft of drafts) marks.set(draft.id, { ...draft, version: versionOf(draft.id) });
  const latest = new Map(items.filter((i) => i.uuid !== '').map((item) => [item.uuid, item]));
  for (const { uuid, kind, body, problem } of [...latest.values()].reverse()) {
    if (marks.has(uuid) || kind !== 'put') continue;
    const category = String(body.answers[categoryField]);
    const status = problem ? 'refused' : 'waiting';
    marks.set(uuid, { id: uuid, ...body, category, status, problem: problem ?? null, version: versionOf(uuid) });
  }
  for (const feature of Object.values(receipts)) {
    const item = latest.get(feature.id);
    if (marks.has(feature.id) || (item?.kind === 'delete' && !item.problem)) continue;
    const own = fromServer(feature);
    const refused = item?.kind === 'delete' && item.problem;
    marks.set(feature.id, refused ? { ...own, status: 'refused', problem: refused, removal: true } : own);
  }
  return marks;
}

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("./outbox.js").Outbox} deps.outbox
 * @param {{token: string, session: number, ticket?: string}} deps.seat
 * @param {import("../core/exercise.js").Exercise} deps.exercise
 * @param {number} deps.precisionM the session's
 */
export function createMarks({ api, outbox, seat, exercise, precisionM }) {
  /** @type {import("../core/store.js").Store<Own[]>} newest first */
  const store = createStore(/** @type {Own[]} */ ([]));
  /** @type {import("./outbox.js").Receipts} */
  let receipts = {};
  /** @type {Map<string, Own>} */
  const drafts = new Map();
  // Answered while a list was on its way: the list may be older.
  /** @type {Set<string>} */
  let answered = new Set();
  const person = { token: seat.token, session: seat.session, ...(seat.ticket ? { ticket: seat.ticket } : {}) };

  /** A mark keeps its place in the list, a new one comes first. */
  function show() {
    const marks = ownMarks(receipts, outbox.itemsOf(seat.token), [...drafts.values()], exercise.category);
    const before = store.get().map((own) => own.id);
    const fresh = [...marks.keys()].filter((id) => !before.includes(id));
    store.set([...fresh, ...before.filter((id) => marks.has(id))].map((id) => /** @type {Own} */ (marks.get(id))));
  }
  /** @param {string} id */
  const find = (id) => store.get().find((own) => own.id === id);

  async function fetchAll() {
    /** @type {import("./outbox.js").Receipts} */
    const found = {};
    answered = new Set();
    for (let cursor = ''; ;) {
      const path = `/api/sessions/${seat.session}/contributions?limit=1000`;
      const page = await api.get(cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : path);
      for (const feature of page.features) found[feature.id] = feature;
      cursor = page.next;
      if (!cursor) break;
    }
    return found;
  }
  /** What the server has now; her edit that it keeps beside a version is remembered with that version. */
  async function refresh() {
    const found = await fetchAll();
    for (const [id, feature] of Object.entries(receipts)) {
      const now = found[id];
      if (answered.has(id)) found[id] = feature;
      else if (now && feature.properties.kept_beside && now.properties.version === feature.properties.version)
        found[id] = feature;
    }
    for (const id of answered) if (!receipts[id]) delete found[id];
    receipts = found;
    show();
    await outbox.keepReceipts(seat.token, receipts);
  }
  return {
    store,
    find,
    show,
    /** What this device remembers at once, the server's as soon as it answers. A server that does not leaves the former. */
    async load() {
      const kept = await outbox.receipts(seat.token);
      receipts = kept ?? {};
      show();
      const asked = refresh();
      if (kept) asked.catch(() => {});
      else
        await asked.catch((problem) => {
          if (!problem.temporary) throw problem;
        });
    },
    /** What the server has now, once it can be reached again. */
    refresh,
    /** Another tab has written down more. */
    async reload() {
      receipts = (await outbox.receipts(seat.token)) ?? receipts;
      show();
    },
    /**
     * Adds a mark, or puts a new version of one in its place. A draft stays here.
     * @param {{id?: string, geometry: GeoJSON.Geometry, answers: import("../core/exercise.js").Answers, draft?: boolean}} mark
     * @returns {string} its id
     */
    save({ id = uuidv7(), geometry, answers, draft = false }) {
      const category = String(answers[exercise.category]);
      const snapped = snapGeometry(precisionOf(precisionM, categoryOption(exercise, category)), geometry);
      const version = find(id)?.version ?? 0;
      drafts.delete(id);
      if (draft)
        drafts.set(id, { id, geometry: snapped, answers, category, status: 'draft', problem: null, version });
      else {
        const body = { geometry: snapped, answers };
        outbox.add({ kind: 'put', ...person, uuid: id, body, based_on: version });
      }
      show();
      return id;
    },
    /** @param {string} id */
    remove(id) {
      const version = find(id)?.version ?? 0;
      drafts.delete(id);
      outbox.add({ kind: 'delete', ...person, uuid: id, based_on: version });
      show();
    },
    /** The server has an item. @param {Item} item @param {any} reply its contribution; null: it is gone */
    sent(item, reply) {
      if (item.uuid === '') return;
      answered.add(item.uuid);
      if (reply) receipts = { ...receipts, [item.uuid]: reply };
      else {
        const { [item.uuid]: gone, ...rest } = receipts;
        receipts = rest;
      }
      show();
    },
  };
}
/** @typedef {ReturnType<typeof createMarks>} Marks */
