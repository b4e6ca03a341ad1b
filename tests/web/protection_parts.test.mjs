// SPDX-License-Identifier: AGPL-3.0-or-later
// The page about protection: that its numbers are the server's, its example follows the method, its figures are
// told as measured.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { counts, dots, regions, side, unshown } from '../../web/src/protection/example.js';
import { attacksOf, goalsOf, usesOf } from '../../web/src/protection/figures.js';
import { noiseChances, ofHundred, outcomes, profiles, rounded } from '../../web/src/protection/noise.js';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const measured = JSON.parse(read('web/src/protection/measured.json'));
const near = (value, expected, by) => assert.ok(Math.abs(value - expected) < by, `${value} is not ${expected}`);

// The same rows as tests/unit/test_cube_noise.c.
test('the chances have mean 0 and the variance of the profile', () => {
  for (const [max, variance] of [[5, 5], [8, 12], [1, 0.3], [3, 1], [10, 0.5], [32, 100], [8, 23.9]]) {
    const chances = noiseChances(max, variance);
    assert.equal(chances.length, 2 * max + 1);
    near(chances.reduce((sum, p) => sum + p, 0), 1, 1e-12);
    near(chances.reduce((sum, p, i) => sum + p * (i - max), 0), 0, 1e-9);
    near(chances.reduce((sum, p, i) => sum + p * (i - max) ** 2, 0), variance, 1e-9);
    chances.forEach((p, i) => near(p, chances[2 * max - i], 1e-12));
  }
});

test('the chances are those of most entropy, and even ones when the variance is too wide', () => {
  const chances = noiseChances(8, 12);
  const step = Math.log(chances[8] / chances[9]);
  assert.ok(step > 0);
  chances.forEach((p, i) => near(Math.log(chances[8] / p), step * (i - 8) ** 2, 1e-9));
  noiseChances(5, 99).forEach((p) => near(p, 1 / 11, 1e-12));
  assert.deepEqual(noiseChances(0, 5), [1]);
});

test('the draw that the server makes of a key is the one these chances give', () => {
  // HMAC-SHA-256 under 32 times 7 of "ck", 0, 0x0102030405060708 in 8 bytes, little-endian
  const hash = createHmac('sha256', Buffer.alloc(32, 7)).update(Buffer.from([0x63, 0x6b, 0, 8, 7, 6, 5, 4, 3, 2, 1])).digest();
  const u = Number(hash.readBigUInt64LE(0) >> 11n) * 2 ** -53;
  let [below, e] = [0, -9];
  for (const chance of noiseChances(8, 12)) {
    if (below > u) break;
    below += chance;
    e++;
  }
  assert.equal(e, -1);
});

test('profiles, rounding and days are those of the server', () => {
  const source = read('server/publish/cube_noise.c');
  for (const [name, { floor, noiseMax, variance, baseM }] of Object.entries(profiles)) {
    const row = new RegExp(`"${name}", (\\d+), (\\d+), ([\\d.]+), (\\d+)`).exec(source);
    assert.deepEqual(row?.slice(1).map(Number), [floor, noiseMax, variance, baseM], name);
  }
  assert.deepEqual([rounded(12), rounded(13), rounded(0), rounded(17), rounded(18)], [10, 15, 0, 15, 20]);
  const calendar = read('server/service/publication_calendar.h');
  const set = (name) => Number(new RegExp(`\\b${name} = (\\d+)`).exec(calendar)?.[1]);
  for (const language of ['en', 'fr']) {
    const { edition } = JSON.parse(read(`web/i18n/plan/${language}.json`)).protection;
    const says = (text, number) => assert.match(text, new RegExp(`\\b${number}\\b`), `${language}: ${number}`);
    says(edition.apart.title, set('CALENDAR_BETWEEN_DAYS'));
    says(edition.apart.text, set('CALENDAR_DELAY_DAYS_MAX'));
    says(edition.year.title, set('CALENDAR_EDITIONS_A_YEAR'));
    says(edition.wait.title, set('CALENDAR_WAIT_DAYS'));
    says(edition.enough.text, set('CALENDAR_NEW_PEOPLE_MIN'));
    says(edition.enough.text, 100 / set('CALENDAR_NEW_SHARE'));
  }
});

