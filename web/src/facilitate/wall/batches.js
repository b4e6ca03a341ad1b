// SPDX-License-Identifier: AGPL-3.0-or-later
// What the wall shows of a sensitive exercise, and when: late, and many at once, so that nobody in the room
// can tell who has just pressed. Pure: the time is given, by a clock that only goes forward.
//
// A mark that came, changed or was taken from sight is seen at some moment. Batches are let out at even times;
// one takes what was seen a delay ago or more, and only when it comes from enough different people: else it
// waits for the next. What is gone from the list, or was moved, is gone from its place with the next batch,
// whoever's it was: taking a mark back does not wait for others.

export const rules = { delayMs: 120_000, batchMs: 120_000, people: 3 };

/** @typedef {import('../live/model.js').Mark} Mark */
/** Marks that nobody's name stands on are taken for one person's. @param {Mark} mark */
export const personOf = (mark) => mark.properties.participant ?? '';
/** @param {Iterable<Mark>} marks */
export const countPeople = (marks) => new Set([...marks].map(personOf)).size;
/** What of a mark the wall shows. @param {Mark} mark */
const stamp = ({ geometry, properties }) => JSON.stringify([geometry, properties.category]);

/** @param {{delayMs: number, batchMs: number, people: number}} [given] */
export function createBatches({ delayMs, batchMs, people } = rules) {
  /** What is shown. @type {Map<string, Mark>} */
  let shown = new Map();
  /** What is seen and waits: since when. @type {Map<string, {mark: Mark, since: number}>} */
  let waiting = new Map();
  /** Of what is shown, what is no longer so. @type {string[]} */
  let gone = [];
  /** @type {number | null} which batch was let out last */
  let last = null;

  /**
   * The first list of all, of marks of before: batches by the server's own times alone, each let out when it is
   * over and old enough, and comes from enough people with those that waited. Opened anew a while later the wall
   * has all of the same batches and perhaps more: never a single mark more.
   * @param {Mark[]} list @param {number} now
   */
  function begin(list, now) {
    /** @type {Map<number, Mark[]>} */
    const groups = new Map();
    let newest = -Infinity;
    for (const mark of list) {
      const time = Date.parse(mark.properties.created ?? '');
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
      const same = (/** @type {Mark | undefined} */ a, /** @type {Mark | undefined} */ b) =>
        a !== undefined && b !== undefined && stamp(a) === stamp(b);
      gone = [...shown].filter(([id, mark]) => !same(mark, there.get(id))).map(([id]) => id);
      const news = list.filter((mark) => !same(mark, shown.get(mark.id)));
      waiting = new Map(
        news.map((mark) => {
          const known = waiting.get(mark.id);
          return [mark.id, { mark, since: known && same(known.mark, mark) ? known.since : now }];
        }),
      );
    },
    /** Lets out what is due. @param {number} now ms @returns {boolean} whether something changed */
    release(now) {
      const batch = Math.floor(now / batchMs);
      if (last === null || batch <= last) return false;
      last = batch;
      const due = batch * batchMs - delayMs;
      const before = shown.size;
      for (const id of gone) shown.delete(id);
      const ready = [...waiting.values()].filter(({ since }) => since <= due).map(({ mark }) => mark);
      const enough = countPeople(ready) >= people;
      if (enough)
        for (const mark of ready) {
          shown.set(mark.id, mark);
          waiting.delete(mark.id);
        }
      const changed = enough || shown.size !== before;
      gone = [];
      return changed;
    },
    /** @returns {Mark[]} */
    shown: () => [...shown.values()],
    /** Whether anything is still held back. */
    get holding() {
      return waiting.size > 0;
    },
  };
}
