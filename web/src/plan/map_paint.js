// SPDX-License-Identifier: AGPL-3.0-or-later
// A map as it is on the screen, painted on a canvas: for the picture that is saved and for paper. Everything
// comes from this server, so that the canvas may be read.
import { middleOf } from '../map/markers.js';
import { inkOn, shapePaths } from '../map/shapes.js';
import { signOf } from './places.js';

/** @typedef {{x: number, y: number, width: number, height: number}} Frame CSS pixels */
/** @typedef {import('./pane.js').PaneWidget} PaneWidget */

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {PaneWidget} pane @param {{x: number, y: number}} corner where its upper left goes
 * @param {{numbers?: Map<string, number>}} [options] numbers of marks, written on them
 */
export function paintMap(context, pane, corner, { numbers } = {}) {
  const container = pane.map.getContainer();
  const seen = container.getBoundingClientRect();
  context.save();
  context.beginPath();
  context.rect(corner.x, corner.y, seen.width, seen.height);
  context.clip();
  context.translate(corner.x, corner.y);
  context.fillStyle = getComputedStyle(container).backgroundColor;
  context.fillRect(0, 0, seen.width, seen.height);
  paintTiles(context, container, seen);
  for (const canvas of container.querySelectorAll('.regions-pane canvas')) {
    context.globalCompositeOperation = 'multiply';
    paintElement(context, /** @type {HTMLCanvasElement} */ (canvas), seen);
    context.globalCompositeOperation = 'source-over';
  }
  paintPaths(context, container, seen);
  paintNames(context, container, seen);
  for (const mark of pane.marks()) {
    const { x, y } = pane.map.latLngToContainerPoint(middleOf(mark.geometry));
    paintSign(context, signOf(mark), { x, y, size: 24 }, numbers?.get(mark.id));
  }
  context.restore();
}

/** Tiles by layer, the lowest first. @param {CanvasRenderingContext2D} context @param {HTMLElement} container @param {DOMRect} seen */
function paintTiles(context, container, seen) {
  const layers = /** @type {HTMLElement[]} */ ([
    ...container.querySelectorAll('.leaflet-tile-pane > .leaflet-layer'),
  ]);
  layers.sort((a, b) => Number(a.style.zIndex) - Number(b.style.zIndex));
  for (const layer of layers) {
    context.globalAlpha = Number(layer.style.opacity || 1);
    for (const tile of layer.querySelectorAll('img, canvas'))
      if (tile instanceof HTMLCanvasElement || /** @type {HTMLImageElement} */ (tile).naturalWidth > 0)
        paintElement(context, /** @type {HTMLImageElement} */ (tile), seen);
    context.globalAlpha = 1;
  }
}

/** @param {CanvasRenderingContext2D} context @param {HTMLImageElement | HTMLCanvasElement} element @param {DOMRect} seen */
function paintElement(context, element, seen) {
  const { left, top, width, height } = element.getBoundingClientRect();
  if (width > 0 && element.width > 0)
    context.drawImage(element, left - seen.left, top - seen.top, width, height);
}

/** Outlines of overlays, and lines and areas of findings. @param {CanvasRenderingContext2D} context @param {HTMLElement} container @param {DOMRect} seen */
function paintPaths(context, container, seen) {
  for (const drawing of container.querySelectorAll('.leaflet-overlay-pane svg')) {
    const { left, top } = drawing.getBoundingClientRect();
    const [x, y] = (drawing.getAttribute('viewBox') ?? '0 0').split(' ').map(Number);
    context.save();
    context.translate(left - seen.left - x, top - seen.top - y);
    for (const path of drawing.querySelectorAll('path')) {
      const shape = new Path2D(path.getAttribute('d') ?? '');
      const read = (/** @type {string} */ name, /** @type {string} */ none) =>
        path.getAttribute(name) ?? none;
      if (read('fill', 'none') !== 'none') {
        context.globalAlpha = Number(read('fill-opacity', '1'));
        context.fillStyle = read('fill', '');
        context.fill(shape, 'evenodd');
      }
      if (read('stroke', 'none') !== 'none') {
        context.globalAlpha = Number(read('stroke-opacity', '1'));
        context.strokeStyle = read('stroke', '');
        context.lineWidth = Number(read('stroke-width', '1'));
        context.lineJoin = context.lineCap = 'round';
        context.stroke(shape);
      }
    }
    context.restore();
  }
}

