// SPDX-License-Identifier: AGPL-3.0-or-later
// Chance that is the same every time: a generator from a seed, and smooth noise over the plane.

/** Numbers in [0, 1) (mulberry32). @param {number} seed */
export function createRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    between: (/** @type {number} */ low, /** @type {number} */ high) => low + (high - low) * next(),
    chance: (/** @type {number} */ share) => next() < share,
    /** @template T @param {T[]} list @returns {T} */
    pick: (list) => list[Math.floor(next() * list.length)],
    /** About normal, standard deviation 1. */
    normal: () => next() + next() + next() + next() + next() + next() - 3,
    /** @template T @param {T[]} list @returns {T[]} a shuffled copy */
    shuffled(list) {
      const copy = [...list];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = Math.floor(next() * (i + 1));
        [copy[i], copy[j]] = [copy[j], copy[i]];
      }
      return copy;
    },
  };
}

/** Smooth noise in [-1, 1] with features of about `size_m`, two octaves. @param {number} seed @param {number} size_m */
export function createNoise(seed, size_m) {
  const corner = (/** @type {number} */ i, /** @type {number} */ j) => {
    let h = Math.imul(i, 374761393) ^ Math.imul(j, 668265263) ^ Math.imul(seed, 2246822519);
    h = Math.imul(h ^ (h >>> 13), 1274126177);
    return ((h ^ (h >>> 16)) >>> 0) / 2147483648 - 1;
  };
  const ease = (/** @type {number} */ t) => t * t * (3 - 2 * t);
  const octave = (/** @type {number} */ x, /** @type {number} */ y) => {
    const i = Math.floor(x),
      j = Math.floor(y),
      u = ease(x - i),
      v = ease(y - j);
    const low = corner(i, j) * (1 - u) + corner(i + 1, j) * u;
    const high = corner(i, j + 1) * (1 - u) + corner(i + 1, j + 1) * u;
    return low * (1 - v) + high * v;
  };
  return (/** @type {number[]} */ [x, y]) =>
    (octave(x / size_m, y / size_m) + 0.5 * octave((2.1 * x) / size_m + 17, (2.1 * y) / size_m - 5)) / 1.5;
}
