// SPDX-License-Identifier: AGPL-3.0-or-later
// The device's microphone: one recording at a time, as small as speech may be.

const bitsPerSecond = 24000;
const longestMs = 30000;

/** Why nothing can be recorded here: microphones are for secure pages. */
export const canRecord = () =>
  window.isSecureContext && typeof MediaRecorder !== 'undefined' && Boolean(navigator.mediaDevices);

export function createRecorder() {
  /** @type {MediaRecorder | null} */
  let recorder = null;
  let timer = 0;
  let turn = 0;

  function stop() {
    turn++; // also of a microphone that is still being opened
    clearTimeout(timer);
    if (recorder?.state === 'recording') recorder.stop();
  }
  return {
    /**
     * Records until `stop`, half a minute at most.
     * @param {() => void} onOpen once the microphone is open
     * @returns {Promise<Blob | null>} null: stopped before that; rejects when the microphone is refused
     */
    async record(onOpen) {
      stop();
      const asked = turn;
      const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (asked !== turn) {
        for (const track of sound.getTracks()) track.stop();
        return null;
      }
      /** @type {Blob[]} */
      const pieces = [];
      const mine = new MediaRecorder(sound, { audioBitsPerSecond: bitsPerSecond });
      recorder = mine;
      timer = window.setTimeout(stop, longestMs);
      return new Promise((done, fail) => {
        mine.addEventListener('dataavailable', ({ data }) => pieces.push(data));
        mine.addEventListener('error', () => fail(new Error('recording')));
        mine.addEventListener('stop', () => {
          for (const track of sound.getTracks()) track.stop();
          done(new Blob(pieces, { type: mine.mimeType }));
        });
        mine.start();
        onOpen();
      });
    },
    stop,
  };
}
/** @typedef {ReturnType<typeof createRecorder>} Recorder */
