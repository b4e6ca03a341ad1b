// SPDX-License-Identifier: AGPL-3.0-or-later
// The live map against the real server: what arrives and when, freezing, approving, people and their tablets,
// layers, the keyboard alone, a sign-in that ended, a server that goes and comes back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { startServer } from '../http/support.mjs';
import { makeProject, makeSession, takeSeat } from '../http/world.mjs';
import { missing, openBrowser, sizes, stands } from './browser.mjs';
import { hasCount, hasText, openHouse, place, signIn } from './staff.mjs';

let house;
if (!missing) {
  before(async () => (house = await openHouse()));
  after(() => house?.close());
}
const browserTest = (name, run) => test(name, { skip: missing }, run);
const live = (id, options) => house.page(`session/${id}`, '.live-count', options);
const close = (page) => page.context().close();
const shown = (page, count) => hasCount(page, '.mark-open', count);

browserTest('a mark is on the live map within a second; a freeze holds it back and counts it', async () => {
  const session = await house.session({}, 2);
  const [anna, ben] = session.seats;
  const page = await live(session.id, { size: 'desktop' });
  await hasText(page, '.live-count', '0');
  const waits = [];
  for (let number = 1; number <= 3; number++) {
    await place(anna, session.id, number);
    const sent = Date.now();
    await shown(page, number);
    waits.push(Date.now() - sent);
  }
  assert.ok(Math.min(...waits) < 1000, `${waits} ms`);

  await page.click('.live-tool:has-text("Freeze")');
  await place(ben, session.id, 4);
  await place(ben, session.id, 5);
  await hasText(page, '.live-words', 'Frozen, 2 changes');
  await shown(page, 3);
  await page.check('frozen');
  // one's own hiding is not held back
  await page.click('.mark-open');
  await page.click('dialog .button:has-text("Hide")');
  await shown(page, 2);
  await hasText(page, '.live-words', 'Frozen, 2 changes');
  assert.ok(await page.evaluate(() => document.querySelector('.live-tool[aria-pressed=true]') !== null));
  await page.click('.live-tool:has-text("Go on")');
  await shown(page, 4);
  await hasText(page, '.live-count', '4');
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('marks wait for approval, are filtered, hidden and deleted', async () => {
  const session = await house.session({ approve: 'by_hand' }, 1);
  const [anna] = session.seats;
  await place(anna, session.id, 1, { feeling: 'unsafe', when: ['night'] });
  await place(anna, session.id, 2, { feeling: 'safe', when: ['morning'] });
  await place(anna, session.id, 3, { feeling: 'safe' });
  const page = await live(session.id, { size: 'tablet' });
  await shown(page, 3);
  await hasText(page, '#tab-marks', '3 marks wait for approval');
  await hasCount(page, '.map-mark .symbol-badge', 3); // a sign without colour says that they wait
  await page.check('marks that wait');
  await page.click('.mark-approve');
  await hasText(page, '#tab-marks', '2 marks wait for approval');
  const states = (await house.marks(session.id)).map((mark) => mark.properties.state).sort();
  assert.deepEqual(states, ['approved', 'pending', 'pending']);

  const [state, when] = [page.locator('.filters select').nth(0), page.locator('.filters select').nth(1)];
  await state.selectOption('pending');
  await shown(page, 2);
  await state.selectOption('all');
  await when.selectOption('night');
  await shown(page, 1);
  await when.selectOption('');
  await page.click('.legend-switch:has-text("Unsafe"):not(:has-text("Very")) input');
  await shown(page, 2);
  await page.waitForSelector(
    '.legend-row:has-text("Unsafe"):not(:has-text("Very")) .legend-count:has-text("1")',
  );
  await page.click('.legend-switch:has-text("Unsafe"):not(:has-text("Very")) input');
  await shown(page, 3);

  await page.click('.mark-pending .mark-open');
  await page.click('dialog .button:has-text("Hide")');
  await state.selectOption('hidden');
  await shown(page, 1);
  await page.click('.mark-open');
  await page.click('dialog .button:has-text("Delete")');
  await page.waitForSelector('dialog .button-danger');
  await page.check('delete?');
  await page.click('dialog .button-danger');
  await shown(page, 0);
  await page.check('no mark passes');
  assert.equal((await house.marks(session.id)).length, 2);
  await close(page);
});

browserTest('all marks are saved as a file', async () => {
  const session = await house.session({}, 1);
  await place(session.seats[0], session.id, 1, { feeling: 'very_safe' });
  const page = await live(session.id);
  for (const [format, expected] of [
    ['csv', /very_safe/],
    ['geojson', /"FeatureCollection"/],
  ]) {
    await page.click('.live-tool:last-child');
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.click(`dialog a[href$="${format}"]`),
    ]);
    assert.match(readFileSync(await saved.path(), 'utf8'), expected);
    assert.ok(saved.suggestedFilename().endsWith(`.${format}`), saved.suggestedFilename());
  }
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('people are let in together, and a seat is taken back', async () => {
  const session = await house.session({ admit: 'by_hand' }, 3);
  const page = await live(session.id);
  await hasText(page, '#tab-people', '3 people wait to be let in');
  await page.click('#tab-people');
  await page.click('.panel .button-primary:has-text("Let everybody in")');
  await hasCount(page, '.person:not(.person-waiting)', 3);
  await page.check('people');
  await page.click('.person .button-round');
  await page.click('dialog .button-danger');
  await hasCount(page, '.person', 2);
  const refused = await Promise.all(session.seats.map((seat) => seat.get('/api/me')));
  assert.equal(refused.filter(({ json }) => json.kind !== 'participant').length, 1);
  await close(page);
});

/** A reference layer of two areas, made as the import page makes it. */
async function makeOverlay() {
  const square = (w, name) => ({
    type: 'Feature',
    properties: { name },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [w, 50.82],
          [w + 0.05, 50.82],
          [w + 0.05, 50.88],
          [w, 50.88],
          [w, 50.82],
        ],
      ],
    },
  });
  const raw = JSON.stringify({
    type: 'FeatureCollection',
    features: [square(4.31, 'West'), square(4.38, 'East')],
  });
  const { json } = await house.staff.request(
    'POST',
    `/api/projects/${house.project}/uploads?name=quarters.geojson`,
    {
      raw,
      headers: { 'content-type': 'application/geo+json' },
      expect: 201,
    },
  );
  const mapping = {
    target: 'overlay',
    title: 'Quarters',
    label: 'name',
    attribution: 'The town',
    geometry: true,
  };
  let job = (await house.staff.post(`/api/uploads/${json.upload}/import`, mapping, { expect: 202 })).json;
  while (job.state === 'running') job = (await house.staff.get(`/api/jobs/${job.job}`)).json;
  assert.equal(job.state, 'done', JSON.stringify(job));
}

