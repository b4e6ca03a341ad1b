// SPDX-License-Identifier: AGPL-3.0-or-later
// Classes of people per square kilometre and their colours. Pure.

/** From few to many: pale to dark, yellow to blue, so that it reads in grey and with any colour vision. */
export const ramp = ['#f6e7a1', '#ddc15f', '#a6a479', '#55779a', '#1c3a70'];
const steps = [1, 2, 5, 10];

/** The largest of 1, 2, 5, 10, 20, 50 … that is not above a number. @param {number} value above 0 */
export function niceStep(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return Math.max(...steps.map((step) => step * power).filter((step) => step <= value * (1 + 1e-9)));
}

/**
 * Where classes begin, after the first: rising, in numbers that people read with ease, at most one fewer than
 * there are colours. Steps are even on a scale of square roots: finer where few people are, as most regions
 * are there, and the same for one busy square more or less.
 * @param {number[]} values people per km2 @param {number} [count] of classes
 */
export function breaksOf(values, count = ramp.length) {
  const known = values.filter((value) => value > 0);
  if (known.length === 0) return [];
  const low = Math.min(...known),
    high = Math.max(...known);
  if (high === low) return [];
  const round = niceStep(Math.max((high - low) / 10, high / 100));
  const wanted = Array.from({ length: count - 1 }, (_, i) => {
    const root = Math.sqrt(low) + ((i + 1) / count) * (Math.sqrt(high) - Math.sqrt(low));
    // a step that is fine enough for numbers of this size
    const step = Math.min(round, niceStep((root * root) / 2));
    return Number((Math.round((root * root) / step) * step).toPrecision(6));
  });
  return [...new Set(wanted)].filter((value) => value > low && value <= high);
}

/** The colour of a value. @param {number} value @param {number[]} breaks */
export function colourOf(value, breaks) {
  return rampFor(breaks)[breaks.filter((from) => value >= from).length];
}

/** The colours in use, spread over the whole ramp when there are fewer classes. @param {number[]} breaks */
export function rampFor(breaks) {
  const last = ramp.length - 1;
  if (breaks.length === 0) return [ramp[2]];
  return Array.from({ length: breaks.length + 1 }, (_, i) => ramp[Math.round((i / breaks.length) * last)]);
}

/** Rows of a legend, from few to many. @param {number[]} breaks @returns {{colour: string, from: number | null, to: number | null}[]} */
export function legendRows(breaks) {
  return rampFor(breaks).map((colour, i) => ({
    colour,
    from: i === 0 ? null : breaks[i - 1],
    to: i < breaks.length ? breaks[i] : null,
  }));
}

/** Shares as the edition gives them, and where each stands in five. */
export const shareBands = ['<20%', '20-40%', '40-60%', '60-80%', '>80%'];

/** How much of the ground lies in each band of shares; sums to 1 where any is known. @param {GeoJSON.Feature[]} features */
export function shareParts(features) {
  const areas = shareBands.map((band) =>
    features.reduce((sum, { properties }) => sum + (properties?.share === band ? properties.area_km2 : 0), 0),
  );
  const all = areas.reduce((sum, area) => sum + area, 0);
  return areas.map((area) => (all > 0 ? area / all : 0));
}

/** Higher, similar, lower: colour, and a sign beside it. */
export const differences = /** @type {const} */ ({
  higher: { colour: '#e08b2c', sign: 'up' },
  similar: { colour: '#cfc8b8', sign: 'level' },
  lower: { colour: '#7d70b0', sign: 'down' },
});
