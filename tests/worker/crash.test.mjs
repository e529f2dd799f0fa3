// workerd is killed with SIGKILL at various points, and restarted with the same data.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { secrets } from '../support/stack.mjs';
import { startEndpoint } from './support/endpoint.mjs';
import { assertOneShown, buyWithRetries } from './support/purchase.mjs';
import { until } from './support/until.mjs';
import { inWorld } from './support/world.mjs';

const CREATE = 'one-time-payment.create';
const GET = 'one-time-payment.get';

describe('kill -9', { concurrency: true }, () => {
  test('between the creation of the payment at Compago and its answer', () =>
    inWorld(async (world) => {
      await world.sandbox.fault(CREATE, { kind: 'delay', ms: 8_000 });
      const key = randomUUID();
      const lost = world.order({ key }).catch(() => undefined);
      await until('the payment is made', async () => (await world.sandbox.payments()).length === 1);
      await world.restartWorker();
      await lost;
      await assertOneShown(world, await buyWithRetries(world, key), 2);
    }));

  test('between the payment and its proof', () =>
    inWorld(async (world) => {
      await world.sandbox.fault(GET, { kind: 'delay', ms: 8_000 });
      const key = randomUUID();
      const lost = world.order({ key }).catch(() => undefined);
      await until('the proof is asked for', async () => (await world.callsTo('get')).length === 1);
      await world.restartWorker();
      await lost;
      await assertOneShown(world, await buyWithRetries(world, key), 1);
    }));

  test('while many buy, each at another step, twice in a row', () =>
    inWorld(async (world) => {
      await world.sandbox.fault(CREATE, { kind: 'delay', ms: 120 }, 60);
      await world.sandbox.fault(GET, { kind: 'delay', ms: 120 }, 60);
      const keys = Array.from({ length: 24 }, () => randomUUID());
      const shown = new Map(keys.map((key) => [key, new Set()]));
      const order = async (key) => {
        const answer = await world.order({ key }).catch(() => undefined);
        if (answer?.status === 201) shown.get(key).add(answer.body.checkoutUrl);
      };
      for (const round of [0, 1]) {
        const going = keys.map(async (key, at) => {
          await sleep(at * 20 + round * 5);
          await order(key);
        });
        await sleep(330);
        await world.killWorker();
        await Promise.all(going);
        await world.restartWorker();
      }
      await world.sandbox.clearFaults();
      await Promise.all(keys.map(async (key) => {
        const bought = await buyWithRetries(world, key);
        shown.get(key).add(bought.checkoutUrl);
        assert.equal(shown.get(key).size, 1, 'two links were shown for one key');
        const payments = await world.paymentsOf(bought.reference);
        const payable = payments.filter(({ status }) => status === 'PENDING').map(({ id }) => id);
        assert.deepEqual(payable, [bought.paymentId]);
        await world.send('GET', await world.pay(bought.paymentId));
        await world.untilEvent(bought.reference, 'order.paid', { ms: 30_000 });
      }));
    }));

  test('while many return from paying: one order.paid each', () =>
    inWorld(async (world) => {
      const orders = await Promise.all(Array.from({ length: 20 }, () => world.buy()));
      const backs = await Promise.all(orders.map(({ paymentId }) => world.pay(paymentId)));
      await sleep(2_900);
      const going = backs.map(async (back, at) => {
        await sleep(at * 15);
        await world.send('GET', back).catch(() => undefined);
      });
      await sleep(180);
      await world.killWorker();
      await Promise.all(going);
      await world.restartWorker();
      await Promise.all(orders.map(async (order) => {
        await world.untilStatus(order.order, 'paid', { ms: 60_000 });
        await world.untilEvent(order.reference, 'order.paid', { ms: 45_000 });
        assert.equal(world.events(order.reference).length, 1);
      }));
    }));

  test('twice while a webhook is being sent: it is sent again, with the same id, and tries that end the object are counted', async () => {
    const held = [];
    const endpoint = await startEndpoint((_delivery, response) => {
      if (held.length < 2) held.push(response);
      else response.writeHead(204).end();
    }, { secret: secrets.WEBHOOK_SECRET });
    try {
      await inWorld(async (world) => {
        const order = await world.buy();
        await world.send('GET', await world.pay(order.paymentId));
        await until('the first try', () => endpoint.deliveries.length === 1);
        await world.restartWorker();
        await until('the second try', () => endpoint.deliveries.length === 2, { ms: 50_000 });
        await world.restartWorker();
        assert.equal((await world.view(order.order)).status, 'paid');
        await until('the third try', () => endpoint.deliveries.length === 3, { ms: 50_000 });
        const [first, ...others] = endpoint.deliveries;
        for (const other of others) assert.deepEqual([other.id, other.text], [first.id, first.text]);
        assert.deepEqual(endpoint.deliveries.map(({ refusal }) => refusal), [undefined, undefined, undefined]);
        const told = await until('delivered', async () => {
          const [seen] = (await world.story(order.reference)).deliveries;
          return seen.state === 'delivered' && seen;
        });
        // The first one was written down if it took longer than two seconds until the kill.
        assert.ok(told.tries === 2 || told.tries === 3, `${told.tries} tries`);
      }, { env: { WEBHOOK_URL: endpoint.url } });
    } finally {
      await endpoint.stop();
    }
  });

  test('during cancelling: cancelled, or still payable, but never both', () =>
    inWorld(async (world) => {
      await world.sandbox.fault('one-time-payment.cancel', { kind: 'delay', ms: 5_000 });
      const order = await world.buy();
      const lost = world.send('POST', `/api/shop/orders/${order.order}/cancel`).catch(() => undefined);
      await until('the cancel call', async () => (await world.callsTo('cancel')).length === 1);
      await world.restartWorker();
      await lost;
      assert.notEqual((await world.view(order.order)).status, 'awaiting-payment');
      await world.untilStatus(order.order, 'cancelled', { ms: 50_000 });
      await world.untilEvent(order.reference, 'order.cancelled');
    }));
});
