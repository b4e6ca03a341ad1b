// SPDX-License-Identifier: AGPL-3.0-or-later
// What is fetched at joining so that a whole session works with the server gone: the page itself, the
// session's languages and reference layers, and, when somebody says so, base maps of its area.
import { sessionKinds, sessionOf } from './session_keys.js';

// a room's first screen does not wait longer for the sizes of maps
const patienceMs = 4000;
// a tablet that starts again shows its map first
const behindMs = 1500;

/** @param {number} session */
const askedKey = (session) => `asked/${session}`;

/** Keys of what belongs to other sessions than this. @param {string[]} keys @param {number} session */
export function ofOthers(keys, session) {
  return keys.filter((key) => ![null, session].includes(sessionOf(key)));
}

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("../core/keep.js").Keep} deps.keep
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {import("./areas.js").Areas} deps.areas
 * @param {import("./downloads.js").Downloads} deps.downloads
 * @param {import("./recordings.js").Recordings} deps.recordings
 * @param {boolean} deps.pageKept something else keeps the page's files, with all its languages
 */
export function createAhead({ api, keep, i18n, areas, downloads, recordings, pageKept }) {
  /** @type {number | null} */
  let session = null;

  /** @param {number} mine */
  async function forgetOthers(mine) {
    for (const prefix of sessionKinds) {
      const keys = (await keep.list(prefix)).map(([key]) => key);
      for (const key of ofOthers(keys, mine)) await keep.remove(key);
    }
  }
  /** Layers that were asked for since the page began. @type {Map<number, Promise<any>>} */
  const asked = new Map();

  /** @param {number} of @param {number} id */
  async function fetchFeatures(of, id) {
    const features = await api.get(`/api/overlays/${id}/features`);
    await keep.put(`overlay/${of}/${id}`, features).catch(() => {});
    return features;
  }
  /** Once, unless it failed. @param {number} of @param {number} id */
  function askFeatures(of, id) {
    const now = asked.get(id) ?? fetchFeatures(of, id);
    asked.set(id, now);
    now.catch(() => asked.delete(id));
    return now;
  }
  /** Features of a reference layer: as kept, and kept anew behind it. @param {number} id */
  async function features(id) {
    const of = session ?? 0;
    const kept = await keep.get(`overlay/${of}/${id}`);
    const fresh = askFeatures(of, id);
    return kept ?? fresh;
  }
  /** Everything but what somebody is asked about first. @param {number} of @param {import("./page.js").Package} pack */
  async function fetchAll(of, pack) {
    await forgetOthers(of);
    for (const { id } of pack.overlays) askFeatures(of, id);
    await Promise.allSettled([i18n.bring(pack.session.languages), recordings.bring(of)]);
    if (!pageKept) await i18n.bring(i18n.offered.map(({ code }) => code));
  }
  return {
    features,
    /**
     * @param {number} of the session
     * @param {import("./page.js").Package} pack
     * @param {boolean} fresh somebody has just joined; else she goes on at once, and the rest comes behind
     * @returns {Promise<boolean>} whether maps can be fetched that nobody on this tablet was asked about
     */
    async begin(of, pack, fresh) {
      if (session !== of) downloads.clear();
      session = of;
      areas.open(of);
      const offer = async () => {
        await areas.offerKept(of);
        return areas.offer(of, pack.base_maps ?? []);
      };
      if (!fresh) {
        setTimeout(() => Promise.allSettled([fetchAll(of, pack), offer()]), behindMs);
        return false;
      }
      fetchAll(of, pack).catch(() => {});
      const keys = offer().catch(() => /** @type {string[]} */ ([]));
      if (await keep.get(askedKey(of))) return false;
      const late = new Promise((done) => setTimeout(() => done([]), patienceMs));
      const found = /** @type {string[]} */ (await Promise.race([keys, late]));
      return found.some((key) => downloads.find(key)?.state === 'offered');
    },
    /** The server is back: what failed goes on, and what could not be asked is asked. @param {import("./page.js").Package} pack */
    async again(pack) {
      if (session === null) return;
      downloads.resume();
      fetchAll(session, pack).catch(() => {});
      await areas.offer(session, pack.base_maps ?? []).catch(() => []);
    },
    /** Nobody needs to be asked again here. */
    answered: () => (session === null ? Promise.resolve() : keep.put(askedKey(session), true)),
  };
}
/** @typedef {ReturnType<typeof createAhead>} Ahead */
