// SPDX-License-Identifier: AGPL-3.0-or-later
// What the wall shows of a sensitive exercise: when (batches.js) and where (squares.js).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBatches } from '../../web/src/facilitate/wall/batches.js';
import { countsOf, middle, rulesAt, squaresOf } from '../../web/src/facilitate/wall/squares.js';

const minute = 60_000;
let serial = 0;
const mark = (participant, { id = `m${++serial}`, at = [4.35, 50.85], category = 'unsafe', created = '2026-03-07T10:00:00Z' } = {}) => ({
  type: 'Feature',
  id,
  geometry: { type: 'Point', coordinates: at },
  properties: { participant, category, answers: {}, state: 'approved', version: 1, created },
});
/** Batches that have begun with nothing at the time 0. */
function begun() {
  const batches = createBatches();
  batches.see([], 0);
  return batches;
}
const ids = (batches) => batches.shown().map(({ id }) => id).sort();

test('nothing is shown before it was there for two minutes, and then at an even time', () => {
  for (const seenAt of [0, 1, minute, 2 * minute - 1, 2 * minute, 3 * minute]) {
    const batches = begun();
    batches.see([mark('a'), mark('b'), mark('c')], seenAt);
    let shownAt = null;
    for (let now = seenAt; now <= 10 * minute && shownAt === null; now += 1000)
      if (batches.release(now) && batches.shown().length) shownAt = now;
    assert.ok(shownAt - seenAt >= 2 * minute, `seen at ${seenAt}, shown at ${shownAt}`);
    assert.ok(shownAt - seenAt <= 4 * minute + 1000);
    assert.ok(shownAt % (2 * minute) < 1000, `shown at ${shownAt}`);
  }
});

test('one or two people wait for others, however long; then all come together', () => {
  const batches = begun();
  const early = [mark('a'), mark('a'), mark('a'), mark('b')];
  batches.see(early, 0);
  for (let now = 0; now < 60 * minute; now += minute) batches.release(now);
  assert.deepEqual(batches.shown(), []);
  assert.ok(batches.holding);
  const all = [...early, mark('c')];
  batches.see(all, 60 * minute);
  batches.release(62 * minute - 1);
  assert.deepEqual(batches.shown(), [], 'the third one waits her two minutes, and the others with her');
  batches.release(64 * minute);
  assert.equal(batches.shown().length, 5);
});

test('marks that nobody is named on are taken for those of one person', () => {
  const batches = begun();
  batches.see([mark(null), mark(null), mark(null), mark('a')], 0);
  for (let now = 0; now < 20 * minute; now += minute) batches.release(now);
  assert.deepEqual(batches.shown(), []);
});

test('what is taken back goes with the next batch, whoever took it back, and does not come again', () => {
  const batches = begun();
  const all = [mark('a'), mark('b'), mark('c')];
  batches.see(all, 0);
  batches.release(4 * minute);
  batches.see(all.slice(1), 5 * minute);
  assert.equal(batches.shown().length, 3, 'not at once: who was it?');
  assert.ok(batches.release(6 * minute));
  assert.deepEqual(ids(batches), ids({ shown: () => all.slice(1) }));
});

test('a mark that moved leaves its old place with the next batch, and waits for others at its new one', () => {
  const batches = begun();
  const all = [mark('a'), mark('b'), mark('c')];
  batches.see(all, 0);
  batches.release(4 * minute);
  const moved = { ...all[0], geometry: { type: 'Point', coordinates: [4.4, 50.8] } };
  batches.see([moved, all[1], all[2]], 5 * minute);
  batches.release(6 * minute);
  assert.equal(batches.shown().length, 2);
  for (let now = 7 * minute; now < 30 * minute; now += minute) batches.release(now);
  assert.equal(batches.shown().length, 2, 'alone it would tell who it was');
});

test('answers that the wall does not show change nothing on it', () => {
  const batches = begun();
  const all = [mark('a'), mark('b'), mark('c')];
  batches.see(all, 0);
  batches.release(4 * minute);
  const answered = { ...all[0], properties: { ...all[0].properties, version: 2, answers: { when: ['night'] } } };
  batches.see([answered, all[1], all[2]], 5 * minute);
  assert.equal(batches.release(6 * minute), false);
  assert.equal(batches.shown().length, 3);
});

test('a wall that is opened late shows what was there, but not the last minutes', () => {
  const batches = createBatches();
  const old = ['a', 'b', 'c'].map((who) => mark(who, { created: '2026-03-07T10:00:00Z' }));
  const fresh = mark('d', { created: '2026-03-07T10:30:00Z' });
  const almost = mark('e', { created: '2026-03-07T10:26:30Z' });
  batches.see([...old, almost, fresh], 7 * minute);
  assert.deepEqual(ids(batches), ids({ shown: () => old }));
});

test('opening the wall again and again tells no more than waiting', () => {
  const list = ['a', 'b', 'c'].map((who) => mark(who, { created: '2026-03-07T10:00:00Z' }));
  const first = createBatches();
  first.see(list, 0);
  const again = createBatches();
  again.see([...list, mark('d', { created: '2026-03-07T10:03:59Z' })], 0);
  assert.deepEqual([first.shown(), again.shown()], [[], []]);
});

