// SPDX-License-Identifier: AGPL-3.0-or-later
// What `repere doctor` says about the way between laptop and tablets, and about base maps. What it says about
// keys, store and copies is in cli.test.mjs.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { makeAuthority, selfSigned } from '../support/certificates.mjs';
import { tlsFlags } from '../support/secure_server.mjs';
import { binary, cli } from './support.mjs';

const NAME = 'room.example.invalid';
let work, data, authority, free;

before(async () => {
  work = mkdtempSync(path.join(tmpdir(), 'repere-doctor-'));
  data = path.join(work, 'data');
  authority = makeAuthority(path.join(work, 'authority'));
  free = await new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(String(port)));
    });
  });
  await cli(data, ['init']);
});
after(() => rmSync(work, { recursive: true, force: true }));

/** Runs the doctor: {code, out}. Each line is of a known kind, and what is not well says what to do. */
function doctor(...args) {
  return new Promise((resolve) => {
    execFile(binary, ['doctor', '--data', data, '--port', free, ...args], { timeout: 60_000 }, (error, out, err) => {
      assert.doesNotMatch(err, /Sanitizer/);
      for (const line of out.trimEnd().split('\n')) {
        assert.match(line, /^(ok {4}|note {2}|BAD {3}|todo {2})[^:]+: \S/);
        if (/^(note|BAD)/.test(line)) assert.match(line, /[.:] .+\. .*[a-z].*/, `says what to do: ${line}`);
      }
      resolve({ code: error ? error.code : 0, out });
    });
  });
}
const signed = (options, names = [`DNS:${NAME}`]) => authority.sign(names, options);

test('without a certificate it says what plain HTTP costs, and what a room needs', async () => {
  const { code, out } = await doctor();
  assert.equal(code, 0, out);
  assert.match(out, /^note +secure context: no, .*plain HTTP.*no GPS.*examples\/room/m);
  assert.doesNotMatch(out, /certificate:/);
  assert.match(out, /^todo +tablet: open the address that/m);
  assert.match((await doctor('--origin', 'https://map.example.invalid')).out, /^ok +secure context: yes, by --origin/m);
});

test('a certificate is told by names, days and chain', async () => {
  const { code, out } = await doctor(...tlsFlags(signed({ to: 61.5 }, [`DNS:${NAME}`, 'IP:127.0.0.1'])));
  assert.equal(code, 0, out);
  assert.match(out, /^ok +certificate: readable, and the key fits$/m);
  assert.match(out, new RegExp(`^ok +certificate names: ${NAME}, 127\\.0\\.0\\.1$`, 'm'));
  assert.match(out, /^ok +certificate: 61 days left, until \d{4}-/m);
  assert.match(out, /^note +certificate chain: nothing in the file leads .*fullchain\.pem/m);
  assert.match(out, /^ok +secure context: yes/m);
  assert.match(out, new RegExp(`^todo +tablet: open https://${NAME}:${free} `, 'm'));
  assert.match((await doctor(...tlsFlags(signed({ chain: true })))).out, /^note +certificate chain: it ends at CN=Test authority, which this machine does not trust/m);
  assert.match((await doctor(...tlsFlags(selfSigned(work, [`DNS:${NAME}`])))).out, /^note +certificate chain: it vouches for itself/m);
});

test('days that run out are a note, and then keep a session from being held', async () => {
  assert.match((await doctor(...tlsFlags(signed({ to: 29.5 })))).out, /^note +certificate: 29 days left.*Renew/m);
  for (const [options, what] of [
    [{ to: 0.5 }, /^BAD +certificate: 0 days left.*Renew/m],
    [{ from: -9, to: -1 }, /^BAD +certificate: expired on/m],
    [{ from: 1, to: 9 }, /^BAD +certificate: is not valid before .*clock/m],
    [{ to: 1.5 }, /^note +certificate: 1 day left/m],
  ]) {
    const { code, out } = await doctor(...tlsFlags(signed(options)));
    assert.match(out, what);
    assert.match(out, options.to > 0 && !(options.from > 0) ? /^ok +secure context: yes/m : /^note +secure context: no\. Mend/m);
    assert.equal(code, /^BAD/m.test(out) ? 1 : 0);
    assert.equal(code, options.to > 1 && !options.from ? 0 : 1, JSON.stringify(options));
  }
});

