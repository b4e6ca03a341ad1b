// SPDX-License-Identifier: AGPL-3.0-or-later
// Sheets of paper: their grid, and the page as PDF read back by poppler's own tools.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { cli, startServer } from './support.mjs';
import { makeCode, makeSession, putMark, takeSeat, templateId } from './world.mjs';

const shared = new URL('../../../shared/data/basemaps/', import.meta.url).pathname;
const real = ['firenze_vector.pmtiles', 'geography-class-jpg.mbtiles', 'geography-class-png.mbtiles', 'geography-class-webp.mbtiles', 'corrupt_null_tile.mbtiles']; // prettier-ignore
const BBOX = [4.34, 50.845, 4.36, 50.855];
let room, data, server, world, facilitator, session;

const feature = (type, coordinates, properties) => ({ type: 'Feature', properties, geometry: { type, coordinates } });
const collection = (...features) => JSON.stringify({ type: 'FeatureCollection', features });
const box = (w, s, e, n) => [[w, s], [e, s], [e, n], [w, n], [w, s]]; // prettier-ignore

before(async () => {
  room = mkdtempSync(path.join(tmpdir(), 'repere-sheet-'));
  data = path.join(room, 'folder', 'data');
  const layers = path.join(room, 'layers');
  for (const folder of [path.dirname(data), layers]) mkdirSync(folder);
  const street = (lat, name) => feature('LineString', [[4.3, lat], [4.4, lat]], { kind: 'minor_road', name }); // prettier-ignore
  writeFileSync(path.join(layers, 'roads.geojson'), collection(street(50.85, 'Rue des Lilas'), street(50.852, 'شارع الزهور')));
  writeFileSync(path.join(layers, 'water.geojson'), collection(feature('Polygon', [box(4.345, 50.846, 4.35, 50.849)], { kind: 'lake' })));
  await cli(data, ['init']);
  const town = path.join(data, 'basemaps', 'town.mbtiles');
  await cli(data, ['basemap', 'build', layers, town, '--minzoom', '12', '--maxzoom', '15', '--attribution', '<a href="http://a.example">&copy; the town</a>']); // prettier-ignore
  for (const name of real) if (existsSync(shared + name)) copyFileSync(shared + name, path.join(data, 'basemaps', name));
  if (existsSync(shared)) { // pictures of another kind than the archive says
    const bytes = readFileSync(`${shared}raster_png.pmtiles`);
    bytes[99] = 3; // JPEG
    writeFileSync(path.join(data, 'basemaps', 'mistaken.pmtiles'), bytes);
  }
  server = await startServer({ data });
  world = await server.world();
  facilitator = world.own.facilitator;
  const exercise = await templateId(facilitator, 'safety-map');
  session = await makeSession(facilitator, world.own.project, { exercise, title: 'Around the market', place: 'Halles', bbox: BBOX });
});
after(async () => {
  await server?.stop();
  rmSync(room, { recursive: true, force: true });
});

const tool = (name, args, file) => execFileSync(name, [...args, file, ...(name === 'pdftotext' ? ['-'] : [])], { encoding: 'utf8' });
/** The page's bytes in a file, and its text. */
async function sheet(query, { client = facilitator, of = session } = {}) {
  const reply = await client.get(`/api/sessions/${of}/sheet.pdf?${query}`, { expect: 200 });
  assert.equal(reply.headers['content-type'], 'application/pdf');
  const file = path.join(room, 'sheet.pdf');
  writeFileSync(file, reply.bytes);
  return { bytes: reply.bytes, file, text: tool('pdftotext', ['-raw'], file), flow: tool('pdftotext', [], file), info: tool('pdfinfo', [], file) };
}
/** Letters alone: shaping and direction do not matter. */
const letters = (text) => text.normalize('NFKC').replace(/[^\p{L}]/gu, '');

test('the grid covers the session, and the same for every asker', async () => {
  for (const paper of ['a4', 'a3'])
    for (const orientation of ['auto', 'portrait', 'landscape']) {
      const { json } = await facilitator.get(`/api/sessions/${session}/sheet?paper=${paper}&orientation=${orientation}`, { expect: 200 });
      const [west, south, east, north] = json.bbox;
      assert.ok(west <= BBOX[0] && south <= BBOX[1] && east >= BBOX[2] && north >= BBOX[3]);
      assert.equal(json.longitudes.length, json.columns + 1);
      assert.equal(json.latitudes.length, json.rows + 1);
      assert.deepEqual([json.longitudes[0], json.longitudes.at(-1)], [west, east]);
      assert.deepEqual([json.latitudes[0], json.latitudes.at(-1)], [north, south]);
      assert.ok(json.longitudes.every((lon, i) => i === 0 || lon > json.longitudes[i - 1]));
      assert.ok(json.latitudes.every((lat, i) => i === 0 || lat < json.latitudes[i - 1]));
      assert.equal(json.paper, paper);
      if (orientation !== 'auto') assert.equal(json.orientation, orientation);
    }
});

