// SPDX-License-Identifier: AGPL-3.0-or-later
// The rules of the outbox, without network or disk: what is sent next, what replaces what, what an
// answer of the server means.

/**
 * One thing to tell the server. `key` orders them; `token` is the one of the person who did it.
 * @typedef {object} Item
 * @property {string} key
 * @property {"put" | "delete" | "leave"} kind
 * @property {string} token
 * @property {number} session
 * @property {string} uuid of the contribution; "" for leave
 * @property {{geometry: GeoJSON.Geometry, answers: Record<string, any>}} [body]
 * @property {{code: string, where: string, detail: string} | null} [problem] why the server refused it
 */

/**
 * The queue after one more item. An unsent item about the same contribution is replaced (it keeps its
 * place), unless it is on its way. Deleting what was never sent leaves nothing to send.
 * @param {Item[]} queue @param {Item} item
 * @param {{sending: string | null, known: boolean}} now key on its way; whether the server may have the contribution
 * @returns {Item[]}
 */
export function withItem(queue, item, { sending, known }) {
  const at = queue.findIndex((i) => i.uuid !== '' && i.uuid === item.uuid && i.key !== sending);
  const rest = queue.filter((_, i) => i !== at);
  if (item.kind === 'delete' && !known && !rest.some((i) => i.uuid === item.uuid)) return rest;
  if (at < 0) return [...queue, item];
  return queue.map((old, i) => (i === at ? { ...item, key: old.key } : old));
}

/** The next to send: the oldest not refused. @param {Item[]} queue @returns {Item | undefined} */
export function nextItem(queue) {
  return queue.find((item) => !item.problem);
}

/**
 * What to do after an answer.
 * "done": forget it. "again": try later, the same. "refused": keep it, for its owner to mend.
 * @param {Item} item
 * @param {{code: string, temporary: boolean} | null} problem null: it went well
 * @param {string | null} present the token of the person now at the screen
 * @returns {"done" | "again" | "refused"}
 */
export function verdict(item, problem, present) {
  if (!problem) return 'done';
  if (problem.temporary) return 'again';
  // A leave, or deleting what is not there, asks for what already is; a person who left cannot mend hers.
  if (item.kind !== 'put' || item.token !== present) return 'done';
  return 'refused';
}

/** Milliseconds until the next try. @param {number} failures in a row */
export function retryDelay(failures) {
  return Math.min(30000, 2000 * 2 ** Math.max(0, failures - 1));
}
