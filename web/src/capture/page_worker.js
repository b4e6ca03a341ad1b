// SPDX-License-Identifier: AGPL-3.0-or-later
// The page's side of its service worker (web/sw.js). Browsers allow one on secure pages alone; over plain
// HTTP there is none, and the page must stay open instead.

/** Whether this page can start without its server. */
export const canStartAlone = () => window.isSecureContext && 'serviceWorker' in navigator;

/** Starts keeping the page, or its newer version; a browser that refuses leaves things as they are. */
export function keepPage() {
  if (!canStartAlone()) return;
  const { serviceWorker } = navigator;
  serviceWorker.controller?.postMessage('begun');
  serviceWorker.register('/sw.js', { scope: '/', updateViaCache: 'none' }).catch(() => {});
}
