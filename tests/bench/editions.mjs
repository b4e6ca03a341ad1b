// SPDX-License-Identifier: AGPL-3.0-or-later
// What planners are sent: hot replies against a bare libmicrohttpd, whether the store behind matters, and
// how long a picture and a choropleth take that nobody asked for before.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTurn, median, serve, wrk } from './processes.mjs';

const EDITION = '/api/editions/1/2';
const LEAVES = 2000;

/** Puts the edition into a data folder; a running server sees it within a second or so. */
function publish(file, data) {
  mkdirSync(join(data, 'editions'), { recursive: true });
  copyFileSync(file, join(data, 'editions', '.part'));
  renameSync(join(data, 'editions', '.part'), join(data, 'editions', '1-2.gpkg'));
}

async function published(address) {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await fetch(address + EDITION)).ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the edition is not served');
}

/** Milliseconds of each request, on one connection; nobody has asked for any of them before. */
async function firstTimes(address, targets) {
  const times = [];
  await (await fetch(`${address}/api/health`)).text();
  for (const target of targets) {
    const start = performance.now();
    const reply = await fetch(address + target);
    if (!reply.ok) throw new Error(`${target}: ${reply.status}`);
    await reply.arrayBuffer();
    times.push(performance.now() - start);
  }
  return times;
}

/**
 * @param {{tool: (name: string) => string, sampleTool: string, repere: string, work: string, shared: string,
 *   perRun: number, row: Function, format: (value: number) => string, many: string, few: string}} bench
 *   `many`, `few`: data folders of no running server, with 1,000,000 and 10,000 contributions
 */
export async function benchEditions({ tool, sampleTool, repere, work, shared, perRun, row, format, many, few }) {
  const file = join(work, 'edition.gpkg');
  const quarters = join(shared, 'overlays', 'brussels_quarters.geojson');
  const areas = existsSync(quarters) ? [quarters] : [];
  execFileSync(sampleTool, [file, '1', '2', '1', String(LEAVES), ...areas]);
  for (const data of [many, few]) publish(file, data);
  const open = (data) => serve(repere, ['serve', '--data', data, '--port', '0']);
  const [server, other] = [await open(many), await open(few)];
  await published(server.address);
  await published(other.address);

  const layer = `${EDITION}/slices/safety-map.all`;
  for (const [what, target] of [['layer', layer], ['vector tile', `${layer}/tiles/10/524/343`]]) {
    const sample = join(work, 'edition-reply');
    writeFileSync(sample, Buffer.from(await (await fetch(server.address + target)).arrayBuffer()));
    const bare = await serve(tool('bare'), [sample, '2']);
    const pair = await inTurn(3, () => wrk(server.address + target, { clients: 32, seconds: perRun }),
      () => wrk(`${bare.address}/`, { clients: 32, seconds: perRun }));
    await bare.stop();
    const ratio = pair.ours / pair.theirs;
    row(`hot ${what} of an edition of ${LEAVES.toLocaleString('en')} leaves, against bare libmicrohttpd`,
      `${format(ratio)} (${format(pair.ours)}/s, ${format(pair.theirs)}/s)`, '>= 0.8', ratio >= 0.8);
  }
  const pair = await inTurn(3, () => wrk(server.address + layer, { clients: 32, seconds: perRun }),
    () => wrk(other.address + layer, { clients: 32, seconds: perRun }));
  const ratio = pair.ours / pair.theirs;
  row('the hot layer with 1,000,000 contributions in the store, against 10,000', format(ratio), '0.9 to 1.1', ratio >= 0.9 && ratio <= 1.1);
  await other.stop();

  const { slices } = await (await fetch(server.address + EDITION)).json();
  const tiles = [[9, 262, 171], [10, 524, 343], [11, 1049, 686], [12, 2097, 1373], [12, 2098, 1373], [13, 4196, 2746], [14, 8392, 5493]];
  const heat = await firstTimes(server.address, tiles.map((tile) => `${layer}/heat/${tile.join('/')}`));
  row('a heat tile that nobody asked for before, median and slowest of 7', `${format(median(heat))} ms, ${format(Math.max(...heat))} ms`, '< 20 ms', Math.max(...heat) < 20);
  const sums = await firstTimes(server.address, slices.filter(({ leaves }) => leaves > 0).map(({ id }) => `${EDITION}/slices/${id}/areas/2`));
  row(`a choropleth over ${areas.length ? 145 : 3} areas that nobody asked for before, median and slowest`,
    `${format(median(sums))} ms, ${format(Math.max(...sums))} ms`, '< 20 ms', Math.max(...sums) < 20);
  await server.stop();
}
