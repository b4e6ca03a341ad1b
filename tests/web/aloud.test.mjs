// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading aloud: which voice is taken, what is read in which order, and that it ends with its screen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../http/support.mjs';
import { makeCode, makeProject, makeSession } from '../http/world.mjs';
import { compareRecordings } from '../../web/src/capture/recordings.js';
import { pickVoice } from '../../web/src/core/voice.js';
import { agree, missing, openBrowser } from './browser.mjs';

const voice = (lang, more = {}) => ({ lang, localService: true, default: false, ...more });

test("the device's own voice of the language is taken, never one that sends words away", () => {
  const [remote, belgian, french] = [voice('fr-BE', { localService: false }), voice('fr_BE'), voice('fr-FR', { default: true })];
  assert.equal(pickVoice([remote, french, belgian], 'fr-BE'), belgian);
  assert.equal(pickVoice([remote, belgian, french], 'fr'), french, 'the default one of the language');
  assert.equal(pickVoice([remote], 'fr'), null);
  assert.equal(pickVoice([french], 'ti'), null, 'no voice of another language');
  assert.equal(pickVoice([voice('fra-FR')], 'fr'), null, 'a longer tag is another language');
});

test('missing recordings are fetched in her language first, those that are gone are forgotten', () => {
  const listed = [{ id: 1, language: 'fr' }, { id: 2, language: 'ti' }, { id: 4, language: 'fr' }, { id: 5, language: 'ti' }];
  const { missing, gone } = compareRecordings(listed, [1, 3], 'ti');
  assert.deepEqual(missing.map(({ id }) => id), [2, 5, 4]);
  assert.deepEqual(gone, [3]);
});

let server, browser, session, staff, project;
if (!missing) {
  before(async () => {
    server = await startServer();
    staff = await server.staff('fatou', 'facilitator');
    project = await makeProject(staff);
    session = await makeCode(staff, await makeSession(staff, project, { languages: ['en'] }));
    browser = await openBrowser(server.origin);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
}

/** In the page: a voice that notes what it is given and ends when it is told to. */
function fakeSynthesis(voices) {
  const spoken = [];
  const synthesis = {
    getVoices: () => voices,
    speak: (utterance) => spoken.push(utterance),
    cancel: () => spoken.splice(0).forEach((utterance) => utterance.onend?.()),
    addEventListener() {},
    removeEventListener() {},
  };
  Object.defineProperty(window, 'speechSynthesis', { value: synthesis });
  window.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
  window.heard = [];
  window.endOne = () => {
    const utterance = spoken.shift();
    if (!utterance) return null;
    window.heard.push(utterance.text);
    utterance.onend();
    return utterance.text;
  };
  window.speaking = () => spoken.map(({ text }) => text);
}

async function arrive(voices) {
  const page = await browser.page({ size: 'phone', language: 'en' });
  await page.addInitScript(fakeSynthesis, voices);
  await page.goto(`${server.origin}/#join=${session.secret}`);
  await page.click('.language-tile[lang=en]');
  await page.waitForSelector('.consent');
  return page;
}
async function consent(page) {
  await agree(page);
  await page.waitForSelector('.category-sheet');
}
const speaks = (page, text) => page.waitForFunction((wanted) => window.speaking()[0] === wanted, text);

test('a question and its answers are read one after the other, each standing out', { skip: missing }, async () => {
  const page = await arrive([voice('en-GB')]);
  await page.click('.consent .aloud');
  await speaks(page, await page.textContent('.consent h1'));
  await consent(page); // the next screen ends it
  await page.waitForFunction(() => window.speaking().length === 0);
  await page.click('.category[data-option=safe]');
  await page.waitForSelector('.question');
  await page.click('.question .aloud');
  await page.check('a question with a voice');
  await page.waitForFunction(() => window.speaking().length === 1);
  const question = await page.evaluate(() => window.endOne());
  assert.match(await page.textContent('.question-label'), new RegExp(`${question.replace('?', '\\?')}$`));
  const first = page.locator('.question .tile').first();
  await speaks(page, (await first.locator('span').first().textContent()).replaceAll('\u200b', ''));
  await page.waitForSelector('.question .tile:first-child.being-read');
  await page.click('.question .aloud'); // stops
  await page.waitForFunction(() => window.speaking().length === 0 && !document.querySelector('.being-read'));
  await page.waitForSelector('.question .aloud[aria-label="Read aloud"]');
  await page.context().close();
});

test('without a voice of the language there is no button', { skip: missing }, async () => {
  const page = await arrive([voice('fr-FR'), voice('en-US', { localService: false })]);
  await consent(page);
  await page.waitForSelector('.category-sheet .aloud', { state: 'attached' });
  assert.equal(await page.isVisible('.category-sheet .aloud'), false);
  await page.context().close();
});

/** A tenth of a second of silence, 8 kHz, 8 bits. */
function silence() {
  const bytes = Buffer.alloc(844, 0x80);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(836, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.set([16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0], 16);
  bytes.write('data', 36);
  bytes.writeUInt32LE(800, 40);
  return bytes;
}

test('a recording is heard where the device has no voice, also when the server is out of reach', { skip: missing }, async () => {
  const path = `/api/projects/${project}/exercises/safety-map/recordings?item=feeling.safe&language=en`;
  await staff.put(path, undefined, { raw: silence(), headers: { 'content-type': 'audio/wav' }, expect: 200 });
  const page = await arrive([]);
  await page.evaluate(() => {
    window.played = [];
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = function () {
      window.played.push(this.src);
      return play.call(this);
    };
  });
  await consent(page);
  await page.waitForSelector('.category-sheet .aloud:not([hidden])');
  await page.context().setOffline(true);
  await page.click('.category-sheet .aloud');
  await page.waitForFunction(() => window.played.length === 1);
  assert.match(await page.evaluate(() => window.played[0]), /^blob:/);
  await page.waitForFunction(() => document.querySelector('.aloud').getAttribute('aria-label') === 'Read aloud');
  await page.context().close();
});
