// Payments of other systems that use the same account: they need no person, and are shown as far as they are known.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { books, inBooks, reconcile } from './support/books.mjs';
import { deskOf } from './support/desk.mjs';
import { operator } from './support/world.mjs';

const PAYMENTS = '/api/operator/one-time-payments';

test('a run counts what needs a person separately from other systems\' payments and from what has settled itself', () =>
  inBooks(async (world, plant) => {
    await world.sandbox.control('POST', 'one-time-payments/seed', { count: 30, statuses: 'CONFIRMED' });
    await plant.unconfirmed('PENDING');
    await plant.paidAfterCancel();
    const run = await reconcile(world);
    assert.deepEqual(run.outcome, { needsPerson: 1, done: 0, otherSystems: 30, settled: 1 }, JSON.stringify(run.counts));
    assert.deepEqual((await reconcile(world)).outcome, { needsPerson: 1, done: 0, otherSystems: 30, settled: 0 });
  }));

test('what a person has marked as resolved is counted separately, in this and later runs, until the difference changes', () =>
  inBooks(async (world, plant) => {
    const { paymentId } = await plant.amended({ amount: 500 });
    const other = await plant.unconfirmed('PENDING');
    assert.equal((await reconcile(world)).outcome.needsPerson, 2);
    const desk = deskOf(world);
    assert.equal((await desk.done('finding', paymentId)).status, 204);
    const doneOf = (/** @type {any} */ run) => Object.fromEntries(run.findings.map((/** @type {any} */ finding) => [finding.paymentId, finding.done]));
    for (const run of [(await books(world)).last, await reconcile(world)]) {
      assert.deepEqual(run.outcome, { needsPerson: 1, done: 1, otherSystems: 0, settled: 0 });
      assert.deepEqual(doneOf(run), { [paymentId]: true, [other.paymentId]: false });
    }
    const { items } = await world.send('GET', '/api/operator/reconciliation/findings', { headers: operator }).then(({ body }) => body);
    assert.deepEqual(doneOf({ findings: items }), { [paymentId]: true, [other.paymentId]: false });
    await world.sandbox.control('POST', `one-time-payments/${paymentId}/amend`, { amount: 378, currency: 'USD' });
    const run = await reconcile(world);
    assert.deepEqual([run.outcome.needsPerson, run.outcome.done], [2, 0], JSON.stringify(run.findings));
  }));

test("for a final payment, the reconciliation's list has facts that a read lacks", () =>
  inBooks(async (world, plant) => {
    const seeded = { count: 1, statuses: 'CONFIRMED', amount: 812.5, externalIdPrefix: 'erp-' };
    const { ids: [id] } = await world.sandbox.control('POST', 'one-time-payments/seed', seeded);
    const read = async (/** @type {string} */ payment) => {
      const answer = await world.send('GET', `${PAYMENTS}/${payment}`, { headers: operator });
      assert.equal(answer.status, 200, answer.text);
      return answer.body;
    };
    const before = await read(id);
    assert.deepEqual([before.payment.amount, before.payment.reference, before.order, before.listed], [null, null, null, null]);
    const run = await reconcile(world);
    const { listed } = await read(id);
    assert.deepEqual([listed.at, listed.status, listed.amount, listed.currency], [run.startedAt, 'confirmed', '812.50', 'MXN']);
    assert.match(listed.externalId, /^erp-/);
    assert.equal(listed.otherSystem, true);
    const ours = await plant.paid();
    assert.equal((await read(ours.paymentId)).listed, null, 'an order tells it itself');
  }));

test('a payment that was never bound and whose reads are limited is attributed to its order by the list', () =>
  inBooks(async (world) => {
    await world.sandbox.settings({ checkoutOrigin: 'https://elsewhere.example' });
    const { reference } = (await world.order()).body;
    await world.sandbox.settings({ checkoutOrigin: null });
    await deskOf(world).untilOrder(reference, 'on-hold');
    const [{ id }] = await world.paymentsOf(reference);
    await world.later(3 * 60 * 60_000);
    const read = async () => (await world.send('GET', `${PAYMENTS}/${id}`, { headers: operator })).body;
    const before = await read();
    assert.deepEqual([before.payment.amount, before.payment.reference, before.order, before.listed], [null, null, null, null]);
    await reconcile(world);
    const { payment, order, listed } = await read();
    assert.deepEqual([payment.reference, order.order.reference, listed.amount, listed.otherSystem], [reference, reference, '378.00', false]);
  }, { movable: true }));

test('payments of other systems whose external ids begin like an order\'s ask nothing of the order', () =>
  inBooks(async (world) => {
    const order = await world.buy();
    await deskOf(world).untilOrder(order.reference, 'awaiting-payment');
    const seeded = { count: 5, statuses: 'CONFIRMED', externalIdPrefix: `${order.reference.replaceAll('-', '')}-refund-` };
    await world.sandbox.control('POST', 'one-time-payments/seed', seeded);
    await world.counts();
    const run = await reconcile(world);
    assert.deepEqual(run.counts, { 'confirmed-unknown': 5 });
    assert.equal((await world.counts()).order?.requests ?? 0, 0);
  }, { movable: true }));
