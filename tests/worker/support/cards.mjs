import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { assertEvent } from '../openapi.mjs';
import { until } from './until.mjs';
import { operator } from './world.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./world.mjs').startWorld>>} World */

export const METHODS = '/api/operator/payment-methods';
/** A well-formed id of nothing. */
export const UNKNOWN_ID = '12121212-3434-4565-8787-909090909090';
/** The default card holder. */
export const holder = { email: 'ana@example.com', firstName: 'Ana', lastName: 'Ruiz', phoneNumber: '5512340000' };

/**
 * Helpers for tests of saved cards in a world.
 *
 * @param {World} world
 */
export function cardsOf(world) {
  const { send, sandbox } = world;

  /** @param {string} method @param {string} path @param {{ key?: string } & Parameters<typeof send>[2]} [options] */
  const ask = (method, path, { key, headers, ...rest } = {}) =>
    send(method, `${METHODS}${path}`, { headers: { ...operator, ...(key && { 'idempotency-key': key }), ...headers }, ...rest });

  /** Requests to save a card. @param {object} [body] @param {Parameters<typeof ask>[2]} [options] */
  const save = (body = {}, options) =>
    ask('POST', '', { key: randomUUID(), body: { billingInformation: holder, externalId: 'cli-7', ...body }, ...options });

  /** Creates a card's form. @param {object} [body] */
  const begun = async (body) => {
    const answer = await save(body);
    assert.equal(answer.status, 201, answer.text);
    return answer.body;
  };

  /** @param {string} id @param {string} act @param {object} [how] */
  const act = (id, act, how) => sandbox.control('POST', `payment-methods/${id}/${act}`, how);

  /** @param {string} id */
  const view = async (id) => {
    const answer = await ask('GET', `/${id}`);
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  };

  /** @param {string} id @param {string} status */
  const untilStatus = (id, status) =>
    until(`card ${status}`, async () => {
      const seen = await view(id);
      return seen.status === status && seen;
    }, { every: 300 });

  /** Saves a card as its holder would, so that it can be charged. @param {object} [body] @param {object} [how] the card that is used */
  const active = async (body, how) => {
    const card = await begun(body);
    await act(card.id, 'save', how);
    await untilStatus(card.id, 'active');
    return card;
  };

  /** @param {string} id @param {object} [body] @param {Parameters<typeof ask>[2]} [options] */
  const charge = (id, body = {}, options) =>
    ask('POST', `/${id}/payments`, { key: randomUUID(), body: { amount: '120.00', ...body }, ...options });

  /** Makes a charge that is settled at once. @param {string} id @param {object} [body] */
  const charged = async (id, body) => {
    const answer = await charge(id, body);
    assert.equal(answer.status, 201, answer.text);
    return answer.body;
  };

  /** @param {string} id @param {string} payment @param {object} [body] @param {Parameters<typeof ask>[2]} [options] */
  const refund = (id, payment, body = {}, options) =>
    ask('POST', `/${id}/payments/${payment}/refund`, { key: randomUUID(), body, ...options });

  /** Compago's record of a card. @param {string} id */
  const upstream = async (id) => (await sandbox.control('GET', 'state')).methods.find((method) => method.id === id);

  /** @param {string} id of a card @param {string} [type] the webhooks about it */
  const events = (id, type) =>
    world.receiver.events().filter((event) => event.data.paymentMethod === id && (type === undefined || event.type === type));

  return {
    ask,
    save,
    begun,
    act,
    view,
    untilStatus,
    active,
    charge,
    charged,
    refund,
    upstream,
    events,
    /** All charges of a card at Compago. @param {string} id */
    charges: async (id) => (await upstream(id)).payments,
    /** Repeats the request with the same key until the charge has the status. @param {string} id @param {string} key @param {string} status @param {object} [body] */
    untilCharge: (id, key, status, body, options) =>
      until(`charge ${status}`, async () => {
        const answer = await charge(id, body, { key }).catch(() => undefined);
        return answer?.body?.status === status && answer.body;
      }, { every: 500, ms: 60_000, ...options }),
    /** @param {string} id @param {string} type @param {{ ms?: number }} [options] */
    untilEvent: async (id, type, options) => {
      const event = await until(`${type} of ${id}`, () => events(id, type)[0], options);
      assertEvent({ type: event.type, timestamp: event.timestamp, data: event.data, environment: event.environment });
      return event;
    },
    /** Calls of one endpoint that reached Compago, such as `charge`. @param {string} endpoint */
    callsTo: async (endpoint) => (await sandbox.calls()).filter((call) => call.endpoint === `payment-method.${endpoint}`),
  };
}
