// SPDX-License-Identifier: AGPL-3.0-or-later
// The command line: what each sub-command does, what it says when it cannot, and its exit status.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { binary, startServer as start } from './support.mjs';
import { makeCode, makeProject, makeSession, takeSeat } from './world.mjs';

let work;
const servers = [];
before(() => (work = mkdtempSync(path.join(tmpdir(), 'repere-cli-'))));
after(() => {
  servers.forEach((server) => server.child.kill('SIGKILL')); // those that a failed test left
  rmSync(work, { recursive: true, force: true });
});

async function startServer(options) {
  const server = await start(options);
  servers.push(server);
  return server;
}

/** Runs the program to its end: {code, out, err}. */
function run(args, { input = '', env = {} } = {}) {
  return new Promise((resolve) => {
    const child = execFile(binary, args, { env: { ...process.env, ...env }, timeout: 60_000 }, (error, out, err) =>
      resolve({ code: error ? error.code : 0, out, err }));
    child.stdin.on('error', () => {}); // a command that reads nothing may be gone already
    child.stdin.end(input);
  });
}

/** A data folder in a folder of its own: a server that stops takes that one away. */
async function fresh() {
  const data = path.join(mkdtempSync(path.join(work, 'folder-')), 'data');
  assert.equal((await run(['init', '--data', data])).code, 0);
  return data;
}

/** One line on stderr that names what is wrong, and the status. */
function refused({ code, err }, status, what) {
  assert.equal(code, status, err);
  assert.match(err.split('\n').filter((line) => !line.startsWith('{')).join('\n'), /^repere[^\n]*\n$/);
  assert.match(err, what);
}

test('init makes a private folder with everything in it', async () => {
  const data = await fresh();
  for (const name of ['repere.sqlite', 'editions', 'basemaps', 'keys', 'keys/seal', 'keys/receipt', 'uploads'])
    assert.equal(statSync(path.join(data, name)).mode & 0o077, 0, `${name} is private`);
  assert.equal(statSync(data).mode & 0o777, 0o700);
  refused(await run(['init', '--data', data]), 1, /there is a store already: `repere serve --data/);
  refused(await run(['init', '--data', '/nonexistent/data']), 1, /\/nonexistent\/data: the folder that it is to be made in/);
  const file = path.join(work, 'a-file');
  writeFileSync(file, 'no folder');
  refused(await run(['init', '--data', file]), 1, /is there already, and no folder/);
  refused(await run(['serve', '--data', file]), 1, /is no data folder: `repere init/);
});

test('what is not a command, an option or a value ends with status 2', async () => {
  refused(await run([]), 2, /which command/);
  refused(await run(['nonsense']), 2, /nonsense/);
  refused(await run(['serve', '--nonsense']), 2, /--nonsense/);
  refused(await run(['serve', '--port']), 2, /--port.*needs a value/);
  refused(await run(['serve', '--port', '65536']), 2, /--port.*0 to 65535/);
  refused(await run(['serve', '--log-level', 'loud']), 2, /--log-level.*error warn info debug\n$/);
  refused(await run(['serve', '--origin', 'map.example.org/']), 2, /--origin/);
  refused(await run(['serve', 'now']), 2, /now/);
  refused(await run(['user']), 2, /add NAME/);
  refused(await run(['user', 'remove', 'x']), 2, /remove/);
  refused(await run(['user', 'add']), 2, /needs a name/);
  refused(await run(['init', '--replace']), 2, /--replace/);
  refused(await run(['backup']), 2, /FILE/);
  refused(await run(['serve', '--data=~/mapping']), 2, /--data: must be a whole path.* ~/);
});

test('help and version answer on stdout', async () => {
  const help = await run(['--help']);
  assert.equal(help.code, 0);
  for (const word of ['init', 'serve', 'user', 'backup', 'restore', 'withdraw', 'doctor', '--port', 'REPERE_PORT'])
    assert.ok(help.out.includes(word), word);
  assert.match((await run(['user', '--help'])).out, /--password-stdin/);
  assert.match((await run(['basemap', 'build', '--help'])).out, /--maxzoom/);
  assert.match((await run(['--version'])).out, /^repere \d+\.\d+/);
});

