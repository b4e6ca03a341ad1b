// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere basemap`: what it does with archives, good and broken ones, and what it says of them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { binary, startServer } from './support.mjs';

const shared = new URL('../../../shared/data/basemaps/', import.meta.url).pathname;
const without = existsSync(shared) ? false : '../shared/data/basemaps is not there';
let work, data, small;

/** Runs the program to its end: {code, out, err}. */
function run(...args) {
  return new Promise((resolve) => {
    execFile(binary, ['basemap', ...args], { timeout: 120_000 }, (error, out, err) => resolve({ code: error ? error.code : 0, out, err }));
  });
}
/** A data folder in a folder of its own. */
async function fresh() {
  const folder = path.join(mkdtempSync(path.join(work, 'folder-')), 'data');
  await new Promise((resolve, reject) => {
    execFile(binary, ['init', '--data', folder], (error) => (error ? reject(error) : resolve()));
  });
  return folder;
}
const inFolder = (folder) => readdirSync(path.join(folder, 'basemaps')).sort();
async function done(...args) {
  const reply = await run(...args);
  assert.equal(reply.code, 0, reply.err);
  return reply.out;
}
async function refused(status, what, ...args) {
  const { code, err } = await run(...args);
  assert.equal(code, status, err);
  assert.match(err, what);
}

before(async () => {
  work = mkdtempSync(path.join(tmpdir(), 'repere-basemap-cli-'));
  data = await fresh();
  const layers = path.join(work, 'layers');
  mkdirSync(layers);
  const roads = [[0.01, 0.01], [0.9, 0.5]].map(([x, y]) => ({
    type: 'Feature', properties: { kind: 'major_road' }, geometry: { type: 'LineString', coordinates: [[0, 0], [x, y]] },
  }));
  writeFileSync(path.join(layers, 'roads.geojson'), JSON.stringify({ type: 'FeatureCollection', features: roads }));
  small = path.join(work, 'small.mbtiles');
  await done('build', layers, small, '--minzoom', '4', '--maxzoom', '9', '--title', 'Petite ville', '--attribution', 'ours\u0007');
});
after(() => rmSync(work, { recursive: true, force: true }));

test('what is not called as it should be ends with status 2', async () => {
  await refused(2, /list \| add FILE/);
  await refused(2, /remove.*not known/, 'remove', 'x');
  await refused(2, /list: takes nothing/, 'list', 'x');
  await refused(2, /takes NAME or FILE, and OUT/, 'cut', 'x');
  await refused(2, /--bbox.*west,south,east,north/, 'cut', small, path.join(work, 'x.pmtiles'));
  for (const box of ['1,2,3', '1,2,3,4,5', '1,2,3,', 'a,b,c,d', '0,0,1,91', '-181,0,1,1', 'nan,0,1,1'])
    await refused(2, /--bbox/, 'cut', small, path.join(work, 'x.pmtiles'), '--bbox', box);
  await refused(2, /must end with \.mbtiles or \.pmtiles/, 'cut', small, path.join(work, 'x.zip'), '--bbox', '0,0,1,1');
  await refused(2, /--maxzoom.*0 to 24/, 'cut', small, path.join(work, 'x.pmtiles'), '--bbox', '0,0,1,1', '--maxzoom', '25');
  await refused(2, /is no name/, 'add', small, '--name', '../escape', '--data', data);
  assert.deepEqual(inFolder(data), []);
});

test('an archive that is added is checked, copied privately and listed with all that matters', async () => {
  assert.match(await done('add', small, '--name', 'town', '--data', data), /nothing wrong[\s\S]*started again/);
  assert.deepEqual(inFolder(data), ['town.mbtiles']);
  const copy = path.join(data, 'basemaps', 'town.mbtiles');
  assert.deepEqual(readFileSync(copy), readFileSync(small));
  assert.equal(statSync(copy).mode & 0o077, 0);
  const [line] = (await done('list', '--data', data)).split('\n');
  const [name, title, kind, format, zooms, bounds, bytes, attribution] = line.split('\t');
  assert.deepEqual([name, title, kind, format, zooms, attribution], ['town', 'Petite ville', 'MBTiles', 'pbf', 'zoom 4 to 9', 'ours ']);
  assert.equal(bounds, '0.000000,0.000000,0.900000,0.500000');
  assert.equal(bytes, `${statSync(small).size} bytes`);
});