browserTest('people are listed by the tablet they joined on, and a tablet is shut out', async () => {
  const session = await house.session({}, 1);
  const sit = async (tablet) =>
    (await house.server.client().post('/api/join', { code: session.code, tablet }, { expect: 201 })).json;
  const first = await sit('a'.repeat(32));
  const page = await live(session.id, { size: 'tablet' });
  await page.click('#tab-people');
  await hasCount(page, '.tablet-row', 1);
  const second = await sit('b'.repeat(32)); // seen while the page is open
  await hasCount(page, '.tablet-row', 2);
  await hasCount(page, '.person', 3); // the one on it is told of apart
  const lines = () => page.locator('.people-list > li strong').allTextContents();
  assert.deepEqual(await lines(), [
    'Tablet 1',
    first.pseudonym,
    'Tablet 2',
    second.pseudonym,
    session.seats[0].pseudonym,
  ]);
  await page.check('people by tablet');
  await page.click('.tablet-row:nth-of-type(1) .button');
  await page.check('what shutting a tablet out means');
  await page.click('dialog .button-danger');
  await page.waitForSelector('.tablet-row-out');
  const refused = await house.server.client({ bearer: first.token }).get('/api/me', { expect: 401 });
  assert.equal(refused.error, 'TABLET_REVOKED');
  await page.click('.tablet-row-out .button');
  await page.waitForFunction(() => !document.querySelector('.tablet-row-out'));
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('density and reference layers are switched on, with what they mean', async () => {
  await makeOverlay();
  const session = await house.session({}, 1);
  for (let number = 0; number < 6; number++) await place(session.seats[0], session.id, number);
  const page = await live(session.id, { size: 'desktop' });
  await page.click('#tab-layers');
  const tile = page.waitForResponse((response) => /\/heat\/\d+\/\d+\/\d+$/.test(response.url()));
  await page.click('.toggle:has-text("Density")');
  const reply = await tile;
  assert.equal(reply.status(), 200);
  assert.equal(reply.headers()['content-type'], 'image/png');
  await page.waitForSelector('.heat-level .swatch');
  await page.check('density');
  const again = page.waitForResponse((response) => /\/heat\/\d+\/\d+\/\d+$/.test(response.url()));
  await place(session.seats[0], session.id, 20);
  assert.ok((await again).status() < 400, 'the picture follows the marks');
  const narrowed = page.waitForResponse((response) =>
    /\/heat\/\d+\/\d+\/\d+\?category=safe$/.test(response.url()),
  );
  await page.selectOption('#panel-layers select', 'safe');
  await narrowed;

  await page.click('.legend-switch:has-text("Quarters") input');
  await page.waitForFunction(() => document.querySelectorAll('.overlay-label').length === 2);
  assert.match(await page.textContent('.map-attribution'), /The town/);
  await page.check('a reference layer');
  await page.click('.legend-switch:has-text("Quarters") input');
  await hasCount(page, '.overlay-label', 0);
  await page.click('.toggle:has-text("Marks")');
  await hasCount(page, '.map-mark', 0);
  await close(page);
});

browserTest('the keyboard alone is enough, and keeps its place while marks arrive', async () => {
  const session = await house.session({}, 1);
  const [anna] = session.seats;
  for (let number = 0; number < 3; number++) await place(anna, session.id, number);
  const page = await live(session.id, { size: 'desktop' });
  const press = (...keys) =>
    keys.reduce((last, key) => last.then(() => page.keyboard.press(key)), Promise.resolve());
  const focused = (selector) => page.waitForFunction((one) => document.activeElement.matches(one), selector);
  await shown(page, 3);
  await page.focus('#tab-marks');
  await press('ArrowRight');
  await focused('#tab-people[aria-selected=true]');
  await press('End');
  await focused('#tab-layers[aria-selected=true]');
  await press('Home');
  await focused('#tab-marks[aria-selected=true]');

  await page.focus('.mark-row:nth-child(2) .mark-open');
  await place(anna, session.id, 4);
  await shown(page, 4);
  await focused('.mark-row:nth-child(3) .mark-open');
  await press('Enter');
  await page.waitForSelector('dialog');
  await press('Escape');
  await focused('.mark-row:nth-child(3) .mark-open');
  await press('Enter', 'Tab', 'Tab', 'Enter'); // the cross, then showing it on the map
  await focused('.map-canvas');
  await page.waitForSelector('.map-mark-selected');
  await stands(page);

  await page.focus('.map-mark-selected');
  await place(anna, session.id, 5);
  await shown(page, 5);
  await focused('.map-mark-selected');
  await press('Enter');
  await page.waitForSelector('dialog .badges');
  await press('Escape');
  await page.focus('.live-tool:nth-child(2)');
  await press('Space');
  await focused('.live-tool[aria-pressed=true]');
  await page.focus('.legend-switch input');
  await press('Space');
  await place(anna, session.id, 6);
  await focused('.legend-switch input');
  await page.focus('.wordmark');
  await press('Shift+Tab');
  await focused('.skip-link');
  await press('Enter');
  await focused('main');
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('when the sign-in has ended the page asks for it, and then shows the same session', async () => {
  const session = await house.session({}, 1);
  await place(session.seats[0], session.id, 1);
  const guest = await house.server.signIn('fatou');
  const page = await live(session.id, { who: guest });
  await shown(page, 1);
  await guest.post('/api/signout', undefined, { expect: 200 });
  await page.click('.live-tool:last-child');
  await page.click('dialog li:last-child .row-button');
  await page.click('dialog .dialog-actions .button-primary');
  await page.waitForSelector('.signin-card');
  await hasCount(page, 'dialog', 0);
  page.faults = []; // the browser reports the refusal
  await page.check('sign in again');
  await signIn(page, house.server.origin, house.staff);
  await page.reload();
  await hasText(page, 'h1', 'Saturday');
  await close(page);
});

browserTest('a server that goes and comes back loses nothing and needs no reload', async (t) => {
  const server = await startServer();
  t.after(() => server.child.kill('SIGKILL'));
  const staff = await server.staff('fatou', 'facilitator');
  const session = await makeSession(staff, await makeProject(staff));
  const { json: join } = await staff.post(`/api/sessions/${session}/join`, undefined, { expect: 200 });
  const anna = await takeSeat(server, join.code);
  const browser = await openBrowser(server.origin);
  t.after(() => browser.close());
  const page = await browser.page();
  await signIn(page, server.origin, staff);
  await page.goto(`${server.origin}/facilitate#/session/${session}`);
  await place(anna, session, 1);
  await shown(page, 1);
  server.agent.destroy();
  server.child.kill('SIGTERM');
  await server.ended;
  await hasText(page, '.live-words', 'Reconnecting');
  await page.click('.live-up');
  await page.waitForSelector('h1:has-text("could not be shown")');
  await page.goBack();
  await page.waitForSelector('h1:has-text("could not be shown")');

  const again = await startServer({ data: server.data, args: ['--port', new URL(server.origin).port] });
  t.after(() => again.stop());
  await page.click('.button-primary:has-text("Try again")');
  await shown(page, 1);
  anna.server = again;
  await place(anna, session, 2);
  await shown(page, 2);
  page.faults = page.faults.filter((fault) => !/ERR_|Failed to load/.test(fault)); // it was gone
  await page.check('back again');
});

browserTest('a researcher sees the marks and is offered nothing she may not do', async () => {
  const session = await house.session({}, 1);
  await place(session.seats[0], session.id, 1);
  const ines = await house.server.staff('ines', 'researcher');
  await house.staff.post(`/api/projects/${house.project}/staff`, { name: 'ines' }, { expect: 200 });
  const page = await live(session.id, { who: ines });
  await shown(page, 1);
  assert.deepEqual(await page.locator('.live-tool').allTextContents(), ['Enter paper marks', 'Freeze', 'Projector']);
  assert.equal(await page.locator('#tab-people').count(), 0);
  await page.click('.mark-open');
  await hasCount(page, 'dialog .dialog-actions .button', 1);
  await page.keyboard.press('Escape');
  await page.click('.live-up');
  await page.waitForSelector('.page-wide');
  assert.equal(await page.locator('.page-wide .button').count(), 0);
  await page.check('a project, for a researcher');
  await close(page);
});

browserTest('mirrored, every screen fits the window at every size', async () => {
  const session = await house.session({}, 1);
  await place(session.seats[0], session.id, 1);
  const screens = {
    '': '.cards',
    [`project/${house.project}`]: '.cards',
    [`project/${house.project}/open`]: 'form',
    [`project/${house.project}/import`]: '.drop',
    [`project/${house.project}/exercise/1`]: '.question',
    [`session/${session.id}`]: '.mark-open',
    [`session/${session.id}/sheet`]: '.join-code',
  };
  for (const size of Object.keys(sizes)) {
    const page = await house.browser.page({ size, language: 'fr' });
    await signIn(page, house.server.origin, house.staff);
    for (const [address, selector] of Object.entries(screens)) {
      await page.goto(`${house.server.origin}/facilitate#/${address}`);
      await page.waitForSelector(selector);
      await page.evaluate(() => (document.documentElement.dir = 'rtl'));
      const [wide, seen] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        window.innerWidth,
      ]);
      assert.ok(wide <= seen, `#/${address} is ${wide} px wide in a window of ${seen}`);
    }
    assert.deepEqual(page.faults, []);
    await close(page);
  }
});
