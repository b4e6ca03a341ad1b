// SPDX-License-Identifier: AGPL-3.0-or-later
// The facilitator's whole way, in a browser against the real server: in English and French, on a phone, a
// tablet and a desktop. Signing in, a project, a session, the sheet, people and marks, closing, leaving.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cli } from '../http/support.mjs';
import { takeSeat } from '../http/world.mjs';
import { missing, views } from './browser.mjs';
import { hasCount, hasText, openHouse, place } from './staff.mjs';

const password = 'a long password for tests';
const words = {
  en: { wrong: 'not right', closed: 'Closed', hidden: 'Hidden from the map' },
  fr: { wrong: 'n’est pas juste', closed: 'Fermée', hidden: 'Caché de la carte' },
};
let house;
if (!missing) {
  before(async () => {
    house = await openHouse();
    await cli(house.server.data, ['user', 'add', 'amal', '--role', 'facilitator', '--password-stdin'], {
      input: `${password}\n`,
    });
  });
  after(() => house?.close());
}

async function signInByPassword(page, language) {
  await page.goto(`${house.server.origin}/facilitate`);
  await page.waitForSelector('.signin-card');
  await page.check('sign-in');
  await page.fill('input[autocomplete=username]', 'amal');
  await page.fill('input[type=password]', 'not the password at all');
  await page.keyboard.press('Enter');
  await hasText(page, '.field-error:not([hidden])', words[language].wrong);
  assert.equal(await page.evaluate(() => document.activeElement.type), 'password');
  page.faults = []; // the browser reports the refusal
  await page.fill('input[type=password]', password);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.page-wide');
}

async function makeProject(page, title) {
  await page.click('.head-row .button-primary');
  await page.waitForSelector('form .leaflet-tile-loaded');
  await page.check('new project');
  await page.fill('form input[type=text]', title);
  await page.click('form .button-primary');
  await page.waitForFunction(() => /#\/project\/\d+$/.test(location.hash));
  await hasText(page, 'h1', title);
  await page.check('project');
}

async function openSession(page, title) {
  await page.click('a[href$="/open"]');
  await page.waitForSelector('.quote:not(:empty)');
  await page.check('open a session');
  await page.fill('form section:first-child input[type=text]', title);
  await page.click('.contact-row, .stack > .button-small'); // a contact
  await page.fill('.contact-row .field:nth-child(1) input', 'Listening line');
  await page.fill('.contact-row .field:nth-child(2) input', '0800 30 030');
  await page.click('.form-foot .button-primary');
  await page.waitForSelector('.live-head');
  return Number(/session\/(\d+)/.exec(page.url())[1]);
}

/** Makes a code; gives it as the sheet shows it. */
async function readSheet(page) {
  await page.click('.live-tool[href$="/sheet"]');
  await page.waitForSelector('.sheet');
  await page.check('sheet without a code');
  await page.click('.sheet > .button-primary');
  await page.waitForFunction(() => document.querySelector('.join-qr')?.naturalWidth > 0);
  await page.check('sheet');
  const code = await page.textContent('.join-code');
  assert.match(code, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  assert.equal(await page.textContent('.join-address'), house.server.origin);
  await page.goBack();
  await page.waitForSelector('.live-head');
  return code;
}

for (const [language, size] of views)
  test(`a session is prepared, led and closed: ${language}, ${size}`, { skip: missing }, async () => {
    const page = await house.browser.page({ size, language });
    await signInByPassword(page, language);
    assert.equal(await page.getAttribute('html', 'lang'), language);
    await makeProject(page, `Quartier ${language} ${size}`);
    const session = await openSession(page, 'Saturday');
    const code = await readSheet(page);

    const person = await takeSeat(house.server, code);
    await page.click('#tab-people');
    await page.waitForSelector('.person-waiting');
    await page.check('somebody waits');
    await page.click('.person-waiting .button-primary');
    await page.waitForSelector('.person:not(.person-waiting)');
    await place(person, session, 1, { feeling: 'very_unsafe', when: ['night'] });
    await page.click('#tab-marks');
    await page.waitForSelector('.mark-open');
    await page.waitForSelector('.map-mark[role=button]');
    await page.check('live map');

    await page.click('.mark-open');
    await page.waitForSelector('dialog .answers');
    await page.check('one mark');
    await page.click('dialog .button:has-text("Hide"), dialog .button:has-text("Cacher")');
    await hasText(page, '.toast', words[language].hidden);
    await hasCount(page, '.mark-open', 0);
    await page.click('.toast-action'); // undo
    await hasCount(page, '.mark-open', 1);

    await page.click('#tab-layers');
    await page.check('layers');
    await page.click('.live-tool:last-child');
    await page.waitForSelector('dialog .row-button');
    await page.check('more');
    await page.click('dialog li:last-child .row-button'); // close
    await page.click('dialog .dialog-actions .button-primary');
    await hasText(page, '.live-head', words[language].closed);
    const body = { geometry: { type: 'Point', coordinates: [4.35, 50.85] }, answers: { feeling: 'safe' } };
    const late = `/api/sessions/${session}/contributions/01900000-0000-7000-8000-00000000000${size.length}`;
    assert.equal((await person.put(late, body)).error, 'SESSION_CLOSED');
    const join = await house.server.client().post('/api/join', { code, language });
    assert.ok(join.status >= 400, 'nobody joins a closed session');

    await page.click('.staff-bar .button-quiet');
    await page.waitForSelector('.signin-card');
    assert.equal(new URL(page.url()).hash, '#/', 'what was open is not offered to the next person');
    await page.goBack();
    await page.waitForSelector('.signin-card');
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

test('a one-time link signs in and leaves the address', { skip: missing }, async () => {
  const link = await cli(house.server.data, ['user', 'link', 'amal']);
  const token = /#link=(\S+)/.exec(link)[1];
  const page = await house.browser.page();
  await page.goto(`${house.server.origin}/facilitate#link=${token}`);
  await page.waitForSelector('.page-wide');
  assert.equal(new URL(page.url()).hash, '#/');
  await page.reload();
  await page.waitForSelector('.page-wide');
  assert.deepEqual(page.faults, []);

  const late = await house.browser.page();
  await late.goto(`${house.server.origin}/facilitate#link=${token}`);
  await late.waitForSelector('.toast-bad');
  await late.waitForSelector('.signin-card');
  late.faults = []; // the browser reports the refusal
  await late.check('a link that was used');
  await page.context().close();
  await late.context().close();
});
