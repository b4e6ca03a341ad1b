// SPDX-License-Identifier: AGPL-3.0-or-later
// The frame of every screen before and after the map: a bar with help and language, then one card.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { createLanguageNotes } from './language_notes.js';
import { createOutboxCount } from './outbox_chip.js';

/**
 * @typedef {object} App what screens are given
 * @property {import("../core/api.js").Api} api
 * @property {import("../core/i18n.js").I18n} i18n
 * @property {import("../core/toast.js").Toaster} toaster
 * @property {import("../core/aloud.js").Aloud} aloud
 * @property {import("./seat.js").SeatKeeper} seat
 * @property {import("./outbox.js").Outbox} outbox
 * @property {() => Package | null} package what the session asks, once loaded
 * @property {() => import("./language_choice.js").Asked | null} asked the languages of the session that she has joined, or
 *   is about to join as the one before her did; null: nobody knows yet
 * @property {() => import("./marks.js").Marks | null} marks her own, once loaded
 * @property {() => Promise<void>} load both, then goes on
 * @property {() => import("./seat.js").Invitation | null} takeInvitation the one to try at once, handed out once
 * @property {(how: import("./seat.js").Invitation) => void} keepInvitation one that could not be tried yet
 * @property {import("../core/store.js").Store<"here" | "away">} connection whether the server can be reached
 * @property {import("./downloads.js").Downloads} downloads what can be fetched ahead
 * @property {import("./areas.js").Areas} areas base maps that this tablet keeps
 * @property {ReturnType<typeof import("./persistence.js").createPersistence>} persistence
 * @property {(overlay: number) => Promise<GeoJSON.FeatureCollection>} features of a reference layer
 * @property {() => boolean} mustStayOpen the page cannot start again without its server, or the tablet is full
 * @property {import("../core/store.js").Store<number>} packageChanged
 * @property {() => void} prepared nobody needs to be asked again about fetching ahead
 * @property {{view: import("../map/map.js").View | null, basemap: string | null | undefined}} memory what outlives a
 *   screen, not a person; basemap: the one she chose, undefined when she did not
 * @property {() => void} help
 * @property {() => void} chooseLanguage
 * @property {(language: string) => Promise<void>} setLanguage
 * @property {(screen: "withdraw" | "receipt" | "pictures" | "consent" | "groups" | "due") => void} go "due": whatever is due
 * @property {() => void} lock hides everything until she opens it
 * @property {(next: boolean | import("./seat.js").Invitation) => Promise<void>} leave wipes the screen; next: somebody
 *   else goes on, as this tablet joined (true) or by another invitation
 */
/**
 * @typedef {object} Package
 * @property {{id: number, title: string, place: string, bbox: [number, number, number, number], precision_m: number,
 *   languages: string[], consent: Record<string, string>, help_contacts: Contact[], free_text: boolean,
 *   state: "open" | "closed", base_maps: string[], groups?: Group[]}} session
 * @property {import("../core/exercise.js").Exercise} exercise
 * @property {import("../map/overlay_layer.js").Overlay[]} overlays
 * @property {import("../map/basemap.js").BasemapInfo[]} base_maps those of the session that the server has
 */
/** @typedef {{name: string, phone?: string, note?: string}} Contact */
/** @typedef {{id: string, label: Record<string, string>}} Group */

/**
 * @param {object} deps
 * @param {App} deps.app
 * @param {string} deps.name of the screen, for its styles
 * @param {(Node | string | false | null | undefined)[]} deps.content
 * @param {boolean} [deps.language] whether the language can be changed here
 */
export function createPage({ app, name, content, language = true }) {
  const { t } = app.i18n;
  const loaded = app.package() !== null;
  return h(
    'div',
    { class: `page page-${name}` },
    h(
      'header',
      { class: 'page-bar' },
      h('span', { class: 'wordmark' }, 'Repère'),
      language &&
        h(
          'button',
          { class: 'button button-quiet button-small', type: 'button', onclick: app.chooseLanguage },
          icon('globe'),
          h('span', {}, app.i18n.autonym(app.i18n.language.get())),
        ),
      createOutboxCount(app),
      loaded &&
        h(
          'button',
          { class: 'button button-quiet button-small', type: 'button', onclick: app.help },
          icon('lifebuoy'),
          h('span', {}, t('help.button')),
        ),
    ),
    h('p', { class: 'page-away when-away' }, icon('away'), h('span', {}, t('connection.away'))),
    h('main', { class: 'page-main' }, content),
    createLanguageNotes(app),
  );
}

/** A big button. @param {{label: string, icon?: string, tone?: string, run: () => void, disabled?: boolean, type?: string}} options */
export function bigButton({ label, icon: name, tone = 'plain', run, disabled = false }) {
  return h(
    'button',
    { class: `button button-${tone} button-wide`, type: 'button', onclick: run, disabled },
    name && icon(name),
    h('span', {}, label),
  );
}

/** A large drawing above a heading. @param {string} name icon @param {string} [tone] */
export function emblem(name, tone = '') {
  return h('div', { class: `emblem ${tone}` }, icon(name));
}
