import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { withPayment } from './world.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./world.mjs').startWorld>>} World */

/**
 * Buys until there is a link: a page that is told 503, or nothing at all, repeats the request with the same key.
 *
 * @param {World} world
 * @param {string} [key]
 */
export async function buyPatiently(world, key = randomUUID(), ms = 90_000) {
  for (const since = performance.now(); performance.now() - since < ms;) {
    const answer = await world.order({ key }).catch(() => undefined);
    if (answer && answer.status !== 503 && answer.body?.code !== 'request-in-flight') return withPayment(answer);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('no link in time');
}

/**
 * One payment can be paid, and it is the one that was shown; an earlier one that nobody saw was withdrawn, and nobody
 * is told of it. Paying leads to one `order.paid`.
 *
 * @param {World} world
 * @param {Awaited<ReturnType<typeof buyPatiently>>} order
 * @param {number} made how many payments Compago has made for it
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
