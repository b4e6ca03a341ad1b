// SPDX-License-Identifier: AGPL-3.0-or-later
// The language of the page: fetches its texts, sets lang and dir, tells who listens.
import { languages } from 'repere:assets';
import { createStore } from './store.js';
import { createTranslate, directionOf, known, labelIn, lookUp, nearestIn, pickLanguage } from './translate.js';

/**
 * `language` is the one asked for; where the interface is not translated into it, its texts are the
 * fallback's while labels of an exercise still show in it.
 * @param {{api: import("./api.js").Api, fallback?: string, part?: "staff" | "plan"}} deps part: with the texts
 * that only those pages have, in the languages that have them
 */
export function createI18n({ api, fallback = 'en', part }) {
  const shipped = languages.filter((l) => !part || l.parts[part]);
  const language = createStore(fallback);
  /** @type {import("./translate.js").Translate} */
  let translate = (key) => key;
  /** @type {Map<string, import("./translate.js").Texts>} */
  const loaded = new Map();
  /** @type {string[]} */
  let others = [];

  /** @param {string} code */
  function draftOf(code) {
    const found = languages.find((l) => l.code === code);
    return found?.state === 'draft' || (part !== undefined && found?.partStates[part] === 'draft');
  }
  /** Files with a hash in their names are the same for ever, for whoever asks. @param {string} url */
  const read = (url) => api.get(url, { cache: 'default', token: null });
  /** @param {string} code */
  async function load(code) {
    const found = shipped.find((l) => l.code === code);
    if (!found) throw new Error(`no texts in ${code}`);
    const urls = [found.url, part && found.parts[part]].filter((url) => typeof url === 'string');
    const texts =
      loaded.get(code) ?? Object.assign({}, ...(await Promise.all(urls.map(read))));
    loaded.set(code, texts);
    return texts;
  }
  return {
    language,
    /** Interface text by key. @type {import("./translate.js").Translate} */
    t: (key, values) => translate(key, values),
    /** A text of a document in the present language. @param {Record<string, string> | string | null | undefined} text */
    label: (text) => labelIn(text, language.get(), others),
    /** The language that label() says it in. @param {Record<string, string>} text */
    languageOf: (text) => nearestIn(text, language.get(), others) ?? language.get(),
    /** Languages labels fall back to, in order: the session's. @param {string[]} codes */
    setOthers(codes) {
      others = codes;
    },
    /** Fetches the texts of some languages, so that they are here without a server. @param {string[]} codes */
    async bring(codes) {
      const here = codes.filter((code) => shipped.some((l) => l.code === code));
      await Promise.all(here.map(load));
    },
    /** @param {string} code */
    async setLanguage(code) {
      const shown = pickLanguage(
        [code, ...others],
        shipped.map((l) => l.code),
        fallback,
      );
      translate = createTranslate(shown, await load(shown));
      document.documentElement.lang = shown === code.split('-')[0] ? code : shown;
      document.documentElement.dir = languages.find((l) => l.code === shown)?.dir ?? directionOf(code);
      language.set(code);
    },
    /** What the browser asks for, among the languages of the interface. */
    preferred: () =>
      pickLanguage(
        navigator.languages ?? [],
        shipped.map((l) => l.code),
        fallback,
      ),
    /** @param {string} code its own name for itself */
    autonym(code) {
      const own = languages.find((l) => l.code === code)?.autonym;
      if (own) return own;
      try {
        return new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
      } catch {
        return code;
      }
    },
    /** @param {number} value @param {Intl.NumberFormatOptions} [options] */
    number: (value, options) => new Intl.NumberFormat(known(language.get()), options).format(value),
    /** @param {string | number | Date} value @param {Intl.DateTimeFormatOptions} [options] */
    date: (value, options = { dateStyle: 'long' }) =>
      new Intl.DateTimeFormat(known(language.get()), options).format(new Date(value)),
    /** A text of the participant's page in any of its languages; '' where there is none. @param {string} code @param {string} key */
    async textIn(code, key) {
      const found = languages.find((l) => l.code === code);
      return found ? (lookUp(loaded.get(code) ?? (await read(found.url)), key) ?? '') : '';
    },
    /** Whether nobody has checked the words in this language yet. @param {string} code */
    isDraft: (code) => draftOf(code),
    /** The interface's languages. */
    offered: shipped.map(({ code, autonym, dir }) => ({ code, autonym, dir, draft: draftOf(code) })),
    /** Its own name, and that it is a draft where it is one. @param {string} code */
    named: (code) => {
      const name = languages.find((l) => l.code === code)?.autonym ?? code;
      return draftOf(code) ? `${name} (${translate('language.draft_mark')})` : name;
    },
  };
}
/** @typedef {ReturnType<typeof createI18n>} I18n */
