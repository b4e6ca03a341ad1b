// SPDX-License-Identifier: AGPL-3.0-or-later
// Streets that grow: from places along the streets that are there, a new one sets out to the side, follows
// the field and ends at a street, at the edge of its zone or where it would run too close beside another.
import { along, cross, distance, dot, heading, left, lengthOf, meeting, mix, resample } from './plane.mjs';

/** @typedef {import('./plane.mjs').P} P */
/** @typedef {{line: P[], kind: string, detail: string, name?: string, width_m: number, level: number}} Street */

const step_m = 10,
  cell_m = 50;

/** Samples of all streets, found by place. */
function createIndex() {
  /** @type {Map<number, {at: P, way: P, street: Street}[]>} */
  const cells = new Map();
  const key = (/** @type {number} */ i, /** @type {number} */ j) => i * 100003 + j;
  return {
    /** @param {Street} street */
    add(street) {
      const points = resample(street.line, step_m);
      for (let k = 0; k + 1 < points.length; k++) {
        const at = mix(points[k], points[k + 1], 0.5),
          cell = key(Math.floor(at[0] / cell_m), Math.floor(at[1] / cell_m));
        if (!cells.has(cell)) cells.set(cell, []);
        cells.get(cell)?.push({ at, way: heading(points[k], points[k + 1]), street });
      }
    },
    /** Whether the test holds for a sample within reach of p. @param {P} p @param {number} reach_m @param {(sample: {at: P, way: P, street: Street}) => boolean} test */
    some(p, reach_m, test) {
      const last_i = Math.floor((p[0] + reach_m) / cell_m),
        last_j = Math.floor((p[1] + reach_m) / cell_m);
      for (let i = Math.floor((p[0] - reach_m) / cell_m); i <= last_i; i++) {
        for (let j = Math.floor((p[1] - reach_m) / cell_m); j <= last_j; j++) {
          const cell = cells.get(key(i, j));
          if (cell && cell.some((sample) => distance(sample.at, p) <= reach_m && test(sample))) return true;
        }
      }
      return false;
    },
  };
}

/** What has the lowest rank comes out first (a binary heap). */
function createQueue() {
  /** @type {{rank: number, seed: {origin: Street, at: P, way: P}}[]} */
  const heap = [];
  const swap = (/** @type {number} */ i, /** @type {number} */ j) => ([heap[i], heap[j]] = [heap[j], heap[i]]);
  return {
    /** @param {number} rank @param {{origin: Street, at: P, way: P}} seed */
    push(rank, seed) {
      let i = heap.push({ rank, seed }) - 1;
      for (; i > 0 && heap[(i - 1) >> 1].rank > rank; i = (i - 1) >> 1) swap(i, (i - 1) >> 1);
    },
    pop() {
      const first = heap[0];
      const last = heap.pop();
      if (heap.length > 0 && last) {
        heap[0] = last;
        for (let i = 0; ; ) {
          let child = 2 * i + 1;
          if (child + 1 < heap.length && heap[child + 1].rank < heap[child].rank) child++;
          if (child >= heap.length || heap[child].rank >= heap[i].rank) break;
          swap(i, child);
          i = child;
        }
      }
      return first?.seed;
    },
  };
}

