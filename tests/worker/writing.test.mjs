// What objects write, and when: a read that can be forgotten, a webhook on its way, the directory of objects.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { secrets } from '../support/stack.mjs';
import { deskOf } from './support/desk.mjs';
import { startEndpoint } from './support/endpoint.mjs';
import { INTENTS, tillOf } from './support/till.mjs';
import { until } from './support/until.mjs';
import { cashier, inWorld, operator } from './support/world.mjs';

const READ_INTENT = 'payment-intent.get';
const READ_ORDER = 'one-time-payment.get';

/** @param {import('./support/till.mjs').World} world @param {string} intent */
const readsOf = async (world, intent) => (await world.sandbox.calls()).filter(({ endpoint, id }) => endpoint === READ_INTENT && id === intent);

test('while the read that an alarm caused is under way, nothing is written and no other alarm fires', () =>
  inWorld(async (world) => {
    const till = tillOf(world);
    const { intent } = await till.charged({ terminalCode: 'TERM-01' });
    await until('its publication', async () => (await deskOf(world).index()).entries === 1);
    await world.sandbox.fault(READ_INTENT, { kind: 'delay', ms: 3_000 });
    await world.counts();
    await until('the read', async () => (await readsOf(world, intent)).length === 1);
    await sleep(1_500);
    const { terminal } = await world.counts();
    assert.deepEqual({ alarms: terminal.alarms, rows: terminal.rows, alarmsSet: terminal.alarmsSet }, { alarms: 1, rows: 0, alarmsSet: 1 });
    await till.tap(intent);
    await till.untilStatus(intent, 'paid');
  }, { movable: true }));

test('while the read that a page caused is under way, what else happens to the order fires no alarm', () =>
  inWorld(async (world) => {
    const order = await world.buy();
    await deskOf(world).untilOrder(order.reference, 'awaiting-payment');
    await sleep(3_100);
    await world.sandbox.fault(READ_ORDER, { kind: 'delay', ms: 3_000 });
    await world.counts();
    const checked = world.send('POST', `/api/operator/orders/${order.reference}/check`, { headers: operator });
    await until('the read', async () => (await world.callsTo('get', order.paymentId)).length === 2);
    assert.equal((await world.counts()).order.rows, 0, 'the read is not written down');
    await world.story(order.reference);
    const { rows, alarms } = (await world.counts()).order;
    assert.deepEqual({ rows, alarms }, { rows: 1, alarms: 0 }, 'that the customer was read is');
    assert.equal((await checked).status, 200);
    await world.send('GET', await world.pay(order.paymentId));
    await world.untilEvent(order.reference, 'order.paid');
  }, { movable: true }));

test('a read that is forgotten in a kill -9 is made again when somebody asks', () =>
  inWorld(async (world) => {
    const till = tillOf(world);
    const { intent, externalId } = await till.charged({ terminalCode: 'TERM-01' });
    await world.sandbox.fault(READ_INTENT, { kind: 'delay', ms: 8_000 });
    await until('the read', async () => (await readsOf(world, intent)).length === 1);
    await till.tap(intent);
    await world.restartWorker();
    // Nobody knows any more when it was last read.
    await sleep(3_000);
    await till.untilStatus(intent, 'paid');
    assert.equal((await readsOf(world, intent)).length, 2);
    await till.untilEvent(externalId, 'payment-intent.paid');
  }));

test('while an endpoint is slow, the index has what was paid, and that its webhook is on its way', async () => {
  let answer = () => {};
  const endpoint = await startEndpoint((_delivery, response) => {
    answer = () => response.writeHead(204).end();
  }, { secret: secrets.WEBHOOK_SECRET });
  try {
    await inWorld(async (world) => {
      const [desk, order] = [deskOf(world), await world.buy()];
      await world.send('GET', await world.pay(order.paymentId));
      await until('the try', () => endpoint.deliveries.length === 1);
      await desk.untilOrder(order.reference, 'paid');
      const [pending] = await until('a webhook on its way', async () => {
        const { items } = await desk.webhooks({ state: 'pending' });
        return items.length > 0 && items;
      });
      assert.deepEqual([pending.tries, typeof pending.tryingSince], [1, 'string']);
      answer();
      await until('the delivery', async () => (await desk.webhooks({ state: 'delivered' })).count === 1);
      assert.equal(endpoint.deliveries.length, 1);
    }, { env: { WEBHOOK_URL: endpoint.url } });
  } finally {
    await endpoint.stop();
  }
});

