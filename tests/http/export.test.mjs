// SPDX-License-Identifier: AGPL-3.0-or-later
// A session as a file: both formats, any language, any size, leads alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './support.mjs';
import { makeCode, makeSession, mark, putMark, takeSeat } from './world.mjs';

let server, own, other, session, author;
const words = 'مزيد من الضوء، "من فضلك"';

before(async () => {
  server = await startServer();
  ({ own, other } = await server.world());
  session = await makeSession(own.facilitator, own.project, { free_text: true });
  author = await takeSeat(server, (await makeCode(own.facilitator, session)).code);
});
after(() => server.stop());

/** Rows of a CSV text as objects by column. */
function rows(text) {
  assert.equal(text[0], '\ufeff');
  const lines = text.slice(1).split('\r\n').filter(Boolean);
  const cells = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
  const names = cells(lines[0]);
  return lines.slice(1).map((line) => Object.fromEntries(cells(line).map((cell, i) => [names[i], cell])));
}

test('an empty session gives whole files', async () => {
  const json = await own.facilitator.get(`/api/sessions/${session}/export?format=geojson`, { expect: 200 });
  assert.deepEqual(JSON.parse(json.text), { type: 'FeatureCollection', features: [] });
  const csv = await own.facilitator.get(`/api/sessions/${session}/export?format=csv`, { expect: 200 });
  assert.equal(rows(csv.text).length, 0);
});

test('the spreadsheet has a column a question and keeps every script', async () => {
  const answers = { feeling: 'unsafe', when: ['night', 'evening'], unsafe_because: ['isolated'], change: words };
  const id = await putMark(author, session, mark(4.35, 50.85, answers));
  await putMark(author, session, mark(4.36, 50.86, { feeling: 'safe', change: '=1+1' }));
  const reply = await own.facilitator.get(`/api/sessions/${session}/export?format=csv`, { expect: 200 });
  assert.match(reply.headers['content-type'], /^text\/csv/);
  assert.equal(reply.headers['content-disposition'], `attachment; filename="session-${session}.csv"`);
  const [first, second] = rows(reply.text);
  assert.equal(first.id, id);
  assert.equal(first.feeling, 'unsafe');
  assert.equal(first.when, 'evening; night');
  assert.equal(first.change, words);
  assert.equal(first.participant, author.pseudonym);
  assert.equal(first.geometry, 'Point');
  assert.ok(Math.abs(first.x - 4.35) < 0.001 && Math.abs(first.y - 50.85) < 0.001);
  assert.match(first.created, /^20\d\d-\d\d-\d\dT/);
  assert.equal(second.change, "'=1+1", 'a spreadsheet would run this');
});

test('the map file has all rows, page after page', async () => {
  const many = await makeSession(own.facilitator, own.project);
  const reader = await takeSeat(server, (await makeCode(own.facilitator, many)).code);
  for (let i = 0; i < 520; i += 20)
    await Promise.all(Array.from({ length: 20 }, (_, k) => putMark(reader, many, mark(4.31 + (i + k) / 10_000))));
  const reply = await own.facilitator.get(`/api/sessions/${many}/export`, { expect: 200 });
  assert.match(reply.headers['content-type'], /^application\/geo\+json/);
  const { features } = JSON.parse(reply.text);
  assert.equal(features.length, 520);
  assert.equal(new Set(features.map((feature) => feature.id)).size, 520);
  assert.ok(features.every((feature) => server.ajv.validate('/api/schemas/Contribution', feature)), server.ajv.errorsText());
});

test('it is for those who lead the session', async () => {
  const target = `/api/sessions/${session}/export`;
  await own.researcher.get(target, { expect: 403 });
  await author.get(target, { expect: 403 });
  await other.facilitator.get(target, { expect: 404 });
  await server.client().get(target, { expect: 401 });
  await own.facilitator.get(`${target}?format=xlsx`, { expect: 400 });
});
