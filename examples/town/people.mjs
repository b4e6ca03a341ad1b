// SPDX-License-Identifier: AGPL-3.0-or-later
// What a group of 18 marks on its safety map, played by chance: places where many agree, places where day
// and night differ, and a few marks anywhere. Answers are those of the exercise safety-map.
import { along, distance, heading, left, lengthOf, resample } from './plane.mjs';

/** @typedef {import('./plane.mjs').P} P */
/** @typedef {ReturnType<typeof import('./random.mjs').createRandom>} Random */

export const participants = 18;
const marks = 120;

/** Scenes in kilometres around the old town. `mood`: shares of very unsafe, unsafe, neither, safe, very safe. */
export const scenes = [
  { at: [1.16, 0.03], spread_m: 70, many: 14, place: 'stop_station', use: ['wait', 'pass_through'], when: ['evening', 'night'], mood: [3, 7, 2, 1, 0], why: ['groups_of_men', 'insults', 'alcohol_drugs', 'police_checks', 'sexual_harassment', 'poor_light'] },
  { at: [1.2, 0.3], spread_m: 32, many: 13, place: 'underpass', use: ['pass_through', 'avoid'], when: ['evening', 'night', 'always'], mood: [8, 4, 1, 0, 0], why: ['poor_light', 'no_way_out', 'isolated', 'hidden_corners', 'followed', 'dirt_damage'] },
  { at: [0.3, 1.12], spread_m: 110, many: 10, place: 'park', use: ['avoid', 'pass_through'], when: ['evening', 'night'], mood: [3, 6, 2, 0, 0], why: ['poor_light', 'hidden_corners', 'isolated', 'groups_of_men', 'alcohol_drugs'] },
  { at: [0.02, 0.72], spread_m: 70, many: 11, place: 'park', use: ['stay'], when: ['morning', 'afternoon'], mood: [0, 0, 1, 5, 5], why: ['women_children', 'people_around', 'open_view', 'clean'] },
  { at: [-0.24, -0.2], spread_m: 85, many: 15, place: 'shop_cafe', use: ['stay', 'work', 'pass_through'], when: ['morning', 'afternoon'], mood: [0, 1, 2, 7, 5], why: ['people_around', 'women_children', 'know_people', 'well_lit', 'my_language'] },
  { at: [0.15, 0.1], spread_m: 30, many: 7, place: 'office_service', use: ['stay'], when: ['afternoon'], mood: [0, 0, 0, 4, 6], why: ['staff', 'my_language', 'clear_signs', 'clean'] },
  { at: [0.45, -1.3], spread_m: 45, many: 7, place: 'office_service', use: ['stay'], when: ['afternoon', 'evening'], mood: [0, 0, 0, 3, 6], why: ['staff', 'know_people', 'women_children', 'my_language'] },
  { at: [-1.05, -0.35], spread_m: 90, many: 8, place: 'street', use: ['pass_through', 'avoid'], when: ['night', 'evening'], mood: [2, 6, 2, 0, 0], why: ['poor_light', 'isolated', 'followed', 'dirt_damage'] },
  { at: [1.03, -0.17], spread_m: 45, many: 7, place: 'stop_station', use: ['wait'], when: ['evening', 'weekend'], mood: [1, 5, 3, 1, 0], why: ['groups_of_men', 'insults', 'discrimination', 'racism'] },
  { at: [-1.75, -1.5], spread_m: 130, many: 7, place: 'street', use: ['work', 'pass_through'], when: ['night', 'morning'], mood: [2, 4, 1, 0, 0], why: ['isolated', 'traffic', 'poor_light', 'no_way_out'] },
  { at: [-0.55, 0.48], spread_m: 50, many: 8, place: 'school', use: ['wait', 'pass_through'], when: ['morning', 'afternoon'], mood: [0, 2, 1, 4, 3], why: ['traffic', 'women_children', 'know_people', 'staff'] },
  { at: [-1.65, 0.92], spread_m: 70, many: 6, place: 'shop_cafe', use: ['stay'], when: ['morning'], mood: [0, 0, 1, 4, 2], why: ['people_around', 'know_people', 'women_children'] },
]; // prettier-ignore

const feelings = ['very_unsafe', 'unsafe', 'neither', 'safe', 'very_safe'];
const safeReasons = ['people_around', 'women_children', 'well_lit', 'open_view', 'staff', 'know_people', 'my_language', 'clear_signs', 'clean'];

/** @param {Random} random @param {number[]} shares */
function drawn(random, shares) {
  let left = random.next() * shares.reduce((sum, share) => sum + share, 0);
  return shares.findIndex((share) => (left -= share) < 0);
}

/** One to three of a list. @param {Random} random @param {string[]} list */
export const some = (random, list) => random.shuffled(list).slice(0, 1 + Math.floor(random.next() * 2.4));

