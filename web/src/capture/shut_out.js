// SPDX-License-Identifier: AGPL-3.0-or-later
// A tablet that the facilitator shut out of a session keeps nothing of it: not what was asked, not its map,
// not what waits to be sent. Its key stays, so that it is known at the door.

/**
 * @param {object} deps
 * @param {import("../core/keep.js").Keep} deps.keep
 * @param {import("./outbox.js").Outbox} deps.outbox
 * @param {number} session
 */
export async function forgetSession({ keep, outbox }, session) {
  await outbox.forgetSession(session);
  const own = [`package/${session}`, `area/${session}/`, `part/${session}/`, `recording/${session}/`];
  await keep.change(['marks/', ...own], (found) => new Map([...found.keys()].map((key) => [key, undefined])));
}
