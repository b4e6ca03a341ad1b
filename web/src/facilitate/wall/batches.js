// SPDX-License-Identifier: AGPL-3.0-or-later
// What the wall shows of a sensitive exercise, and when: late, and many at once, so that nobody in the room
// can tell who has just pressed. Pure: the time is given, by a clock that only goes forward.
//
// A mark that came, changed or was taken from sight is seen at some moment. Batches are let out at even times;
// one takes what was seen a delay ago or more, and what is new only when it comes from enough different people:
// else it waits for the next, and a mark that changed stays as it was shown. What was taken back, or moved away,
// goes with what is new or with what others took back, so that the numbers do not tell of one person; but not
// later than leaveMs: her will does not wait for others for ever.

export const rules = { delayMs: 120_000, batchMs: 120_000, people: 3, leaveMs: 360_000 };

/** @typedef {import('../live/model.js').Mark} Mark */
/** Marks that nobody's name stands on are taken for one person's. @param {Mark} mark */
export const personOf = (mark) => mark.properties.participant ?? '';
/** @param {Iterable<Mark>} marks */
export const countPeople = (marks) => new Set([...marks].map(personOf)).size;
/** What of a mark the wall shows. @param {Mark} mark */
const stamp = ({ geometry, properties }) => JSON.stringify([geometry, properties.category]);
/** @param {Mark | null} a @param {Mark | null} b */
const same = (a, b) => (a && b ? stamp(a) === stamp(b) : a === b);

/**
 * What is otherwise than it is shown.
 * @typedef {object} Change
 * @property {Mark | null} mark how it is now; null: gone
 * @property {number} since when it is so
 * @property {number} left since when it is no longer as it is shown
 */

/** @param {typeof rules} [given] */
export function createBatches({ delayMs, batchMs, people, leaveMs } = rules) {
  /** What is shown. @type {Map<string, Mark>} */
  let shown = new Map();
  /** @type {Map<string, Change>} by mark */
  let changes = new Map();
  /** @type {number | null} which batch was let out last */
  let last = null;

  /**
   * The first list of all, of marks of before: batches by the server's own times of their last change, each let
   * out when it is over and old enough, and comes from enough people with those that waited. Opened anew a while
   * later the wall has all of the same batches and perhaps more: never a single mark more. One that was changed
   * in between is in the batch of its change.
   * @param {Mark[]} list @param {number} now
   */
  function begin(list, now) {
    /** @type {Map<number, Mark[]>} */
    const groups = new Map();
    let newest = -Infinity;
    for (const mark of list) {
      const time = Date.parse(mark.properties.changed ?? '');
      if (!Number.isFinite(time)) continue;
      newest = Math.max(newest, time);
      const batch = Math.floor(time / batchMs);
      groups.set(batch, groups.get(batch) ?? []);
      groups.get(batch)?.push(mark);
    }
    /** @type {Mark[]} */
    let held = [];
    for (const [batch, marks] of [...groups].sort(([a], [b]) => a - b)) {
      if ((batch + 1) * batchMs > newest - delayMs - batchMs) break;
      held = held.concat(marks);
      if (countPeople(held) < people) continue;
      for (const mark of held) shown.set(mark.id, mark);
      held = [];
    }
    last = Math.floor(now / batchMs);
  }
  return {
    /** All that may be shown in the room, as it stands. @param {Mark[]} list @param {number} now ms */
    see(list, now) {
      if (last === null) begin(list, now);
      const there = new Map(list.map((mark) => [mark.id, mark]));
      const before = changes;
      changes = new Map();
      for (const id of new Set([...there.keys(), ...shown.keys()])) {
        const mark = there.get(id) ?? null;
        if (same(mark, shown.get(id) ?? null)) continue;
        const known = before.get(id);
        const since = known && same(known.mark, mark) ? known.since : now;
        changes.set(id, { mark, since, left: known?.left ?? now });
      }
    },
    /** Lets out what is due. @param {number} now ms @returns {boolean} whether something changed */
    release(now) {
      const batch = Math.floor(now / batchMs);
      if (last === null || batch <= last) return false;
      last = batch;
      const due = batch * batchMs - delayMs;
      const ready = [...changes].filter(([, { since }]) => since <= due);
      const news = ready.flatMap(([, { mark }]) => mark ?? []);
      const enough = countPeople(news) >= people;
      const leaving = [...changes].filter(([id, { left }]) => shown.has(id) && left <= due);
      const together = enough || countPeople(leaving.flatMap(([id]) => shown.get(id) ?? [])) >= people;
      const out = leaving.filter(([, { left }]) => together || left <= batch * batchMs - leaveMs);
      for (const [id] of out) shown.delete(id);
      for (const mark of enough ? news : []) shown.set(mark.id, mark);
      for (const [id, { mark }] of ready) if (same(mark, shown.get(id) ?? null)) changes.delete(id);
      return enough || out.length > 0;
    },
    /** @returns {Mark[]} */
    shown: () => [...shown.values()],
    /** Whether anything is still held back. */
    get holding() {
      return changes.size > 0;
    },
  };
}
