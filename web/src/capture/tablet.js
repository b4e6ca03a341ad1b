// SPDX-License-Identifier: AGPL-3.0-or-later
// By what the server tells this tablet from the others of a session, so that one can be shut out. The key
// says nothing about the tablet or who holds it; the server keeps it hashed with the session's number, so
// that nothing there ties two sessions together.

// longer than a join code works: a tablet that was shut out does not come back under another key
const lifeMs = 24 * 60 * 60 * 1000;

const freshKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** @param {import("../core/keep.js").Keep} keep @param {number} [now] ms @returns {Promise<string>} 32 hexadecimal digits */
export async function tabletKey(keep, now = Date.now()) {
  const kept = await keep.get('tablet').catch(() => undefined);
  if (kept && Math.abs(now - kept.made) < lifeMs) return kept.key;
  const key = freshKey();
  await keep.put('tablet', { key, made: now }).catch(() => {}); // then it is another tablet after a reload
  return key;
}
