// SPDX-License-Identifier: AGPL-3.0-or-later
// What is fetched at joining so that a whole session works with the server gone: the page itself, the
// session's languages and reference layers, and, when somebody says so, base maps of its area.

// a room's first screen does not wait longer for the sizes of maps
const patienceMs = 4000;
const ofSessions = ['package/', 'asked/', 'area/', 'part/', 'overlay/', 'recording/'];

/** @param {number} session */
const askedKey = (session) => `asked/${session}`;

/** Keys of what belongs to other sessions than this. @param {string[]} keys @param {number} session */
export function ofOthers(keys, session) {
  const [mine, all] = [String(session), ofSessions];
  return keys.filter((key) => all.some((p) => key.startsWith(p)) && key.split('/')[1] !== mine);
}

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("../core/keep.js").Keep} deps.keep
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {import("./areas.js").Areas} deps.areas
 * @param {import("./downloads.js").Downloads} deps.downloads
 * @param {import("./recordings.js").Recordings} deps.recordings
 */
export function createAhead({ api, keep, i18n, areas, downloads, recordings }) {
  /** @type {number | null} */
  let session = null;

  /** @param {number} mine */
  async function forgetOthers(mine) {
    for (const prefix of ofSessions) {
      const keys = (await keep.list(prefix)).map(([key]) => key);
      for (const key of ofOthers(keys, mine)) await keep.remove(key);
    }
  }
  /** @param {number} of @param {number} id */
  async function fetchFeatures(of, id) {
    const features = await api.get(`/api/overlays/${id}/features`);
    await keep.put(`overlay/${of}/${id}`, features).catch(() => {});
    return features;
  }
  /** Features of a reference layer: as kept, and kept anew behind it. @param {number} id */
  async function features(id) {
    const of = session ?? 0;
    const kept = await keep.get(`overlay/${of}/${id}`);
    const asked = fetchFeatures(of, id);
    if (!kept) return asked;
    asked.catch(() => {});
    return kept;
  }
  return {
    features,
    /**
     * @param {number} of the session
     * @param {import("./page.js").Package} pack
     * @returns {Promise<boolean>} whether maps can be fetched that nobody on this tablet was asked about
     */
    async begin(of, pack) {
      if (session !== of) downloads.clear();
      session = of;
      areas.open(of);
      forgetOthers(of).catch(() => {});
      i18n.bring(pack.session.languages).catch(() => {});
      for (const { id } of pack.overlays) features(id).catch(() => {});
      recordings.bring(of).catch(() => {});
      await areas.offerKept(of).catch(() => {});
      const offer = areas.offer(of, pack.base_maps ?? []).catch(() => []);
      if (await keep.get(askedKey(of))) return false;
      const late = new Promise((done) => setTimeout(() => done([]), patienceMs));
      const keys = /** @type {string[]} */ (await Promise.race([offer, late]));
      return keys.some((key) => downloads.find(key)?.state === 'offered');
    },
    /** The server is back: what failed goes on, and what could not be asked is asked. @param {import("./page.js").Package} pack */
    async again(pack) {
      if (session === null) return;
      downloads.resume();
      recordings.bring(session).catch(() => {});
      i18n.bring(pack.session.languages).catch(() => {});
      await areas.offer(session, pack.base_maps ?? []).catch(() => []);
    },
    /** Nobody needs to be asked again here. */
    answered: () => (session === null ? Promise.resolve() : keep.put(askedKey(session), true)),
  };
}
/** @typedef {ReturnType<typeof createAhead>} Ahead */
