// SPDX-License-Identifier: AGPL-3.0-or-later
// What of a person can be found on a tablet: words that must not be are looked for in all that a page and its
// browser let anybody see.
import assert from 'node:assert/strict';

/** What the participants' page keeps under a key. */
export const kept = (page, key) =>
  page.evaluate(
    (wanted) =>
      new Promise((resolve) => {
        indexedDB.open('repere-capture').onsuccess = ({ target: { result: db } }) => {
          const asked = db.transaction('kept').objectStore('kept').get(wanted);
          asked.onsuccess = () => (db.close(), resolve(asked.result));
        };
      }),
    key,
  );

/** What is in the page: markup, what stands in fields, its address, title and state, what it has fetched. */
export const shownOn = (page) =>
  page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      document.body.textContent,
      document.title,
      location.href,
      JSON.stringify(history.state),
      String(getSelection()),
      ...[...document.querySelectorAll('input, textarea, select')].map(({ value }) => value),
      ...performance.getEntriesByType('resource').map(({ name }) => name),
    ].join('\n'),
  );

/** What the browser keeps for the page, by place. */
export async function keptBy(page) {
  const inPage = await page.evaluate(async () => {
    const text = async (value) => (value instanceof Blob ? `blob of ${value.size}` : JSON.stringify(value));
    const found = { local: JSON.stringify(localStorage), session: JSON.stringify(sessionStorage) };
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise((resolve, reject) => {
        const asked = indexedDB.open(name);
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
      });
      for (const store of db.objectStoreNames) {
        const all = db.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all(
          [all.getAllKeys(), all.getAll()].map((asked) => new Promise((done) => (asked.onsuccess = () => done(asked.result)))),
        );
        for (let i = 0; i < keys.length; i++) found[`${name} ${keys[i]}`] = `${keys[i]} ${await text(values[i])}`;
      }
      db.close();
    }
    for (const name of (await globalThis.caches?.keys()) ?? [])
      for (const request of await (await caches.open(name)).keys()) {
        const held = await (await caches.open(name)).match(request);
        found[`cache ${request.url}`] = `${request.url} ${await held.text()}`;
      }
    return found;
  });
  return { ...inPage, cookies: JSON.stringify(await page.context().cookies()) };
}

/** @param {Record<string, string>} canaries words by what they are */
export function assertNone(text, canaries, where) {
  for (const [name, words] of Object.entries(canaries))
    assert.ok(!text.includes(words), `her ${name} is ${where}`);
}

/** Nowhere at all. */
export async function assertGone(page, canaries, when) {
  assertNone(await shownOn(page), canaries, `on the page ${when}`);
  for (const [place, text] of Object.entries(await keptBy(page))) assertNone(text, canaries, `in ${place} ${when}`);
}

/** Off and on again through the browser's history; what is there each time. @param {(when: string) => Promise<void>} look */
export async function walkHistory(page, origin, look) {
  for (const [step, count] of [['goBack', 3], ['goForward', 4]])
    for (let i = 1; i <= count; i++) {
      await page[step]({ waitUntil: 'commit' }).catch(() => null);
      if (page.url().startsWith(origin)) await look(`after ${step} ${i}`);
    }
}
