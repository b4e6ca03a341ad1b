// SPDX-License-Identifier: AGPL-3.0-or-later
// Editions for tests of the planner's page, made up here in the shapes of the API: a grid of 500 m squares on
// a small area, counts round a few middles, and squares with few people passed up to larger regions.
//
//   const world = makeWorld();
//   await page.route('**/api/editions**', (route) => route.fulfill(world.answer(route.request().url())));
import { heatTile, heatLegend } from './plan_heat.mjs';

const columns = 16, rows = 16, baseM = 500;
const west = -30.26, south = 44.566; // of the grid; 16 squares are two of 4 km
const stepLon = 0.5 / (111.32 * Math.cos((44.6 * Math.PI) / 180)), stepLat = 0.5 / 111.32;
export const bbox = [-30.2377864, 44.576603, -30.1647327, 44.623397];

/** Middles of what people marked: column, row, people, how far it reaches (squares). */
const middles = {
  all: [[7, 5, 64, 1.5], [10, 7, 46, 1.2], [5, 8, 34, 1.4], [8, 3, 22, 2.2], [11, 4, 20, 1.6], [8, 8, 12, 4.5]],
  unsafe: [[7, 5, 52, 1.2], [11, 4, 17, 1.5], [8, 3, 14, 1.2], [5, 8, 6, 2]],
  neither: [[10, 7, 13, 1.4], [7, 5, 12, 2.4]],
  safe: [[10, 7, 38, 1.2], [5, 8, 28, 1.3], [8, 8, 8, 3]],
  day: [[10, 7, 36, 1.5], [5, 8, 24, 1.5], [7, 5, 20, 2.2]],
  evening: [[7, 5, 42, 1.4], [10, 7, 19, 1.5], [11, 4, 13, 1.6]],
  night: [[7, 5, 46, 1.2], [8, 3, 18, 1.4], [11, 4, 16, 1.3]],
  new: [[7, 5, 30, 1.6], [5, 8, 26, 1.4], [8, 8, 7, 3]],
  health: [[8, 6, 40, 1.5], [5, 8, 22, 1.6], [11, 7, 17, 1.4]],
  missing: [[11, 4, 26, 1.6], [6, 9, 20, 1.4]],
};
const looks = {
  all: ['Everybody', 'Tout le monde', null, 'people'],
  unsafe: ['Unsafe', 'Insécure', '#e66101', 'face-unsafe'],
  neither: ['Neither', 'Ni l’un ni l’autre', '#f7f7f7', 'face-neither'],
  safe: ['Safe', 'Sûr', '#5e3c99', 'face-safe'],
  day: ['By day', 'Le jour', null, 'sun'],
  evening: ['In the evening', 'Le soir', null, 'sunset'],
  night: ['At night', 'La nuit', null, 'moon'],
  new: ['New in the city', 'Nouvelles en ville', null, 'hand-wave'],
  health: ['Health', 'Santé', '#1b7837', 'health'],
  missing: ['Missing here', 'Manque ici', '#b2182b', 'missing'],
};
const exercises = [
  { key: 'safety-map', title: { en: 'Safety map', fr: 'Carte du sentiment de sécurité' }, profile: 'sensitive', floor: 10, noise_max: 8,
    noise_variance: 12, base_m: baseM, sessions: 20, attendances: 310, first_month: '2026-03', last_month: '2026-05', since: 1,
    slices: [['all', 'all'], ['category', 'unsafe'], ['category', 'neither'], ['category', 'safe'], ['time', 'day'], ['time', 'evening'], ['time', 'night'], ['group', 'new']] },
  { key: 'city-services', title: { en: 'City services', fr: 'Services de la ville' }, profile: 'standard', floor: 5, noise_max: 5,
    noise_variance: 5, base_m: baseM, sessions: 10, attendances: 140, first_month: '2026-04', last_month: '2026-05', since: 2,
    slices: [['all', 'all'], ['category', 'health'], ['category', 'missing']] },
];
const five = (n) => 5 * Math.floor(n / 5 + 0.5);
const round = (n) => Number(n.toFixed(7));
const wobble = (column, row, salt) => ((Math.sin(column * 12.9898 + row * 78.233 + salt * 37.7) * 43758.5453) % 1) * 2;

