// SPDX-License-Identifier: AGPL-3.0-or-later
// How it works, in six pictures with a sentence each: two minutes, also for who does not read.
import { h, replace } from '../core/dom.js';
import { openDialog } from '../core/dialog.js';
import { icon } from '../core/icon.js';
import answerPicture from './guide_pictures/answer.svg';
import choosePicture from './guide_pictures/choose.svg';
import mapPicture from './guide_pictures/map.svg';
import movePicture from './guide_pictures/move.svg';
import nextPicture from './guide_pictures/next.svg';
import yoursPicture from './guide_pictures/yours.svg';

const steps = [
  { name: 'map', picture: mapPicture },
  { name: 'move', picture: movePicture },
  { name: 'choose', picture: choosePicture },
  { name: 'answer', picture: answerPicture },
  { name: 'yours', picture: yoursPicture },
  { name: 'next', picture: nextPicture },
];

/**
 * @param {{app: import("./page.js").App}} deps
 * @returns {Promise<string | null>}
 */
export function openGuide({ app: { i18n, aloud } }) {
  const { t, number } = i18n;
  const closing = new AbortController();
  let now = 0;
  const picture = h('img', { class: 'guide-picture', alt: '', width: 320, height: 220 });
  const words = h('p', { class: 'guide-words', 'aria-live': 'polite' });
  const dots = h(
    'div',
    { class: 'dots', 'aria-hidden': 'true' },
    steps.map(() => h('span', { class: 'dot' })),
  );
  const back = h(
    'button',
    { class: 'button button-plain', type: 'button', onclick: () => show(now - 1) },
    icon('back'),
    h('span', {}, t('common.back')),
  );
  const goOn = h('button', { class: 'button button-primary', type: 'button', onclick: () => show(now + 1) });

  /** @param {number} step */
  function show(step) {
    if (step >= steps.length) return closing.abort();
    now = step;
    const last = now === steps.length - 1;
    picture.src = steps[now].picture;
    replace(
      words,
      h('span', { class: 'visually-hidden' }, t('common.step', { now: number(now + 1), all: number(steps.length) })),
      t(`guide.${steps[now].name}`),
    );
    [...dots.children].forEach((dot, i) => dot.classList.toggle('dot-now', i === now));
    back.disabled = now === 0;
    replace(goOn, icon(last ? 'check' : 'next'), h('span', {}, t(last ? 'guide.done' : 'guide.go_on')));
  }
  show(0);
  return openDialog({
    title: t('guide.title'),
    icon: 'image',
    closeLabel: t('common.close'),
    class: 'dialog-guide',
    body: [picture, words, aloud.button(() => [{ text: t(`guide.${steps[now].name}`), element: words }]), dots, h('div', { class: 'guide-steps' }, back, goOn)],
    signal: closing.signal,
  });
}

/** Opens the guide; three of its pictures say so without words. @param {{app: import("./page.js").App}} deps */
export function createGuideButton({ app }) {
  return h(
    'button',
    { class: 'guide-button', type: 'button', onclick: () => openGuide({ app }) },
    h(
      'span',
      { class: 'guide-strip', 'aria-hidden': 'true' },
      [movePicture, choosePicture, nextPicture].map((src) => h('img', { src, alt: '', width: 80, height: 55 })),
    ),
    h('span', { class: 'guide-button-words' }, icon('play'), h('span', {}, app.i18n.t('guide.title'))),
  );
}
