// SPDX-License-Identifier: AGPL-3.0-or-later
// Fills the demo's data folder through the API, as a facilitator and the participants would: a project with
// its groups, two reference layers, the campaign of the months before, an open safety map with its marks.
//   node seed.mjs ADDRESS TOKEN TOWN_FOLDER
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { client, signIn } from './api.mjs';
import { seedCampaign } from './seed_campaign.mjs';
import { sessionBody } from './session.mjs';

const [address, token, folder] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const town = read('town.json');
const staff = await signIn(address, token);
const today = new Date().toISOString().slice(0, 10);

/** Uploads a GeoJSON file and imports it as a reference layer. */
async function addOverlay(project, file, title, colour, label) {
  const upload = await staff.post(`/api/projects/${project}/uploads?name=${file}`, readFileSync(join(folder, file), 'utf8'), 'application/geo+json');
  const mapping = { target: 'overlay', title, label, crs: 'EPSG:4326' };
  let job = await staff.post(`/api/uploads/${upload.upload}/import`, mapping);
  while (job.state === 'running') {
    await new Promise((next) => setTimeout(next, 50));
    job = await staff.get(`/api/jobs/${job.job}`);
  }
  if (job.state !== 'done') throw new Error(`${file}: ${JSON.stringify(job.report)}`);
  await staff.put(`/api/overlays/${job.report.overlay}`, { title, colour, attribution: town.title });
}

/** Joins with the code, agrees, and puts each mark. */
async function takePart(code, marks, session) {
  const { token: own } = await client(address).post('/api/join', { code, language: 'en' });
  const participant = client(address, { Authorization: `Bearer ${own}` });
  await participant.put('/api/me/consent', { room: true, aggregate: true, finding: true, photo: false });
  for (const { uuid, geometry, answers } of marks) await participant.put(`/api/sessions/${session}/contributions/${uuid}`, { geometry, answers });
}

const campaign = read('campaign.json');
const project = await staff.post('/api/projects', { title: `${town.title} 2026`, bbox: town.bbox, base_maps: ['town'], groups: campaign.groups });
await addOverlay(project.id, 'districts.geojson', 'Districts', '#6b4c8f', 'name');
await addOverlay(project.id, 'services.geojson', 'Official services', '#8a5a00', 'name');
const { items: exercises } = await staff.get('/api/exercises');
await seedCampaign({ address, staff, town, project, exercises }, campaign);
const session = await staff.post(
  `/api/projects/${project.id}/sessions`,
  sessionBody(town, { exercise: exercises.find((one) => one.key === 'safety-map').id, title: 'Where we feel safe', held_on: today, precision_m: 50, admit: 'at_once' }),
);
const { code } = await staff.post(`/api/sessions/${session.id}/join`);
const marks = read('contributions.json');
for (let person = 0; person < town.participants; person += 1)
  await takePart(code, marks.filter((mark) => mark.participant === person), session.id);
