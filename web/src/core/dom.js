// SPDX-License-Identifier: AGPL-3.0-or-later
// Building elements. Text always goes in as text nodes; nothing here reads markup.

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {{element: HTMLElement, destroy: () => void}} Widget */

/**
 * An element with attributes, listeners and children. `on<event>` is a listener, `class` a class
 * list, `data` a record of data attributes; true sets an empty attribute, false, null and undefined none.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [props]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(element, name, value);
  element.append(...nodes(children));
  return element;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/**
 * The same for SVG.
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...(Child | Child[])} children
 * @returns {SVGElement}
 */
export function svg(tag, props = {}, ...children) {
  const element = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(props)) setProp(element, name, value);
  element.append(...nodes(children));
  return element;
}

/** Puts new children in the place of the old ones. @param {Element} element @param {...(Child | Child[])} children */
export function replace(element, ...children) {
  element.replaceChildren(...nodes(children));
}

/** @param {Element} element @param {string} name @param {any} value */
function setProp(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
  else if (name === 'class') element.setAttribute('class', value);
  else if (name === 'data') Object.assign(/** @type {HTMLElement} */ (element).dataset, value);
  else if (name === 'vars') setVars(/** @type {HTMLElement} */ (element), value);
  else if (name === 'value') /** @type {HTMLInputElement} */ (element).value = value;
  else element.setAttribute(name, value === true ? '' : String(value));
}

/** Sets CSS custom properties: `{colour: "#123456"}` is `--colour`. @param {HTMLElement | SVGElement} element @param {Record<string, string>} vars */
export function setVars(element, vars) {
  for (const [name, value] of Object.entries(vars)) element.style.setProperty(`--${name}`, value);
}

/** @param {(Child | Child[])[]} children @returns {(Node | string)[]} */
function nodes(children) {
  return children
    .flat()
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (typeof child === 'number' ? String(child) : /** @type {Node | string} */ (child)));
}

/** Short texts in a row, a dot between them; empty ones are left out. @param {string[]} texts @returns {(Node | string)[]} */
export function dotted(texts) {
  return texts.filter(Boolean).flatMap((text, i) => [...(i > 0 ? [' · '] : []), h('bdi', {}, text)]);
}

/**
 * Words of an exercise, which may be in another language than the page and run the other way; they may part
 * after a stroke ("stop/station").
 * @param {string} text
 * @param {string} [lang] which, for screen readers
 */
export function breakable(text, lang) {
  const parts = text.replace(/\//g, '/\n').split('\n');
  return h('bdi', { lang }, ...parts.map((part, i) => [i > 0 && h('wbr'), part]));
}
