// SPDX-License-Identifier: AGPL-3.0-or-later
// The bench: `node tests/bench/bench.mjs BUILD_FOLDER`. One table of ratios, measured in one run.
import { existsSync, mkdtempSync, readFileSync, rmSync, cpSync, writeFileSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTurn, median, peakMemory, run, seconds, serve, wrk } from './processes.mjs';
import { area, writePoints } from './synthetic.mjs';
import { startMapServer } from './mapserver.mjs';
import { benchCube } from './cube.mjs';
import { benchEditions } from './editions.mjs';
import { benchTiles } from './tiles.mjs';
import { importOverlay, openSession, signIn, signinToken, somePlaces } from './client.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const build = join(root, process.argv[2]);
const repere = join(build, 'repere');
const tool = (name) => join(build, 'tests', 'bench', name);
const points = Number(process.env.POINTS ?? 1_000_000);
const perRun = Number(process.env.SECONDS ?? 6);
const work = mkdtempSync(join(tmpdir(), 'repere-bench-'));
const rows = [];
const row = (what, measured, wanted, holds) => {
  rows.push({ what, measured, wanted, holds });
  console.error(`   ${what}: ${measured} (wanted ${wanted})`);
};
const step = (text) => console.error(`== ${text}`);
const format = (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2));

/** A data folder with one project, one session and `count` points imported by the command line. */
async function makeStore(name, count) {
  const data = join(work, name);
  await run(repere, ['init', '--data', data]);
  const { project, session } = await openSession(repere, data, area);
  const csv = join(work, `${name}.csv`);
  await writePoints(csv, count);
  await run(repere, ['import', csv, '--data', data, '--session', String(session), '--x', 'lon', '--y', 'lat',
    '--category', 'category'], { maxBuffer: 1 << 26 });
  rmSync(csv);
  return { data, project, session };
}

/** A server on a data folder, and the staff cookie to ask it with. */
async function open(data) {
  const token = await signinToken(repere, data);
  const server = await serve(repere, ['serve', '--data', data, '--port', '0']);
  return { server, cookie: await signIn(server.address, token) };
}

async function boxes(server, cookie, session, limit, box) {
  return wrk(server.address, { clients: 8, seconds: perRun, script: join(here, 'box.lua'), headers: { Cookie: cookie },
    env: { FORM: `/api/sessions/${session}/contributions?bbox=%.6f,%.6f,%.6f,%.6f&limit=%d`, LIMIT: String(limit),
      BOX: String(box), AREA: area.join(',') } });
}

