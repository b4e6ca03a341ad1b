// SPDX-License-Identifier: AGPL-3.0-or-later
// Which map lies below: those there are, each with a small picture, and a blank one.
import { h } from '../core/dom.js';
import { createBasemapPicture } from './basemap_picture.js';

let count = 0;

/**
 * @param {object} deps
 * @param {import("../core/api.js").Api} deps.api
 * @param {import("../core/i18n.js").I18n} deps.i18n
 * @param {import("./map.js").MapWidget} deps.widget whose map it is
 * @param {import("./basemap.js").BasemapInfo[]} deps.infos
 * @param {import("./basemap.js").KeptAreas | null} [deps.areas]
 * @param {[number, number, number, number] | null} [deps.bbox]
 */
export function createBasemapChoice({ api, i18n, widget, infos, areas = null, bbox = null }) {
  const { t } = i18n;
  const group = `below-${++count}`;
  const pictures = [...infos, null].map((info) => ({
    info,
    picture: createBasemapPicture({ api, i18n, info, areas, bbox: bbox ?? info?.bbox ?? null }),
  }));
  const inputs = pictures.map(({ info }) =>
    h('input', { type: 'radio', name: group, onchange: () => widget.setBasemap(info?.name ?? null) }),
  );
  const rows = pictures.map(({ info, picture }, at) =>
    h(
      'li',
      {},
      h(
        'label',
        { class: 'row-button' },
        inputs[at],
        picture.element,
        h('span', { class: 'row-label' }, h('bdi', {}, info?.title ?? t('map.blank'))),
      ),
    ),
  );
  const element = h(
    'fieldset',
    { class: 'basemap-choice' },
    h('legend', { class: 'field-label' }, t('map.below')),
    h('ul', { class: 'rows' }, rows),
  );
  const check = () => {
    const { name } = widget.basemap.get();
    pictures.forEach(({ info }, at) => (inputs[at].checked = name === (info?.name ?? null)));
  };
  const stop = widget.basemap.subscribe(check);
  check();
  return {
    element,
    destroy() {
      stop();
      for (const { picture } of pictures) picture.destroy();
      element.remove();
    },
  };
}
