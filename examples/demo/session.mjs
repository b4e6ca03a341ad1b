// SPDX-License-Identifier: AGPL-3.0-or-later
// What every session of the demo is opened with.

const consent = {
  en: 'We map together to make this place better for everybody. Nobody asks your name. Your marks stay in this session; what leaves the room are numbers about many people. You can take your marks back later with your receipt.',
  fr: 'Nous faisons cette carte ensemble pour que la ville aille mieux. Personne ne demande votre nom. Vos repères restent dans cette séance ; ce qui sort de la salle, ce sont des nombres sur beaucoup de personnes. Vous pourrez retirer vos repères plus tard avec votre reçu.',
};
const contacts = [
  { name: 'Help line (demo)', phone: '0000 000 000', note: 'Day and night' },
  { name: 'The facilitator', phone: '', note: 'Raise your hand' },
];

/** @param {{place: string, bbox: number[]}} town @param {object} own what is this session's alone */
export function sessionBody(town, own) {
  return {
    place: town.place,
    bbox: town.bbox,
    languages: ['en', 'fr'],
    consent,
    help_contacts: contacts,
    seat_limit: 40,
    approve: 'at_once',
    free_text: false,
    ...own,
  };
}
