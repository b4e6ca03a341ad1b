// SPDX-License-Identifier: AGPL-3.0-or-later
// A server that was just started, until the line that says its address.

const START_MS = 60_000;

/**
 * Waits until it listens; fails when it ends instead, or does neither for a minute.
 * @param {import("node:child_process").ChildProcess} child its standard output is piped
 * @param {Promise<any>} ended its end
 * @returns {Promise<{origin: string, said: () => string, log: () => string}>} the address; what it says, and
 *   logs, until now
 */
export async function listening(child, ended) {
  let said = '';
  let log = '';
  child.stderr?.on('data', (text) => (log += text));
  const origin = await new Promise((resolve, reject) => {
    const fail = (what) => reject(new Error(`the server ${what}\n${said}${log}`));
    const late = setTimeout(() => fail('did not start'), START_MS);
    child.stdout.on('data', (text) => {
      const found = /listening on (https?:\/\/\S+)\n/.exec((said += text));
      if (!found) return;
      clearTimeout(late);
      resolve(found[1]);
    });
    ended.then((code) => {
      clearTimeout(late);
      fail(`ended with ${code}`);
    });
  });
  return { origin, said: () => said, log: () => log };
}
