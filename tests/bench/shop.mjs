// A shop whose clock stands still between the steps of a flow: what the flow costs depends on neither the machine nor its load.

import { secrets, startStack } from '../support/stack.mjs';
import { clientOf } from '../worker/support/client.mjs';

/** @typedef {Awaited<ReturnType<typeof openShop>>} Shop */
/** @typedef {import('../worker/support/client.mjs').Answer} Answer */

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const OPERATOR = { authorization: `Bearer ${secrets.OPERATOR_TOKEN}` };
const CASHIER = { authorization: `Bearer ${secrets.CASHIER_TOKEN}` };
/** A Monday morning in Mexico, in the middle of no month's end. */
const OPENED_AT = Date.UTC(2026, 2, 9, 16);
/** All flows come from one address. */
const IP = '192.0.2.7';

/** @param {Parameters<typeof startStack>[0]} [options] */
export async function openShop(options) {
  const stack = await startStack({ movable: true, ...options });
  const { send, close } = clientOf(stack.url);
  const { sandbox, receiver } = stack;
  await stack.standStill(OPENED_AT);
  let keys = 0;
  let webhooks = 0;

  /**
   * Sends a request that must be answered with `status`; time goes on until it is.
   *
   * @param {string} method @param {string} path @param {number} status @param {{ body?: unknown, headers?: Record<string, string> }} [options]
   * @returns {Promise<Answer>}
   */
  const ask = async (method, path, status, { body, headers } = {}) => {
    let isAnswered = false;
    const answering = send(method, path, { body, headers, ip: IP }).finally(() => (isAnswered = true));
    // An error is thrown where the answer is awaited.
    answering.catch(() => {});
    while (!isAnswered) {
      const { answering: count, next } = await stack.next();
      if (count > 0 && next) await stack.moveTo(next);
    }
    const answer = await answering;
    if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer;
  };

  /** @param {Record<string, string>} [headers] */
  const keyed = (headers) => ({ ...headers, 'idempotency-key': `request-${(keys += 1)}-of-the-bench` });

  return {
    sandbox,
    ask,
    /** @param {string} path @param {unknown} body the payer's */
    post: (path, body) => ask('POST', path, 201, { body, headers: keyed() }),
    /** @param {string} path @param {unknown} body the operator's */
    postAsOperator: (path, body) => ask('POST', path, 201, { body, headers: keyed(OPERATOR) }),
    /** @param {string} path @param {unknown} body a till's */
    postAsCashier: (path, body) => ask('POST', path, 201, { body, headers: keyed(CASHIER) }),
    /** @param {string} path */
    viewAsOperator: async (path) => (await ask('GET', path, 200, { headers: OPERATOR })).body,
    /** @param {string} path */
    viewAsCashier: async (path) => (await ask('GET', path, 200, { headers: CASHIER })).body,
    /** The path and query to which an absolute address of the shop leads. @param {string} address */
    pathOf: (address) => address.replace(stack.url, ''),
    /** Lets so many milliseconds pass, and does what is due by then. @param {number} ms */
    pass: async (ms) => {
      const end = stack.now() + ms;
      for (;;) {
        const { next } = await stack.next();
        if (!next || next.at > end) break;
        await stack.moveTo(next);
      }
      await stack.moveTo({ at: end });
    },
    /** Lets time pass until nothing is due within so many milliseconds. @param {number} ms */
    settle: async (ms) => {
      for (;;) {
        const { next } = await stack.next();
        if (!next || next.at > stack.now() + ms) return;
        await stack.moveTo(next);
      }
    },
    /** What was counted since this was last called: the objects' costs by class, calls to Compago and webhooks. */
    counted: async () => {
      const [objects, calls, events] = [await stack.counts(), await sandbox.calls(), receiver.events()];
      const tries = events.reduce((sum, event) => sum + event.tries, 0);
      await sandbox.clearCalls();
      const counted = { objects, upstream: calls.length, webhooks: tries - webhooks };
      webhooks = tries;
      return counted;
    },
    close: async () => {
      close();
      await stack.stop();
    },
  };
}
