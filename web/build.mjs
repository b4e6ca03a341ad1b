// SPDX-License-Identifier: AGPL-3.0-or-later
// Bundles the pages and writes them as C: node build.mjs --out DIR
//
//   DIR/dist/            the files as they are served (pages, assets/<name>-<hash>.<ext>), with .gz and .br
//   DIR/embedded_assets.c  the table of them for the binary (struct asset of server/http/server.h)
//
// Each web/<name>.html is a page: index.html is "/", the others "/<name>". A page names its module and
// its style sheet by source path; the build puts the hashed names in their place. The participant's page is
// an app that starts without a server: /sw.js and /manifest.webmanifest (build_worker.mjs).
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { bundleWorker, makeManifest, reachable } from './build_worker.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const argument = process.argv.indexOf('--out');
if (argument < 0 || !process.argv[argument + 1]) {
  console.error('usage: node build.mjs --out DIR');
  process.exit(2);
}
const out = resolve(process.argv[argument + 1]);
const dist = join(out, 'dist');

const mediaTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.gif': 'image/gif',
};

/** Installs what the lock file names when it is missing or older than the lock. */
function installDependencies() {
  const installed = join(here, 'node_modules/.package-lock.json');
  const lock = join(here, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** The pages that other hosts may put into their own. */
const framedPages = new Set(['/embed']);

/** @type {{path: string, bytes: Buffer, type: string, immutable: boolean}[]} */
const assets = [];

/** Adds a file to the table; returns the path it is served under. */
function addAsset(path, bytes, immutable) {
  const type = mediaTypes[extname(path) || '.html'];
  if (!assets.some((a) => a.path === path)) assets.push({ path, bytes: Buffer.from(bytes), type, immutable });
  return path;
}

function shortHash(bytes) {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 10);
}

function addHashed(name, bytes) {
  const extension = extname(name);
  return addAsset(`/assets/${basename(name, extension)}-${shortHash(bytes)}${extension}`, bytes, true);
}

/** One sprite of web/icons/*.svg, a symbol each, named as the file. */
function makeSprite() {
  const names = [];
  let symbols = '';
  for (const file of readdirSync(join(here, 'icons'))
    .filter((f) => f.endsWith('.svg'))
    .sort()) {
    const text = readFileSync(join(here, 'icons', file), 'utf8').replace(
      /<!--[\s\S]*?-->|<\?xml[\s\S]*?\?>/g,
      '',
    );
    const found = /<svg([^>]*)>([\s\S]*)<\/svg>/.exec(text);
    if (!found) throw new Error(`icons/${file}: no <svg> element`);
    const name = basename(file, '.svg');
    const kept = [...found[1].matchAll(/\s(viewBox|fill|stroke[a-z-]*)="[^"]*"/g)].map((m) => m[0]).join('');
    names.push(name);
    symbols += `<symbol id="${name}"${kept}>${found[2].trim().replace(/>\s+</g, '><')}</symbol>\n`;
  }
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols}</svg>\n`;
  return { url: addHashed('icons.svg', sprite), names };
}

/**
 * What a language does not say yet, in English: a key on a screen would help nobody.
 * A text that has its own plural forms needs none of English.
 */
function withEnglish(own, english) {
  const whole = { ...own };
  for (const [key, text] of Object.entries(english)) {
    const other = key.replace(/_(zero|one|other)$/, '_other');
    if (typeof text !== 'string') whole[key] = withEnglish(own[key] ?? {}, text);
    else if (!(key in own) && !(other in own)) whole[key] = text;
  }
  return whole;
}

/**
 * web/i18n/<language>.json, each a file of its own; "language.autonym" and "language.dir" name it. What
 * only staff or planners are told stands in web/i18n/staff and web/i18n/plan, so that a tablet does not
 * fetch it. "language.state" of each file says whether somebody who speaks the language has checked it.
 */
function makeLanguages() {
  const files = (folder) => readdirSync(join(here, folder)).filter((f) => f.endsWith('.json')).sort();
  const parts = ['staff', 'plan'].map((part) => ({ part, there: new Set(files(`i18n/${part}`)) }));
  const texts = (path) => JSON.parse(readFileSync(join(here, path), 'utf8'));
  return files('i18n').map((file) => {
    const own = withEnglish(texts(`i18n/${file}`), texts('i18n/en.json'));
    const found = { parts: {}, partStates: {} };
    for (const { part } of parts.filter(({ there }) => there.has(file))) {
      const { language, ...rest } = withEnglish(texts(`i18n/${part}/${file}`), texts(`i18n/${part}/en.json`));
      found.parts[part] = addHashed(`${part}-${file}`, JSON.stringify(rest));
      found.partStates[part] = language.state;
    }
    const { autonym, dir, state } = own.language;
    return { code: basename(file, '.json'), autonym, dir, state, url: addHashed(file, JSON.stringify(own)), ...found };
  });
}

/** The module "repere:assets": where the sprite and the languages are. */
function assetsPlugin(icons, languages) {
  return {
    name: 'assets',
    setup(build) {
      build.onResolve({ filter: /^repere:assets$/ }, (args) => ({ path: args.path, namespace: 'assets' }));
      build.onLoad({ filter: /.*/, namespace: 'assets' }, () => ({
        contents:
          `export const iconUrl=${JSON.stringify(icons.url)};` +
          `export const iconNames=${JSON.stringify(icons.names)};` +
          `export const languages=${JSON.stringify(languages)};`,
      }));
    },
  };
}

/** The source paths a page names, with a name for what they become. */
function pageEntries(page) {
  const html = readFileSync(join(here, page), 'utf8');
  const sources = [...html.matchAll(/(?:src|href)="\/((?:src|styles|app_icons)\/[^"]+)"/g)].map((m) => m[1]);
  return { page, html, sources };
}

function entryName(source) {
  const name = basename(source, extname(source));
  return name === 'main' ? basename(dirname(source)) : name;
}

const target = ['es2020', 'safari14', 'chrome90', 'firefox90'];

async function bundle(esbuild, pages, plugin) {
  const sources = [...new Set(pages.flatMap((p) => p.sources))];
  const images = sources.filter((s) => /\.(svg|png)$/.test(s));
  const result = await esbuild.build({
    absWorkingDir: here,
    entryPoints: sources.filter((s) => !images.includes(s)).map((s) => ({ in: s, out: entryName(s) })),
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    write: false,
    metafile: true,
    target,
    outdir: join(dist, 'assets'),
    publicPath: '/assets/',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.png': 'file', '.gif': 'file', '.svg': 'file' },
    legalComments: 'eof',
    charset: 'utf8',
    logLevel: 'warning',
    plugins: [plugin],
  });
  const served = new Map();
  const { outputs } = result.metafile;
  const urlOf = (path) => join(here, path).slice(dist.length);
  for (const file of result.outputFiles) addAsset(file.path.slice(dist.length), file.contents, true);
  for (const [path, meta] of Object.entries(outputs)) {
    const preload = meta.imports
      .filter((i) => i.kind === 'import-statement' && !i.external)
      .map((i) => urlOf(i.path));
    const all = reachable(outputs, [path]).map(urlOf);
    if (meta.entryPoint) served.set(meta.entryPoint, { url: urlOf(path), preload, all });
  }
  for (const image of images) {
    const url = addHashed(image, readFileSync(join(here, image)));
    served.set(image, { url, preload: [], all: [url] });
  }
  return served;
}

function addPage({ page, html, sources }, served) {
  let preloads = '';
  for (const source of sources) {
    const { url, preload } = served.get(source);
    html = html.replace(`"/${source}"`, `"${url}"`);
    preloads += preload.map((p) => `<link rel="modulepreload" href="${p}">`).join('');
  }
  html = html.replace('</head>', `${preloads}</head>`).replace(/>\s*\n\s*</g, '>\n<');
  addAsset(page === 'index.html' ? '/' : `/${basename(page, '.html')}`, html, false);
}

/**
 * What the participant's page is made of, for its service worker: the page, all that its sources lead to, the
 * sprite and its texts in every language.
 */
function participantFiles(pages, served, icons, languages) {
  const { sources } = pages.find((p) => p.page === 'index.html');
  const urls = ['/', ...sources.flatMap((source) => served.get(source).all), icons.url];
  const all = new Set([...urls, ...languages.map((l) => l.url)]);
  return assets.filter((a) => all.has(a.path)).map((a) => ({ url: a.path, hash: shortHash(a.bytes) }));
}

/** The file on disk and its compressed forms, kept where they are smaller. */
function writeForms(asset) {
  const file = join(
    dist,
    asset.path === '/' ? 'index.html' : asset.path + (extname(asset.path) ? '' : '.html'),
  );
  mkdirSync(dirname(file), { recursive: true });
  const forms = { plain: { file, bytes: asset.bytes } };
  writeFileSync(file, asset.bytes);
  if (!/png|gif/.test(asset.type)) {
    forms.gzip = { file: `${file}.gz`, bytes: gzipSync(asset.bytes, { level: 9 }) };
    forms.brotli = {
      file: `${file}.br`,
      bytes: brotliCompressSync(asset.bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: 11,
          [constants.BROTLI_PARAM_SIZE_HINT]: asset.bytes.length,
        },
      }),
    };
    for (const form of ['gzip', 'brotli']) {
      if (forms[form].bytes.length < asset.bytes.length) writeFileSync(forms[form].file, forms[form].bytes);
      else delete forms[form];
    }
  }
  return forms;
}

function cSource() {
  let data = '',
    rows = '';
  assets
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .forEach((asset, number) => {
      const forms = writeForms(asset);
      const cells = {};
      for (const form of ['plain', 'gzip', 'brotli']) {
        if (!forms[form]) {
          cells[form] = ['0', 0];
          continue;
        }
        const symbol = `embedded_asset_${number}_${form}`;
        data +=
          `__asm__(".section .rodata\\n.global ${symbol}\\n${symbol}:\\n.incbin \\"${forms[form].file}\\"\\n` +
          `.byte 0\\n.previous\\n");\nextern const unsigned char ${symbol}[];\n`;
        cells[form] = [symbol, forms[form].bytes.length];
      }
      rows +=
        `    {"${asset.path}", "${asset.type}", "${shortHash(asset.bytes)}", ${asset.immutable},\n` +
        `     ${cells.plain[0]}, ${cells.gzip[0]}, ${cells.brotli[0]}, ` +
        `${cells.plain[1]}, ${cells.gzip[1]}, ${cells.brotli[1]}, ${framedPages.has(asset.path)}},\n`;
    });
  return (
    `// Made by web/build.mjs.\n#include "embedded.h"\n${data}` +
    `const struct asset embedded_assets[] = {\n${rows}};\n` +
    `const size_t embedded_asset_count = ${assets.length};\n`
  );
}

installDependencies();
const esbuild = await import('esbuild');
rmSync(dist, { recursive: true, force: true });
const icons = makeSprite();
const languages = makeLanguages();
const plugin = assetsPlugin(icons, languages);
const pages = readdirSync(here)
  .filter((f) => f.endsWith('.html'))
  .sort()
  .map(pageEntries);
const served = await bundle(esbuild, pages, plugin);
addAsset('/manifest.webmanifest', makeManifest(here, addHashed), false);
for (const page of pages) addPage(page, served);
const files = participantFiles(pages, served, icons, languages);
addAsset('/sw.js', await bundleWorker({ esbuild, here, files, target }), false);
writeFileSync(join(out, 'embedded_assets.c'), cSource());
