// SPDX-License-Identifier: AGPL-3.0-or-later
// Prints the join code of the demo's open session, renewed when it has run out.
//   node open_session.mjs ADDRESS TOKEN
import { signIn } from './api.mjs';

const [address, token] = process.argv.slice(2);
const staff = await signIn(address, token);
const { items: projects } = await staff.get('/api/projects');
for (const project of projects) {
  const { items } = await staff.get(`/api/projects/${project.id}/sessions`);
  const open = items.find((session) => session.state === 'open');
  if (!open) continue;
  let join = await staff.get(`/api/sessions/${open.id}/join`);
  if (!join.code || Date.parse(join.expires) < Date.now() + 3600_000) join = await staff.post(`/api/sessions/${open.id}/join`);
  console.log(join.code);
  process.exit(0);
}
console.log('(no session is open: open one on the facilitator’s page)');
