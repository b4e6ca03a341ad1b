// SPDX-License-Identifier: AGPL-3.0-or-later
// Vector base maps. The only module that knows protomaps-leaflet; loaded when a vector map is shown.
import {
  labelRules,
  leafletLayer,
  paintRules,
  CircleSymbolizer,
  LineSymbolizer,
  PolygonSymbolizer,
  LineLabelSymbolizer,
  CenteredTextSymbolizer,
} from 'protomaps-leaflet';
import { flavour } from './flavour.js';

const point = 1,
  line = 2,
  polygon = 3; // geometry types of a vector tile
const font = '600 12px system-ui, sans-serif';

/** What a layer of any schema most likely holds, by words in its name; first match wins. */
const looks = [
  { words: /water|ocean|river|lake|sea/i, fill: '#bcd8e0', line: '#9cc4d0' },
  {
    words: /park|leisure|green|wood|forest|landcover|grass|tree|nature/i,
    fill: '#d5e5c8',
    line: '#bcd4aa',
    point: '#8fb37b',
  },
  { words: /build/i, fill: '#e3dbcf', line: '#d6ccbd' },
  { words: /rail|tram|metro|transit/i, line: '#b9aec0', width: 1.5, point: '#8c7d98' },
  { words: /cycle|bike|path|track/i, line: '#b5cbb9', width: 1.2 },
  {
    words: /road|street|highway|transport/i,
    fill: '#f3ede2',
    line: '#ffffff',
    width: 3,
    casing: '#ddd3c2',
    point: '#9d917d',
  },
  { words: /bound|admin/i, line: '#b3a48c', width: 1.5, dash: [5, 4] },
  { words: /./, fill: '#efe8da', line: '#cfc5b3', point: '#a39780' },
];

/** @param {string} name @param {typeof looks[number] & Record<string, any>} look @returns {any[]} */
function rulesOf(name, look) {
  const only = (/** @type {number} */ type) => (/** @type {number} */ _zoom, /** @type {any} */ feature) =>
    feature.geomType === type;
  const rules = [];
  if (look.fill)
    rules.push({
      dataLayer: name,
      filter: only(polygon),
      symbolizer: new PolygonSymbolizer({ fill: look.fill }),
    });
  if (look.casing)
    rules.push({
      dataLayer: name,
      minzoom: 13,
      filter: only(line),
      symbolizer: new LineSymbolizer({ color: look.casing, width: (look.width ?? 1) + 1.5 }),
    });
  rules.push({
    dataLayer: name,
    filter: only(line),
    symbolizer: new LineSymbolizer({
      color: look.line,
      width: look.width ?? 1,
      ...(look.dash ? { dash: look.dash } : {}),
    }),
  });
  if (look.point)
    rules.push({
      dataLayer: name,
      minzoom: 15,
      filter: only(point),
      symbolizer: new CircleSymbolizer({ fill: look.point, radius: 2, stroke: '#fffdf8', width: 1 }),
    });
  return rules;
}

/** Labels: names of lines along them, of points and areas at their middle. @param {string} name @param {string} language */
function plainLabels(name, language) {
  const labelProps = [`name:${language}`, `name_${language}`, 'name', 'NAME', 'label'];
  const style = { labelProps, fill: '#5f5748', stroke: '#fffdf8', width: 3, font };
  return [
    {
      dataLayer: name,
      minzoom: 15,
      filter: (/** @type {number} */ _z, /** @type {any} */ f) => f.geomType === line,
      symbolizer: new LineLabelSymbolizer(style),
    },
    {
      dataLayer: name,
      minzoom: 16,
      filter: (/** @type {number} */ _z, /** @type {any} */ f) => f.geomType === point,
      symbolizer: new CenteredTextSymbolizer(style),
    },
  ];
}

/**
 * A Leaflet layer of vector tiles, drawn in quiet colours. Tiles in the Protomaps schema get that
 * library's rules in our colours, any other schema a look by the names of its layers.
 * @param {object} options
 * @param {string | import("pmtiles").PMTiles} options.source an address with {z}, {x}, {y}, or a file that is here
 * @param {import("./basemap.js").BasemapInfo} options.info
 * @param {string} options.language
 * @returns {import("leaflet").Layer}
 */
export function createVectorLayer({ source, info, language }) {
  const names = (info.vector_layers ?? []).map((l) => l.id);
  const common = { url: source, maxDataZoom: info.maxzoom, lang: language, attribution: '', noWrap: true };
  const protomaps = names.length === 0 || (names.includes('earth') && names.includes('roads'));
  if (protomaps)
    return /** @type {any} */ (
      leafletLayer({
        ...common,
        backgroundColor: flavour.background,
        paintRules: paintRules(flavour),
        labelRules: labelRules(flavour, language),
      })
    );
  const order = (/** @type {string} */ name) => looks.findIndex((look) => look.words.test(name));
  const sorted = [...names].sort((a, b) => rank(order(a)) - rank(order(b)));
  return /** @type {any} */ (
    leafletLayer({
      ...common,
      backgroundColor: '#f6f1e7',
      paintRules: sorted.flatMap((name) => rulesOf(name, looks[order(name)])),
      labelRules: names.flatMap((name) => plainLabels(name, language)),
    })
  );
}

/** Unknown layers lie lowest, then greens and waters, roads on top. @param {number} at */
function rank(at) {
  return [2, 1, 3, 5, 4, 6, 7, 0][at];
}
