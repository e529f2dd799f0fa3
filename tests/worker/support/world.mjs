import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { secrets, startStack } from '../../support/stack.mjs';
import { assertEvent } from '../openapi.mjs';
import { cart, invoice } from './bodies.mjs';
import { clientOf } from './client.mjs';
import { assertInvariants } from './invariants.mjs';
import { until } from './until.mjs';

export const operator = { authorization: `Bearer ${secrets.OPERATOR_TOKEN}` };
export const cashier = { authorization: `Bearer ${secrets.CASHIER_TOKEN}` };

/** What no world's log holds; what fails on purpose does so in a stack of `inFailingStack`. */
const FAILURES = new RegExp(`"event":"(${[
  'internal', 'object-failed', 'background-failed', 'alarm-failed', 'schedule-failed', 'rate-limit-not-checked', 'order-not-notified',
  'key-index-not-reached',
  'object-directory-not-read', 'row-not-published', 'record-unreadable', 'webhook-unreadable',
].join('|')})"`);

/**
 * Starts a stack with helpers for tests. When it is stopped, the invariants are checked in the ledger and in Compago's state,
 * whatever the test has checked.
 *
 * @param {Parameters<typeof startStack>[0]} [options]
 */
export async function startWorld(options) {
  const stack = await startStack(options);
  const { send, close } = clientOf(stack.url);
  const { sandbox, receiver } = stack;

  /** @param {Partial<Parameters<typeof send>[2] & { key: string | undefined }>} [options] */
  const order = ({ key = randomUUID(), headers, ...rest } = {}) =>
    send('POST', '/api/shop/orders', { body: cart, headers: { 'idempotency-key': key, ...headers }, ...rest });

  /** @param {Parameters<typeof order>[0]} [options] */
  const buy = async (options) => withPayment(await order(options));

  /** @param {object} [body] @param {Parameters<typeof send>[2]} [options] */
  const invoiceOrder = (body = invoice, { headers, ...rest } = {}) =>
    send('POST', '/api/operator/orders', { body, headers: { ...operator, 'idempotency-key': randomUUID(), ...headers }, ...rest });

  /** @param {string} capability */
  const view = async (capability) => {
    const answer = await send('GET', `/api/shop/orders/${capability}`);
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  };

  /** @param {string} reference */
  const story = async (reference) => {
    const answer = await send('GET', `/api/operator/orders/${reference}`, { headers: operator });
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  };

  /** @param {string} reference @param {string} [type] @returns the webhooks about an order */
  const events = (reference, type) =>
    receiver.events().filter((event) => event.data.reference === reference && (type === undefined || event.type === type));

  return {
    ...stack,
    send,
    order,
    buy,
    invoiceOrder,
    view,
    story,
    events,
    /** Pays at the hosted checkout. @param {string} id @returns {Promise<string>} the URL to which the browser is redirected, on our origin */
    pay: async (id) => {
      const { redirectTo } = await sandbox.act(id, 'pay');
      return redirectTo.replace(stack.url, '');
    },
    /** @param {string} capability @param {string} status @param {{ ms?: number }} [options] */
    untilStatus: (capability, status, options) =>
      until(`status ${status}`, async () => {
        const seen = await view(capability);
        return seen.status === status && seen;
      }, { every: 200, ...options }),
    /** @param {string} reference @param {string} type @param {{ ms?: number }} [options] */
    untilEvent: async (reference, type, options) => {
      const event = await until(`${type} of ${reference}`, () => events(reference, type)[0], options);
      assertEvent({ type: event.type, timestamp: event.timestamp, data: event.data, environment: event.environment });
      return event;
    },
    /** Payments of an order at Compago, oldest first. @param {string} reference */
    paymentsOf: async (reference) => {
      const ours = `/api/shop/return?order=${reference.replaceAll('-', '').toLowerCase()}`;
      return (await sandbox.payments()).filter((payment) => payment.redirectUrl.includes(ours));
    },
    /** Calls of one endpoint that reached Compago, such as `get`. @param {string} endpoint @param {string} [id] */
    callsTo: async (endpoint, id) => {
      const calls = await sandbox.calls();
      return calls.filter((call) => call.endpoint === `one-time-payment.${endpoint}` && (id === undefined || call.id === id));
    },
    stop: async () => {
      try {
        assert.doesNotMatch(await stack.workerLog(), FAILURES);
        assertInvariants(await sandbox.control('GET', 'state'), await sandbox.calls(), receiver.events());
      } finally {
        close();
        await stack.stop();
      }
    },
  };
}

/**
 * Runs a test in its own world, which is stopped afterwards.
 *
 * @param {(world: Awaited<ReturnType<typeof startWorld>>) => Promise<void>} act
 * @param {Parameters<typeof startWorld>[0]} [options]
 */
export async function inWorld(act, options) {
  const world = await startWorld(options);
  try {
    await act(world);
  } catch (error) {
    // The first failure is reported.
    await world.stop().catch(() => {});
    throw error;
  }
  await world.stop();
}

/** A created order with the id of its payment. @param {import('./client.mjs').Answer} answer */
export function withPayment(answer) {
  assert.equal(answer.status, 201, answer.text);
  const paymentId = new URL(answer.body.checkoutUrl).pathname.split('/').at(-1) ?? '';
  return { ...answer.body, paymentId };
}
