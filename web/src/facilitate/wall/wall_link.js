// SPDX-License-Identifier: AGPL-3.0-or-later
// Between the wall's window and the window of the facilitator: how the wall stands, what she wants of it.

/**
 * @typedef {{kind: "state", frozen: boolean, hidden: boolean} | {kind: "set", frozen?: boolean, hidden?: boolean}
 *   | {kind: "ask"} | {kind: "changed"} | {kind: "gone"}} Message
 */

/** @param {number} session @param {(message: Message) => void} hear */
export function createWallLink(session, hear) {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`repere-wall-${session}`);
  /** @param {MessageEvent} event */
  const take = ({ data }) => hear(data);
  channel?.addEventListener('message', take);
  return {
    /** @param {Message} message */
    send: (message) => channel?.postMessage(message),
    destroy() {
      channel?.removeEventListener('message', take);
      channel?.close();
    },
  };
}
