// SPDX-License-Identifier: AGPL-3.0-or-later
// Beside the map: what edition this is, and four tabs: choosing what is shown, findings, places, figures.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { createChooser } from './chooser.js';
import { createFigures } from './figures.js';
import { createAssetsPanel, createFindingsPanel } from './places_panel.js';
import { tabs } from './state.js';
import { createWords } from './words.js';

const looks = {
  map: { icon: 'layers' },
  findings: { icon: 'flag' },
  assets: { icon: 'star' },
  figures: { icon: 'chart' },
};

/**
 * @param {object} deps
 * @param {import('./page.js').App} deps.app
 * @param {import('./catalog.js').Edition} deps.edition
 * @param {import('./catalog.js').Item | null} deps.newer
 * @param {import('./stage.js').Marks} deps.marks
 * @param {(mark: import('../map/markers.js').Mark) => void} deps.onShow
 */
export function createSide({ app, edition, newer, marks, onShow }) {
  const { t } = app.i18n;
  const panels = {
    map: createChooser({ app, edition }),
    findings: createFindingsPanel({ app, marks: marks.findings, onShow }),
    assets: createAssetsPanel({ app, marks: marks.assets, onShow }),
    figures: createFigures({ app, edition }),
  };
  const counts = { map: 0, findings: marks.findings.length, assets: marks.assets.length, figures: 0 };
  const buttons = tabs.map((id) =>
    h(
      'button',
      {
        class: 'side-tab',
        type: 'button',
        role: 'tab',
        id: `tab-${id}`,
        'aria-controls': `panel-${id}`,
        onclick: () => open(id),
        onkeydown: move,
      },
      h(
        'span',
        { class: 'side-sign' },
        icon(looks[id].icon),
        counts[id] > 0 && h('span', { class: 'side-count' }, app.i18n.number(counts[id])),
      ),
      h('span', {}, t(`plan.tab.${id}`)),
    ),
  );
  const frames = tabs.map((id) =>
    h(
      'div',
      {
        class: 'side-panel',
        role: 'tabpanel',
        id: `panel-${id}`,
        'aria-labelledby': `tab-${id}`,
        tabindex: '0',
      },
      panels[id].element,
    ),
  );
  const element = h(
    'section',
    { class: 'side', 'aria-label': t('plan.tab.label') },
    createHead(app, edition, newer),
    h('div', { class: 'side-tabs', role: 'tablist' }, buttons),
    frames,
  );

  /** What a list tells of is on the map too. @param {import('./state.js').Tab} tab */
  function open(tab) {
    const { layers } = app.state();
    const more = (tab === 'findings' || tab === 'assets') && !layers.includes(tab) ? [tab] : [];
    app.set({ tab, layers: [...layers, ...more] }, { replace: true });
  }
  /** @param {KeyboardEvent} event */
  function move(event) {
    const at = tabs.indexOf(app.state().tab);
    const mirrored = document.documentElement.dir === 'rtl' ? -1 : 1;
    const step = { ArrowRight: mirrored, ArrowLeft: -mirrored, Home: -at, End: tabs.length - 1 - at }[
      event.key
    ];
    if (step === undefined) return;
    event.preventDefault();
    const next = (at + step + tabs.length) % tabs.length;
    open(tabs[next]);
    buttons[next].focus();
  }
  return {
    element,
    /** @param {import('./state.js').State} state */
    update(state) {
      tabs.forEach((id, i) => {
        const on = id === state.tab;
        frames[i].hidden = !on;
        buttons[i].setAttribute('aria-selected', String(on));
        buttons[i].tabIndex = on ? 0 : -1;
        if (on || id === 'map') panels[id].update(state);
      });
    },
    destroy() {
      for (const panel of Object.values(panels)) panel.destroy();
      element.remove();
    },
  };
}

/** @param {import('./page.js').App} app @param {import('./catalog.js').Edition} edition @param {import('./catalog.js').Item | null} newer */
function createHead(app, edition, newer) {
  const { t } = app.i18n;
  const words = createWords(app.i18n);
  const all = (/** @type {'sessions' | 'attendances'} */ name) =>
    words.number(edition.exercises.reduce((sum, one) => sum + one[name], 0));
  const about =
    edition.exercises.length > 0 &&
    t('plan.edition.about', {
      people: all('attendances'),
      sessions: all('sessions'),
      months: words.months(edition.exercises),
    });
  return h(
    'header',
    { class: 'side-head' },
    h('h1', { dir: 'auto' }, edition.title),
    about && h('p', { class: 'soft' }, about),
    newer &&
      h(
        'p',
        { class: 'note' },
        icon('info'),
        h(
          'span',
          {},
          t('plan.edition.newer'),
          ' ',
          h('a', { href: `#/${newer.project}/${newer.edition}` }, t('plan.edition.newer_go')),
        ),
      ),
    edition.taken_down.length > 0 &&
      h('p', { class: 'note' }, icon('info'), h('span', {}, t('plan.edition.revised'))),
  );
}
