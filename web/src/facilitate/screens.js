// SPDX-License-Identifier: AGPL-3.0-or-later
// Which name shows which screen (address.js reads the name from the address).
import { createAssets } from './assets/assets.js';
import { createEntry } from './entry/entry.js';
import { createExerciseEditor } from './exercise/editor.js';
import { createFindings } from './findings/findings.js';
import { createImport } from './import/import.js';
import { createLive } from './live/live.js';
import { createProject } from './project.js';
import { createProjectEdit } from './project_form.js';
import { createProjects } from './projects.js';
import { createPublish } from './publish/publish.js';
import { createRecordings } from './recordings/recordings.js';
import { createSessionEdit, createSessionOpen } from './session_form.js';
import { createSheet } from './sheet.js';
import { createWall } from './wall/wall.js';

/** @typedef {{app: import('./main.js').App, ids: number[]}} ScreenDeps */
/** @typedef {import('../core/dom.js').Widget & {unsaved?: () => boolean}} Screen unsaved: what was typed would be lost */

/** @type {Record<import('./address.js').ScreenName, (deps: ScreenDeps) => Promise<Screen>>} */
export const screens = {
  projects: createProjects,
  project: createProject,
  'project/edit': createProjectEdit,
  'project/open': createSessionOpen,
  'project/import': createImport,
  'project/exercise': createExerciseEditor,
  'project/recordings': createRecordings,
  'project/publish': createPublish,
  'project/findings': createFindings,
  'project/assets': createAssets,
  session: createLive,
  'session/edit': createSessionEdit,
  'session/sheet': createSheet,
  'session/entry': createEntry,
  'session/wall': createWall,
};
