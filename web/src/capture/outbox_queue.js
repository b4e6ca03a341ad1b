// SPDX-License-Identifier: AGPL-3.0-or-later
// The rules of the outbox, without network or disk: what is sent next, what replaces what, what an
// answer of the server means, what is written into a file.

/**
 * One thing to tell the server. `key` orders them: a counter, never the device's clock.
 * @typedef {object} Item
 * @property {string} key
 * @property {string} [id] of this item; one that takes another's place has its key and an id of its own
 * @property {"put" | "delete" | "consent" | "groups" | "leave"} kind
 * @property {string} token of the person who did it
 * @property {string} [ticket] hers; puts a mark in a file down to her
 * @property {number} session
 * @property {string} uuid of the contribution; "" for what is about the person
 * @property {any} [body] {geometry, answers} of a put, the request's body of consent and groups
 * @property {number} [based_on] the version that its author knew; 0 or absent: none
 * @property {number} [lost] tries since then, replaced meanwhile, that may have arrived all the same
 * @property {string} [after] the item that was on its way when this was made
 * @property {boolean} [tried] it left once, whatever was heard of it
 * @property {Refusal | null} [problem] why the server refused it
 */
/** @typedef {{code: string, where: string, detail: string}} Refusal */

/** What one item says again of another, later. @param {Item} a @param {Item} b */
const sameMatter = (a, b) =>
  a.uuid === '' || b.uuid === ''
    ? a.kind === b.kind && a.token === b.token
    : a.uuid === b.uuid && a.token === b.token;

/** @param {Item} item */
const idOf = (item) => item.id ?? item.key;

/** @param {Item} a @param {Item} b */
export const byKey = (a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** Whether the server may have the contribution. @param {Item[]} queue @param {Item} item */
export function mayBeThere(queue, item) {
  if ((item.based_on ?? 0) > 0) return true;
  return queue.some((i) => sameMatter(i, item) && Boolean(i.tried || i.lost || i.based_on));
}

/**
 * The queue after one more item. What waits about the same matter is replaced and keeps its place, so
 * that only the latest consent of a person is there, before the marks she made under it; what is on its
 * way stays, and the new item waits behind it. Deleting what the server cannot have leaves nothing to send.
 * @param {Item[]} queue @param {Item} item
 * @param {{sending: string | null, known: boolean}} now id on its way; whether the server may have the contribution
 * @returns {Item[]}
 */
export function withItem(queue, item, { sending, known }) {
  const moving = queue.find((i) => sameMatter(i, item) && idOf(i) === sending);
  const waiting = queue.find((i) => sameMatter(i, item) && i !== moving);
  const rest = queue.filter((i) => i !== waiting);
  if (item.kind === 'delete' && !known && !moving) return rest;
  const placed = { ...item, key: waiting?.key ?? item.key, ...heritage(item, waiting) };
  if (moving) placed.after = idOf(moving);
  return [...rest, placed].sort(byKey);
}

/** What an item takes over from the one that it replaces. @param {Item} item @param {Item} [old] */
function heritage(item, old) {
  const known = item.based_on ?? 0;
  const before = old?.based_on ?? 0;
  if (!old || known > before) return { based_on: known, lost: 0 };
  const lost = (old.lost ?? 0) + (old.tried ? 1 : 0);
  return { based_on: known, lost, ...(old.after ? { after: old.after } : {}) };
}

/** The queue once an item is about to leave. @param {Item[]} queue @param {string} id */
export const withTry = (queue, id) => queue.map((i) => (idOf(i) === id && !i.tried ? { ...i, tried: true } : i));

/**
 * The queue after an answer that was not heard: a newer item about the same matter takes over.
 * @param {Item[]} queue @param {Item} item
 */
export function withLost(queue, item) {
  const newer = queue.find((i) => sameMatter(i, item) && idOf(i) !== idOf(item));
  if (!newer) return queue;
  const { after, ...next } = newer;
  const lost = (item.lost ?? 0) + 1;
  const placed = { ...next, key: item.key, based_on: item.based_on ?? 0, lost };
  return queue.filter((i) => idOf(i) !== idOf(item)).map((i) => (i === newer ? placed : i)).sort(byKey);
}

/**
 * The queue after the server took an item. What waited behind it is based on what it became, unless
 * that was kept beside a later version.
 * @param {Item[]} queue @param {Item} item @param {number | null} version
 */
export function withReceipt(queue, item, version) {
  return queue
    .filter((i) => idOf(i) !== idOf(item))
    .map((i) => {
      if (!sameMatter(i, item)) return i;
      const { after, ...next } = i;
      return version === null ? next : { ...next, based_on: version, lost: 0 };
    });
}

/** The queue after a refusal: a newer item about the same matter is tried in its stead. @param {Item[]} queue @param {Item} item @param {Refusal} problem */
export function withRefusal(queue, item, problem) {
  if (queue.some((i) => sameMatter(i, item) && idOf(i) !== idOf(item)))
    return queue.filter((i) => idOf(i) !== idOf(item));
  return queue.map((i) => (idOf(i) === idOf(item) ? { ...i, problem } : i));
}

/** The next to send: the oldest not refused. @param {Item[]} queue @returns {Item | undefined} */
export function nextItem(queue) {
  return queue.find((item) => !item.problem);
}

/** How many marks these are about: one that was changed on its way is two items. What is about the person is none. @param {Item[]} items */
export const marksAmong = (items) => new Set(items.map(({ uuid }) => uuid).filter(Boolean)).size;

/** The version to say in If-Match; 0: it is new, say none. @param {Item} item */
export const knownVersion = (item) => (item.based_on ?? 0) + (item.lost ?? 0);

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
  // something else answered in the server's place: a router's sign-in page, a proxy
  if (problem.temporary || problem.code.startsWith('HTTP_')) return 'again';
  if (item.token !== present || item.kind === 'leave') return 'done'; // who has left cannot mend hers
  // deleting what is not there asks for what already is
  if (item.kind === 'delete' && problem.code === 'NOT_FOUND') return 'done';
  return 'refused';
}

/**
 * Whether what was judged done is lost instead: a mark of somebody who has left, and cannot be asked.
 * @param {Item} item @param {{code: string} | null} problem
 */
export const isDropped = ({ kind, uuid }, problem) =>
  problem !== null && uuid !== '' && !(kind === 'delete' && problem.code === 'NOT_FOUND');

/** Milliseconds until the next try, so that tablets that lost the server together do not come together. @param {number} failures in a row @param {number} [random] 0 to 1 */
export function retryDelay(failures, random = Math.random()) {
  return Math.min(30000, 2000 * 2 ** Math.max(0, failures - 1)) * (0.5 + random / 2);
}

/** A key that comes after `count` others. @param {number} count @param {string} tab tells tabs apart that count alike */
export const keyOf = (count, tab) => `${String(count).padStart(12, '0')}.${tab}`;

/** The count in a key. @param {string} key */
export const countOf = (key) => Number(key.split('.')[0]) || 0;
