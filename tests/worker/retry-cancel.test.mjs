import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { cart } from './support/bodies.mjs';
import { inWorld, startWorld, withPayment } from './support/world.mjs';

const world = await startWorld();
after(() => world.stop());

const act = (order, name) => world.send('POST', `/api/shop/orders/${order.order}/${name}`);
const statusOf = async (id) => (await world.sandbox.payments()).find((payment) => payment.id === id).status;

test('a link that can still be paid is not replaced', async () => {
  const order = await world.buy();
  const answer = await act(order, 'retry');
  assert.deepEqual([answer.status, answer.body.code], [409, 'still-payable']);
  assert.equal((await world.paymentsOf(order.reference)).length, 1);
});

test('cancelled at Compago first, then another attempt under the same order', async () => {
  const order = await world.buy();
  const cancelled = await act(order, 'cancel');
  assert.deepEqual([cancelled.status, cancelled.body.status], [200, 'cancelled']);
  assert.equal(await statusOf(order.paymentId), 'CANCELLED');
  await world.untilEvent(order.reference, 'order.cancelled');
  assert.equal((await act(order, 'cancel')).body.status, 'cancelled', 'once more is the same');

  const again = withPayment(await act(order, 'retry'));
  assert.equal(again.order, order.order);
  assert.equal(again.amount, order.amount);
  assert.notEqual(again.paymentId, order.paymentId);
  const payments = await world.paymentsOf(order.reference);
  const compact = order.reference.replaceAll('-', '');
  assert.deepEqual(payments.map(({ externalId }) => externalId), [`${compact}-1`, `${compact}-2`]);
  assert.equal((await world.view(order.order)).attempt, 2);

  // The first attempt's address still stands in the payer's history.
  const old = `/api/shop/return?order=${order.order}&id=${order.paymentId}&externalId=${compact}-1`;
  await world.send('GET', old);
  assert.equal((await world.view(order.order)).status, 'awaiting-payment');
  await world.send('GET', await world.pay(again.paymentId));
  const event = await world.untilEvent(order.reference, 'order.paid');
  assert.deepEqual([event.data.attempt, event.data.paymentId], [2, again.paymentId]);
  assert.deepEqual((await world.story(order.reference)).attempts.map(({ number, paymentId }) => [number, paymentId]), [
    [1, order.paymentId],
    [2, again.paymentId],
  ]);
});

test('paid before it could be cancelled: 409, and it is paid', async () => {
  const order = await world.buy();
  await world.pay(order.paymentId);
  const answer = await act(order, 'cancel');
  assert.deepEqual([answer.status, answer.body.code], [409, 'order-paid']);
  assert.equal((await world.view(order.order)).status, 'paid');
  await world.untilEvent(order.reference, 'order.paid');
  assert.deepEqual(world.events(order.reference).map(({ type }) => type), ['order.paid']);
  assert.deepEqual((await act(order, 'retry')).body.code, 'order-paid');
});

test('cancel and pay at the same moment: the ledger agrees with Compago', async () => {
  const orders = await Promise.all(Array.from({ length: 8 }, () => world.buy()));
  const paid = await Promise.all(orders.map(async (order) => {
    const [answer, payment] = await Promise.allSettled([act(order, 'cancel'), world.pay(order.paymentId)]);
    assert.equal(answer.status, 'fulfilled');
    return payment.status === 'fulfilled';
  }));
  for (const [at, order] of orders.entries()) {
    await world.untilEvent(order.reference, paid[at] ? 'order.paid' : 'order.cancelled');
    assert.equal((await world.view(order.order)).status, paid[at] ? 'paid' : 'cancelled');
    assert.equal(world.events(order.reference).length, 1);
  }
});

