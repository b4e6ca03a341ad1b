// SPDX-License-Identifier: AGPL-3.0-or-later
// Runs last (the files of a run go by name, one after another): each route of the table was hit by the
// tests before it, and did what it is for at least once.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { hitsFolder, startServer } from './support.mjs';

/** The statuses seen, by route. */
function readHits() {
  const hits = new Map();
  for (const file of readdirSync(hitsFolder)) {
    for (const line of readFileSync(path.join(hitsFolder, file), 'utf8').trim().split('\n')) {
      const at = line.lastIndexOf(' ');
      const name = line.slice(0, at);
      hits.set(name, (hits.get(name) ?? new Set()).add(Number(line.slice(at + 1))));
    }
  }
  return hits;
}

const skip = hitsFolder ? false : 'runs after the other files, in one run with them (tests/run.sh http)';
test('every route of the table was hit, and succeeded', { skip }, async () => {
  const hits = readHits();
  const server = await startServer();
  const idle = server.routes.filter(({ name }) => ![...(hits.get(name) ?? [])].some((status) => status < 300));
  await server.stop();
  assert.deepEqual(idle.map(({ name }) => name), []);
});
