// SPDX-License-Identifier: AGPL-3.0-or-later
// Shared assets: what people offered to everybody, seen as it would be published, under a title that a
// facilitator words. Nothing goes out that is not approved here.
import { h, replace } from '../../core/dom.js';
import { categoryOption, precisionOf } from '../../core/exercise.js';
import { createMap } from '../../map/map.js';
import { createMarkers, middleOf } from '../../map/markers.js';
import { linkButton } from '../form.js';
import { loadAll } from '../load_all.js';
import { createAssetCard } from './asset_card.js';

/** @typedef {import('../../core/exercise.js').Exercise} Exercise */
/**
 * @typedef {object} Asset
 * @property {number} session
 * @property {string} uuid
 * @property {string} category
 * @property {GeoJSON.Geometry} geometry as it would be published
 * @property {import('../../core/exercise.js').Answers} answers
 * @property {string | null} title
 * @property {boolean} approved
 * @property {number | null} id
 */
/** @typedef {{exercise: Exercise, session: {precision_m: number}}} Asked what the session of an asset asked */

/** `#/project/3/assets`. @param {import('../screens.js').ScreenDeps} deps */
export async function createAssets({ app, ids: [project] }) {
  const { api, i18n } = app;
  const { t, label } = i18n;
  /** @type {[import('../types.js').Project, Asset[]]} */
  const [about, assets] = await Promise.all([
    api.get(`/api/projects/${project}`),
    loadAll(api, `/api/projects/${project}/assets`),
  ]);
  /** @type {Map<number, Asked>} */
  const asked = new Map(
    await Promise.all(
      [...new Set(assets.map((one) => one.session))].map(
        async (id) => /** @type {[number, Asked]} */ ([id, await api.get(`/api/sessions/${id}/package`)]),
      ),
    ),
  );
  const summary = h('p', { class: 'soft', role: 'status' });
  const widget =
    assets.length > 0 ? createMap({ api, i18n, bbox: about.bbox, basemap: about.base_maps }) : null;
  const markers =
    widget &&
    createMarkers({
      map: widget.map,
      groupRadius: 46,
      look: (mark) => look(find(mark.id)),
      onSelect: (mark) => reveal(mark.id),
      groupLabel: (count) => t('staff.live.group', { count }),
    });

  /** @param {string} id @returns {Asset} */
  const find = (id) => /** @type {Asset} */ (assets.find((one) => one.uuid === id));
  /** @param {Asset} asset */
  const optionOf = ({ session, category }) =>
    categoryOption(/** @type {Asked} */ (asked.get(session)).exercise, category);

  /** @param {Asset} asset */
  function look(asset) {
    const option = optionOf(asset);
    const name = asset.title ?? (label(option?.label) || asset.category);
    const stands = t(asset.approved ? 'staff.assets.approved' : 'staff.assets.waiting');
    return {
      icon: option?.icon,
      colour: option?.colour,
      shape: option?.shape,
      badge: asset.approved ? 'check' : undefined,
      label: `${name}, ${stands}`,
    };
  }
  const cards = assets.map((asset) => {
    const { exercise, session } = /** @type {Asked} */ (asked.get(asset.session));
    return {
      id: asset.uuid,
      ...createAssetCard({
        app,
        asset,
        exercise,
        precisionM: precisionOf(session.precision_m, optionOf(asset)),
        onFind: () => show(asset),
        onChange: drawState,
      }),
    };
  });
  /** @param {Asset} asset */
  function show(asset) {
    const { lat, lng } = middleOf(asset.geometry);
    markers?.select(asset.uuid);
    widget?.goTo(lng, lat, Math.max(15, widget.map.getZoom()));
    widget?.element.scrollIntoView({ block: 'nearest' });
    widget?.focus();
  }
  /** @param {string} id */
  function reveal(id) {
    markers?.select(id);
    const card = cards.find((one) => one.id === id);
    card?.element.scrollIntoView({ block: 'nearest' });
    card?.focus();
  }
  function drawState() {
    const approved = assets.filter((one) => one.approved).length;
    replace(summary, t('staff.assets.summary', { approved, count: assets.length }));
    markers?.set(
      assets.map(({ uuid, geometry }) => ({ type: 'Feature', id: uuid, geometry, properties: null })),
    );
  }
  const element = h(
    'div',
    { class: 'page-wide stack-wide' },
    h(
      'div',
      { class: 'stack' },
      h(
        'div',
        { class: 'head-row' },
        h('h1', {}, t('staff.assets.title')),
        linkButton({
          label: t('staff.live.up'),
          icon: 'back',
          tone: 'quiet',
          small: true,
          to: `project/${project}`,
        }),
      ),
      h('p', {}, t('staff.assets.what')),
      assets.length > 0 ? summary : h('p', { class: 'lead' }, t('staff.assets.none')),
    ),
    widget && h('div', { class: 'assets-map' }, widget.element),
    assets.length > 0 &&
      h(
        'ul',
        { class: 'cards' },
        cards.map((one) => one.element),
      ),
  );
  drawState();
  return {
    element,
    unsaved: () => cards.some((one) => one.typed()),
    destroy() {
      markers?.destroy();
      widget?.destroy();
      element.remove();
    },
  };
}
