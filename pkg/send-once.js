// Idempotency keys, final refusals and retries: one set of rules for pages and elements.
import { newKey } from './keys.js';
import { patience } from './status.js';

/** The first request with this key is still being answered. */
const inFlight = 'request-in-flight';

/** Refusals with the status of a temporary failure, for a permanent reason. */
const permanent = ['payment-on-hold', 'provider-refused', 'misconfigured', 'catalog-unreadable', 'shop-file-unreadable'];

/** Refusals of the request itself, for every attempt under its key. */
const outcomes = [
  ...['invalid-body', 'not-found', 'terminal-busy', 'terminal-not-found', 'intent-paid', 'intent-unknown', 'card-busy', 'card-not-active'],
  ...['payment-not-confirmed', 'payment-refused', 'refund-refused', 'provider-refused'],
];

export const isPermanent = ({ code }) => permanent.includes(code);

/** Returns whether a refusal is final: the same request would be refused again, and nothing was created. */
export const isFinal = ({ status, temporary, code }) => status > 0 && !temporary && code !== inFlight;

/** Returns whether a refusal is the outcome of all attempts; an expired session, for example, is that of one. */
export const isOutcome = ({ code }) => outcomes.includes(code);

/** Returns whether the Worker refused an attempt before it did anything. One without a code may be a proxy's, after the Worker acted. */
export const didNothing = ({ code, status }) => code === 'misconfigured' || (status >= 400 && status < 500 && ![inFlight, 'unknown'].includes(code));

/** Returns whether an error means that no attempt has charged anything so far. */
export const isUncharged = ({ code }) => code === 'provider-unavailable';

/** The shortest delay before a request is repeated: after `Retry-After: 0` too, requests do not follow each other at once. */
const MIN_DELAY_MS = 500;

/** Returns the delay after an error: what the Worker asked for, otherwise `otherwise`, and at least `MIN_DELAY_MS`. */
export const delayAfter = ({ retryAfterMs }, otherwise) => Math.max(retryAfterMs ?? otherwise, MIN_DELAY_MS);

const isOffline = () => globalThis.navigator?.onLine === false;

/**
 * Repeats `send()` until it resolves, or rejects and `delayOf(error, attempts)` returns no delay. `onRetry(error)` is called before each delay.
 * Nothing is sent after `signal` aborted or once `isWanted()` returns false.
 */
export async function retry(send, delayOf, { onRetry, signal, isWanted } = {}) {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await send();
    } catch (error) {
      const ms = signal?.aborted ? undefined : delayOf(error, attempts);
      if (ms === undefined) throw error;
      onRetry?.(error);
      if (ms > 0) await patience(ms, signal);
      if (signal?.aborted || isWanted?.() === false) throw error;
    }
  }
}

/**
 * Repeats a call that is safe to repeat: four attempts with exponential backoff, within `limitMs`. While the device is offline it waits for
 * the network without a limit. `onWait(reason)` says what is waited for: `offline`, `slow`, or `sending` again.
 */
export function withRetry(send, { onWait = () => {}, limitMs = 20_000 } = {}) {
  let since = Date.now();
  let failures = 0;
  const attempt = async () => {
    if (isOffline()) {
      onWait('offline');
      await patience(0);
      onWait('sending');
      [since, failures] = [Date.now(), 0];
    }
    const slow = setTimeout(onWait, 5000, 'slow');
    try {
      return await send();
    } finally {
      clearTimeout(slow);
    }
  };
  const delayOf = (error) => {
    if (isOffline()) return 0;
    failures += 1;
    const ms = Math.min(delayAfter(error, 500 * 2 ** failures), 8000);
    const isWorthwhile = error.code === inFlight || (error.temporary && error.status !== 429 && !isPermanent(error));
    return isWorthwhile && failures < 4 && Date.now() + ms - since <= limitMs ? ms : undefined;
  };
  return retry(attempt, delayOf, { onRetry: () => isOffline() || onWait('slow') });
}

/**
 * Sends a body once, however often this is called: `send(key)` gets the key that `store` (`read`, `write`, `drop`) holds for the fingerprint
 * `print`, or a new one, kept there until the answer is final and `complete(answer)` has succeeded. Resolves to the latter's result. Takes the
 * options of `withRetry`.
 */
export async function sendOnce({ store, print, send, complete = (answer) => answer, ...options }) {
  const kept = store.read();
  const key = kept?.print === print ? kept.key : newKey();
  if (key !== kept?.key) store.write({ key, print });
  let sent;
  try {
    const result = await withRetry(async () => complete((sent ??= { answer: await send(key) }).answer), options);
    store.drop();
    return result;
  } catch (error) {
    // A refusal of what follows does not undo what was created.
    if (!sent && isFinal(error)) store.drop();
    throw error;
  }
}

/**
 * Sends a request that moves money, `{ key, body, unsure }`, until there is a result or a final refusal. As long as it may be carried out, or
 * have been (`unsure`), `store` holds it, and a reloaded page sends it again.
 */
export function sendUntilAnswered(request, { store, send, ...options }) {
  let { unsure = false } = request;
  const attempt = async () => {
    // A reload before the answer leaves this unknown.
    store.write({ ...request, unsure: true });
    const answer = await send(request);
    store.drop();
    return answer;
  };
  const delayOf = (error, attempts) => {
    unsure = !isOutcome(error) && !isUncharged(error) && (unsure || !didNothing(error));
    const isOver = isOutcome(error) || (!unsure && didNothing(error) && !mayPass(error));
    if (isOver) store.drop();
    else store.write({ ...request, unsure });
    if (isOver || !isWorthRepeating(error, attempts)) return undefined;
    return Math.max(error.retryAfterMs ?? 0, Math.min(500 * 2 ** attempts, 5000));
  };
  return retry(attempt, delayOf, options);
}

/** Returns whether the same request may be accepted later. */
const mayPass = ({ code, status, temporary }) => code !== 'misconfigured' && (temporary || status === 401);

/** Without an answer there is no limit to the attempts. */
function isWorthRepeating({ code, status, temporary }, attempts) {
  if (status === 0 || code === inFlight) return true;
  return (temporary || code === 'unknown') && status !== 401 && code !== 'misconfigured' && attempts < 5;
}

/**
 * Repeats a request that moves money under its key and yields each `{ answer }` or `{ error, open }`; `open`: it may still be carried out. Ends
 * after an answer that `isOver`, an error that is not open, or once `isWanted()` returns false. `unsure`: it was sent before, with an unknown
 * outcome.
 */
export async function* sendUntilOver({ send, isOver, isWanted, wait, unsure = false }) {
  for (let attempts = 1; isWanted(); attempts += 1) {
    const result = await send().then(
      (answer) => ({ answer }),
      (error) => ({ error, open: !isOutcome(error) && (unsure || !didNothing(error) || !(isFinal(error) || isPermanent(error))) }),
    );
    const { answer, error, open } = result;
    unsure ||= Boolean(open) && !didNothing(error);
    yield result;
    if (error ? !open : isOver(answer)) return;
    await wait(Math.max(error?.retryAfterMs ?? 0, Math.min(1000 * 1.5 ** attempts, 15_000)));
  }
}
