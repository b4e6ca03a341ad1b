// SPDX-License-Identifier: AGPL-3.0-or-later
// The control for one question, by its type. Each calls onAnswer with the value, undefined for none.
import { createLinkInput } from './link.js';
import { createNumberInput } from './number.js';
import { createScaleInput } from './scale.js';
import { createTextInput } from './text.js';
import { createTilesInput } from './tiles.js';

/**
 * @typedef {object} InputDeps
 * @property {import("../../core/i18n.js").I18n} i18n
 * @property {import("../../core/exercise.js").Field} field
 * @property {any} value
 * @property {() => {id: string, label: string, sign: import("../../map/symbol.js").Sign}[]} others
 * @property {(value: any) => void} onAnswer
 * @property {() => void} onward goes to the next question, after an answer that needs no more
 */

/** @param {InputDeps} deps @returns {HTMLElement} labelled by #question */
export function createInput(deps) {
  switch (deps.field.type) {
    case 'scale':
      return createScaleInput(deps);
    case 'number':
      return createNumberInput(deps);
    case 'text':
      return createTextInput(deps);
    case 'link':
      return createLinkInput(deps);
    default:
      return createTilesInput(deps);
  }
}
