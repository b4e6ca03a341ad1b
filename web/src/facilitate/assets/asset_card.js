// SPDX-License-Identifier: AGPL-3.0-or-later
// One asset that people offered to everybody: what would be published of it, its title, approving it and
// taking that back.
import { createAnswers } from '../../core/answers_view.js';
import { h, replace } from '../../core/dom.js';
import { categoryOption } from '../../core/exercise.js';
import { icon } from '../../core/icon.js';
import { createSymbol } from '../../map/symbol.js';
import { button, field, onSubmit, textInput } from '../form.js';
import { failAt } from '../problem.js';

const hidden = new Set(['text', 'link']); // written in one's own words, or about somebody else's mark

/**
 * @param {object} deps
 * @param {import('../main.js').App} deps.app
 * @param {import('./assets.js').Asset} deps.asset kept up to date in place
 * @param {import('../../core/exercise.js').Exercise} deps.exercise
 * @param {number} deps.precisionM
 * @param {() => void} deps.onFind
 * @param {() => void} deps.onChange
 */
export function createAssetCard({ app, asset, exercise, precisionM, onFind, onChange }) {
  const { i18n } = app;
  const { t, label } = i18n;
  const path = `/api/sessions/${asset.session}/contributions/${asset.uuid}/shared`;
  const option = categoryOption(exercise, asset.category);
  const kind = label(option?.label) || asset.category;
  const asked = {
    ...exercise,
    fields: exercise.fields.filter((one) => !hidden.has(one.type) && one.id !== 'shareable'),
  };
  const answered = asked.fields.some(
    (one) => one.id !== exercise.category && asset.answers[one.id] !== undefined,
  );
  const stands = h('p', { class: 'badges' });
  const title = field({
    label: t('staff.assets.name'),
    hint: t('staff.assets.name_hint'),
    input: textInput({ maxlength: 120, required: true, value: asset.title ?? '' }),
  });
  const approve = button({
    label: t('staff.assets.approve'),
    icon: 'check',
    tone: 'primary',
    type: 'submit',
  });
  const keep = button({ label: t('staff.common.save'), icon: 'check', type: 'submit' });
  const back = button({ label: t('staff.assets.take_back'), about: kind, icon: 'undo', run: takeBack });
  const form = h('form', { class: 'add-row' }, title.element, approve, keep, back);
  const element = h(
    'li',
    { class: 'card asset', tabindex: '-1' },
    createSymbol(option ?? {}, { size: 44 }),
    h(
      'div',
      { class: 'stack asset-words' },
      h('div', { class: 'head-row' }, h('h2', {}, h('bdi', {}, kind)), stands),
      answered
        ? createAnswers(i18n, asked, asset.answers)
        : h('p', { class: 'soft' }, t('staff.mark.no_answers')),
      h(
        'p',
        { class: 'soft small' },
        precisionM > 0 ? t('staff.assets.precision', { count: precisionM }) : t('staff.assets.exact'),
      ),
      button({
        label: t('staff.mark.find'),
        about: kind,
        icon: 'map',
        tone: 'quiet',
        small: true,
        run: onFind,
      }),
      app.leads() && form,
    ),
  );
  const typed = () => title.input.value.trim() !== (asset.title ?? '');

  function show() {
    element.classList.toggle('asset-approved', asset.approved);
    replace(
      stands,
      h(
        'span',
        { class: `badge ${asset.approved ? 'badge-good' : 'badge-warn'}` },
        icon(asset.approved ? 'check' : 'clock'),
        t(asset.approved ? 'staff.assets.approved' : 'staff.assets.waiting'),
      ),
    );
    approve.hidden = asset.approved;
    keep.hidden = !asset.approved || !typed();
    back.hidden = !asset.approved;
  }
  title.input.addEventListener('input', show);
  onSubmit(form, async () => {
    const words = title.input.value.trim();
    if (words === '') {
      title.setError(t('staff.assets.name_missing'));
      return title.input.focus();
    }
    try {
      const first = !asset.approved;
      Object.assign(asset, await app.api.put(path, { title: words }));
      changed();
      app.toaster.show({
        text: t(first ? 'staff.assets.is_approved' : 'staff.assets.saved'),
        tone: 'good',
        icon: 'check',
      });
      (first ? back : title.input).focus();
    } catch (problem) {
      failAt(app, problem, { title });
    }
  });
  async function takeBack() {
    try {
      await app.api.del(path);
      Object.assign(asset, { approved: false, id: null });
      changed();
      app.toaster.show({ text: t('staff.assets.is_back'), icon: 'undo' });
      approve.focus();
    } catch (problem) {
      app.fail(problem);
    }
  }
  function changed() {
    show();
    onChange();
  }
  show();
  return {
    element,
    typed,
    focus: () => element.focus({ preventScroll: true }),
    destroy: () => element.remove(),
  };
}