/** @param {{follow: (p: P, way: P) => P}} field @param {ReturnType<import('./random.mjs').createRandom>} random */
export function createStreets(field, random) {
  const index = createIndex();
  /** @type {Street[]} */
  const all = [];
  /** @param {Street} street */
  function add(street) {
    all.push(street);
    index.add(street);
  }

  /** A street runs beside p, about this way, closer than reach. @param {P} p @param {P} way @param {number} reach_m @param {P} start @param {Street} origin */
  function crowded(p, way, reach_m, start, origin) {
    return index.some(p, reach_m, ({ at, way: other, street }) => {
      if (Math.abs(dot(way, other)) < 0.8) return false;
      if (street === origin && distance(at, start) < reach_m * 1.5) return false;
      return dot(way, [at[0] - p[0], at[1] - p[1]]) > -5;
    });
  }
  /** The first street that segment a-b crosses. @param {P} a @param {P} b @param {Street | null} except */
  function crossed(a, b, except) {
    /** @type {{t: number, street: Street, steep: number} | null} */
    let best = null;
    index.some(mix(a, b, 0.5), distance(a, b) / 2 + 12, ({ at, way, street }) => {
      if (street === except) return false;
      const hit = meeting(a, b, along(at, way, -7), along(at, way, 7));
      if (hit && hit.t > 1e-6 && (!best || hit.t < best.t)) best = { t: hit.t, street, steep: Math.abs(cross(heading(a, b), way)) };
      return false;
    });
    return /** @type {{t: number, street: Street, steep: number} | null} */ (best);
  }

  /** @param {Street} origin @param {P} start @param {P} way @param {Growth} growth @returns {P[] | null} */
  function trace(origin, start, way, growth) {
    const { spacing_m, allowed } = growth;
    const line = [start];
    let p = start,
      joined = 0, // vertices up to the last street met
      run_m = 0;
    while (run_m < growth.longest_m) {
      way = field.follow(p, way);
      const q = along(p, way, step_m);
      const gap = spacing_m(q);
      const hit = crossed(p, q, line.length === 1 ? origin : null);
      if (hit && hit.street !== origin) {
        line.push(along(p, way, step_m * hit.t));
        joined = line.length;
        const goesOn = hit.street.level >= growth.level && hit.steep > 0.7 && random.chance(growth.crossing);
        if (!goesOn || !allowed(q)) return line;
      } else if (!allowed(q) || crowded(q, way, gap * 0.62, start, origin)) {
        // a short way on there may be a street to end at
        const far = along(p, way, gap * 0.9),
          end = crossed(p, far, null);
        if (end && end.street !== origin && end.steep > 0.5 && allowed(along(p, way, gap * 0.9 * end.t * 0.95)))
          return [...line, along(p, way, gap * 0.9 * end.t)];
        break;
      }
      line.push(q);
      p = q;
      run_m += step_m;
    }
    // a dead end stays when it is long enough to be lived in and short enough to be one
    const stub_m = lengthOf(line.slice(Math.max(0, joined - 1)));
    if (joined > 0 && (stub_m < 60 || stub_m > 320)) return line.slice(0, joined);
    if (joined === 0 && !growth.deadEnds) return null;
    return line;
  }

  /**
   * @typedef {object} Growth
   * @property {number} level the higher, the smaller the streets
   * @property {string} kind @property {string} detail @property {number} width_m
   * @property {(p: P) => number} spacing_m @property {(p: P) => boolean} allowed
   * @property {number} longest_m @property {number} shortest_m
   * @property {number} crossing how often a street goes on over another
   * @property {boolean} deadEnds
   * @property {(p: P) => number} rank where to begin
   */
  /** Grows streets of one kind until there is no room. @param {Growth} growth */
  function grow(growth) {
    const seeds = createQueue();
    const sow = (/** @type {Street} */ street) => {
      const gap = growth.spacing_m(street.line[Math.floor(street.line.length / 2)]);
      const points = resample(street.line, gap * random.between(0.95, 1.1));
      for (let k = 0; k + 1 < points.length; k++) {
        const at = mix(points[k], points[k + 1], random.between(0.35, 0.65)),
          side = left(heading(points[k], points[k + 1]));
        for (const way of [side, /** @type {P} */ ([-side[0], -side[1]])])
          seeds.push(growth.rank(at) * random.between(0.8, 1.25), { origin: street, at, way });
      }
    };
    all.forEach(sow);
    for (let seed = seeds.pop(); seed; seed = seeds.pop()) {
      const { origin, at, way } = seed;
      const gap = growth.spacing_m(at),
        out = along(at, way, gap * 0.5);
      if (!growth.allowed(out) || !growth.allowed(along(at, way, 12)) || crowded(along(at, way, 15), way, gap * 0.7, at, origin)) continue;
      const line = trace(origin, at, way, growth);
      if (!line || line.length < 2 || lengthOf(line) < growth.shortest_m) continue;
      const street = { line, kind: growth.kind, detail: growth.detail, width_m: growth.width_m, level: growth.level };
      add(street);
      sow(street);
    }
  }
  return { all, add, grow };
}
