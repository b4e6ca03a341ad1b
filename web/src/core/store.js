// SPDX-License-Identifier: AGPL-3.0-or-later
// A value that tells those who listen when it changes.

/**
 * @template T
 * @typedef {object} Store
 * @property {() => T} get
 * @property {(next: T | ((value: T) => T)) => void} set a function is given the present value
 * @property {(listener: (value: T) => void) => () => void} subscribe called at each change; returns how to stop
 */

/**
 * @template T
 * @param {T} value
 * @returns {Store<T>}
 */
export function createStore(value) {
  /** @type {Set<(value: T) => void>} */
  const listeners = new Set();
  return {
    get: () => value,
    set(next) {
      value = typeof next === 'function' ? /** @type {(v: T) => T} */ (next)(value) : next;
      for (const listener of [...listeners]) listener(value);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Collects what a widget must undo, and undoes it in reverse. */
export function createCleanup() {
  /** @type {(() => void)[]} */
  const steps = [];
  return {
    /** @param {...(() => void)} more */
    add: (...more) => {
      steps.push(...more);
    },
    run() {
      while (steps.length) steps.pop()?.();
    },
  };
}
