// SPDX-License-Identifier: AGPL-3.0-or-later
// Marks as squares of some hundred metres, each with enough different people in it. Where a square has too
// few, its marks go up to the square of twice the side round it, together with what the other three could not
// show; what is too little at the top is not shown. So no two squares count the same mark. Pure.

/** @typedef {{lon: number, lat: number, person: string, category: string}} Place */
/**
 * @typedef {object} Square
 * @property {[number, number, number, number]} bbox west, south, east, north; degrees
 * @property {number} sideM
 * @property {number} from at least so many people
 * @property {string | null} category the one that most of them chose, when enough of them did; null: mixed
 */

export const squareRules = { sideM: 300, levels: 4, people: 3 };
const metresPerDegree = 111_320;
// numbers of people are told in steps alone
const steps = [3, 5, 10, 20, 40];
/** A number of marks, in steps too: one mark more or less is seldom seen. @param {number} count */
export const inSteps = (count) =>
  count < 10 ? (steps.filter((step) => step <= count).at(-1) ?? 0) : Math.floor(count / 10) * 10;

/** @param {Iterable<Place>} places */
const peopleIn = (places) => new Set([...places].map((place) => place.person)).size;

/** @param {Place[]} places @param {number} people @returns {string | null} */
function leading(places, people) {
  const categories = [...new Set(places.map((place) => place.category))];
  const counted = categories
    .map((id) => ({ id, count: peopleIn(places.filter((place) => place.category === id)) }))
    .sort((a, b) => b.count - a.count);
  const [first, second] = counted;
  return first.count >= people && first.count > (second?.count ?? 0) ? first.id : null;
}

/**
 * @param {Place[]} places
 * @param {number} lat of the middle of the area, degrees: squares are square there
 * @param {{sideM: number, levels: number, people: number}} [rules]
 * @returns {Square[]} the large ones first
 */
export function squaresOf(places, lat, { sideM, levels, people } = squareRules) {
  const high = sideM / metresPerDegree;
  const wide = high / Math.cos((lat * Math.PI) / 180);
  /** @type {Square[]} */
  const squares = [];
  let left = places;
  for (let level = 0; level < levels; level++) {
    const times = 2 ** level;
    /** @type {Map<string, {x: number, y: number, inside: Place[]}>} */
    const cells = new Map();
    for (const place of left) {
      const [x, y] = [Math.floor(place.lon / wide / times), Math.floor(place.lat / high / times)];
      const cell = cells.get(`${x} ${y}`) ?? { x, y, inside: [] };
      cells.set(`${x} ${y}`, cell);
      cell.inside.push(place);
    }
    left = [];
    for (const { x, y, inside } of cells.values()) {
      const count = peopleIn(inside);
      if (count < people) {
        left.push(...inside);
        continue;
      }
      const [west, south] = [x * wide * times, y * high * times];
      squares.unshift({
        bbox: [west, south, west + wide * times, south + high * times],
        sideM: sideM * times,
        from: steps.filter((step) => step <= Math.max(count, people)).at(-1) ?? people,
        category: leading(inside, people),
      });
    }
  }
  return squares;
}

/**
 * The rules at a zoom: squares that are seen from the back of the room, never smaller than the smallest.
 * @param {number} metresPerPixel @param {number} leastPx side of a square
 */
export function rulesAt(metresPerPixel, leastPx) {
  const { sideM, levels, people } = squareRules;
  const times = Math.max(0, Math.ceil(Math.log2((leastPx * metresPerPixel) / sideM)));
  return { sideM: sideM * 2 ** Math.min(times, 6), levels, people };
}

/** How many marks of each category at least, where enough people made them. @param {Place[]} places @param {number} [people] @returns {Map<string, number>} */
export function countsOf(places, people = squareRules.people) {
  const categories = [...new Set(places.map((place) => place.category))];
  const groups = categories.map((id) => /** @type {const} */ ([id, places.filter((one) => one.category === id)]));
  return new Map(groups.filter(([, all]) => peopleIn(all) >= people).map(([id, all]) => [id, inSteps(all.length)]));
}

/** The middle of what a mark covers. @param {GeoJSON.Geometry} geometry @returns {{lon: number, lat: number}} */
export function middle(geometry) {
  const flat = JSON.stringify('coordinates' in geometry ? geometry.coordinates : [])
    .match(/-?\d+(\.\d+)?(e-?\d+)?/g)
    ?.map(Number) ?? [0, 0];
  const [lons, lats] = [flat.filter((_, i) => i % 2 === 0), flat.filter((_, i) => i % 2 === 1)];
  const between = (/** @type {number[]} */ all) => (Math.min(...all) + Math.max(...all)) / 2;
  return { lon: between(lons), lat: between(lats) };
}
