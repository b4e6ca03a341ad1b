// SPDX-License-Identifier: AGPL-3.0-or-later
// Which languages a tablet shows first, which behind "more", and what the questions are then in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrangeLanguages, otherLanguage } from '../../web/src/capture/language_choice.js';

const shipped = ['en', 'fr', 'nl', 'ar', 'ti'];
const title = { en: 'Safety', fr: 'Sécurité', ar: 'الأمان' };
const arrange = (over) => arrangeLanguages({ shipped, asked: null, present: null, preferred: 'en', ...over });

test('while no session is known every language stands there, what the browser asks for first', () => {
  assert.deepEqual(arrange({ preferred: 'nl' }), { first: ['nl', 'en', 'fr', 'ar', 'ti'], more: [] });
});

test("a session's languages come first, in its order; the page's others come after", () => {
  const asked = { languages: ['ar', 'fr'], title };
  assert.deepEqual(arrange({ asked, present: 'fr' }), { first: ['ar', 'fr'], more: ['en', 'nl', 'ti'] });
  assert.deepEqual(arrange({ asked, preferred: 'fr' }).first, ['fr', 'ar']);
  assert.deepEqual(arrange({ asked, preferred: 'nl' }).first, ['ar', 'fr'], 'what it does not offer stays behind');
});

test('her own language is never put away, whatever the session offers', () => {
  assert.deepEqual(arrange({ asked: { languages: ['fr'], title }, present: 'ti' }), { first: ['fr', 'ti'], more: ['en', 'nl', 'ar'] });
});

test("a session's variant of a language stands for the page's own", () => {
  const asked = { languages: ['fr-BE', 'pt-BR'], title };
  assert.deepEqual(arrange({ asked, present: 'fr-BE' }), { first: ['fr-BE', 'pt-BR'], more: ['en', 'nl', 'ar', 'ti'] });
});

test('where the questions are not in her language, they are in the first of the session that has them, then in English', () => {
  const asked = { languages: ['nl', 'fr'], title };
  assert.equal(otherLanguage('ti', asked), 'fr');
  assert.equal(otherLanguage('ti', { ...asked, languages: ['nl'] }), 'en');
  assert.equal(otherLanguage('nl', asked), 'fr', 'a language that the session offers, too');
  assert.equal(otherLanguage('ti', { languages: ['nl'], title: { fr: 'Sécurité' } }), 'fr');
});

test('where they are in her language, or nobody knows yet, nothing is said', () => {
  const asked = { languages: ['fr'], title };
  for (const code of ['fr', 'fr-BE', 'en']) assert.equal(otherLanguage(code, asked), null, code);
  assert.equal(otherLanguage('ti', null), null);
  assert.equal(otherLanguage('ti', { languages: [], title: {} }), null);
});
