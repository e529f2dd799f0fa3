// The calls of the Worker.
import { call } from '/pkg/status.js';
import { language } from '/lib/words.js';
import { signedIn } from './signed-in.js';

/** Throws if the view was left. */
export function throwIfAborted({ aborted }) {
  if (aborted) throw new DOMException('The view was left.', 'AbortError');
}

/**
 * Returns the calls of one view, which end with `signal`. Paths are below `/api/`: `operator/orders`.
 *
 * - `get(path, params?, options?)`: `params` become the query, without those that are empty.
 * - `tryGet(path, params?)`: the same, but resolves to undefined without an answer. It rejects once the view was left.
 * - `post(path, body?, { key, ...options }?)`: `key` is the Idempotency-Key.
 * - `remove(path, options?)`: DELETE.
 *
 * Each resolves to the parsed answer (undefined for 204) and rejects with a `CompagoError` (pkg/status.d.ts): match on `code`, show
 * `tools.problem(error)`. `options` are those of `call` there, such as `timeoutMs`. A call that meets an expired session waits until
 * somebody has signed in and is then repeated: nothing that was typed is lost.
 */
export function apiOf(signal) {
  const send = async (path, options) => {
    for (;;) {
      try {
        return await call(path, { language: language(), signal, ...options });
      } catch (error) {
        const reason = reasonOf(error);
        if (!reason) throw error;
        await signedIn(reason);
        throwIfAborted(signal);
      }
    }
  };
  const get = (path, params, options) => send(withQuery(path, params), options);
  return {
    get,
    tryGet: (path, params) => get(path, params).catch(() => throwIfAborted(signal)),
    post: (path, body, { key, ...options } = {}) =>
      send(path, { ...options, method: 'POST', body, headers: key ? { 'idempotency-key': key } : undefined }),
    remove: (path, options) => send(path, { ...options, method: 'DELETE' }),
  };
}

/** Returns `path` with a query of the values that are not empty. */
export function withQuery(path, params = {}) {
  const given = Object.entries(params).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

/** Returns the key of the words that say why somebody has to sign in after this answer, or undefined. */
export function reasonOf({ status, code }) {
  if (status === 401) return 'sessionOver';
  return code === 'forbidden' ? 'sessionOther' : undefined;
}
