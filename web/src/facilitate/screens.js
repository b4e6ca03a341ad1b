// SPDX-License-Identifier: AGPL-3.0-or-later
// Which address shows which screen: #/project/3, #/session/7/sheet.
import { createExerciseEditor } from './exercise_editor.js';
import { createImport } from './import/import.js';
import { createLive } from './live/live.js';
import { createProject } from './project.js';
import { createProjects } from './projects.js';
import { createSessionForm } from './session_form.js';
import { createSheet } from './sheet.js';

/** @typedef {{app: import('./main.js').App, ids: number[]}} ScreenDeps */
/** @typedef {import('../core/dom.js').Widget} Widget */

/** @type {Record<string, (deps: ScreenDeps) => Promise<Widget>>} */
export const screens = {
  projects: createProjects,
  project: createProject,
  'project/open': createSessionForm,
  'project/import': createImport,
  'project/exercise': createExerciseEditor,
  session: createLive,
  'session/edit': createSessionForm,
  'session/sheet': createSheet,
};

/**
 * The screen's name and the numbers in the address, in order; anything unknown is the list of projects.
 * @param {string} hash
 */
export function readAddress(hash) {
  const parts = hash.replace(/^#\/?/, '').split('/').filter(Boolean);
  const ids = parts.filter((part) => /^\d+$/.test(part)).map(Number);
  const name = parts.filter((part) => !/^\d+$/.test(part)).join('/');
  const known = name in screens && ids.length > 0;
  return known ? { name, ids } : { name: 'projects', ids: [] };
}
