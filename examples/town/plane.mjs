// SPDX-License-Identifier: AGPL-3.0-or-later
// Geometry of the plane: positions are [x east, y north] in metres around the town's middle. Rings are
// lists of positions without a repeated last one.

/** @typedef {[number, number]} P */

export const minus = (/** @type {P} */ a, /** @type {P} */ b) => /** @type {P} */ ([a[0] - b[0], a[1] - b[1]]);
export const along = (/** @type {P} */ a, /** @type {P} */ way, /** @type {number} */ d) =>
  /** @type {P} */ ([a[0] + way[0] * d, a[1] + way[1] * d]);
export const dot = (/** @type {P} */ a, /** @type {P} */ b) => a[0] * b[0] + a[1] * b[1];
export const cross = (/** @type {P} */ a, /** @type {P} */ b) => a[0] * b[1] - a[1] * b[0];
export const distance = (/** @type {P} */ a, /** @type {P} */ b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
export const left = (/** @type {P} */ way) => /** @type {P} */ ([-way[1], way[0]]);
export const mix = (/** @type {P} */ a, /** @type {P} */ b, /** @type {number} */ t) =>
  /** @type {P} */ ([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
/** Unit vector from a to b. @param {P} a @param {P} b @returns {P} */
export function heading(a, b) {
  const d = distance(a, b) || 1;
  return [(b[0] - a[0]) / d, (b[1] - a[1]) / d];
}

/** A curve through points (Catmull and Rom), a vertex about every `step` metres. @param {P[]} points @param {boolean} closed @param {number} step @returns {P[]} */
export function curve(points, closed, step) {
  const n = points.length;
  const at = (/** @type {number} */ i) => (closed ? points[(i + n) % n] : points[Math.max(0, Math.min(n - 1, i))]);
  /** @type {P[]} */
  const out = [];
  for (let i = 0; i < (closed ? n : n - 1); i++) {
    const [p, a, b, q] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const pieces = Math.max(1, Math.round(distance(a, b) / step));
    for (let k = 0; k < pieces; k++) {
      const t = k / pieces;
      const axis = (/** @type {0 | 1} */ c) =>
        0.5 *
        (2 * a[c] + (b[c] - p[c]) * t + (2 * p[c] - 5 * a[c] + 4 * b[c] - q[c]) * t * t + (3 * a[c] - p[c] - 3 * b[c] + q[c]) * t * t * t);
      out.push([axis(0), axis(1)]);
    }
  }
  if (!closed) out.push(points[n - 1]);
  return out;
}

/** @param {P[]} line */
export function lengthOf(line) {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += distance(line[i - 1], line[i]);
  return sum;
}

/** Vertices every `step` metres of a line, its ends kept. @param {P[]} line @param {number} step @returns {P[]} */
export function resample(line, step) {
  const pieces = Math.max(1, Math.round(lengthOf(line) / step)),
    each = lengthOf(line) / pieces;
  const out = [line[0]];
  let gone = 0;
  for (let i = 1; i < line.length; i++) {
    const d = distance(line[i - 1], line[i]);
    while (out.length < pieces && gone + d >= each * out.length - 1e-9)
      out.push(mix(line[i - 1], line[i], d === 0 ? 0 : (each * out.length - gone) / d));
    gone += d;
  }
  out.push(line[line.length - 1]);
  return out;
}

/** The line moved to its left by offset(share of the length). @param {P[]} line @param {(share: number) => number} offset @returns {P[]} */
export function beside(line, offset) {
  return line.map((p, i) => {
    const way = heading(line[Math.max(0, i - 1)], line[Math.min(line.length - 1, i + 1)]);
    return along(p, left(way), offset(i / (line.length - 1)));
  });
}

/** Positive when counterclockwise. @param {P[]} ring */
export function area(ring) {
  let sum = 0;
  for (let i = 0; i < ring.length; i++) sum += cross(ring[i], ring[(i + 1) % ring.length]);
  return sum / 2;
}

/** @param {P[]} ring @returns {P} */
export function centroid(ring) {
  let x = 0,
    y = 0,
    sum = 0;
  const [ox, oy] = ring[0];
  for (let i = 0; i < ring.length; i++) {
    const a = minus(ring[i], [ox, oy]),
      b = minus(ring[(i + 1) % ring.length], [ox, oy]),
      c = cross(a, b);
    x += (a[0] + b[0]) * c;
    y += (a[1] + b[1]) * c;
    sum += 3 * c;
  }
  return sum === 0 ? ring[0] : [ox + x / sum, oy + y / sum];
}

/** @param {P} p @param {P[]} ring */
export function inside([x, y], ring) {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i],
      [bx, by] = ring[j];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

/** Where segments a-b and c-d meet, as shares of both; null when they do not. @param {P} a @param {P} b @param {P} c @param {P} d */
export function meeting(a, b, c, d) {
  const r = minus(b, a),
    s = minus(d, c),
    bottom = cross(r, s);
  if (Math.abs(bottom) < 1e-9) return null;
  const t = cross(minus(c, a), s) / bottom,
    u = cross(minus(c, a), r) / bottom;
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? { t, u } : null;
}

/** @param {P} p @param {P} a @param {P} b */
export function nearestOn(p, a, b) {
  const d = minus(b, a),
    t = Math.max(0, Math.min(1, dot(minus(p, a), d) / (dot(d, d) || 1))),
    at = along(a, d, t);
  return { at, t, distance: distance(p, at) };
}

/** @param {P} p @param {P[]} line */
export function distanceToLine(p, line) {
  let best = Infinity;
  for (let i = 1; i < line.length; i++) best = Math.min(best, nearestOn(p, line[i - 1], line[i]).distance);
  return best;
}

/** No two edges that are not neighbours meet. @param {P[]} ring */
export function isSimple(ring) {
  const n = ring.length;
  if (n < 3) return false;
  for (let i = 0; i < n; i++) {
    for (let j = i + 2; j < n; j++) {
      if (i === 0 && j === n - 1) continue;
      if (meeting(ring[i], ring[i + 1], ring[j], ring[(j + 1) % n])) return false;
    }
  }
  return true;
}

/** The part of a ring on the left of a line through p. @param {P[]} ring @param {P} p @param {P} way @returns {P[]} */
export function leftPart(ring, p, way) {
  const depth = (/** @type {P} */ q) => cross(way, minus(q, p));
  /** @type {P[]} */
  const out = [];
  ring.forEach((b, i) => {
    const a = ring[(i + ring.length - 1) % ring.length],
      da = depth(a),
      db = depth(b);
    if (da < 0 !== db < 0) out.push(mix(a, b, da / (da - db)));
    if (db >= 0) out.push(b);
  });
  return out;
}

/** Drops vertices that lie within `tolerance` of their neighbours' line. @param {P[]} line @param {number} tolerance @returns {P[]} */
export function simplify(line, tolerance) {
  const keep = new Set([0, line.length - 1]),
    spans = [[0, line.length - 1]];
  while (spans.length > 0) {
    const [from, to] = /** @type {number[]} */ (spans.pop());
    let worst = tolerance,
      at = 0;
    for (let i = from + 1; i < to; i++) {
      const d = nearestOn(line[i], line[from], line[to]).distance;
      if (d > worst) [worst, at] = [d, i];
    }
    if (at === 0) continue;
    keep.add(at);
    spans.push([from, at], [at, to]);
  }
  return line.filter((_, i) => keep.has(i));
}

/** A ring pulled in by inset(edge number) metres along each edge; null when nothing sound is left. @param {P[]} ring counterclockwise @param {(edge: number) => number} inset @returns {P[] | null} */
export function pulledIn(ring, inset) {
  const n = ring.length;
  const lines = ring.map((a, i) => {
    const way = heading(a, ring[(i + 1) % n]);
    return { p: along(a, left(way), inset(i)), way };
  });
  /** @type {P[]} */
  const out = [];
  for (let i = 0; i < n; i++) {
    const before = lines[(i + n - 1) % n],
      after = lines[i],
      bend = cross(before.way, after.way);
    const t = Math.abs(bend) < 0.05 ? 0 : cross(minus(after.p, before.p), after.way) / bend;
    const corner = Math.abs(bend) < 0.05 ? after.p : along(before.p, before.way, t);
    if (distance(corner, ring[i]) > 60) return null;
    out.push(corner);
  }
  const turned = out.some((p, i) => dot(minus(out[(i + 1) % n], p), lines[i].way) <= 0);
  if (turned || area(out) < 1 || !isSimple(out)) return null;
  return out;
}