test('a certificate that the server would refuse is refused here, by name', async () => {
  const good = signed(), other = signed();
  for (const [flags, what] of [
    [tlsFlags({ ...good, key: other.key }), /^BAD +certificate: .*\.key: is the key of another/m],
    [tlsFlags({ ...good, certificate: path.join(work, 'none.pem') }), /^BAD +certificate: .*none\.pem: there is no such file/m],
    [['--tls-cert', good.certificate], /^BAD +certificate: --tls-cert without --tls-key\. Set both/m],
    [tlsFlags(signed({}, [])), /^BAD +certificate names: there are none/m],
  ]) {
    const { code, out } = await doctor(...flags);
    assert.match(out, what);
    assert.equal(code, 1);
  }
  chmodSync(good.key, 0o640);
  assert.doesNotMatch((await doctor(...tlsFlags(good))).out, /certificate key/);
  chmodSync(good.key, 0o644);
  assert.match((await doctor(...tlsFlags(good))).out, /^note +certificate key: .*chmod 600/m);
});

test('each name is looked up: nowhere, here, or elsewhere', async () => {
  const { out } = await doctor(...tlsFlags(signed({}, [`DNS:${NAME}`, 'DNS:*.kit.example.invalid'])), '--host-names', `localhost,${NAME},192.0.2.9`);
  assert.match(out, new RegExp(`^note +name ${NAME}: leads nowhere.*examples/room`, 'm'));
  assert.equal(out.match(new RegExp(`name ${NAME}`, 'g')).length, 1, 'once');
  assert.match(out, /^ok +name localhost: leads to (127\.0\.0\.1|::1), this machine$/m);
  assert.match(out, /^note +name 192\.0\.2\.9: leads to 192\.0\.2\.9, which is not this machine/m);
  assert.doesNotMatch(out, /name \*/);
  assert.match(out, /^note +name localhost: is none of the certificate's, so browsers warn/m);
  assert.doesNotMatch(out, new RegExp(`name ${NAME}: is none`));
});

test('both ports are tried', async () => {
  const pair = signed();
  const taken = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { code, out } = await doctor(...tlsFlags(pair), '--http-port', String(taken.address().port));
  taken.close();
  assert.equal(code, 1);
  assert.match(out, new RegExp(`^ok +port ${free}: is free$`, 'm'));
  assert.match(out, /^BAD +port \d+: .*another --http-port/m);
});

test('base maps are told by name, and those that are refused with the reason', async () => {
  const folder = path.join(data, 'basemaps');
  writeFileSync(path.join(folder, 'foreign.mbtiles'), 'this is a text');
  writeFileSync(path.join(folder, 'cut.pmtiles'), Buffer.concat([Buffer.from('PMTiles\x03'), Buffer.alloc(40)]));
  writeFileSync(path.join(folder, 'notes.txt'), 'no archive');
  const none = await doctor();
  assert.equal(none.code, 0, none.out);
  assert.match(none.out, /^note +base map foreign\.mbtiles: .+whole copy/m);
  assert.match(none.out, /^note +base map cut\.pmtiles: .+whole copy/m);
  assert.match(none.out, /^note +base maps: there are none/m);
  assert.doesNotMatch(none.out, /notes/);
  const from = path.join(work, 'streets');
  mkdirSync(from);
  const feature = { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [[4.3, 50.8], [4.4, 50.9]] } };
  writeFileSync(path.join(from, 'streets.geojson'), JSON.stringify({ type: 'FeatureCollection', features: [feature] }));
  await cli(data, ['basemap', 'build', from, path.join(folder, 'town.mbtiles'), '--minzoom', '10', '--maxzoom', '12']);
  const { out } = await doctor();
  assert.match(out, /^ok +base map town: pbf, zoom 10 to 12, from 4\.30,50\.80 to 4\.40,50\.90$/m);
  assert.match(out, /^note +base map foreign\.mbtiles/m);
  assert.doesNotMatch(out, /base maps: there are none/);
});
