// SPDX-License-Identifier: AGPL-3.0-or-later
// What the wall shows of a sensitive exercise: when (batches.js) and where (squares.js).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBatches } from '../../web/src/facilitate/wall/batches.js';
import { countsOf, inSteps, middle, rulesAt, squaresOf } from '../../web/src/facilitate/wall/squares.js';

const minute = 60_000;
let serial = 0;
const mark = (participant, { id = `m${++serial}`, at = [4.35, 50.85], category = 'unsafe', changed = '2026-03-07T10:00:00Z' } = {}) => ({
  type: 'Feature',
  id,
  geometry: { type: 'Point', coordinates: at },
  properties: { participant, category, answers: {}, state: 'approved', version: 1, changed },
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

/** What is shown at each even time until `until`, from the time `from` on: [minutes, how many marks]. */
function steps(batches, from, until) {
  const seen = [];
  for (let now = from; now <= until; now += minute) if (batches.release(now)) seen.push([now / minute, batches.shown().length]);
  return seen;
}
const elsewhere = (one) => ({ ...one, geometry: { type: 'Point', coordinates: [4.4, 50.8] } });

test('what one takes back does not go alone for six minutes: then it goes in any case, and does not come again', () => {
  const batches = begun();
  const all = [mark('a'), mark('b'), mark('c'), mark('d')];
  batches.see(all, 0);
  batches.release(4 * minute);
  batches.see(all.slice(1), 5 * minute);
  assert.deepEqual(steps(batches, 5 * minute, 40 * minute), [[12, 3]], 'not before the even time after six minutes');
  assert.deepEqual(ids(batches), ids({ shown: () => all.slice(1) }));
});

test('what is taken back goes with what is new of others, or with what others take back', () => {
  const all = [...'aabbccd'].map((who) => mark(who));
  const after = (list) => {
    const batches = begun();
    batches.see(all, 0);
    batches.release(4 * minute);
    batches.see(list, 4 * minute);
    return steps(batches, 5 * minute, 7 * minute);
  };
  assert.deepEqual(after([...all.slice(1), mark('e'), mark('f'), mark('g')]), [[6, 9]], 'one less, three more');
  assert.deepEqual(after([all[1], all[3], all[5], all[6]]), [[6, 4]], 'three less, of three people');
  assert.deepEqual(after(all.slice(2)), [], 'two of one person wait');
  assert.deepEqual(after([...all.slice(1), mark('e'), mark('f')]), [], 'two new ones wait, and what goes with them');
});

test('a mark that moved stays where it was until it comes anew with others', () => {
  const batches = begun();
  const all = [mark('a'), mark('b'), mark('c')];
  batches.see(all, 0);
  batches.release(4 * minute);
  const moved = elsewhere(all[0]);
  batches.see([moved, all[1], all[2]], 4 * minute);
  batches.see([moved, all[1], all[2], mark('d'), mark('e')], 5 * minute);
  assert.deepEqual(steps(batches, 6 * minute, 7 * minute), []);
  assert.deepEqual(batches.shown()[0].geometry, all[0].geometry);
  assert.deepEqual(steps(batches, 8 * minute, 9 * minute), [[8, 5]], 'never four');
  assert.deepEqual(batches.shown().find(({ id }) => id === moved.id).geometry, moved.geometry);
});

test('a mark that moved alone leaves its old place after six minutes, and waits for others at its new one', () => {
  const batches = begun();
  const all = [mark('a'), mark('b'), mark('c')];
  batches.see(all, 0);
  batches.release(4 * minute);
  batches.see([elsewhere(all[0]), all[1], all[2]], 4 * minute);
  // moved on now and then: it leaves all the same
  const again = { ...all[0], geometry: { type: 'Point', coordinates: [4.41, 50.81] } };
  assert.deepEqual(steps(batches, 5 * minute, 8 * minute), []);
  batches.see([again, all[1], all[2]], 8 * minute);
  assert.deepEqual(steps(batches, 9 * minute, 40 * minute), [[10, 2]], 'alone its new place would tell who it was');
});

test('a mark that was moved and moved back was never elsewhere', () => {
  const batches = begun();
  const all = [mark('a'), mark('b'), mark('c')];
  batches.see(all, 0);
  batches.release(4 * minute);
  batches.see([elsewhere(all[0]), all[1], all[2]], 4 * minute);
  batches.see(all, 9 * minute);
  assert.deepEqual(steps(batches, 9 * minute, 20 * minute), []);
  assert.equal(batches.holding, false);
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
  const old = ['a', 'b', 'c'].map((who) => mark(who, { changed: '2026-03-07T10:00:00Z' }));
  const fresh = mark('d', { changed: '2026-03-07T10:30:00Z' });
  const almost = mark('e', { changed: '2026-03-07T10:26:30Z' });
  batches.see([...old, almost, fresh], 7 * minute);
  assert.deepEqual(ids(batches), ids({ shown: () => old }));
});

test('opening the wall again and again tells no more than waiting', () => {
  const list = ['a', 'b', 'c'].map((who) => mark(who, { changed: '2026-03-07T10:00:00Z' }));
  const first = createBatches();
  first.see(list, 0);
  const again = createBatches();
  again.see([...list, mark('d', { changed: '2026-03-07T10:03:59Z' })], 0);
  assert.deepEqual([first.shown(), again.shown()], [[], []]);
});

test('opening the wall again shows what three people or more have added, never one mark alone', () => {
  const at = (minutes) => new Date(Date.parse('2026-03-07T10:00:00Z') + minutes * minute).toISOString();
  const list = [...'abc'].map((who) => mark(who, { changed: at(0) })).concat(
    [...'adeabcfg'].map((who, i) => mark(who, { changed: at(5 + 3 * i) })),
  );
  let before = [];
  let steps = 0;
  // a mark of each minute tells how late it is; it is too young to be shown
  for (let now = 0; now < 60; now++) {
    const batches = createBatches();
    batches.see([...list.filter(({ properties }) => properties.changed <= at(now)), mark('z', { changed: at(now) })], 0);
    const shown = batches.shown();
    const news = shown.filter(({ id }) => !before.includes(id));
    assert.ok(before.every((id) => shown.some((one) => one.id === id)), 'what was shown is shown');
    if (news.length) steps++;
    assert.ok(news.length === 0 || new Set(news.map(({ properties }) => properties.participant)).size >= 3, `minute ${now}: ${news.length}`);
    before = shown.map(({ id }) => id);
  }
  assert.ok(steps >= 3, `${steps} batches`);
});

test('opening the wall again does not show where one has moved her mark, or what was approved of one', () => {
  const old = ['a', 'b', 'c', 'd'].map((who) => mark(who));
  const late = mark('z', { changed: '2026-03-07T11:00:00Z' });
  const moved = elsewhere({ ...old[0], properties: { ...old[0].properties, version: 2, changed: '2026-03-07T10:20:00Z' } });
  const batches = createBatches();
  batches.see([moved, ...old.slice(1), late], 0);
  assert.deepEqual(ids(batches), ids({ shown: () => old.slice(1) }));
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
  assert.deepEqual([...countsOf(many)], [['unsafe', 5]]);
  assert.deepEqual([0, 2, 3, 4, 5, 9, 10, 19, 20, 137].map(inSteps), [0, 0, 3, 3, 5, 5, 10, 10, 20, 130]);
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