test('opening the wall again shows what three people or more have added, never one mark alone', () => {
  const at = (minutes) => new Date(Date.parse('2026-03-07T10:00:00Z') + minutes * minute).toISOString();
  const list = [...'abc'].map((who) => mark(who, { created: at(0) })).concat(
    [...'adeabcfg'].map((who, i) => mark(who, { created: at(5 + 3 * i) })),
  );
  let before = [];
  let steps = 0;
  // a mark of each minute tells how late it is; it is too young to be shown
  for (let now = 0; now < 60; now++) {
    const batches = createBatches();
    batches.see([...list.filter(({ properties }) => properties.created <= at(now)), mark('z', { created: at(now) })], 0);
    const shown = batches.shown();
    const news = shown.filter(({ id }) => !before.includes(id));
    assert.ok(before.every((id) => shown.some((one) => one.id === id)), 'what was shown is shown');
    if (news.length) steps++;
    assert.ok(news.length === 0 || new Set(news.map(({ properties }) => properties.participant)).size >= 3, `minute ${now}: ${news.length}`);
    before = shown.map(({ id }) => id);
  }
  assert.ok(steps >= 3, `${steps} batches`);
});

const place = (person, lon, lat, category = 'unsafe') => ({ person, lon, lat, category });
const inside = ({ bbox: [west, south, east, north] }, { lon, lat }) =>
  lon >= west && lon < east && lat >= south && lat < north;

/** Numbers that look random and are the same each time. */
function numbers(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

test('no square has fewer than three people, and no two squares count the same mark', () => {
  const random = numbers(7);
  for (let world = 0; world < 50; world++) {
    const places = Array.from({ length: Math.ceil(random() * 120) }, () =>
      place(`p${Math.floor(random() * 20)}`, 4.3 + random() ** 3 * 0.1, 50.8 + random() ** 3 * 0.08),
    );
    const squares = squaresOf(places, 50.85);
    let left = places;
    // small ones first: what they hold is gone for the large ones
    for (const square of squares.slice().reverse()) {
      const held = left.filter((one) => inside(square, one));
      const people = new Set(held.map((one) => one.person)).size;
      assert.ok(people >= 3, `${people} people in a square of ${square.sideM} m`);
      assert.ok(square.from <= people);
      left = left.filter((one) => !inside(square, one));
    }
  }
});

test('many marks of two people make no square', () => {
  const places = Array.from({ length: 60 }, (_, i) => place(i % 2 ? 'a' : 'b', 4.35, 50.85));
  assert.deepEqual(squaresOf(places, 50.85), []);
  assert.deepEqual([...countsOf(places)], []);
});

test('squares stand on a grid of their own, so that they tell nothing of where a mark is in them', () => {
  const here = [place('a', 4.3501, 50.8501), place('b', 4.3502, 50.8502), place('c', 4.3503, 50.8503)];
  const [one] = squaresOf(here, 50.85);
  const [other] = squaresOf(here.map((at) => ({ ...at, lon: at.lon + 0.0002, lat: at.lat + 0.0001 })), 50.85);
  assert.deepEqual(one.bbox, other.bbox);
  const [west, south, east, north] = one.bbox;
  const metres = [(east - west) * 111_320 * Math.cos((50.85 * Math.PI) / 180), (north - south) * 111_320];
  assert.ok(metres.every((side) => Math.abs(side - 300) < 1), `${metres}`);
});

test('a square says a category only when three people chose it, and most of them', () => {
  const at = (person, category) => place(person, 4.35, 50.85, category);
  const of = (...places) => squaresOf(places, 50.85)[0].category;
  assert.equal(of(at('a', 'safe'), at('b', 'safe'), at('c', 'safe')), 'safe');
  assert.equal(of(at('a', 'safe'), at('b', 'safe'), at('c', 'unsafe')), null);
  assert.equal(of(at('a', 'safe'), at('b', 'safe'), at('c', 'safe'), at('d', 'unsafe')), 'safe');
  const tie = ['a', 'b', 'c', 'd', 'e', 'f'].map((who, i) => at(who, i < 3 ? 'safe' : 'unsafe'));
  assert.equal(of(...tie), null);
});

test('numbers are told in steps, and of categories that enough people chose', () => {
  const many = Array.from({ length: 9 }, (_, i) => place(`p${i}`, 4.35, 50.85, i < 7 ? 'unsafe' : 'safe'));
  assert.equal(squaresOf(many, 50.85)[0].from, 5);
  assert.deepEqual([...countsOf(many)], [['unsafe', 7]]);
});

test('squares grow with the area that is looked at, and are never smaller than 300 metres', () => {
  for (const metresPerPixel of [0.1, 1, 5, 20, 100]) {
    const { sideM, people } = rulesAt(metresPerPixel, 60);
    assert.equal(people, 3);
    assert.ok(sideM >= 300 && Number.isInteger(Math.log2(sideM / 300)), `${sideM}`);
    assert.ok(sideM / metresPerPixel >= 60, `${sideM} m at ${metresPerPixel} m a pixel`);
  }
});

test('the middle of a line and of an area is within what it covers', () => {
  assert.deepEqual(middle({ type: 'Point', coordinates: [4.35, 50.85] }), { lon: 4.35, lat: 50.85 });
  assert.deepEqual(middle({ type: 'LineString', coordinates: [[4, 50], [4.5, 50.5], [5, 51]] }), { lon: 4.5, lat: 50.5 });
});
