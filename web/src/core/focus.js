// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the keyboard and the screen reader are after the screen changes.

const focusable =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), ' +
  "textarea:not([disabled]), [tabindex]:not([tabindex='-1'])";

/** Focuses the heading of a new screen (or the screen itself), so that it is read out. @param {HTMLElement} screen */
export function focusScreen(screen) {
  const target = /** @type {HTMLElement} */ (screen.querySelector('[data-focus], h1, h2') ?? screen);
  if (!target.matches(focusable)) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

/** Focuses the first control inside. @param {HTMLElement} element @returns {boolean} whether there was one */
export function focusFirst(element) {
  const target = /** @type {HTMLElement | null} */ (element.querySelector(focusable));
  target?.focus();
  return target !== null;
}

/**
 * Arrow keys move between the controls of a group (a list of tiles).
 * @param {HTMLElement} group
 */
export function arrowKeys(group) {
  group.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step || /** @type {HTMLElement} */ (event.target).matches('input:not([type=radio]), textarea'))
      return;
    const all = /** @type {HTMLElement[]} */ ([...group.querySelectorAll(focusable)]);
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (at < 0) return;
    const mirrored = event.key.endsWith('t') && getComputedStyle(group).direction === 'rtl' ? -step : step;
    all[(at + mirrored + all.length) % all.length].focus();
    event.preventDefault();
  });
}
