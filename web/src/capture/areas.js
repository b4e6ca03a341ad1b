// SPDX-License-Identifier: AGPL-3.0-or-later
// Base maps of the session's area, each in one file: what the server offers, what this tablet keeps. A file
// that came in part is kept in part and goes on from there.
import { createStore } from '../core/store.js';

/**
 * @typedef {{info: import("../map/basemap.js").BasemapInfo, etag: string, blob: Blob}} Area `info`: with the
 *   zooms of the file
 * @typedef {{name: string, bytes: number, tiles: number, minzoom: number, maxzoom: number}} Offered
 */

// so often a file that is arriving is put away
const putAwayBytes = 4_000_000;
// a server that is just cutting an area says BUSY: it takes a second or two
const busyMs = 1000;
const busyTries = 20;

/** @param {number} session @param {string} name */
export const areaKey = (session, name) => `area/${session}/${name}`;
/** @param {number} session @param {string} name */
const partKey = (session, name) => `part/${session}/${name}`;

/** @template T @param {() => Promise<T>} ask @param {AbortSignal} [signal] @returns {Promise<T>} */
async function whileBusy(ask, signal) {
  for (let tries = 1; ; tries++)
    try {
      return await ask();
    } catch (problem) {
      const { code } = /** @type {import("../core/api.js").Problem} */ (problem);
      if (code !== 'BUSY' || tries === busyTries || signal?.aborted) throw problem;
      await new Promise((again) => setTimeout(again, busyMs));
    }
}

/**
 * Fetches one area, or the rest of it.
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("../core/keep.js").Keep} deps.keep
 * @param {number} deps.session
 * @param {Offered} deps.offered
 * @param {import("../map/basemap.js").BasemapInfo} deps.info
 * @param {{signal: AbortSignal, progress: (received: number) => void}} job
 */
export async function fetchArea({ api, keep, session, offered, info }, { signal, progress }) {
  const { name } = offered;
  const part = await keep.get(partKey(session, name));
  let etag = part?.etag ?? '';
  /** @type {(Blob | Uint8Array<ArrayBuffer>)[]} */
  let pieces = part ? [part.blob] : [];
  let received = part?.blob.size ?? 0;
  let away = received;
  const type = 'application/vnd.pmtiles';
  const putAway = () => keep.put(partKey(session, name), { etag, blob: new Blob(pieces, { type }) });
  const fetchRest = () =>
    api.stream(`/api/sessions/${session}/basemaps/${encodeURIComponent(name)}`, {
      from: received,
      etag,
      signal,
      onHead(head) {
        etag = head.etag;
        if (head.from !== received) [pieces, received, away] = [[], 0, 0];
        progress(received);
      },
      onBytes(bytes) {
        pieces.push(bytes);
        received += bytes.length;
        progress(received);
        if (received - away < putAwayBytes) return;
        away = received;
        putAway().catch(() => {}); // said at the end, when the whole is put away
      },
    });
  try {
    await whileBusy(fetchRest, signal);
  } catch (error) {
    if (received > away) await putAway().catch(() => {});
    throw error;
  }
  await keep.put(areaKey(session, name), { info, etag, blob: new Blob(pieces, { type }) });
  await keep.remove(partKey(session, name));
}

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("../core/keep.js").Keep} deps.keep
 * @param {import("./downloads.js").Downloads} deps.downloads
 */
export function createAreas({ api, keep, downloads }) {
  /** @type {number | null} */
  let session = null;
  /** Told when one more is kept. */
  const changed = createStore(0);

  /** @param {number} of session @returns {Promise<Offered[]>} */
  async function ask(of) {
    try {
      return (await whileBusy(() => api.get(`/api/sessions/${of}/basemaps`))).items;
    } catch (problem) {
      const { status } = /** @type {import("../core/api.js").Problem} */ (problem);
      if (status >= 400 && status < 500) return []; // a server without areas
      throw problem;
    }
  }
  return {
    changed,
    /** What is kept of a base map of the present session. @param {string} name @returns {Promise<Area | undefined>} */
    find: async (name) => (session === null ? undefined : keep.get(areaKey(session, name))),
    /** Which session `find` speaks of. @param {number | null} id */
    open(id) {
      session = id;
    },
    /** Puts what is kept of a session on the list, for when the server cannot say what there is. @param {number} of */
    async offerKept(of) {
      const kept = await keep.list(areaKey(of, ''));
      const things = kept.map(([key, { blob }]) => ({ key, bytes: blob.size, kept: true, run: async () => {} }));
      if (session === of) downloads.offer(things);
    },
    /**
     * Puts what the server offers on the list of downloads, under the keys that are given back.
     * @param {number} of session @param {import("../map/basemap.js").BasemapInfo[]} infos of its base maps
     */
    async offer(of, infos) {
      const items = infos.length > 0 ? await ask(of) : [];
      /** @type {import("./downloads.js").Thing[]} */
      const things = [];
      for (const offered of items) {
        const known = infos.find((i) => i.name === offered.name);
        if (!known) continue;
        const info = { ...known, minzoom: offered.minzoom, maxzoom: offered.maxzoom };
        const kept = await keep.get(areaKey(of, offered.name));
        const part = await keep.get(partKey(of, offered.name));
        things.push({
          key: areaKey(of, offered.name),
          bytes: offered.bytes,
          // another size is another cut
          kept: kept?.blob.size === offered.bytes,
          received: Math.min(part?.blob.size ?? 0, offered.bytes),
          async run(job) {
            await fetchArea({ api, keep, session: of, offered, info }, job);
            changed.set((n) => n + 1);
          },
        });
      }
      if (session === of) downloads.offer(things);
      return things.map(({ key }) => key);
    },
  };
}
/** @typedef {ReturnType<typeof createAreas>} Areas */
