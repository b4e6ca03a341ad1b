// SPDX-License-Identifier: AGPL-3.0-or-later
// A participant's whole way, screen by screen, in whatever language: for tests that look at each.
//
//   await tour(page, { origin, session, language: 'ar', category: 'cause', admit, at: (screen) => ... });

/** A session in which all that a participant can meet is met. */
export const everything = {
  admit: 'by_hand',
  free_text: true,
  help_contacts: [{ name: 'Listening line', phone: '0800 30 030', note: 'day and night' }],
};

/**
 * @param {import('playwright-core').Page} page
 * @param {object} way
 * @param {string} way.origin
 * @param {{secret: string}} way.session how to join it
 * @param {string} way.language
 * @param {string} way.category the option that is pressed on the map
 * @param {() => Promise<void>} way.admit lets whoever waits in
 * @param {(screen: string) => Promise<void>} way.at called on each screen
 */
export async function tour(page, { origin, session, language, category, admit, at }) {
  const shows = (selector) => page.waitForSelector(selector);
  const close = async () => {
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('dialog[open]'));
  };
  await page.goto(`${origin}/#join=${session.secret}`);
  await shows('.language-tile');
  await at('language');
  await page.click(`.language-tile[lang=${language}]`);
  await shows('.page-consent, .page-prepare');
  if (await page.$('.page-prepare')) {
    await at('prepare');
    await page.click('.page-prepare .stack .button:last-child');
  }
  for (const purpose of ['room', 'aggregate', 'finding']) {
    await shows('.consent');
    await at(`consent, ${purpose}`);
    const heading = await page.textContent('.consent h1');
    await page.click('.yes-no .button:first-child');
    await page.waitForFunction((old) => document.querySelector('.consent h1')?.textContent !== old, heading);
  }
  await shows('.page-waiting');
  await at('waiting');
  await admit();
  await shows('.category-sheet');
  await shows('.map-canvas .leaflet-tile-loaded');
  await at('map');
  await page.click(`.category[data-option=${category}]`);
  for (let number = 1; number < 40; number++) {
    await shows('.question, .category-sheet');
    if (!(await page.$('.question'))) break;
    const asked = await page.textContent('.question-label');
    await at(`question ${number}`);
    await answer(page);
    await page.waitForFunction((old) => document.querySelector('.question-label')?.textContent !== old, asked);
  }
  await at('marked');
  await page.click('.chip:first-child');
  await shows('.marks-sheet li');
  await at('my marks');
  await page.click('.marks-sheet li .row-button');
  await shows('.mark-actions');
  await at('one mark');
  await page.click('.mark-actions .button:nth-child(3)');
  await shows('dialog');
  await at('remove?');
  await close();
  await page.click('.bar-help');
  await shows('dialog .contacts');
  await at('help');
  await close();
  await page.click('.bar .button-round:last-child');
  await shows('dialog');
  await at('menu');
  await page.click('dialog .row-primary');
  await shows('.page-receipt');
  await at('receipt?');
  await page.click('.page-receipt .button-primary');
  await shows('.receipt-code');
  await at('receipt');
  await page.click('.page-receipt .button-primary');
  await shows('.language-tile');
  await at('next person');
}

/** What leads to more questions. */
const leading = ['exists', 'go_often'];

/** Answers the question that is shown, by its first answer or one that leads on, and goes to the next. */
async function answer(page) {
  const tiles = await page.$$('.question [data-option]');
  const ids = await Promise.all(tiles.map((tile) => tile.getAttribute('data-option')));
  const goesOn = (await page.$('.question [data-option][role=radio]')) !== null; // one of a list, by itself
  if (tiles.length > 0) await tiles[Math.max(0, ids.findIndex((id) => leading.includes(id)))].click();
  if (goesOn) return;
  if (await page.$('.number-step')) await page.click('.number-step:last-child');
  await page.click('.question-next');
}
