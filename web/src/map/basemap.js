// SPDX-License-Identifier: AGPL-3.0-or-later
// What lies under everything: a base map, from the file that this tablet keeps of it or from the server,
// or blank paper with a graticule.
import L from 'leaflet';
import { createStore } from '../core/store.js';
import { createGraticule } from './graticule.js';

/**
 * @typedef {object} BasemapInfo
 * @property {string} name
 * @property {string} title
 * @property {string} format png, jpg, webp or pbf
 * @property {number} minzoom
 * @property {number} maxzoom
 * @property {[number, number, number, number] | null} [bbox]
 * @property {string} [attribution]
 * @property {{id: string, maxzoom?: number}[]} [vector_layers]
 */
/**
 * Base maps that this device keeps: the file and what it holds.
 * @typedef {object} KeptAreas
 * @property {(name: string) => Promise<{info: BasemapInfo, blob: Blob} | undefined>} find
 * @property {import("../core/store.js").Store<number>} changed told when one more is kept
 */

const deepest = 22;

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {L.Map} deps.map
 * @param {(text: string) => () => void} deps.addAttribution
 * @param {BasemapInfo[] | null} [deps.infos] the base maps there are; null: the server is asked
 * @param {KeptAreas | null} [deps.areas]
 */
export function createBasemap({ api, i18n, map, addAttribution, infos = null, areas = null }) {
  /** @type {L.Layer | null} */
  let layer = null;
  let forget = () => {};
  let turn = 0;
  /** What is shown, or about to be. */
  const shown = createStore(/** @type {{name: string | null, kept: boolean}} */ ({ name: null, kept: false }));

  /** @param {string} name @returns {Promise<BasemapInfo | undefined>} */
  async function find(name) {
    const items = infos ?? (await api.get('/api/basemaps')).items;
    return items.find((/** @type {BasemapInfo} */ item) => item.name === name);
  }
  /** @param {BasemapInfo} info */
  async function fromServer(info) {
    const url = `/basemaps/${encodeURIComponent(info.name)}/{z}/{x}/{y}`;
    if (info.format === 'pbf') {
      const { createVectorLayer } = await import('./vector_layer.js');
      return createVectorLayer({ source: url, info, language: i18n.language.get() });
    }
    return L.tileLayer(url, pictureOptions(info));
  }
  /** @param {{info: BasemapInfo, blob: Blob}} area */
  async function fromArea({ info, blob }) {
    const { createPictureLayer, openArea } = await import('./area_source.js');
    const archive = openArea(blob);
    if (info.format !== 'pbf') return createPictureLayer({ archive, info, options: pictureOptions(info) });
    const { createVectorLayer } = await import('./vector_layer.js');
    return createVectorLayer({ source: archive, info, language: i18n.language.get() });
  }
  /** The first that there is. @param {string[]} names */
  async function make(names) {
    for (const name of names) {
      const area = await areas?.find(name).catch(() => undefined);
      if (area) return { next: await fromArea(area), info: area.info, kept: true };
      const info = await find(name);
      if (info) return { next: await fromServer(info), info, kept: false };
    }
    return { next: createGraticule(), info: undefined, kept: false };
  }
  /**
   * Shows a base map by name, of several the first that there is; null, none or names that nobody knows: the
   * blank one.
   * @param {string | string[] | null} wanted
   */
  async function show(wanted) {
    const mine = ++turn;
    const names = [wanted ?? []].flat();
    shown.set({ name: names[0] ?? null, kept: false });
    /** @type {Awaited<ReturnType<typeof make>>} */
    let made;
    try {
      made = await make(names);
    } catch {
      made = { next: createGraticule(), info: undefined, kept: false };
    }
    if (mine !== turn) return;
    layer?.remove();
    forget();
    layer = made.next.addTo(map);
    forget = made.info?.attribution ? addAttribution(plainText(made.info.attribution)) : () => {};
    shown.set({ name: made.info?.name ?? null, kept: made.kept });
  }
  const stop = areas?.changed.subscribe(async () => {
    const { name, kept } = shown.get();
    const found = name && !kept && (await areas.find(name).catch(() => undefined));
    if (found && shown.get().name === name && !shown.get().kept) show(name);
  });
  return {
    show,
    shown,
    destroy() {
      turn++;
      stop?.();
      layer?.remove();
      forget();
    },
  };
}

/** Beyond what there is, the last zoom is shown larger. @param {BasemapInfo} info */
function pictureOptions({ minzoom, maxzoom }) {
  return { minNativeZoom: minzoom, maxNativeZoom: maxzoom, maxZoom: deepest, zIndex: 0 };
}

/** The zoom from which a base map shows something; vector tiles are drawn one zoom larger. @param {BasemapInfo} info */
export const firstZoom = ({ minzoom, format }) => minzoom + (format === 'pbf' ? 1 : 0);

/** Archives often carry markup in their credit: only its words are shown. @param {string} markup */
export function plainText(markup) {
  const words = markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&copy;/gi, '©')
    .replace(/&amp;/gi, '&');
  return words.replace(/\s+/g, ' ').trim();
}