async function main() {
  step(`two stores: ${points.toLocaleString('en')} and ${(points / 10).toLocaleString('en')} points`);
  const large = await makeStore('large', points);
  const small = await makeStore('small', points / 10);
  const { server, cookie } = await open(large.data);

  step('a hot reply of 20 kB');
  const overlay = await importOverlay(server.address, cookie, large.project,
    { name: 'places.geojson', file: somePlaces(20_000), type: 'application/geo+json' });
  const reply = await fetch(`${server.address}${overlay}`, { headers: { Cookie: cookie } });
  const bytes = Buffer.from(await reply.arrayBuffer());
  const sample = join(work, 'reply.json');
  writeFileSync(sample, bytes);
  const bare = await serve(tool('bare'), [sample, '2']);
  const hot = await inTurn(3,
    () => wrk(`${server.address}${overlay}`, { clients: 32, seconds: perRun, headers: { Cookie: cookie } }),
    () => wrk(`${bare.address}/`, { clients: 32, seconds: perRun, headers: { Cookie: cookie } }));
  await bare.stop();
  const hotRatio = hot.ours / hot.theirs;
  row(`hot reply, ${bytes.length.toLocaleString('en')} B, against bare libmicrohttpd`,
    `${format(hotRatio)} (${format(hot.ours)}/s, ${format(hot.theirs)}/s)`, '>= 0.8', hotRatio >= 0.8);

  step('boxes against MapServer');
  const mapserver = startMapServer(join(work, 'mapserver'), join(large.data, 'repere.sqlite'), 8099);
  for (const [limit, wanted] of [[10, 50], [1000, 10]]) {
    const env = { FORM: mapserver.form, LIMIT: String(limit), BOX: '0.02', AREA: area.join(',') };
    const pair = await inTurn(3, () => boxes(server, cookie, large.session, limit, 0.02),
      () => wrk(mapserver.address, { clients: 8, seconds: perRun, script: join(here, 'box.lua'), env }));
    const ratio = pair.ours / pair.theirs;
    row(`${limit} features of a box out of ${points.toLocaleString('en')}, against MapServer's OGC API`,
      `${format(ratio)}x (${format(pair.ours)}/s, ${format(pair.theirs)}/s)`, `>= ${wanted}x`, ratio >= wanted);
  }
  mapserver.stop();

  step('the same box in a store a tenth as large');
  const { server: smallServer, cookie: smallCookie } = await open(small.data);
  // wide enough to hold more than the limit in both, so that both give the same number
  for (const limit of [10, 1000]) {
    const pair = await inTurn(3, () => boxes(server, cookie, large.session, limit, 0.06),
      () => boxes(smallServer, smallCookie, small.session, limit, 0.06));
    const ratio = pair.theirs / pair.ours;
    row(`time of ${limit} features of the same box, ${points.toLocaleString('en')} against ${(points / 10).toLocaleString('en')} points`,
      `${format(ratio)}x`, '<= 1.3x', ratio <= 1.3);
  }
  await smallServer.stop();

  step('durable single contributions from 32 clients');
  const raw = join(work, 'raw');
  const writes = join(work, 'writes');
  for (const name of [raw, writes]) cpSync(small.data, name, { recursive: true });
  const { server: writing, cookie: writeCookie } = await open(writes);
  let seed = 1;
  const durable = await inTurn(3,
    () => wrk(writing.address, { clients: 32, seconds: perRun, script: join(here, 'put.lua'),
      env: { FORM: `/api/sessions/${small.session}/contributions/%s`, SEED: String((seed += 1)), COOKIE: writeCookie } }),
    async () => Number((await run(tool('raw_insert'), [join(raw, 'repere.sqlite'), String(small.session), '32', String(perRun)])).stdout));
  const writingPeak = peakMemory(writing.pid);
  await writing.stop();
  const durableRatio = durable.ours / durable.theirs;
  row('durable contributions over HTTP, 32 clients, against raw SQLite in groups of 32',
    `${format(durableRatio)} (${format(durable.ours)}/s, ${format(durable.theirs)}/s)`, '>= 0.5', durableRatio >= 0.5);

  step('importing the Zürich reports');
  const zurich = join(root, '..', 'shared', 'data', 'reports', 'zurich_reports_wgs84.csv');
  if (existsSync(zurich)) {
    const ours = [];
    const theirs = [];
    for (let round = 0; round < 3; round += 1) {
      const data = join(work, `zurich-${round}`);
      await run(repere, ['init', '--data', data]);
      await openSession(repere, data, [8.4, 47.3, 8.7, 47.5]);
      ours.push(seconds(repere, ['import', zurich, '--data', data, '--project', '1', '--overlay', 'Reports',
        '--x', 'longitude', '--y', 'latitude']));
      theirs.push(seconds('ogr2ogr', ['-f', 'SQLite', '-dsco', 'SPATIALITE=YES', join(work, `ogr-${round}.sqlite`), zurich,
        '-oo', 'X_POSSIBLE_NAMES=longitude', '-oo', 'Y_POSSIBLE_NAMES=latitude', '-a_srs', 'EPSG:4326']));
    }
    await importOverlay(server.address, cookie, large.project, { name: 'reports.csv', file: readFileSync(zurich, 'utf8'),
      type: 'text/csv', mapping: { x: 'longitude', y: 'latitude', crs: 'EPSG:4326' } }); // for the memory of the server
    const ratio = median(ours) / median(theirs);
    row('importing 62,245 reports, time against ogr2ogr', `${format(ratio)}x (${format(median(ours))} s, ${format(median(theirs))} s)`, '<= 1x', ratio <= 1);
  } else {
    console.error('   skipped: ../shared/data is not there');
  }

  const peak = Math.max(peakMemory(server.pid), writingPeak);
  row('peak memory of the server over all this', `${format(peak)} MiB`, '< 96 MiB', peak < 96);
  await server.stop();

  step('the protected cube');
  benchCube({ tool, row, format });

  step('tiles of a base map');
  await benchTiles({ tool, repere, work, shared: join(root, '..', 'shared', 'data'), perRun, row, format });

  step('editions');
  const few = await makeStore('few', points / 100);
  await benchEditions({ tool, sampleTool: join(build, 'tests', 'sample_gpkg'), repere, work, shared: join(root, '..', 'shared', 'data'),
    perRun, row, format, many: large.data, few: few.data });
  const storeMiB = statSync(join(large.data, 'repere.sqlite')).size / 1048576;

  console.log(`\nMachine: ${cpus().length} cores, ${cpus()[0].model.trim()}; load generator on the same cores; store of ${format(storeMiB)} MiB.\n`);
  console.log('| what | measured | wanted | |\n|---|---|---|---|');
  for (const { what, measured, wanted, holds } of rows) console.log(`| ${what} | ${measured} | ${wanted} | ${holds ? 'holds' : 'does not hold'} |`);
}

try {
  await main();
} finally {
  rmSync(work, { recursive: true, force: true });
}
