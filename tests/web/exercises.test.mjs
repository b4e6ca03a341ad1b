// SPDX-License-Identifier: AGPL-3.0-or-later
// The templates and the published schema of exercises. tests/unit/test_exercise.c reads the same
// fixtures, so that parser and schema stay of one mind.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const Ajv = createRequire(join(root, 'web/package.json'))('ajv/dist/2020.js').default;
const json = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'));

const validate = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false })
  .compile(json('server/api/schemas/exercise.json'));
const templates = readdirSync(join(root, 'examples/exercises')).filter((name) => name.endsWith('.json'));
const small = readFileSync(join(root, 'tests/fixtures/exercises/small.json'), 'utf8').trim();

/** Every {text} of a document, by its path. */
function* texts(value, path = '') {
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    const here = `${path}/${key}`;
    if (['title', 'intro', 'label', 'low', 'high'].includes(key)) yield [here, inner];
    else yield* texts(inner, here);
  }
}
/** What a text that is not written with Latin letters has at least one letter of. */
const [arabic, cyrillic] = [/\p{Script=Arabic}/u, /\p{Script=Cyrillic}/u];
const scripts = { ar: arabic, fa: arabic, uk: cyrillic, ru: cyrillic, ky: cyrillic, ti: /\p{Script=Ethiopic}/u };
/** Words that another language truly writes as English does. */
const alike = {
  fr: ['Transport', 'Sport/culture', 'Toilettes', 'Distance', 'Association', 'Discrimination', 'Public', 'Institution',
    'Sport', 'Guide', 'Route', 'Impossible', 'Police', 'Cause', 'Causes', 'Bus/tram'],
  nl: ['Park', 'School', 'Bus/tram', 'Alcohol/drugs', 'Weekend', 'Route', 'Wind', 'Sport', 'Partners'],
  tr: ['Park'],
  es: ['Alcohol/drogas', 'No'],
  so: [],
};
const options = (document) => document.fields.flatMap((field) => field.options ?? []);

/** The languages of the participant's page. */
const spoken = ['en', 'fr', 'nl', 'ar', 'tr', 'es', 'uk', 'ru', 'ky', 'fa', 'ti', 'so'];

test('the five templates are there, each named as its file', () => {
  const names = ['asset-map', 'city-services', 'exploratory-walk', 'problem-tree', 'safety-map'];
  assert.deepEqual(templates.sort(), names.map((name) => `${name}.json`));
  for (const name of templates) assert.equal(`${json(`examples/exercises/${name}`).id}.json`, name);
});

for (const name of templates) {
  const document = json(`examples/exercises/${name}`);

  test(`${name} follows the schema`, () => {
    assert.ok(validate(document), JSON.stringify(validate.errors, null, 1));
  });

  test(`${name} speaks the twelve languages throughout`, () => {
    for (const [path, text] of texts(document)) assert.deepEqual(Object.keys(text), spoken, path);
  });

  test(`${name} says which languages nobody has checked`, () => {
    assert.deepEqual(Object.keys(document.languages), spoken);
    for (const [language, state] of Object.entries(document.languages))
      assert.equal(state, ['en', 'fr'].includes(language) ? 'checked' : 'draft', language);
  });

  test(`${name} writes each language in its own script`, () => {
    for (const [path, text] of texts(document))
      for (const [language, script] of Object.entries(scripts))
        assert.ok(script.test(text[language]), `${path} ${language}: ${text[language]}`);
  });

  test(`${name} has no label that is still English`, () => {
    for (const [path, text] of texts(document))
      for (const language of spoken.slice(1))
        if (text[language] === text.en) assert.ok(alike[language]?.includes(text.en), `${path} ${language}: ${text.en}`);
  });

  test(`${name} names no two answers of a question alike, in any language`, () => {
    for (const field of document.fields.filter((each) => each.options))
      for (const language of spoken) {
        const labels = field.options.map((option) => option.label[language]);
        assert.equal(new Set(labels).size, labels.length, `${field.id} ${language}: ${labels}`);
      }
  });

  test(`${name} has a drawing of ours for each question and each option`, () => {
    const wanted = [...document.fields, ...options(document)];
    for (const { id, icon } of wanted) {
      assert.ok(icon && existsSync(join(root, 'web/icons', `${icon}.svg`)), `${id}: ${icon}`);
    }
    for (const field of document.fields.filter((each) => each.options)) {
      const icons = field.options.map((option) => option.icon);
      assert.equal(new Set(icons).size, icons.length, `${field.id}: two options look the same`);
    }
  });

  test(`${name} tells its categories apart without colour or without shape`, () => {
    const category = document.fields.find((field) => field.id === document.category);
    const seen = category.options.map((option) => `${option.colour} ${option.shape}`);
    assert.equal(new Set(seen).size, seen.length);
    if (category.options.length <= 10) {
      assert.equal(new Set(category.options.map((option) => option.shape)).size, category.options.length);
      assert.equal(new Set(category.options.map((option) => option.colour)).size, category.options.length);
    }
  });

  test(`${name} publishes what it asks, each slice with a drawing of ours`, () => {
    const { categories = [], times } = document.publish ?? {};
    for (const slice of [...categories, ...(times?.bands ?? [])]) {
      const of = times?.bands.includes(slice) ? times.field : (slice.field ?? document.category);
      const field = document.fields.find(({ id }) => id === of);
      const known = field.options.map(({ id }) => id);
      assert.deepEqual(slice.options.filter((id) => !known.includes(id)), [], slice.id);
      const icon = slice.icon ?? field.options.find(({ id }) => slice.options.includes(id)).icon;
      assert.ok(existsSync(join(root, 'web/icons', `${icon}.svg`)), `${slice.id}: ${icon}`);
    }
    const colours = categories.map((slice) => slice.colour ?? document.fields
      .find(({ id }) => id === (slice.field ?? document.category)).options
      .find(({ id }) => slice.options.includes(id)).colour);
    assert.ok(colours.every(Boolean) && new Set(colours).size === colours.length, colours.join(' '));
  });

  test(`${name} asks nothing that identifies a person`, () => {
    const ids = document.fields.map((field) => field.id);
    const never = ['name', 'phone_number', 'email', 'address', 'nationality', 'status', 'age', 'gender', 'disability', 'time_in_city'];
    assert.deepEqual(ids.filter((id) => never.includes(id)), []);
  });
}

test('something happened here opens the help contacts', () => {
  assert.deepEqual(json('examples/exercises/safety-map.json').help, { field: 'unsafe_because', option: 'past_event' });
});

test('the small exercise follows the schema', () => {
  assert.ok(validate(JSON.parse(small)), JSON.stringify(validate.errors));
});

for (const broken of json('tests/fixtures/exercises/broken.json')) {
  test(`the schema ${broken.schema ? 'refuses' : 'cannot see'} ${broken.name}`, () => {
    const at = small.indexOf(broken.replace);
    assert.ok(at >= 0, `the small exercise has no ${broken.replace}`);
    const text = small.slice(0, at) + broken.by + small.slice(at + broken.replace.length);
    assert.equal(validate(JSON.parse(text)), !broken.schema);
  });
}

test('each part of the schema has a title', () => {
  const schema = json('server/api/schemas/exercise.json');
  for (const [name, part] of [...Object.entries(schema.properties), ...Object.entries(schema.$defs)]) {
    assert.ok(part.title && part.description, name);
  }
});
