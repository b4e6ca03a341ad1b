// SPDX-License-Identifier: AGPL-3.0-or-later
// UUIDv7 (RFC 9562): 48 bits of milliseconds, then random. crypto.randomUUID needs a secure
// context, which a room without internet may not have; getRandomValues does not.

/**
 * @param {number} [timeMs] milliseconds since 1970 UTC
 * @param {Uint8Array} [random] 16 bytes; the first six and the version and variant bits are overwritten
 * @returns {string} lower case, with hyphens
 */
export function uuidv7(timeMs = Date.now(), random = crypto.getRandomValues(new Uint8Array(16))) {
  const bytes = Uint8Array.from(random);
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(timeMs / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