/** @param {CanvasRenderingContext2D} context @param {HTMLElement} container @param {DOMRect} seen */
function paintNames(context, container, seen) {
  context.font = `600 12px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  for (const name of container.querySelectorAll('.overlay-label')) {
    const { left, top, width, height } = name.getBoundingClientRect();
    if (width === 0) continue;
    const at = /** @type {const} */ ([left - seen.left + width / 2, top - seen.top + height / 2]);
    context.strokeStyle = '#fffdf8';
    context.strokeText(name.textContent ?? '', ...at);
    context.fillStyle = '#4d5754';
    context.fillText(name.textContent ?? '', ...at);
  }
}

/**
 * The outline and colour of a sign; a number instead of its drawing.
 * @param {CanvasRenderingContext2D} context @param {import('../map/symbol.js').Sign} sign
 * @param {{x: number, y: number, size: number}} at its middle @param {number} [number]
 */
export function paintSign(context, { shape = 'circle', colour = '#5d6b69' }, { x, y, size }, number) {
  const path = new Path2D(shapePaths[shape] ?? shapePaths.circle);
  context.save();
  context.translate(x - size / 2, y - size / 2);
  context.scale(size / 40, size / 40);
  context.lineJoin = 'round';
  context.strokeStyle = '#ffffff';
  context.lineWidth = 6;
  context.stroke(path);
  context.fillStyle = colour;
  context.fill(path);
  context.strokeStyle = 'rgb(22 32 31 / 62%)';
  context.lineWidth = 1.6;
  context.stroke(path);
  if (number !== undefined) {
    context.fillStyle = inkOn(colour);
    context.font = `700 20px ${getComputedStyle(document.body).fontFamily}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(String(number), 20, shape === 'triangle' ? 25 : 21);
  }
  context.restore();
}

/** The box of a row of the legend. @param {import('./legend.js').Row} row @returns {(context: CanvasRenderingContext2D, x: number, y: number) => void} */
export function paintRow({ sign, colour = '#dcd8d0' }) {
  return (context, x, y) => {
    context.fillStyle = sign === 'clear' ? '#ffffff' : sign === 'unknown' ? '#dcd8d0' : colour;
    context.fillRect(x, y, 24, 16);
    context.save();
    context.beginPath();
    context.rect(x, y, 24, 16);
    context.clip();
    if (sign === 'hatched') {
      context.strokeStyle = '#fffdf8';
      context.lineWidth = 2;
      for (let at = x - 16; at < x + 24; at += 7) {
        context.beginPath();
        context.moveTo(at, y + 16);
        context.lineTo(at + 16, y);
        context.stroke();
      }
    }
    if (sign === 'unknown') {
      context.fillStyle = '#7d807c';
      for (let i = 0; i < 12; i++)
        context.fillRect(x + 2 + (i % 6) * 4, y + 4 + Math.floor(i / 6) * 6 + (i % 2) * 3, 1.5, 1.5);
    }
    context.restore();
    context.strokeStyle = '#8f846f';
    context.lineWidth = 1;
    context.strokeRect(x, y, 24, 16);
    if (sign === 'up' || sign === 'level' || sign === 'down') {
      context.fillStyle = '#22302f';
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.font = '11px sans-serif';
      context.fillText({ up: '▲', level: '=', down: '▼' }[sign], x + 12, y + 8.5);
    }
  };
}

/** How large a map is on the screen. @param {PaneWidget} pane */
export function sizeOf(pane) {
  const { width, height } = pane.map.getContainer().getBoundingClientRect();
  return { width, height };
}
