// SPDX-License-Identifier: AGPL-3.0-or-later
// What a thing of a vector map is, by its OpenStreetMap tags and by the name of its layer: for maps whose
// schema nobody knows beforehand. Quiet kinds alone: what nobody needs to find her way is nothing. Pure.

/** @typedef {Record<string, string | number | boolean>} Tags */

const point = 1,
  line = 2;

/** @param {string} words "a b" */
const set = (words) => new Set(words.split(' '));

const greens = set(
  'park garden pitch playground grass meadow village_green dog_park recreation_ground golf_course common nature_reserve allotments flowerbed greenfield track grassland heath',
);
const woods = set('forest wood scrub');
const fields = set('farmland orchard vineyard farmyard');
const works = set('industrial railway commercial construction quarry port');
const schools = set('school university college kindergarten');
const paths = set('footway path steps pedestrian track bridleway corridor');
const minors = set('residential unclassified living_street road minor_road busway');
const mediums = set('tertiary tertiary_link secondary_link medium_road');
const majors = set('secondary primary trunk primary_link trunk_link motorway_link major_road');
const towns = set('city town');
const suburbs = set('village suburb borough');
const quarters = set('neighbourhood quarter hamlet island');
const spots = set('square locality islet');
const landmarks = set('townhall hospital university theatre museum place_of_worship marketplace station castle stadium');
const helpers = set(
  'library community_centre police courthouse school college cinema attraction arts_centre social_facility pharmacy post_office',
);

/** @param {Tags} t */
function areaKind(t) {
  if (t.boundary === 'administrative' || t.admin_level !== undefined) return null;
  if (t.building || t['building:part']) return 'building';
  const kind = String(t['pmap:kind'] ?? t.kind ?? '');
  const all = [t.leisure, t.landuse, t.natural, t.amenity, kind].map(String);
  const is = (/** @type {Set<string>} */ some) => all.some((value) => some.has(value));
  if (t.natural === 'wetland') return 'wetland';
  if (t.natural === 'water' || t.water || t.waterway === 'riverbank' || t.leisure === 'swimming_pool') return 'water';
  if (t.natural === 'sand' || t.natural === 'beach') return 'sand';
  if (is(woods)) return 'wood';
  if (t.leisure === 'pitch' || t.leisure === 'playground') return 'pitch';
  if (all.includes('hospital')) return 'hospital';
  if (is(schools)) return 'school';
  if (all.includes('cemetery')) return 'cemetery';
  if (is(greens)) return 'green';
  if (is(fields)) return 'field';
  if (is(works)) return 'works';
  if (t.highway === 'pedestrian' || t.place === 'square') return 'plaza';
  return undefined;
}

/** @param {Tags} t */
function roadKind(t) {
  const kinds = [String(t.highway ?? ''), String(t['pmap:kind'] ?? t.kind ?? '')];
  const is = (/** @type {Set<string>} */ some) => kinds.some((kind) => some.has(kind));
  if (t.tunnel && is(paths)) return null;
  if (kinds[0] === 'motorway' || kinds[1] === 'highway') return 'road_motor';
  if (kinds[0] === 'cycleway') return 'cycle';
  if (is(paths)) return 'path';
  if (kinds[0] === 'service') return 'road_service';
  if (is(majors)) return 'road_major';
  if (is(mediums)) return 'road_medium';
  if (is(minors)) return 'road_minor';
  return t.highway ? 'path' : undefined;
}

/** @param {Tags} t */
function railKind(t) {
  if (t.railway === 'rail' || t['pmap:kind'] === 'railway' || t.railway === 'light_rail')
    return t.service ? 'rail_yard' : t.tunnel ? 'rail_below' : 'rail';
  if (t.railway === 'subway') return 'rail_below';
  if (t.railway === 'tram') return 'tram';
  return null; // signals, crossings, models of railways
}