test('a name that is taken is not taken again, whatever the ending', async () => {
  const cut = path.join(work, 'town.pmtiles');
  await done('cut', small, cut, '--bbox', '0,0,1,1');
  await refused(1, /town\.mbtiles: is there already/, 'add', small, '--name', 'town', '--data', data);
  await refused(1, /town\.mbtiles: is there already/, 'add', cut, '--data', data);
  assert.deepEqual(inFolder(data), ['town.mbtiles']);
  copyFileSync(cut, path.join(data, 'basemaps', 'town.pmtiles'));
  assert.match(await done('list', '--data', data), /town\.pmtiles\tnot served: another base map has this name/);
  rmSync(path.join(data, 'basemaps', 'town.pmtiles'));
});

test('a cut holds the area alone, of a base map by name or of a file', async () => {
  for (const [from, out] of [['town', 'a.pmtiles'], ['town', 'a.mbtiles'], [small, 'b.pmtiles']]) {
    const to = path.join(work, out);
    assert.match(await done('cut', from, to, '--bbox', '0.5,0.2,0.7,0.4', '--maxzoom', '8', '--data', data), /zoom 4 to 8/);
    const counts = [...(await done('check', to)).matchAll(/zoom (\d+): (\d+)/g)].map(([, zoom, tiles]) => [Number(zoom), Number(tiles)]);
    assert.deepEqual(counts.map(([zoom]) => zoom), [4, 5, 6, 7, 8]);
    assert.ok(counts.every(([, tiles]) => tiles <= 4), JSON.stringify(counts));
  }
  assert.deepEqual(readFileSync(path.join(work, 'a.pmtiles')), readFileSync(path.join(work, 'b.pmtiles')), 'the same bytes each time');
  await refused(1, /exists already/, 'cut', small, path.join(work, 'a.pmtiles'), '--bbox', '0,0,1,1');
  await refused(1, /--bbox: lies outside the map, which goes from/, 'cut', small, path.join(work, 'c.pmtiles'), '--bbox', '100,40,101,41');
  await refused(1, /is no file and no base map/, 'cut', 'village', path.join(work, 'c.pmtiles'), '--bbox', '0,0,1,1', '--data', data);
  assert.deepEqual(readdirSync(work).filter((name) => name.startsWith('c.') || name.endsWith('.part')), []);
});

test('a map gets the name that people see, and keeps it in its file: when it is cut, and in a copy made by hand', { skip: without }, async () => {
  const titles = { firenze_vector: 'Florence, le centre', brussels_8_layers: 'وسط بروكسل' };
  const folder = await fresh(), other = await fresh();
  for (const [name, ending] of [['firenze_vector', 'pmtiles'], ['brussels_8_layers', 'mbtiles']]) {
    const file = `${name}.${ending}`, copy = path.join(folder, 'basemaps', file);
    const whole = /: (\d+) tiles,/.exec(await done('add', shared + file, '--title', titles[name], '--data', folder))[1];
    assert.equal(statSync(copy).mode & 0o077, 0);
    assert.match(await done('check', copy), new RegExp(`: ${whole} tiles, .* nothing wrong[\\s\\S]*^  title: ${titles[name]}$`, 'm'));
    copyFileSync(copy, path.join(other, 'basemaps', `by_hand.${name}.${ending}`));
    const kept = path.join(work, `kept_${name}.mbtiles`), renamed = path.join(work, `renamed_${name}.pmtiles`);
    const box = name === 'firenze_vector' ? '11.24,43.76,11.27,43.78' : '4.34,50.84,4.36,50.85';
    await done('cut', name, kept, '--bbox', box, '--data', folder);
    assert.match(await done('check', kept), new RegExp(`title: ${titles[name]}$`, 'm'));
    await done('cut', name, renamed, '--bbox', box, '--title', 'Un quartier', '--data', folder);
    assert.match(await done('check', renamed), /title: Un quartier$/m);
  }
  assert.deepEqual(inFolder(folder), ['brussels_8_layers.mbtiles', 'firenze_vector.pmtiles']);
  const server = await startServer({ data: other });
  try {
    const { items } = (await server.client().get('/api/basemaps', { expect: 200 })).json;
    assert.deepEqual(Object.fromEntries(items.map(({ name, title }) => [name.slice('by_hand.'.length), title])), titles);
    assert.ok(items.every(({ attribution, vector_layers }) => /OpenStreetMap/.test(attribution) && vector_layers.length > 3));
  } finally {
    await server.stop();
  }
});

