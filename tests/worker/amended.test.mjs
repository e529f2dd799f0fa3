// Compago amends a payment after it was bound to its order: nothing counts as paid that was not paid as ordered, whoever
// returns, and a payment that is amended back is settled once by an answer with all facts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PRICE, reconcile } from './support/books.mjs';
import { throughout, until } from './support/until.mjs';
import { inWorld, operator } from './support/world.mjs';

const AMENDMENTS = [{ amount: 1 }, { currency: 'USD' }, { externalId: 'OTHER-1' }];

for (const change of AMENDMENTS) {
  test(`paid after an amendment to ${JSON.stringify(change)}: on hold, whoever returns, until all facts are as ordered`, () =>
    inWorld(async (world) => {
      const order = await world.buy();
      const { amount, currency, externalId } = (await world.sandbox.payments())[0];
      /** @param {object} facts */
      const amend = (facts) => world.sandbox.control('POST', `one-time-payments/${order.paymentId}/amend`, facts);
      const comeBack = () =>
        world.send('GET', `/api/shop/return?order=${order.order}&id=${order.paymentId}&externalId=${externalId}`);
      const reads = async () => (await world.callsTo('get', order.paymentId)).length;
      await amend(change);

      await world.untilStatus(order.order, 'on-hold', { ms: 60_000 });
      assert.equal((await world.untilEvent(order.reference, 'order.on-hold')).data.reason, 'mismatch');
      const seen = await reads();

      await world.pay(order.paymentId);
      assert.equal((await comeBack()).status, 303);
      await until('the read after the return', async () => (await reads()) > seen);
      await comeBack();
      await throughout(4_000, async () => {
        assert.deepEqual(world.events(order.reference, 'order.paid'), []);
        assert.equal((await world.view(order.order)).status, 'on-hold');
      });
      const retry = await world.send('POST', `/api/shop/orders/${order.order}/retry`);
      assert.equal(retry.status, 409, retry.text);
      const [attempt] = (await world.story(order.reference)).attempts;
      assert.deepEqual([attempt.end, attempt.onHold], ['on-hold', 'mismatch']);
      assert.match(attempt.contradictedAt, /^\d{4}-/);

      const found = (await reconcile(world)).findings.find(({ paymentId }) => paymentId === order.paymentId);
      const name = 'amount' in change ? 'amount-differs' : 'currency' in change ? 'currency-differs' : 'confirmed-not-paid';
      assert.deepEqual([found.class, found.settled, found.needsPerson], [name, null, true]);
      assert.equal(found.here.amount, PRICE);
      const raised = (await world.send('GET', '/api/operator/attention', { headers: operator })).body.items;
      assert.deepEqual(
        raised.filter(({ reference }) => reference === order.reference).map(({ reason }) => reason).sort(),
        [name, 'mismatch'].sort(),
      );

      await amend({ amount, currency, externalId });
      const again = (await reconcile(world)).findings.find(({ paymentId }) => paymentId === order.paymentId);
      assert.deepEqual([again.class, again.settled, again.needsPerson], ['confirmed-not-paid', 'paid', false]);
      const paid = await world.untilEvent(order.reference, 'order.paid');
      assert.deepEqual([paid.data.amount, paid.data.currency], [PRICE, 'MXN']);
      assert.equal((await world.view(order.order)).status, 'paid');
      assert.equal((await world.story(order.reference)).attempts[0].contradictedAt, null);
    }));
}
