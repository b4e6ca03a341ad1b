// SPDX-License-Identifier: AGPL-3.0-or-later
// What waits, as a file that the facilitator can bring to the server: without tokens, so that whoever
// finds it can read what is in it and do nothing.

import { withLost } from './outbox_queue.js';

/** @typedef {import("./outbox_queue.js").Item} Item */

/** A mark that was changed on its way is told once, as it is now. @param {Item[]} items */
function lastOfEach(items) {
  const onItsWay = items.find(({ id, key }) => items.some(({ after }) => after === (id ?? key)));
  return onItsWay ? withLost(items, onItsWay) : items;
}

/**
 * @param {number} session
 * @param {Item[]} items of that session
 * @returns {{text: string, items: Item[]}} the file, and what is in it
 */
export function outboxFile(session, items) {
  const told = lastOfEach(items).filter(
    (item) =>
      item.session === session && item.ticket && !item.problem && ['put', 'delete', 'consent'].includes(item.kind),
  );
  const text = JSON.stringify({
    format: 'repere-outbox',
    version: 1,
    session,
    items: told.map(({ kind, uuid, ticket, body, based_on: known = 0, lost = 0 }) => ({
      kind,
      uuid,
      ticket,
      ...(body ? { body } : {}),
      ...(known + lost > 0 ? { based_on: known + lost } : {}),
    })),
  });
  return { text, items: told };
}

/** Hands a text to the browser as a file. @param {string} name @param {string} text */
export function saveText(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
