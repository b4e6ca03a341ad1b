// SPDX-License-Identifier: AGPL-3.0-or-later
// Clustered points for the bench: places where people gather, each with a normal spread, the same for
// every run. CSV with category, lon, lat in EPSG:4326 degrees.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

export const area = [4.24, 50.76, 4.5, 50.94]; // west, south, east, north
const categories = ['very_unsafe', 'unsafe', 'neither', 'safe', 'very_safe'];

// A small generator with a fixed seed (mulberry32: public domain formula by Tommy Ettinger).
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export async function writePoints(path, count) {
  const next = random(1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
  const centres = Array.from({ length: 60 }, () => [4.26 + next() * 0.22, 50.78 + next() * 0.14]);
  const out = createWriteStream(path);
  out.write('category,lon,lat\n');
  for (let i = 0; i < count; i += 1) {
    const centre = centres[Math.floor(next() * centres.length)];
    const lon = clamp(centre[0] + normal() * 0.012, area[0], area[2]);
    const lat = clamp(centre[1] + normal() * 0.008, area[1], area[3]);
    const line = `${categories[Math.floor(next() * 5)]},${lon.toFixed(7)},${lat.toFixed(7)}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
