// SPDX-License-Identifier: AGPL-3.0-or-later
// The service worker and the manifest, for build.mjs: which files the participant's page is made of, the
// version they make together, /sw.js with both in it, /manifest.webmanifest with its icons.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * Everything that a bundled file leads to: what it imports at once, what it loads later, images of a style
 * sheet.
 * @param {Record<string, {imports: {path: string, external?: boolean}[]}>} outputs of esbuild's metafile
 * @param {string[]} from names in `outputs`
 */
export function reachable(outputs, from) {
  const found = new Set();
  const left = [...from];
  for (let name = left.pop(); name; name = left.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    for (const { path, external } of outputs[name]?.imports ?? []) if (!external) left.push(path);
  }
  return [...found];
}

/** @param {{url: string, hash: string}[]} files */
export function versionOf(files) {
  const lines = files.map(({ url, hash }) => `${url} ${hash}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex').slice(0, 12);
}

/** The module "repere:precache". @param {{url: string, hash: string}[]} files @param {string} version */
function precachePlugin(files, version) {
  return {
    name: 'precache',
    setup(build) {
      build.onResolve({ filter: /^repere:precache$/ }, (args) => ({ path: args.path, namespace: 'precache' }));
      build.onLoad({ filter: /.*/, namespace: 'precache' }, () => ({
        contents: `export const version=${JSON.stringify(version)};export const files=${JSON.stringify(files)};`,
      }));
    },
  };
}

/**
 * The worker's text.
 * @param {{esbuild: any, here: string, files: {url: string, hash: string}[], target: string[]}} what
 */
export async function bundleWorker({ esbuild, here, files, target }) {
  const result = await esbuild.build({
    absWorkingDir: here,
    entryPoints: ['sw.js'],
    bundle: true,
    format: 'iife',
    minify: true,
    write: false,
    target,
    legalComments: 'eof',
    charset: 'utf8',
    logLevel: 'warning',
    plugins: [precachePlugin(files, versionOf(files))],
  });
  return result.outputFiles[0].text;
}

/**
 * web/manifest.webmanifest with the icons it names (paths in web/) under the names they are served by.
 * @param {string} here @param {(name: string, bytes: Buffer) => string} addHashed
 */
export function makeManifest(here, addHashed) {
  const manifest = JSON.parse(readFileSync(join(here, 'manifest.webmanifest'), 'utf8'));
  for (const icon of manifest.icons)
    icon.src = addHashed(basename(icon.src), readFileSync(join(here, icon.src)));
  return JSON.stringify(manifest);
}
