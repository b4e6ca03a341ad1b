// SPDX-License-Identifier: AGPL-3.0-or-later
// What the HTTP tests share: a real server with a data folder of its own, clients for each role, and a
// watch on every reply: its JSON must fit the schema that the route's row names, its error one of the
// listed errors. Which routes were hit is noted down for zz_every_route.test.mjs.
//
//   const server = await startServer();
//   const world = await server.world();      // two projects, each with staff, a session, participants
//   await world.own.facilitator.get(`/api/projects/${world.own.project}`);
//   await server.stop();
import { spawn, execFile } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { listening } from '../support/listening.mjs';

const run = promisify(execFile);
const require = createRequire(new URL('../../web/package.json', import.meta.url));

export const binary = process.env.REPERE_BIN ?? new URL('../../build/repere', import.meta.url).pathname;
/** Where a run of all files notes which routes were hit; others note nothing. */
export const hitsFolder = process.env.REPERE_HITS;

const PATIENCE_MS = 120_000; // then something is wrong, and is said instead of waited for
/** How folders of tests begin: those alone are taken away with their server. */
const ours = path.join(tmpdir(), 'repere-');

/** Runs a sub-command; its standard output. */
export async function cli(data, args, { input = '', env = {} } = {}) {
  const child = run(binary, [...args, '--data', data], { env: { ...process.env, ...env } });
  child.child.stdin.end(input);
  return (await child).stdout;
}

/**
 * A data folder and a server on it.
 *
 * @param {{args?: string[], data?: string, published?: string}} options  `data`: a folder that is there
 *   already; `published`: a folder of editions, and no data folder at all
 */