test('a title that would turn or break the texts around it is refused, and one in a file does not show', async () => {
  const folder = await fresh();
  for (const title of ['', ' ', 'a\nb', '\u001b[2J', 'a\u202eb', 'a\u2067b', 'x'.repeat(121), 'e\u0085'])
    for (const words of [['add', small, '--data', folder], ['cut', small, path.join(work, 't.pmtiles'), '--bbox', '0,0,1,1'], ['build', path.join(work, 'layers'), path.join(work, 't.mbtiles')]])
      await refused(2, /--title: is 1 to 120 characters on one line/, ...words, '--title', title);
  assert.deepEqual(inFolder(folder), []);
  assert.ok(!existsSync(path.join(work, 't.pmtiles')) && !existsSync(path.join(work, 't.mbtiles')));
  await done('add', small, '--title', 'ж'.repeat(120), '--data', folder);
  assert.match(await done('list', '--data', folder), new RegExp(`^small\t${'ж'.repeat(120)}\tMBTiles`));

  const steering = path.join(folder, 'basemaps', 'steering.mbtiles'), bytes = readFileSync(small);
  const at = bytes.indexOf('namePetite ville');
  assert.ok(at > 0);
  bytes.write('Pet\u202e ville', at + 'name'.length); // as many bytes as before
  writeFileSync(steering, bytes);
  assert.match(await done('check', 'steering', '--data', folder), /title: steering, for its own cannot be shown; `repere basemap add --title`/);
  assert.match(await done('list', '--data', folder), /^steering\tsteering\tMBTiles/m);
});

test('a box whose sides changed places is refused by their names; one across the antimeridian is cut', async () => {
  const layers = path.join(work, 'strait');
  mkdirSync(layers);
  const around = [[178, 65], [-179, 66], [0, 65]].map((coordinates) => ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates } }));
  writeFileSync(path.join(layers, 'places.geojson'), JSON.stringify({ type: 'FeatureCollection', features: around }));
  const strait = path.join(work, 'strait.mbtiles'), cut = path.join(work, 'strait_cut.pmtiles');
  await done('build', layers, strait, '--minzoom', '5', '--maxzoom', '5');
  await refused(2, /--bbox: south \(50\.9\) must be below north \(50\.8\): have they changed places/, 'cut', strait, cut, '--bbox', '4.3,50.9,4.4,50.8');
  await refused(2, /--bbox: west \(4\.4\) lies east of east \(4\.3\): have they changed places/, 'cut', strait, cut, '--bbox', '4.4,50.8,4.3,50.9');
  await refused(2, /--bbox: west \(4\.4\) and east \(4\.4\) are the same/, 'cut', strait, cut, '--bbox', '4.4,50.8,4.4,50.9');
  await refused(2, /south \(50\.9\) must be below north/, 'cut', strait, cut, '--bbox', '4.3,50.9,4.4,50.9');
  await refused(2, /--bbox: west \(180\) and east \(-180\) are the same/, 'cut', strait, cut, '--bbox', '180,60,-180,70');
  assert.ok(!existsSync(cut));
  await done('cut', strait, cut, '--bbox', '177,60,-178,70');
  assert.match(await done('check', cut), /: 2 tiles/); // not the one at 0 degrees
  await refused(1, /--bbox: lies outside the map/, 'cut', small, path.join(work, 'c.pmtiles'), '--bbox', '177,-10,-178,10');
});

