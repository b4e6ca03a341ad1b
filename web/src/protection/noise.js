// SPDX-License-Identifier: AGPL-3.0-or-later
// What would be published for so many people: the method of server/publish/cube_noise.c, with its table of
// chances, but no key. Pure.

/**
 * @typedef {object} Profile
 * @property {number} floor k: nobody is shown in a set below it
 * @property {number} noiseMax D
 * @property {number} variance V
 * @property {number} baseM side of the smallest square, metres
 */
/** @type {{standard: Profile, sensitive: Profile}} */
export const profiles = {
  standard: { floor: 5, noiseMax: 5, variance: 5, baseM: 250 },
  sensitive: { floor: 10, noiseMax: 8, variance: 12, baseM: 500 },
};

/** @param {number} max */
const steps = (max) => Array.from({ length: 2 * max + 1 }, (_, i) => i - max);

/** @param {number} max @param {number} lambda */
function varianceOf(max, lambda) {
  let weights = 0;
  let squares = 0;
  for (const e of steps(max)) {
    const weight = Math.exp(-lambda * e * e);
    weights += weight;
    squares += weight * e * e;
  }
  return squares / weights;
}

/**
 * The chance of each change from -max to max: exp(-lambda e^2), with lambda such that the variance is met.
 * A wider variance than the even distribution has gives the even one.
 * @param {number} max @param {number} variance
 */
export function noiseChances(max, variance) {
  let [low, high] = [0, 1000];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (varianceOf(max, middle) > variance) low = middle;
    else high = middle;
  }
  const weights = steps(max).map((e) => Math.exp((-(low + high) / 2) * e * e));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** To the nearest 5, of a sum that is not below 0. @param {number} sum */
export const rounded = (sum) => 5 * Math.floor(sum / 5 + 1 / 2);

/**
 * What may come out for so many people of two workshops or more, with how likely it is before the draw;
 * null: not shown. The likeliest is not always the first: rising, "not shown" first.
 * @param {number} people @param {Profile} profile
 * @returns {{value: number | null, chance: number}[]}
 */
export function outcomes(people, { floor, noiseMax, variance }) {
  if (people < floor) return [{ value: null, chance: 1 }];
  /** @type {Map<number | null, number>} */
  const found = new Map();
  noiseChances(noiseMax, variance).forEach((chance, i) => {
    const sum = people + i - noiseMax;
    const value = sum >= floor + noiseMax ? rounded(sum) : null;
    found.set(value, (found.get(value) ?? 0) + chance);
  });
  return [...found].map(([value, chance]) => ({ value, chance })).sort((a, b) => (a.value ?? -1) - (b.value ?? -1));
}

/** Chances as whole numbers that add up to 100: who loses most by rounding down is rounded up. @param {number[]} chances */
export function ofHundred(chances) {
  const whole = chances.map((chance) => Math.floor(100 * chance + 1e-9));
  const lost = chances.map((chance, i) => ({ i, by: 100 * chance - whole[i] })).sort((a, b) => b.by - a.by);
  const missing = 100 - whole.reduce((sum, one) => sum + one, 0);
  for (const { i } of lost.slice(0, missing)) whole[i] += 1;
  return whole;
}