/** People by square. */
function counts(name, salt) {
  const found = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const n = middles[name].reduce((sum, [c, r, people, reach]) =>
        sum + people * Math.exp(-((column - c) ** 2 + (row - r) ** 2) / (2 * reach * reach)), 0);
      found.push({ column, row, n: Math.max(0, Math.round(n + wobble(column, row, salt))) });
    }
  return found;
}
/** Squares with too few people are passed up to a larger one, as far as 4 km. */
function regions(name, floor, salt) {
  let waiting = counts(name, salt).filter(({ n }) => n > 0).map(({ column, row, n }) => ({ cells: [[column, row]], n, column, row }));
  const leaves = [];
  for (let side = 1; side <= 8; side *= 2) {
    const next = new Map();
    for (const region of waiting) {
      if (region.n >= floor * 1.8) {
        leaves.push({ ...region, side, whole: region.cells.length === side * side });
        continue;
      }
      const key = `${Math.floor(region.column / 2)},${Math.floor(region.row / 2)}`;
      const up = next.get(key) ?? { cells: [], n: 0, column: Math.floor(region.column / 2), row: Math.floor(region.row / 2) };
      up.cells.push(...region.cells);
      up.n = Math.max(up.n, region.n) + Math.min(up.n, region.n) * 0.6;
      next.set(key, up);
    }
    waiting = [...next.values()];
  }
  return leaves;
}
/** Outer rings and holes round a set of squares: the edges that no neighbour shares, joined up. */
function outline(cells) {
  const edges = new Map();
  for (const [c, r] of cells)
    for (const [a, b] of [[[c, r], [c + 1, r]], [[c + 1, r], [c + 1, r + 1]], [[c + 1, r + 1], [c, r + 1]], [[c, r + 1], [c, r]]])
      if (!edges.delete(`${b}>${a}`)) edges.set(`${a}>${b}`, [a, b]);
  const rings = [];
  while (edges.size) {
    const [first] = edges.values();
    const ring = [first[0]];
    let [from, to] = first;
    edges.delete(`${from}>${to}`);
    while (`${to}` !== `${ring[0]}`) {
      ring.push(to);
      const heading = [to[0] - from[0], to[1] - from[1]];
      // at a corner that two squares touch, turn left: each goes round on its own
      const out = [...edges.values()].filter(([a]) => `${a}` === `${to}`)
        .sort(([, a], [, b]) => turn(heading, to, b) - turn(heading, to, a))[0];
      edges.delete(`${out[0]}>${out[1]}`);
      [from, to] = out;
    }
    rings.push([...ring, ring[0]]);
  }
  const area = (ring) => ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i][0] * y - x * ring[i][1], 0);
  const outer = rings.filter((ring) => area(ring) > 0);
  const holes = rings.filter((ring) => area(ring) < 0);
  return outer.map((ring, i) => [ring, ...(i === 0 ? holes : [])].map((one) => one.map(place)));
}
const turn = ([x, y], from, to) => x * (to[1] - from[1]) - y * (to[0] - from[0]);
/** The grid stands a little askew to the meridians, as EPSG:3035 does. */
const place = ([column, row]) => [round(west + stepLon * (column + 0.04 * row)), round(south + stepLat * (row - 0.04 * column))];

