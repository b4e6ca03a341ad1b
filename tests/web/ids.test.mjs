// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { uuidv7 } from '../../web/src/core/ids.js';

globalThis.crypto ??= webcrypto;

test('an id has the layout of a UUIDv7: 48 bits of milliseconds, version 7, variant 10', () => {
  // the example of RFC 9562, appendix A.6
  const random = Uint8Array.from([
    0, 0, 0, 0, 0, 0, 0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f,
  ]);
  assert.equal(uuidv7(0x017f22e279b0, random), '017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});

test('later ids sort after earlier ones', () => {
  const ids = [1, 1000, 1_700_000_000_000, 1_700_000_000_001, 2 ** 47].map((time) => uuidv7(time));
  assert.deepEqual([...ids].sort(), ids);
});

test('no two of many are the same', () => {
  const ids = new Set(Array.from({ length: 20000 }, () => uuidv7(1_700_000_000_000)));
  assert.equal(ids.size, 20000);
  for (const id of ids)
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
