// SPDX-License-Identifier: AGPL-3.0-or-later
// The big buttons: what is it that is under the cross? With a choice of place, path or area where the
// exercise has one.
import { breakable, h } from '../core/dom.js';
import { categoryField, shapesOf } from '../core/exercise.js';
import { icon, shapeIcons } from '../core/icon.js';
import { createSymbol } from '../map/symbol.js';

/** @typedef {import("../core/exercise.js").Shape} Shape */
/** @typedef {import("../core/exercise.js").Option} Option */

/** @type {Shape[]} */
const shapes = ['point', 'line', 'area'];

/**
 * @param {object} deps
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {import("../core/aloud.js").Aloud} deps.aloud
 * @param {import("../core/exercise.js").Exercise} deps.exercise
 * @param {Shape} deps.shape the one last drawn
 * @param {boolean} deps.open whether marks can still be added
 * @param {(option: Option, shape: Shape) => void} deps.onChoose
 * @param {(shape: Shape) => void} deps.onShape
 */
export function createCategorySheet({ i18n, aloud, exercise, shape, open, onChoose, onShape }) {
  const { t, label } = i18n;
  const lang = i18n.languageOf(exercise.title);
  const options = categoryField(exercise).options ?? [];
  const offered = shapes.filter((s) => options.some((o) => shapesOf(exercise, o).includes(s)));
  const choosable = options.some((o) => shapesOf(exercise, o).length > 1);
  let drawn = offered.includes(shape) ? shape : offered[0];
  const asked = categoryField(exercise);
  const title = label(exercise.intro) || label(asked.label);
  const hint = h('p', { class: 'sheet-hint' });
  const longest = Math.max(
    ...options.flatMap((o) =>
      label(o.label)
        .split(/[\s/]/)
        .map((word) => word.length),
    ),
  );
  const layout = options.length > 6 ? 'many' : longest > 9 ? 'few' : 'few categories-tight';
  const buttons = h('div', { class: `categories categories-${layout}` });
  const switcher = h(
    'div',
    { class: 'segments', role: 'group', 'aria-label': t('draw.what') },
    offered.map((s) =>
      h(
        'button',
        { class: 'segment', type: 'button', data: { shape: s }, onclick: () => setShape(s) },
        icon(shapeIcons[s]),
        h('span', {}, t(`draw.${s}`)),
      ),
    ),
  );
  const element = h(
    'div',
    { class: 'sheet-body category-sheet' },
    h(
      'div',
      { class: 'with-aloud' },
      h('h2', { class: 'sheet-title', tabindex: '-1' }, h('bdi', { lang }, title)),
      aloud.button(() => [
        { text: title, item: asked.id, lang },
        ...options.map((option) => ({
          text: label(option.label),
          item: `${asked.id}.${option.id}`,
          lang,
          element: buttons.querySelector(`[data-option="${option.id}"]`),
        })),
      ]),
    ),
    open && h('div', { class: 'category-tools' }, hint, choosable && offered.length > 1 && switcher),
    open ? buttons : h('p', { class: 'note' }, icon('info'), h('span', {}, t('closed.text'))),
  );

  /** What this option is drawn as now. @param {Option} option @returns {Shape} */
  function shapeFor(option) {
    const allowed = shapesOf(exercise, option);
    return allowed.includes(drawn) ? drawn : allowed[0];
  }
  /** @param {Option} option */
  function categoryButton(option) {
    const kind = shapeFor(option);
    return h(
      'button',
      {
        class: 'category',
        type: 'button',
        data: { option: option.id },
        onclick: () => onChoose(option, kind),
      },
      createSymbol(option, { size: 52 }),
      h('span', { class: 'category-label' }, breakable(label(option.label), lang)),
      kind !== 'point' &&
        h('span', { class: 'category-kind' }, icon(shapeIcons[kind], { label: t(`draw.${kind}`) })),
    );
  }
  /** @param {Shape} next */
  function setShape(next) {
    drawn = next;
    for (const button of switcher.querySelectorAll('button'))
      button.setAttribute('aria-pressed', String(button.dataset.shape === drawn));
    hint.textContent = t(`draw.hint_${drawn}`);
    buttons.replaceChildren(...options.map(categoryButton));
    onShape(drawn);
  }
  setShape(drawn);
  return { element, destroy: () => element.remove() };
}
