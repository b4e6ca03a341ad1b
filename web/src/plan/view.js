// SPDX-License-Identifier: AGPL-3.0-or-later
// The planner's view of one edition: bar, side and stage.
import { h, replace } from '../core/dom.js';
import { readMarks, urlsOf } from './catalog.js';
import { openPrint } from './print.js';
import { readRegions } from './scene.js';
import { openSave } from './save.js';
import { openShare } from './share.js';
import { createSide } from './side.js';
import { createStage } from './stage.js';
import { createTools } from './tools.js';

const wide = matchMedia('(min-width: 760px)');

/** @param {import('./page.js').Opened} opened @returns {Promise<import('./page.js').View>} */
export async function createView({ app, edition, item, list }) {
  const { t } = app.i18n;
  const areas = edition.overlays.find((overlay) => overlay.kind === 'areas');
  const [marks, places] = await Promise.all([
    readMarks(app.catalog, edition),
    areas ? readRegions(app.catalog, urlsOf(edition).overlay(areas.id)).catch(() => []) : [],
  ]);
  const own = list.items.filter((one) => one.project === item.project);
  const newer = own.find((one) => one.latest && one.edition !== item.edition) ?? null;
  const stage = createStage({ app, edition, marks, places });
  const side = createSide({ app, edition, newer, marks, onShow });
  const print = openPrint({ app, edition, marks, stage });
  const tools = createTools({
    app,
    edition,
    onSave: () => openSave({ app, edition, stage }),
    onShare: () => openShare({ app }),
    onPrint: print.run,
  });
  const middle = h(
    'section',
    { class: 'stage', id: 'stage', tabindex: '-1', 'aria-label': t('plan.tab.map') },
    tools.element,
    stage.element,
  );
  const element = h('main', { class: 'plan-main' });

  /** On a phone the map comes first, for the eyes and for the keyboard alike. */
  function arrange() {
    replace(element, wide.matches ? [side.element, middle] : [middle, side.element]);
  }
  /** @param {import('../map/markers.js').Mark} mark */
  function onShow(mark) {
    const layer = mark.id.split(' ')[0] === 'finding' ? 'findings' : 'assets';
    const { layers } = app.state();
    app.set(
      { pick: mark.id, table: false, layers: layers.includes(layer) ? layers : [...layers, layer] },
      { replace: true },
    );
    stage.goTo(mark);
    if (!wide.matches) middle.scrollIntoView({ block: 'start' });
  }
  arrange();
  wide.addEventListener('change', arrange);
  return {
    element: h('div', { class: 'plan-view' }, element, print.element),
    update(state, former) {
      side.update(state);
      tools.update(state);
      stage.update(state, former);
    },
    destroy() {
      wide.removeEventListener('change', arrange);
      side.destroy();
      tools.destroy();
      stage.destroy();
      print.destroy();
    },
  };
}
