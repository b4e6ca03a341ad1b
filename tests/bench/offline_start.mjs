// SPDX-License-Identifier: AGPL-3.0-or-later
// How long a tablet needs to start without its server: from navigation to a form that can be used, on a CPU
// that is slowed four times (CDP Emulation.setCPUThrottlingRate).
//
//   node tests/bench/offline_start.mjs BUILD_FOLDER     RUNS=9 by default
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

process.env.REPERE_BIN = join(resolve(process.argv[2] ?? 'build'), 'repere');
const { cli, startServer } = await import('../http/support.mjs');
const { makeCode, makeSession } = await import('../http/world.mjs');
const { agree, openBrowser } = await import('../web/browser.mjs');

const runs = Number(process.env.RUNS ?? 9);
const slower = 4;
const wantedMs = 1000;
const marks = 12;
const florence = fileURLToPath(new URL('../../../shared/data/basemaps/firenze_vector.pmtiles', import.meta.url));

const room = mkdtempSync(join(tmpdir(), 'repere-offline-start-'));
const data = join(room, 'data');
await cli(data, ['init']);
const map = existsSync(florence);
if (map) {
  mkdirSync(join(data, 'basemaps'), { recursive: true });
  copyFileSync(florence, join(data, 'basemaps', 'florence.pmtiles'));
}
const server = await startServer({ data });
const staff = await server.staff('fatou', 'facilitator');
const body = { title: 'Firenze', bbox: [11.22, 43.76, 11.28, 43.79], base_maps: map ? ['florence'] : [] };
const { json } = await staff.post('/api/projects', body, { expect: 201 });
const session = await makeSession(staff, json.id, { languages: ['en', 'fr', 'ar'] });
const { secret } = await makeCode(staff, session);
const browser = await openBrowser(server.origin);
const page = await browser.page({ size: 'tablet' });

// when there is a category that can be pressed, and when the map below shows
await page.addInitScript(() => {
  globalThis.began = { form: 0, map: 0 };
  const look = () => {
    if (!began.form && document.querySelector('.category-sheet .category:not(:disabled)')) began.form = performance.now();
    if (!began.map && document.querySelector('.map-canvas .leaflet-tile-loaded')) began.map = performance.now();
    if (!began.form || !began.map) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
async function takePart() {
  await page.goto(`${server.origin}/#join=${secret}`);
  await page.click('.language-tile[lang=en]');
  if (map) {
    await page.click('.page-prepare .button-primary:has-text("MB")');
    await page.click('.page-prepare .button-primary:has-text("Go on")');
  }
  await page.waitForSelector('.consent');
  await agree(page);
  for (let mark = 0; mark < marks; mark++) {
    await page.click('.category >> nth=0');
    await page.click('.question-stop');
    await page.waitForSelector('.category-sheet');
  }
  await page.waitForSelector('.chip-good');
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}
await takePart();
server.child.kill('SIGKILL');
await server.ended;
const devtools = await page.context().newCDPSession(page);

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
for (const rate of [1, slower]) {
  await devtools.send('Emulation.setCPUThrottlingRate', { rate });
  const [form, below] = [[], []];
  for (let run = 0; run < runs; run++) {
    await page.reload();
    const times = await page.waitForFunction(() => began.form && began.map && began);
    const { form: formMs, map: mapMs } = await times.jsonValue();
    form.push(formMs);
    below.push(mapMs);
  }
  const ends = (list) => `${Math.round(Math.min(...list))} to ${Math.round(Math.max(...list))}`;
  const say = (list) => `${Math.round(median(list))} ms (${ends(list)})`;
  const wanted = rate === slower ? `, wanted < ${wantedMs} ms: ${median(form) < wantedMs ? 'holds' : 'DOES NOT HOLD'}` : '';
  console.log(`without the server, CPU ${rate}x slower: form ${say(form)}${wanted}; map ${say(below)}; ${runs} starts, ${marks} marks`);
}
await browser.close();
rmSync(room, { recursive: true, force: true });
