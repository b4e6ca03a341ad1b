// SPDX-License-Identifier: AGPL-3.0-or-later
// Ports 80 and 443 without root, by the two ways of examples/room/README.md: the line for a laptop, as it is
// written there, and the right that repere.service gives. Each server has a network of its own.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { binary, cli } from '../http/support.mjs';
import { refusal, without } from './room.mjs';

const guide = readFileSync(new URL('../../examples/room/README.md', import.meta.url), 'utf8');
const unit = readFileSync(new URL('../../examples/room/repere.service', import.meta.url), 'utf8');
const NOBODY = 65534;
const skip = refusal || without('unshare', 'setpriv', 'sysctl', 'ip');
let folder, program, data;

before(async () => {
  if (skip) return;
  folder = mkdtempSync(path.join(tmpdir(), 'repere-ports-'));
  program = path.join(folder, 'repere'); // where that account may run it
  copyFileSync(binary, program);
  data = path.join(folder, 'data');
  await cli(data, ['init']);
  execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, folder]);
});
after(() => folder && rmSync(folder, { recursive: true, force: true }));

/** Runs a server of that account on a port, until it listens or ends; what it said. */
function serve(port, { first = 'true', privileges = [] } = {}) {
  const become = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', ...privileges];
  const words = [...become, program, 'serve', '--data', data, '--address', '0.0.0.0', '--port', String(port)];
  const script = `ip link set lo up && { ${first}; } >/dev/null && exec "$@"`;
  const child = spawn('unshare', ['--net', 'sh', '-c', script, 'sh', ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve) => {
    let said = '', listens = false;
    const hear = (bytes) => {
      said += bytes;
      if (listens || !new RegExp(`listening.*:${port}\\b`).test(said)) return;
      listens = true;
      child.kill('SIGTERM');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('close', (code) => resolve({ listens, said, code }));
    setTimeout(() => child.kill('SIGKILL'), 30_000).unref();
  });
}

test('without a right there is a message that says which', { skip }, async () => {
  const { listens, said, code } = await serve(443);
  assert.ok(!listens && code === 1, said);
  assert.match(said, /may not listen on 443: `sudo sysctl net\.ipv4\.ip_unprivileged_port_start=80` lets it \(examples\/room\/README\.md makes that last\)/);
});

test('the line for a laptop lets any build listen on 80 and 443, and leaves lower ports to root', { skip }, async () => {
  const [, line, file] = /^echo '([^']+)' \| sudo tee (\S+)\nsudo sysctl -p \2$/m.exec(guide);
  assert.match(file, /^\/etc\/sysctl\.d\/\d\d-[a-z]+\.conf$/, 'read at each start');
  const written = path.join(folder, 'line.conf');
  writeFileSync(written, `${line}\n`);
  const first = `sysctl -p ${written}`;
  for (const port of [443, 80]) {
    const { listens, said, code } = await serve(port, { first });
    assert.ok(listens && code === 0, said);
  }
  assert.ok(!(await serve(79, { first })).listens);
});

test('the right that the unit gives lets that one program listen, and is the only one it has', { skip }, async () => {
  const [, ambient] = /^AmbientCapabilities=CAP_([A-Z_]+)$/m.exec(unit);
  const [, bounding] = /^CapabilityBoundingSet=CAP_([A-Z_]+)$/m.exec(unit);
  assert.equal(ambient, bounding);
  const only = ['--bounding-set', '--inh-caps', '--ambient-caps'].map((flag) => `${flag}=-all,+${ambient.toLowerCase()}`);
  const { listens, said, code } = await serve(443, { privileges: [...only, '--no-new-privs'] });
  assert.ok(listens && code === 0, said);
});

test('systemd understands the unit', { skip: skip || without('systemd-analyze') }, () => {
  const file = path.join(folder, 'repere.service');
  writeFileSync(file, unit.replace('/usr/local/bin/repere', program).replace('User=repere', 'User=daemon'));
  const said = execFileSync('sh', ['-c', 'systemd-analyze verify --man=no "$0" 2>&1', file], { encoding: 'utf8' });
  assert.doesNotMatch(said, /repere\.service/, said);
  assert.match(unit, /^WantedBy=multi-user\.target$/m);
});
