// The calls and the poller of a page that shows the status of a payment. Loads no wasm, and no module but the one below.
import { limited, waitAsked } from './waits.js';

/** A refusal of the Worker, or that it could not be reached. Match on `code`, never on `message`. */
export class CompagoError extends Error {
  name = 'CompagoError';

  /**
   * Reads a problem document (RFC 9457), which may be missing or malformed. `status` is the HTTP status, or 0 without a readable answer:
   * the call may have been carried out. `retryAfter` is the header of that name.
   */
  constructor(problem, status = 0, retryAfter, cause) {
    const errors = Array.isArray(problem?.errors) ? problem.errors : [];
    const detail = inBrief(errors) || problem?.detail || problem?.title || (status ? `HTTP ${status}` : 'no answer');
    super(detail, cause && { cause });
    this.code = typeof problem?.code === 'string' ? problem.code : status ? 'unknown' : 'unreachable';
    this.status = status;
    this.errors = errors;
    this.pointer = this.errors[0]?.pointer;
    this.reference = problem?.reference;
    this.minimum = problem?.minimum;
    this.didNothing = problem?.didNothing === true;
    const asked = waitAsked(retryAfter);
    this.retryAfterMs = asked && bounded(asked, 0, 3_600_000);
  }

  /** Whether the same call may succeed later: there was no answer, or the Worker asks to retry. */
  get temporary() {
    return [0, 408, 425, 429].includes(this.status) || this.status >= 500;
  }
}

/**
 * Makes a call of the Worker's API below `/api/`. Resolves to the parsed answer, undefined for 204. Answer and error have the
 * `idempotencyKey` that was sent.
 */
export async function call(
  path,
  { method = 'GET', body, headers, idempotencyKey, language, signal, redirect, onResponse, timeoutMs = 20_000, origin = '' } = {},
) {
  const limit = limited(timeoutMs, signal);
  try {
    if (signal?.aborted) throw reasonOf(signal);
    const response = await fetch(`${baseOf(origin)}/api/${path}`, {
      method,
      body: body && JSON.stringify(body),
      headers: {
        accept: 'application/json, application/problem+json',
        ...(language && { 'accept-language': language }),
        ...(body && { 'content-type': 'application/json' }),
        ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
        ...headers,
      },
      cache: 'no-store',
      redirect,
      signal: limit.signal,
    });
    onResponse?.(response);
    if (response.status === 204) return undefined;
    const answer = await response.json().catch((error) => {
      if (limit.signal.aborted) throw error;
    });
    if (response.ok && answer) return idempotencyKey ? { ...answer, idempotencyKey } : answer;
    throw new CompagoError(answer, response.ok ? 0 : response.status, response.headers.get('retry-after'));
  } catch (error) {
    if (signal?.aborted) throw reasonOf(signal);
    const failure = error instanceof CompagoError ? error : new CompagoError({ detail: `${error}${limit.signal.aborted ? '' : hintFor(origin)}` }, 0, null, error);
    if (idempotencyKey) failure.idempotencyKey = idempotencyKey;
    throw failure;
  } finally {
    limit.end();
  }
}

/** Returns the origin that was passed, as text or URL, or the page's own, whatever its <base> says. */
function baseOf(origin) {
  const own = globalThis.location?.origin;
  const base = String(origin ?? '').replace(/\/+$/, '') || (/^http/.test(own) ? own : '');
  try {
    // A frame with `srcdoc` has the address of the page around it.
    const { protocol, username, password, search, hash } = new URL(base || globalThis.document.baseURI);
    if (/^https?:$/.test(protocol) && !(base && username + password + search + hash)) return base;
  } catch {
    // Not a URL.
  }
  const detail = 'Pass `origin`, the https address of the Worker: it is missing or not a valid address.';
  throw new CompagoError({ code: 'origin', detail, didNothing: true }, 400);
}

/** Returns what a page of another origin, unless that is `null`, may lack: browsers hide a refusal that has no CORS headers. */
function hintFor(origin) {
  const own = globalThis.location?.origin;
  return /^http/.test(own) && origin && new URL(origin, own).origin !== own ? ` (is ${own} in the Worker's EMBED_ORIGINS?)` : '';
}

