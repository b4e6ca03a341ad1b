// SPDX-License-Identifier: AGPL-3.0-or-later
// Who works on a project: adding an account by its name, taking one off.
import { confirmDialog } from '../core/dialog.js';
import { h, replace } from '../core/dom.js';
import { icon } from '../core/icon.js';
import { button, field, onSubmit, textInput } from './form.js';

/** @typedef {{id: number, name: string, role: string}} Person */

/** @param {{app: import('./main.js').App, project: number, people: Person[]}} deps */
export function createTeam({ app, project, people }) {
  const { t } = app.i18n;
  const list = h('ul', { class: 'cards' });
  const name = field({
    label: t('staff.team.name'),
    hint: t('staff.team.name_hint'),
    input: textInput({ required: true, maxlength: 64, autocapitalize: 'none', spellcheck: 'false' }),
  });
  const form = h(
    'form',
    { class: 'card add-row' },
    name.element,
    button({ label: t('staff.team.add'), icon: 'plus', type: 'submit' }),
  );
  const element = h(
    'section',
    { class: 'stack' },
    h('h2', {}, t('staff.team.title')),
    h('p', { class: 'soft' }, t('staff.team.hint')),
    list,
    form,
  );

  /** @param {Person[]} now */
  function show(now) {
    replace(list, now.map(row));
  }
  /** @param {Person} person */
  function row(person) {
    const own = person.name === app.me()?.name;
    return h(
      'li',
      { class: 'card card-row' },
      h('span', { class: 'card-icon' }, icon('person')),
      h(
        'span',
        { class: 'card-words' },
        h('strong', {}, h('bdi', {}, person.name), own && ` ${t('staff.team.you')}`),
        h('span', { class: 'soft' }, t(`staff.role.${person.role}`)),
      ),
      !own &&
        button({
          label: t('staff.team.remove'),
          about: person.name,
          icon: 'close',
          small: true,
          run: () => remove(person),
        }),
    );
  }
  /** @param {Person} person */
  async function remove(person) {
    const sure = await confirmDialog({
      title: t('staff.team.remove_title', { name: person.name }),
      text: t('staff.team.remove_text'),
      yes: t('staff.team.remove'),
      no: t('common.cancel'),
      danger: true,
    });
    if (!sure) return;
    try {
      await app.api.del(`/api/projects/${project}/staff/${person.id}`);
      show((await app.api.get(`/api/projects/${project}/staff`)).items);
      name.input.focus();
    } catch (problem) {
      app.fail(problem);
    }
  }
  onSubmit(form, async () => {
    try {
      show((await app.api.post(`/api/projects/${project}/staff`, { name: name.input.value.trim() })).items);
      name.input.value = '';
    } catch (problem) {
      if (/** @type {any} */ (problem).code === 'BAD_FIELD') name.setError(t('staff.team.unknown'));
      else app.fail(problem);
    }
    name.input.focus();
  });
  show(people);
  return { element, destroy: () => element.remove() };
}