/** @param {Random} random @param {typeof scenes[number]} scene */
export function answersOf(random, scene) {
  const feeling = feelings[Math.max(0, drawn(random, scene.mood))];
  const bad = feeling.endsWith('unsafe'),
    good = feeling.endsWith('safe') && !bad;
  /** @type {Record<string, string | string[]>} */
  const answers = { feeling };
  const times = scene.when.filter((time) => time !== 'weekend');
  if (random.chance(0.9)) answers.when = times.includes('always') && random.chance(0.3) ? ['always'] : some(random, times.filter((time) => time !== 'always')); // prettier-ignore
  if (random.chance(0.55)) answers.days = random.pick(scene.when.includes('weekend') ? ['weekend', 'both'] : ['weekday', 'both', 'both']);
  if (random.chance(0.75)) answers.with_whom = random.pick(bad ? ['alone', 'alone', 'alone', 'with_children', 'with_women'] : ['with_children', 'with_women', 'group', 'alone', 'with_man']); // prettier-ignore
  if (random.chance(0.85)) answers.use = random.pick(scene.use);
  if (random.chance(0.9)) answers.place = scene.place;
  const reasons = scene.why.filter((reason) => safeReasons.includes(reason) === good);
  if (bad && reasons.length > 0) answers.unsafe_because = random.chance(0.03) ? ['past_event'] : some(random, reasons);
  if (good && reasons.length > 0) answers.safe_because = some(random, reasons);
  if (bad && random.chance(0.7)) answers.response = some(random, ['detour', 'hurry', 'phone', 'go_with_someone', 'stay_home', 'nothing']);
  if (random.chance(0.7)) answers.known_as = random.pick(bad ? ['lived', 'seen', 'lived', 'heard'] : ['lived', 'seen']);
  return answers;
}

/** The stretch of a street near a place that somebody walks along. @param {P} at @param {import('./streets.mjs').Street[]} streets @param {number} length_m @returns {P[] | null} */
export function stretch(at, streets, length_m) {
  const near = streets
    .filter(({ line }) => lengthOf(line) > length_m)
    .map(({ line }) => {
      const points = resample(line, 25);
      const best = points.reduce((b, p, i) => (distance(p, at) < distance(points[b], at) ? i : b), 0);
      return { points, best, far: distance(points[best], at) };
    })
    .sort((a, b) => a.far - b.far)[0];
  if (!near) return null;
  const half = Math.round(length_m / 50),
    part = near.points.slice(Math.max(0, near.best - half), near.best + half);
  return part.length > 2 ? part : null;
}

/** A patch around a place, drawn by a finger. @param {Random} random @param {P} at @param {number} radius_m @returns {P[]} */
export const patch = (random, at, radius_m) =>
  Array.from({ length: 7 }, (_, i) => {
    const angle = (i / 7) * 2 * Math.PI,
      r = radius_m * random.between(0.7, 1.25);
    return /** @type {P} */ ([at[0] + r * Math.cos(angle), at[1] + r * Math.sin(angle)]);
  });

/** A UUIDv7 of this time. @param {Random} random @param {number} time_ms */
export function uuid(random, time_ms) {
  const hex = (/** @type {number} */ digits) =>
    Array.from({ length: digits }, () => Math.floor(random.next() * 16).toString(16)).join('');
  const time = time_ms.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${random.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`;
}

/** @param {{streets: import('./streets.mjs').Street[], random: Random}} town */
export function playSession({ streets, random }) {
  const list = scenes.flatMap((scene) => Array.from({ length: scene.many }, () => scene));
  while (list.length < marks) list.push({ ...random.pick(scenes), at: [random.between(-2, 1.8), random.between(-1.6, 1.7)], spread_m: 150, place: 'street' }); // prettier-ignore
  let time_ms = Date.UTC(2026, 2, 7, 9, 40);
  return random
    .shuffled(list)
    .slice(0, marks)
    .map((scene, i) => {
      const way = heading([0, 0], [random.normal(), random.normal()]),
        middle = /** @type {P} */ ([scene.at[0] * 1000, scene.at[1] * 1000]);
      const at = along(along(middle, way, scene.spread_m * Math.abs(random.normal()) * 0.7), left(way), scene.spread_m * random.normal() * 0.5);
      const answers = answersOf(random, scene);
      const line = scene.place === 'street' && random.chance(0.4) ? stretch(at, streets, random.between(120, 320)) : null;
      const shape = line ? { line } : random.chance(scene.place === 'park' ? 0.25 : 0.04) ? { ring: patch(random, at, random.between(35, 80)) } : { point: at };
      time_ms += Math.round(random.between(5, 40) * 1000);
      return { participant: i < participants ? i : Math.floor(participants * random.next() ** 1.3), uuid: uuid(random, time_ms), shape, answers };
    });
}
