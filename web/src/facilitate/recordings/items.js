// SPDX-License-Identifier: AGPL-3.0-or-later
// What of an exercise can be read aloud: each question, then its answers. Pure.

/** @typedef {{item: string, label: Record<string, string>, icon?: string, answer: boolean}} Item */

/** @param {import("../../core/exercise.js").Exercise} exercise @returns {Item[]} */
export function itemsOf(exercise) {
  return exercise.fields.flatMap((field) => [
    { item: field.id, label: field.label, icon: field.icon, answer: false },
    ...(field.options ?? []).map((option) => ({
      item: `${field.id}.${option.id}`,
      label: option.label,
      icon: option.icon,
      answer: true,
    })),
  ]);
}
