// SPDX-License-Identifier: AGPL-3.0-or-later
// The heat map: pictures that fit together, a legend that says what they mean.
import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { after, before, test } from 'node:test';
import { startServer } from './support.mjs';
import { makeCode, makeSession, mark, putMark, takeSeat } from './world.mjs';

let server, own, other, session, author;

before(async () => {
  server = await startServer();
  ({ own, other } = await server.world());
  session = await makeSession(own.facilitator, own.project);
  author = await takeSeat(server, (await makeCode(own.facilitator, session)).code);
});
after(() => server.stop());

const heat = (rest = '') => `/api/sessions/${session}/heat${rest}`;
function tileOf(lon, lat, z) {
  const n = 2 ** z;
  const rad = (lat * Math.PI) / 180;
  return [Math.floor(((lon + 180) / 360) * n), Math.floor(((1 - Math.asinh(Math.tan(rad)) / Math.PI) / 2) * n)];
}

/** The palette indexes of an 8-bit palette PNG of 256 pixels square. */
function levels(png) {
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  const pieces = [];
  let at = 8;
  while (at < png.length) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    if (type === 'IHDR') assert.deepEqual([png.readUInt32BE(at + 8), png.readUInt32BE(at + 12), png[at + 16], png[at + 17]], [256, 256, 8, 3]);
    if (type === 'IDAT') pieces.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(pieces));
  const out = new Uint8Array(256 * 256);
  for (let y = 0; y < 256; y++) {
    const filter = raw[y * 257];
    for (let x = 0; x < 256; x++) {
      const left = x ? out[y * 256 + x - 1] : 0;
      const up = y ? out[(y - 1) * 256 + x] : 0;
      const corner = x && y ? out[(y - 1) * 256 + x - 1] : 0;
      const guess = left + up - corner;
      const near = [left, up, corner].reduce((best, value) => (Math.abs(guess - value) < Math.abs(guess - best) ? value : best), left);
      const base = [0, left, up, (left + up) >> 1, near][filter];
      out[y * 256 + x] = raw[y * 257 + 1 + x] + base;
    }
  }
  return out;
}
const most = (pixels) => pixels.reduce((a, b) => Math.max(a, b), 0);

test('a session without marks has a legend without levels and empty tiles', async () => {
  const legend = await own.facilitator.get(heat(), { expect: 200 });
  assert.deepEqual(legend.json.levels, []);
  const [x, y] = tileOf(4.35, 50.85, 12);
  const tile = await own.facilitator.get(heat(`/12/${x}/${y}`), { expect: 200 });
  assert.equal(tile.headers['content-type'], 'image/png');
  assert.equal(most(levels(tile.bytes)), 0);
});

test('marks show where they are, in the legend\'s colours, and a new one shows at once', async () => {
  await putMark(author, session, mark(4.35, 50.85));
  const one = (await own.facilitator.get(heat(), { expect: 200 })).json;
  assert.equal(one.levels.length, 5);
  assert.equal(one.levels.at(-1).to, null);
  one.levels.slice(1).forEach((level, i) => assert.equal(level.from, one.levels[i].to));
  const [x, y] = tileOf(4.35, 50.85, 14);
  const pixels = levels((await own.facilitator.get(heat(`/14/${x}/${y}`), { expect: 200 })).bytes);
  assert.equal(most(pixels), 5);
  for (let i = 0; i < 5; i++) await putMark(author, session, mark(4.35 + i / 10_000, 50.85));
  const six = (await own.facilitator.get(heat(), { expect: 200 })).json;
  assert.ok(six.levels[0].from > 3 * one.levels[0].from);
});

test('neighbouring tiles continue each other', async () => {
  // two tiles side by side whose border runs through the marks
  const z = 13;
  const [x, y] = tileOf(4.35, 50.85, z);
  const border = ((x + 1) / 2 ** z) * 360 - 180;
  const own_session = await makeSession(own.facilitator, own.project);
  const reader = await takeSeat(server, (await makeCode(own.facilitator, own_session)).code);
  await putMark(reader, own_session, mark(border, 50.85));
  const at = async (column) => levels((await own.facilitator.get(`/api/sessions/${own_session}/heat/${z}/${column}/${y}`, { expect: 200 })).bytes);
  const [left, right] = [await at(x), await at(x + 1)];
  assert.ok(most(left) > 0 && most(right) > 0);
  for (let row = 0; row < 256; row++)
    assert.ok(Math.abs(left[row * 256 + 255] - right[row * 256]) <= 1, `a step at row ${row}`);
});

test('only approved marks count, unless a lead asks', async () => {
  const id = await putMark(author, session, mark(4.4, 50.87, { feeling: 'safe' }));
  const safe = async (client, query = '') => (await client.get(heat(`?category=safe${query}`), { expect: 200 })).json.levels.length;
  assert.equal(await safe(own.facilitator), 5);
  await own.facilitator.put(`/api/sessions/${session}/contributions/${id}/state`, { state: 'hidden' }, { expect: 200 });
  assert.equal(await safe(own.facilitator), 0);
  assert.equal(await safe(own.facilitator, '&state=hidden'), 5);
  assert.equal(await safe(own.researcher), 0);
  await own.researcher.get(heat('?state=hidden'), { expect: 403 });
});

test('it is for the staff of the project, and for tiles that exist', async () => {
  for (const target of [heat(), heat('/3/1/1')]) {
    await author.get(target, { expect: 403 });
    await other.facilitator.get(target, { expect: 404 });
    await server.client().get(target, { expect: 401 });
  }
  await own.facilitator.get(heat('/3/8/1'), { expect: 404 });
  await own.facilitator.get(heat('/25/1/1'), { expect: 400 });
  await own.facilitator.get(heat('/3/-1/1'), { expect: 400 });
});
