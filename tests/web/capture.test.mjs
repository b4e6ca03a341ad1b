// SPDX-License-Identifier: AGPL-3.0-or-later
// The participant's whole way, in a browser against the real server: in English and French, on a
// phone, a tablet and a desktop.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeCode, makeSession, templateId } from '../http/world.mjs';
import { snap } from '../../web/src/core/snap.js';
import { agree, leaveTold, missing, onDevice, stands, views } from './browser.mjs';
import { hasCount, openHouse } from './staff.mjs';

const contacts = [
  { name: 'Listening line', phone: '0800 30 030', note: 'day and night' },
  { name: 'Amina', phone: '', note: 'in this room' },
];
let house, server, browser, staff, project;

if (!missing) {
  before(async () => {
    house = await openHouse();
    ({ server, browser, staff, project } = house);
  });
  after(() => house?.close());
}
const browserTest = (name, run) => test(name, { skip: missing }, run);

/** A session with help contacts, and how to join it. */
async function open(key = 'safety-map', over = {}) {
  const exercise = await templateId(staff, key);
  const id = await makeSession(staff, project, {
    exercise,
    languages: ['en', 'fr'],
    help_contacts: contacts,
    admit: 'at_once',
    ...over,
  });
  return { id, ...(await makeCode(staff, id)) };
}
const marksOf = async (session) =>
  (await staff.get(`/api/sessions/${session}/contributions?limit=1000`, { expect: 200 })).json.features;

