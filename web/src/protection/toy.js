// SPDX-License-Identifier: AGPL-3.0-or-later
// To try: so many people marked here, this may be published.
import { h, replace } from '../core/dom.js';
import { createChoice } from './choice.js';
import { ofHundred, outcomes, profiles } from './noise.js';
import { barRow } from './parts.js';

const most = 40;

/** @param {import('../core/i18n.js').I18n} i18n */
export function createToy({ t, number }) {
  let people = 12;
  /** @type {keyof typeof profiles} */
  let kind = 'standard';
  const said = h('p', { class: 'toy-people', 'aria-hidden': 'true' });
  const slider = h('input', { type: 'range', id: 'toy-people', min: 0, max: most, step: 1, value: String(people), oninput: () => ((people = Number(slider.value)), draw()) });
  const crowd = h('div', { class: 'toy-crowd', 'aria-hidden': 'true' });
  const result = h('ul', { class: 'bars', id: 'toy-result' });
  const spoken = h('p', { class: 'visually-hidden', role: 'status' });

  function draw() {
    const found = outcomes(people, profiles[kind]);
    const hundred = ofHundred(found.map(({ chance }) => chance));
    const words = found.map(({ value, chance }, i) => ({
      name: value === null ? t('protection.toy.unshown') : t('protection.toy.about', { people: number(value) }),
      chance: chance > 0.9999 ? t('protection.toy.always') : t('protection.of_hundred', { number: hundred[i] > 0 ? number(hundred[i]) : t('protection.below', { number: number(1) }) }),
    }));
    said.textContent = t('protection.toy.count', { count: people });
    slider.setAttribute('aria-valuetext', t('protection.toy.count', { count: people }));
    replace(crowd, Array.from({ length: people }, () => h('span')));
    replace(
      result,
      found.map(({ value, chance }, i) =>
        barRow({ name: words[i].name, words: words[i].chance, part: chance, tone: value === null ? 'none' : 'here', sign: value === null ? 'eye-off' : undefined }),
      ),
    );
    spoken.textContent = words.map(({ name, chance }) => `${name}: ${chance}`).join('; ');
  }
  const choice = createChoice({
    legend: t('protection.toy.kind'),
    name: 'toy-kind',
    options: [
      { id: 'standard', label: t('protection.profile.standard.title') },
      { id: 'sensitive', label: t('protection.profile.sensitive.title') },
    ],
    value: kind,
    onChoose: (id) => {
      kind = /** @type {keyof typeof profiles} */ (id);
      draw();
    },
  });
  draw();
  return h(
    'section',
    { class: 'toy', 'aria-labelledby': 'toy-title' },
    h('h3', { id: 'toy-title' }, t('protection.toy.title')),
    h('div', { class: 'toy-in' }, choice, h('div', { class: 'toy-slider' }, h('label', { for: 'toy-people' }, t('protection.toy.people')), slider, said, crowd)),
    h('div', { class: 'toy-out' }, h('p', { class: 'toy-lead' }, t('protection.toy.lead')), result, spoken),
    h('p', { class: 'soft small toy-note' }, t('protection.toy.note')),
  );
}
