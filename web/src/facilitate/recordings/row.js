// SPDX-License-Identifier: AGPL-3.0-or-later
// One question or answer: its words, and its recording, made here or taken from a file.
import { h, replace } from '../../core/dom.js';
import { hasIcon, icon } from '../../core/icon.js';
import { button } from '../form.js';
import { canRecord } from './recorder.js';

const kinds = 'audio/*,.webm,.ogg,.oga,.opus,.m4a,.mp3,.wav';

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {import('./items.js').Item} deps.item
 * @param {string} deps.words in the language that is recorded
 * @param {string} deps.language
 * @param {{id: number} | undefined} deps.recording
 * @param {import('./recorder.js').Recorder} deps.recorder
 * @param {(sound: Blob) => Promise<void>} deps.onSound
 * @param {() => Promise<void>} deps.onPlay
 * @param {() => Promise<void>} deps.onRemove
 */
export function createRow({ app, item, words, language, recording, recorder, onSound, onPlay, onRemove }) {
  const { t } = app.i18n;
  const about = words;
  let now = false; // whether the microphone is open
  let opening = false; // or soon will be: somebody may be asked whether it may
  const file = h('input', { type: 'file', accept: kinds, class: 'visually-hidden', tabindex: '-1', 'aria-hidden': 'true' });
  file.addEventListener('change', () => {
    const [chosen] = file.files ?? [];
    file.value = '';
    if (chosen) take(chosen);
  });
  const record = h('button', { class: 'button button-small recording-make', type: 'button', onclick: toggle });
  const tools = h('div', { class: 'recording-tools' });
  const element = h(
    'li',
    { class: `recording ${item.answer ? 'recording-answer' : ''}`, data: { item: item.item } },
    h('span', { class: 'card-icon' }, icon(item.icon && hasIcon(item.icon) ? item.icon : 'question')),
    h('span', { class: 'recording-words', lang: language, dir: 'auto' }, words),
    tools,
    file,
  );

  /** @param {Blob} sound */
  async function take(sound) {
    element.setAttribute('aria-busy', 'true');
    await onSound(sound).catch(app.fail);
    element.removeAttribute('aria-busy');
  }
  async function toggle() {
    if (now) return recorder.stop();
    if (opening) return;
    opening = true;
    try {
      const sound = await recorder.record(() => showNow(true));
      showNow(false);
      if (sound) await take(sound);
    } catch {
      showNow(false);
      app.toaster.show({ text: t('staff.recordings.refused'), tone: 'bad', icon: 'warning' });
    }
  }
  /** @param {boolean} on */
  function showNow(on) {
    now = on;
    if (!on) opening = false;
    show();
  }
  function show() {
    element.classList.toggle('recording-now', now);
    const label = t(now ? 'staff.recordings.stop' : recording ? 'staff.recordings.again' : 'staff.recordings.record');
    replace(record, icon(now ? 'stop' : 'microphone'), h('span', {}, label, h('span', { class: 'visually-hidden' }, ': ', about)));
  }
  show();
  replace(
    tools,
    recording && h('span', { class: 'badge badge-good' }, icon('check'), t('staff.recordings.there')),
    recording && button({ label: t('staff.recordings.play'), about, icon: 'play', small: true, run: () => onPlay().catch(app.fail) }),
    canRecord() && record,
    button({ label: t('staff.recordings.file'), about, icon: 'upload', small: true, tone: 'quiet', run: () => file.click() }),
    recording && button({ label: t('staff.common.delete'), about, icon: 'trash', small: true, tone: 'quiet', run: () => onRemove().catch(app.fail) }),
  );
  return { element, focus: () => /** @type {HTMLElement | null} */ (tools.querySelector('button'))?.focus() };
}