test('the page has title, place, day, question, answers, grid, scale and attribution as text', async () => {
  const { text, info } = await sheet('paper=a4&orientation=landscape&language=en&basemap=town');
  for (const words of ['Around the market', 'Halles', '7 March 2026', 'Very unsafe', '© the town', 'Rue des Lilas', 'Your marks', 'May the group in this room see your marks?', 'Your receipt'])
    assert.ok(text.includes(words), `${words} in\n${text}`);
  assert.ok(!text.includes('href'), 'markup of the attribution');
  const { json } = await facilitator.get(`/api/sessions/${session}/sheet?paper=a4&orientation=landscape`, { expect: 200 });
  const lines = text.split(/\s+/);
  assert.ok(lines.includes(`1:${json.scale}`));
  for (let i = 0; i < json.columns; i++) assert.ok(lines.includes(String.fromCharCode(65 + i)), `column ${i}`);
  for (let i = 1; i <= json.rows; i++) assert.ok(lines.includes(String(i)), `row ${i}`);
  assert.match(info, /Page size: +841\.89 x 595\.27/);
  assert.match(info, /Pages: +1\n/);
});

test('paper and orientation are the ones asked for', async () => {
  for (const [query, size] of [['paper=a4&orientation=portrait', /595\.27\d* x 841\.89/], ['paper=a3&orientation=portrait', /841\.89 x 1190\.55/], ['paper=a3&orientation=landscape', /1190\.55 x 841\.89/]]) // prettier-ignore
    assert.match((await sheet(`${query}&basemap=none`)).info, size);
});

test('letters are letters: all fonts are in the file, and no picture stands for a text', async () => {
  for (const language of ['fr', 'ar', 'fa', 'ti', 'uk', 'ky']) {
    const { file } = await sheet(`language=${language}&basemap=town`);
    const fonts = tool('pdffonts', [], file).trim().split('\n').slice(2);
    assert.ok(fonts.length > 0);
    for (const font of fonts) {
      assert.match(font, / yes +yes +yes +\d+ +\d+$/, `embedded, a subset, with its characters: ${font}`);
      assert.doesNotMatch(font, /Type 3/);
    }
    assert.equal(tool('pdfimages', ['-list'], file).trim().split('\n').length, 2, 'no pictures');
  }
});

test('each language has its own words and letters, right to left too', async () => {
  for (const [language, words] of [['ar', 'غير آمن'], ['fa', 'نشانه‌های شما'], ['ti', 'ምልክታትኩም'], ['uk', 'Ваші позначки'], ['ky', 'Сиздин белгилериңиз'], ['so', 'Calaamadahaaga'], ['tr', 'İşaretleriniz'], ['nl-BE', 'Uw markeringen'], ['ru', 'Ваши метки']]) // prettier-ignore
    assert.ok(letters((await sheet(`language=${language}&basemap=none`)).flow).includes(letters(words)), language);
  // a language we have no words for: the exercise's first and English
  assert.ok((await sheet('language=pt-BR&basemap=none')).text.includes('Your marks'));
});

test('right to left, the page is turned round and the map is not', async () => {
  const place = async (language, word) => {
    const { file } = await sheet(`orientation=landscape&basemap=town&language=${language}`);
    const found = new RegExp(`xMin="([\\d.]+)"[^>]*>${word}<`).exec(tool('pdftotext', ['-bbox'], file));
    assert.ok(found, `${word} in ${language}`);
    return Number(found[1]);
  };
  assert.ok((await place('en', 'Around')) < 200 && (await place('ar', 'Around')) > 420);
  assert.ok((await place('ar', 'A')) < (await place('ar', 'B')));
});

test('the way in is on the sheet of those who lead, and on nobody else\'s', async () => {
  const own = await makeSession(facilitator, world.own.project, { bbox: BBOX });
  const none = await sheet('basemap=none&origin=http://192.168.7.1:8080', { of: own });
  assert.ok(!none.text.includes('192.168.7.1'), 'no code in force');
  const { code, secret } = await makeCode(facilitator, own);
  const lead = await sheet('basemap=none&origin=http://192.168.7.1:8080', { of: own });
  assert.ok(lead.text.includes(code) && lead.text.includes('http://192.168.7.1:8080'));
  assert.ok(!lead.text.includes(secret) && !lead.bytes.includes(secret));
  assert.ok((await sheet('basemap=none', { of: own })).text.includes(code), 'without an origin there is the code');
  const other = await sheet('basemap=none&origin=http://192.168.7.1:8080', { of: own, client: world.own.researcher });
  assert.ok(!other.text.includes(code) && !other.text.includes('192.168.7.1'));
});

