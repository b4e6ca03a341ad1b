// SPDX-License-Identifier: AGPL-3.0-or-later
// What stands in a block: lots along its streets, and a building on each.
import { area, centroid, cross, dot, distanceToLine, heading, isSimple, left, leftPart, minus, pulledIn, simplify } from './plane.mjs';

/** @typedef {import('./plane.mjs').P} P */
/** @typedef {import('./graph.mjs').Block} Block */

/** The block inside its streets' kerbs; null when nothing is left. @param {Block} block @param {number} verge_m @returns {P[] | null} */
export function ground(block, verge_m) {
  // corners of the same straight street go, with the widest street of those that are joined
  const ring = simplify([...block.ring, block.ring[0]], 1.5).slice(0, -1);
  if (ring.length < 3) return null;
  const widths = ring.map((p) => block.widths[block.ring.indexOf(p)]);
  return pulledIn(ring, (edge) => widths[edge] / 2 + verge_m);
}

/** Direction of the longest side. @param {P[]} ring @returns {P} */
function longest(ring) {
  let best = 0,
    way = /** @type {P} */ ([1, 0]);
  ring.forEach((p, i) => {
    const q = ring[(i + 1) % ring.length],
      d = Math.hypot(q[0] - p[0], q[1] - p[1]);
    if (d > best) [best, way] = [d, heading(p, q)];
  });
  return way;
}

/** How far a ring reaches along a direction. @param {P[]} ring @param {P} way */
function span(ring, way) {
  const at = ring.map((p) => dot(p, way));
  return Math.max(...at) - Math.min(...at);
}

/** Cuts a ring across its longer side until each part is about `size_m2`. @param {P[]} ring @param {number} size_m2 @param {ReturnType<typeof import('./random.mjs').createRandom>} random @returns {P[][]} */
function lots(ring, size_m2, random) {
  const side = longest(ring),
    over = left(side),
    large = area(ring);
  if (large < size_m2 * random.between(1.1, 1.9)) return [ring];
  const cut = span(ring, side) >= span(ring, over) ? over : side;
  const middle = centroid(ring),
    shift = random.between(-0.08, 0.08) * span(ring, cut === over ? side : over),
    p = /** @type {P} */ ([middle[0] + (cut === over ? side : over)[0] * shift, middle[1] + (cut === over ? side : over)[1] * shift]);
  const parts = [leftPart(ring, p, cut), leftPart(ring, p, /** @type {P} */ ([-cut[0], -cut[1]]))];
  if (parts.some((part) => part.length < 3 || area(part) < large * 0.15 || !isSimple(part))) return [ring];
  return parts.flatMap((part) => lots(part, size_m2, random));
}

/** No corner sharper than a building's may be. @param {P[]} ring */
function isBuildable(ring) {
  return ring.every((p, i) => {
    const a = minus(ring[(i + ring.length - 1) % ring.length], p),
      b = minus(ring[(i + 1) % ring.length], p);
    return Math.atan2(Math.abs(cross(a, b)), dot(a, b)) > 0.6;
  });
}

/**
 * @param {P[]} block the ground between the kerbs
 * @param {{lot_m2: number, gap_m: [number, number], empty: number, least_m2: number}} style
 * @param {ReturnType<typeof import('./random.mjs').createRandom>} random
 */
export function buildings(block, style, random) {
  const kerb = [...block, block[0]];
  return lots(block, style.lot_m2, random).flatMap((lot) => {
    const atStreet = lot.some((p) => distanceToLine(p, kerb) < 1.5);
    if (!atStreet || area(lot) > 4 * style.lot_m2 || random.chance(style.empty)) return [];
    const gap = random.between(...style.gap_m),
      walls = pulledIn(simplify([...lot, lot[0]], 1).slice(0, -1), () => gap);
    return walls && area(walls) > style.least_m2 && isBuildable(walls) ? [walls] : [];
  });
}
