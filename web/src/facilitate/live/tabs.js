// SPDX-License-Identifier: AGPL-3.0-or-later
// Tabs as the ARIA pattern has them: arrow keys move, one panel shows.
import { h, replace } from '../../core/dom.js';
import { icon } from '../../core/icon.js';

/** @param {{id: string, label: string, icon: string, panel: HTMLElement}[]} tabs @param {() => void} [onChoose] */
export function createTabs(tabs, onChoose) {
  const buttons = tabs.map(({ id, label, icon: name }, index) => {
    const badge = h('span', { class: 'tab-badge' });
    const button = h(
      'button',
      {
        class: 'tab',
        role: 'tab',
        type: 'button',
        id: `tab-${id}`,
        'aria-controls': `panel-${id}`,
        onclick: () => choose(index),
        onkeydown: (/** @type {KeyboardEvent} */ event) => move(event, index),
      },
      h('span', { class: 'tab-sign' }, icon(name), badge),
      h('span', {}, label),
    );
    badge.hidden = true;
    return { id, button, badge };
  });
  tabs.forEach(({ id, panel }) => {
    panel.id = `panel-${id}`;
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', `tab-${id}`);
    panel.tabIndex = 0;
  });
  const element = h(
    'div',
    { class: 'tabs' },
    h(
      'div',
      { class: 'tab-list', role: 'tablist' },
      buttons.map((one) => one.button),
    ),
    tabs.map((one) => one.panel),
  );

  let chosen = 0;

  /** @param {number} index */
  function choose(index) {
    chosen = index;
    tabs.forEach(({ panel }, i) => {
      const on = i === index;
      panel.hidden = !on;
      buttons[i].button.setAttribute('aria-selected', String(on));
      buttons[i].button.tabIndex = on ? 0 : -1;
    });
    if (element.isConnected) onChoose?.();
  }
  /** @param {KeyboardEvent} event @param {number} index */
  function move(event, index) {
    const mirrored = document.documentElement.dir === 'rtl' ? -1 : 1;
    const step = { ArrowRight: mirrored, ArrowLeft: -mirrored, Home: -index, End: tabs.length - 1 - index }[
      event.key
    ];
    if (step === undefined) return;
    event.preventDefault();
    const next = (index + step + tabs.length) % tabs.length;
    choose(next);
    buttons[next].button.focus();
  }
  choose(0);
  return {
    element,
    /** The id of the one that shows. */
    chosen: () => tabs[chosen].id,
    /** @param {string} id @param {number} count 0: none @param {string} words what is counted, read out */
    setBadge(id, count, words) {
      const badge = buttons.find((one) => one.id === id)?.badge;
      if (!badge) return;
      badge.hidden = count === 0;
      replace(
        badge,
        h('span', { 'aria-hidden': 'true' }, String(count)),
        h('span', { class: 'visually-hidden' }, words),
      );
    },
    destroy: () => element.remove(),
  };
}
