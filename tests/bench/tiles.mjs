// SPDX-License-Identifier: AGPL-3.0-or-later
// Tiles of a base map, random ones of a real archive, against a bare libmicrohttpd that has them all ready in
// memory. `node tests/bench/tiles.mjs BUILD_FOLDER` measures this alone.
import { execFileSync } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, peakMemory, run, serve, wrk } from './processes.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const CLIENTS = 8;
const ROUNDS = 5;
const TICKS_A_SECOND = 100;

/** All tiles' bytes in one file, and the list of their paths and lengths. */
function unpack(archive, bytesFile, listFile) {
  const rows = execFileSync('sqlite3', ['-readonly', archive, 'SELECT zoom_level, tile_column, tile_row, hex(tile_data) FROM tiles'],
    { encoding: 'latin1', maxBuffer: 1 << 28 });
  const out = openSync(bytesFile, 'w');
  const lines = rows.trimEnd().split('\n').map((line) => {
    const [z, x, y, hex] = line.split('|');
    const bytes = Buffer.from(hex, 'hex');
    writeSync(out, bytes);
    return `/${z}/${x}/${2 ** Number(z) - 1 - Number(y)} ${bytes.length}`;
  });
  closeSync(out);
  writeFileSync(listFile, `${lines.join('\n')}\n`);
  return lines.length;
}

/** Processor time that a process has taken, its own and the kernel's for it, in seconds. */
function processorTime(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** Requests a second, and the processor time of one in microseconds, which other work on the machine disturbs less. */
async function measure(server, prefix, list, seconds) {
  const before = processorTime(server.pid);
  const rate = await wrk(`${server.address}/`, { clients: CLIENTS, seconds, script: join(here, 'tiles.lua'),
    env: { LIST: list, PREFIX: prefix } });
  return { rate, us: ((processorTime(server.pid) - before) * 1e6) / (rate * seconds) };
}

/** Both in turn; the medians, and the median of each pair's ratio: a slow minute of the machine touches both. */
async function compare(ours, theirs) {
  const pairs = [];
  for (let round = 0; round < ROUNDS; round += 1) pairs.push([await ours(), await theirs()]);
  const middle = (pick) => median(pairs.map(pick));
  return { ours: middle(([a]) => a.rate), theirs: middle(([, b]) => b.rate), ratio: middle(([a, b]) => a.rate / b.rate),
    oursUs: middle(([a]) => a.us), theirsUs: middle(([, b]) => b.us), least: Math.min(...pairs.map(([a, b]) => a.rate / b.rate)) };
}

/**
 * @param {{tool: (name: string) => string, repere: string, work: string, shared: string, perRun: number,
 *   row: Function, format: (value: number) => string}} bench
 */
export async function benchTiles({ tool, repere, work, shared, perRun, row, format }) {
  const archive = join(shared, 'basemaps', 'brussels_8_layers.mbtiles');
  if (!existsSync(archive)) {
    console.error('   skipped: ../shared/data is not there');
    return;
  }
  const data = join(work, 'tiles');
  const [bytes, list] = [join(work, 'tiles.bytes'), join(work, 'tiles.list')];
  await run(repere, ['init', '--data', data]);
  copyFileSync(archive, join(data, 'basemaps', 'rows.mbtiles'));
  await run(repere, ['basemap', 'cut', archive, join(data, 'basemaps', 'curve.pmtiles'), '--bbox', '-180,-85,180,85']);
  const count = unpack(archive, bytes, list);
  const server = await serve(repere, ['serve', '--data', data, '--port', '0']);
  const bare = await serve(tool('bare'), [bytes, '2', list]);
  for (const [kind, name] of [['MBTiles', 'rows'], ['PMTiles', 'curve']]) {
    const { ours, theirs, ratio, least, oursUs, theirsUs } = await compare(
      () => measure(server, `/basemaps/${name}`, list, perRun), () => measure(bare, '', list, perRun));
    row(`random tiles of ${count.toLocaleString('en')} (${kind}), ${CLIENTS} clients, against bare libmicrohttpd`,
      `${format(ratio)}, ${format(least)} at least (${format(ours)}/s, ${format(theirs)}/s)`, '>= 0.5', ratio >= 0.5);
    row(`its processor time (${kind})`, `${format(oursUs / theirsUs)}x (${format(oursUs)} µs, ${format(theirsUs)} µs)`,
      'told only', true);
  }
  const peak = peakMemory(server.pid);
  row('peak memory of the server with both archives', `${format(peak)} MiB`, '< 96 MiB', peak < 96);
  await bare.stop();
  await server.stop();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = join(here, '..', '..');
  const build = resolve(process.argv[2]);
  const work = mkdtempSync(join(tmpdir(), 'repere-tiles-'));
  try {
    await benchTiles({ tool: (name) => join(build, 'tests', 'bench', name), repere: join(build, 'repere'), work,
      shared: join(root, '..', 'shared', 'data'), perRun: Number(process.env.SECONDS ?? 6),
      row: (...cells) => console.log(`| ${cells.join(' | ')} |`),
      format: (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2)) });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
