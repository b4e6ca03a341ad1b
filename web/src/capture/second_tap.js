// SPDX-License-Identifier: AGPL-3.0-or-later
// A finger that taps twice means one thing: the second tap of a pair does not press what the first has brought
// under it. Else one "yes" would agree to two questions.

/** @param {EventTarget} [page] */
export function createSecondTap(page = document) {
  /** @type {Element | null} */
  let pressed = null;
  /** @param {Event} event */
  function guard(event) {
    const button = /** @type {Element} */ (event.target).closest('button');
    // `detail` counts clicks that came fast, in one place
    if (/** @type {MouseEvent} */ (event).detail > 1 && button && button !== pressed) {
      event.stopImmediatePropagation();
      event.preventDefault();
    } else pressed = button;
  }
  page.addEventListener('click', guard, { capture: true });
  return { destroy: () => page.removeEventListener('click', guard, { capture: true }) };
}