/** @param {Tags} t */
function lineKind(t) {
  if (t.boundary === 'administrative' || t.admin_level !== undefined || t['pmap:min_admin_level'] !== undefined) {
    const level = Number(t.admin_level ?? t['pmap:min_admin_level']);
    return level <= 4 ? 'border' : level <= 8 ? 'border_town' : null;
  }
  if (t.type === 'route' || t.route) return t.route === 'bus' || t.route === 'trolleybus' ? 'bus' : 'line';
  if (t.railway) return railKind(t);
  if (t.waterway) return t.tunnel ? null : t.waterway === 'river' || t.waterway === 'canal' ? 'river' : 'stream';
  if (t.natural === 'tree_row') return 'trees';
  if (t.barrier) return t.barrier === 'hedge' ? 'hedge' : null;
  if (t.highway || /_road$/.test(String(t['pmap:kind'] ?? ''))) return roadKind(t);
  if (t.natural || t.landuse || t.leisure || t.water) return null; // the edge of an area that is drawn
  return undefined;
}

/** @param {Tags} t */
function pointKind(t) {
  const place = String(t.place ?? t['pmap:kind'] ?? '');
  if (towns.has(place)) return 'place_town';
  if (suburbs.has(place)) return 'place_suburb';
  if (quarters.has(place)) return 'place_quarter';
  if (spots.has(place)) return 'place_spot';
  if (t.natural === 'tree') return 'tree';
  if (t.railway && t.railway !== 'station' && t.railway !== 'halt') return null;
  const all = [t.amenity, t.tourism, t.railway, t.leisure, t.historic, t.public_transport].map(String);
  if (!t.name) return null;
  if (all.some((value) => landmarks.has(value))) return 'landmark';
  if (all.some((value) => helpers.has(value))) return 'helper';
  return (t.shop || t.amenity || t.tourism || t.leisure || t.office) ? 'poi' : null;
}

/** By words in the layer's name, for things without tags that say it. */
const layerKinds = [
  { words: /water|ocean|river|lake|sea/i, area: 'water', line: 'stream' },
  { words: /park|leisure|green|grass|landcover|nature/i, area: 'green', line: 'hedge' },
  { words: /tree|wood|forest/i, area: 'wood', line: 'hedge', point: 'tree' },
  { words: /build/i, area: 'building' },
  { words: /rail|tram|metro|transit/i, line: 'rail' },
  { words: /cycle|bike/i, line: 'cycle' },
  { words: /path|track|foot/i, line: 'path' },
  { words: /road|street|highway|transport/i, area: 'plaza', line: 'road_minor' },
  { words: /bound|admin/i, area: null, line: 'border_town' },
  { words: /mask/i, area: null },
  { words: /^earth$|^land$/i, area: 'earth' },
  { words: /place|label|city|cities|town/i, point: 'place_suburb' },
];

/**
 * The kind of a thing; null: it is not drawn.
 * @param {string} layer its name
 * @param {number} type 1 point, 2 line, 3 area
 * @param {Tags} tags
 * @returns {string | null}
 */
export function kindOf(layer, type, tags) {
  const own = type === point ? pointKind(tags) : type === line ? lineKind(tags) : areaKind(tags);
  const found = layerKinds.find(({ words }) => words.test(layer));
  if (type === point) return own ?? (tags.name || found?.point === 'tree' ? (found?.point ?? null) : null);
  if (own !== undefined) return own;
  if (type === line) return found ? (found.line ?? null) : 'other_line';
  return found ? (found.area ?? null) : 'other';
}

const longest = 42;

/**
 * What is written at a thing; null: nothing. Both names of a place that has two stand in lines of their own;
 * a name that is a sentence is none.
 * @param {Tags} tags @param {string} language
 */
export function wordsOf(tags, language) {
  const keys = [`name:${language}`, `name_${language}`, 'name', 'NAME', 'label'];
  const name = keys.map((key) => tags[key]).find((value) => typeof value === 'string' && value.trim() !== '');
  const words = name === undefined ? '' : String(name).trim();
  if (words === '' || words.length > longest) return null;
  return words.replace(/ [-–/] /g, '\u00a0– '); // a line may end after the stroke, and not before it
}
