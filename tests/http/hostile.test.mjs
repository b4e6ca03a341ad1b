// SPDX-License-Identifier: AGPL-3.0-or-later
// The public JSON test suite as bodies of a real route: whatever comes is answered, what is no JSON is
// refused as such, and the server goes on.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { startServer } from './support.mjs';
import { makeCode, makeSession, mark, takeSeat, uuid } from './world.mjs';

const folder = new URL('../../../shared/data/hostile/json_parsing/', import.meta.url);
const withData = existsSync(folder) ? {} : { skip: 'no ../shared/data' };
let server, participant, session;

before(async () => {
  server = await startServer();
  const { own } = await server.world();
  session = await makeSession(own.facilitator, own.project);
  participant = await takeSeat(server, (await makeCode(own.facilitator, session)).code);
});
after(() => server.stop());

const send = (body) =>
  fetch(`${server.origin}/api/sessions/${session}/contributions/${uuid()}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'repere', Authorization: `Bearer ${participant.bearer}` },
    body,
  });

test('each file of the JSON test suite is answered; what is no JSON is called so', withData, async () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  assert.ok(names.length > 300);
  for (const name of names) {
    const reply = await send(readFileSync(new URL(encodeURIComponent(name), folder)));
    const { type } = await reply.json();
    assert.ok(reply.status >= 400 && reply.status < 500, `${name}: ${reply.status}`);
    if (name.startsWith('n_')) assert.match(type, /BAD_JSON|BAD_REQUEST|TOO_LARGE/, `${name}: ${type}`);
  }
  await participant.put(`/api/sessions/${session}/contributions/${uuid()}`, mark(), { expect: 201 });
});
