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
 * One text of a document (`{"en": "..", "fr": ".."}`) in the language nearest to the wanted one.
 * @param {Record<string, string> | string | null | undefined} text
 * @param {string} language
 * @param {string[]} [others] languages to try next
 */
export function labelIn(text, language, others = []) {
  if (!text) return '';
  if (typeof text === 'string') return text;
  for (const tag of [language, language.split('-')[0], ...others, 'en']) {
    if (text[tag]) return text[tag];
  }
  return Object.values(text)[0] ?? '';
}

/** @param {string} language @returns {"ltr" | "rtl"} */
export function directionOf(language) {
  return /^(ar|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi)(-|$)/.test(language) ? 'rtl' : 'ltr';
}
