// SPDX-License-Identifier: AGPL-3.0-or-later
// A base map of the session's area that this tablet keeps: one PMTiles file in a Blob. Loaded when one is
// shown; the only module that reads PMTiles.
import L from 'leaflet';
import { PMTiles } from 'pmtiles';

let opened = 0;

/** Directories and tiles are read from the blob as they are needed. @param {Blob} blob */
export function openArea(blob) {
  const key = `area-${++opened}`; // what the library remembers directories by
  return new PMTiles({
    getKey: () => key,
    getBytes: async (offset, length) => ({ data: await blob.slice(offset, offset + length).arrayBuffer() }),
  });
}

const mediaTypes = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' };

/**
 * Tiles that are pictures. What lies outside the area stays empty.
 * @param {{archive: PMTiles, info: import("./basemap.js").BasemapInfo} & {options: L.GridLayerOptions}} deps
 */
export function createPictureLayer({ archive, info, options }) {
  const type = mediaTypes[/** @type {keyof typeof mediaTypes} */ (info.format)];
  /** @type {WeakMap<HTMLElement, string>} */
  const urls = new WeakMap();
  const layer = new L.GridLayer(options);
  // Leaflet takes a tile's making from a subclass.
  Object.assign(layer, {
    /** @param {L.Coords} coords @param {L.DoneCallback} done */
    createTile({ x, y, z }, done) {
      const picture = document.createElement('img');
      picture.alt = '';
      const end = (/** @type {Error | undefined} */ error) => {
        forget(picture);
        done(error, picture);
      };
      picture.onload = () => end(undefined);
      picture.onerror = () => end(new Error('not a picture'));
      archive.getZxy(z, x, y).then((tile) => {
        if (!tile) return end(undefined);
        const url = URL.createObjectURL(new Blob([tile.data], { type }));
        urls.set(picture, url);
        picture.src = url;
      }, end);
      return picture;
    },
  });
  /** @param {HTMLElement} tile */
  function forget(tile) {
    const url = urls.get(tile);
    if (url) URL.revokeObjectURL(url);
    urls.delete(tile);
  }
  layer.on('tileunload', ({ tile }) => {
    tile.onload = tile.onerror = null;
    forget(tile);
  });
  return layer;
}
