// SPDX-License-Identifier: AGPL-3.0-or-later
// A campaign of some months, played by chance: many sessions in the town's community houses, so that enough
// people come together for editions. Most marks are about places that many know (the scenes of people.mjs),
// the others about what is near: a square, a school, a stop.
import { districts, services, squares } from './names.mjs';
import { answersOf, patch, scenes, some, stretch, uuid } from './people.mjs';
import { along, distance, heading, left } from './plane.mjs';

/** @typedef {import('./plane.mjs').P} P */
/** @typedef {import('./people.mjs').Random} Random */
/** @typedef {{uuid: string, shape: {point?: P, line?: P[], ring?: P[]}, answers: Record<string, unknown>}} Mark */

/** What people may say of themselves, and the share who do. */
export const groups = [
  { id: 'new', share: 0.4, label: { en: 'Here for less than a year', fr: 'Ici depuis moins d’un an' } },
  { id: 'young', share: 0.3, label: { en: 'Under 25', fr: 'Moins de 25 ans' } },
  { id: 'children', share: 0.35, label: { en: 'With small children', fr: 'Avec de jeunes enfants' } },
];
const oldest_days = 84,
  youngest_days = 9;
const plans = [
  { exercise: 'safety-map', sessions: 20, people: 15, precision_m: 50, title: 'Where we feel safe' },
  { exercise: 'city-services', sessions: 5, people: 16, precision_m: 25, title: 'What we know of the town' },
  { exercise: 'asset-map', sessions: 4, people: 15, precision_m: 0, title: 'What we bring' },
];

const rooms = services.filter(({ kind, name }) => kind === 'sport_culture' || /accueil|Atelier|Cours|sociale|nouveaux/.test(name));

/** Near a place, in any direction. @param {Random} random @param {P} at @param {number} spread_m */
function near(random, at, spread_m) {
  const way = heading([0, 0], [random.normal(), random.normal()]);
  return along(along(at, way, spread_m * Math.abs(random.normal()) * 0.7), left(way), spread_m * random.normal() * 0.5);
}

/** Places of the neighbourhood, as scenes: by day most are well liked, by night fewer. */
const local = [
  ...squares.map(({ at }) => ({ at: [at[0] / 1000, at[1] / 1000], spread_m: 45, place: 'street', use: ['stay', 'pass_through'], when: ['morning', 'afternoon', 'evening'], mood: [0, 2, 2, 5, 3], why: ['people_around', 'women_children', 'know_people', 'groups_of_men', 'insults'] })),
  ...services.filter(({ kind }) => kind === 'school_childcare').map(({ at }) => ({ at: [at[0] / 1000, at[1] / 1000], spread_m: 40, place: 'school', use: ['wait'], when: ['morning', 'afternoon'], mood: [0, 1, 2, 4, 4], why: ['women_children', 'know_people', 'traffic'] })),
  ...districts.map(({ at }) => ({ at: [at[0] / 1000, at[1] / 1000], spread_m: 120, place: 'stop_station', use: ['wait'], when: ['evening', 'night'], mood: [2, 5, 3, 1, 0], why: ['poor_light', 'isolated', 'groups_of_men'] })),
]; // prettier-ignore

/** @param {Random} random @param {P} home @returns {any} a scene that somebody who lives there knows */
function knownScene(random, home) {
  const far = (/** @type {{at: number[]}} */ { at }) => distance(home, /** @type {P} */ ([at[0] * 1000, at[1] * 1000])) / 1000;
  const list = random.chance(0.62) ? scenes : [...local].sort((a, b) => far(a) - far(b)).slice(0, 4);
  const weights = list.map((scene) => /** @type {any} */ ((scene).many ?? 8) / (0.8 + far(scene)));
  let left_ = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  return list[Math.max(0, weights.findIndex((weight) => (left_ -= weight) < 0))];
}

/** @param {Random} random @param {P} home @param {import('./streets.mjs').Street[]} streets */
function safetyMark(random, home, streets) {
  const scene = knownScene(random, home);
  const at = near(random, /** @type {P} */ ([scene.at[0] * 1000, scene.at[1] * 1000]), scene.spread_m);
  const line = scene.place === 'street' && random.chance(0.2) ? stretch(at, streets, random.between(120, 260)) : null;
  const shape = line ? { line } : scene.place === 'park' && random.chance(0.2) ? { ring: patch(random, at, random.between(35, 70)) } : { point: at };
  return { shape, answers: answersOf(random, scene) };
}

/** Known services: near ones better than far ones. @param {Random} random @param {P} home */
function serviceMark(random, home) {
  if (random.chance(0.12)) return { shape: { point: near(random, home, 200) }, answers: { kind: random.pick(['language_class', 'womens_health', 'legal_asylum', 'toilets', 'food']), here: 'missing' } };
  const known = [...services].sort((a, b) => distance(home, a.at) - distance(home, b.at)).slice(0, 16);
  const { kind, at } = random.pick(known);
  const knowledge = random.pick(['heard_of', 'know_where', 'know_where', 'been_there', 'been_there', 'go_often']);
  return { shape: { point: near(random, at, 12) }, answers: { kind, here: 'exists', knowledge } };
}

