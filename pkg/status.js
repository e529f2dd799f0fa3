// The calls and the poller that a page needs to show the status of a payment. No wasm: a page that only waits loads this file, and the one
// below.
import { limited, waitAsked } from './waits.js';

/** Why the Worker refused, or that it could not be reached. Match on `code`, never on `message`. */
export class CompagoError extends Error {
  name = 'CompagoError';

  /**
   * From a problem document (RFC 9457), which may be missing or be anything at all, the HTTP status (0 if no answer came
   * that could be read: the call may have been carried out) and the Retry-After header.
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

  /** Whether the same call may be answered later: nothing was heard, or the Worker asked for patience. */
  get temporary() {
    return [0, 408, 425, 429].includes(this.status) || this.status >= 500;
  }
}

/**
 * One call of the Worker's API below `/api/`; resolves to the parsed answer, undefined if it has no body (204). An
 * idempotency key is added to answer and error.
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
    const failure = error instanceof CompagoError ? error : new CompagoError({ detail: String(error) }, 0, null, error);
    if (idempotencyKey) failure.idempotencyKey = idempotencyKey;
    throw failure;
  } finally {
    limit.end();
  }
}

/** Where the Worker is: what was handed in, as text or URL, or nothing, for the page's own origin, whatever its <base> says. */
function baseOf(origin) {
  const own = globalThis.location?.origin;
  const base = String(origin ?? '').replace(/\/+$/, '') || (/^http/.test(own) ? own : '');
  try {
    // A frame without an address, such as one with `srcdoc`, has that of the page around it.
    const { protocol, username, password, search, hash } = new URL(base || globalThis.document.baseURI);
    if (/^https?:$/.test(protocol) && !(base && username + password + search + hash)) return base;
  } catch {
    // It is none.
  }
  const detail = 'Hand in `origin`, the https address of the Worker: there is none, or it is no such address.';
  throw new CompagoError({ code: 'origin', detail, didNothing: true }, 400);
}

/** How many problems there are, and where and what the first is. */
const inBrief = ([first, ...more]) =>
  first && `${more.length ? `${more.length + 1} problems; ` : ''}${first.pointer ? `${first.pointer}: ` : ''}${first.detail}`;

/** What a signal was aborted for; browsers without reasons have this one. */
const reasonOf = (signal) => ('reason' in signal && signal.reason) || new DOMException('The call was aborted.', 'AbortError');

// Under the text "null", for a key that was forgotten, all would be one order.
export const createOrder = (body, idempotencyKey, options) =>
  call('shop/orders', { ...options, method: 'POST', body, idempotencyKey });
export const orderStatus = (order, options) => call(`shop/orders/${encodeURIComponent(order)}`, options);
export const retryOrder = (order, options) =>
  call(`shop/orders/${encodeURIComponent(order)}/retry`, { ...options, method: 'POST' });
export const cancelOrder = (order, options) =>
  call(`shop/orders/${encodeURIComponent(order)}/cancel`, { ...options, method: 'POST' });

/**
 * Follows an order until nothing changes by itself any more. `onChange(status)` is called for every new version, `onTrouble(error)` when
 * asking fails, with `null` once it goes well again. Resolves to the last status, or to undefined if `signal` ended it;
 * rejects if the order cannot be asked for at all, such as one that does not exist.
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
 * Each new version of what `read(options)` answers, which has `version` and `pollAfterMs`. After trouble it waits
 * longer each time, `slowestMs` at most.
 */
export function versions(read, options) {
  const left = new AbortController();
  const seen = look(read, left, options);
  const end = seen.return;
  // A generator alone would first wait for what it waits for.
  seen.return = () => {
    left.abort();
    return end.call(seen);
  };
  return seen;
}

async function* look(read, left, { signal: given, onTrouble, slowestMs = 60_000, ...options } = {}) {
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

/** Waits, four times as long while nobody looks at the tab, and for as long as there is no network. */
export function patience(ms, signal) {
  const page = globalThis.document;
  const network = globalThis.navigator;
  const start = Date.now();
  return new Promise((resolve) => {
    let timer;
    const look = () => {
      clearTimeout(timer);
      const left = ms * (page?.hidden ? 4 : 1) - (Date.now() - start);
      if (signal?.aborted || (left <= 0 && network?.onLine !== false)) return done();
      if (left > 0) timer = setTimeout(look, Math.min(left, 2 ** 30));
    };
    // Back online, the answer is wanted at once: what made it late is over.
    const online = () => setTimeout(done, Math.min(ms, 300));
    const done = () => {
      clearTimeout(timer);
      page?.removeEventListener('visibilitychange', look);
      globalThis.removeEventListener?.('online', online);
      signal?.removeEventListener('abort', look);
      resolve();
    };
    page?.addEventListener('visibilitychange', look);
    globalThis.addEventListener?.('online', online);
    signal?.addEventListener('abort', look);
    look();
  });
}

const bounded = (value, least, most) => Math.min(Math.max(Number(value) || 0, least), most);
