// SPDX-License-Identifier: AGPL-3.0-or-later
// What the program has is written down: each setting in README.md, each error reached by a test, each
// route with a summary and a schema that exists.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const read = (name) => readFileSync(join(root, name), 'utf8');
const without = (what, faults) => assert.deepEqual(faults, [], `${what}: ${faults.join(', ')}`);

test('README.md names each setting that --help lists', () => {
  const help = execFileSync(process.env.REPERE_BIN, ['--help'], { encoding: 'utf8' });
  const flags = [...new Set([...help.matchAll(/^\s+(--[a-z-]+)/gm)].map((hit) => hit[1]))];
  assert.ok(flags.length > 3, 'no settings were found in --help');
  const readme = read('README.md');
  without('not in README.md', flags.filter((flag) => !readme.includes(`\`${flag}`)));
});

test('README.md names each sub-command', () => {
  const readme = read('README.md');
  // a command's further files are called after it: doctor_tls.c
  const commands = readdirSync(join(root, 'server/cli')).filter((name) => /^[a-z]+\.c$/.test(name)).map((name) => name.slice(0, -2));
  without('not in README.md', commands.filter((name) => name !== 'cli' && !readme.includes(`repere ${name}`)));
});

test('each error is reached by a test', () => {
  const names = [...read('server/base/err.h').matchAll(/^\s+X\((\w+), \d+,/gm)].map((hit) => hit[1]);
  assert.ok(names.length > 10);
  const tests = execFileSync('git', ['ls-files', 'tests'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((name) => /\.(c|mjs)$/.test(name) && !name.startsWith('tests/check/'))
    .map(read)
    .join('\n');
  without('no test names', names.filter((name) => !new RegExp(`\\b(ERR_)?${name}\\b`).test(tests)));
});

test('each error is raised by the program', () => {
  const names = [...read('server/base/err.h').matchAll(/^\s+X\((\w+), \d+,/gm)].map((hit) => hit[1]);
  const program = execFileSync('git', ['ls-files', 'server', 'tiles'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((name) => name.endsWith('.c'))
    .map(read)
    .join('\n');
  without('nothing raises', names.filter((name) => !new RegExp(`\\bERR_${name}\\b`).test(program)));
});

test('each schema is named by a route or by another schema', () => {
  const folder = 'server/api/schemas';
  const files = readdirSync(join(root, folder));
  const table = read('server/api/routes.c');
  const unused = files.filter((file) => {
    const name = file.replace('.json', '');
    const others = files.filter((other) => other !== file).map((other) => read(join(folder, other)));
    return !table.includes(`"${name}"`) && !others.some((text) => text.includes(`/${name}"`));
  });
  without('unused schemas', unused);
});

test('each route says what it is for and names schemas that exist', () => {
  const table = read('server/api/routes.c');
  const rows = [...table.matchAll(/ROUTE\((GET|POST|PUT|DELETE),\s*"([^"]+)",\s*(\w+),\s*([\w |]+),\s*"([^"]*)",\s*"([^"]*)"/g)];
  const total = [...table.matchAll(/\bROUTE\((GET|POST|PUT|DELETE),/g)].length;
  assert.ok(total > 20, `only ${total} routes found`);
  assert.equal(rows.length, total, 'a row of the table is not of the usual form');
  const faults = [];
  for (const [, method, path, , , reply, summary] of rows) {
    if (summary.length < 10) faults.push(`${method} ${path}: no summary`);
    if (/^[A-Z]\w+$/.test(reply) && !existsSync(join(root, 'server/api/schemas', `${reply}.json`))) faults.push(`${method} ${path}: schema ${reply}`);
  }
  without('routes', faults);
});
