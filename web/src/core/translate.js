// SPDX-License-Identifier: AGPL-3.0-or-later
// Looking up interface texts: i18next v4 JSON, plurals by Intl.PluralRules. No page, no network.

/** @typedef {{[key: string]: string | Texts}} Texts */
/** @typedef {(key: string, values?: Record<string, string | number>) => string} Translate */

/**
 * The text under a dotted key; undefined when absent.
 * @param {Texts} texts @param {string} key
 * @returns {string | undefined}
 */
export function lookUp(texts, key) {
  /** @type {any} */
  let found = texts;
  for (const part of key.split('.')) found = found?.[part];
  return typeof found === 'string' ? found : undefined;
}

/**
 * What to hand to Intl: a browser that knows nothing of a language would write its numbers and dates as its own
 * user's, in whatever digits; English is nearer to neutral.
 * @param {string} language BCP 47
 */
export const known = (language) => [language, 'en'];

/**
 * @param {string} language BCP 47
 * @param {Texts} texts
 * @returns {Translate} `t("marks.mine", {count: 3})` reads "marks.mine_other"; a missing key gives the key
 */
export function createTranslate(language, texts) {
  const plurals = new Intl.PluralRules(known(language));
  const numbers = new Intl.NumberFormat(known(language));
  return (key, values = {}) => {
    let text;
    if (typeof values.count === 'number') {
      text =
        (values.count === 0 ? lookUp(texts, `${key}_zero`) : undefined) ??
        lookUp(texts, `${key}_${plurals.select(values.count)}`) ??
        lookUp(texts, `${key}_other`);
    }
    text ??= lookUp(texts, key) ?? key;
    return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === 'number' ? numbers.format(value) : value;
    });
  };
}

/**
 * The best of the languages there are for what a browser asks for.
 * @param {readonly string[]} wanted in order of preference @param {string[]} offered @param {string} fallback
 */
export function pickLanguage(wanted, offered, fallback) {
  for (const tag of wanted) {
    if (offered.includes(tag)) return tag;
    const base = tag.split('-')[0];
    if (offered.includes(base)) return base;
  }
  return fallback;
}

/**
 * Which of the languages of a document's text (`{"en": "..", "fr": ".."}`) is nearest to the wanted one.
 * @param {Record<string, string>} text
 * @param {string} language
 * @param {string[]} [others] languages to try next
 * @returns {string | undefined} undefined: it has none
 */
export function nearestIn(text, language, others = []) {
  const wanted = [language, language.split('-')[0], ...others, 'en'];
  return wanted.find((tag) => text[tag]) ?? Object.keys(text)[0];
}

/**
 * One text of a document in the language nearest to the wanted one.
 * @param {Record<string, string> | string | null | undefined} text
 * @param {string} language
 * @param {string[]} [others] languages to try next
 */
export function labelIn(text, language, others = []) {
  if (!text || typeof text === 'string') return text ?? '';
  const found = nearestIn(text, language, others);
  return found === undefined ? '' : text[found];
}

/** Whether one who reads the first reads the second: "pt-BR" and "pt". @param {string} a @param {string} b */
export const sameLanguage = (a, b) => a.split('-')[0] === b.split('-')[0];

/** @param {string} language @returns {"ltr" | "rtl"} */
export function directionOf(language) {
  return /^(ar|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi)(-|$)/.test(language) ? 'rtl' : 'ltr';
}

/** @param {string} word */
export const capital = (word) => word.charAt(0).toLocaleUpperCase() + word.slice(1);

/** A word that may run the other way than the text it is put into. @param {string} word */
export const isolated = (word) => `\u2068${word}\u2069`;
