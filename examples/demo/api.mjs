// SPDX-License-Identifier: AGPL-3.0-or-later
// A small client of the API for the demo: JSON in, JSON out, an error that says what was asked.

/** @param {string} address @param {Record<string, string>} [credential] headers such as Cookie or Authorization */
export function client(address, credential = {}) {
  async function ask(method, path, body, type = 'application/json') {
    const headers = { 'X-Requested-With': 'repere', ...credential };
    if (body !== undefined) headers['Content-Type'] = type;
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const reply = await fetch(address + path, { method, headers, body: text });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return { json: await reply.json(), reply };
  }
  const verb = (method) => async (path, body, type) => (await ask(method, path, body, type)).json;
  return { ask, get: verb('GET'), post: verb('POST'), put: verb('PUT') };
}

/** Signs in by a one-time link; gives a client with the staff cookie. */
export async function signIn(address, token) {
  const { reply } = await client(address).ask('POST', '/api/signin/link', { token });
  return client(address, { Cookie: reply.headers.get('set-cookie').split(';')[0] });
}
