// SPDX-License-Identifier: AGPL-3.0-or-later
// Names for streets and places, invented, in French as the demonstration's city speaks it.

const things = [
  'des Tisserands', 'des Charpentiers', 'du Lavoir', 'des Mariniers', 'de la Fontaine', 'des Vanneaux', 'du Moulin',
  'des Cordiers', 'de la Halle', 'des Prunelles', 'du Colombier', 'des Saules', 'des Potiers', 'de la Vigne',
  'des Hirondelles', 'du Puits', 'des Merisiers', 'de la Lanterne', 'des Verriers', 'du Cadran', 'des Peupliers',
  'des Sauniers', 'de la Citerne', 'des Chardons', 'du Four', 'des Tonneliers', 'de la Passerelle', 'des Genêts',
  'du Belvédère', 'des Loriots', 'de la Tour', 'des Roseaux', 'du Vieux-Pressoir', 'des Amandiers', 'de la Brise',
  'des Courlis', 'du Phare', 'des Filets', 'de la Forge', 'des Noisetiers', 'du Chenal', 'des Sorbiers', 'de la Combe',
  'des Libraires', 'du Bac', 'des Églantiers', 'de la Marée', 'des Graveurs', 'du Marais', 'des Pinsons', 'de la Croisée',
  'des Imprimeurs', 'du Rempart', 'des Fougères', 'de la Dune', 'des Bateliers', 'du Verger', 'des Grives', 'de la Source',
  'des Cerisiers', 'du Clocher', 'des Horlogers', 'de la Garenne', 'des Ajoncs', 'du Beffroi', 'des Laveuses',
]; // prettier-ignore
const first = [
  'Adèle', 'Basile', 'Céleste', 'Damien', 'Élise', 'Ferdinand', 'Gisèle', 'Hector', 'Irène', 'Joachim', 'Léonie',
  'Marius', 'Noémie', 'Octave', 'Pauline', 'Rachid', 'Salima', 'Théodore', 'Ursule', 'Victorine', 'Yvette', 'Zélie',
]; // prettier-ignore
const last = [
  'Aubersac', 'Bellenoue', 'Castaubel', 'Dorvienne', 'Estrelle', 'Fauvelin', 'Garroulins', 'Hauterelle', 'Ibarelle',
  'Jonquelet', 'Lavaudière', 'Mirebel', 'Nouvelin', 'Orsival', 'Peyrelune', 'Quintanel', 'Roumegeul', 'Sarravin', 'Tournelier', 'Valdonne',
]; // prettier-ignore

/** @param {ReturnType<typeof import('./random.mjs').createRandom>} random */
export function createNames(random) {
  const old = random.shuffled([...things, ...things.map((thing) => `Neuve-${thing}`)]),
    people = random.shuffled(first.flatMap((a) => last.map((b) => `${a}-${b}`)));
  const taken = new Set();
  let turn = 0;
  /** A name that no other street has. @param {string} detail @param {number} length_m @param {boolean} inOldTown */
  return function streetName(detail, length_m, inOldTown) {
    const types = inOldTown
      ? ['Rue', 'Rue', 'Rue', length_m < 110 ? 'Ruelle' : 'Rue', length_m < 110 ? 'Passage' : 'Rue']
      : detail === 'tertiary'
        ? ['Avenue', 'Boulevard', 'Rue']
        : ['Rue', 'Rue', 'Allée', length_m < 110 ? 'Impasse' : 'Chemin'];
    for (;;) {
      const list = random.chance(inOldTown ? 0.5 : 0.2) ? old : people,
        type = random.pick(types),
        tail = list[turn++ % list.length];
      if (turn > 100000) throw new Error('all names are taken');
      const name = `${tail.startsWith('Neuve-') ? 'Rue' : type} ${tail}`;
      if (taken.has(name)) continue;
      taken.add(name);
      return name;
    }
  };
}

const km = (/** @type {[string, number, number][]} */ list) =>
  list.map(([name, x, y]) => ({ name, at: /** @type {import('./plane.mjs').P} */ ([x * 1000, y * 1000]) }));

export const town = 'Aubrelle';
export const waters = km([
  ['Mer d’Ambrelle', -3.6, -3.4], ['Mer d’Ambrelle', 1.5, 8.2], ['Mer d’Ambrelle', 9.5, 0.5],
]); // prettier-ignore
export const districts = km([
  ['Vieille-Halle', -0.2, -0.15], ['Les Tanneries', -0.45, 0.45], ['Quai-aux-Lices', -0.55, -1.2], ['Mirelune', 0.75, 0.3],
  ['Les Aulnes', 0.05, 1.6], ['Clairpré', 1.75, 1.25], ['Grancombe', -0.75, 2.0], ['Solivaux', -1.7, 1.15],
  ['Fontrelle', -1.45, 0.2], ['La Halotte', -2.4, 0.1], ['Roquevive', -2.2, -1.0], ['Verdelle', 0.55, -1.15],
  ['Pontelin', 1.4, -0.75], ['Les Embruns', 0.25, -2.2], ['Haut-Levant', 2.2, -0.3], ['Port-Lisandre', -1.3, -1.95],
]); // prettier-ignore
export const squares = km([
  ['Grand-Place', -0.19, -0.2], ['Place aux Herbes', -0.5, 0.18], ['Place des Aulnes', 0.1, 0.47],
  ['Place du Pont-Vieux', -1.25, -0.02], ['Place des Cargos', -0.85, -1.25], ['Place Verdelle', 0.5, -1.1], ['Place de Solivaux', -1.75, 1.0],
  ['Place Clairpré', 1.5, 1.3], ['Place du Phare', -1.45, -2.1],
]); // prettier-ignore

