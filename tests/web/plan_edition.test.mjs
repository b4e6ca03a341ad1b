// SPDX-License-Identifier: AGPL-3.0-or-later
// The planner's page on an edition file, served alone: what the server sends fits what the page reads. The
// file is the sample of tests/support, written by a tool of the build.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { binary, startServer } from '../http/support.mjs';
import { missing, openBrowser } from './browser.mjs';
import { choose } from './plan.mjs';
import { hasText } from './staff.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tool = [path.dirname(binary), path.join(root, 'build-tests/asan')]
  .map((folder) => path.join(folder, 'tests/sample_gpkg'))
  .find(existsSync);
const skip = missing || (tool ? false : 'no sample_gpkg in this build');

let server, browser;
if (!skip) {
  before(async () => {
    const folder = path.join(mkdtempSync(path.join(tmpdir(), 'repere-plan-')), 'published');
    mkdirSync(folder);
    execFileSync(tool, [path.join(folder, '1-2.gpkg'), '1', '2', '1', '0']);
    writeFileSync(path.join(folder, '9-1.gpkg'), 'not an edition');
    server = await startServer({ published: folder });
    browser = await openBrowser(server.origin);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
}
const description = async () => (await server.client().get('/api/editions/1/2', { expect: 200 })).json;

test('every slice of an edition file is shown in every way, and the table has its regions', { skip }, async () => {
  const page = await browser.page({ size: 'desktop' });
  const edition = await description();
  await page.goto(`${server.origin}/`);
  await page.waitForSelector('.pane-title');
  await page.check('an edition file');
  for (const { id, leaves } of edition.slices)
    for (const show of ['grid', 'heat', 'areas']) {
      await page.goto(`${server.origin}/plan#/1/2?slice=${id}&show=${show}&table=${show === 'grid' ? 1 : 0}`);
      await page.reload();
      await page.waitForSelector('.pane-title', { state: 'attached' });
      if (show === 'grid') assert.equal(await page.locator('.plan-table tbody tr').count(), leaves, id);
      assert.equal(await page.locator('.toast').count(), 0, `${id} ${show}`);
      assert.deepEqual(page.faults, [], `${id} ${show}`);
    }
});

test('findings, places, overlays and figures of an edition file are shown', { skip }, async () => {
  const page = await browser.page({ size: 'desktop' });
  const edition = await description();
  await page.goto(`${server.origin}/plan#/1/2?tab=findings`);
  await page.waitForSelector('#panel-findings .place-row');
  assert.equal(await page.locator('#panel-findings .place-row').count(), edition.findings);
  await page.click('#panel-findings .place-row');
  await page.waitForSelector('.plan-card .badges');
  await page.click('#tab-assets');
  assert.equal(await page.locator('#panel-assets .place-row').count(), edition.assets);
  await page.click('#panel-assets .place-row');
  await page.click('#tab-figures');
  await page.waitForSelector('.bar-row');
  await page.click('#tab-map');
  for (const { id } of edition.overlays) {
    await page.click(`.switch:has(input[value="${id}"])`);
    await page.waitForFunction((part) => location.hash.includes(part), String(id));
  }
  await page.click('.refused summary');
  await hasText(page, '.refused', '9-1.gpkg');
  assert.equal(await page.locator('.toast').count(), 0);
  await page.check('everything at once');
});

test('two groups of an edition file are set against each other', { skip }, async () => {
  const page = await browser.page({ size: 'desktop' });
  const { slices } = await description();
  const pair = ['time', 'group']
    .map((kind) => slices.filter((slice) => slice.kind === kind))
    .find((kin) => kin.length > 1);
  assert.ok(pair, 'the sample has two times or two groups');
  await page.goto(`${server.origin}/plan#/1/2?slice=${pair[0].id}&with=${pair[1].id}`);
  await page.waitForSelector('.pane-beside');
  await choose(page, 'difference');
  await page.waitForSelector('.legend-up');
  assert.deepEqual(page.faults, []);
});

test('files are where the page says', { skip }, async () => {
  const page = await browser.page({ size: 'desktop' });
  await page.goto(`${server.origin}/plan`);
  await page.waitForSelector('.pane-title');
  await page.click('.tool:has-text("Save")');
  const files = await page.$$eval('dialog a.row-button', (links) => links.map((link) => link.getAttribute('href')));
  assert.equal(files.length, 5);
  for (const file of files) await server.client().get(file, { expect: 200 });
});
