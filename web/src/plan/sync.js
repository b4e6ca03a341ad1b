// SPDX-License-Identifier: AGPL-3.0-or-later
// Two maps that move together.

/** @param {import('leaflet').Map} one @param {import('leaflet').Map} other @returns {() => void} parts them */
export function moveTogether(one, other) {
  let following = false;
  /** @param {import('leaflet').Map} lead @param {import('leaflet').Map} follower */
  const pair = (lead, follower) => {
    /** @param {import('leaflet').LatLng} centre @param {number} zoom @param {boolean} animate */
    function follow(centre, zoom, animate) {
      if (following) return;
      following = true;
      follower.setView(centre, zoom, { animate });
      following = false;
    }
    const move = () => follow(lead.getCenter(), lead.getZoom(), false);
    const zoom = (/** @type {any} */ event) => follow(event.center, event.zoom, true);
    lead.on({ move, zoomanim: zoom });
    return () => lead.off({ move, zoomanim: zoom });
  };
  const partings = [pair(one, other), pair(other, one)];
  return () => partings.forEach((part) => part());
}
