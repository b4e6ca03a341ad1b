// SPDX-License-Identifier: AGPL-3.0-or-later
// The address by which tablets in the room reach this server: the one this page was opened by, unless
// another was entered in this tab.

const key = 'repere-room-address';

/** @returns {string} an origin */
export const roomAddress = () => sessionStorage.getItem(key) ?? location.origin;

/** @param {string} address http or https */
export function setRoomAddress(address) {
  sessionStorage.setItem(key, new URL(address).origin);
}

/** Whether no other computer can open the address this page was opened by. */
export const onlyHere = () => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(location.hostname);