test('many cancellations, then many retries: one cancel call, one new payment', async () => {
  const order = await world.buy();
  const cancels = (await world.callsTo('cancel')).length;
  const answers = await Promise.all(Array.from({ length: 10 }, () => act(order, 'cancel')));
  for (const { status, body } of answers) {
    assert.ok(status === 200 || body.code === 'payment-verifying', `${status} ${JSON.stringify(body)}`);
  }
  await world.untilStatus(order.order, 'cancelled');
  assert.equal((await world.callsTo('cancel')).length, cancels + 1);

  const retries = await Promise.all(Array.from({ length: 10 }, () => act(order, 'retry')));
  const links = retries.filter(({ status }) => status === 201).map(({ body }) => body.checkoutUrl);
  assert.equal(new Set(links).size, 1);
  for (const { status, body } of retries) assert.ok(status === 201 || body.code === 'still-payable', JSON.stringify(body));
  assert.equal((await world.paymentsOf(order.reference)).length, 2);
});

describe('failures while cancelling', { concurrency: true }, () => {
  for (const [name, fault] of Object.entries({
    'the answer is lost': { kind: 'lose-answer' },
    'the answer is late': { kind: 'delay', ms: 11_000 },
    'Compago refuses it once': { kind: 'refuse', status: 400, body: { message: 'cannot be cancelled' } },
    'Compago is down for a moment': { kind: 'refuse', status: 503 },
  })) {
    test(name, () =>
      inWorld(async (own) => {
        const order = await own.buy();
        await own.sandbox.fault('one-time-payment.cancel', fault);
        const answer = await own.send('POST', `/api/shop/orders/${order.order}/cancel`);
        assert.equal(answer.status, 200, answer.text);
        await own.untilStatus(order.order, 'cancelled');
        const [payment] = await own.sandbox.payments();
        assert.equal(payment.status, 'CANCELLED');
        await own.untilEvent(order.reference, 'order.cancelled');
      }));
  }
});

describe('the end of a link', { concurrency: true }, () => {
  // Compago's clock goes 11 min 55 s behind while a link of 10 min is made: its end is then two minutes ago for the Worker.
  const BEHIND_MS = (11 * 60 + 55) * 1_000;
  const buyEnding = async (own) => {
    await own.sandbox.advance(-BEHIND_MS);
    const order = await own.buy({ body: { ...cart, ttlMinutes: 10 } });
    assert.ok(Date.parse(order.expiresAt) < Date.now());
    return order;
  };

  for (const expiredStatus of ['PENDING', 'CANCELLED']) {
    test(`unpaid, and Compago calls it ${expiredStatus}: order.expired by the alarm alone, then another attempt`, () =>
      inWorld(async (own) => {
        await own.sandbox.settings({ expiredStatus });
        const order = await buyEnding(own);
        await own.sandbox.advance(BEHIND_MS);
        const event = await own.untilEvent(order.reference, 'order.expired', { ms: 30_000 });
        assert.equal(event.data.paymentId, order.paymentId);
        assert.equal((await own.view(order.order)).status, 'expired');
        const again = withPayment(await own.send('POST', `/api/shop/orders/${order.order}/retry`));
        await own.send('GET', await own.pay(again.paymentId));
        await own.untilEvent(order.reference, 'order.paid');
      }));
  }

  test('paid in its last second: paid, not expired', () =>
    inWorld(async (own) => {
      const order = await buyEnding(own);
      await own.pay(order.paymentId);
      await own.sandbox.advance(BEHIND_MS);
      await own.untilEvent(order.reference, 'order.paid', { ms: 30_000 });
      assert.deepEqual(own.events(order.reference).map(({ type }) => type), ['order.paid']);
    }));

  test('expired by Compago\'s clock only: no webhook, and no second link', () =>
    inWorld(async (own) => {
      const order = await own.buy({ body: { ...cart, ttlMinutes: 10 } });
      await own.sandbox.advance(11 * 60_000);
      await own.untilStatus(order.order, 'verifying', { ms: 20_000 });
      const answer = await own.send('POST', `/api/shop/orders/${order.order}/retry`);
      assert.deepEqual([answer.status, answer.body.code], [409, 'still-payable']);
      assert.deepEqual(own.events(order.reference), []);
    }));
});
