import assert from 'node:assert/strict';
import { operator } from './world.mjs';

/** Helpers for tests of the operator's list of payments. @param {Awaited<ReturnType<import('./world.mjs').startWorld>>} world */
export function paymentsOf(world) {
  /** @param {string} method @param {string} [rest] what follows the list's path @param {object} [options] */
  const ask = (method, rest = '', { headers, ...options } = {}) =>
    world.send(method, `/api/operator/one-time-payments${rest}`, { headers: { ...operator, ...headers }, ...options });

  const good = async (/** @type {Promise<import('./client.mjs').Answer>} */ asked) => {
    const answer = await asked;
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  };

  return {
    ask,
    /** @param {string} [query] with its question mark */
    list: (query = '') => good(ask('GET', query)),
    /** @param {string} id */
    read: (id) => good(ask('GET', `/${id}`)),
    /** @param {string} id */
    cancel: (id) => ask('POST', `/${id}/cancel`),
    /** Payments of another program. @param {object} seed @returns {Promise<string[]>} their ids, if they are not too many */
    seed: async (seed) => (await world.sandbox.control('POST', 'one-time-payments/seed', seed)).ids,
  };
}

/** @param {import('./client.mjs').Answer} answer */
export const codeOf = (answer) => [answer.status, answer.body?.code];
