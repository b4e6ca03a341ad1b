// SPDX-License-Identifier: AGPL-3.0-or-later
// Changing an exercise's document so that it stays one that the server takes: whatever hangs on what is
// removed goes with it, conditions look back only, every text has every language. Pure.

/** @typedef {import('../../core/exercise.js').Exercise} Exercise */
/** @typedef {import('../../core/exercise.js').Field} Field */
/** @typedef {import('../../core/exercise.js').Text} Text */
/** @typedef {"one" | "several" | "scale" | "number" | "text"} Kind */

/** Those of the title are those of the whole. @param {Exercise} doc @returns {string[]} */
export const languagesOf = (doc) => Object.keys(doc.title);

/** @param {Exercise} doc @returns {Text[]} */
function textsOf(doc) {
  const own = doc.fields.flatMap(({ label, low, high, options = [] }) => [
    label,
    low,
    high,
    ...options.map((one) => one.label),
  ]);
  return [doc.title, doc.intro, ...own].filter((text) => text !== undefined);
}

/** The names of what an edition tells apart. @param {Exercise} doc @returns {Text[]} */
const slicesOf = (doc) =>
  [...(doc.publish?.categories ?? []), ...(doc.publish?.times?.bands ?? [])].map((one) => one.label);

/** Names that no form asks for begin with the words of the first language: they are never empty.
 * @param {Exercise} doc @param {string} code */
export function addLanguage(doc, code) {
  const [first] = languagesOf(doc);
  for (const text of textsOf(doc)) text[code] ??= '';
  for (const text of slicesOf(doc)) text[code] ??= text[first];
}

/** @param {Exercise} doc @param {string} code */
export function removeLanguage(doc, code) {
  for (const text of [...textsOf(doc), ...slicesOf(doc)]) delete text[code];
  delete doc.languages?.[code];
  if (doc.languages && Object.keys(doc.languages).length === 0) delete doc.languages;
}

/** An empty text in each language of the exercise. @param {Exercise} doc @returns {Text} */
export const emptyText = (doc) => Object.fromEntries(languagesOf(doc).map((code) => [code, '']));

/** An id that no other has: "question_2". @param {string} stem @param {{id: string}[]} others */
export function freeId(stem, others) {
  const taken = new Set(others.map((one) => one.id));
  let number = others.length + 1;
  while (taken.has(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

/** A key for one more exercise of a project: itself, or "safety-map-2". @param {string} key @param {string[]} taken */
export function freeKey(key, taken) {
  let number = 1;
  const name = () => (number === 1 ? key : `${key.slice(0, 36)}-${number}`);
  while (taken.includes(name())) number += 1;
  return name();
}

/** @param {Exercise} doc @param {Kind} type @returns {Field} */
export function newQuestion(doc, type) {
  const base = { id: freeId('question', doc.fields), type, label: emptyText(doc) };
  if (type === 'one' || type === 'several') {
    const options = [1, 2].map((number) => ({ id: `answer_${number}`, label: emptyText(doc) }));
    return { ...base, options };
  }
  if (type === 'scale') return { ...base, min: 1, max: 5 };
  if (type === 'number') return { ...base, min: 0, max: 99 };
  return { ...base, max_length: 280 };
}

/** A question cannot go before the one its condition names. @param {Exercise} doc @param {number} index @param {1 | -1} step */
export function mayMove(doc, index, step) {
  const [upper, lower] = [
    doc.fields[Math.min(index, index + step)],
    doc.fields[Math.max(index, index + step)],
  ];
  return upper !== undefined && lower !== undefined && lower.if?.field !== upper.id;
}

/** @param {Exercise} doc @param {number} index @param {1 | -1} step */
export function moveQuestion(doc, index, step) {
  if (mayMove(doc, index, step)) doc.fields.splice(index + step, 0, ...doc.fields.splice(index, 1));
}

/** What an edition told apart by this field, as far as it still can; a field that is gone has no options.
 * @param {Exercise} doc @param {string} field @param {string[]} options that are left */
function keepSlices(doc, field, options) {
  const { categories, times } = doc.publish ?? {};
  if (!doc.publish) return;
  /** @param {import('../../core/exercise.js').Slice[]} slices @param {string} [usual] the field of one that names none */
  const kept = (slices, usual) => {
    for (const one of slices)
      if ((one.field ?? usual) === field) one.options = one.options.filter((id) => options.includes(id));
    return slices.filter((one) => one.options.length > 0);
  };
  if (categories) doc.publish.categories = kept(categories, doc.category);
  if (times) times.bands = kept(times.bands, times.field);
  if (categories && doc.publish.categories?.length === 0) delete doc.publish.categories;
  if (times?.bands.length === 0) delete doc.publish.times;
  if (!doc.publish.categories && !doc.publish.times) delete doc.publish;
}

/** @param {Exercise} doc @param {number} index */
export function removeQuestion(doc, index) {
  const [gone] = doc.fields.splice(index, 1);
  for (const field of doc.fields) if (field.if?.field === gone.id) delete field.if;
  if (doc.help?.field === gone.id) doc.help = null;
  keepSlices(doc, gone.id, []);
}

/** @param {Exercise} doc @param {Field} field @param {number} index of the option */
export function removeOption(doc, field, index) {
  const [gone] = /** @type {NonNullable<Field['options']>} */ (field.options).splice(index, 1);
  for (const other of doc.fields) {
    if (other.if?.field !== field.id) continue;
    other.if.in = other.if.in.filter((id) => id !== gone.id);
    if (other.if.in.length === 0) delete other.if;
  }
  if (doc.help?.field === field.id && doc.help.option === gone.id) doc.help = null;
  keepSlices(doc, field.id, (field.options ?? []).map((one) => one.id));
}

/** What may be drawn; no category allows more than that. @param {Exercise} doc @param {import('../../core/exercise.js').Shape[]} shapes */
export function setShapes(doc, shapes) {
  doc.geometry = shapes;
  for (const option of doc.fields.flatMap((field) => field.options ?? [])) {
    option.geometry = option.geometry?.filter((shape) => shapes.includes(shape));
    if (!option.geometry?.length) delete option.geometry;
  }
}

/** Questions whose answers a condition of this one may name. @param {Exercise} doc @param {Field} field */
export function earlierChoices(doc, field) {
  return doc.fields.slice(0, doc.fields.indexOf(field)).filter((one) => one.options !== undefined);
}

/** As it is sent: without the texts that may be left out and are. @param {Exercise} doc @returns {Exercise} */
export function tidy(doc) {
  const copy = structuredClone(doc);
  for (const field of copy.fields)
    for (const end of /** @type {const} */ (['low', 'high']))
      if (Object.values(field[end] ?? {}).every((words) => words.trim() === '')) delete field[end];
  fillGaps(copy);
  return copy;
}

/** Words that are not there are those of the first language, which is then a draft. @param {Exercise} doc */
function fillGaps(doc) {
  const [first, ...others] = languagesOf(doc);
  for (const text of textsOf(doc))
    for (const code of others) {
      if (text[code].trim() !== '' || text[first].trim() === '') continue;
      text[code] = text[first];
      (doc.languages ??= {})[code] = 'draft';
    }
}
