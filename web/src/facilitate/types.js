// SPDX-License-Identifier: AGPL-3.0-or-later
// Shapes of the API that staff screens use (server/api/schemas has them in full).

/** @typedef {[number, number, number, number]} Bbox west, south, east, north; EPSG:4326 degrees */
/** @typedef {Record<string, string>} Text by language */
/** @typedef {{id: string, label: Text}} Group what figures are told apart by, never on a mark */
/** @typedef {{id: number, title: string, bbox: Bbox, base_maps: string[], sessions: number, created: string, groups?: Group[]}} Project */
/** @typedef {{name: string, phone: string, note: string}} Contact */
/**
 * @typedef {object} Session
 * @property {number} id
 * @property {number} project
 * @property {number} exercise
 * @property {Text} exercise_title
 * @property {string} title
 * @property {string} place
 * @property {string} held_on
 * @property {Bbox} bbox
 * @property {number} precision_m
 * @property {string[]} languages
 * @property {Text} consent
 * @property {Contact[]} help_contacts
 * @property {number} seat_limit
 * @property {"by_hand" | "at_once"} admit
 * @property {"by_hand" | "at_once"} approve
 * @property {boolean} free_text
 * @property {"open" | "closed"} state
 * @property {number} participants
 * @property {number} contributions
 * @property {string[]} base_maps
 * @property {number} version
 */
/** @typedef {{id: number, project: number | null, key: string, version: number, title: Text, sensitivity: string, document?: any}} ExerciseRow */
/** @typedef {{id: number, pseudonym: string, language: string, state: "waiting" | "admitted" | "removed", contributions: number, tablet: number | null, on_paper: boolean}} Participant */
/** @typedef {{tablet: number, number: number, state: "in_use" | "revoked", participants: string[]}} Tablet */

export {};