test('what may be published follows the method for any number of people', () => {
  for (const profile of Object.values(profiles)) {
    for (let people = 0; people <= 60; people++) {
      const found = outcomes(people, profile);
      near(found.reduce((sum, { chance }) => sum + chance, 0), 1, 1e-12);
      const hidden = found.find(({ value }) => value === null)?.chance ?? 0;
      if (people < profile.floor) assert.equal(hidden, 1);
      if (people >= profile.floor + 2 * profile.noiseMax) assert.equal(hidden, 0);
      for (const { value } of found) if (value !== null) assert.ok(value % 5 === 0 && Math.abs(value - people) <= profile.noiseMax + 2.5);
      assert.equal(ofHundred(found.map(({ chance }) => chance)).reduce((sum, one) => sum + one, 0), 100);
    }
  }
  // five people of the standard profile are shown when the change is the largest of all
  near(outcomes(5, profiles.standard)[1].chance, noiseChances(5, 5)[10], 1e-12);
});

test('the drawn example follows the method', () => {
  const { floor, noiseMax } = profiles.standard;
  const seen = new Set();
  for (const { squares, people, change, value } of regions) {
    assert.ok(people >= floor && people + change >= floor + noiseMax && Math.abs(change) <= noiseMax);
    assert.equal(value, rounded(people + change));
    if (squares.length > 1) for (const [column, row] of squares) assert.ok(counts[row][column] < floor);
    // joined squares lie in one square of twice the side
    assert.equal(new Set(squares.map(([column, row]) => `${column >> 1} ${row >> 1}`)).size, 1);
    for (const square of squares) seen.add(String(square));
  }
  assert.ok(unshown.reduce((sum, [column, row]) => sum + counts[row][column], 0) < floor);
  for (const square of unshown) seen.add(String(square));
  assert.equal(seen.size, side * side);
  assert.equal(dots(50).length, counts.flat().reduce((sum, count) => sum + count, 0));
  for (const { x, y } of dots(50)) assert.ok(x > 0 && x < 50 * side && y > 0 && y < 50 * side);
});

test('what was measured has every figure that is shown', () => {
  assert.match(measured.made, /^\d{4}-\d\d-\d\d$/);
  assert.ok(measured.worlds > 0);
  assert.deepEqual(measured.cases.map(({ profile, people }) => `${profile} ${people}`).sort(), ['sensitive 300', 'sensitive 60', 'standard 300', 'standard 60']);
  for (const one of measured.cases) {
    for (const { id, bars } of [...attacksOf(one), ...usesOf(one)])
      for (const { name, part } of bars) assert.ok(part === null || (part >= 0 && part <= 1), `${id} ${name}: ${part}`);
    const weak = (id) => attacksOf(one).find((attack) => attack.id === id).bars.filter(({ tone }) => tone === 'weak');
    for (const id of ['differences', 'questions', 'arrivals', 'again']) for (const { part } of weak(id)) assert.ok(part > 0, `${id} does not succeed where it must`);
  }
});

test('a figure that misses what was expected is told as missed', () => {
  const [one] = measured.cases.filter(({ profile, people }) => profile === 'sensitive' && people === 300);
  const judged = (patch) => goalsOf({ ...one, ...patch });
  assert.equal(judged({ isolations: 1 }).isolations.reached, false);
  assert.equal(judged({ isolations: 0 }).isolations.reached, true);
  assert.equal(judged({ realistic: 0.051 }).realistic.reached, false);
  assert.equal(judged({ realistic: 0.05 }).realistic.reached, true);
  assert.equal(judged({ realistic: 0.07, profile: 'standard' }).realistic.reached, true);
  assert.equal(judged({ omniscient_mean: 0.21 }).omniscient.reached, false);
  assert.equal(judged({ coverage: 0.949 }).coverage.reached, false);
  assert.equal(judged({ top10: null }).top10, null);
  const [differences] = attacksOf({ ...one, isolations: one.worlds * 3 });
  near(differences.bars[0].part, 0.01, 1e-12);
});
