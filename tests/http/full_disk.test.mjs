// SPDX-License-Identifier: AGPL-3.0-or-later
// A disk without room (here: no file of the server may grow), and room again.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { startServer } from './support.mjs';
import { makeCode, makeProject, makeSession, mark, putMark, takeSeat, uuid } from './world.mjs';

let server, nadia, session, seat;
before(async () => {
  server = await startServer();
  nadia = await server.staff('nadia', 'facilitator');
  session = await makeSession(nadia, await makeProject(nadia));
  seat = await takeSeat(server, (await makeCode(nadia, session)).code);
});
after(() => server?.stop());

const room = (bytes) => execFileSync('prlimit', ['--pid', String(server.child.pid), `--fsize=${bytes}:unlimited`]);

test('a full disk is answered with 507 and stores nothing; when there is room again, all goes on', async () => {
  const kept = await putMark(seat, session);
  const id = uuid();
  room(4096);
  for (let i = 0; i < 3; i += 1) {
    const { error } = await seat.put(`/api/sessions/${session}/contributions/${id}`, mark(4.36), { expect: 507 });
    assert.equal(error, 'DISK_FULL');
  }
  await seat.get(`/api/sessions/${session}/contributions/${kept}`, { expect: 200 });
  await seat.get(`/api/sessions/${session}/contributions/${id}`, { expect: 404 });
  room('unlimited');
  await seat.put(`/api/sessions/${session}/contributions/${id}`, mark(4.36), { expect: 201 });
  assert.equal((await nadia.get(`/api/sessions/${session}/counts`)).json.total, 2);
});