/** Waits until the server has what `fits`; the marks of the session. */
async function until(session, fits) {
  for (let tries = 0; tries < 100; tries++) {
    const marks = await marksOf(session);
    if (fits(marks)) return marks;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server has ${JSON.stringify(await marksOf(session))}`);
}

async function chooseLanguage(page, language) {
  await page.click(`.language-tile[lang=${language}]`);
}
/** From the QR code to the map. */
async function arrive(page, session, language = 'en') {
  await page.goto(`${server.origin}/#join=${session.secret}`);
  await chooseLanguage(page, language);
  await agree(page);
  await page.waitForSelector('.category-sheet');
  await page.waitForSelector('.map-canvas .leaflet-tile-loaded');
}
async function pan(page, dx, dy) {
  const box = await page.locator('.map-canvas').boundingBox();
  const [x, y] = [box.x + box.width / 3, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y + dy / 2);
  await page.mouse.move(x + dx, y + dy, { steps: 4 });
  await page.mouse.up();
  await stands(page); // it glides on
}
const option = (page, id) => page.click(`.question [data-option=${id}]`);
const next = (page) => page.click('.question-next');
const asked = (page) => page.textContent('.question-label');

for (const [language, size] of views)
  browserTest(
    `a person joins, marks a place, answers and leaves with a receipt: ${language}, ${size}`,
    async () => {
      const session = await open('safety-map', { admit: 'by_hand' });
      const page = await browser.page({ size, language });
      await page.goto(`${server.origin}/#join=${session.secret}`);
      await page.waitForSelector('.language-tile');
      assert.equal(new URL(page.url()).hash, '', 'the invitation has left the address bar');
      await page.check('language');
      await chooseLanguage(page, language);
      await page.waitForSelector('.consent');
      assert.equal(await page.getAttribute('html', 'lang'), language);
      await page.check('consent');
      await agree(page);

      await page.waitForSelector('.page-waiting');
      await page.check('waiting');
      const pseudonym = await page.textContent('.pseudonym');
      const { json } = await staff.get(`/api/sessions/${session.id}/participants`, { expect: 200 });
      assert.equal(json.items[0].pseudonym, pseudonym);
      assert.deepEqual(json.items[0].consent, { room: true, aggregate: true, finding: true, photo: false });
      await staff.put(
        `/api/sessions/${session.id}/participants/${json.items[0].id}`,
        { state: 'admitted' },
        { expect: 200 },
      );

      await page.waitForSelector('.category-sheet');
      await page.waitForSelector('.map-canvas .leaflet-tile-loaded');
      await page.check('map');
      await page.click('.category[data-option=very_unsafe]');
      await until(session.id, (marks) => marks.length === 1);
      await option(page, 'night');
      await page.check('question');
      await next(page);
      const which = await asked(page);
      await option(page, 'weekday'); // one of a list goes on by itself
      await page.waitForFunction((old) => document.querySelector('.question-label')?.textContent !== old, which);
      while (!(await page.$('[data-option=past_event]'))) await next(page);
      await option(page, 'poor_light');
      await option(page, 'past_event');
      await next(page);
      await page.waitForSelector('.question .contacts');
      await page.check('help instead of a story');
      assert.match(await page.textContent('.question'), /0800 30 030/);
      await next(page);
      await page.click('.question-stop');
      const [mark] = await until(session.id, ([m]) => m.properties.answers.when);
      assert.deepEqual(mark.properties.answers, {
        feeling: 'very_unsafe',
        when: ['night'],
        days: 'weekday',
        unsafe_because: ['poor_light', 'past_event'],
      });
      assert.deepEqual(mark.geometry.coordinates, snap(50, mark.geometry.coordinates), 'snapped to 50 m');

      await page.click('.bar-help');
      await page.waitForSelector('dialog .contacts');
      await page.check('help contacts');
      await page.keyboard.press('Escape');
      await page.click('.bar .button-round:last-child');
      await page.waitForSelector('dialog .row-primary');
      await page.check('menu');
      await page.click('dialog .row-primary');
      await page.click('.page-receipt .button-primary');
      await page.waitForSelector('.receipt-code');
      await page.check('receipt');
      const receipt = await page.textContent('.receipt-code');
      await page.click('.page-receipt .button-primary'); // next person
      await page.waitForSelector('.language-tile');
      assert.doesNotMatch(await page.textContent('body'), new RegExp(pseudonym));

      await page.waitForFunction(() => !document.querySelector('.page-map'));
      await chooseLanguage(page, language);
      await page.waitForSelector('.consent', { timeout: 20_000 }); // joined again, as somebody else
      const page2 = await browser.page({ size, language });
      await page2.goto(`${server.origin}/#withdraw`);
      await page2.waitForSelector('.page-withdraw');
      await page2.check('withdraw');
      await page2.fill('#receipt', receipt.toLowerCase().replaceAll('-', ' '));
      await page2.click('.page-withdraw .button-danger');
      await page2.click('dialog .button-danger');
      await page2.waitForSelector('.note-good');
      await page2.check('withdrawn');
      assert.equal((await marksOf(session.id)).length, 0);
      assert.deepEqual(page.faults, []);
      await page.context().close();
      await page2.context().close();
    },
  );

browserTest('the words of a button and the ground below them change in the same moment', async () => {
  for (const reducedMotion of ['reduce', 'no-preference']) {
    const page = await browser.page({ reducedMotion });
    await page.goto(server.origin);
    await page.click('.language-tile[lang=en]');
    await page.waitForSelector('.button');
    const [atOnce, later] = await page.evaluate(async () => {
      const button = document.querySelector('.button:not(.button-primary)');
      const look = () => [getComputedStyle(button).color, getComputedStyle(button).backgroundColor];
      const settled = () => Promise.all(button.getAnimations().map(({ finished }) => finished));
      button.className = 'button';
      look();
      await settled();
      button.className = 'button button-primary';
      const first = look();
      await settled();
      return [first, look()];
    });
    assert.deepEqual(atOnce, later);
    await page.context().close();
  }
});

browserTest('paths and areas are drawn corner by corner, and a corner can be taken back', async () => {
  const session = await open();
  const page = await browser.page({ size: 'tablet' });
  await arrive(page, session);
  await page.click('.segment[data-shape=line]');
  await page.click('.category[data-option=safe]');
  await page.click('.draw-add');
  assert.ok(await page.isDisabled('.draw-row .button:nth-child(2)'), 'a path needs two corners');
  await pan(page, -120, 30);
  await page.click('.draw-add');
  await pan(page, 60, 90);
  await page.click('.draw-add');
  await page.click('.draw-row .button:nth-child(1)'); // undo
  await page.check('drawing');
  await page.click('.draw-row .button:nth-child(2)'); // finish
  const [line] = await until(session.id, (marks) => marks.length === 1);
  assert.equal(line.geometry.type, 'LineString');
  assert.equal(line.geometry.coordinates.length, 2);
  await page.click('.question-stop');

  await page.click('.segment[data-shape=area]');
  await page.click('.category[data-option=unsafe]');
  for (const [dx, dy] of [
    [0, 0],
    [-150, 0],
    [0, -150],
  ]) {
    await pan(page, dx, dy);
    await page.click('.draw-add');
  }
  await page.click('.draw-row .button:nth-child(2)');
  const marks = await until(session.id, (all) => all.length === 2);
  const area = marks.find((m) => m.geometry.type === 'Polygon');
  assert.equal(area.geometry.coordinates[0].length, 4);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

browserTest("one's own marks can be listed, answered again, moved, removed and undone", async () => {
  const session = await open();
  const page = await browser.page();
  await arrive(page, session);
  await page.click('.category[data-option=neither]');
  await page.click('.toast-action'); // undo
  await page.waitForSelector('.category-sheet');
  await until(session.id, (marks) => marks.length === 0);

  await page.click('.category[data-option=safe]');
  await page.click('.question-stop');
  const [first] = await until(session.id, (marks) => marks.length === 1);
  await page.click('.chip:first-child');
  await page.check('my marks');
  await page.click('.marks-sheet li .row-button');
  await page.check('one mark');
  await page.click('.mark-actions .button:nth-child(1)');
  await option(page, 'evening');
  await page.click('.question-stop');
  await until(session.id, ([m]) => m.properties.answers.when?.[0] === 'evening');
  await page.click('.mark-actions .button:nth-child(2)');
  await pan(page, -140, -60);
  await page.click('.draw-row .button-primary');
  const [moved] = await until(
    session.id,
    ([m]) => String(m.geometry.coordinates) !== String(first.geometry.coordinates),
  );
  assert.equal(moved.id, first.id);
  await page.click('.mark-actions .button:nth-child(3)');
  await page.check('remove?');
  await page.click('dialog .button-danger');
  await until(session.id, (marks) => marks.length === 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

browserTest(
  'without a network marks wait in the outbox, are counted, survive a reload and arrive once',
  async () => {
    const session = await open();
    const page = await browser.page();
    await arrive(page, session);
    await page.route('**/contributions/**', (route) => route.abort());
    await page.click('.category[data-option=unsafe]');
    await page.click('.question-stop');
    await page.click('.category[data-option=very_safe]');
    await page.click('.question-stop');
    await page.waitForFunction(() => /2/.test(document.querySelector('.chip:last-child').textContent));
    await onDevice(page, 2);
    await page.reload();
    await page.waitForSelector('.category-sheet');
    await page.waitForFunction(() => /2/.test(document.querySelector('.chip:last-child').textContent));
    await hasCount(page, '.map-mark-waiting', 2);
    await page.unroute('**/contributions/**');
    await page.click('.chip:last-child');
    const marks = await until(session.id, (all) => all.length === 2);
    assert.equal(new Set(marks.map((m) => m.id)).size, 2);
    await page.waitForSelector('.chip-good');
    page.faults = page.faults.filter((fault) => !/ERR_FAILED/.test(fault)); // the requests that were cut
    await page.check('sent');
    await page.context().close();
  },
);

browserTest('what the server refuses is kept and says why', async () => {
  const session = await open();
  const page = await browser.page();
  await arrive(page, session);
  await staff.post(`/api/sessions/${session.id}/close`, undefined, { expect: 200 });
  await page.click('.category[data-option=safe]');
  await page.waitForSelector('.chip-bad');
  await page.click('.chip-bad');
  await page.click('.marks-sheet li .row-button');
  assert.match(await page.textContent('.note-bad'), /closed/);
  await staff.post(`/api/sessions/${session.id}/reopen`, undefined, { expect: 200 });
  await page.click('.note-bad .button');
  await until(session.id, (marks) => marks.length === 1);
  page.faults = page.faults.filter((fault) => !/status of 409/.test(fault)); // the refusal itself
  await page.check('after a refusal');
  await page.context().close();
});

browserTest('who says no to the room takes part without marks, and may change her mind', async () => {
  const session = await open();
  const page = await browser.page();
  await page.goto(`${server.origin}/#join=${session.secret}`);
  await chooseLanguage(page, 'en');
  await agree(page, ['no']);
  await page.waitForSelector('.page-declined');
  await page.check('declined');
  await page.click('.page-declined .stack .button:first-child');
  await agree(page, ['yes', 'no', 'no']);
  await page.waitForSelector('.category-sheet');
  const { json } = await staff.get(`/api/sessions/${session.id}/participants`, { expect: 200 });
  assert.deepEqual(json.items[0].consent, { room: true, aggregate: false, finding: false, photo: false });
  await page.context().close();
});

browserTest('a typed code joins, a wrong one says so', async () => {
  const session = await open();
  const page = await browser.page();
  await page.goto(server.origin);
  await chooseLanguage(page, 'en');
  await page.waitForSelector('#code');
  await page.fill('#code', 'abc');
  await page.click('.page-join .button-primary');
  assert.match(await page.textContent('#code-error'), /eight/);
  await page.fill('#code', 'zzzz-zzzz');
  await page.click('.page-join .button-primary');
  await page.waitForFunction(() => /does not open/.test(document.querySelector('#code-error').textContent));
  page.faults = page.faults.filter((fault) => !/status of 401/.test(fault)); // the wrong code
  await page.check('wrong code');
  await page.fill('#code', session.code.toLowerCase().replace('-', ' '));
  await page.click('.page-join .button-primary');
  await page.waitForSelector('.consent');
  await page.context().close();
});

browserTest('a person who was removed is told so kindly, and nothing of hers stays', async () => {
  const session = await open('safety-map', { admit: 'by_hand' });
  const page = await browser.page();
  await page.goto(`${server.origin}/#join=${session.secret}`);
  await chooseLanguage(page, 'en');
  await agree(page);
  await page.waitForSelector('.page-waiting');
  const { json } = await staff.get(`/api/sessions/${session.id}/participants`, { expect: 200 });
  await staff.put(
    `/api/sessions/${session.id}/participants/${json.items[0].id}`,
    { state: 'removed' },
    { expect: 200 },
  );
  await page.waitForSelector('.page-ended');
  page.faults = page.faults.filter((fault) => !/status of 401/.test(fault)); // how the page learns of it
  await page.check('ended');
  await page.context().close();
});

/** What the device holds of a person, once that is nothing or after ten seconds. */
async function hersOn(page) {
  // what the session asks and the tablet's own key are about nobody
  const ofNobody = /^(package|overlay|area|part|recording|asked)\/\d+|^tablet$|^outbox-count$/;
  for (let tries = 0; ; tries++) {
    const kept = await page.evaluate(
      () =>
        new Promise((tell) => {
          indexedDB.open('repere-capture').onsuccess = ({ target: { result: db } }) => {
            const asked = db.transaction('kept').objectStore('kept').getAllKeys();
            asked.onsuccess = () => (db.close(), tell(asked.result));
          };
        }),
    );
    const hers = kept.filter((key) => !ofNobody.test(key));
    if (hers.length === 0 || tries === 100) return hers;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

browserTest('the screen can be hidden at once, and another person finds a clean one', async () => {
  const session = await open();
  const page = await browser.page();
  await arrive(page, session);
  await page.click('.category[data-option=safe]');
  await page.click('.question-stop');
  await page.click('.bar .button-round >> nth=0');
  await page.waitForSelector('main.lock');
  await page.check('hidden');
  await page.keyboard.press('Escape');
  assert.ok(await page.isVisible('main.lock'), 'Escape does not show it again');
  await page.click('main.lock button >> nth=0');
  await page.waitForSelector('.category-sheet');
  await page.click('.bar .button-round:last-child');
  await page.click('dialog .row-primary');
  const told = leaveTold(page);
  await page.click('.page-receipt .stack .button:nth-of-type(2)'); // without a receipt
  await page.waitForSelector('.language-tile');
  await told; // then what said so goes, too
  assert.deepEqual(await hersOn(page), []);
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

browserTest('the language can be changed on the map, which stays where it is', async () => {
  const session = await open();
  const page = await browser.page();
  await arrive(page, session);
  await page.click('.map-button >> nth=0');
  await pan(page, 90, 40);
  await page.click('.category[data-option=very_safe]');
  await page.click('.question-stop');
  const fromCross = async () => {
    await stands(page); // the map has its new size
    const [mark, cross] = await Promise.all(
      ['.map-mark', '.crosshair-drawing'].map((selector) => page.locator(selector).boundingBox()),
    );
    return [
      mark.x + mark.width / 2 - cross.x - cross.width / 2,
      mark.y + mark.height / 2 - cross.y - cross.height / 2,
    ];
  };
  const before = await fromCross();
  await page.click('.bar .button-round:last-child');
  await page.click('dialog .row-button:has-text("Language")');
  await page.check('language menu');
  await page.click('dialog .language-tile[lang=fr]');
  await page.waitForFunction(() => document.documentElement.lang === 'fr');
  assert.match(await page.textContent('.sheet-title'), /sécurité/);
  await page.waitForSelector('.map-mark');
  const after = await fromCross();
  assert.ok(Math.hypot(before[0] - after[0], before[1] - after[1]) < 3, JSON.stringify([before, after]));
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

browserTest('a tablet that somebody uses is not taken from her by another scan unasked', async () => {
  const session = await open();
  const page = await browser.page();
  await arrive(page, session);
  const invitation = `${server.origin}/#join=${session.secret}`;
  await page.goto(invitation);
  await page.waitForSelector('dialog');
  assert.equal(new URL(page.url()).hash, '');
  await page.click('dialog .button-plain');
  assert.ok(await page.isVisible('.category-sheet'));
  await page.goto(invitation);
  await page.click('dialog .button-primary');
  await page.waitForSelector('.page-language');
  await chooseLanguage(page, 'fr');
  await page.waitForSelector('.consent');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

browserTest('screens mirror for languages written from right to left; the map does not', async () => {
  const session = await open('asset-map');
  for (const size of ['phone', 'desktop']) {
    const page = await browser.page({ size });
    const mirror = () => page.evaluate(() => void (document.documentElement.dir = 'rtl'));
    await page.goto(`${server.origin}/#join=${session.secret}`);
    await page.waitForSelector('.language-tile');
    await mirror();
    await page.check('language, mirrored');
    await chooseLanguage(page, 'en');
    await page.waitForSelector('.consent');
    await mirror();
    await page.check('consent, mirrored');
    await agree(page);
    await page.waitForSelector('.map-canvas .leaflet-tile-loaded');
    await mirror();
    await page.check('map, mirrored');
    const direction = (selector) =>
      page.evaluate((s) => getComputedStyle(document.querySelector(s)).direction, selector);
    assert.deepEqual([await direction('.sheet'), await direction('.map-canvas')], ['rtl', 'ltr']);
    const [sheet, stage] = [
      await page.locator('.sheet').boundingBox(),
      await page.locator('.stage').boundingBox(),
    ];
    if (size === 'desktop') assert.ok(sheet.x < stage.x, 'the sheet is on the left');
    await page.click('.category[data-option=association]');
    await page.waitForSelector('.question-sheet');
    await page.check('question, mirrored');
    await page.context().close();
  }
});

browserTest('each of the other exercises can be walked through to its end', async () => {
  for (const [key, category] of [
    ['city-services', 'health'],
    ['asset-map', 'association'],
    ['exploratory-walk', 'stop'],
  ]) {
    const session = await open(key, { free_text: true });
    const page = await browser.page({ size: 'desktop' });
    await arrive(page, session);
    await page.click(`.category[data-option=${category}]`);
    await page.waitForSelector('.question-sheet');
    for (let step = 0; (await page.$('.question-sheet')) && step < 40; step++) {
      const label = await asked(page);
      const input = await page.$('.question textarea');
      const tile = await page.$('.question .tile, .question .number-step');
      const goesOn = (await tile?.getAttribute('role')) === 'radio'; // one of a list, by itself
      if (input) await input.fill('A few words');
      else await tile?.click();
      if (!goesOn) await next(page);
      await page.waitForFunction((old) => document.querySelector('.question-label')?.textContent !== old, label);
    }
    await page.waitForSelector('.category-sheet');
    const [mark] = await until(
      session.id,
      (marks) => marks.length === 1 && Object.keys(marks[0].properties.answers).length > 2,
    );
    assert.ok(mark);
    await page.check(key);
    await page.context().close();
  }
});
