// SPDX-License-Identifier: AGPL-3.0-or-later
// Draws the town and writes its files: node generate.mjs --out FOLDER [--seed 7]. See README.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findings, groups, playCampaign } from './campaign.mjs';
import { basemapLayers, collection, degrees, districtFeatures, geometryOf, serviceFeatures } from './geojson.mjs';
import * as names from './names.mjs';
import { participants, playSession } from './people.mjs';
import { buildTown } from './town.mjs';

const { values } = parseArgs({ options: { out: { type: 'string' }, seed: { type: 'string', default: '7' } } });
if (!values.out || !/^\d+$/.test(String(values.seed))) {
  console.error('node generate.mjs --out FOLDER [--seed NUMBER]');
  process.exit(2);
}
const out = values.out;
const write = (/** @type {string} */ name, /** @type {unknown} */ value) => writeFileSync(join(out, name), JSON.stringify(value));

const town = buildTown(Number(values.seed));
mkdirSync(join(out, 'basemap'), { recursive: true });
for (const [layer, features] of Object.entries(basemapLayers(town))) write(`basemap/${layer}.geojson`, collection(features));
write('districts.geojson', collection(districtFeatures(town)));
write('services.geojson', collection(serviceFeatures(town)));
write('contributions.json', playSession(town).map(({ participant, uuid, shape, answers }) => ({ participant, uuid, geometry: geometryOf(shape), answers }))); // prettier-ignore
const placed = (/** @type {any} */ { shape, ...mark }) => ({ ...mark, geometry: geometryOf(shape) });
const sessions = playCampaign(town).map((session) => ({ ...session, people: session.people.map((person) => ({ ...person, marks: person.marks.map(placed) })) }));
const worded = findings.map(({ at, ...finding }) => ({ ...finding, geometry: geometryOf({ point: [at[0] * 1000, at[1] * 1000] }) }));
write('campaign.json', { groups: groups.map(({ id, label }) => ({ id, label })), sessions, findings: worded });
const [west, south] = degrees([-3000, -2600]),
  [east, north] = degrees([2800, 2600]);
write('town.json', { title: names.town, place: names.town, bbox: [west, south, east, north], participants });
