// SPDX-License-Identifier: AGPL-3.0-or-later
// A tablet out of reach: what waits is said and saved to a file, the facilitator brings it; two tabs
// change one mark, the facilitator sees both versions and chooses.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { mark, putMark } from '../http/world.mjs';
import { agree, missing } from './browser.mjs';
import { hasCount, hasText, openHouse } from './staff.mjs';

const pictures = process.env.REPERE_PICTURES; // a folder: each screen is kept as a picture there
let house;
if (!missing) {
  before(async () => (house = await openHouse()));
  after(() => house?.close());
}
const browserTest = (name, run) => test(name, { skip: missing }, run);
const picture = (page, name) => (pictures ? page.screenshot({ path: `${pictures}/${name}.png` }) : null);

/** From the QR code to the map. */
async function arrive(page, session, language = 'en') {
  await page.goto(`${house.server.origin}/#join=${session.secret}`);
  await page.click(`.language-tile[lang=${language}]`);
  await agree(page);
  await page.waitForSelector('.category-sheet');
}
/** A mark of the first category, without its questions. */
async function placeOne(page) {
  await page.click('.category >> nth=0');
  await page.waitForSelector('.question-sheet');
}

for (const [size, language] of [['phone', 'en'], ['tablet', 'fr'], ['desktop', 'ar']])
  browserTest(`what waits on a tablet is saved to a file and brought to the session (${size}, ${language})`, async () => {
    const session = await house.session({ languages: ['en', 'fr', 'ar'] });
    const page = await house.browser.page({ size });
    await arrive(page, session, language);
    await page.route('**/api/**', (route) => route.abort());
    await placeOne(page);
    await page.waitForSelector('.chips .chip:last-child:not(.chip-good)');
    await page.click('.chips .chip:last-child');
    await page.waitForSelector('dialog .outbox .note');
    await picture(page, `outbox-${size}-${language}`);
    const downloading = page.waitForEvent('download');
    await page.click('dialog .outbox .button:not(.button-primary)');
    await page.click('dialog:last-of-type .dialog-actions .button >> nth=0');
    const text = readFileSync(await (await downloading).path(), 'utf8');
    const file = JSON.parse(text);
    const token = await page.evaluate(
      () =>
        new Promise((done) => {
          const open = indexedDB.open('repere-capture');
          open.onsuccess = () => {
            const ask = open.result.transaction('kept').objectStore('kept').get('seat');
            ask.onsuccess = () => done(ask.result.token);
          };
        }),
    );
    assert.ok(!text.includes(token), 'no token is in the file');
    assert.equal(file.items.length, 1);
    page.faults = page.faults.filter((fault) => !/ERR_FAILED|Failed to load/.test(fault));

    const desk = await house.page(`session/${session.id}`, '.live-count', { size });
    await desk.setInputFiles('.bring-file input', { name: 'outbox.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await hasText(desk, '.taken', 'taken in');
    await picture(desk, `brought-${size}`);
    await desk.check('what came of the file');
    await desk.click('dialog .button-round');
    await hasCount(desk, '.mark-open', 1);
    // once more, with a line that was altered
    file.items.push({ ...file.items[0], ticket: `${file.items[0].ticket.slice(0, -1)}x` });
    const altered = Buffer.from(JSON.stringify(file));
    await desk.setInputFiles('.bring-file input', { name: 'outbox.json', mimeType: 'application/json', buffer: altered });
    await hasText(desk, '.taken', 'was there already');
    await hasText(desk, '.taken', 'It does not say who made it, or it was altered.');
    await picture(desk, `brought-again-${size}`);

    // the server is back: the tablet hears that it is there, and there is one
    await page.unroute('**/api/**');
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.waitForFunction(() => document.querySelector('.chips .chip-good:last-child'));
    assert.equal((await house.marks(session.id)).length, 1);
    await page.context().close();
    await desk.context().close();
  });

for (const size of ['phone', 'tablet', 'desktop'])
  browserTest(`two versions of a mark are shown side by side, and one is chosen (${size})`, async () => {
    const session = await house.session({}, 1);
    const [anna] = session.seats;
    const id = await putMark(anna, session.id, mark(4.36, 50.85, { feeling: 'unsafe', when: ['night'] }));
    const path = `/api/sessions/${session.id}/contributions/${id}`;
    const desk = await house.page(`session/${session.id}`, '.live-count', { size });
    await hasCount(desk, '.mark-open', 1);
    const knowing = (expect) => ({ headers: { 'if-match': '"1"' }, expect });
    await anna.put(path, mark(4.361, 50.851, { feeling: 'unsafe', when: ['evening'] }), knowing(200));
    await anna.put(path, mark(4.364, 50.852, { feeling: 'safe', when: ['morning'] }), knowing(202));
    await hasText(desk, '.conflicts', '1 mark has two versions');
    await desk.click('.conflicts-open');
    await desk.waitForFunction(() => document.querySelectorAll('.version .map-mark').length === 2);
    await hasText(desk, '.versions', 'Morning');
    await picture(desk, `conflict-${size}`);
    await desk.check('two versions');
    await desk.click('dialog .dialog-actions .button:has-text("Take B")');
    await desk.waitForSelector('.conflicts-open', { state: 'hidden' });
    const [kept] = await house.marks(session.id);
    assert.equal(kept.properties.category, 'safe');
    assert.equal(kept.properties.version, 3);
    await desk.context().close();
  });
