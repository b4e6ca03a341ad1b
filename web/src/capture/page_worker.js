// SPDX-License-Identifier: AGPL-3.0-or-later
// The page's side of its service worker (web/sw.js). Browsers allow one on secure pages alone; over plain
// HTTP there is none, and the page must stay open instead.

const answerMs = 1500;

/** Whether this page can start without its server. */
export const canStartAlone = () => window.isSecureContext && 'serviceWorker' in navigator;

/** Tells a version that waits that a page has begun; whether it takes over now. @param {ServiceWorker} waiting */
function tellBegun(waiting) {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => done(event.data === true);
    setTimeout(() => done(false), answerMs);
    waiting.postMessage('begun', [port2]);
  });
}

/**
 * Before the first screen: lets a newer version that waits take over, when no other page is open.
 * @returns {Promise<boolean>} whether the page is loading again, as the newer version
 */
export async function takeNewest() {
  if (!canStartAlone() || !navigator.serviceWorker.controller) return false;
  const registration = await navigator.serviceWorker.getRegistration('/').catch(() => undefined);
  if (!registration?.waiting) return false;
  const taken = new Promise((done) => {
    navigator.serviceWorker.addEventListener('controllerchange', () => done(true), { once: true });
    setTimeout(() => done(false), answerMs);
  });
  if (!(await tellBegun(registration.waiting)) || !(await taken)) return false;
  location.reload();
  return true;
}

/** Starts keeping the page; a browser that refuses leaves things as they are. */
export function keepPage() {
  if (canStartAlone())
    navigator.serviceWorker.register('/sw.js', { scope: '/', updateViaCache: 'none' }).catch(() => {});
}

/** Resolves once the page's files are all here. @param {AbortSignal} signal */
export function pageKept(signal) {
  return new Promise((done, failed) => {
    signal.addEventListener('abort', () => failed(signal.reason));
    navigator.serviceWorker.ready.then(() => done(undefined), failed);
  });
}
