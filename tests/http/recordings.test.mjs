// SPDX-License-Identifier: AGPL-3.0-or-later
// Recordings: taken from a project's leads, heard on its sessions' tablets, refused when they are no sound.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './support.mjs';
import { makeCode, makeProject, makeSession, takeSeat, templateId } from './world.mjs';

let server, nadia, project, session, seat;

before(async () => {
  server = await startServer();
  nadia = await server.staff('Nadia', 'facilitator');
  project = await makeProject(nadia);
  session = await makeSession(nadia, project, { languages: ['en', 'ti'], seat_limit: 10 });
  seat = await takeSeat(server, (await makeCode(nadia, session)).code);
});
after(() => server?.stop());

const sounds = {
  'audio/webm': Buffer.from('1a45dfa3aaaa', 'hex'),
  'audio/ogg': Buffer.from('OggS....'),
  'audio/mp4': Buffer.from('\0\0\0\x20ftypM4A '),
  'audio/wav': Buffer.from('RIFF....WAVEfmt '),
  'audio/mpeg': Buffer.from('fffb9064', 'hex'),
};
const put = (item, language, raw, { exercise = 'safety-map', type = 'audio/ogg', ...options } = { expect: 200 }) =>
  nadia.put(`/api/projects/${project}/exercises/${exercise}/recordings?item=${item}&language=${language}`, undefined,
    { raw, headers: { 'content-type': type }, ...options });
const heard = async () => (await seat.get(`/api/sessions/${session}/recordings`, { expect: 200 })).json.items;

test('what kind of sound it is is read from its bytes, whatever was said of it', async () => {
  for (const [type, raw] of Object.entries(sounds)) {
    const { json } = await put('feeling', 'ti', raw, { type: 'audio/mpeg' });
    assert.equal(json.media_type, type);
    assert.equal(json.bytes, raw.length);
  }
  assert.equal((await heard()).length, 1, 'each took the place of the one before it');
});

test('a tablet hears the recordings of its exercise in its languages, byte by byte', async () => {
  await put('feeling.safe', 'ti', sounds['audio/ogg']);
  await put('feeling.safe', 'fr', sounds['audio/ogg']);
  await put('kind', 'ti', sounds['audio/ogg'], { exercise: 'city-services' });
  const items = await heard();
  assert.deepEqual(items.map(({ item, language }) => `${item} ${language}`), ['feeling ti', 'feeling.safe ti']);
  const reply = await seat.get(`/api/sessions/${session}/recordings/${items[1].id}`, { expect: 200 });
  assert.equal(reply.headers['content-type'], 'audio/ogg');
  assert.deepEqual(reply.bytes, sounds['audio/ogg']);
  const other = await makeSession(nadia, await makeProject(nadia), { exercise: await templateId(nadia) });
  await nadia.get(`/api/sessions/${other}/recordings/${items[1].id}`, { expect: 404 });
});

test('what is no sound, no question and no language is refused by name', async () => {
  const cases = [
    [put('feeling', 'ti', Buffer.from('<script>alert(1)</script>'), { expect: 400 }), 'body'],
    [put('feeling', 'ti', Buffer.alloc(0), { expect: 400 }), 'body'],
    [put('feelings', 'ti', sounds['audio/ogg'], { expect: 400 }), 'item'],
    [put('feeling.sad', 'ti', sounds['audio/ogg'], { expect: 400 }), 'item'],
    [put('feeling.', 'ti', sounds['audio/ogg'], { expect: 400 }), 'item'],
    [put('feeling', '7', sounds['audio/ogg'], { expect: 400 }), 'language'],
  ];
  for (const [reply, where] of cases) assert.equal((await reply).json.where, where);
  await put('feeling', 'ti', sounds['audio/ogg'], { exercise: 'none', expect: 404 });
  await put('feeling', 'ti', Buffer.concat([sounds['audio/ogg'], Buffer.alloc(300 * 1024)]), { expect: 413 });
});

test('a recording that was deleted is heard no more', async () => {
  const { json } = await put('when', 'en', sounds['audio/wav']);
  await nadia.delete(`/api/projects/${project}/recordings/${json.id}`, { expect: 200 });
  await nadia.delete(`/api/projects/${project}/recordings/${json.id}`, { expect: 404 });
  await seat.get(`/api/sessions/${session}/recordings/${json.id}`, { expect: 404 });
});

test('the id of a deleted recording is never given to other words', async () => {
  const { json: first } = await put('when', 'en', sounds['audio/wav']);
  await nadia.delete(`/api/projects/${project}/recordings/${first.id}`, { expect: 200 });
  const { json: again } = await put('when', 'en', sounds['audio/ogg']);
  assert.notEqual(again.id, first.id, 'or a tablet that keeps the first would go on saying it');
  assert.ok(Number.isSafeInteger(again.id));
});

test('a project holds so many bytes of them and no more; one that is replaced does not count', async () => {
  const big = Buffer.concat([sounds['audio/ogg'], Buffer.alloc(256 * 1024 - 8)]);
  const languages = (n) => `x-${String(n).padStart(4, '0')}`.replace('x-', 'xx-');
  let stored = 0;
  for (; stored < 300; stored++) if ((await put('when', languages(stored), big, {})).status !== 200) break;
  assert.ok(stored >= 250 && stored < 257, `${stored} of 256 KiB each`);
  await put('when', languages(0), big);
});
