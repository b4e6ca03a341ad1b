// SPDX-License-Identifier: AGPL-3.0-or-later
// Choosing who and what is counted, one question at a time, and what lies over it.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { choose, nextName, protectionLink, radios, sliceSign } from './parts.js';

const kindLooks = {
  all: { icon: 'people' },
  category: { icon: 'list' },
  time: { icon: 'clock' },
  group: { icon: 'person' },
};

/** @param {{app: import('./page.js').App, edition: import('./catalog.js').Edition}} deps */
export function createChooser({ app, edition }) {
  const { t, label } = app.i18n;
  const slices = h('div', { class: 'chooser-slices' });
  const layers = h('div', { class: 'chooser-layers' });
  const element = h('div', { class: 'chooser' }, slices, layers);
  const name = nextName();
  /** @type {string | null} */
  let drawn = null;

  /** @param {string} slice */
  const exerciseOf = (slice) => edition.slices.find(({ id }) => id === slice)?.exercise;
  /** The same question in another exercise where there is one. @param {string} key */
  function chooseExercise(key) {
    const own = edition.slices.filter((slice) => slice.exercise === key);
    const next = own.find((slice) => slice.kind === 'category' && slice.leaves > 0) ?? own[0];
    if (next) app.set({ slice: next.id, other: null, pick: null });
  }
  /** @param {string} key @param {import('./state.js').State} state */
  function drawSlices(key, state) {
    const exercise = edition.exercises.find((one) => one.key === key);
    const own = edition.slices.filter((slice) => slice.exercise === key);
    const kinds = /** @type {const} */ (['all', 'category', 'time', 'group']).filter((kind) =>
      own.some((slice) => slice.kind === kind),
    );
    replace(
      slices,
      h('h2', { class: 'visually-hidden' }, t('plan.slice.title')),
      edition.exercises.length > 1 &&
        h(
          'label',
          { class: 'chooser-exercise' },
          h('span', { class: 'choices-legend' }, t('plan.slice.exercise')),
          choose(
            edition.exercises.map((one) => [one.key, label(one.title)]),
            key,
            {
              onchange: (/** @type {Event} */ event) =>
                chooseExercise(/** @type {HTMLSelectElement} */ (event.target).value),
            },
          ),
        ),
      kinds.map((kind) =>
        radios({
          legend: t(`plan.slice.${kind}`),
          quiet: kind === 'all',
          name,
          class: `choices-${kind}`,
          value: state.slice,
          choices: own
            .filter((slice) => slice.kind === kind)
            .map((slice) => ({
              value: slice.id,
              label: kind === 'all' ? t('plan.slice.all') : label(slice.title),
              sign: sliceSign(slice),
              note: slice.leaves === 0 ? t('plan.slice.nothing') : undefined,
            })),
          onChange: (id) =>
            app.set({ slice: id, other: state.other === id ? null : app.state().other, pick: null }),
        }),
      ),
      h(
        'p',
        { class: 'hint' },
        icon('shield'),
        h('span', {}, t('plan.slice.one'), ' ', protectionLink(t('plan.slice.why'))),
      ),
      exercise &&
        exercise.since !== edition.number &&
        h('p', { class: 'hint' }, icon('info'), t('plan.edition.carried', { number: exercise.since })),
    );
    for (const legend of slices.querySelectorAll('.choices')) {
      const kind = /** @type {keyof typeof kindLooks} */ (legend.className.replace(/.*choices-(\w+)$/, '$1'));
      legend.querySelector('.choices-legend')?.prepend(icon(kindLooks[kind].icon));
    }
  }
  /** @param {import('./state.js').State} state */
  function drawLayers(state) {
    const rows = [
      ...(edition.findings > 0
        ? [{ id: 'findings', text: t('plan.layer.findings'), sign: icon('flag') }]
        : []),
      ...(edition.assets > 0 ? [{ id: 'assets', text: t('plan.layer.assets'), sign: icon('star') }] : []),
      ...edition.overlays.map((overlay) => ({
        id: String(overlay.id),
        text: overlay.title,
        sign: h('span', {
          class: `swatch swatch-${overlay.kind}`,
          vars: { colour: overlay.colour },
          'aria-hidden': 'true',
        }),
      })),
    ];
    replace(
      layers,
      rows.length > 0 &&
        h(
          'fieldset',
          { class: 'choices' },
          h('legend', { class: 'choices-legend' }, icon('layers'), t('plan.layer.title')),
          rows.map(({ id, text, sign }) =>
            h(
              'label',
              { class: 'switch' },
              h('input', {
                type: 'checkbox',
                value: id,
                checked: state.layers.includes(id),
                onchange: () => toggle(id),
              }),
              sign,
              h('span', {}, text),
            ),
          ),
        ),
    );
  }
  /** @param {string} id */
  function toggle(id) {
    const { layers: on } = app.state();
    app.set({ layers: on.includes(id) ? on.filter((one) => one !== id) : [...on, id] }, { replace: true });
  }
  return {
    element,
    /** What has the keyboard keeps it: rows are made again only when there are others. @param {import('./state.js').State} state */
    update(state) {
      const key = exerciseOf(state.slice ?? '') ?? '';
      if (drawn !== key) {
        drawn = key;
        if (key) drawSlices(key, state);
        else
          replace(
            slices,
            h('h2', {}, t('plan.none.figures_title')),
            h('p', { class: 'soft' }, t('plan.none.figures_text')),
          );
        drawLayers(state);
      }
      for (const input of element.querySelectorAll('input')) {
        if (input.name === name) input.checked = input.value === state.slice;
        else input.checked = state.layers.includes(input.value);
      }
    },
    destroy: () => element.remove(),
  };
}