const bands = ['<20%', '20-40%', '40-60%', '60-80%', '>80%'];
function leavesOf(exercise, name, salt) {
  const all = new Map(counts('all', 0).map(({ column, row, n }) => [`${column},${row}`, n]));
  return regions(name, exercise.floor, salt).map((leaf, index) => {
    const area = (leaf.cells.length * baseM * baseM) / 1e6;
    const side_m = leaf.side * baseM;
    const value = Math.max(exercise.floor, five(leaf.n));
    const among = leaf.cells.reduce((sum, cell) => sum + all.get(`${cell}`), 0);
    const share = name === 'all' || exercise.key !== 'safety-map' ? null : bands[Math.min(4, Math.floor((leaf.n / Math.max(1, among)) * 5))];
    return {
      type: 'Feature',
      id: index + 1,
      properties: {
        code: `CRS6933RES${side_m}mN${5360000 + leaf.row * side_m}W${2900000 - leaf.column * side_m}${leaf.whole ? '' : '-part'}`,
        side_m, whole: leaf.whole, area_km2: area, value, per_km2: Math.round((value / area) * 10) / 10, share,
      },
      geometry: { type: 'MultiPolygon', coordinates: outline(leaf.cells) },
    };
  });
}
const collection = (features) => ({ type: 'FeatureCollection', features });
const districts = ['Harbour', 'Old Town', 'Weavers', 'Mill Bank', 'Station', 'Orchards', 'Upper Ward', 'Lakeside', 'Garden Hill'];
function districtFeatures() {
  const corner = (x, y) => {
    const inside = x > 0 && x < 3 && y > 0 && y < 3;
    return [round(bbox[0] + ((bbox[2] - bbox[0]) * (x + (inside ? wobble(x, y, 1) / 9 : 0))) / 3),
      round(bbox[1] + ((bbox[3] - bbox[1]) * (y + (inside ? wobble(x, y, 2) / 9 : 0))) / 3)];
  };
  return districts.map((label, i) => {
    const x = i % 3, y = Math.floor(i / 3);
    const ring = [corner(x, y), corner(x + 1, y), corner(x + 1, y + 1), corner(x, y + 1), corner(x, y)];
    return { type: 'Feature', id: i + 1, properties: { label }, geometry: { type: 'Polygon', coordinates: [ring] } };
  });
}
const stops = [[-30.2101, 44.5961], [-30.1979, 44.6012], [-30.2193, 44.6041], [-30.188, 44.591]];
const overlays = [
  { id: 1, title: 'Districts', kind: 'areas', colour: '#5b4b8a', attribution: 'a fictional town' },
  { id: 2, title: 'Tram stops', kind: 'points', colour: '#1f6f8b', attribution: '' },
];
const overlayFeatures = {
  1: districtFeatures(),
  2: stops.map((at, i) => ({ type: 'Feature', id: i + 1, properties: { label: `Stop ${i + 1}` }, geometry: { type: 'Point', coordinates: at } })),
};
const finding = (id, who, urgency, geometry, statement, recommendation, language = 'en') => ({
  type: 'Feature', id, geometry,
  properties: { exercise: 'safety-map', statement, recommendation, who, urgency, language, month: '2026-05' },
});
const findings = [
  finding(1, 'city', 'red', { type: 'Point', coordinates: [-30.2092, 44.5925] },
    'The underpass by the station is avoided after dark: two lamps are broken and there is no way round it.', 'Mend the lamps, cut the hedge, open the second stair.'),
  finding(2, 'transport', 'amber', { type: 'LineString', coordinates: [[-30.2029, 44.5981], [-30.198, 44.6004], [-30.1931, 44.603]] },
    'Between the tram stop and the evening school nobody is about after nine.', 'Move the last stop to the school’s gate, and hold it there for two minutes.'),
  finding(3, 'city', 'green', { type: 'Polygon', coordinates: [[[-30.2201, 44.6032], [-30.2162, 44.6041], [-30.2158, 44.6069], [-30.2194, 44.6063], [-30.2201, 44.6032]]] },
    'Le jardin est sûr le jour : il y a toujours quelqu’un sur les bancs.', 'Ajouter des toilettes.', 'fr'),
  finding(4, 'landlord', 'red', { type: 'Point', coordinates: [-30.1868, 44.5897] },
    'The doors of three blocks do not lock, and people sleep in the cellars.', 'New locks, and a caretaker in the evening.'),
  finding(5, 'unknown', 'amber', { type: 'Point', coordinates: [-30.2046, 44.5868] }, 'Cars are parked on the crossing by the nursery.', ''),
];
const asset = (id, title, category, label, colour, icon, shape, coordinates, precision_m = 0) => ({
  type: 'Feature', id, geometry: { type: 'Point', coordinates },
  properties: { exercise: 'asset-map', title, category, label, colour, icon, shape, precision_m,
    details: [{ question: { en: 'What is there?', fr: 'Que trouve-t-on ?' }, answers: [{ en: 'A room', fr: 'Une salle' }, { en: 'A kitchen', fr: 'Une cuisine' }] }] },
});
const assets = [
  asset(1, 'The Loom, a neighbours’ house', 'association', { en: 'Association', fr: 'Association' }, '#33a02c', 'people', 'square', [-30.2188, 44.6019]),
  asset(2, 'Library with a children’s room', 'institution', { en: 'Institution', fr: 'Institution' }, '#1f78b4', 'book', 'hexagon', [-30.1998, 44.6018]),
  asset(3, 'Sewing lessons on Thursdays', 'person', { en: 'Person', fr: 'Personne' }, '#ff7f00', 'hands', 'circle', [-30.2114, 44.5992], 250),
];

/**
 * @param {{editions?: "two" | "none" | "words", refused?: {file: string, why: string}[], baseMap?: string | null, revised?: boolean}} [options]
 * words: findings alone, no figures yet
 */
