import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ownPort, secrets } from '../support/stack.mjs';
import { assertEvent } from './openapi.mjs';
import { deskOf } from './support/desk.mjs';
import { inTurn, startEndpoint } from './support/endpoint.mjs';
import { throughout, until } from './support/until.mjs';
import { inWorld } from './support/world.mjs';

const secret = secrets.WEBHOOK_SECRET;

/** A payer pays while the merchant's endpoint answers as given; then the test checks the deliveries. */
async function deliver(answer, look, { env = {}, port, movable } = {}) {
  const endpoint = await startEndpoint(answer, { secret, port });
  try {
    await inWorld(async (world) => {
      const order = await world.buy();
      await world.send('GET', await world.pay(order.paymentId));
      await world.untilStatus(order.order, 'paid');
      await look({ world, order, endpoint, deliveries: endpoint.deliveries });
    }, { env: { WEBHOOK_URL: endpoint.url, ...env }, movable });
  } finally {
    await endpoint.stop();
  }
}

const storyOf = async (world, order) => (await world.story(order.reference)).deliveries[0];

/** What the log holds of tries: level and fields, oldest first. */
const sentLines = async (world) =>
  (await world.workerLog())
    .split('\n')
    .filter((line) => line.includes('"event":"webhook-sent"'))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))))
    .map(({ level, fields }) => [level, fields]);

const tries = (deliveries, count, ms = 20_000) => until(`try ${count}`, () => deliveries.length >= count, { ms });

