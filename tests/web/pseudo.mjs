// SPDX-License-Identifier: AGPL-3.0-or-later
// A language that does not exist: every text of the pages in brackets, with accents, 40% longer. What is
// seen without brackets is written in the code, where no translator finds it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../web/i18n/', import.meta.url);
/** Languages name themselves, in every language. */
const autonyms = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')).language.autonym);

const plain = 'aceinorsuyAEIOUC';
const accented = 'áçéîñöŕšûýÁÉÎÖÛÇ';

/** "Help {{name}}" becomes "[!! Hélp {{name}} ö~é~ä !!]". @param {string} text */
export function pseudo(text) {
  const parts = text.split(/(\{\{[^}]*\}\})/);
  const drawn = parts.map((part, i) => (i % 2 ? part : part.replace(/[a-zA-Z]/g, (c) => accented[plain.indexOf(c)] ?? c)));
  const longer = 'ö~é~ä '.repeat(60).slice(0, Math.ceil(text.length * 0.4)).trim();
  return `[!! ${drawn.join('')} ${longer} !!]`;
}

const pseudoTexts = (value) =>
  typeof value === 'string'
    ? pseudo(value)
    : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, pseudoTexts(inner)]));

/**
 * Serves the English texts as pseudo texts, and notes what the API answers: that is data, which no
 * translator is asked about.
 */
export async function makePseudo(page) {
  const data = new Set(autonyms);
  const gather = (value) => {
    if (typeof value === 'string') data.add(value.trim());
    else if (value && typeof value === 'object') Object.values(value).forEach(gather);
  };
  await page.route(/\/assets\/((staff|plan)-)?en-[0-9a-f]+\.json$/, async (route) => {
    const reply = await route.fetch();
    const { language, ...rest } = await reply.json();
    const own = language && { language: { ...pseudoTexts(language), autonym: language.autonym, dir: language.dir } };
    await route.fulfill({ response: reply, json: { ...pseudoTexts(rest), ...own } });
  });
  const reading = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.startsWith('/api/') && /json/.test(response.headers()['content-type'] ?? ''))
      reading.push(response.json().then(gather, () => {}));
  });
  return {
    /** Nothing on this screen is written in the code, and (on a phone) nothing is cut off. */
    async check(screen, { clipped = true } = {}) {
      const { words, cut } = await page.evaluate(inspect);
      await Promise.all(reading);
      const foreign = words.filter(({ text }) => !isTranslated(text, data));
      assert.deepEqual(foreign.map(({ text, where }) => `${where}: ${text}`), [], `texts of "${screen}" that no file has`);
      if (clipped) assert.deepEqual(cut.filter(({ text }) => /\[!!/.test(text)).map(({ text, where }) => `${where}: ${text}`), [], `cut off on "${screen}"`);
    },
  };
}

/** Dates, times and lists as Intl writes them in English. */
const intl = /\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|\b[AP]M\b|(?<=\s)and(?=\s)/g;

/** Without what is in brackets, what the API said, names of the program, dates, and numbers with their units. */
function isTranslated(text, data) {
  let rest = text;
  for (let inner; (inner = rest.replace(/\[!!(?:(?!\[!!|!!\]).)*!!\]/gs, ' ')) !== rest; ) rest = inner;
  if (data.has(rest.trim())) return true;
  rest = rest.replace(intl, ' ').replace(/\b(Repère|Wi-Fi|GeoJSON|CSV|QR)\b/g, ' ').trim();
  if (!/\p{L}{2}/u.test(rest) || data.has(rest) || /^[A-Z0-9-]+$/.test(rest)) return true;
  return [...rest.split(/\s*[·,–:()“”]\s*/)].every(
    (part) => part === '' || data.has(part) || /^[-\d.,°\s]*(m|km|MB|kB|GB|%)?$/.test(part) || !/\p{L}{2}/u.test(part),
  );
}

/** In the page: all visible words with where they stand, and elements whose words do not fit. */
function inspect() {
  const words = [];
  const cut = [];
  const where = (element) => `${element.localName}${element.className?.baseVal ?? (element.className ? `.${String(element.className).trim().replace(/\s+/g, '.')}` : '')}`;
  // each language in its own words; places and credits of the map; codes; what is typed in
  const data = '.language-tile, .bar-language option, [lang]:not(html), .map-attribution, .leaflet-control-attribution, .leaflet-tile-pane, .leaflet-overlay-pane, .receipt-code, .code, code, kbd, noscript, script, style';
  const scope = document.querySelector('dialog[open]') ?? document.body;
  for (const element of scope.querySelectorAll('*')) {
    if (element.closest(data) || !element.checkVisibility?.({ checkOpacity: true, checkVisibilityCSS: true })) continue;
    const own = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join('').trim();
    if (own) words.push({ text: own, where: where(element) });
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      if (element.getAttribute(name)) words.push({ text: element.getAttribute(name), where: `${where(element)}[${name}]` });
    if (!own || element.closest('.visually-hidden, svg')) continue;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const fixedBox = element.closest('button, .chip, .tile, .toast, h1, h2, p, label') ?? element;
    const hidden = /hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
    const sticksOut = box.left < -1 || box.right > innerWidth + 1 || fixedBox.scrollWidth > fixedBox.clientWidth + 2;
    let scrolls = Boolean(element.closest('.leaflet-pane'));
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
      scrolls ||= /auto|scroll/.test(getComputedStyle(up).overflowX) && up.scrollWidth > up.clientWidth;
    if (box.width > 2 && !scrolls && (hidden || (sticksOut && style.display !== 'inline'))) cut.push({ text: own, where: where(element) });
  }
  return { words, cut };
}
