// SPDX-License-Identifier: AGPL-3.0-or-later
// What is seldom done, folded away: a higher floor (administrators), ending an exercise.
import { confirmDialog } from '../../core/dialog.js';
import { h, replace } from '../../core/dom.js';
import { icon } from '../../core/icon.js';
import { button, field, onSubmit, textInput } from '../form.js';
import { failAt } from '../problem.js';

/** @param {{publishing: import('./publish.js').Publishing}} deps */
export function createLater({ publishing }) {
  const { app, project, now, refresh } = publishing;
  const { t, label } = app.i18n;
  const parts = h('div', { class: 'stack question-body' });
  const element = h(
    'details',
    { class: 'question more' },
    h('summary', {}, h('strong', { class: 'summary-words' }, t('staff.publish.seldom'))),
    parts,
  );

  function show() {
    replace(parts, app.me()?.role === 'administrator' && floorForm(), endings());
    element.hidden = parts.childElementCount === 0;
  }
  function floorForm() {
    const { floor, exercises } = now();
    const floors = exercises.map((one) => one.profile.floor);
    const number = field({
      label: t('staff.publish.floor'),
      hint: t('staff.publish.floor_hint', { floor: Math.max(...floors, floor, 5) }),
      input: textInput({ type: 'number', min: 0, max: 1000, value: String(floor), inputmode: 'numeric' }),
    });
    const form = h(
      'form',
      { class: 'card stack' },
      h('h3', {}, t('staff.publish.floor_title')),
      h(
        'div',
        { class: 'add-row' },
        number.element,
        button({ label: t('staff.common.save'), icon: 'check', type: 'submit' }),
      ),
    );
    onSubmit(form, async () => {
      try {
        await app.api.put(`/api/projects/${project}/publication`, { floor: Number(number.input.value) || 0 });
        app.toaster.show({ text: t('staff.publish.floor_saved'), tone: 'good', icon: 'check' });
        await refresh();
      } catch (problem) {
        failAt(app, problem, { floor: number });
      }
    });
    return form;
  }
  function endings() {
    const going = now().exercises.filter((one) => !one.ended);
    if (going.length === 0) return null;
    return h(
      'section',
      { class: 'card stack' },
      h('h3', {}, t('staff.publish.end_title')),
      h('p', { class: 'soft' }, t('staff.publish.end_hint')),
      h(
        'ul',
        { class: 'rows' },
        going.map((one) =>
          h(
            'li',
            { class: 'publish-end' },
            h('bdi', {}, label(one.title)),
            button({
              label: t('staff.publish.end'),
              about: label(one.title),
              icon: 'lock',
              tone: 'quiet',
              small: true,
              run: () => end(one),
            }),
          ),
        ),
      ),
    );
  }
  /** @param {import('./model.js').PublicationExercise} exercise */
  async function end(exercise) {
    const sure = await confirmDialog({
      title: t('staff.publish.end_sure', { name: label(exercise.title) }),
      text: t('staff.publish.end_text'),
      yes: t('staff.publish.end_yes'),
      no: t('common.cancel'),
      danger: true,
      icon: 'lock',
    });
    if (!sure) return;
    app.toaster.show({ text: t('staff.publish.ending'), icon: 'hourglass', timeoutMs: 0 });
    try {
      await app.api.post(`/api/projects/${project}/exercises/${exercise.key}/end`);
      await refresh();
      app.toaster.show({ text: t('staff.publish.is_ended'), tone: 'good', icon: 'lock' });
      element.querySelector('summary')?.focus();
    } catch (problem) {
      app.fail(problem);
    }
  }
  return { element, show, destroy: () => element.remove() };
}