test('a damaged archive is said to be so, tile by tile, and is not added', async () => {
  const cut = path.join(work, 'whole.pmtiles');
  await done('cut', small, cut, '--bbox', '0,0,1,1');
  const bytes = readFileSync(cut);
  const broken = path.join(work, 'broken.pmtiles');
  const damaged = Buffer.from(bytes);
  damaged.fill(0xff, 16384 + 20, 16384 + 30); // inside the first tile
  writeFileSync(broken, damaged); // stored once, and the same at three zooms
  await refused(1, /^  4\/8\/8 is no whole gzip\n[\s\S]*faults: 3, tiles: 13$/m, 'check', broken);
  await refused(1, /faults: 3/, 'add', broken, '--data', data);
  for (const [name, spoil, why] of [
    ['short', (file) => truncateSync(file, bytes.length - 1), /cut off or damaged/],
    ['header', (file) => truncateSync(file, 100), /too short/],
    ['text', (file) => writeFileSync(file, 'a,b\n'), /neither MBTiles nor PMTiles/],
  ]) {
    const file = path.join(work, `${name}.pmtiles`);
    writeFileSync(file, bytes);
    spoil(file);
    await refused(1, why, 'check', file);
    await refused(1, why, 'add', file, '--data', data);
  }
  await refused(1, /no such file/, 'check', path.join(work, 'absent.pmtiles'));
  assert.deepEqual(inFolder(data), ['town.mbtiles']);
});

test('archives of other makers: the good ones are read to the last tile, the broken ones named with their reason', { skip: without }, async () => {
  for (const [name, tiles] of [['firenze_vector.pmtiles', 108], ['raster_png.pmtiles', 5], ['raster_webp.pmtiles', 5], ['geography-class-jpg.mbtiles', 5]])
    assert.match(await done('check', shared + name), new RegExp(`${tiles} tiles, \\d+ bytes, nothing wrong`));
  await refused(1, /1\/0\/1 is empty/, 'check', `${shared}corrupt_null_tile.mbtiles`);
  const folder = await fresh();
  for (const name of ['corrupt.mbtiles', 'invalid.mbtiles', 'invalid-tile-format.mbtiles', 'raster_png.pmtiles', 'firenze_vector.pmtiles'])
    copyFileSync(shared + name, path.join(folder, 'basemaps', name));
  const list = await done('list', '--data', folder);
  for (const name of ['corrupt', 'invalid', 'invalid-tile-format']) assert.match(list, new RegExp(`^${name}\\.mbtiles\tnot served: .+$`, 'm'));
  assert.match(list, /^firenze_vector\t[^\t]+\tPMTiles\tpbf\tzoom 0 to 14\t11\.154026,43\.727013,11\.328940,43\.832546\t3959979 bytes\t.*OpenStreetMap/m);

  const server = await startServer({ data: folder });
  const anyone = server.client();
  try {
    const tile = await anyone.get('/basemaps/firenze_vector/14/8703/5971');
    assert.ok([200, 204].includes(tile.status));
    assert.equal((await anyone.get('/basemaps/firenze_vector/0/0/0', { expect: 200 })).headers['content-encoding'], 'gzip');
    assert.equal((await anyone.get('/basemaps/raster_png/1/1/1', { expect: 200 })).headers['content-type'], 'image/png');
    for (const odd of ['0/1/0', '3/8/0', '25/0/0', '-1/0/0', '3/4294967296/0', '3/18446744073709551616/0', '3/1e3/0', '3/1/99999999999999999999'])
      assert.ok([400, 404].includes((await anyone.get(`/basemaps/firenze_vector/${odd}`)).status), odd);
    await anyone.get('/basemaps/corrupt/0/0/0', { expect: 404 });
  } finally {
    await server.stop();
  }
});

test('what an archive or its name says cannot steer the terminal it is told on', async () => {
  const folder = await fresh();
  const made = path.join(folder, 'basemaps', 'made.mbtiles'), bytes = readFileSync(small);
  const at = bytes.indexOf('formatpbf');
  assert.ok(at > 0);
  bytes.write('\u001b[c', at + 'format'.length, 'latin1'); // asks a terminal who it is
  writeFileSync(made, bytes);
  writeFileSync(path.join(folder, 'basemaps', '\u001b[2J.mbtiles'), bytes);
  await refused(1, /^[^\u001b]*its format " \[c" is not[^\u001b]*$/, 'check', made);
  const told = await new Promise((resolve) => execFile(binary, ['doctor', '--data', folder, '--port', '0'], (error, out) => resolve(out)));
  for (const out of [told, await done('list', '--data', folder)]) {
    assert.match(out, /its format " \[c" is not/);
    assert.match(out, / \[2J\.mbtiles/);
    assert.doesNotMatch(out, /\u001b/);
  }
});
