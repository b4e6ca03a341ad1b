// SPDX-License-Identifier: AGPL-3.0-or-later
// A finding read back to the group: its place and its words over the whole screen, to be read from the
// back of the room, and one question.
import { h } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { createMap } from '../../map/map.js';
import { createMarkers } from '../../map/markers.js';
import { createSymbol } from '../../map/symbol.js';
import { actorIcon, boxAround, toMark, urgencySign } from './model.js';
import { own } from './view.js';

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {string[]} deps.basemap
 * @param {import('./model.js').Finding} deps.finding
 * @returns {Promise<"agree" | "change" | null>} null: left without an answer
 */
export function readBack({ app, basemap, finding }) {
  const { t } = app.i18n;
  const { statement, recommendation, language, who, urgency } = finding;
  const sign = urgencySign(urgency);
  const widget = createMap({ api: app.api, i18n: app.i18n, bbox: boxAround(finding.geometry), basemap });
  const markers = createMarkers({
    map: widget.map,
    size: 64,
    look: () => ({ ...sign, label: t(`staff.finding.urgency_${urgency}`) }),
  });
  markers.set([toMark(finding)]);
  return new Promise((done) => {
    /** @type {"agree" | "change" | null} */
    let answer = null;
    const close = (/** @type {typeof answer} */ given) => {
      answer = given;
      dialog.close();
    };
    const dialog = h(
      'dialog',
      { class: 'read-back', 'aria-labelledby': 'read-back-question' },
      h(
        'button',
        {
          class: 'button-round read-back-close',
          type: 'button',
          'aria-label': t('common.close'),
          onclick: () => close(null),
        },
        icon('close'),
      ),
      h('div', { class: 'read-back-map' }, widget.element),
      h(
        'div',
        { class: 'read-back-words' },
        h(
          'div',
          { class: 'read-back-card' },
          h(
            'p',
            { class: 'read-back-signs' },
            h('span', {}, createSymbol(sign, { size: 44 }), t(`staff.finding.urgency_${urgency}`)),
            h('span', {}, icon(actorIcon(who)), t(`staff.finding.who_${who}`)),
          ),
          own('p', statement, language, 'read-back-statement'),
          recommendation !== '' && own('p', recommendation, language, 'read-back-wish'),
        ),
        h(
          'div',
          { class: 'read-back-ask' },
          h('h2', { id: 'read-back-question', tabindex: '-1' }, t('staff.finding.ask')),
          h(
            'div',
            { class: 'read-back-answers' },
            answerButton('agree', 'check', 'primary', close),
            answerButton('change', 'edit', 'plain', close),
          ),
        ),
      ),
    );
    dialog.addEventListener(
      'close',
      () => {
        markers.destroy();
        widget.destroy();
        dialog.remove();
        done(answer);
      },
      { once: true },
    );
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector('h2')?.focus({ preventScroll: true });
  });

  /** @param {"agree" | "change"} value @param {string} name @param {string} tone @param {(value: "agree" | "change") => void} close */
  function answerButton(value, name, tone, close) {
    return h(
      'button',
      { class: `button button-${tone}`, type: 'button', onclick: () => close(value) },
      icon(name),
      h('span', {}, t(value === 'agree' ? 'staff.finding.agree' : 'staff.finding.change_it')),
    );
  }
}
