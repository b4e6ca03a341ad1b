// SPDX-License-Identifier: AGPL-3.0-or-later
// The card of what was chosen on the map: a region with its number, ground without one, a finding, a place.
import { h } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { createSymbol } from '../map/symbol.js';
import { shareBands } from './classes.js';
import { actorOf, actors, isFinding, nameOf, signOf, urgencies, urgencyOf } from './places.js';
import { createWords } from './words.js';

/**
 * @param {import('./page.js').App} app @param {string} title @param {Node | null} sign
 * @param {(Node | false | null | undefined)[]} body @param {() => void} onClose
 */
function frame(app, title, sign, body, onClose) {
  const { t } = app.i18n;
  return h(
    'section',
    {
      class: 'plan-card',
      'aria-label': title,
      tabindex: '-1',
      onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && onClose(),
    },
    h(
      'div',
      { class: 'card-top' },
      sign,
      h('h3', { class: 'card-title', dir: 'auto' }, title),
      h(
        'button',
        { class: 'button-round', type: 'button', 'aria-label': t('plan.close'), onclick: onClose },
        icon('close'),
      ),
    ),
    h('div', { class: 'card-body' }, body),
  );
}

/**
 * @param {object} deps
 * @param {import('./page.js').App} deps.app
 * @param {import('./catalog.js').Edition} deps.edition
 * @param {import('./scene.js').Pane} deps.pane
 * @param {import('./regions.js').Region} deps.region
 * @param {string | null} deps.place name of the area it lies in
 * @param {() => void} deps.onClose
 */
export function regionCard({ app, edition, pane, region, place, onClose }) {
  const { t, label } = app.i18n;
  const words = createWords(app.i18n);
  const { value, share, per_km2, side_m, area_km2, code, result, label: name, covered } = region.properties;
  const title = label(pane.slice.title);
  if (pane.kind === 'difference') {
    const texts = { one: title, other: label(pane.other?.title) };
    return frame(
      app,
      t(`plan.compare.${result}`),
      icon('compare'),
      [h('p', {}, t(`plan.compare.${result}_text`, texts)), code && codeLine(t, code)],
      onClose,
    );
  }
  if (value === null)
    return frame(
      app,
      name || t('plan.legend.unknown'),
      icon('eye-off'),
      [h('p', {}, t('plan.legend.unknown_area'))],
      onClose,
    );
  const larger = side_m > (edition.exercises.find(({ key }) => key === pane.slice.exercise)?.base_m ?? 0);
  return frame(
    app,
    t('plan.card.people', { people: words.number(value) }),
    null,
    [
      h('p', { class: 'card-slice' }, icon(pane.slice.icon ?? 'people'), h('span', {}, title)),
      pane.slice.kind !== 'all' &&
        (share ? shareLine(t, words, share) : h('p', { class: 'soft' }, t('plan.card.share_unknown'))),
      name && h('p', {}, t('plan.card.in', { place: name })),
      place && h('p', {}, t('plan.card.in', { place })),
      side_m &&
        h(
          'p',
          {},
          larger
            ? t('plan.card.larger', { area: words.area(area_km2) })
            : t('plan.card.square', { side: words.metres(side_m) }),
        ),
      covered !== undefined &&
        h('p', { class: 'soft' }, t('plan.card.covered', { percent: words.percent(covered) })),
      h('p', { class: 'soft' }, words.perKm2(per_km2)),
      code && codeLine(t, code),
    ],
    onClose,
  );
}

/** @param {import('../core/translate.js').Translate} t @param {string} code */
const codeLine = (t, code) =>
  h('p', { class: 'card-code' }, t('plan.card.code'), ' ', h('span', { class: 'code' }, code));

/** Five boxes, the one that holds filled. @param {import('../core/translate.js').Translate} t @param {import('./words.js').Words} words @param {string} share */
function shareLine(t, words, share) {
  const boxes = shareBands.map((band) =>
    h('span', { class: band === share ? 'share-box share-now' : 'share-box' }),
  );
  return h(
    'div',
    { class: 'share-line' },
    h('div', { class: 'share-boxes', 'aria-hidden': 'true' }, boxes),
    h('p', {}, t('plan.card.share', { share: words.share(share) })),
  );
}

/**
 * Ground without a number: nobody knows how many, and the card says why.
 * @param {{app: import('./page.js').App, edition: import('./catalog.js').Edition, pane: import('./scene.js').Pane, marked: boolean, onClose: () => void}} deps
 * marked: enough people marked here for everybody together to be shown
 */
export function groundCard({ app, edition, pane, marked, onClose }) {
  const { t, label } = app.i18n;
  const floor = edition.exercises.find(({ key }) => key === pane.slice.exercise)?.floor ?? 0;
  const [title, text] = marked
    ? [t('plan.card.few', { title: label(pane.slice.title) }), t('plan.card.few_text')]
    : [t('plan.card.unknown'), t('plan.card.unknown_text', { floor })];
  return frame(app, title, icon('eye-off', { class: 'card-sign' }), [h('p', {}, text)], onClose);
}

/** @param {{app: import('./page.js').App, mark: import('../map/markers.js').Mark, onClose: () => void}} deps */
export function markCard({ app, mark, onClose }) {
  const sign = createSymbol(signOf(mark), { size: 40 });
  const body = isFinding(mark) ? findingBody(app, mark) : assetBody(app, mark);
  const card = frame(app, nameOf(mark), sign, body, onClose);
  if (isFinding(mark))
    card.querySelector('.card-title')?.setAttribute('lang', mark.properties?.language ?? '');
  return card;
}

/** @param {import('./page.js').App} app @param {import('../map/markers.js').Mark} mark */
function findingBody(app, mark) {
  const { t } = app.i18n;
  const { recommendation, language, month } = mark.properties ?? {};
  return [
    h('p', { class: 'badges' }, urgencyBadge(app, urgencyOf(mark)), actorBadge(app, actorOf(mark))),
    recommendation && h('p', { class: 'soft small' }, t('plan.card.recommendation')),
    recommendation && h('p', { class: 'card-wish', lang: language, dir: 'auto' }, recommendation),
    h(
      'p',
      { class: 'soft small' },
      t('plan.card.approved'),
      ' ',
      month && t('plan.card.month', { month: createWords(app.i18n).month(month) }),
    ),
  ];
}

/** @param {import('./page.js').App} app @param {keyof typeof urgencies} urgency */
export function urgencyBadge(app, urgency) {
  return h(
    'span',
    { class: `badge urgency urgency-${urgency}` },
    createSymbol(urgencies[urgency], { size: 18 }),
    app.i18n.t(`plan.find.urgency.${urgency}`),
  );
}
/** @param {import('./page.js').App} app @param {keyof typeof actors} who */
export function actorBadge(app, who) {
  return h('span', { class: 'badge' }, icon(actors[who].icon), app.i18n.t(`plan.find.who.${who}`));
}

/** @param {import('./page.js').App} app @param {import('../map/markers.js').Mark} mark */
function assetBody(app, mark) {
  const { t, label } = app.i18n;
  const { label: category, details, precision_m } = mark.properties ?? {};
  return [
    h('p', { class: 'badges' }, h('span', { class: 'badge' }, label(category))),
    details?.length > 0 &&
      h(
        'dl',
        { class: 'answers' },
        details.map((/** @type {any} */ { question, answers }) =>
          h(
            'div',
            { class: 'answer' },
            h('dt', {}, label(question)),
            h('dd', {}, answers.map(label).join(' · ')),
          ),
        ),
      ),
    precision_m > 0 && h('p', { class: 'soft small' }, t('plan.card.near', { metres: precision_m })),
  ];
}
