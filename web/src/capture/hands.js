// SPDX-License-Identifier: AGPL-3.0-or-later
// A tablet changes hands in all its tabs at once: what one tab says of the person at the screen, the others
// hear; a page that the browser put away (to be shown again by Back) holds nothing while it is away.

/**
 * @param {object} deps
 * @param {import("./seat.js").SeatKeeper} deps.seat
 * @param {() => void} deps.putAway empties the page
 * @param {() => void} deps.comeBack shows what is due, from what the device holds now
 * @param {BroadcastChannel | null} [deps.channel]
 */
export function createHands({ seat, putAway, comeBack, channel = openChannel() }) {
  // not before it is written: the others read it there
  seat.onWritten(() => channel?.postMessage('seat'));
  const hear = () => void seat.open();
  /** @param {PageTransitionEvent} event */
  const hide = ({ persisted }) => persisted && putAway();
  /** @param {PageTransitionEvent} event */
  const show = ({ persisted }) => void (persisted && seat.open().then(comeBack));
  channel?.addEventListener('message', hear);
  window.addEventListener('pagehide', hide);
  window.addEventListener('pageshow', show);
  return {
    destroy() {
      seat.onWritten(() => {});
      channel?.removeEventListener('message', hear);
      channel?.close();
      window.removeEventListener('pagehide', hide);
      window.removeEventListener('pageshow', show);
    },
  };
}

/** @returns {BroadcastChannel | null} */
function openChannel() {
  return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('repere-seat');
}
