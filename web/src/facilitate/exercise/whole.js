// SPDX-License-Identifier: AGPL-3.0-or-later
// What holds for an exercise as a whole: title, the one question, languages, precision, what may be drawn.
import { h, replace } from '../../core/dom.js';
import { icon, shapeIcons } from '../../core/icon.js';
import { field, selectInput, toggle } from '../form.js';
import { precisionOptions } from '../precision.js';
import { addLanguage, languagesOf, removeLanguage, setShapes } from './document.js';
import { createTexts } from './texts.js';

/** Offered for adding; those the pages speak come first. */
const common =
  'am ar bg bn ckb cs da de el es et fa fi ga hi hr hu it ja kmr ko ku lt lv mt nl no pa pl ps pt ro ru sk sl so sq sr sv ta ti tr uk ur vi zh'.split(
    ' ',
  );
/** @typedef {import('../../core/exercise.js').Shape} Shape */

/** @param {{editing: import('./editor.js').Editing, onLanguages: () => void}} deps */
export function createWhole({ editing: { app, doc, note }, onLanguages }) {
  const { t, autonym, offered } = app.i18n;
  const words = h('div', { class: 'stack' });
  const languages = h('ul', { class: 'badges' });
  const more = selectInput([], '', {
    'aria-label': t('staff.editor.add_language'),
    onchange: () => add(more.value),
  });
  const precision = field({
    label: t('staff.form.precision'),
    hint: t('staff.editor.precision_hint'),
    input: selectInput([], '', { onchange: () => (doc.precision_m = Number(precision.input.value)) }),
  });
  const sensitive = toggle(
    t('staff.editor.sensitive'),
    doc.sensitivity === 'sensitive',
    t('staff.editor.sensitive_hint'),
  );
  sensitive.element.addEventListener('change', () => {
    doc.sensitivity = sensitive.value() ? 'sensitive' : 'standard';
    drawPrecision();
  });
  const shapes = /** @type {Shape[]} */ (['point', 'line', 'area']).map((shape) => {
    const one = toggle(
      t(`staff.editor.shape_${shape}`),
      doc.geometry.includes(shape),
      undefined,
      icon(shapeIcons[shape]),
    );
    one.element.addEventListener('change', () => choose(one));
    return { shape, ...one };
  });

  /** One at least may be drawn. @param {{element: HTMLElement}} changed */
  function choose(changed) {
    const chosen = shapes.filter((one) => one.value()).map((one) => one.shape);
    if (chosen.length === 0)
      /** @type {HTMLInputElement} */ (changed.element.querySelector('input')).checked = true;
    else setShapes(doc, chosen);
  }
  function drawPrecision() {
    const allowed = precisionOptions(t, doc);
    if (!allowed.some(([value]) => Number(value) === doc.precision_m))
      doc.precision_m = Number(allowed[0][0]);
    replace(
      precision.input,
      allowed.map(([value, text]) => h('option', { value }, text)),
    );
    precision.input.value = String(doc.precision_m);
  }
  function drawWords() {
    const codes = languagesOf(doc);
    const free = [...new Set([...offered.map((one) => one.code), ...common])].filter(
      (code) => !codes.includes(code),
    );
    replace(
      languages,
      codes.map((code) => h('li', { class: 'badge' }, autonym(code), codes.length > 1 && removeButton(code))),
    );
    replace(
      more,
      h('option', { value: '' }, t('staff.editor.add_language')),
      free.map((code) => h('option', { value: code, lang: code }, autonym(code))),
    );
    replace(
      words,
      createTexts({ app, title: t('staff.editor.title'), text: doc.title }),
      createTexts({ app, title: t('staff.editor.intro'), text: (doc.intro ??= {}) }),
    );
  }
  /** @param {string} code */
  const removeButton = (code) =>
    h(
      'button',
      {
        class: 'badge-button',
        type: 'button',
        'aria-label': t('staff.editor.remove_language', { language: autonym(code) }),
        onclick: () => remove(code),
      },
      icon('close'),
    );
  /** @param {string} code */
  function add(code) {
    if (code) addLanguage(doc, code);
    redraw();
  }
  /** @param {string} code */
  function remove(code) {
    removeLanguage(doc, code);
    redraw();
  }
  function redraw() {
    note();
    drawWords();
    onLanguages();
    more.focus();
  }
  drawWords();
  drawPrecision();
  const element = h(
    'section',
    { class: 'card stack' },
    h('h2', {}, t('staff.editor.words')),
    h(
      'div',
      { class: 'field' },
      h('p', { class: 'field-label' }, t('staff.form.languages')),
      h('p', { class: 'field-hint' }, t('staff.editor.languages_hint')),
      h('div', { class: 'language-row' }, languages, more),
    ),
    words,
    h(
      'div',
      { class: 'field', role: 'group', 'aria-label': t('staff.editor.shapes') },
      h('p', { class: 'field-label' }, t('staff.editor.shapes')),
      h(
        'div',
        { class: 'toggles' },
        shapes.map((one) => one.element),
      ),
    ),
    sensitive.element,
    precision.element,
  );
  return { element, destroy: () => element.remove() };
}
