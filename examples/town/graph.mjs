// SPDX-License-Identifier: AGPL-3.0-or-later
// Streets as a plane graph: cut where they meet, dead ends taken off, and the blocks between them found
// by walking round each one.
import { area, distance, heading, meeting, mix, nearestOn, simplify } from './plane.mjs';

/** @typedef {import('./plane.mjs').P} P */
/** @typedef {import('./streets.mjs').Street} Street */
/** @typedef {{ring: P[], nodes: number[], widths: number[]}} Block ring counterclockwise, widths of the streets along its edges */

const cell_m = 80,
  snap_m = 4;

/** @param {Street[]} streets @returns {Block[]} */
export function findBlocks(streets) {
  const pieces = cutAtMeetings(streets);
  const { nodes, edges } = join(pieces);
  return walkFaces(nodes, withoutDeadEnds(edges));
}

/** @typedef {{a: P, b: P, width_m: number}} Piece */

/** @param {Street[]} streets @returns {Piece[]} */
function cutAtMeetings(streets) {
  /** @type {(Piece & {cuts: number[], first: boolean, last: boolean})[]} */
  const segments = [];
  for (const { line, width_m } of streets) {
    const points = simplify(line, 0.8);
    for (let i = 1; i < points.length; i++)
      segments.push({ a: points[i - 1], b: points[i], width_m, cuts: [0, 1], first: i === 1, last: i === points.length - 1 });
  }
  const cells = new Map();
  segments.forEach((segment, index) => {
    for (const key of cellsOf(segment.a, segment.b)) {
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(index);
    }
  });
  const seen = new Set();
  for (const list of cells.values()) {
    for (let m = 0; m < list.length; m++) {
      for (let n = m + 1; n < list.length; n++) {
        const pair = list[m] * segments.length + list[n];
        if (seen.has(pair)) continue;
        seen.add(pair);
        touch(segments[list[m]], segments[list[n]]);
      }
    }
  }
  return segments.flatMap(({ a, b, width_m, cuts }) => {
    const sorted = [...new Set(cuts)].sort((x, y) => x - y);
    return sorted.slice(1).map((t, i) => ({ a: mix(a, b, sorted[i]), b: mix(a, b, t), width_m }));
  });
}

/** Notes where two segments meet, or where an end of one nearly reaches the other. @param {any} one @param {any} two */
function touch(one, two) {
  const hit = meeting(one.a, one.b, two.a, two.b);
  if (hit) {
    one.cuts.push(hit.t);
    two.cuts.push(hit.u);
    return;
  }
  for (const [mine, other] of [[one, two], [two, one]]) {
    for (const [end, is] of [[mine.a, mine.first], [mine.b, mine.last]]) {
      const near = nearestOn(end, other.a, other.b);
      if (is && near.distance < snap_m) other.cuts.push(near.t);
    }
  }
} // prettier-ignore

/** @param {P} a @param {P} b */
function* cellsOf(a, b) {
  const pad = snap_m;
  const low = [Math.floor((Math.min(a[0], b[0]) - pad) / cell_m), Math.floor((Math.min(a[1], b[1]) - pad) / cell_m)],
    high = [Math.floor((Math.max(a[0], b[0]) + pad) / cell_m), Math.floor((Math.max(a[1], b[1]) + pad) / cell_m)];
  for (let i = low[0]; i <= high[0]; i++) for (let j = low[1]; j <= high[1]; j++) yield `${i},${j}`;
}

