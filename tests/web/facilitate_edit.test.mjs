// SPDX-License-Identifier: AGPL-3.0-or-later
// What a facilitator prepares, against the real server: imports with a dry run, exercises copied and
// changed, projects and the people on them, reference layers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { missing } from './browser.mjs';
import { hasCount, hasText, openHouse } from './staff.mjs';

let house;
if (!missing) {
  before(async () => (house = await openHouse()));
  after(() => house?.close());
}
const browserTest = (name, run) => test(name, { skip: missing }, run);
const close = (page) => page.context().close();
const save = (page) => page.click('.form-foot .button-primary');

/** Chooses a file as the system's dialog would give it, and waits for what it holds. */
async function choose(page, name, text) {
  await page.waitForSelector('.drop');
  await page.setInputFiles('#import-file', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.waitForSelector('.table');
}
/** The select under a label. */
const field = (page, label) => page.getByLabel(label, { exact: true });

const good = [
  'lieu,theme,moment,qui,lon,lat',
  'gare,Danger,soir; nuit,a,4.36,50.86',
  'parc,Tranquille,matin,b,4.37,50.85',
  'place,Danger,,a,4.38,50.84',
].join('\n');

browserTest('a file with a bad row is told row by row; mended, its rows become marks', async () => {
  const session = await house.session({ title: 'Import here' });
  const page = await house.page(`project/${house.project}/import`, '.drop', {
    size: 'tablet',
    language: 'fr',
  });
  await page.check('choose a file');
  await choose(page, 'marks.csv', `${good}\nrue,Danger,nuit,b,ici,50.85\n`);
  await hasText(page, '.stack', '4 lignes');
  await page.click('.choice-card:has-text("Des repères d’une séance")');
  await page.waitForSelector('.meaning');
  await field(page, 'Séance').selectOption({ label: 'Import here' });
  await field(page, 'Colonne de « Comment vous sentez-vous ici ? »').selectOption('theme');
  await field(page, 'Danger').selectOption('very_unsafe');
  await field(page, 'Tranquille').selectOption('safe');
  await page.click('summary:has-text("autres questions")');
  const when = page.locator('.more .stack > .stack', { hasText: 'Quand ?' }).first();
  await when.locator('select').first().selectOption('moment');
  await when.locator('.columns select').nth(1).selectOption(';');
  for (const [cell, option] of [
    ['soir', 'evening'],
    ['nuit', 'night'],
    ['matin', 'morning'],
  ])
    await when.getByLabel(cell, { exact: true }).selectOption(option);
  await field(page, 'Colonne de la personne').selectOption('qui');
  await page.check('what is in it');
  await save(page);
  await page.waitForSelector('.note-warn');
  assert.deepEqual(await page.locator('.table tbody td').allTextContents(), [
    '5',
    'lon',
    'Ce n’est pas un nombre.',
  ]);
  await page.check('a row that is refused');
  assert.equal((await house.marks(session.id)).length, 0);

  await page.click('.form-foot .button:has-text("Changer")');
  await page.waitForSelector('.meaning');
  assert.equal(await field(page, 'Danger').inputValue(), 'very_unsafe', 'what was chosen is still chosen');
  await page.click('.form-foot .button:has-text("Un autre fichier")');
  await choose(page, 'marks.csv', good);
  await page.click('.choice-card:has-text("Des repères d’une séance")');
  await page.waitForSelector('.meaning');
  await field(page, 'Séance').selectOption({ label: 'Import here' });
  await field(page, 'Danger').selectOption('very_unsafe');
  await field(page, 'Tranquille').selectOption('safe');
  await save(page);
  await page.waitForSelector('.note-good');
  await page.check('nothing is refused');
  await save(page);
  await page.waitForSelector('.live-head');
  await hasCount(page, '.mark-open', 3);
  await hasText(page, '.toast', '3 lignes importées');
  const categories = (await house.marks(session.id)).map((mark) => mark.properties.category).sort();
  assert.deepEqual(categories, ['safe', 'very_unsafe', 'very_unsafe']);
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('rows that are refused may be left out; the layer is renamed, coloured and deleted', async () => {
  const page = await house.page(`project/${house.project}/import`, '.drop', { size: 'phone' });
  await choose(page, 'Libraries.csv', 'name;x;y\nNorth;4,35;50,86\nSouth;4,36;50,84\nNowhere;;\n');
  assert.equal(await field(page, 'Decimals').inputValue(), ',', 'guessed');
  await page.click('.choice-card:has-text("A reference layer")');
  await field(page, 'Credit').fill('The library');
  await page.check('a layer');
  await save(page);
  await page.waitForSelector('.note-warn');
  await page.click('.button:has-text("Import the other 2 rows")');
  const row = page.locator('.card-row', { hasText: 'Libraries' });
  await row.getByText('2 features').waitFor();

  await row.getByRole('button', { name: 'Edit' }).click();
  await page.waitForSelector('dialog');
  await page.check('change a layer');
  await page.fill('dialog .field:first-child input', 'Libraries of the town');
  await page.fill('dialog input[type=color]', '#aa3377');
  await page.click('dialog .button-primary');
  await hasText(page, '.page-wide', 'Libraries of the town');
  const { json } = await house.staff.get(`/api/projects/${house.project}/overlays`, { expect: 200 });
  assert.equal(json.items[0].colour, '#aa3377');
  assert.equal(json.items[0].attribution, 'The library');
  await page.locator('.card-row', { hasText: 'Libraries' }).getByRole('button', { name: 'Delete' }).click();
  await page.click('dialog .button-danger');
  await hasText(page, '.page-wide', 'No layer yet');
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('a file that is left behind is deleted, and one that is none is refused in words', async () => {
  const page = await house.page(`project/${house.project}/import`, '.drop');
  await page.setInputFiles('#import-file', { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
  await page.waitForSelector('.toast-bad');
  await page.waitForSelector('.drop');
  page.faults = []; // the browser reports the refusal
  await choose(page, 'left.csv', good);
  const gone = page.waitForResponse((reply) => reply.request().method() === 'DELETE');
  await page.click('.wordmark');
  await page.waitForSelector('dialog');
  await page.check('leave?');
  await page.click('dialog .dialog-actions .button:not(.button-primary)'); // stay
  await page.waitForSelector('.table');
  await page.click('.wordmark');
  await page.click('dialog .dialog-actions .button-primary');
  assert.equal((await gone).status(), 200);
  await page.waitForSelector('.page-wide');
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('a template is copied and changed, and a new session asks what it says', async () => {
  const page = await house.page(`project/${house.project}`, '.cards', { size: 'desktop' });
  const template = page.locator('.card-row', { hasText: 'Safety map' });
  await template.getByRole('link', { name: /Copy and change/ }).click();
  await page.waitForSelector('.question');
  await page.check('exercise, folded');
  await page.fill('.texts input[lang=en]', 'Our safety map');
  await page.fill('.texts input[lang=fr]', 'Notre carte');
  await page.click('.question:first-child summary');
  await page.click('.question:first-child .answer-sign >> nth=0');
  await page.waitForSelector('dialog .tile');
  await page.fill('dialog input[type=search]', 'night');
  await hasCount(page, 'dialog .tile', 1);
  await page.check('icons');
  await page.click('dialog .tile');
  await page.fill('.question:first-child .answer-row:first-child input[type=color]', '#112233');
  await page.selectOption('.question:first-child .answer-row:first-child select', 'star');
  await page.check('exercise, a question open');

  // a new question, asked after one answer
  await page.selectOption('.add-row select', 'one');
  await page.click('.add-row .button');
  const fresh = page.locator('.question').last();
  await fresh.locator('.texts').first().locator('input').nth(0).fill('Would you come back?');
  await save(page); // something is missing: the browser shows where
  assert.match(page.url(), /exercise/);
  await fresh.locator('.texts').first().locator('input').nth(1).fill('Reviendriez-vous ?');
  for (const [row, en, fr] of [
    [0, 'Yes', 'Oui'],
    [1, 'No', 'Non'],
  ]) {
    const inputs = fresh.locator('.answer-row').nth(row).locator('.texts input');
    await inputs.nth(0).fill(en);
    await inputs.nth(1).fill(fr);
  }
  await fresh.getByLabel('When it is asked').selectOption('feeling');
  const named = page.locator('.question', { hasText: 'Would you come back?' });
  const before = await page.locator('.question').count();
  await named.getByRole('button', { name: 'Move up' }).click();
  assert.equal(
    await page.locator('.question').last().locator('summary', { hasText: 'Would you' }).count(),
    0,
  );
  assert.equal(await page.locator('.question').count(), before);
  assert.equal(
    await page.evaluate(() => document.activeElement.textContent),
    'Move up',
    'the keyboard goes along',
  );
  // an answer that a condition names is removed, and a language added and taken back
  await page.click('.question:first-child .answer-row:nth-child(2) > .button-round');
  await page.click('.language-row .badge:last-child .badge-button');
  await hasCount(page, '.texts input[lang=so]', 0);
  await page.selectOption('.language-row select', 'so');
  await page.waitForSelector('.texts input[lang=so]');
  await page.click('.language-row .badge:last-child .badge-button');
  await hasCount(page, '.texts input[lang=so]', 0);
  await save(page);
  await page.waitForSelector('.page-wide');
  await hasText(page, '.page-wide', 'Yours, version 1');

  const { json } = await house.staff.get(`/api/exercises?project=${house.project}`, { expect: 200 });
  const own = json.items.find((one) => one.project === house.project);
  const { document } = (await house.staff.get(`/api/exercises/${own.id}`, { expect: 200 })).json;
  assert.equal(document.title.en, 'Our safety map');
  const [first, second] = document.fields[0].options;
  assert.deepEqual([first.icon, first.colour, first.shape], ['moon', '#112233', 'star']);
  assert.notEqual(second.id, 'unsafe');
  const asked = document.fields.find((one) => one.label.en === 'Would you come back?');
  assert.deepEqual(asked.if, { field: 'feeling', in: ['very_unsafe'] });
  assert.ok(document.fields.every((one) => !one.if?.in.includes('unsafe')));

  await page.click('a[href$="/open"]');
  await page.waitForSelector('.quote:not(:empty)');
  await field(page, 'Exercise').selectOption({ label: 'Our safety map (Yours, version 1)' });
  await page.fill('form section:first-child input[type=text]', 'With our words');
  await save(page);
  await page.waitForSelector('.live-head');
  const id = Number(/session\/(\d+)/.exec(page.url())[1]);
  const pack = (await house.staff.get(`/api/sessions/${id}/package`, { expect: 200 })).json;
  assert.equal(pack.exercise.title.fr, 'Notre carte');
  await hasText(page, '.legend-rows', 'Very unsafe');
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('a project is changed and shared; what was typed is not lost by a slip', async () => {
  const page = await house.page(`project/${house.project}`, '.cards', { size: 'tablet' });
  await page.click('.head-row a[href$="/edit"]');
  await page.waitForSelector('form .leaflet-tile-loaded');
  await page.check('change a project');
  await page.fill('form input[type=text]', 'Quartier du port');
  await page.selectOption('.bar-language select', 'fr');
  await page.waitForSelector('dialog');
  await page.click('dialog .dialog-actions .button:not(.button-primary)'); // stay
  assert.equal(await page.inputValue('form input[type=text]'), 'Quartier du port');
  await page.waitForFunction(() => document.querySelector('.bar-language select').value === 'en');
  const { json: before } = await house.staff.get(`/api/projects/${house.project}`, { expect: 200 });
  await save(page);
  await hasText(page, 'h1', 'Quartier du port');
  const { json: later } = await house.staff.get(`/api/projects/${house.project}`, { expect: 200 });
  assert.deepEqual(later.bbox, before.bbox, 'an area that was not touched stays as it was');

  await house.server.staff('carine', 'facilitator');
  await page.fill('.add-row input', 'nobody');
  await page.click('.add-row .button');
  await hasText(page, '.add-row .field-error', 'No account has this name');
  page.faults = []; // the browser reports the refusal
  await page.fill('.add-row input', 'carine');
  await page.keyboard.press('Enter');
  await hasText(page, '.page-wide', 'carine');
  await page.check('team');
  await page.getByRole('button', { name: /Take off.*carine/ }).click();
  await page.click('dialog .button-danger');
  await page.waitForFunction(() => !document.querySelector('.page-wide').textContent.includes('carine'));
  await page.selectOption('.bar-language select', 'fr');
  await hasText(page, '.page-wide', 'Couches de référence');
  assert.equal(await page.getAttribute('html', 'lang'), 'fr');
  assert.deepEqual(page.faults, []);
  await close(page);
});

browserTest('a new session offers each language of its exercise, with the text to agree to; hers comes first', async () => {
  const page = await house.page(`project/${house.project}/open`, 'form .toggle', { language: 'fr' });
  const { items } = (await house.staff.get(`/api/exercises?project=${house.project}`, { expect: 200 })).json;
  await field(page, 'Exercice').selectOption(String(items.find(({ project }) => project === null).id));
  const boxes = page.locator('.toggles:has-text("Français") input');
  await boxes.nth(11).waitFor();
  assert.equal(await boxes.count(), 12);
  assert.deepEqual([...new Set(await boxes.evaluateAll((all) => all.map((box) => box.checked)))], [true]);
  await page.waitForFunction(() => document.querySelector('textarea[lang=ar]')?.value);
  assert.deepEqual(await page.locator('textarea:visible').evaluateAll((all) => all.map(({ lang }) => lang)), ['fr']);
  await page.click('summary:has-text("11 autres langues")');
  await page.waitForFunction(() => [...document.querySelectorAll('textarea')].filter((area) => area.checkVisibility()).length === 12);
  await page.check('a new session');
  await close(page);
});

browserTest('a session is changed; its join code is stopped and made anew', async () => {
  const session = await house.session({ title: 'Before' });
  const page = await house.page(`session/${session.id}/edit`, 'form .leaflet-tile-loaded');
  await page.check('change a session');
  await page.fill('form section:first-child input[type=text]', 'After');
  await page.click('.toggle:has-text("English")');
  assert.equal(await page.locator('textarea').count(), 1, 'no text in a language that is not offered');
  await page.click('.toggle:has-text("Français")');
  await save(page);
  await page.waitForSelector('.field-error:not([hidden])');
  await page.click('.toggle:has-text("Français")');
  await save(page);
  await hasText(page, 'h1', 'After');
  const { json } = await house.staff.get(`/api/sessions/${session.id}`, { expect: 200 });
  assert.deepEqual([json.title, json.languages], ['After', ['fr']]);

  await page.click('.live-tool[href$="/sheet"]');
  await hasText(page, '.join-code', session.code);
  await page.click('.sheet-tools button:has-text("New code")');
  await page.click('dialog .button-primary');
  await page.waitForFunction(
    (old) => ![old, undefined].includes(document.querySelector('.join-code')?.textContent),
    session.code,
  );
  await page.fill('.sheet-where input', 'http://192.168.1.20:8080/');
  const picture = page.waitForResponse((reply) =>
    reply.url().includes('origin=http%3A%2F%2F192.168.1.20%3A8080'),
  );
  await page.click('.sheet-where .button');
  await picture;
  await hasText(page, '.join-address', 'http://192.168.1.20:8080');
  await page.click('.sheet-tools button:has-text("Stop the code")');
  await page.click('dialog .button-primary');
  await hasText(page, '.sheet', 'No code works');
  assert.ok(
    (await house.server.client().post('/api/join', { code: session.code, language: 'en' })).status >= 400,
  );
  assert.deepEqual(page.faults, []);
  await close(page);
});