export async function startServer({ args = [], data, published } = {}) {
  const folder = published ?? data ?? path.join(mkdtempSync(`${ours}http-`), 'data');
  if (!published && !existsSync(folder)) await cli(folder, ['init']);
  const where = [published ? '--published-only' : '--data', folder];
  const child = spawn(binary, ['serve', '--port', '0', ...where, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  const { origin, log, said } = await listening(child, ended);
  const server = new Server(origin, folder, child, ended, log, said);
  await server.learn();
  return server;
}

class Server {
  constructor(origin, data, child, ended, log, said) {
    Object.assign(this, { origin, data, child, ended, log, said, agent: new http.Agent({ keepAlive: true }) });
  }

  /** Reads the table of routes and its schemas. */
  async learn() {
    const Ajv = require('ajv/dist/2020.js').default;
    const reply = await exchange(this, 'GET', '/api/openapi.json', {}, undefined);
    this.openapi = JSON.parse(reply.text);
    this.ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    this.replies = new Map();
    const schemas = this.openapi.components.schemas;
    for (const [name, schema] of Object.entries(schemas))
      this.ajv.addSchema(schema, schema.$id ?? `/api/schemas/${name}`);
    this.routes = [];
    for (const [pattern, methods] of Object.entries(this.openapi.paths))
      for (const [method, operation] of Object.entries(methods))
        this.routes.push(routeOf(method.toUpperCase(), pattern, operation, schemas));
    // a literal step goes before a {name}
    this.routes.sort((a, b) => a.pattern.split('{').length - b.pattern.split('{').length);
  }

  route(method, pathname) {
    return this.routes.find((route) => route.method === method && route.expression.test(pathname));
  }

  /** Nobody; give it a cookie or a bearer token to be somebody, `from` (127.0.0.2) to be somewhere else. */
  client(credential = {}) {
    return new Client(this, credential);
  }

  /** A new account, signed in by a link. */
  async staff(name, role) {
    await cli(this.data, ['user', 'add', name, '--role', role]);
    return this.signIn(name);
  }

  /** Signs an account in by a fresh one-time link. */
  async signIn(name) {
    const link = await cli(this.data, ['user', 'link', name]);
    const client = this.client();
    await client.post('/api/signin/link', { token: /#link=(\S+)/.exec(link)[1] }, { expect: 200 });
    client.name = name;
    return client;
  }

  /** Two projects that have nothing to do with each other, and an administrator. */
  async world() {
    const { buildWorld } = await import('./world.mjs');
    return buildWorld(this);
  }

  /** The files of the data folder that hold these bytes. @param {string | Buffer} bytes */
  filesHolding(bytes) {
    return readdirSync(this.data, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
      .filter((name) => readFileSync(name).includes(bytes));
  }

  /** Ends it; fails when it did not end well. */
  async stop() {
    this.agent.destroy();
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), PATIENCE_MS);
    const code = await this.ended;
    clearTimeout(late);
    if (path.dirname(this.data).startsWith(ours)) rmSync(path.dirname(this.data), { recursive: true, force: true });
    if (code !== 0) throw new Error(`the server ended with ${code}\n${this.log()}`);
  }
}

function routeOf(method, pattern, operation, schemas) {
  const content = operation.responses['2XX'].content ?? {};
  const reference = content['application/json']?.schema?.$ref;
  const reply = reference?.split('/').at(-1);
  const escaped = pattern.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+');
  return {
    method,
    pattern,
    name: `${method} ${pattern}`,
    roles: operation['x-roles'],
    expression: new RegExp(`^${escaped}$`),
    schema: reply && (schemas[reply].$id ?? `/api/schemas/${reply}`),
    media: Object.keys(content),
  };
}

/** One request; nothing is judged here. */
function exchange(server, method, target, headers, body, from) {
  return new Promise((resolve, reject) => {
    const options = { method, headers, agent: server.agent, localAddress: from };
    const request = http.request(server.origin + target, options);
    request.once('error', reject);
    request.setTimeout(PATIENCE_MS, () => request.destroy(new Error(`${method} ${target}: no answer in ${PATIENCE_MS} ms`)));
    request.once('response', (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({ status: response.statusCode, headers: response.headers, bytes, text: bytes.toString() });
      });
    });
    request.end(body);
  });
}

class Client {
  constructor(server, { cookie, bearer, from } = {}) {
    Object.assign(this, { server, cookie, bearer, from });
  }

  /** The headers of a request of this client; `headers` overrides, undefined leaves out. */
  headers(method, body, headers = {}) {
    const all = {};
    if (this.cookie) all.cookie = `repere=${this.cookie}`;
    if (this.bearer) all.authorization = `Bearer ${this.bearer}`;
    if (method !== 'GET') all['x-requested-with'] = 'repere';
    if (body !== undefined) all['content-type'] = 'application/json';
    for (const [name, value] of Object.entries(headers)) all[name.toLowerCase()] = value;
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  }

  /**
   * Sends a request and checks the reply against the table.
   *
   * @param {{body?: any, raw?: string | Buffer, headers?: Record<string, string | undefined>,
   *   expect?: number}} options  `body` is sent as JSON, `raw` as it is; `expect`: the status
   */
  async request(method, target, { body, raw, headers, expect } = {}) {
    const bytes = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const reply = await exchange(this.server, method, target, this.headers(method, bytes, headers), bytes, this.from);
    const pathname = target.split('?')[0];
    const route = this.server.route(method, pathname);
    note(route, reply.status);
    if (/json/.test(reply.headers['content-type'] ?? '') && reply.text) reply.json = JSON.parse(reply.text);
    check(this.server, route, `${method} ${pathname}`, reply);
    if (expect !== undefined && reply.status !== expect)
      throw new Error(`${method} ${target}: ${reply.status} instead of ${expect}\n${reply.text.slice(0, 500)}`);
    const cookie = /^(?:__Host-)?repere=([^;]*)/.exec(reply.headers['set-cookie']?.[0] ?? '');
    if (cookie) this.cookie = cookie[1] || undefined;
    return reply;
  }

  get(target, options) {
    return this.request('GET', target, options);
  }
  put(target, body, options) {
    return this.request('PUT', target, { body, ...options });
  }
  post(target, body, options) {
    return this.request('POST', target, { body, ...options });
  }
  delete(target, options) {
    return this.request('DELETE', target, options);
  }

  /** Listens to server-sent events: `next(event)` waits for one of that name, `close()` ends. */
  listen(target) {
    return new Promise((resolve, reject) => {
      const request = http.request(this.server.origin + target, { headers: this.headers('GET') });
      request.once('error', reject);
      request.once('response', (response) => {
        note(this.server.route('GET', target), response.statusCode);
        if (response.statusCode !== 200) {
          response.resume();
          reject(new Error(`GET ${target}: ${response.statusCode}`));
        } else {
          resolve(new Listener(request, response));
        }
      });
      request.end();
    });
  }
}

class Listener {
  constructor(request, response) {
    Object.assign(this, { request, events: [], waiting: [] });
    let text = '';
    response.setEncoding('utf8');
    request.on('error', () => {}); // it is cut when the test is done with it
    response.on('error', () => {});
    response.on('data', (chunk) => {
      const parts = (text + chunk).split('\n\n');
      text = parts.pop();
      parts.forEach((part) => this.take(part));
    });
  }

  take(part) {
    const event = /^event: *(.*)$/m.exec(part)?.[1];
    const data = /^data: *(.*)$/m.exec(part)?.[1];
    if (!event) return;
    this.events.push({ event, data: data && JSON.parse(data) });
    this.waiting.splice(0).forEach((wake) => wake());
  }

  /** The next event of that name that `fits`; what came before it is dropped. */
  async next(name, fits = () => true, patience_ms = 10_000) {
    const until = Date.now() + patience_ms;
    for (;;) {
      const at = this.events.findIndex(({ event, data }) => event === name && fits(data));
      if (at >= 0) return this.events.splice(0, at + 1).at(-1).data;
      const left = until - Date.now();
      if (left <= 0) throw new Error(`no event "${name}" came`);
      await new Promise((resolve) => {
        const late = setTimeout(resolve, left);
        this.waiting.push(() => (clearTimeout(late), resolve()));
      });
    }
  }

  close() {
    this.request.destroy();
  }
}

/** Writes down that a route was hit. */
function note(route, status) {
  if (!route || !hitsFolder) return;
  appendFileSync(path.join(hitsFolder, `${process.pid}.txt`), `${route.name} ${status}\n`);
}

/** A reply must be what the table says. */
function check(server, route, name, reply) {
  if (reply.status >= 400) {
    if (!/^application\/problem\+json/.test(reply.headers['content-type'] ?? ''))
      throw new Error(`${name}: ${reply.status} is no application/problem+json\n${reply.text.slice(0, 300)}`);
    const known = server.openapi['x-errors'].find(({ name: error }) => `/errors/${error}` === reply.json.type);
    if (!known || known.status !== reply.status || known.title !== reply.json.title)
      throw new Error(`${name}: not a listed error: ${reply.text}`);
    reply.error = known.name;
    return;
  }
  if (!route?.schema || ![200, 201, 202].includes(reply.status)) return;
  if (reply.headers['content-type'] === 'text/csv') return; // a table that was asked for instead
  if (!server.ajv.validate(route.schema, reply.json)) {
    const what = server.ajv.errorsText(server.ajv.errors, { dataVar: 'reply' });
    throw new Error(`${name}: the reply does not fit ${route.schema}: ${what}\n${reply.text.slice(0, 500)}`);
  }
}