/** @param {Random} random @param {P} home */
function assetMark(random, home) {
  const level = random.pick(['person', 'association', 'association', 'institution', 'place_economy', 'place_economy', 'culture_story']);
  const around = [...services, ...squares].sort((a, b) => distance(home, a.at) - distance(home, b.at)).slice(0, 9);
  const at = level === 'person' ? near(random, home, 150) : near(random, random.pick(around).at, 15);
  /** @type {Record<string, unknown>} */
  const answers = { level, gift: some(random, ['head', 'hands', 'heart']), offer: some(random, ['language', 'cooking', 'care', 'crafts', 'teaching', 'music', 'space', 'rights_advice']), open_to: [random.pick(['all', 'women', 'all'])], availability: random.pick(['now', 'sometimes', 'with_support']) }; // prettier-ignore
  if (level !== 'person') answers.shareable = random.pick(['group', 'partners', 'public', 'public']);
  return { shape: { point: at }, answers };
}

/**
 * The sessions, oldest first.
 * @param {{streets: import('./streets.mjs').Street[], random: Random}} town
 */
export function playCampaign({ streets, random }) {
  return plans
    .flatMap((plan) =>
      Array.from({ length: plan.sessions }, (_, i) => {
        const room = random.pick(rooms);
        const days_ago = Math.round(oldest_days - ((oldest_days - youngest_days) * i) / (plan.sessions - 1));
        return {
          exercise: plan.exercise,
          precision_m: plan.precision_m,
          title: `${plan.title} · ${room.name}`,
          place: room.name,
          days_ago,
          people: Array.from({ length: plan.people }, () => playPerson(plan.exercise, room.at, days_ago, streets, random)),
        };
      }),
    )
    .sort((a, b) => b.days_ago - a.days_ago);
}

/** @param {string} exercise @param {P} room @param {number} days_ago @param {import('./streets.mjs').Street[]} streets @param {Random} random */
function playPerson(exercise, room, days_ago, streets, random) {
  const home = random.chance(0.7) ? near(random, room, 600) : near(random, random.pick(districts).at, 300);
  const many = exercise === 'asset-map' ? 2 + Math.floor(random.next() * 2) : 4 + Math.floor(random.next() * 4);
  const draw = () =>
    exercise === 'safety-map' ? safetyMark(random, home, streets) : exercise === 'city-services' ? serviceMark(random, home) : assetMark(random, home);
  /** @type {Mark[]} */
  const marks = Array.from({ length: many }, () => ({ uuid: uuid(random, Date.UTC(2026, 2, 7) - days_ago * 86400000), ...draw() }));
  return { groups: groups.filter(({ share }) => random.chance(share)).map(({ id }) => id), marks };
}

/** What the groups worded: about places that the marks are about. */
export const findings = [
  { at: [1.2, 0.3], exercise: 'safety-map', urgency: 'red', who: 'transport', language: 'en', statement: 'After dark we walk twenty minutes more rather than take the passage under the tracks: the light is broken and there is one way out.', recommendation: 'Light that does not fail, a mirror at the bend, and an attendant until the last train.' },
  { at: [0.3, 1.12], exercise: 'safety-map', urgency: 'amber', who: 'city', language: 'fr', statement: 'Le soir, on traverse le nord du parc en courant : on ne voit pas qui est assis derrière les haies.', recommendation: 'Tailler les haies à hauteur de taille et éclairer l’allée jusqu’à l’école.' },
  { at: [1.16, 0.03], exercise: 'safety-map', urgency: 'amber', who: 'police', language: 'en', statement: 'In front of the station we are insulted while we wait for the night bus, most of all those who wear a scarf.', recommendation: 'Move the stop in front of the ticket hall, where there are staff and light.' },
  { at: [-1.05, -0.35], exercise: 'safety-map', urgency: 'red', who: 'city', language: 'en', statement: 'The street along the warehouses is the only way home from the late shift, and half of its lamps are out.', recommendation: 'Mend the lamps now; let the bus stop on request after ten at night.' },
  { at: [0.02, 0.72], exercise: 'safety-map', urgency: 'green', who: 'city', language: 'fr', statement: 'Ici on reste : il y a des femmes, des enfants, des bancs à l’ombre.', recommendation: 'Faire pareil au parc des Embruns : bancs groupés, toilettes ouvertes.' },
  { at: [-0.55, 0.48], exercise: 'safety-map', urgency: 'amber', who: 'city', language: 'en', statement: 'At school time cars turn across the crossing while children walk.', recommendation: 'Close the street to cars for half an hour, morning and afternoon.' },
  { at: [-2.2, -0.95], exercise: 'city-services', urgency: 'amber', who: 'association', language: 'en', statement: 'Evening classes are the only language classes we can reach, and there is nobody to mind the children.', recommendation: 'A room and two people for the children, at the same hours.' },
]; // prettier-ignore