test('what waits to be published with its webhook is published after a kill -9', async () => {
  let isHeld = true;
  const endpoint = await startEndpoint((_delivery, response) => {
    if (!isHeld) response.writeHead(204).end();
  }, { secret: secrets.WEBHOOK_SECRET });
  try {
    await inWorld(async (world) => {
      const [desk, till, order] = [deskOf(world), tillOf(world), await world.buy()];
      const { intent } = await till.charged({ terminalCode: 'TERM-01' });
      await until('both are published', async () => (await desk.index()).entries === 2);
      await Promise.all([world.send('GET', await world.pay(order.paymentId)), till.tap(intent)]);
      await until('both tries', () => endpoint.deliveries.length === 2);
      assert.equal((await desk.today()).paid.count, 0);
      isHeld = false;
      await world.restartWorker();
      await Promise.all([world.view(order.order), till.view(intent)]);
      await until('both are paid', async () => (await desk.today()).paid.count === 2);
      await until('both deliveries', async () => (await desk.webhooks({ state: 'delivered' })).count === 2);
    }, { env: { WEBHOOK_URL: endpoint.url } });
  } finally {
    await endpoint.stop();
  }
});

test('what was paid is published once, with its webhook; a new order once, with its link', () =>
  inWorld(async (world) => {
    const desk = deskOf(world);
    // The first order has the index look for others.
    const first = await world.buy();
    await desk.untilOrder(first.reference, 'awaiting-payment');
    await until('an end', async () => !(await desk.index()).rebuilding);
    await world.counts();
    const order = await world.buy();
    // Sooner than three seconds after the last read no other is made: then the order would be published as claimed first.
    await sleep(3_100);
    await world.send('GET', await world.pay(order.paymentId));
    await world.untilEvent(order.reference, 'order.paid');
    // Whatever waits to be published is due by then.
    await sleep(3_000);
    assert.equal((await world.counts()).desk.requests, 2);
    assert.equal((await desk.orders({ search: order.reference })).items[0].status, 'paid');
    assert.equal((await desk.webhooks({ state: 'delivered' })).count, 1);
  }, { movable: true }));

test('the directory gets once an hour all new objects, and none twice', () =>
  inWorld(async (world) => {
    const [desk, till] = [deskOf(world), tillOf(world)];
    const first = await world.buy();
    await desk.untilOrder(first.reference, 'awaiting-payment');
    await until('an end', async () => !(await desk.index()).rebuilding);
    await world.buy();
    const charge = { amount: '350.50', terminalCode: 'TERM-01' };
    const headers = { ...cashier, 'idempotency-key': randomUUID() };
    assert.equal((await world.send('POST', INTENTS, { body: charge, headers })).status, 201);
    await until('three entries', async () => (await desk.index()).entries === 3);
    await world.counts();
    await world.later(61 * 60_000);
    const registered = await until('the directory', async () => {
      const rows = (await world.dump()).filter(({ binding }) => binding === 'DESK').flatMap(({ tables }) => tables.home);
      return rows.length === 0 && (await world.counts()).roster;
    });
    assert.deepEqual({ requests: registered.requests, rows: registered.rows }, { requests: 1, rows: 3 });
    // Also after a rebuild, in which all of them publish again.
    assert.equal((await world.send('POST', '/api/operator/index', { headers: operator })).status, 202);
    await until('an end', async () => !(await desk.index()).rebuilding);
    await world.later(61 * 60_000);
    assert.equal((await world.counts()).roster?.rows ?? 0, 0);
  }, { movable: true }));
