// SPDX-License-Identifier: AGPL-3.0-or-later
// Above the map: how it is shown, comparing, the table, saving, sharing, printing.
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { choose, nextName, radios, toolButton } from './parts.js';
import { beside, mayDiffer } from './slices.js';

const looks = { grid: { icon: 'grid' }, heat: { icon: 'heat' }, areas: { icon: 'area' } };

/**
 * @param {object} deps
 * @param {import('./page.js').App} deps.app
 * @param {import('./catalog.js').Edition} deps.edition
 * @param {() => void} deps.onSave
 * @param {() => void} deps.onShare
 * @param {() => void} deps.onPrint
 */
export function createTools({ app, edition, onSave, onShare, onPrint }) {
  const { t } = app.i18n;
  const figures = edition.slices.length > 0;
  const compare = toolButton({
    label: t('plan.tool.compare'),
    icon: 'compare',
    pressed: false,
    run: toggleCompare,
  });
  const table = toolButton({
    label: t('plan.tool.table'),
    icon: 'table',
    pressed: false,
    run: () => app.set({ table: !app.state().table }),
  });
  const how = h('div', { class: 'tools-how' });
  const name = nextName(),
    showName = nextName();
  const areas = edition.overlays.filter((overlay) => overlay.kind === 'areas');
  const shows = /** @type {const} */ (['grid', 'heat', 'areas']).filter(
    (show) => show !== 'areas' || areas.length > 0,
  );
  const display = radios({
    legend: t('plan.show.title'),
    quiet: true,
    name: showName,
    class: 'choices-segments',
    value: 'grid',
    choices: shows.map((show) => ({
      value: show,
      label: t(`plan.show.${show}`),
      sign: icon(looks[show].icon),
    })),
    onChange: (show) => app.set({ show: /** @type {any} */ (show), difference: false, pick: null }),
  });
  const overlay = choose(
    areas.map(({ id, title }) => [String(id), title]),
    '',
    {
      'aria-label': t('plan.show.overlay'),
      onchange: () => app.set({ areas: Number(overlay.value), pick: null }),
    },
  );
  const element = h(
    'div',
    { class: 'tools', role: 'group', 'aria-label': t('plan.tool.label') },
    figures && display,
    figures && overlay,
    figures && edition.slices.length > 1 && compare,
    figures && table,
    h('span', { class: 'tools-space' }),
    toolButton({ label: t('plan.tool.save'), icon: 'download', run: onSave }),
    toolButton({ label: t('plan.tool.share'), icon: 'share', run: onShare }),
    toolButton({ label: t('plan.tool.print'), icon: 'print', run: onPrint }),
    how,
  );

  function toggleCompare() {
    const { slice, other } = app.state();
    app.set({ other: other === null ? beside(edition, slice) : null, difference: false, pick: null });
  }
  return {
    element,
    /** @param {import('./state.js').State} state */
    update(state) {
      compare.setAttribute('aria-pressed', String(state.other !== null));
      table.setAttribute('aria-pressed', String(state.table));
      for (const input of display.querySelectorAll('input'))
        input.checked = input.value === state.show && !state.difference;
      overlay.hidden = areas.length < 2 || state.show !== 'areas' || state.difference;
      overlay.value = String(state.areas);
      const slices = [state.slice, state.other].map((id) => edition.slices.find((slice) => slice.id === id));
      const may = mayDiffer(slices[0], slices[1]);
      how.hidden = !may;
      if (!may) return replace(how);
      const value = state.difference ? 'difference' : 'two';
      const there = /** @type {HTMLInputElement[]} */ ([...how.querySelectorAll('input')]);
      if (there.length > 0) for (const input of there) input.checked = input.value === value;
      else
        replace(
          how,
          radios({
            legend: t('plan.compare.label'),
            quiet: true,
            name,
            class: 'choices-segments',
            value,
            choices: [
              { value: 'two', label: t('plan.compare.two'), sign: icon('compare') },
              { value: 'difference', label: t('plan.compare.difference'), sign: icon('scales') },
            ],
            onChange: (mode) => app.set({ difference: mode === 'difference', pick: null }),
          }),
        );
    },
    destroy: () => element.remove(),
  };
}