/** Ends that lie together become one node. @param {Piece[]} pieces */
function join(pieces) {
  /** @type {P[]} */
  const nodes = [];
  const cells = new Map();
  const nodeAt = (/** @type {P} */ p) => {
    const i = Math.floor(p[0] / snap_m),
      j = Math.floor(p[1] / snap_m);
    for (let x = i - 1; x <= i + 1; x++)
      for (let y = j - 1; y <= j + 1; y++)
        for (const node of cells.get(`${x},${y}`) ?? []) if (distance(nodes[node], p) < snap_m) return node;
    nodes.push(p);
    const key = `${i},${j}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(nodes.length - 1);
    return nodes.length - 1;
  };
  /** @type {Map<string, {a: number, b: number, width_m: number}>} */
  const edges = new Map();
  for (const { a, b, width_m } of pieces) {
    const [m, n] = [nodeAt(a), nodeAt(b)];
    if (m === n) continue;
    const key = m < n ? `${m},${n}` : `${n},${m}`,
      there = edges.get(key);
    if (!there) edges.set(key, { a: m, b: n, width_m });
    else there.width_m = Math.max(there.width_m, width_m);
  }
  return { nodes, edges: [...edges.values()] };
}

/** @param {{a: number, b: number, width_m: number}[]} edges */
function withoutDeadEnds(edges) {
  for (;;) {
    const degree = new Map();
    for (const { a, b } of edges) for (const n of [a, b]) degree.set(n, (degree.get(n) ?? 0) + 1);
    const left = edges.filter(({ a, b }) => degree.get(a) > 1 && degree.get(b) > 1);
    if (left.length === edges.length) return edges;
    edges = left;
  }
}

/** @param {P[]} nodes @param {{a: number, b: number, width_m: number}[]} edges @returns {Block[]} */
function walkFaces(nodes, edges) {
  /** @type {Map<number, {to: number, angle: number, width_m: number, used: boolean}[]>} */
  const out = new Map();
  const put = (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ width_m) => {
    const way = heading(nodes[from], nodes[to]);
    if (!out.has(from)) out.set(from, []);
    out.get(from)?.push({ to, angle: Math.atan2(way[1], way[0]), width_m, used: false });
  };
  for (const { a, b, width_m } of edges) {
    put(a, b, width_m);
    put(b, a, width_m);
  }
  for (const ways of out.values()) ways.sort((x, y) => x.angle - y.angle);
  /** @type {Block[]} */
  const blocks = [];
  for (const [start, ways] of out) {
    for (const first of ways) {
      if (first.used) continue;
      const round = [],
        widths = [];
      let from = start,
        way = first;
      while (!way.used) {
        way.used = true;
        round.push(from);
        widths.push(way.width_m);
        // at the far end, the next way clockwise from the one that leads back
        const there = /** @type {any[]} */ (out.get(way.to)),
          back = there.findIndex((w) => w.to === from);
        from = way.to;
        way = there[(back + there.length - 1) % there.length];
      }
      const ring = round.map((n) => nodes[n]);
      if (ring.length > 2 && area(ring) > 0) blocks.push({ ring, nodes: round, widths });
    }
  }
  return blocks;
}

/** The outlines of groups of blocks: edges that have the group on one side only, chained into rings. The largest ring of a group is given. @param {Block[]} blocks @param {(block: Block) => string | null} groupOf */
export function outlines(blocks, groupOf) {
  /** @type {Map<string, Map<string, [number, number]>>} */
  const groups = new Map();
  const places = new Map();
  for (const block of blocks) {
    const group = groupOf(block);
    if (group === null) continue;
    if (!groups.has(group)) groups.set(group, new Map());
    const edges = /** @type {Map<string, [number, number]>} */ (groups.get(group));
    block.nodes.forEach((from, i) => {
      const to = block.nodes[(i + 1) % block.nodes.length];
      places.set(from, block.ring[i]);
      if (!edges.delete(`${to},${from}`)) edges.set(`${from},${to}`, [from, to]);
    });
  }
  return [...groups].map(([group, edges]) => {
    const next = new Map();
    for (const [from, to] of edges.values()) {
      if (!next.has(from)) next.set(from, []);
      next.get(from).push(to);
    }
    /** @type {P[][]} */
    const rings = [];
    for (const [first] of edges.values()) {
      if (!next.get(first)?.length) continue;
      const walked = [first];
      for (let at = next.get(first).pop(); at !== undefined && at !== first; at = next.get(at)?.pop()) {
        const again = walked.indexOf(at); // a ring that touches itself is cut there
        if (again >= 0) walked.splice(again);
        walked.push(at);
      }
      rings.push(walked.map((n) => places.get(n)));
    }
    rings.sort((x, y) => Math.abs(area(y)) - Math.abs(area(x)));
    return { group, ring: rings[0] };
  });
}
