import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { throughout, until } from './support/until.mjs';
import { startWorld } from './support/world.mjs';

const world = await startWorld();
after(() => world.stop());

/** @param {number} length @param {(at: number) => Promise<any>} make */
const together = (length, make) => Promise.all(Array.from({ length }, (_, at) => make(at)));

test('200 returns and polls at once on a confirmed payment: one order.paid, two reads at most', async () => {
  const order = await world.buy();
  const reads = (await world.callsTo('get', order.paymentId)).length;
  const back = await world.pay(order.paymentId);
  const answers = await together(200, (at) => world.send('GET', at % 2 === 0 ? back : `/api/shop/orders/${order.order}`));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200, 303]));

  const event = await world.untilEvent(order.reference, 'order.paid');
  await together(200, (at) => world.send('GET', at % 2 === 0 ? back : `/api/shop/orders/${order.order}`));
  await throughout(4_000, () => assert.deepEqual(world.events(order.reference).map(({ id, tries }) => [id, tries]), [[event.id, 1]]));
  const made = (await world.callsTo('get', order.paymentId)).length - reads;
  assert.ok(made >= 1 && made <= 2, `${made} reads`);
  assert.equal((await world.callsTo('list')).length, 0);
});

test('thousands of polls within seconds: one read in three seconds, even of a slow answer', async () => {
  const [open, slow] = [await world.buy(), await world.buy()];
  const first = (await world.sandbox.calls()).length;
  const since = performance.now();
  let polls = 0;
  const watch = async (order) => {
    while (performance.now() - since < 7_000 || polls < 2_000) {
      assert.equal((await world.view(order.order)).status, 'awaiting-payment');
      polls += 1;
    }
  };
  await world.sandbox.fault('one-time-payment.get', { kind: 'delay', ms: 1_500 }, 2);
  await together(40, (at) => watch(at % 2 === 0 ? open : slow));
  const most = Math.floor((performance.now() - since) / 3_000);
  const made = (await world.sandbox.calls()).slice(first);
  assert.deepEqual(new Set(made.map(({ endpoint }) => endpoint)), new Set(['one-time-payment.get']));
  for (const { paymentId } of [open, slow]) {
    const reads = made.filter(({ id }) => id === paymentId).length;
    assert.ok(reads >= 1 && reads <= most, `${reads} reads for ${polls} polls`);
  }
});

test('60 people buy at once: each has an order, a link and an order.paid of their own', async () => {
  const orders = await together(60, () => world.buy());
  assert.equal(new Set(orders.map(({ order }) => order)).size, 60);
  assert.equal(new Set(orders.map(({ reference }) => reference)).size, 60);
  assert.equal(new Set(orders.map(({ paymentId }) => paymentId)).size, 60);
  await Promise.all(orders.map(async ({ paymentId }) => world.send('GET', await world.pay(paymentId))));
  await until('all are told paid', () => orders.every(({ reference }) => world.events(reference).length === 1), { ms: 30_000 });
});

test('a payer who keeps reloading the return page exhausts neither the reads nor the order', async () => {
  const order = await world.buy();
  const back = `/api/shop/return?order=${order.order}&id=${order.paymentId}&externalId=${order.reference.replaceAll('-', '')}-1`;
  const reads = (await world.callsTo('get', order.paymentId)).length;
  await together(100, () => world.send('GET', back, { ip: '203.0.113.7' }));
  await throughout(4_000, () => {});
  assert.ok((await world.callsTo('get', order.paymentId)).length - reads <= 2);
  await world.send('GET', await world.pay(order.paymentId));
  await world.untilStatus(order.order, 'paid');
});
