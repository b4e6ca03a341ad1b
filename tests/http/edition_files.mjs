// SPDX-License-Identifier: AGPL-3.0-or-later
// Edition files for tests: the sample of tests/support/sample_edition.c, written by a tool of the build.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { binary } from './support.mjs';

const tool = path.join(path.dirname(binary), 'tests', 'sample_gpkg');

/** Puts an edition into a folder, under the name it is served by; its path. What was there is replaced. */
export function writeEdition(folder, { project = 1, number = 2, revision = 1, leaves = 0, name = `${project}-${number}.gpkg` } = {}) {
  mkdirSync(folder, { recursive: true });
  const part = path.join(folder, `.${name}.part`);
  execFileSync(tool, [part, project, number, revision, leaves].map(String));
  renameSync(part, path.join(folder, name));
  return path.join(folder, name);
}

/** A folder of one's own; its parent goes with the server that is started on it. */
export function freshFolder() {
  return path.join(mkdtempSync(path.join(tmpdir(), 'repere-editions-')), 'published');
}

/** Asks again until the answer fits, for what a look at the folder must find first. */
export async function until(ask, fits, patience_ms = 10_000) {
  const end = Date.now() + patience_ms;
  for (;;) {
    const reply = await ask();
    if (fits(reply)) return reply;
    if (Date.now() > end) throw new Error(`it did not come: ${reply.status} ${reply.text.slice(0, 300)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The addresses of an edition, one of each kind. */
export function addressesOf(edition) {
  const base = `/api/editions/${edition}`;
  const slice = `${base}/slices/safety-map.all`;
  return [base, `${base}/file`, `${base}/findings`, `${base}/assets`, `${base}/overlays/2`, `${base}/overlays/5`, slice,
    `${slice}/values`, `${slice}/tiles/0/0/0`, `${slice}/tiles/12/2097/1373`, `${slice}/heat`, `${slice}/heat/12/2097/1373`,
    `${slice}/areas/2`, `${slice}/areas/2?format=csv`,
    `${base}/slices/safety-map.group.new/against/safety-map.group.long`]; // prettier-ignore
}
