// SPDX-License-Identifier: AGPL-3.0-or-later
// The view as a picture that can stand alone: title, maps, legend, what the numbers are, credit, address.
import { legendsOf } from './legend.js';
import { paintMap, paintRow, paintSign, sizeOf } from './map_paint.js';
import { isFinding, urgencies } from './places.js';
import { createWords, titleOf } from './words.js';

const edge = 24,
  line = 20,
  paper = '#fffdf8',
  ink = '#1f2b2a',
  soft = '#55605d';

/**
 * @param {object} deps
 * @param {import('./page.js').App} deps.app
 * @param {import('./catalog.js').Edition} deps.edition
 * @param {import('./stage.js').Stage} deps.stage
 * @param {number} deps.ratio pixels of the picture a CSS pixel
 * @returns {HTMLCanvasElement}
 */
export function drawPicture({ app, edition, stage, ratio }) {
  const { i18n } = app;
  const panes = stage.panes();
  const sizes = panes.map(sizeOf);
  const gap = 12;
  const maps = sizes.reduce((sum, { width }) => sum + width + gap, -gap);
  const width = Math.max(640, maps) + 2 * edge;
  const tall = Math.max(...sizes.map(({ height }) => height));
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  const words = wordsOf(app, edition, stage);
  const family = getComputedStyle(document.body).fontFamily;
  const fonts = { title: `700 24px ${family}`, head: `700 16px ${family}`, text: `400 13px ${family}` };
  context.font = fonts.text;
  const foot = words.foot.flatMap((text) => wrap(context, text, width - 2 * edge));
  const legend = Math.max(...words.columns.map((rows) => rows.length)) * (line + 2) + 30;
  canvas.width = width * ratio;
  canvas.height = (edge + 64 + 28 + tall + 14 + legend + foot.length * 18 + edge) * ratio;
  context.scale(ratio, ratio);
  context.fillStyle = paper;
  context.fillRect(0, 0, canvas.width, canvas.height);

  const write = (
    /** @type {string} */ text,
    /** @type {number} */ x,
    /** @type {number} */ y,
    font = fonts.text,
    colour = ink,
  ) => {
    context.font = font;
    context.fillStyle = colour;
    context.textAlign = 'left';
    context.textBaseline = 'alphabetic';
    context.fillText(text, x, y, width - x - edge / 2);
  };
  write(edition.title, edge, edge + 22, fonts.title);
  write(words.edition, edge, edge + 46, fonts.text, soft);
  let x = edge;
  let y = edge + 64 + 28;
  panes.forEach((pane, i) => {
    write(words.panes[i] ?? '', x, y - 10, fonts.head);
    paintMap(context, pane, { x, y });
    context.strokeStyle = '#ddd2bf';
    context.strokeRect(x, y, sizes[i].width, sizes[i].height);
    x += sizes[i].width + gap;
  });
  y += tall + 14;
  write(words.legendTitle, edge, y + 14, fonts.head);
  words.columns.forEach((rows, column) =>
    rows.forEach((row, i) => {
      const left = edge + column * Math.max(220, (width - 2 * edge) / 3);
      const at = y + 26 + i * (line + 2);
      row.paint(context, left, at);
      write(row.text, left + 34, at + 13);
    }),
  );
  y += legend + 16;
  for (const text of foot) {
    write(text, edge, y, fonts.text, soft);
    y += 18;
  }
  return canvas;
}

/** @param {import('./page.js').App} app @param {import('./catalog.js').Edition} edition @param {import('./stage.js').Stage} stage */
function wordsOf({ i18n }, edition, stage) {
  const { t } = i18n;
  const words = createWords(i18n);
  const scene = stage.scene();
  const panes = scene?.panes ?? [];
  const legends = scene ? legendsOf(i18n, scene) : [];
  const exercise = edition.exercises.find(({ key }) => key === panes[0]?.slice.exercise);
  const credits = [
    ...new Set(
      stage
        .panes()
        .flatMap((pane) =>
          [...pane.element.querySelectorAll('.map-attribution span')].map((span) => span.textContent ?? ''),
        ),
    ),
  ];
  const marks = stage.panes()[0]?.marks() ?? [];
  const signs = Object.entries(urgencies)
    .filter(([id]) => marks.some((mark) => isFinding(mark) && mark.properties?.urgency === id))
    .map(([id, sign]) => ({ text: `${t('plan.layer.findings')}: ${t(`plan.find.urgency.${id}`)}`, sign }));
  if (marks.some((mark) => !isFinding(mark)))
    signs.push({ text: t('plan.layer.assets'), sign: { shape: 'square', colour: '#5d6b69' } });
  return {
    edition: words.edition(edition),
    panes: panes.map(({ slice, other }) =>
      other
        ? t('plan.compare.versus', { one: titleOf(i18n, slice), other: titleOf(i18n, other) })
        : titleOf(i18n, slice),
    ),
    legendTitle: legends.length === 1 ? legends[0].title : t('plan.legend.title'),
    columns: [
      legends
        .flatMap(({ title, rows }) =>
          rows.map((row) => (legends.length > 1 ? { ...row, text: `${title}: ${row.text}` } : row)),
        )
        .map((row) => ({ text: row.text, paint: paintRow(row) })),
      [
        ...(legends[0]?.others ?? []).map((row) => ({ text: row.text, paint: paintRow(row) })),
        ...signs.map(({ text, sign }) => ({
          text,
          paint: (
            /** @type {CanvasRenderingContext2D} */ context,
            /** @type {number} */ x,
            /** @type {number} */ y,
          ) => paintSign(context, sign, { x: x + 12, y: y + 8, size: 18 }),
        })),
      ],
    ],
    foot: [
      exercise ? t('plan.legend.floor', { floor: exercise.floor, noise: exercise.noise_max }) : '',
      [
        ...credits,
        t('plan.print.source', {
          title: edition.title,
          number: edition.edition,
          date: words.day(edition.published_on),
        }),
      ]
        .filter(Boolean)
        .join(' · '),
      location.href,
    ].filter(Boolean),
  };
}

/** @param {CanvasRenderingContext2D} context @param {string} text @param {number} width @returns {string[]} */
function wrap(context, text, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== undefined && context.measureText(`${last} ${word}`).width <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
