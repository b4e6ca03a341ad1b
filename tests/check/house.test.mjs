// SPDX-License-Identifier: AGPL-3.0-or-later
// The shape of the house: who may include whom, where third-party headers live, what no file may hold.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { execFileSync } from 'node:child_process';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((name) => name !== '');
const text = (name) => readFileSync(join(root, name), 'utf8');
const ending = (...ends) => files.filter((name) => ends.some((end) => name.endsWith(end)));
const without = (name, faults) => assert.deepEqual(faults, [], `${name}:\n${faults.join('\n')}`);

const layerMay = {
  base: ['base'],
  geo: ['base', 'geo'],
  model: ['base', 'geo', 'model'],
  store: ['base', 'geo', 'model', 'store'],
  publish: ['base', 'geo', 'model', 'publish', 'tiles'], // never the store: it holds nothing but editions
  paper: ['base', 'geo', 'model', 'paper', 'tiles'], // no store: it is told what is on the sheet
  service: ['base', 'geo', 'model', 'store', 'publish', 'paper', 'service', 'tiles'],
  http: ['base', 'http'],
  api: ['base', 'geo', 'model', 'publish', 'paper', 'service', 'http', 'api'],
  tiles: ['base', 'tiles'],
};
// Kept apart by more than their layer: see DESIGN's boundary.
const narrower = [
  ['server/publish/cube', ['base', 'geo', 'publish']],
  // what answers planners is given editions and nothing else
  ['server/api/edition', ['base', 'geo', 'publish', 'http', 'api']],
];
const thirdParty = {
  'json.h': ['server/base/json.c'],
  'json-c/': ['server/base/json.c'],
  'sodium.h': ['server/base/secret.c'],
  'qrencode.h': ['server/base/qr.c'],
  'zlib.h': ['server/base/zip.c'],
  'proj.h': ['server/geo/crs.c'],
  'geos_c.h': ['server/geo/geos.c'],
  'sqlite3.h': ['server/store/', 'server/publish/gpkg', 'tiles/mbtiles'],
  'spatialite.h': ['server/store/'],
  'spatialite/': ['server/store/'],
  'microhttpd.h': ['server/http/'],
  'gnutls/': ['server/http/'],
  'spng.h': ['tiles/png.c'],
  'cairo': ['server/paper/'],
  'pango/': ['server/paper/sheet_pen'],
  'librsvg/': ['server/paper/sheet_sign.c'],
  'webp/': ['server/paper/map_webp.c'],
};

