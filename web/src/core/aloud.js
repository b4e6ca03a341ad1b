// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading aloud: a recording by a person where there is one, else the device's own voice. Voices that
// send the words to somebody's servers are never used. Without voice and recording there is no button.
import { h, replace } from './dom.js';
import { icon } from './icon.js';
import { pickVoice } from './voice.js';

/**
 * One thing to read. `item` names its recording ("feeling", "feeling.safe"); `lang` is its language where that
 * may be another than the page's; `element` stands out meanwhile.
 * @typedef {{text: string, item?: string, lang?: string, element?: Element | null}} Part
 */

/**
 * @param {object} deps
 * @param {import("./i18n.js").I18n} deps.i18n
 * @param {(item: string, language: string) => (() => Promise<Blob>) | null} [deps.recordingOf] how to get it; null: there is none
 * @param {SpeechSynthesis | undefined} [deps.synthesis]
 */
export function createAloud({ i18n, recordingOf = () => null, synthesis = window.speechSynthesis }) {
  /** @type {Map<HTMLElement, () => Part[]>} */
  const buttons = new Map();
  /** @type {{button: HTMLElement, end: () => void} | null} */
  let reading = null;

  const voice = (/** @type {Part} */ { lang = i18n.language.get() }) =>
    synthesis ? pickVoice(synthesis.getVoices(), lang) : null;
  const recorded = (/** @type {Part} */ { item, lang = i18n.language.get() }) => (item ? recordingOf(item, lang) : null);
  const readable = (/** @type {Part[]} */ parts) => parts.some((part) => voice(part) || recorded(part));

  /** Buttons that have left the page are forgotten; the others show where there is something to hear. */
  function refresh() {
    for (const [button, partsOf] of buttons) {
      if (!button.isConnected && button.dataset.shown) buttons.delete(button);
      else button.hidden = !readable(partsOf());
    }
  }
  /** @param {string} text @param {SpeechSynthesisVoice} chosen @param {AbortSignal} signal @returns {Promise<void>} */
  const speak = (text, chosen, signal) =>
    new Promise((done) => {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.voice = chosen;
      utterance.lang = chosen.lang;
      utterance.rate = 0.9;
      utterance.onend = utterance.onerror = () => done();
      signal.addEventListener('abort', () => {
        synthesis?.cancel();
        done();
      });
      synthesis?.speak(utterance);
    });
  /** @param {Blob} sound @param {AbortSignal} signal @returns {Promise<void>} */
  const play = (sound, signal) =>
    new Promise((done) => {
      const url = URL.createObjectURL(sound);
      const audio = new Audio(url);
      const end = () => {
        audio.pause();
        URL.revokeObjectURL(url);
        done();
      };
      audio.addEventListener('ended', end);
      audio.addEventListener('error', end);
      signal.addEventListener('abort', end);
      audio.play().catch(end);
    });
  /** @param {Part} part @param {AbortSignal} signal */
  async function readPart(part, signal) {
    const fetchRecording = recorded(part);
    const sound = fetchRecording && (await fetchRecording().catch(() => null));
    if (signal.aborted) return;
    part.element?.classList.add('being-read');
    const chosen = voice(part);
    if (sound) await play(sound, signal);
    else if (chosen && part.text) await speak(part.text, chosen, signal);
    part.element?.classList.remove('being-read');
  }
  function stop() {
    reading?.end();
  }
  /** @param {HTMLElement} button @param {Part[]} parts */
  async function read(button, parts) {
    const again = reading?.button === button;
    stop();
    if (again) return;
    const control = new AbortController();
    // a screen that goes away takes its voice along
    const watch = setInterval(() => button.isConnected || control.abort(), 200);
    const mine = { button, end: () => control.abort() };
    reading = mine;
    show(button, true);
    for (const part of parts) {
      if (control.signal.aborted) break;
      await readPart(part, control.signal);
    }
    clearInterval(watch);
    if (reading === mine) reading = null;
    show(button, false);
  }
  /** @param {HTMLElement} button @param {boolean} on */
  function show(button, on) {
    const label = i18n.t(on ? 'aloud.stop' : 'aloud.play');
    button.setAttribute('aria-label', label);
    button.title = label;
    replace(button, icon(on ? 'stop' : 'speaker'));
  }
  const quiet = () => document.visibilityState === 'hidden' && stop();
  document.addEventListener('visibilitychange', quiet);
  synthesis?.addEventListener?.('voiceschanged', refresh);
  return {
    /** A round button that reads the parts one after the other, or stops. @param {() => Part[]} partsOf asked at each press */
    button(partsOf) {
      const button = h('button', { class: 'button-round aloud', type: 'button', onclick: () => read(button, partsOf()) });
      show(button, false);
      buttons.set(button, partsOf);
      button.hidden = !readable(partsOf());
      // noted once it stands in the page, so that one that was never shown is not forgotten
      requestAnimationFrame(() => {
        button.dataset.shown = 'yes';
        refresh();
      });
      return button;
    },
    stop,
    /** After recordings have come. */
    refresh,
    destroy() {
      stop();
      buttons.clear();
      document.removeEventListener('visibilitychange', quiet);
      synthesis?.removeEventListener?.('voiceschanged', refresh);
    },
  };
}
/** @typedef {ReturnType<typeof createAloud>} Aloud */
