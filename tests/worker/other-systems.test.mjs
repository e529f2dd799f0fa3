// Payments of other systems that use the same account: nobody's to look at, and told as far as anything is known of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inBooks, reconcile } from './support/books.mjs';
import { operator } from './support/world.mjs';

const PAYMENTS = '/api/operator/one-time-payments';

test('a run counts what needs a person apart from what other systems did and from what has settled itself', () =>
  inBooks(async (world, plant) => {
    await world.sandbox.control('POST', 'one-time-payments/seed', { count: 30, statuses: 'CONFIRMED' });
    await plant.unconfirmed('PENDING');
    await plant.paidAfterCancel();
    const run = await reconcile(world);
    assert.deepEqual(run.outcome, { needsPerson: 1, otherSystems: 30, settled: 1 }, JSON.stringify(run.counts));
    assert.deepEqual((await reconcile(world)).outcome, { needsPerson: 1, otherSystems: 30, settled: 0 });
  }));

test("of a payment that is over, the reconciliation's list tells what a read does not", () =>
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
    const ours = await plant.paid();
    assert.equal((await read(ours.paymentId)).listed, null, 'an order tells it itself');
  }));
