// SPDX-License-Identifier: AGPL-3.0-or-later
// Recording an exercise's words: from the microphone (a pretended one) and from a file, listened to, deleted.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { itemsOf } from '../../web/src/facilitate/recordings/items.js';
import { templateId } from '../http/world.mjs';
import { missing } from './browser.mjs';
import { openHouse } from './staff.mjs';

test('a question comes first, then its answers', () => {
  const fields = [
    { id: 'feeling', label: { en: 'How?' }, options: [{ id: 'safe', label: { en: 'Safe' } }] },
    { id: 'change', label: { en: 'What?' } },
  ];
  assert.deepEqual(itemsOf({ fields }).map(({ item, answer }) => [item, answer]),
    [['feeling', false], ['feeling.safe', true], ['change', false]]);
});

let house;
if (!missing) {
  before(async () => (house = await openHouse()));
  after(() => house?.close());
}

test('words are recorded, listened to, taken from a file and deleted', { skip: missing }, async () => {
  const exercise = await templateId(house.staff);
  const page = await house.page(`project/${house.project}/recordings/${exercise}`, '.recording', { size: 'tablet' });
  // a microphone that gives a tone, once it is allowed
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      await new Promise((allow) => (window.allow = allow));
      const context = new AudioContext();
      const tone = context.createOscillator(), out = context.createMediaStreamDestination();
      tone.connect(out);
      tone.start();
      return out.stream;
    };
  });
  await page.check('recordings');
  await page.selectOption('.select:not(.select-small)', 'fr');
  const first = page.locator('.recording').first();
  await first.locator('.recording-make').click();
  await page.waitForFunction(() => window.allow);
  assert.equal(await page.locator('.recording-now').count(), 0, 'not before it is open');
  await page.evaluate(() => window.allow());
  await page.waitForSelector('.recording-now');
  await page.check('the microphone is open');
  await page.waitForTimeout(300); // as long as a word
  await first.locator('.recording-make').click();
  await page.waitForSelector('.recording:first-child .badge-good');
  const on = await page.evaluate(() => document.activeElement.closest('.recording')?.dataset.item);
  assert.notEqual(on, await first.getAttribute('data-item'), 'on to the next that is missing');

  const path = `/api/projects/${house.project}/exercises/safety-map/recordings`;
  const list = async () => (await house.staff.get(path, { expect: 200 })).json.items;
  const [made] = await list();
  assert.equal(made.language, 'fr');
  assert.ok(made.bytes > 100, `${made.bytes} bytes`);
  await page.evaluate(() => {
    window.played = 0;
    HTMLMediaElement.prototype.play = async () => void (window.played += 1);
  });
  await first.getByRole('button', { name: 'Listen' }).click();
  await page.waitForFunction(() => window.played === 1);

  const second = page.locator('.recording').nth(1);
  await second.locator('input[type=file]').setInputFiles({ name: 'a.ogg', mimeType: 'audio/ogg', buffer: Buffer.from('OggS and more') });
  await page.waitForSelector('.recording:nth-child(2) .badge-good');
  await second.locator('input[type=file]').setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('words') });
  await page.waitForSelector('.toast');
  assert.equal((await list()).length, 2, 'what is no sound has changed nothing');
  page.faults.length = 0; // the browser's line about that 400
  await first.getByRole('button', { name: 'Delete' }).click();
  await page.waitForFunction(() => !document.querySelector('.recording:first-child .badge-good'));
  assert.deepEqual((await list()).map(({ item }) => item), [await second.getAttribute('data-item')]);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