const layerOf = (name) => (name.startsWith('tiles/') ? 'tiles' : /^server\/(\w+)\//.exec(name)?.[1]);
const includes = (name) =>
  [...text(name).matchAll(/^\s*#\s*include\s+([<"])([^>"]+)[>"]/gm)].map(([, kind, path]) => ({ kind, path }));

test('no include points up the layers', () => {
  const faults = [];
  for (const name of ending('.c', '.h')) {
    const layer = layerOf(name);
    const may = narrower.find(([start]) => name.startsWith(start))?.[1] ?? layerMay[layer];
    if (!may) continue; // app, cli and tests may see everything
    for (const { kind, path } of includes(name)) {
      if (kind !== '"') continue;
      const target = path.includes('/') ? path.split('/')[0] : 'tiles';
      const generated = path === 'embedded.h';
      if (generated || !may.includes(target)) faults.push(`${name} includes ${path}`);
    }
  }
  without('includes', faults);
});

test('what answers planners is given editions alone: not even the worker\'s context', () => {
  const faults = [];
  for (const name of ending('.c', '.h').filter((file) => file.startsWith('server/api/edition')))
    for (const { path } of includes(name)) if (/^(api\/api\.h|api\/writers\.h|service\/|store\/)/.test(path)) faults.push(`${name} includes ${path}`);
  without('planner handlers', faults);
});

test('each third-party header has one home', () => {
  const faults = [];
  for (const name of ending('.c', '.h').filter((file) => !file.startsWith('tests/'))) {
    for (const { kind, path } of includes(name)) {
      if (kind !== '<') continue;
      for (const [header, homes] of Object.entries(thirdParty)) {
        const hit = header.endsWith('.h') ? path === header : path.startsWith(header);
        if (hit && !homes.some((home) => name.startsWith(home))) faults.push(`${name} includes <${path}>`);
      }
      if (path === 'csv.h' && name !== 'server/base/csv.c') faults.push(`${name} includes <csv.h>`);
    }
  }
  without('third-party headers', faults);
});

test('each source file carries its licence line', () => {
  const faults = ending('.c', '.h', '.js', '.mjs', '.css', '.sh', '.cmake', 'CMakeLists.txt').filter(
    (name) => !text(name).split('\n').slice(0, 2).some((line) => line.includes('SPDX-License-Identifier: AGPL-3.0-or-later')),
  );
  without('licence lines', faults);
});

test('SQL stands in sql/, not in C', () => {
  const faults = [];
  for (const name of ending('.c', '.h').filter((file) => /^(server|tiles)\//.test(file))) {
    // SQLite's own files (base maps, editions, connection settings) have their statements beside the driver
    if (/^(tiles\/mbtiles|server\/publish\/gpkg|server\/store\/(db|migrate))/.test(name)) continue;
    for (const [index, line] of text(name).split('\n').entries()) {
      if (/"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE)\b/.test(line)) faults.push(`${name}:${index + 1}`);
    }
  }
  without('SQL in C', faults);
});

test('each query says first who may see its rows', () => {
  without('queries', ending('.sql').filter((name) => name.startsWith('sql/queries/') && !text(name).startsWith('--')));
});

test('each query is used', () => {
  const all = ending('.c').map(text).join('\n');
  const faults = ending('.sql')
    .filter((name) => name.startsWith('sql/queries/'))
    .filter((name) => !new RegExp(`\\bQUERY_${name.slice('sql/queries/'.length, -4).toUpperCase()}\\b`).test(all));
  without('unused queries', faults);
});

test('the pages make no markup from strings and only core/api.js talks to the server', () => {
  const faults = [];
  for (const name of ending('.js').filter((file) => file.startsWith('web/src/'))) {
    if (/\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b/.test(text(name))) faults.push(`${name}: markup`);
    if (name !== 'web/src/core/api.js' && name !== 'web/src/sw.js' && /\bfetch\(/.test(text(name))) faults.push(`${name}: fetch`);
  }
  without('pages', faults);
});

test('no page module looks into another page, and core and map know no page', () => {
  const faults = [];
  for (const name of ending('.js').filter((file) => file.startsWith('web/src/'))) {
    const room = name.split('/')[2];
    for (const [, path] of text(name).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
      const target = join(dirname(name), path).split('/')[2];
      const may = { core: ['core'], map: ['core', 'map'] }[room] ?? ['core', 'map', room];
      if (target && !target.endsWith('.js') && !may.includes(target)) faults.push(`${name} imports ${path}`);
    }
  }
  without('imports', faults);
});

test('files are short enough to be read in one sitting', () => {
  const faults = ending('.c', '.h', '.js', '.mjs', '.css')
    .map((name) => [name, text(name).split('\n').length])
    .filter(([name, lines]) => lines > (name.startsWith('tests/') ? 600 : 400))
    .map(([name, lines]) => `${name}: ${lines} lines`);
  without('long files', faults);
});

test('nothing unsafe, unfinished or local is left in the tree', () => {
  const faults = [];
  for (const name of ending('.c', '.h', '.js', '.mjs', '.sh', '.sql', '.css')) {
    if (name.startsWith('tests/check/')) continue;
    for (const [index, line] of text(name).split('\n').entries()) {
      if (/\b(strcpy|strcat|sprintf|gets|atoi|atof)\(/.test(line) && /\.[ch]$/.test(name)) faults.push(`${name}:${index + 1} unsafe call`);
      if (/\b(TODO|FIXME|XXX|HACK)\b/.test(line)) faults.push(`${name}:${index + 1} left for later`);
    }
  }
  without('leftovers', faults);
});

test('the top level holds what it should and nothing else', () => {
  const allowed = new Set(['CMakeLists.txt', 'CMakePresets.json', 'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE',
    'server', 'web', 'sql', 'tiles', 'tests', 'examples']);
  const found = new Set(files.map((name) => name.split('/')[0]));
  without('top level', [...found].filter((name) => !allowed.has(name) && !name.startsWith('.')));
});
