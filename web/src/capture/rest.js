// SPDX-License-Identifier: AGPL-3.0-or-later
// Notices that nobody is at the screen: it asks, then locks. A page that is not looked at is covered at
// once, so that the picture a tablet wakes up with is empty, and locked after a while.

/** Until a page that is not looked at is locked. */
export const awayMs = 2 * 60 * 1000;
/** How long "still here?" waits. */
export const askMs = 60 * 1000;
const signs = ['pointerdown', 'keydown', 'wheel', 'input'];

/**
 * @param {object} deps
 * @param {() => boolean} deps.active whether there is anything to hide
 * @param {() => number} deps.restMs until it asks
 * @param {(signal: AbortSignal) => void} deps.ask the signal ends the question
 * @param {() => void} deps.lock
 */
export function createRest({ active, restMs, ask, lock }) {
  let timer = 0;
  let awaySince = 0;
  /** @type {AbortController | null} */
  let asking = null;

  /** @param {() => void} run @param {number} ms */
  function wait(run, ms) {
    clearTimeout(timer);
    timer = window.setTimeout(run, ms);
  }
  function stir() {
    asking?.abort();
    asking = null;
    wait(question, restMs());
  }
  function question() {
    if (!active()) return stir();
    asking = new AbortController();
    wait(close, askMs);
    ask(asking.signal);
  }
  function close() {
    if (active()) lock();
    stir();
  }
  function onVisibility() {
    const away = document.visibilityState === 'hidden';
    document.body.classList.toggle('away', away && active());
    if (away) {
      awaySince = Date.now();
      wait(close, awayMs);
    } else if (awaySince && Math.abs(Date.now() - awaySince) >= awayMs) close(); // timers sleep with the tablet
    else stir();
  }
  for (const sign of signs) document.addEventListener(sign, stir, { capture: true, passive: true });
  document.addEventListener('visibilitychange', onVisibility);
  stir();
  return {
    /** After the time was set anew. */
    stir,
    destroy() {
      clearTimeout(timer);
      for (const sign of signs) document.removeEventListener(sign, stir, { capture: true });
      document.removeEventListener('visibilitychange', onVisibility);
    },
  };
}
