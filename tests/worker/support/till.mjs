import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { until } from './until.mjs';
import { cashier } from './world.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./world.mjs').startWorld>>} World */

export const INTENTS = '/api/pos/payment-intents';
/** A well-formed id of nothing. */
export const UNKNOWN_ID = '12121212-3434-4565-8787-909090909090';

/**
 * Helpers for tests of the till in a world.
 *
 * @param {World} world
 */
export function tillOf(world) {
  const { send, sandbox } = world;

  /**
   * Requests a charge. @param {Record<string, unknown>} [body]
   * @param {{ key?: string } & Parameters<typeof send>[2]} [options]
   */
  const charge = (body = {}, { key = randomUUID(), headers, ...rest } = {}) =>
    send('POST', INTENTS, { body: { amount: '350.50', ...body }, headers: { ...cashier, 'idempotency-key': key, ...headers }, ...rest });

  /** Requests a charge that must be accepted. @param {Record<string, unknown>} [body] */
  const charged = async (body, options) => {
    const answer = await charge(body, options);
    assert.equal(answer.status, 201, answer.text);
    return answer.body;
  };

  /** @param {string} id */
  const view = async (id) => {
    const answer = await send('GET', `${INTENTS}/${id}`, { headers: cashier });
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  };

  /** @param {string} externalId @param {string} [type] the webhooks about a charge */
  const events = (externalId, type) =>
    world.receiver.events().filter((event) => event.data.externalId === externalId && (type === undefined || event.type === type));

  return {
    charge,
    charged,
    view,
    events,
    /** @param {string} id */
    cancel: (id) => send('POST', `${INTENTS}/${id}/cancel`, { headers: cashier }),
    /** @param {string} code */
    latest: (code) => send('GET', `/api/pos/terminals/${code}/payment-intent`, { headers: cashier }),
    /** Holds a card to the terminal. @param {string} id @param {object} [how] */
    tap: (id, how = {}) => sandbox.control('POST', `payment-intents/${id}/tap`, how),
    /** @param {string} id @param {string} status @param {{ ms?: number }} [options] */
    untilStatus: (id, status, options) =>
      until(`status ${status}`, async () => {
        const seen = await view(id);
        return seen.status === status && seen;
      }, { every: 300, ...options }),
    /** @param {string} externalId @param {string} type @param {{ ms?: number }} [options] */
    untilEvent: (externalId, type, options) => until(`${type} of ${externalId}`, () => events(externalId, type)[0], options),
    /** Compago's record of an intent. @param {string} id */
    atCompago: async (id) => (await sandbox.intents()).find((intent) => intent.id === id),
    /** Calls of one endpoint that reached Compago, such as `get`. @param {string} endpoint @param {string} [id] */
    callsTo: async (endpoint, id) => {
      const calls = await sandbox.calls();
      return calls.filter((call) => call.endpoint === `payment-intent.${endpoint}` && (id === undefined || call.id === id));
    },
  };
}
