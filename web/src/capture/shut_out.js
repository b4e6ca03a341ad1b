// SPDX-License-Identifier: AGPL-3.0-or-later
// A tablet that the facilitator shut out of a session keeps nothing of it: not what was asked, not its map,
// not what waits to be sent. Its key stays, so that it is known at the door.
import { sessionKinds, sessionOf } from './session_keys.js';

/**
 * @param {object} deps
 * @param {import("../core/keep.js").Keep} deps.keep
 * @param {import("./outbox.js").Outbox} deps.outbox
 * @param {number} session
 */
export async function forgetSession({ keep, outbox }, session) {
  await outbox.forgetSession(session);
  const own = (/** @type {string} */ key) => key.startsWith('marks/') || sessionOf(key) === session;
  await keep.change(['marks/', ...sessionKinds], (found) => new Map([...found.keys()].filter(own).map((key) => [key, undefined])));
}
