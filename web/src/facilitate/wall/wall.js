// SPDX-License-Identifier: AGPL-3.0-or-later
// The live view for the wall of the room, in a window of its own: map, join QR, counts. It can be frozen (the
// picture stays) and hidden (a neutral picture). Marks of a sensitive exercise are shown late, many at once and
// as squares, and nothing on this page can change that.
import { categoryOption } from '../../core/exercise.js';
import { h, replace } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { createCleanup } from '../../core/store.js';
import { createMap } from '../../map/map.js';
import { createMarkers } from '../../map/markers.js';
import { plainColour } from '../../map/symbol.js';
import { createBatches, countPeople, personOf, rules } from './batches.js';
import { createFeed } from './feed.js';
import { countsOf, inSteps, middle, rulesAt, squareRules, squaresOf } from './squares.js';
import { createSquaresLayer } from './squares_layer.js';
import { createWallLink } from './wall_link.js';
import { createWallSide } from './wall_side.js';

/** @typedef {import('../live/model.js').Mark} Mark */

const tickMs = 1000;
/** A sign can be told apart from six metres at a twentieth of the picture's height. */
const signSize = () => Math.max(36, Math.round(innerHeight / 20));

/** @param {import('../screens.js').ScreenDeps} deps */
export async function createWall({ app, ids: [id] }) {
  const { api, i18n } = app;
  const { t, label } = i18n;
  const [session, sheet] = await Promise.all([
    api.get(`/api/sessions/${id}`),
    api.get(`/api/sessions/${id}/package`),
  ]);
  const { exercise } = sheet;
  i18n.setOthers(session.languages);
  const late = exercise.sensitivity !== 'standard';
  const cleanup = createCleanup();
  const batches = createBatches();
  /** @type {Mark[]} */
  let marks = [];
  const mode = { frozen: false, hidden: false, since: 0, reached: true };

  const widget = createMap({ api, i18n, bbox: session.bbox, basemap: session.base_maps, infos: sheet.base_maps });
  const markers = createMarkers({
    map: widget.map,
    groupRadius: signSize() * 1.3,
    size: signSize(),
    look: (mark) => signOf(/** @type {Mark} */ (mark).properties.category),
    groupLabel: (count) => t('staff.live.group', { count }),
  });
  const squares = createSquaresLayer({ map: widget.map, signOf, labelOf });
  const side = createWallSide({ app, session, exercise, mixed: late ? signOf(null) : null });
  const link = createWallLink(id, (message) => {
    if (message.kind === 'ask') tellMode();
    if (message.kind === 'changed') feed.ask();
    if (message.kind === 'set') setMode(message);
  });
  const sign = h('p', { class: 'wall-notice', role: 'status' });
  const full = tool(toggleFull);
  const freeze = tool(() => setMode({ frozen: !mode.frozen }));
  const hide = tool(() => setMode({ hidden: !mode.hidden }));
  const leave = h('a', { class: 'button button-small', href: `#/session/${id}` }, icon('back'), h('span', {}, t('staff.wall.leave')));
  const cover = h(
    'div',
    { class: 'wall-cover', hidden: true },
    icon('pause'),
    h('p', { class: 'wall-cover-title' }, h('bdi', {}, session.title)),
    h('p', {}, t('staff.wall.hidden')),
  );
  const picture = h(
    'div',
    { class: 'wall-picture' },
    h('div', { class: 'wall-map' }, widget.element, late && howLate()),
    side.element,
  );
  const element = h(
    'div',
    { class: 'wall' },
    h('header', { class: 'wall-head' }, h('h1', {}, h('bdi', {}, label(exercise.intro) || session.title)), sign),
    picture,
    cover,
    h('div', { class: 'wall-tools', role: 'group', 'aria-label': t('staff.wall.tools') }, full, freeze, hide, leave),
  );

  /** @param {() => void} run */
  function tool(run) {
    return h('button', { class: 'button button-plain button-small', type: 'button', onclick: run });
  }
  /** @param {string | null} category null: what people there chose differs */
  function signOf(category) {
    if (category === null) return { icon: 'compare', colour: plainColour, label: t('staff.wall.mixed') };
    const option = categoryOption(exercise, category);
    return { ...option, icon: option?.icon, label: label(option?.label) || category };
  }
  /** @param {import('./squares.js').Square} square */
  function labelOf({ category, from, sideM }) {
    return t('staff.wall.square', { words: signOf(category).label, from, metres: sideM });
  }
  /** Said on the wall itself, so that everybody in the room knows. */
  function howLate() {
    const values = { metres: squareRules.sideM, people: squareRules.people, minutes: rules.delayMs / 60_000 };
    return h('p', { class: 'wall-late' }, icon('shield'), h('span', {}, t('staff.wall.late', values)));
  }
  function toggleFull() {
    const asked = document.fullscreenElement
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen?.();
    Promise.resolve(asked).catch(() => {}); // the window is enough where that is refused
  }
  /** @param {{frozen?: boolean, hidden?: boolean}} change */
  function setMode({ frozen = mode.frozen, hidden = mode.hidden }) {
    if (frozen && !mode.frozen) mode.since = performance.now();
    Object.assign(mode, { frozen, hidden });
    picture.hidden = hidden;
    cover.hidden = !hidden;
    draw();
    showMode();
    tellMode();
  }
  const tellMode = () => link.send({ kind: 'state', frozen: mode.frozen, hidden: mode.hidden });

  function showMode() {
    const inFull = document.fullscreenElement !== null;
    face(full, 'screen', inFull ? 'staff.wall.small' : 'staff.wall.full', inFull);
    face(freeze, mode.frozen ? 'play' : 'pause', mode.frozen ? 'staff.live.unfreeze' : 'staff.live.freeze', mode.frozen);
    face(hide, mode.hidden ? 'eye' : 'eye-off', mode.hidden ? 'staff.wall.show' : 'staff.wall.hide', mode.hidden);
    showNotice();
  }
  /** @param {HTMLElement} button @param {string} name @param {string} key @param {boolean} on */
  function face(button, name, key, on) {
    replace(button, icon(name), h('span', {}, t(key)));
    button.setAttribute('aria-pressed', String(on));
  }
  function showNotice() {
    const minutes = Math.floor((performance.now() - mode.since) / 60_000);
    const words = mode.frozen
      ? minutes < 1
        ? t('staff.wall.frozen')
        : t('staff.wall.frozen_for', { count: minutes })
      : mode.reached
        ? ''
        : t('staff.live.reconnecting');
    if (sign.textContent === words) return;
    replace(sign, words && icon(mode.frozen ? 'pause' : 'sync'), words && h('span', {}, words));
  }
  /** A frozen picture stays as it is. */
  function draw() {
    if (mode.frozen) return;
    if (late) drawLate();
    else drawMarks();
  }
  function drawMarks() {
    markers.set(marks.slice().reverse());
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const { properties } of marks) counts.set(properties.category, (counts.get(properties.category) ?? 0) + 1);
    side.setCounts(counts, marks.length);
  }
  function drawLate() {
    const shown = batches.shown();
    const places = shown.map((mark) => ({
      ...middle(mark.geometry),
      person: personOf(mark),
      category: mark.properties.category,
    }));
    const lat = (session.bbox[1] + session.bbox[3]) / 2;
    const { map } = widget;
    const perPixel = (156_543 * Math.cos((lat * Math.PI) / 180)) / 2 ** map.getZoom();
    squares.set(squaresOf(places, lat, rulesAt(perPixel, signSize() * 1.6)), signSize());
    side.setLate(countsOf(places), countPeople(shown) >= squareRules.people ? inSteps(shown.length) : null);
  }
  const feed = createFeed({
    app,
    session: id,
    onMarks(list) {
      marks = list;
      if (late) batches.see(list, performance.now());
      draw();
    },
    onReach(reached) {
      mode.reached = reached;
      showNotice();
    },
  });
  function tick() {
    if (late && batches.release(performance.now())) draw();
    showNotice();
  }
  function onResize() {
    markers.resize(signSize(), signSize() * 1.3);
    draw();
  }
  if (late) widget.map.on('zoomend', draw); // it goes with the map
  const timer = setInterval(tick, tickMs);
  const gone = () => link.send({ kind: 'gone' });
  document.addEventListener('fullscreenchange', showMode);
  window.addEventListener('resize', onResize);
  window.addEventListener('pagehide', gone);
  draw();
  showMode();
  tellMode();
  cleanup.add(
    widget.destroy,
    markers.destroy,
    squares.destroy,
    side.destroy,
    link.destroy,
    gone,
    feed.destroy,
    () => clearInterval(timer),
    () => document.removeEventListener('fullscreenchange', showMode),
    () => window.removeEventListener('resize', onResize),
    () => window.removeEventListener('pagehide', gone),
    () => void (document.fullscreenElement && document.exitFullscreen().catch(() => {})),
  );
  return {
    element,
    destroy() {
      cleanup.run();
      element.remove();
    },
  };
}
