// SPDX-License-Identifier: AGPL-3.0-or-later
// Who marks on paper is asked what is asked on a tablet, in the same words, and her receipt has one name.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (name) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const STRING = /"((?:[^"\\]|\\.)*)"/g;

/** What the table of words says of each language. */
function printed() {
  const table = /\ball\[\] = \{\n([\s\S]*?)\n\};/.exec(read('server/paper/sheet_words.c'))[1].replace(/"\s*\n\s*"/g, '');
  const rows = table.split(/^ {4}\{(?=")/m).slice(1);
  return rows.map((row) => {
    const [, language, fromRight] = /^"(\w+)", (?:true|false), (true|false),/.exec(row);
    const texts = [...row.matchAll(STRING)].map(([string]) => JSON.parse(string));
    return { language, dir: fromRight === 'true' ? 'rtl' : 'ltr', asked: texts.slice(-4, -1), receipt: texts.at(-1) };
  });
}

test('the consents and the receipt on paper are worded as on the pages, in each language', () => {
  const rows = printed();
  const languages = readdirSync(new URL('../../web/i18n', import.meta.url)).filter((name) => name.endsWith('.json'));
  assert.ok(languages.length >= 12);
  assert.deepEqual(rows.map(({ language }) => `${language}.json`).sort(), languages.sort());
  for (const { language: code, ...row } of rows) {
    const { language, consent, receipt } = JSON.parse(read(`web/i18n/${code}.json`));
    const page = {
      dir: language.dir,
      asked: [consent.room_title, consent.aggregate_title, consent.finding_title],
      receipt: receipt.title,
    };
    assert.deepEqual(row, page, code);
  }
});
