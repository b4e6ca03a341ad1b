// SPDX-License-Identifier: AGPL-3.0-or-later
// The only place that talks to the server. A reply that is not good becomes a Problem.

/** What went wrong: the server's problem+json, or a network that did not answer. */
export class Problem extends Error {
  /**
   * @param {string} code such as BAD_FIELD; OFFLINE and TIMEOUT are made here
   * @param {{status?: number, title?: string, where?: string, detail?: string}} [more]
   */
  constructor(code, { status = 0, title = '', where = '', detail = '' } = {}) {
    super([code, title, where, detail].filter(Boolean).join(' · '));
    this.name = 'Problem';
    this.code = code;
    this.status = status;
    this.title = title;
    this.where = where;
    this.detail = detail;
  }
  /** Worth sending again, unchanged. */
  get temporary() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/**
 * @typedef {object} Options
 * @property {string | null} [token] bearer token for this request instead of the one in `deps`
 * @property {number} [timeoutMs]
 * @property {AbortSignal} [signal]
 * @property {Record<string, string>} [headers]
 * @property {RequestCache} [cache] what never changes may be kept by the browser; else nothing is
 */

/**
 * A file in pieces.
 * @typedef {object} Pieces
 * @property {number} [from] bytes that are here already, of the version `etag`
 * @property {string} [etag]
 * @property {(head: {etag: string, from: number}) => void} onHead before the first piece; from: 0 when the
 *   server has another version, or gives no parts: begin anew
 * @property {(bytes: Uint8Array<ArrayBuffer>) => void} onBytes
 * @property {AbortSignal} [signal]
 * @property {number} [stallMs] given up when nothing comes for so long
 */

/**
 * @param {object} [deps]
 * @param {() => string | null} [deps.token] the participant's bearer token, if there is one
 * @param {(problem: Problem) => void} [deps.onUnauthorised] told of each 401 to deps.token
 * @param {(token: string) => void} [deps.onShutOut] told when the tablet that got this token was shut out
 * @param {(reached: boolean) => void} [deps.onReach] told after each request whether the server answered it
 * @param {typeof fetch} [deps.fetch]
 */
export function createApi({
  token = () => null,
  onUnauthorised = () => {},
  onShutOut = () => {},
  onReach = () => {},
  fetch = window.fetch.bind(window),
} = {}) {
  /** Files of the page may come from the browser's own store: they say nothing of the server. @param {string} path @param {boolean} reached */
  const reach = (path, reached) => path.startsWith('/api/') && onReach(reached);
  /** What a request that was cut off failed of. @param {string} path @param {unknown} error @param {AbortSignal} cut */
  function cutOff(path, error, cut) {
    if (error instanceof Problem) return error;
    if (cut.aborted && cut.reason !== 'timeout') return new Problem('LEFT');
    reach(path, false);
    return new Problem(cut.aborted ? 'TIMEOUT' : 'OFFLINE');
  }
  /** @param {string | null} bearer @param {Record<string, string>} more */
  const headersOf = (bearer, more) => ({
    'X-Requested-With': 'repere',
    Accept: 'application/json',
    ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}),
    ...more,
  });
  /**
   * @param {string} method @param {string} path @param {BodyInit | undefined} body
   * @param {Options} options
   */
  async function send(method, path, body, options) {
    const { token: own, timeoutMs = 15000, signal, headers = {}, cache = 'no-store' } = options;
    const bearer = own === undefined ? token() : own;
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort('timeout'), timeoutMs);
    signal?.addEventListener('abort', () => abort.abort('left'));
    try {
      const response = await fetch(path, {
        method,
        body,
        signal: abort.signal,
        credentials: 'same-origin',
        cache,
        headers: headersOf(bearer, headers),
      });
      reach(path, true);
      const reply = await read(response);
      if (response.ok) return reply;
      const problem = toProblem(response.status, reply);
      if (problem.code === 'TABLET_REVOKED' && bearer) onShutOut(bearer);
      else if (problem.status === 401 && own === undefined) onUnauthorised(problem);
      throw problem;
    } catch (error) {
      throw cutOff(path, error, abort.signal);
    } finally {
      clearTimeout(timer);
    }
  }
  /** @param {string} path @param {Pieces} pieces */
  async function stream(path, { from = 0, etag = '', onHead, onBytes, signal, stallMs = 20000 }) {
    const abort = new AbortController();
    let timer = 0;
    const alive = () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => abort.abort('timeout'), stallMs);
    };
    signal?.addEventListener('abort', () => abort.abort('left'));
    /** @type {Record<string, string>} */
    const rest = from > 0 && etag ? { Range: `bytes=${from}-`, 'If-Range': etag } : {};
    try {
      alive();
      const response = await fetch(path, {
        signal: abort.signal,
        credentials: 'same-origin',
        cache: 'no-store',
        headers: headersOf(token(), { ...rest, Accept: '*/*' }),
      });
      reach(path, true);
      if (!response.ok || !response.body) throw toProblem(response.status, await read(response));
      onHead({ etag: response.headers.get('ETag') ?? '', from: response.status === 206 ? from : 0 });
      const reader = response.body.getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        alive();
        onBytes(piece.value);
      }
    } catch (error) {
      throw cutOff(path, error, abort.signal);
    } finally {
      clearTimeout(timer);
    }
  }
  /** @param {string} method */
  const withJson =
    (method) =>
    /** @param {string} path @param {any} [body] @param {Options} [options] @returns {Promise<any>} */
    (path, body, options = {}) =>
      body === undefined
        ? send(method, path, undefined, options)
        : send(method, path, JSON.stringify(body), {
            ...options,
            headers: { 'Content-Type': 'application/json', ...options.headers },
          });
  return {
    /** @param {string} path @param {Options} [options] @returns {Promise<any>} */
    get: (path, options = {}) => send('GET', path, undefined, options),
    post: withJson('POST'),
    put: withJson('PUT'),
    /** @param {string} path @param {Options} [options] @returns {Promise<any>} */
    del: (path, options = {}) => send('DELETE', path, undefined, options),
    /** A file as it is. @param {string} path @param {Blob} file @param {string} mediaType @param {Options} [options] @returns {Promise<any>} */
    upload: (path, file, mediaType, options = {}) =>
      send('POST', path, file, { timeoutMs: 600000, ...options, headers: { 'Content-Type': mediaType } }),
    /** The same by PUT, in the place of the one before it. @param {string} path @param {Blob} file @param {string} mediaType @returns {Promise<any>} */
    replaceFile: (path, file, mediaType) => send('PUT', path, file, { headers: { 'Content-Type': mediaType } }),
    stream,
    listen,
  };
}
/** @typedef {ReturnType<typeof createApi>} Api */

