// SPDX-License-Identifier: AGPL-3.0-or-later
import { query } from '../core/api.js';

/**
 * All pages of a list.
 * @param {import('../core/api.js').Api} api @param {string} path @param {"features" | "items"} [member]
 * @returns {Promise<any[]>}
 */
export async function loadAll(api, path, member = 'items') {
  const all = [];
  let cursor = null;
  do {
    const page = await api.get(path + query({ limit: 1000, cursor }));
    all.push(...page[member]);
    cursor = page.next;
  } while (cursor);
  return all;
}
