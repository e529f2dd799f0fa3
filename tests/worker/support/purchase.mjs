import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { withPayment } from './world.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./world.mjs').startWorld>>} World */

/**
 * Buys until there is a link: like a page, repeats the request with the same key after a 503 or no answer.
 *
 * @param {World} world
 * @param {string} [key]
 */
export async function buyWithRetries(world, key = randomUUID(), ms = 90_000) {
  for (const since = performance.now(); performance.now() - since < ms;) {
    const answer = await world.order({ key }).catch(() => undefined);
    if (answer && answer.status !== 503 && answer.body?.code !== 'request-in-flight') return withPayment(answer);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('no link in time');
}

/**
 * Checks that exactly one payment can be paid, the one whose link was shown; earlier ones whose links were not shown were
 * cancelled without a webhook. Paying leads to one `order.paid`.
 *
 * @param {World} world
 * @param {Awaited<ReturnType<typeof buyWithRetries>>} order
 * @param {number} made the number of payments that Compago created for it
 */
export async function assertOneShown(world, order, made) {
  const payments = await world.paymentsOf(order.reference);
  assert.equal(payments.length, made, JSON.stringify(payments, null, 1));
  for (const { id, status } of payments) assert.equal(status, id === order.paymentId ? 'PENDING' : 'CANCELLED', id);
  await world.send('GET', await world.pay(order.paymentId));
  const event = await world.untilEvent(order.reference, 'order.paid');
  assert.equal(event.data.paymentId, order.paymentId);
  assert.deepEqual(world.events(order.reference).map(({ type }) => type), ['order.paid']);
}
