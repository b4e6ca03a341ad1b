// SPDX-License-Identifier: AGPL-3.0-or-later
// The code that puts a map into a page of another site. Pure.

/** @param {string} address @param {string} title @returns {string} for a page of another site */
export function embedCode(address, title) {
  const quoted = (/** @type {string} */ text) =>
    text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
  return `<iframe src="${quoted(address)}" title="${quoted(title)}" width="100%" height="520" loading="lazy" referrerpolicy="no-referrer"></iframe>`;
}