/** Summarises problems: their number, and the first one. */
const inBrief = ([first, ...more]) =>
  first && `${more.length ? `${more.length + 1} problems; ` : ''}${first.pointer ? `${first.pointer}: ` : ''}${first.detail}`;

/** Returns the reason of a signal, in browsers without reasons an `AbortError`. */
const reasonOf = (signal) => ('reason' in signal && signal.reason) || new DOMException('The call was aborted.', 'AbortError');

// Without a key no header is sent: under the text "null" all orders would be one.
export const createOrder = (body, idempotencyKey, options) =>
  call('shop/orders', { ...options, method: 'POST', body, idempotencyKey });
export const orderStatus = (order, options) => call(`shop/orders/${encodeURIComponent(order)}`, options);
export const retryOrder = (order, options) =>
  call(`shop/orders/${encodeURIComponent(order)}/retry`, { ...options, method: 'POST' });
export const cancelOrder = (order, options) =>
  call(`shop/orders/${encodeURIComponent(order)}/cancel`, { ...options, method: 'POST' });

/**
 * Polls an order until its status is final. `onChange(status)` is called for each new version, `onTrouble(error)` when a call fails and with
 * `null` once one succeeds again. Resolves to the last status, or to undefined if `signal` aborted; rejects if the order cannot be read,
 * such as one that does not exist.
 */
export async function followOrder(order, { onChange, onTrouble, ...options } = {}) {
  let last;
  for await (const status of statuses(order, { onTrouble, ...options })) {
    last = status;
    onChange?.(status);
  }
  return options.signal?.aborted ? undefined : last;
}

/** The same as an async iterator of statuses. */
export const statuses = (order, options) => versions((more) => orderStatus(order, more), options);

/**
 * Polls `read(options)`, whose answers have `version` and `pollAfterMs`, and yields each new version. Failures are retried with exponential
 * backoff, `slowestMs` at most.
 */
export function versions(read, options) {
  const left = new AbortController();
  const found = poll(read, left, options);
  const end = found.return;
  // A generator by itself would return only after its current wait.
  found.return = () => {
    left.abort();
    return end.call(found);
  };
  return found;
}

async function* poll(read, left, { signal: given, onTrouble, slowestMs = 60_000, ...options } = {}) {
  const { signal } = left;
  const leave = () => left.abort();
  if (given?.aborted) return;
  given?.addEventListener('abort', leave, { signal });
  let version;
  let failures = 0;
  while (!signal.aborted) {
    let wait;
    try {
      const status = await read({ ...options, signal });
      if (failures) onTrouble?.(null);
      failures = 0;
      if (status.version === undefined || status.version !== version) yield status;
      version = status.version;
      if (status.pollAfterMs === null) return left.abort();
      wait = bounded(status.pollAfterMs ?? 3000, 500, 3_600_000);
    } catch (error) {
      if (signal.aborted) return;
      if (!error.temporary) {
        left.abort();
        throw error;
      }
      failures += 1;
      onTrouble?.(error);
      const backoff = bounded(1000 * 2 ** failures, 2000, slowestMs) * (0.75 + Math.random() / 2);
      wait = Math.max(backoff, error.retryAfterMs ?? 0);
    }
    await patience(wait, signal);
  }
}

/** Waits, four times as long while the tab is hidden, and while there is no network. */
export function patience(ms, signal) {
  const page = globalThis.document;
  const network = globalThis.navigator;
  const start = Date.now();
  return new Promise((resolve) => {
    let timer;
    const check = () => {
      clearTimeout(timer);
      const left = ms * (page?.hidden ? 4 : 1) - (Date.now() - start);
      if (signal?.aborted || (left <= 0 && network?.onLine !== false)) return done();
      if (left > 0) timer = setTimeout(check, Math.min(left, 2 ** 30));
    };
    // Back online, the call is retried at once.
    const online = () => setTimeout(done, Math.min(ms, 300));
    const done = () => {
      clearTimeout(timer);
      page?.removeEventListener('visibilitychange', check);
      globalThis.removeEventListener?.('online', online);
      signal?.removeEventListener('abort', check);
      resolve();
    };
    page?.addEventListener('visibilitychange', check);
    globalThis.addEventListener?.('online', online);
    signal?.addEventListener('abort', check);
    check();
  });
}

const bounded = (value, least, most) => Math.min(Math.max(Number(value) || 0, least), most);
