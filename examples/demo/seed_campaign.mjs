// SPDX-License-Identifier: AGPL-3.0-or-later
// The months before today: closed sessions with their people, findings that the groups agreed to, assets that
// are shared. age.sql then gives the sessions the age they are said to have.
import { client } from './api.mjs';
import { sessionBody } from './session.mjs';

const day = (ago) => new Date(Date.now() - ago * 86400_000).toISOString().slice(0, 10);
const titles = [
  'Homework help after school', 'A kitchen that can be borrowed', 'Sewing circle on Thursdays', 'Interpreting at the town hall',
  'A hall with chairs for sixty', 'Bicycles to lend', 'Stories of the harbour', 'Choir that takes anybody',
]; // prettier-ignore

/** One person: joins, agrees, says which groups she is in, puts her marks. */
async function takePart(address, session, code, { groups, marks }) {
  const { token: own } = await client(address).post('/api/join', { code, language: 'en' });
  const participant = client(address, { Authorization: `Bearer ${own}` });
  await participant.put('/api/me/consent', { room: true, aggregate: true, finding: true, photo: false });
  await participant.put('/api/me/groups', { groups });
  for (const { uuid, geometry, answers } of marks) await participant.put(`/api/sessions/${session}/contributions/${uuid}`, { geometry, answers });
}

async function hold({ address, staff, town, project, exercises }, { exercise, precision_m, title, place, days_ago, people }) {
  const body = sessionBody(town, { exercise: exercises.find((one) => one.key === exercise).id, title, place, held_on: day(days_ago), precision_m, admit: 'at_once' });
  const session = await staff.post(`/api/projects/${project.id}/sessions`, body);
  const { code } = await staff.post(`/api/sessions/${session.id}/join`);
  await Promise.all(people.map((person) => takePart(address, session.id, code, person)));
  await staff.post(`/api/sessions/${session.id}/close`);
  return { id: session.id, exercise };
}

async function word(staff, session, finding) {
  const { id } = await staff.post(`/api/sessions/${session}/findings`, finding);
  await staff.put(`/api/findings/${id}/state`, { state: 'agreed' });
}

/** Some of what was offered to everybody, each under a title. */
async function approveAssets(staff, project) {
  const { items: candidates } = await staff.get(`/api/projects/${project.id}/assets`);
  for (const [i, title] of titles.entries()) {
    const { session, uuid } = candidates[Math.floor((i * candidates.length) / titles.length)];
    await staff.put(`/api/sessions/${session}/contributions/${uuid}/shared`, { title });
  }
}

/**
 * @param {{address: string, staff: ReturnType<typeof client>, town: object, project: {id: number}, exercises: object[]}} demo
 * @param {object} campaign campaign.json of the town
 */
export async function seedCampaign(demo, campaign) {
  const held = [];
  for (const session of campaign.sessions) held.push(await hold(demo, session));
  for (const [i, { exercise, ...finding }] of campaign.findings.entries()) {
    const those = held.filter((session) => session.exercise === exercise);
    await word(demo.staff, those[(i * 3) % those.length].id, finding);
  }
  await approveAssets(demo.staff, demo.project);
}
