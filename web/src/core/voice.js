// SPDX-License-Identifier: AGPL-3.0-or-later
// Which of a device's voices reads a language. Pure.

/** The device's best own voice for a language; null: none. @param {SpeechSynthesisVoice[]} voices @param {string} language */
export function pickVoice(voices, language) {
  const wanted = language.toLowerCase();
  const tag = (/** @type {SpeechSynthesisVoice} */ voice) => voice.lang.toLowerCase().replace('_', '-');
  const own = voices.filter((voice) => voice.localService);
  const base = (/** @type {string} */ code) => code.split('-')[0];
  return (
    own.find((voice) => tag(voice) === wanted) ??
    own.find((voice) => base(tag(voice)) === base(wanted) && voice.default) ??
    own.find((voice) => base(tag(voice)) === base(wanted)) ??
    null
  );
}
