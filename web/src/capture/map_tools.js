// SPDX-License-Identifier: AGPL-3.0-or-later
// What goes round the mapping: the menu, the reference layers, the tablet's position (off until asked).
import { confirmDialog } from '../core/dialog.js';
import { openMenu } from '../core/menu.js';
import { createOverlayLayer } from '../map/overlay_layer.js';
import { openConsentText } from './consent_screen.js';
import { openGuide } from './guide.js';
import { openLayers } from './layers.js';
import { openOffline } from './offline_dialog.js';
import { openOutbox } from './outbox_dialog.js';

/**
 * @param {object} deps
 * @param {import("./page.js").App} deps.app
 * @param {import("./page.js").Package} deps.pack
 * @param {import("../map/map.js").MapWidget} deps.map
 * @param {() => void} deps.openMarks
 */
export function createMapTools({ app, pack, map, openMarks }) {
  const { i18n, toaster } = app;
  const { t } = i18n;
  const layers = pack.overlays.map((overlay) =>
    createOverlayLayer({
      api: app.api,
      map: map.map,
      overlay,
      addAttribution: map.addAttribution,
      load: () => app.features(overlay.id),
    }),
  );
  for (const layer of layers) layer.show(true).catch(() => {});
  let allowed = false;

  async function locate() {
    allowed ||= await confirmDialog({
      title: t('locate.title'),
      text: t('locate.text'),
      yes: t('locate.yes'),
      no: t('common.cancel'),
      icon: 'locate',
    });
    if (!allowed) return;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => map.goTo(coords.longitude, coords.latitude, Math.max(16, map.map.getZoom())),
      () => toaster.show({ text: t('locate.failed'), icon: 'warning' }),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 },
    );
  }
  // Browsers give a position to secure pages only.
  if (window.isSecureContext && navigator.geolocation) map.addButton('locate', t('locate.button'), locate);

  return {
    openMenu() {
      openMenu({
        title: app.seat.store.get()?.pseudonym || t('menu.title'),
        icon: 'person',
        closeLabel: t('common.close'),
        entries: [
          {
            icon: 'person-next',
            label: t('leave.next'),
            hint: t('leave.next_hint'),
            primary: true,
            run: () => app.go('receipt'),
          },
          { icon: 'list', label: t('marks.title'), run: openMarks },
          ...(layers.length || pack.base_maps?.length
            ? [{ icon: 'layers', label: t('menu.layers'), run: () => openLayers({ app, pack, map, layers }) }]
            : []),
          {
            icon: 'globe',
            label: t('language.title'),
            hint: i18n.autonym(i18n.language.get()),
            run: app.chooseLanguage,
          },
          { icon: 'play', label: t('guide.title'), run: () => openGuide({ app }) },
          { icon: 'book', label: t('consent.text_title'), run: () => openConsentText(app) },
          { icon: 'upload', label: t('outbox.title'), run: () => openOutbox({ app, openMarks }) },
          { icon: 'away', label: t('offline.menu'), run: () => openOffline(app) },
          { icon: 'shield', label: t('menu.consent'), run: () => app.go('consent') },
          ...(pack.session.groups?.length && app.seat.store.get()?.consent?.aggregate
            ? [{ icon: 'people', label: t('menu.groups'), run: () => app.go('groups') }]
            : []),
          { icon: 'lock', label: t('lock.menu'), hint: t('lock.menu_hint'), run: () => app.go('pictures') },
          {
            icon: 'receipt',
            label: t('menu.receipt'),
            hint: t('menu.receipt_hint'),
            run: () => app.go('receipt'),
          },
        ],
      });
    },
    destroy() {
      for (const layer of layers) layer.destroy();
    },
  };
}
