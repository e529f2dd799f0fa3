// Helpers for tests of reconciliation: runs, and differences between Compago's state and ours.
import assert from 'node:assert/strict';
import { deskOf } from './desk.mjs';
import { until } from './until.mjs';
import { inWorld, operator, startWorld, withPayment } from './world.mjs';

/** @typedef {Awaited<ReturnType<typeof startWorld>>} World */

const ROUTE = '/api/operator/reconciliation';
export const LIST = 'one-time-payment.list';
export const READ = 'one-time-payment.get';
/** The total of the tests' cart. */
export const PRICE = '378.00';
export const PLENTY = { ms: 90_000 };

/** @param {World} world */
export async function books(world) {
  const answer = await world.send('GET', ROUTE, { headers: operator });
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

/** Starts a run, unless one is running. @param {World} world */
export async function start(world) {
  const answer = await world.send('POST', ROUTE, { headers: operator });
  assert.equal(answer.status, 202, answer.text);
  return answer.body;
}

/** Waits for the next run to end. @param {World} world @param {string | undefined} before the start of the previous run that ended */
export function ended(world, before) {
  return until('the end of the run', async () => {
    const { running, last } = await books(world);
    return running === null && last !== null && last.startedAt !== before && last;
  }, { every: 200, ...PLENTY });
}

/** Waits for the end of a run that takes hours because Compago refuses these calls. @param {World} world @param {string} endpoint */
export const endedLater = (world, endpoint) =>
  until('the end of the run', async () => {
    const { length } = await world.callsTo(endpoint);
    await world.later(10 * 60_000);
    const { last } = await until('another try, or the end', async () => {
      const { running, last } = await books(world);
      if (running === null) return { last };
      return (await world.callsTo(endpoint)).length > length && { last: null };
    }, PLENTY);
    return last;
  }, PLENTY);

/** Makes a complete, successful run. @param {World} world */
export async function reconcile(world) {
  const before = (await books(world)).last?.startedAt;
  await start(world);
  const run = await ended(world, before);
  assert.deepEqual([run.state, run.startedBy, run.whole], ['done', 'operator', true], JSON.stringify(run));
  assert.ok(run.startedAt <= run.finishedAt, JSON.stringify(run));
  return run;
}

/** The findings about our orders: those about other programs' payments need no person. @param {any[]} findings */
export const ours = (findings) => findings.filter((finding) => finding.class !== 'confirmed-unknown' || finding.reference !== null);

/** The findings as text, in an order that does not depend on the list's. @param {any[]} findings */
export const inBrief = (findings) =>
  ours(findings).map((finding) => `${finding.class} ${finding.paymentId} ${finding.reference} settled=${finding.settled}`).sort();

/**
 * Runs a test with helpers that cause differences. Those against Compago's rules are undone before the world is stopped, since
 * it then checks the invariants.
 *
 * @param {(world: World, plant: ReturnType<typeof plantsOf>) => Promise<void>} act
 * @param {Parameters<typeof inWorld>[1]} [options]
 */
export const inBooks = (act, options) =>
  inWorld(async (world) => {
    /** @type {(() => Promise<unknown>)[]} */
    const undo = [];
    try {
      await act(world, plantsOf(world, undo));
    } finally {
      await world.sandbox.clearFaults();
      for (const back of undo.reverse()) await back();
    }
  }, options);

/** @param {World} world @param {(() => Promise<unknown>)[]} undo */
function plantsOf(world, undo) {
  const desk = deskOf(world);
  /** @param {string} id @param {string} act @param {object} [body] */
  const act = (id, act, body) => world.sandbox.control('POST', `one-time-payments/${id}/${act}`, body);
  /** @param {string} id */
  const stored = async (id) => (await world.sandbox.payments()).find((payment) => payment.id === id);

  const paid = async () => {
    const order = await world.buy();
    await world.send('GET', await world.pay(order.paymentId));
    await world.untilEvent(order.reference, 'order.paid');
    await desk.untilOrder(order.reference, 'paid');
    return order;
  };
  const cancelled = async () => {
    const order = await world.buy();
    const answer = await world.send('POST', `/api/shop/orders/${order.order}/cancel`);
    assert.equal(answer.body.status, 'cancelled', answer.text);
    return order;
  };
  return {
    paid,
    cancelled,
    /** Paid, and the payer's browser does not return. */
    paidUnseen: async () => {
      const order = await world.buy();
      await world.pay(order.paymentId);
      return order;
    },
    /** Cancelled on both sides, and confirmed nevertheless. */
    paidAfterCancel: async () => {
      const order = await cancelled();
      await act(order.paymentId, 'confirm');
      return order;
    },
    /** @param {'PENDING' | 'CANCELLED'} status */
    unconfirmed: async (status) => {
      const order = await paid();
      await act(order.paymentId, 'unconfirm', { status });
      undo.push(() => act(order.paymentId, 'confirm'));
      return order;
    },
    hidden: async () => {
      const order = await paid();
      await act(order.paymentId, 'hide');
      return order;
    },
    /** @param {{ amount?: number, currency?: string }} change */
    amended: async (change) => {
      const order = await paid();
      const { amount, currency } = await stored(order.paymentId);
      await act(order.paymentId, 'amend', change);
      undo.push(() => act(order.paymentId, 'amend', { amount, currency }));
      return order;
    },
    /** Two attempts, and both are paid. @returns the order, with the unexpected payment */
    paidTwice: async () => {
      const order = await cancelled();
      const again = withPayment(await world.send('POST', `/api/shop/orders/${order.order}/retry`));
      await world.send('GET', await world.pay(again.paymentId));
      await world.untilEvent(order.reference, 'order.paid');
      await act(order.paymentId, 'confirm');
      return order;
    },
    /** A confirmed payment with a return URL of ours that belongs to none of our orders. */
    orphan: async () => {
      const elsewhere = await startWorld();
      const { order, reference } = await elsewhere.buy();
      await elsewhere.stop();
      const redirectUrl = `${world.url}/api/shop/return?order=${order}`;
      const orphan = { count: 1, statuses: 'CONFIRMED', days: 1, amount: 378, externalIdPrefix: 'orphan-', redirectUrl };
      const { ids } = await world.sandbox.control('POST', 'one-time-payments/seed', orphan);
      return { paymentId: ids[0], reference };
    },
    /** Other programs' payments. @param {number} count */
    foreign: (count) => world.sandbox.control('POST', 'one-time-payments/seed', { count }),
  };
}
