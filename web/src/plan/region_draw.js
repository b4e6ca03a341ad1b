// SPDX-License-Identifier: AGPL-3.0-or-later
// Drawing regions on a canvas: the map on the screen and the picture that is saved are drawn alike.

/** @typedef {import('./regions.js').Region} Region */
/**
 * @typedef {object} View
 * @property {number} width CSS pixels
 * @property {number} height
 * @property {number} world side of the whole world, CSS pixels
 * @property {number} left world pixels of the left edge
 * @property {number} top
 * @property {number} ratio pixels of the canvas a CSS pixel
 */

const edge = '#22302f';

/**
 * @param {CanvasRenderingContext2D} context @param {View} view
 * @param {import('./scene.js').Pane} pane @param {{picked?: Region | null, pointed?: Region | null}} [marked]
 */
export function drawRegions(context, view, pane, { picked = null, pointed = null } = {}) {
  context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  context.clearRect(0, 0, view.width, view.height);
  drawVeil(context, view, pane.ground);
  const hatch = makeHatch(context, view);
  for (const region of seen(pane.regions, view)) {
    const { fill, hatched, sign } = pane.look(region);
    tracePath(context, view, region);
    if (fill) {
      context.globalAlpha = hatched ? 0.62 : 0.9;
      context.fillStyle = fill;
      context.fill('evenodd');
      context.globalAlpha = 1;
      if (hatched && hatch) {
        context.fillStyle = hatch;
        context.fill('evenodd');
      }
    }
    if (pane.kind !== 'heat') {
      context.lineWidth = 1;
      context.strokeStyle = fill ? 'rgb(255 253 248 / 90%)' : 'rgb(60 70 68 / 45%)';
      context.stroke();
    }
    if (sign) drawSign(context, view, region, sign);
  }
  if (pointed && pointed !== picked) drawOutline(context, view, pointed, 2);
  if (picked) drawOutline(context, view, picked, 3.5);
}

/** Regions that reach into the picture. @param {Region[]} regions @param {View} view */
function seen(regions, { world, left, top, width, height }) {
  return regions.filter(
    ({ box }) =>
      box.east * world >= left &&
      box.west * world <= left + width &&
      box.south * world >= top &&
      box.north * world <= top + height,
  );
}

/** @param {CanvasRenderingContext2D} context @param {View} view @param {Region} region */
function tracePath(context, { world, left, top }, { rings }) {
  context.beginPath();
  for (const ring of rings) {
    ring.forEach(({ x, y }, i) => {
      if (i === 0) context.moveTo(x * world - left, y * world - top);
      else context.lineTo(x * world - left, y * world - top);
    });
    context.closePath();
  }
}

/** Grey with dots where not enough people marked: everywhere but on the ground. @param {CanvasRenderingContext2D} context @param {View} view @param {Region[]} ground */
function drawVeil(context, view, ground) {
  context.fillStyle = '#dcd8d0';
  context.fillRect(0, 0, view.width, view.height);
  const dots = makeDots(context, view);
  if (dots) {
    context.fillStyle = dots;
    context.fillRect(0, 0, view.width, view.height);
  }
  context.globalCompositeOperation = 'destination-out';
  context.fillStyle = '#000';
  context.strokeStyle = '#000';
  context.lineWidth = 1.2; // no seams between neighbours
  for (const region of seen(ground, view)) {
    tracePath(context, view, region);
    context.fill('evenodd');
    context.stroke();
  }
  context.globalCompositeOperation = 'source-over';
}

/** @param {CanvasRenderingContext2D} context @param {View} view @param {Region} region @param {number} width */
function drawOutline(context, view, region, width) {
  tracePath(context, view, region);
  context.lineJoin = 'round';
  context.strokeStyle = '#fffdf8';
  context.lineWidth = width + 3;
  context.stroke();
  context.strokeStyle = edge;
  context.lineWidth = width;
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {View} view @param {Region} region @param {'up' | 'level' | 'down'} sign */
function drawSign(context, { world, left, top }, { middle, box }, sign) {
  const size = Math.min(9, ((box.east - box.west) * world) / 4);
  if (size < 3) return;
  const x = middle.x * world - left,
    y = middle.y * world - top;
  context.beginPath();
  if (sign === 'level') {
    context.rect(x - size, y - size * 0.7, size * 2, size * 0.45);
    context.rect(x - size, y + size * 0.25, size * 2, size * 0.45);
  } else {
    const up = sign === 'up' ? 1 : -1;
    context.moveTo(x, y - up * size);
    context.lineTo(x + size, y + up * size * 0.7);
    context.lineTo(x - size, y + up * size * 0.7);
    context.closePath();
  }
  context.fillStyle = edge;
  context.fill();
}

/** A pattern that stays where it is on the ground while the map is moved. @param {CanvasRenderingContext2D} context @param {View} view @param {number} side @param {(tile: CanvasRenderingContext2D) => void} draw */
function makePattern(context, { ratio, left, top }, side, draw) {
  const tile = document.createElement('canvas');
  tile.width = tile.height = Math.round(side * ratio);
  const inner = tile.getContext('2d');
  if (!inner) return null;
  inner.scale(tile.width / side, tile.width / side);
  draw(inner);
  const pattern = context.createPattern(tile, 'repeat');
  const scale = side / tile.width;
  pattern?.setTransform(new DOMMatrix([scale, 0, 0, scale, -(left % side), -(top % side)]));
  return pattern;
}

/** @param {CanvasRenderingContext2D} context @param {View} view */
function makeDots(context, view) {
  return makePattern(context, view, 10, (tile) => {
    tile.fillStyle = 'rgb(84 88 84 / 50%)';
    for (const [x, y] of [
      [2.5, 2.5],
      [7.5, 7.5],
    ]) {
      tile.beginPath();
      tile.arc(x, y, 0.8, 0, 7);
      tile.fill();
    }
  });
}

/** @param {CanvasRenderingContext2D} context @param {View} view */
function makeHatch(context, view) {
  return makePattern(context, view, 9, (tile) => {
    tile.strokeStyle = 'rgb(255 253 248 / 85%)';
    tile.lineWidth = 2;
    tile.beginPath();
    for (const from of [-9, 0, 9]) {
      tile.moveTo(from - 1, 10);
      tile.lineTo(from + 10, -1);
    }
    tile.stroke();
  });
}