export function makeWorld({ editions = 'two', refused = [], baseMap = null, revised = false } = {}) {
  const known = new Map();
  for (const exercise of editions === 'two' ? exercises : [])
    exercise.slices.forEach(([kind, name], salt) => {
      const id = `${exercise.key}.${kind === 'all' ? 'all' : `${kind}.${name}`}`;
      const [en, fr, colour, icon] = looks[name];
      known.set(id, { id, exercise: exercise.key, kind, title: { en, fr }, colour, icon, features: leavesOf(exercise, name, salt) });
    });
  const described = [...known.values()].map(({ features, ...slice }) => ({
    ...slice, leaves: features.length,
    shown: features.reduce((sum, { properties }) => sum + properties.value, 0),
    max_per_km2: Math.max(0, ...features.map(({ properties }) => properties.per_km2)),
  }));
  const latest = revised ? '2.1' : '2';
  const title = 'Aubrelle, seen by its women';
  const head = (edition, number, on) => ({ project: 1, edition, revision: edition.includes('.') ? 2 : 1, title, published_on: on, bbox,
    exercises: exercises.map(({ key, title: name }) => ({ key, title: name })), latest: number === 2 });
  const items = editions === 'none' ? [] : [head(latest, 2, '2026-05-31'), head('1', 1, '2026-03-28')];
  const describe = (item) => ({
    ...item, number: Number.parseInt(item.edition, 10), base_map: baseMap, crs: 'EPSG:6933',
    taken_down: item.revision > 1 ? ['finding 6'] : [],
    exercises: editions === 'two' ? exercises.map(({ slices, ...one }) => one) : [],
    slices: described, findings: findings.length, assets: assets.length,
    overlays: overlays.map((one) => ({ ...one, features: overlayFeatures[one.id].length })),
    file: { name: `1-${item.edition}.gpkg`, bytes: 286720, url: `/api/editions/1/${item.edition}/file` },
  });
  const json = (value, status = 200, type = 'application/json') => ({ status, contentType: type, body: JSON.stringify(value) });
  const wrong = (status, code, detail = '') => json({ type: `/errors/${code}`, title: code, status, detail }, status, 'application/problem+json');

  function areas(slice) {
    return overlayFeatures[1].map((feature, i) => {
      const value = i === 6 || i === 8 ? null : five(10 + 90 * Math.abs(Math.sin(slice.id.length * 7 + i * 3)));
      return { ...feature, properties: { ...feature.properties, value, covered: value === null ? 0.3 : 0.9,
        per_km2: value === null ? null : Math.round(value / 3.3), share: value === null || slice.kind === 'all' ? null : bands[i % 5] } };
    });
  }
  function against(one, other) {
    if (one.kind !== other.kind || !['time', 'group'].includes(one.kind)) return wrong(400, 'BAD_PARAMETER', 'only two times or two groups');
    const there = new Map(other.features.map((feature) => [feature.properties.code, feature]));
    const both = one.features.filter(({ properties }) => there.has(properties.code));
    return json(collection(both.map((feature, i) => {
      const ratio = feature.properties.value / one.total / (there.get(feature.properties.code).properties.value / other.total);
      return { type: 'Feature', id: i + 1, geometry: feature.geometry, properties: { code: feature.properties.code, result: ratio > 1.25 ? 'higher' : ratio < 0.8 ? 'lower' : 'similar' } };
    })), 200, 'application/geo+json');
  }
  for (const slice of known.values()) slice.total = slice.features.reduce((sum, { properties }) => sum + properties.value, 0);

  function ofSlice(slice, rest) {
    if (!slice) return wrong(400, 'BAD_PARAMETER', `slices: ${[...known.keys()].join(', ')}`);
    if (rest[0] === undefined) return json(collection(slice.features), 200, 'application/geo+json');
    if (rest[0] === 'values') return { status: 200, contentType: 'text/csv', body: 'code,side_m,whole,area_km2,lon,lat,value,share\n' };
    if (rest[0] === 'areas') return json(collection(areas(slice)), 200, 'application/geo+json');
    if (rest[0] === 'against') return against(slice, known.get(rest[1]));
    if (rest[0] === 'heat' && rest.length === 1) return json(heatLegend(slice.features));
    if (rest[0] === 'heat') return { status: 200, contentType: 'image/png', body: heatTile(slice.features, rest.slice(1).map(Number)) };
    return wrong(404, 'NOT_FOUND');
  }
  /** @param {string} address whole URL */
  function answer(address) {
    const [, , , project, edition, what, ...rest] = new URL(address).pathname.split('/').map(decodeURIComponent);
    if (project === undefined) return json({ items, refused });
    const item = items.find((one) => String(one.project) === project && one.edition === edition);
    if (!item) return wrong(404, 'NOT_FOUND');
    if (what === undefined) return json(describe(item));
    if (what === 'findings') return json(collection(findings), 200, 'application/geo+json');
    if (what === 'assets') return json(collection(assets), 200, 'application/geo+json');
    if (what === 'overlays') return json(collection(overlayFeatures[rest[0]] ?? []), 200, 'application/geo+json');
    if (what === 'slices') return ofSlice(known.get(rest[0]), rest.slice(1));
    if (what === 'file') return { status: 200, contentType: 'application/geopackage+sqlite3', body: 'SQLite format 3\0' };
    return wrong(404, 'NOT_FOUND');
  }
  return { answer, slices: described };
}
