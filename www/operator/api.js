// The desk's calls of the Worker.
import { call } from '/pkg/status.js';
import { language } from '/lib/words.js';
import { signedIn } from './signed-in.js';

/** Ends what somebody has left. */
export function throwIfAborted({ aborted }) {
  if (aborted) throw new DOMException('The view was left.', 'AbortError');
}

/**
 * The calls of one view; all of them end with `signal`. A path stands below `/api/`: `operator/orders`.
 *
 * - `get(path, params?, options?)`: `params` become the query, without those that are empty.
 * - `tryGet(path, params?)`: the same, but resolves to undefined where there is no answer. It rejects once the view was left.
 * - `post(path, body?, { key, ...options }?)`: `key` is the Idempotency-Key.
 * - `remove(path, options?)`: DELETE.
 *
 * Each resolves to the parsed answer (undefined for 204) and rejects with a `CompagoError` of pkg/status.d.ts: go by `code`,
 * show `tools.problem(error)`. `options` are those of `call` there, such as `timeoutMs`. A call that meets a session that
 * is over waits until somebody has signed in and is then made again: nothing that was typed is lost.
 */
export function apiOf(signal) {
  const ask = async (path, options) => {
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
  const get = (path, params, options) => ask(withQuery(path, params), options);
  return {
    get,
    tryGet: (path, params) => get(path, params).catch(() => throwIfAborted(signal)),
    post: (path, body, { key, ...options } = {}) =>
      ask(path, { ...options, method: 'POST', body, headers: key ? { 'idempotency-key': key } : undefined }),
    remove: (path, options) => ask(path, { ...options, method: 'DELETE' }),
  };
}

/** `path` with a query of those values that are not empty. */
export function withQuery(path, params = {}) {
  const told = Object.entries(params).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return told.length ? `${path}?${new URLSearchParams(told)}` : path;
}

/** Why somebody has to sign in after this answer: the key of the words; undefined if they need not. */
export function reasonOf({ status, code }) {
  if (status === 401) return 'sessionOver';
  return code === 'forbidden' ? 'sessionOther' : undefined;
}
