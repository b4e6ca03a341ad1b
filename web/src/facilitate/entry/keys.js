// SPDX-License-Identifier: AGPL-3.0-or-later
// Which key stands for which choice. Pure. Digits are taken by the place of the key: on a French keyboard the
// upper row gives them with Shift alone.

/** "1" to "9", then "a", "b", ...; '' where they run out. @param {number} index */
export function keyFor(index) {
  if (index < 9) return String(index + 1);
  return index < 35 ? String.fromCharCode(97 + index - 9) : '';
}

/**
 * The digit or small letter of a key; '' for any other, and with Ctrl, Alt or Meta.
 * @param {{key: string, code: string, ctrlKey: boolean, altKey: boolean, metaKey: boolean}} event
 */
export function keyOf({ key, code, ctrlKey, altKey, metaKey }) {
  if (ctrlKey || altKey || metaKey) return '';
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code);
  if (digit) return digit[1];
  return /^[0-9a-zA-Z]$/.test(key) ? key.toLowerCase() : '';
}
