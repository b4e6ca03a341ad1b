// SPDX-License-Identifier: AGPL-3.0-or-later
// From the address to what is shown: which edition, with what chosen; and back, so that the address always
// says what is seen. The page and the embedded map share it; each composes its own view.
import { h, replace } from '../core/dom.js';
import { createCatalog } from './catalog.js';
import { didNotLoad, nothingPublished, notThere, problemText } from './notices.js';
import { findEdition, firstState, readState, settle, writeState } from './state.js';

/**
 * @typedef {object} App
 * @property {import('../core/api.js').Api} api
 * @property {import('../core/i18n.js').I18n} i18n
 * @property {import('./catalog.js').Catalog} catalog
 * @property {import('../core/toast.js').Toaster} toaster
 * @property {() => import('./state.js').State} state
 * @property {(patch: Partial<import('./state.js').State>, how?: {replace?: boolean, quiet?: boolean}) => void} set
 * replace: no step for the Back button; quiet: the view knows already
 * @property {(view: import('../map/map.js').View) => void} moved
 * @property {(problem: unknown) => void} fail says what went wrong and what to do
 */
/**
 * @typedef {object} Opened
 * @property {App} app
 * @property {import('./catalog.js').Edition} edition
 * @property {import('./catalog.js').Item} item
 * @property {import('./catalog.js').EditionList} list
 */
/** @typedef {import('../core/dom.js').Widget & {update: (state: import('./state.js').State, former: import('./state.js').State | null) => void}} View */

/**
 * @param {object} deps
 * @param {import('../core/api.js').Api} deps.api
 * @param {import('../core/i18n.js').I18n} deps.i18n
 * @param {import('../core/toast.js').Toaster} deps.toaster
 * @param {(opened: Opened) => Promise<View>} deps.compose
 */
export function createPage({ api, i18n, toaster, compose }) {
  const element = h('div', { class: 'plan-page' });
  const catalog = createCatalog({ api });
  let state = readState(location.hash);
  /** @type {(View | import('../core/dom.js').Widget) & Partial<View> | null} */
  let view = null;
  let opened = '';
  let turn = 0;

  /** @type {App} */
  const app = {
    api,
    i18n,
    catalog,
    toaster,
    state: () => state,
    set(patch, { replace: inPlace = false, quiet = false } = {}) {
      const former = state;
      state = { ...state, ...patch };
      const hash = writeState(state);
      if (hash !== location.hash) history[inPlace ? 'replaceState' : 'pushState'](null, '', hash);
      if (!quiet) view?.update?.(state, former);
    },
    moved: ({ lat, lon, zoom }) => app.set({ at: { lat, lon, zoom } }, { replace: true, quiet: true }),
    fail(problem) {
      toaster.show({ text: problemText(i18n.t, problem), tone: 'bad', icon: 'warning', timeoutMs: 9000 });
    },
  };
  /** @param {View | import('../core/dom.js').Widget} next @param {string} [what] an edition, in a language */
  function put(next, what = '') {
    view?.destroy();
    view = next;
    opened = what;
    replace(element, next.element);
  }
  /** Shows what the address says. */
  async function show() {
    const mine = ++turn;
    const former = state;
    const wanted = readState(location.hash);
    try {
      const list = await catalog.list();
      if (mine !== turn) return;
      const item = findEdition(list.items, wanted);
      if (!item) return put(nothingPublished(app));
      if (wanted.project !== null && item.project !== wanted.project) return put(notThere(app));
      const edition = await catalog.edition(item);
      if (mine !== turn) return;
      state = settle(wanted, edition);
      history.replaceState(null, '', writeState(state));
      const what = `${item.project}/${item.edition}/${i18n.language.get()}`;
      if (what === opened) return view?.update?.(state, former);
      const next = await compose({ app, edition, item, list });
      if (mine !== turn) return next.destroy();
      put(next, what);
      next.update(state, null);
      document.title = `${edition.title} – Repère`;
    } catch (problem) {
      if (mine === turn) put(didNotLoad(app, problem, show));
    }
  }
  window.addEventListener('hashchange', show);
  window.addEventListener('popstate', show);
  const forget = i18n.language.subscribe(() => show());
  return {
    element,
    show,
    /** Another project or edition, with what can be kept of what is looked at. @param {number} project @param {string | null} edition */
    open(project, edition) {
      const kept =
        project === state.project ? { ...state, edition, pick: null } : { ...firstState, project, edition };
      history.pushState(null, '', writeState(kept));
      show();
    },
    destroy() {
      window.removeEventListener('hashchange', show);
      window.removeEventListener('popstate', show);
      forget();
      view?.destroy();
    },
  };
}