test('a folder that is none is named by each command', async () => {
  const none = path.join(work, 'none');
  for (const args of [['serve'], ['user', 'list'], ['backup', path.join(work, 'x')], ['withdraw', 'X']])
    refused(await run([...args, '--data', none]), 1, /repere init/);
});

test('settings come from flags, then the environment, then repere.conf', async () => {
  const data = await fresh();
  await run(['user', 'add', 'nadia', '--role', 'facilitator', '--data', data]);
  const link = async (args, env) => (await run(['user', 'link', 'nadia', '--data', data, ...args], { env })).out.split('/facilitate')[0];
  assert.equal(await link([]), 'http://127.0.0.1:8080');
  writeFileSync(path.join(data, 'repere.conf'), '# the room\n\n  port = 8101\n');
  assert.equal(await link([]), 'http://127.0.0.1:8101');
  assert.equal(await link([], { REPERE_PORT: '8102' }), 'http://127.0.0.1:8102');
  assert.equal(await link(['--port=8103'], { REPERE_PORT: '8102' }), 'http://127.0.0.1:8103');
  assert.equal(await link(['--base-url', 'http://room']), 'http://room');
  assert.equal(await link([], { REPERE_DATA: data, REPERE_ORIGIN: 'https://map.example.org' }), 'https://map.example.org');
  refused(await run(['user', 'list', '--data', data], { env: { REPERE_PORT: 'x' } }), 1, /REPERE_PORT/);
  writeFileSync(path.join(data, 'repere.conf'), 'port = 8101\ncolour = red\n');
  refused(await run(['user', 'list', '--data', data]), 1, /repere\.conf, line 2: there is no setting colour/);
  writeFileSync(path.join(data, 'repere.conf'), 'port = 8101 # the room\n');
  refused(await run(['user', 'list', '--data', data]), 1, /repere\.conf, line 1, port: must be a number/);
  writeFileSync(path.join(data, 'repere.conf'), 'port\n');
  refused(await run(['user', 'list', '--data', data]), 1, /line 1.*setting = value/);
});

test('a repere.conf that cannot be read is said by its name', async () => {
  const data = await fresh();
  const file = path.join(data, 'repere.conf');
  mkdirSync(file);
  for (const command of [['serve', '--port', '0'], ['user', 'list']])
    refused(await run([...command, '--data', data]), 1, /repere\.conf: .*directory/);
  rmSync(file, { recursive: true });
  symlinkSync('repere.conf', file); // unreadable for every account
  refused(await run(['serve', '--port', '0', '--data', data]), 1, /repere\.conf: .*symbolic links/);
});

test('accounts are added, listed and disabled', async () => {
  const data = await fresh();
  const user = (args, input) => run(['user', ...args, '--data', data], { input });
  assert.equal((await user(['add', 'nadia', '--role', 'facilitator', '--password-stdin'], 'correct horse battery\n')).code, 0);
  assert.equal((await user(['add', 'amal', '--role', 'researcher'])).code, 0);
  refused(await user(['add', 'NADIA', '--role', 'facilitator']), 1, /taken/);
  refused(await user(['add', 'ines', '--role', 'queen']), 1, /role/);
  refused(await user(['add', 'ines']), 2, /--role/);
  refused(await user(['add', 'ines', '--role', 'researcher', '--password-stdin'], 'short\n'), 1, /15 characters/);
  assert.equal((await user(['disable', 'amal'])).code, 0);
  refused(await user(['link', 'nobody']), 1, /nobody.*`repere user list`/);
  refused(await user(['link', 'nadia', '--base-url', 'room']), 2, /--base-url.*http:/);
  assert.equal((await user(['list'])).out, 'amal\tresearcher\tdisabled\nnadia\tfacilitator\n');
});

