// SPDX-License-Identifier: AGPL-3.0-or-later
// The page and the server coarsen alike: what the page has snapped, the server stores as it is, and
// what it is sent unsnapped, it stores as the page would have sent it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../http/support.mjs';
import { makeProject, makeSession, templateId, uuid } from '../http/world.mjs';
import { snapGeometry } from '../../web/src/core/snap.js';

let server, staff, project;
before(async () => {
  server = await startServer();
  staff = await server.staff('fatou', 'facilitator');
  project = await makeProject(staff);
});
after(() => server?.stop());

/** Numbers from 0 to 1, the same at each run. */
function numbers(seed) {
  return () => (seed = (seed * 48271) % 2147483647) / 2147483647;
}
async function stored(session, geometry, answers = { feeling: 'safe' }) {
  const target = `/api/sessions/${session}/contributions/${uuid()}`;
  return (await staff.put(target, { geometry, answers }, { expect: 201 })).json.geometry;
}

for (const precision_m of [25, 50, 100, 250])
  test(`positions at ${precision_m} m`, async () => {
    const walk = precision_m === 25; // the safety map is never finer than 50 m
    const exercise = await templateId(staff, walk ? 'exploratory-walk' : 'safety-map');
    const answers = walk ? { element: 'stop' } : { feeling: 'safe' };
    const session = await makeSession(staff, project, { precision_m, exercise, bbox: [-180, -85, 180, 85] });
    const next = numbers(precision_m);
    for (let i = 0; i < 40; i++) {
      const geometry = { type: 'Point', coordinates: [next() * 358 - 179, next() * 160 - 80] };
      const snapped = snapGeometry(precision_m, geometry);
      assert.deepEqual(await stored(session, geometry, answers), snapped);
      assert.deepEqual(await stored(session, snapped, answers), snapped);
    }
  });

test('paths and areas', async () => {
  const session = await makeSession(staff, project, { precision_m: 50 });
  const next = numbers(3);
  const near = () => [4.35 + next() * 0.004, 50.85 + next() * 0.003];
  for (let i = 0; i < 20; i++) {
    const path = { type: 'LineString', coordinates: Array.from({ length: 12 }, near) };
    const stair = path.coordinates.map(([lon]) => lon).sort((a, b) => a - b);
    const area = stair.map((lon, at) => [lon, 50.85 + (at % 2 ? 0.001 : 0) + at * 1e-5]);
    const ring = [...area, [stair[11], 50.86], [stair[0], 50.86], area[0]];
    assert.deepEqual(await stored(session, path), snapGeometry(50, path));
    const polygon = snapGeometry(50, { type: 'Polygon', coordinates: [ring] });
    assert.deepEqual(await stored(session, polygon), polygon);
  }
});

test('a city exercise keeps positions to the centimetre', async () => {
  const exercise = await templateId(staff, 'city-services');
  const session = await makeSession(staff, project, { exercise });
  const geometry = { type: 'Point', coordinates: [4.3517123456, 50.8466987654] };
  const target = `/api/sessions/${session}/contributions/${uuid()}`;
  const { json } = await staff.put(
    target,
    { geometry, answers: { kind: 'health', here: 'exists' } },
    { expect: 201 },
  );
  assert.deepEqual(json.geometry, snapGeometry(0, geometry));
});