/** @param {Response} response */
async function read(response) {
  if (response.status === 204) return null;
  const type = response.headers.get('Content-Type') ?? '';
  if (type.includes('json')) return response.json();
  return response.blob();
}

/** @param {number} status @param {any} reply */
function toProblem(status, reply) {
  const code = String(reply?.type ?? '').replace(/^.*\/errors\//, '') || `HTTP_${status}`;
  return new Problem(code, { status, title: reply?.title, where: reply?.where, detail: reply?.detail });
}

const retryMs = 3000;

/**
 * Server-sent events of staff (the cookie is the credential; one a browser, HTTP/1.1 allows six
 * connections). A connection that breaks is made again, for as long as it takes: by the browser, or here
 * where it gives up. `open` is called at each connection.
 * @param {string} path
 * @param {Record<string, (data: any) => void>} handlers by event name; "open" and "error" too (refused:
 * the server answered, and not with events)
 * @returns {() => void} how to stop
 */
function listen(path, handlers) {
  /** @type {EventSource} */
  let source;
  let timer = 0;
  function connect() {
    source = new EventSource(path);
    for (const [name, handler] of Object.entries(handlers)) {
      if (name === 'open' || name === 'error') continue;
      source.addEventListener(name, (event) => handler(JSON.parse(/** @type {MessageEvent} */ (event).data)));
    }
    source.addEventListener('open', () => handlers.open?.(null));
    source.addEventListener('error', () => {
      const refused = source.readyState === EventSource.CLOSED;
      if (refused) timer = window.setTimeout(connect, retryMs);
      handlers.error?.({ refused });
    });
  }
  connect();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}

/** Query string of what is set. @param {Record<string, string | number | boolean | null | undefined>} values */
export function query(values) {
  const pairs = Object.entries(values).filter(([, v]) => v !== null && v !== undefined && v !== '');
  return pairs.length ? `?${new URLSearchParams(pairs.map(([k, v]) => [k, String(v)]))}` : '';
}