/** kind: an option of the exercise city-services; use: the landuse its block gets, "" for none. */
export const services = [
  ['town_hall', '', 'Hôtel de ville', -0.1, -0.1], ['town_hall', '', 'Mairie annexe de Fontrelle', -1.62, 0.2],
  ['town_hall', '', 'Mairie annexe de Verdelle', 0.6, -1.0], ['health', 'hospital', 'Hôpital Sainte-Aubelle', 1.15, -1.2],
  ['health', '', 'Maison de santé des Quais', -0.72, -0.45], ['health', '', 'Maison de santé de Solivaux', -1.8, 1.25],
  ['health', '', 'Maison de santé Clairpré', 1.65, 1.35], ['health', '', 'Dispensaire du Port', -1.25, -1.85],
  ['womens_health', '', 'Planning familial', 0.38, 0.3], ['womens_health', '', 'Protection maternelle, La Halotte', -2.35, 0.3],
  ['violence_support', '', 'Espace Femmes, accueil', 0.42, -0.25], ['legal_asylum', '', 'Permanence juridique', -0.35, -0.35],
  ['legal_asylum', '', 'Accueil des nouveaux arrivants', 0.9, 0.2], ['language_class', '', 'Atelier de français, Mirelune', 0.7, 0.4],
  ['language_class', '', 'Cours du soir, Roquevive', -2.2, -0.95], ['school_childcare', 'school', 'École des Tanneries', -0.55, 0.5],
  ['school_childcare', 'school', 'École de la Halle', 0.12, -0.4], ['school_childcare', 'school', 'École de Fontrelle', -1.4, 0.5],
  ['school_childcare', 'school', 'École de la Halotte', -2.5, 0.5], ['school_childcare', 'school', 'École des Embruns', 0.2, -2.15],
  ['school_childcare', 'school', 'École de Pontelin', 1.5, -0.55], ['school_childcare', 'school', 'École des Aulnes', -0.15, 1.65],
  ['school_childcare', 'school', 'Collège Clairpré', 1.85, 1.0], ['school_childcare', 'school', 'Collège de Roquevive', -2.0, -1.2],
  ['school_childcare', 'school', 'Lycée Octave-Mirebel', 0.85, -1.5], ['school_childcare', '', 'Crèche du Lavoir', -0.6, -0.95],
  ['job', '', 'Maison de l’emploi', 0.6, -0.45], ['job', '', 'Mission jeunes', -1.3, -0.7], ['housing', '', 'Office du logement', -0.05, 0.3],
  ['food', '', 'Halle de Lisandre, marché', -0.33, -0.2], ['food', '', 'Épicerie solidaire', -1.55, -0.85], ['food', '', 'Marché de Solivaux', -1.65, 0.9],
  ['transport', '', 'Gare d’Aubrelle', 1.22, 0.09], ['transport', '', 'Gare routière', 1.05, -0.15], ['transport', '', 'Embarcadère', -1.5, -2.05],
  ['worship', '', 'Église Sainte-Aubelle', -0.28, 0.05], ['worship', '', 'Mosquée de Mirelune', 0.95, 0.55], ['worship', '', 'Temple du Quai', -0.75, 0.1],
  ['phone_internet', '', 'Point numérique, Vieille-Halle', 0.02, -0.25], ['phone_internet', '', 'Point numérique, Port-Lisandre', -1.15, -1.75],
  ['sport_culture', '', 'Médiathèque des Tisserands', 0.15, 0.1], ['sport_culture', '', 'Maison de quartier des Aulnes', 0.25, 1.55],
  ['sport_culture', '', 'Maison de quartier de Verdelle', 0.45, -1.3], ['sport_culture', '', 'Maison de quartier de Roquevive', -2.35, -0.8],
  ['sport_culture', '', 'Piscine des Embruns', -0.25, -2.1], ['sport_culture', '', 'Gymnase de Grancombe', -0.9, 1.9],
  ['toilets', '', 'Toilettes, Grand-Place', -0.22, -0.15], ['toilets', '', 'Toilettes, Parc des Aulnes', 0.2, 0.72], ['toilets', '', 'Toilettes, gare', 1.18, 0.0],
].map(([kind, use, name, x, y]) => ({
  kind: String(kind), use: String(use), name: String(name), at: /** @type {import('./plane.mjs').P} */ ([Number(x) * 1000, Number(y) * 1000]),
})); // prettier-ignore