test('what people marked, and when the sheet was made, is not in the file; the same sheet is the same bytes', async () => {
  const own = await makeSession(facilitator, world.own.project, { bbox: BBOX, free_text: true });
  const before = await sheet('basemap=town&language=fr', { of: own });
  const seat = await takeSeat(server, (await makeCode(facilitator, own)).code);
  await putMark(seat, own);
  await facilitator.delete(`/api/sessions/${own}/join`, { expect: 200 });
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const after = await sheet('basemap=town&language=fr', { of: own });
  assert.ok(before.bytes.equals(after.bytes));
  assert.match(before.info, /CreationDate: +Sat Mar +7 00:00:00 2026/);
  assert.doesNotMatch(before.info, /Author|ModDate|Keywords/);
});

test('two sheets are drawn at the same time and are the same; the room has the other workers', async () => {
  const ask = () => facilitator.get(`/api/sessions/${session}/sheet.pdf?basemap=town&language=ar`);
  const one = await ask();
  const replies = await Promise.all(Array.from({ length: 8 }, ask));
  const busy = replies.filter(({ status }) => status === 503);
  assert.ok(busy.length > 0 && busy.length < 8, `${busy.length} of 8`);
  assert.ok(busy.every(({ headers }) => headers['retry-after'] === '1'));
  for (const { status, bytes } of replies) assert.ok(status === 503 || bytes.equals(one.bytes), `${status}`);
  assert.equal((await ask()).status, 200);
});

test('what is wrong is named', async () => {
  for (const [query, where] of [['paper=a5', 'paper'], ['orientation=round', 'orientation'], ['language=!', 'language'], ['language=f', 'language'], ['basemap=nowhere', 'basemap'], ['basemap=a/b', 'basemap'], ['origin=javascript:alert(1)', 'origin'], ['origin=http://a/b', 'origin'], ['zoom=3', 'zoom']]) { // prettier-ignore
    const reply = await facilitator.get(`/api/sessions/${session}/sheet.pdf?${query}`, { expect: 400 });
    assert.equal(reply.error, 'BAD_PARAMETER', query);
    assert.ok(JSON.stringify(reply.json).includes(where), query);
  }
  await facilitator.get('/api/sessions/999999/sheet', { expect: 404 });
  await facilitator.get('/api/sessions/999999/sheet.pdf', { expect: 404 });
});

test('areas as large as the world, as small as a door and across the antimeridian have sheets', async () => {
  for (const bbox of [[-180, -85, 180, 85], [4.35, 50.85, 4.3500001, 50.8500001], [179.9, -17.1, -179.9, -16.9]]) {
    const odd = await makeSession(facilitator, world.own.project, { bbox });
    await facilitator.get(`/api/sessions/${odd}/sheet?paper=a3`, { expect: 200 });
    for (const basemap of ['town', 'none']) assert.ok((await sheet(`basemap=${basemap}`, { of: odd })).bytes.length > 5000);
  }
});

test('real base maps: vectors, pictures as they are, and what cannot be printed says so', async (t) => {
  if (!existsSync(shared)) return t.skip('no base maps beside the project');
  const florence = await makeSession(facilitator, world.own.project, { bbox: [11.25, 43.766, 11.262, 43.774] });
  const map = await sheet('paper=a3&basemap=firenze_vector&language=en', { of: florence });
  assert.match(map.text, /Lungarno|Borgo|Via /);
  assert.match(map.text, /OpenStreetMap/);
  assert.equal(tool('pdfimages', ['-list'], map.file).trim().split('\n').length, 2);
  const wide = await makeSession(facilitator, world.own.project, { bbox: [-20, 30, 40, 60] });
  for (const [name, encoding] of [['geography-class-jpg', 'jpeg'], ['geography-class-png', 'image']]) {
    const { file } = await sheet(`basemap=${name}&language=en`, { of: wide });
    assert.match(tool('pdfimages', ['-list'], file), new RegExp(`rgb +3 +8 +${encoding}`), name);
  }
  const shown = [];
  for (const kind of ['png', 'webp']) {
    const page = await sheet(`basemap=geography-class-${kind}&language=en`, { of: wide });
    assert.doesNotMatch(page.text, /cannot be printed/);
    shown.push(execFileSync('pdftoppm', ['-r', '20', page.file]));
  }
  const [png, webp] = shown;
  assert.equal(png.length, webp.length);
  const apart = png.reduce((sum, value, i) => sum + Math.abs(value - webp[i]), 0) / png.length;
  assert.ok(apart < 3, `${apart}: the same map, in the same colours`);
  const mistaken = await sheet('basemap=mistaken&language=en', { of: wide });
  assert.match(mistaken.text, /cannot be printed/);
  await sheet('basemap=corrupt_null_tile&language=en', { of: wide });
});
