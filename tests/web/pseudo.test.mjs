// SPDX-License-Identifier: AGPL-3.0-or-later
// Every screen can be translated, and has room for words that are longer than English ones.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mark, putMark, templateId } from '../http/world.mjs';
import { missing } from './browser.mjs';
import { makePseudo, pseudo } from './pseudo.mjs';
import { openHouse, signIn } from './staff.mjs';
import { everything, tour } from './tour.mjs';

let house;
if (!missing) {
  before(async () => {
    house = await openHouse();
  });
  after(() => house?.close());
}

test('a pseudo text keeps its values and is 40% longer', () => {
  assert.equal(pseudo('Is {{name}} here?'), '[!! Îš {{name}} héŕé? ö~é~ä ö !!]');
});

for (const [key, category] of [
  ['problem-tree', 'cause'],
  ['city-services', 'health'],
])
  test(`every word of a participant's screens is in the files and fits a phone: ${key}`, { skip: missing }, async () => {
    const session = await house.session({ ...everything, exercise: await templateId(house.staff, key) });
    const page = await house.browser.page({ size: 'phone' });
    const found = await makePseudo(page);
    await tour(page, {
      origin: house.server.origin,
      session,
      language: 'en',
      category,
      admit: async () => {
        const { json } = await house.staff.get(`/api/sessions/${session.id}/participants`, { expect: 200 });
        const seat = `/api/sessions/${session.id}/participants/${json.items[0].id}`;
        await house.staff.put(seat, { state: 'admitted' }, { expect: 200 });
      },
      at: (screen) => found.check(screen),
    });
    await page.context().close();
  });

test('so is every word of the ways in and out', { skip: missing }, async () => {
  const page = await house.browser.page({ size: 'phone' });
  const found = await makePseudo(page);
  await page.goto(`${house.server.origin}/`);
  await page.click('.language-tile[lang=en]');
  await page.waitForSelector('#code');
  await found.check('join');
  await page.fill('#code', 'zzzz-zzzz');
  await page.click('.page-join .button-primary');
  await page.waitForSelector('#code-error:not([hidden])');
  await found.check('a wrong code');
  await page.goto(`${house.server.origin}/#withdraw`);
  await page.waitForSelector('.page-withdraw');
  await found.check('withdraw');
  await page.context().close();
});

test("and every word of the facilitator's screens", { skip: missing }, async () => {
  const session = await house.session({}, 2);
  await putMark(session.seats[0], session.id, mark());
  const screens = [
    ['', '.card, .project-card, main h1'],
    [`project/${house.project}`, 'main h1'],
    [`project/${house.project}/open`, 'form'],
    [`project/${house.project}/edit`, 'form'],
    [`project/${house.project}/import`, 'main h1'],
    [`project/${house.project}/publish`, 'main h1'],
    [`session/${session.id}`, '.mark-row'],
    [`session/${session.id}/sheet`, 'main h1, .sheet'],
  ];
  for (const [size, clipped] of [['phone', true], ['desktop', false]]) {
    const page = await house.browser.page({ size });
    const found = await makePseudo(page);
    await page.goto(`${house.server.origin}/facilitate`);
    await page.waitForSelector('form');
    await found.check(`sign in, ${size}`, { clipped });
    await signIn(page, house.server.origin, house.staff);
    for (const [address, selector] of screens) {
      await page.goto('about:blank');
      await page.goto(`${house.server.origin}/facilitate#/${address}`);
      await page.waitForSelector(selector);
      // the live map listens without end
      if (!address.startsWith('session/')) await page.waitForLoadState('networkidle');
      await found.check(`${address}, ${size}`, { clipped });
    }
    await page.context().close();
  }
});

test("and every word of the planner's page", { skip: missing }, async () => {
  for (const size of ['phone', 'desktop']) {
    const page = await house.browser.page({ size });
    const found = await makePseudo(page);
    for (const [address, selector] of [['plan', 'h1, h2'], ['protection', '#title, h1']]) {
      await page.goto(`${house.server.origin}/${address}`);
      await page.waitForSelector(selector);
      await page.waitForLoadState('networkidle');
      await found.check(`${address}, ${size}`, { clipped: size === 'phone' });
    }
    await page.context().close();
  }
});