describe('webhooks', { concurrency: 6 }, () => {
  test('are signed, complete and to the documented form', () =>
    deliver(inTurn(204), async ({ deliveries, world, order }) => {
      await tries(deliveries, 1);
      const [{ refusal, headers, body, path }] = deliveries;
      assert.equal(refusal, undefined);
      assert.equal(path, '/hooks');
      assert.equal(headers['content-type'], 'application/json');
      assert.match(headers['webhook-signature'], /^v1,[A-Za-z0-9+/]{43}=$/);
      assertEvent(body);
      assert.equal(body.environment, 'local');
      assert.equal(body.data.reference, order.reference);
      await until('delivered', async () => (await storyOf(world, order)).state === 'delivered');
    }));

  test('are retried after 5 s with the same id and body, and a new time and signature', () =>
    deliver(inTurn(500, 204), async ({ deliveries, world, order }) => {
      await tries(deliveries, 2);
      const [first, second] = deliveries;
      assert.ok(second.at - first.at >= 4_900, `${second.at - first.at} ms`);
      assert.deepEqual([second.id, second.text], [first.id, first.text]);
      assert.notEqual(second.headers['webhook-signature'], first.headers['webhook-signature']);
      assert.deepEqual(deliveries.map(({ refusal }) => refusal), [undefined, undefined]);
      const told = await until('delivered', async () => {
        const seen = await storyOf(world, order);
        return seen.state === 'delivered' && seen;
      });
      assert.deepEqual([told.tries, told.tryingSince, told.lastFailure.status], [2, null, 500]);
      const { id } = told;
      assert.deepEqual(await sentLines(world), [
        ['warn', { id, try: 1, status: 500, reason: 'status' }],
        ['info', { id, try: 2, status: 204 }],
      ]);
    }));

  test('are delivered once the status arrives, however long the rest of the answer takes', () =>
    deliver(
      (_delivery, response) => {
        response.writeHead(200).write('x'.repeat(200_000));
      },
      async ({ deliveries, world, order }) => {
        await until('delivered', async () => (await storyOf(world, order)).state === 'delivered');
        assert.equal(deliveries.length, 1);
      },
    ));

  test('survive a time in which the Worker is not configured', () =>
    deliver(inTurn(500, 204), async ({ deliveries, world, order }) => {
      await until('the first try is over', async () => {
        const { tries: made, nextAt } = await storyOf(world, order);
        return made === 1 && Date.parse(nextAt) - Date.now() < 10_000;
      });
      const { SHOP_ORIGIN } = world.variables;
      world.variables.SHOP_ORIGIN = 'not an origin';
      await world.restartWorker();
      await throughout(6_000, () => assert.equal(deliveries.length, 1));
      world.variables.SHOP_ORIGIN = SHOP_ORIGIN;
      await world.restartWorker();
      await world.view(order.order);
      await until('delivered', async () => (await storyOf(world, order)).state === 'delivered');
      assert.equal(new Set(deliveries.map(({ id }) => id)).size, 1);
    }));

  test('remain pending while they fail: the timeline shows the next try', () =>
    deliver(inTurn(500), async ({ deliveries, world, order }) => {
      await tries(deliveries, 2);
      const told = await until('the second wait', async () => {
        const seen = await storyOf(world, order);
        return seen.tries === 2 && Date.parse(seen.nextAt) - Date.now() > 60_000 && seen;
      });
      assert.equal(told.state, 'pending');
      const minutes = (Date.parse(told.nextAt) - Date.now()) / 60_000;
      assert.ok(minutes > 4.5 && minutes < 5.6, `${minutes} minutes`);
    }));

  test('do not follow redirects: a redirect is a failure', async () => {
    const elsewhere = await startEndpoint(inTurn(204), { secret });
    try {
      for (const status of [301, 307]) {
        await deliver(inTurn([status, { location: elsewhere.url }], 204), async ({ deliveries, world, order }) => {
          await tries(deliveries, 1);
          const { lastFailure } = await until('the wait', async () => {
            const seen = await storyOf(world, order);
            return seen.state === 'pending' && seen.lastFailure && seen;
          });
          assert.deepEqual([lastFailure.reason, lastFailure.status], ['redirect-not-followed', status]);
          await tries(deliveries, 2);
        });
      }
      assert.deepEqual(elsewhere.deliveries, []);
    } finally {
      await elsewhere.stop();
    }
  });

  test('end with 410, visible to the operator and in the log', () =>
    deliver(inTurn(410), async ({ deliveries, world, order }) => {
      const told = await until('parked', async () => {
        const seen = await storyOf(world, order);
        return seen.state === 'parked' && seen;
      });
      assert.deepEqual([told.reason, told.nextAt, told.tries], ['gone', null, 1]);
      assert.deepEqual([told.lastFailure.reason, told.lastFailure.status], ['status', 410]);
      assert.deepEqual(await sentLines(world), [['error', { id: told.id, try: 1, status: 410, reason: 'status' }]]);
      await until('the log', async () => (await world.workerLog()).includes('webhook-dead-lettered'));
      await throughout(6_000, () => assert.equal(deliveries.length, 1));
    }));

  for (const [form, asked] of /** @type {const} */ ([['in seconds', () => '9'], ['by a date', () => new Date(Date.now() + 10_000).toUTCString()]])) {
    test(`wait as long as Retry-After asks ${form}`, () => {
      const answer = (/** @type {unknown} */ _delivery, /** @type {import('node:http').ServerResponse} */ response) =>
        void response.writeHead(429, { 'retry-after': asked() }).end();
      return deliver(answer, async ({ deliveries }) => {
        await tries(deliveries, 2);
        const [first, second] = deliveries;
        assert.ok(second.at - first.at >= 8_900, `${second.at - first.at} ms`);
      });
    });
  }

  test('do not wait for an endpoint that never answers: 20 s, then again, and the desk shows both', () =>
    deliver((delivery, response) => void (delivery.at && setTimeout(() => response.destroy(), 60_000).unref()), async ({ world, order, deliveries }) => {
      const desk = deskOf(world);
      const listed = async () => (await desk.webhooks()).items.find(({ reference }) => reference === order.reference);
      const hanging = await until('the desk knows of the first try', listed, { ms: 15_000 });
      assert.equal(deliveries.length, 1, 'the first try is still on its way');
      assert.deepEqual([hanging.state, hanging.tries, hanging.lastFailure], ['pending', 1, null]);
      assert.ok(Math.abs(Date.parse(hanging.tryingSince) - deliveries[0].at) < 5_000, hanging.tryingSince);
      await desk.untilOrder(order.reference, 'paid');
      assert.equal(deliveries.length, 1, 'the first try is still on its way');
      await tries(deliveries, 2, 45_000);
      const again = await until('the second try on the desk', async () => {
        const seen = await listed();
        return seen.tries === 2 && seen;
      });
      assert.deepEqual([again.lastFailure.reason, again.lastFailure.status], ['timed-out', null]);
      assert.equal(again.lastFailure.at, hanging.tryingSince);
      const [first, second] = deliveries;
      assert.equal(second.id, first.id);
      const seconds = (second.at - first.at) / 1_000;
      assert.ok(seconds >= 24 && seconds < 40, `${seconds} s`);
    }));

  test('carry a signature for each secret while they are changed', () =>
    deliver(
      inTurn(204),
      async ({ deliveries }) => {
        await tries(deliveries, 1);
        assert.equal(deliveries[0].headers['webhook-signature'].split(' ').length, 2);
        assert.equal(deliveries[0].refusal, undefined, 'the old secret still fits');
      },
      { env: { WEBHOOK_SECRET: `whsec_bmV3LXNlY3JldC1vZi10aGUtdGVzdHMtMDEyMzQ1Njc4OQ== ${secret}` } },
    ));

  test('are not needed by a shop without an endpoint', () =>
    inWorld(async (world) => {
      const order = await world.buy();
      await world.send('GET', await world.pay(order.paymentId));
      await world.untilStatus(order.order, 'paid');
      assert.deepEqual(await storyOf(world, order).then(({ state, tries: made }) => [state, made]), ['pending', 0]);
    }, { env: { WEBHOOK_URL: '' } }));

  test('reach an endpoint that was down, also over kill -9, with one id', async () => {
    const port = await ownPort();
    await inWorld(async (world) => {
      const order = await world.buy();
      await world.send('GET', await world.pay(order.paymentId));
      await world.untilStatus(order.order, 'paid');
      const failed = await until('a failed try', async () => {
        const seen = await storyOf(world, order);
        return seen.lastFailure && seen;
      });
      assert.equal(failed.lastFailure.reason, 'no-connection');
      const { id } = await storyOf(world, order);
      await world.killWorker();
      const endpoint = await startEndpoint(inTurn(204), { secret, port });
      try {
        await world.restartWorker();
        await tries(endpoint.deliveries, 1, 45_000);
        assert.equal(endpoint.deliveries[0].id, id);
        assert.equal(endpoint.deliveries[0].refusal, undefined);
      } finally {
        await endpoint.stop();
      }
    }, { env: { WEBHOOK_URL: `http://127.0.0.1:${port}/hooks` } });
  });
});

