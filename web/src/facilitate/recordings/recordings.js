// SPDX-License-Identifier: AGPL-3.0-or-later
// Recordings of an exercise's words, language by language, for tablets without a voice: #/project/3/recordings/12.
import { h, replace } from '../../core/dom.js';
import { field, linkButton, selectInput } from '../form.js';
import { itemsOf } from './items.js';
import { canRecord, createRecorder } from './recorder.js';
import { createRow } from './row.js';

/** @typedef {{id: number, item: string, language: string, media_type: string, bytes: number}} Recording */

/** @param {import('../screens.js').ScreenDeps} deps */
export async function createRecordings({ app, ids: [project, id] }) {
  const { t, label, number, autonym } = app.i18n;
  const row = await app.api.get(`/api/exercises/${id}`);
  const path = `/api/projects/${project}/exercises/${encodeURIComponent(row.document.id)}/recordings`;
  const items = itemsOf(row.document);
  const languages = Object.keys(row.document.title);
  const recorder = createRecorder();
  const player = new Audio();
  let language = languages.find((code) => code !== 'en') ?? languages[0];
  let url = '';
  /** @type {Recording[]} */
  let all = (await app.api.get(path)).items;
  /** @type {Map<string, ReturnType<typeof createRow>>} */
  const rows = new Map();

  const chooser = field({
    label: t('staff.recordings.language'),
    input: selectInput(
      languages.map((code) => [code, autonym(code)]),
      language,
      { onchange: () => ((language = chooser.input.value), showAll()) },
    ),
  });
  const count = h('p', { class: 'soft', role: 'status' });
  const list = h('ul', { class: 'recordings' });

  const recordingOf = (/** @type {string} */ item) =>
    all.find((one) => one.item === item && one.language === language);

  /** @param {import('./items.js').Item} item */
  function rowOf(item) {
    const words = item.label[language] ?? label(item.label);
    const recording = recordingOf(item.item);
    const made = createRow({
      app,
      item,
      words,
      language,
      recording,
      recorder,
      onSound: (sound) => save(item, sound),
      onPlay: () => play(recording?.media_type ?? '', recording?.id ?? 0),
      onRemove: () => remove(item, recording?.id ?? 0),
    });
    rows.set(item.item, made);
    return made;
  }
  function showCount() {
    const done = items.filter(({ item }) => recordingOf(item)).length;
    count.textContent = t('staff.recordings.count', { done: number(done), all: number(items.length) });
  }
  function showAll() {
    recorder.stop();
    replace(
      list,
      items.map((item) => rowOf(item).element),
    );
    showCount();
  }
  /** @param {import('./items.js').Item} item */
  function showOne(item) {
    const before = rows.get(item.item)?.element;
    const made = rowOf(item);
    before?.replaceWith(made.element);
    showCount();
    return made;
  }
  /** @param {import('./items.js').Item} item @param {Blob} sound */
  async function save(item, sound) {
    const query = new URLSearchParams({ item: item.item, language });
    const type = sound.type.split(';')[0] || 'audio/webm';
    const saved = await app.api.replaceFile(`${path}?${query}`, sound, type);
    all = [...all.filter((one) => one.item !== saved.item || one.language !== saved.language), saved];
    showOne(item);
    // on to the next that is missing
    const next = items.slice(items.indexOf(item) + 1).find((one) => !recordingOf(one.item));
    rows.get((next ?? item).item)?.focus();
  }
  /** @param {string} type @param {number} recording */
  async function play(type, recording) {
    const sound = await app.api.get(`/api/projects/${project}/recordings/${recording}`);
    if (url) URL.revokeObjectURL(url);
    url = URL.createObjectURL(new Blob([sound], { type }));
    player.src = url;
    await player.play();
  }
  /** @param {import('./items.js').Item} item @param {number} recording */
  async function remove(item, recording) {
    await app.api.del(`/api/projects/${project}/recordings/${recording}`);
    all = all.filter((one) => one.id !== recording);
    showOne(item).focus();
  }
  showAll();
  const element = h(
    'div',
    { class: 'page-wide stack' },
    linkButton({ label: t('common.back'), icon: 'back', tone: 'quiet', small: true, to: `project/${project}` }),
    h('h1', {}, t('staff.recordings.title')),
    h('p', { class: 'lead-start' }, h('bdi', {}, label(row.document.title))),
    h('p', { class: 'soft' }, t('staff.recordings.text')),
    !canRecord() && h('p', { class: 'note' }, t('staff.recordings.no_microphone')),
    chooser.element,
    count,
    list,
  );
  return {
    element,
    destroy() {
      recorder.stop();
      player.pause();
      if (url) URL.revokeObjectURL(url);
      element.remove();
    },
  };
}
