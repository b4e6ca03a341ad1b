// SPDX-License-Identifier: AGPL-3.0-or-later
// What an exercise asks, given the answers so far. Pure: the server applies the same rules
// (server/model/exercise.h), this is so that nobody is asked in vain.

/** @typedef {Record<string, string>} Text by language */
/** @typedef {"point" | "line" | "area"} Shape what may be drawn */
/**
 * @typedef {object} Option
 * @property {string} id
 * @property {Text} label
 * @property {string} [icon]
 * @property {string} [colour]
 * @property {string} [shape]
 * @property {Shape[]} [geometry]
 * @property {number} [precision_m]
 */
/**
 * @typedef {object} Field
 * @property {string} id
 * @property {"one" | "several" | "scale" | "number" | "text" | "link"} type
 * @property {Text} label
 * @property {string} [icon]
 * @property {boolean} [required]
 * @property {Option[]} [options]
 * @property {{field: string, in: string[]}} [if]
 * @property {number} [min]
 * @property {number} [max]
 * @property {boolean} [not_applicable]
 * @property {Text} [low]
 * @property {Text} [high]
 * @property {number} [max_length]
 */
/**
 * A category or a band of time of an edition.
 * @typedef {object} Slice
 * @property {string} id
 * @property {Text} label
 * @property {string} [field] the category when left out; a band's is said once for all
 * @property {string[]} options
 * @property {string} [colour]
 * @property {string} [icon]
 * @property {boolean} [concern]
 */
/**
 * @typedef {object} Exercise
 * @property {string} id
 * @property {number} version
 * @property {Text} title
 * @property {Text} [intro]
 * @property {Record<string, "checked" | "draft">} [languages] the state of each; one that is not there is checked
 * @property {"sensitive" | "standard"} sensitivity
 * @property {number} precision_m
 * @property {Shape[]} geometry
 * @property {string} category
 * @property {Field[]} fields
 * @property {{field: string, option: string} | null} [help]
 * @property {{categories?: Slice[], times?: {field: string, bands: Slice[]}}} [publish] what an edition tells apart
 */
/** @typedef {Record<string, string | string[] | number>} Answers */

/** The field whose options are the big buttons. @param {Exercise} exercise @returns {Field} */
export function categoryField(exercise) {
  const field = exercise.fields.find((f) => f.id === exercise.category);
  if (!field) throw new Error(`exercise ${exercise.id} has no field ${exercise.category}`);
  return field;
}

/** @param {Exercise} exercise @param {string} category @returns {Option | undefined} */
export function categoryOption(exercise, category) {
  return categoryField(exercise).options?.find((o) => o.id === category);
}

/** What may be drawn for this option. @param {Exercise} exercise @param {Option | undefined} option @returns {Shape[]} */
export function shapesOf(exercise, option) {
  return option?.geometry ?? exercise.geometry;
}

/** Metres positions of this option are coarsened to. @param {number} sessionM @param {Option | undefined} option */
export function precisionOf(sessionM, option) {
  return Math.max(sessionM, option?.precision_m ?? 0);
}

/** Whether the field's `if` holds (and that of the field it names). @param {Exercise} exercise @param {Field} field @param {Answers} answers @returns {boolean} */
export function applies(exercise, field, answers) {
  if (!field.if) return true;
  const { field: name, in: values } = field.if;
  const parent = exercise.fields.find((f) => f.id === name);
  if (!parent || !applies(exercise, parent, answers)) return false;
  const given = answers[name];
  return Array.isArray(given) ? given.some((v) => values.includes(v)) : values.includes(String(given));
}

/** Whether "something happened to me here" was chosen. @param {Exercise} exercise @param {Answers} answers */
export function helpChosen(exercise, answers) {
  if (!exercise.help) return false;
  const given = answers[exercise.help.field];
  return Array.isArray(given) ? given.includes(exercise.help.option) : given === exercise.help.option;
}

/**
 * The questions after the mark, in order: those whose condition holds, no free text unless the
 * session allows it, and none once someone said something happened to them.
 * @param {Exercise} exercise @param {Answers} answers @param {{freeText: boolean}} session
 */
export function questions(exercise, answers, { freeText }) {
  const writing = freeText && !helpChosen(exercise, answers);
  return exercise.fields.filter(
    (field) =>
      field.id !== exercise.category &&
      (field.type !== 'text' || writing) &&
      applies(exercise, field, answers),
  );
}

/**
 * The question after (or before) one; null past the ends. `id` null: the first (or the last).
 * @param {Exercise} exercise @param {Answers} answers @param {{freeText: boolean}} session
 * @param {string | null} id @param {1 | -1} [step]
 */
export function nextQuestion(exercise, answers, session, id, step = 1) {
  const asked = questions(exercise, answers, session);
  const at = id === null ? (step === 1 ? -1 : asked.length) : asked.findIndex((f) => f.id === id);
  return asked[at + step] ?? null;
}

/** Answers without those whose question no longer applies, and without empty ones. @param {Exercise} exercise @param {Answers} answers @returns {Answers} */
export function keepApplying(exercise, answers) {
  let kept = answers;
  for (;;) {
    const now = kept;
    const next = Object.fromEntries(
      Object.entries(now).filter(([id, value]) => {
        const field = exercise.fields.find((f) => f.id === id);
        const empty = value === '' || (Array.isArray(value) && value.length === 0);
        return field && !empty && applies(exercise, field, now);
      }),
    );
    if (Object.keys(next).length === Object.keys(now).length) return next;
    kept = next;
  }
}

/**
 * What is wrong with an answer, or null.
 * @param {Field} field @param {any} value undefined: no answer
 * @returns {"required" | "option" | "range" | "length" | "type" | null}
 */
export function wrongAnswer(field, value) {
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return field.required ? 'required' : null;
  const ids = (field.options ?? []).map((o) => o.id);
  switch (field.type) {
    case 'one':
      return ids.includes(value) ? null : 'option';
    case 'several':
      if (!Array.isArray(value)) return 'type';
      return new Set(value).size === value.length && value.every((v) => ids.includes(v)) ? null : 'option';
    case 'scale':
      if (value === 'na') return field.not_applicable ? null : 'option';
    // falls through
    case 'number':
      if (!Number.isInteger(value)) return 'type';
      return value >= (field.min ?? -Infinity) && value <= (field.max ?? Infinity) ? null : 'range';
    case 'text':
      if (typeof value !== 'string') return 'type';
      return [...value].length <= (field.max_length ?? 280) ? null : 'length';
    default:
      return typeof value === 'string' ? null : 'type';
  }
}

/**
 * The first question whose answer is wrong or missing, with why; null when all is well.
 * @param {Exercise} exercise @param {Answers} answers @param {{freeText: boolean}} session
 */
export function firstWrong(exercise, answers, session) {
  const asked = [categoryField(exercise), ...questions(exercise, answers, session)];
  for (const field of asked) {
    const why = wrongAnswer(field, answers[field.id]);
    if (why) return { field, why };
  }
  return null;
}
