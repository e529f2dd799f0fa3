import assert from 'node:assert/strict';
import { assertEvent } from '../openapi.mjs';

/** The Worker reads one payment or intent at most every 3 s; both ends of a busy machine may be late. */
const MIN_GAP_MS = 2_400;

/**
 * Checks the invariants of ARCHITECTURE.md in the merchant's ledger and in Compago's own state, at the end of every test.
 *
 * @param {{ payments: any[], intents: any[] }} compago
 * @param {any[]} calls
 * @param {any[]} events
 */
export function assertInvariants({ payments, intents }, calls, events) {
  for (const { type, timestamp, data, environment } of events) {
    assertEvent({ type, timestamp, data, environment });
    assert.equal(environment, 'local', type);
  }
  assertPaidOnce(payments, events.filter((event) => event.type === 'order.paid'));
  assertOnePayable(payments);
  assertChargedOnce(intents, events);
  assertReadsSpaced(calls);
}

/** I1 and I2: each `order.paid` belongs to a confirmed payment, and no order has two. */
function assertPaidOnce(payments, paid) {
  const references = paid.map((event) => event.data.reference);
  assert.deepEqual([...new Set(references)], references, 'an order has two order.paid ids');
  for (const { data } of paid) {
    const payment = payments.find(({ id }) => id === data.paymentId);
    assert.equal(payment?.status, 'CONFIRMED', `${data.reference} was told paid`);
    const { externalId, amount, currency } = payment;
    const told = { externalId: data.externalId, amount: Number(data.amount), currency: data.currency };
    assert.deepEqual(told, { externalId, amount, currency }, `${data.reference} was told paid`);
  }
}

/** I5: one link of an order can be paid at most. An order's payments share its return URL; other programs have others. */
function assertOnePayable(payments) {
  const ours = payments.filter((payment) => payment.redirectUrl.includes('/api/shop/return?order='));
  const payable = ours.filter((payment) => payment.status === 'PENDING' && !payment.expired);
  const addresses = payable.map((payment) => payment.redirectUrl);
  assert.deepEqual([...new Set(addresses)], addresses, 'an order has two links that can be paid');
}

/** I1 and I2 at the terminals: each `payment-intent.paid` belongs to a charged card, and none has two. */
function assertChargedOnce(intents, events) {
  const paid = events.filter((event) => event.type === 'payment-intent.paid');
  const charges = paid.map((event) => event.data.externalId);
  assert.deepEqual([...new Set(charges)], charges, 'a charge was told paid under two ids');
  for (const { data, timestamp } of paid) {
    const intent = intents.find(({ id }) => id === data.intent);
    assert.equal(intent?.paid, true, `${data.externalId} was told paid`);
    const { externalId, amount, currency, terminalCode } = intent;
    const told = { externalId: data.externalId, amount: Number(data.amount), currency: data.currency, terminalCode: data.terminalCode };
    assert.deepEqual(told, { externalId, amount, currency, terminalCode }, `${data.externalId} was told paid`);
    const earlier = events.some((other) => other.data.externalId === externalId && other.type !== 'payment-intent.paid');
    assert.equal(data.late, earlier, `${externalId} was told something else before ${timestamp}`);
  }
}

/** I8: at most one read in three seconds for each payment and intent. */
function assertReadsSpaced(calls) {
  const last = new Map();
  for (const { endpoint, id, at } of calls) {
    if (!endpoint?.endsWith('.get')) continue;
    const now = Date.parse(at);
    const gap = now - (last.get(id) ?? -Infinity);
    assert.ok(gap >= MIN_GAP_MS, `${endpoint} ${id} was called twice within ${gap} ms`);
    last.set(id, now);
  }
}
