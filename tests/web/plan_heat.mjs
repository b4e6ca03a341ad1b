// SPDX-License-Identifier: AGPL-3.0-or-later
// Heat tiles for the made-up editions of plan_fixture.mjs: a kernel at the middle of each leaf, as PNG.
import * as zlib from 'node:zlib';

const colours = ['#f7e6a9', '#e0c368', '#a8a37c', '#5a7692', '#1f3b6d'];
const shares = [0.12, 0.28, 0.45, 0.62, 0.8];

const middleOf = ({ geometry }) => {
  const ring = geometry.coordinates[0][0].slice(1);
  return [0, 1].map((axis) => ring.reduce((sum, at) => sum + at[axis], 0) / ring.length);
};
const peakOf = (features) => Math.max(1, ...features.map(({ properties }) => properties.per_km2));

export function heatLegend(features) {
  const peak = peakOf(features);
  const from = shares.map((share) => Math.round(share * peak));
  return {
    bandwidth_m: 350,
    unit: 'per km2',
    levels: colours.map((colour, i) => ({ colour, from: from[i], to: from[i + 1] ?? null })),
  };
}

/** @param {any[]} features @param {[number, number, number]} tile z, x, y */
export function heatTile(features, [z, x, y]) {
  const side = 64,
    scale = 4,
    peak = peakOf(features);
  const points = features.map((feature) => {
    const [lon, lat] = middleOf(feature);
    const sine = Math.sin((lat * Math.PI) / 180);
    return {
      x: ((lon + 180) / 360) * 2 ** z,
      y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** z,
      weight: feature.properties.per_km2,
      reach: (Math.sqrt(feature.properties.area_km2) * 0.5 * 2 ** z) / 28500,
    };
  });
  const pixels = Buffer.alloc(side * scale * (side * scale * 4 + 1));
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const density = points.reduce(
        (sum, p) =>
          sum +
          p.weight *
            Math.exp(
              -(
                ((x + (column + 0.5) / side - p.x) ** 2 + (y + (row + 0.5) / side - p.y) ** 2) /
                (2 * p.reach * p.reach)
              ),
            ),
        0,
      );
      const level = shares.filter((share) => density >= share * peak).length;
      if (level === 0) continue;
      const rgb = Buffer.from(colours[level - 1].slice(1), 'hex');
      for (let dy = 0; dy < scale; dy++)
        for (let dx = 0; dx < scale; dx++)
          Buffer.from([...rgb, 190]).copy(
            pixels,
            (row * scale + dy) * (side * scale * 4 + 1) + 1 + (column * scale + dx) * 4,
          );
    }
  return png(side * scale, pixels);
}

function png(side, rows) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', zlib.deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), framed.length - 4);
  return framed;
}
/** Node 22 has it; Node 18 and 20 do not. */
function crc32(bytes) {
  if (zlib.crc32) return zlib.crc32(bytes);
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