test('a password and a link sign in while the server runs', async () => {
  const server = await startServer();
  const { data } = server;
  await run(['user', 'add', 'nadia', '--role', 'facilitator', '--password-stdin', '--data', data], { input: 'correct horse battery\n' });
  const client = server.client();
  await client.post('/api/signin', { name: 'nadia', password: 'correct horse battery' }, { expect: 200 });
  assert.equal((await client.get('/api/me')).json.name, 'nadia');
  const { out } = await run(['user', 'link', 'nadia', '--data', data]);
  await server.client().post('/api/signin/link', { token: /#link=(\S+)/.exec(out)[1] }, { expect: 200 });
  await run(['user', 'disable', 'nadia', '--data', data]);
  assert.notEqual((await client.get('/api/me')).json.name, 'nadia');
  await server.stop();
});

test('researchers join a project by the command line', async () => {
  const server = await startServer();
  const nadia = await server.staff('nadia', 'facilitator');
  const amal = await server.staff('amal', 'researcher');
  const project = await makeProject(nadia);
  assert.deepEqual((await amal.get('/api/projects')).json.items, []);
  const join = (args) => run(['user', 'join', 'amal', ...args, '--data', server.data]);
  assert.equal((await join(['--project', String(project)])).code, 0);
  assert.equal((await amal.get('/api/projects')).json.items.length, 1);
  refused(await join(['--project', '999']), 1, /999/);
  refused(await join(['--project', 'x']), 2, /--project/);
  await server.stop();
});

test('a backup of the running server is restored over a later state, only when asked', async () => {
  let server = await startServer();
  const { data } = server;
  const nadia = await server.staff('nadia', 'facilitator');
  await makeSession(nadia, await makeProject(nadia, 'before'));
  const copy = path.join(work, 'copy.sqlite');
  assert.equal((await run(['backup', copy, '--data', data])).code, 0);
  refused(await run(['backup', copy, '--data', data]), 1, /exists already/);
  await makeProject(nadia, 'after');
  const restore = (...args) => run(['restore', copy, '--data', data, ...args]);
  refused(await restore('--replace'), 1, /another repere/);
  server.agent.destroy();
  server.child.kill('SIGTERM');
  assert.equal(await server.ended, 0);
  refused(await restore(), 1, /--replace/);
  writeFileSync(path.join(work, 'no-store'), 'nothing of the kind');
  refused(await run(['restore', path.join(work, 'no-store'), '--data', data, '--replace']), 1, /no-store: the file is not one of this program's/);
  assert.equal((await restore('--replace')).code, 0);
  server = await startServer({ data });
  const again = await server.signIn('nadia');
  assert.deepEqual((await again.get('/api/projects')).json.items.map(({ title }) => title), ['before']);
  await server.stop();
});

test('a backup moves to a new folder', async () => {
  const data = await fresh();
  await run(['user', 'add', 'nadia', '--role', 'facilitator', '--data', data]);
  const copy = path.join(work, 'moved.sqlite');
  const other = path.join(work, 'other');
  await run(['backup', copy, '--data', data]);
  assert.equal((await run(['restore', copy, '--data', other])).code, 0);
  assert.match((await run(['user', 'list', '--data', other])).out, /nadia/);
});

test('serve says why it cannot start', async () => {
  const server = await startServer();
  refused(await run(['serve', '--port', '0', '--data', server.data]), 1, /another repere.*\. End that one first\./);
  const data = await fresh();
  const port = new URL(server.origin).port;
  refused(await run(['serve', '--port', port, '--data', data]), 1, new RegExp(port));
  await server.stop();
  const store = path.join(data, 'repere.sqlite');
  const bytes = readFileSync(store);
  bytes.writeUInt32BE(99, 60); // user_version
  writeFileSync(store, bytes);
  refused(await run(['serve', '--port', '0', '--data', data]), 1, /version is 99.*\. Use the newer program/);
  refused(await run(['doctor', '--data', data]), 1, /checks went badly/);
});

test('a server listens where it is told, and ends on either signal', async () => {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    const server = await startServer({ args: ['--address', '127.0.0.2'] });
    assert.match(server.origin, /^http:\/\/127\.0\.0\.2:\d+$/);
    assert.equal((await server.client().get('/api/health', { expect: 200 })).json.status, 'ok');
    server.agent.destroy();
    server.child.kill(signal);
    assert.equal(await server.ended, 0);
    rmSync(path.dirname(server.data), { recursive: true });
  }
});

test('a server that listens everywhere says where the room reaches it', async () => {
  const server = await startServer({ args: ['--address', '0.0.0.0'] });
  const { port } = new URL(server.origin);
  const cards = Object.values(networkInterfaces()).flat().filter(({ family, internal }) => family === 'IPv4' && !internal);
  for (const { address } of cards) assert.ok(server.said().includes(`the room reaches it at http://${address}:${port}\n`), address);
  await server.stop();
});

test('an address of another machine is said to be one', async () => {
  const data = await fresh();
  const elsewhere = ['--data', data, '--port', '0', '--address', '192.0.2.254'];
  refused(await run(['serve', ...elsewhere]), 1, /192\.0\.2\.254 is none of this machine's; 0\.0\.0\.0/);
  refused(await run(['serve', '--data', data, '--port', '0', '--address', '300.1.1.1']), 1, /address: 300\.1\.1\.1: .*; 0\.0\.0\.0/);
  const { out } = await run(['doctor', ...elsewhere]);
  assert.match(out, /BAD +address: 192\.0\.2\.254/);
});

test('a port that somebody else has is said by its name', async () => {
  const data = await fresh();
  const server = await start();
  try {
    refused(await run(['serve', '--data', data, '--port', new URL(server.origin).port]), 1, /port.*in use/);
  } finally {
    await server.stop();
  }
});

test('keys that are missing though the store needs them are said by name', async () => {
  let server = await startServer();
  const { data } = server;
  const stop = async () => {
    server.agent.destroy();
    server.child.kill('SIGTERM');
    assert.equal(await server.ended, 0);
  };
  const drop = () => rmSync(path.join(data, 'keys'), { recursive: true });
  const warnings = () => server.log().split('\n').filter((line) => /"warn"/.test(line) && /keys\//.test(line));
  await stop();
  drop();
  assert.match((await run(['doctor', '--data', data])).out, /note +keys\/seal: .*\nnote +keys\/receipt: /);
  server = await startServer({ data }); // a store that holds nothing of the kind
  assert.deepEqual(warnings(), []);

  const nadia = await server.staff('nadia', 'facilitator');
  const session = await makeSession(nadia, await makeProject(nadia));
  const seat = await takeSeat(server, (await makeCode(nadia, session)).code);
  await seat.post('/api/me/receipt', undefined, { expect: 200 });
  await stop();
  drop();
  const doctor = await run(['doctor', '--data', data]);
  assert.equal(doctor.code, 1);
  assert.match(doctor.out, /BAD +keys\/seal: is missing, .*join sheets.*from the backup/);
  assert.match(doctor.out, /BAD +keys\/receipt: is missing, .*receipts.*from the backup/);
  server = await startServer({ data });
  assert.equal(warnings().length, 2, server.log());
  assert.match(warnings().join('\n'), /keys\/seal is missing[^]*keys\/receipt is missing[^]*from the backup/);
  await server.stop();
});

test('a copy made before an update goes after 30 days', async () => {
  const data = await fresh();
  const copies = ['repere.sqlite.version-1', 'repere.sqlite.version-2', 'repere.sqlite.version-mine', 'mine.version-1'];
  const [old, young, named, other] = copies.map((name) => path.join(data, name));
  for (const [copy, days] of [[old, 31], [young, 29], [named, 31], [other, 31]]) {
    writeFileSync(copy, 'somebody took this back');
    utimesSync(copy, Date.now() / 1000 - days * 86400, Date.now() / 1000 - days * 86400);
  }
  assert.match((await run(['doctor', '--data', data])).out, /note +repere\.sqlite\.version-1: .*next start/);
  const server = await startServer({ data });
  assert.deepEqual([old, young, named, other].map(existsSync), [false, true, true, true]);
  const said = server.log().split('\n').filter((line) => line.includes('.version-'));
  assert.equal(said.length, 1);
  assert.match(said[0], /"info".*repere\.sqlite\.version-1\b.*30 days/);
  await server.stop();
});

test('what a number stands for is said where there is none such', async () => {
  const data = await fresh();
  refused(await run(['export', '7', '--data', data]), 1, /7: is no session.*#\/session\/NUMBER/);
  refused(await run(['publish', '7', '--data', data]), 1, /7: is no project.*#\/project\/NUMBER/);
});

test('an import names the file that it cannot take', async () => {
  const server = await startServer();
  const project = await makeProject(await server.staff('nadia', 'facilitator'));
  const files = ['good.geojson', 'picture.csv'].map((name) => path.join(work, name));
  writeFileSync(files[0], '{"type":"FeatureCollection","features":[]}');
  writeFileSync(files[1], Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]));
  refused(await run(['import', files[1], files[0], '--project', String(project), '--data', server.data]), 1, /picture\.csv: row 1: not UTF-8/);
  await server.stop();
});

test('the last line is about what stands above it, also in a file', async () => {
  const out = await new Promise((resolve) => {
    execFile('sh', ['-c', '"$0" doctor --data /nonexistent 2>&1', binary], (_error, text) => resolve(text));
  });
  assert.match(out, /^BAD [^\n]*\nrepere doctor: [^\n]*\n$/);
});

test('a folder of another account says who may', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'repere-theirs-'));
  const data = path.join(folder, 'data');
  try {
    assert.equal((await run(['init', '--data', data])).code, 0);
    rmSync(path.join(data, 'lock'), { force: true });
    chmodSync(folder, 0o755);
    chmodSync(data, 0o555);
    const nobody = process.getuid() === 0 ? { uid: 65534, gid: 65534 } : {};
    const said = await new Promise((resolve) =>
      execFile(binary, ['user', 'list', '--data', data], { ...nobody }, (error, out, err) => resolve({ code: error ? error.code : 0, out, err })));
    if (said.code === 'EACCES') return t.skip('that account may not run the program here');
    return refused(said, 1, /data\/lock: .*\. Use the account that owns the folder/);
  } finally {
    chmodSync(data, 0o700);
    rmSync(folder, { recursive: true });
  }
});

test('doctor finds what keeps a session from being held', async () => {
  const data = await fresh();
  const free = await new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(String(port)));
    });
  });
  const doctor = (...args) => run(['doctor', '--data', data, '--port', free, ...args]);
  const well = await doctor();
  assert.equal(well.code, 0, well.out);
  assert.match(well.out, /ok +store: whole and sound/);
  assert.match(well.out, /note +base maps/);
  assert.match(well.out, /note +address: 127\.0\.0\.1.*--address 0\.0\.0\.0/);
  assert.doesNotMatch((await doctor('--address', '0.0.0.0')).out, /note +address/);
  refused(await doctor('--address', 'nowhere'), 1, /1 of the checks/);
  chmodSync(path.join(data, 'keys/seal'), 0o644);
  assert.match((await doctor()).out, /BAD +keys\/seal: others may read it/);
  chmodSync(path.join(data, 'keys/seal'), 0o600);
  const store = path.join(data, 'repere.sqlite');
  const bytes = readFileSync(store);
  bytes.fill(0xaa, 4096 * 5, 4096 * 6);
  writeFileSync(store, bytes);
  const ill = await doctor();
  assert.equal(ill.code, 1);
  assert.match(ill.out, /BAD +store: .*restore FILE --replace/);
  rmSync(store);
  assert.match((await doctor()).out, /BAD +store/);
  assert.ok(!existsSync(store), 'doctor makes nothing');
  refused(await run(['doctor', '--data', path.join(work, 'none')]), 1, /none/);
});
