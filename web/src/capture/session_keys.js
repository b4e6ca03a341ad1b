// SPDX-License-Identifier: AGPL-3.0-or-later
// What the device's store keeps of a session, by the beginning of its keys: "<kind>/<session>…". Pure.

export const sessionKinds = ['package/', 'asked/', 'area/', 'part/', 'overlay/', 'recording/'];

/** Which session a key belongs to; null: to none. @param {string} key */
export const sessionOf = (key) =>
  sessionKinds.some((kind) => key.startsWith(kind)) ? Number(key.split('/')[1]) : null;