test('an event enqueued before webhooks had an environment is delivered unchanged', () =>
  deliver(inTurn(503, 204), async ({ world, order, deliveries }) => {
    await tries(deliveries, 1);
    const forget = `UPDATE outbox SET body = json_remove(body, '$.environment')`;
    await world.sql({ binding: 'ORDERS', name: order.reference.replaceAll('-', ''), sql: forget });
    await world.later(10_000);
    await tries(deliveries, 2);
    const [first, second] = deliveries;
    assertEvent(second.body);
    const { environment, ...older } = first.body;
    assert.deepEqual([environment, second.body], ['local', older]);
    await until('delivered', async () => (await storyOf(world, order)).state === 'delivered');
  }, { movable: true }));

test('an event contains its environment', () =>
  inWorld(async (world) => {
    const order = await world.buy();
    const name = order.reference.replaceAll('-', '');
    // Nobody answers there, so that what became of the order is never known.
    Object.assign(world.variables, {
      MODE: 'demo',
      COMPAGO_BASE_URL: 'https://compago.invalid/api',
      CHECKOUT_ORIGINS: 'https://app.compago.com',
      SHOP_ORIGIN: 'https://shop.example',
      WEBHOOK_URL: '',
    });
    await world.restartWorker();
    const asShop = { host: 'shop.example', 'x-forwarded-proto': 'https' };
    assert.equal((await world.send('GET', `/api/shop/orders/${order.order}`, { headers: asShop })).status, 200);
    const [{ body }] = await until('an event', async () => {
      await world.later(60 * 60_000);
      const rows = await world.sql({ binding: 'ORDERS', name, sql: 'SELECT body FROM outbox' });
      return rows.length > 0 && rows;
    }, { ms: 60_000 });
    const event = JSON.parse(body);
    assertEvent(event);
    assert.deepEqual([event.type, event.environment], ['order.on-hold', 'demo']);
  }, { movable: true }));
