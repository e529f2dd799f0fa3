// The webhook secret that the Worker generates where none is configured: shown once, rotated, learnt by other isolates.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { inTurn } from './support/endpoint.mjs';
import { inFailingStack } from './support/failing.mjs';
import { GENERATED, HOUR, ROTATE, delivered, secretOf, settingsOf, verifies, withEndpoint } from './support/generated.mjs';
import { until } from './support/until.mjs';
import { operator } from './support/world.mjs';

describe('generated webhook secrets', { concurrency: 2 }, () => {
  test('webhooks wait while their secret cannot be read, and are never sent unsigned', () =>
    withEndpoint(
      async (stack, endpoint) => {
        const { body } = await stack.send('POST', ROTATE, { headers: operator });
        const { reference, id } = await stack.make();
        await stack.sandbox.act(id, 'pay');
        await stack.later(15 * 60_000);
        assert.deepEqual(endpoint.deliveries.map(({ body }) => body.type), ['order.paid'], 'the endpoint has failed once');
        await stack.restartWorker();
        await stack.down('SETTINGS');
        // The object is woken, and so tries.
        await stack.ask({ binding: 'ORDERS', name: reference.replaceAll('-', ''), question: JSON.stringify({ locale: 'en', message: { maintenance: 'deliver' } }) });
        await stack.later(HOUR);
        assert.ok((await stack.down('SETTINGS')) > 0, 'the secret was asked for');
        assert.equal(endpoint.deliveries.length, 1);
        await stack.down();
        await stack.later(HOUR);
        assert.equal(endpoint.deliveries.length, 2);
        for (const delivery of endpoint.deliveries) {
          assert.equal(delivery.body.data.reference, reference);
          assert.ok(verifies(delivery, body.secret));
        }
      },
      { run: inFailingStack, env: GENERATED },
      inTurn(503, 204),
    ));

  test('a webhook secret is shown once, and its former signs along for a day, with orders in flight', () =>
    withEndpoint(
      async (world, endpoint) => {
        const rotate = () => world.send('POST', ROTATE, { headers: operator });
        const payFor = async (order) => {
          await world.send('GET', await world.pay(order.paymentId));
          return delivered(endpoint, 'order.paid', order.reference);
        };
        const first = await rotate();
        assert.deepEqual([first.status, first.body.previousEndsAt, first.headers['cache-control']], [200, undefined, 'no-store']);
        const early = await payFor(await world.buy());
        assert.ok(verifies(early, first.body.secret));
        const inFlight = await world.buy();

        const refused = await rotate();
        assert.deepEqual([refused.status, refused.body.code], [409, 'rotated-recently']);
        assert.ok(Number(refused.headers['retry-after']) <= 60, refused.headers['retry-after']);
        await world.later(61_000);
        const second = await rotate();
        assert.equal(second.status, 200, second.text);
        assert.notEqual(second.body.secret, first.body.secret);
        await world.later(61_000);
        const third = await rotate();
        await world.restartWorker();

        const during = await payFor(inFlight);
        for (const { body } of [first, second, third]) assert.ok(verifies(during, body.secret), 'each former one still signs');
        assert.ok(!verifies(early, second.body.secret));
        const setting = secretOf(await settingsOf(world), 'WEBHOOK_SECRET');
        assert.deepEqual([setting.source, setting.values, setting.previousEndsAt], ['generated', 3, third.body.previousEndsAt]);

        await world.later(24 * HOUR);
        const after = await payFor(await world.buy());
        assert.ok(verifies(after, third.body.secret));
        for (const { body } of [first, second]) assert.ok(!verifies(after, body.secret), 'its day is over');
        assert.equal(after.headers['webhook-signature'].split(' ').length, 1);
      },
      { env: GENERATED },
    ));

  test('webhooks wait until somebody was shown their secret, and then are sent', () =>
    withEndpoint(
      async (world, endpoint) => {
        const order = await world.buy();
        await world.send('GET', await world.pay(order.paymentId));
        await until('the payment', async () => (await world.view(order.order)).status === 'paid');
        await world.later(3 * HOUR);
        assert.equal((await settingsOf(world)).checks.webhook.code, 'secret-not-shown');
        const checked = await world.send('POST', '/api/operator/settings/check', { headers: operator });
        assert.deepEqual([checked.body.checks.webhook.code, checked.body.checks.compago.status], ['secret-not-shown', 'ok']);
        const later = await world.buy();
        await world.send('GET', await world.pay(later.paymentId));
        await until('the payment', async () => (await world.view(later.order)).status === 'paid');
        assert.deepEqual(endpoint.deliveries, []);

        const { body } = await world.send('POST', ROTATE, { headers: operator });
        for (const { reference } of [order, later]) {
          assert.ok(verifies(await delivered(endpoint, 'order.paid', reference), body.secret));
        }
        assert.equal((await settingsOf(world)).checks.webhook.code, undefined);
      },
      { env: GENERATED },
    ));

  test('a webhook secret that was configured and is removed is not replaced: webhooks wait until it is configured again', () =>
    withEndpoint(
      async (world, endpoint) => {
        const before = await world.buy();
        await world.send('GET', await world.pay(before.paymentId));
        await delivered(endpoint, 'order.paid', before.reference);
        Object.assign(world.variables, { WEBHOOK_SECRET: '' });
        await world.restartWorker();
        const order = await world.buy();
        await world.send('GET', await world.pay(order.paymentId));
        await until('the payment', async () => (await world.view(order.order)).status === 'paid');
        await world.later(HOUR);
        assert.deepEqual([endpoint.deliveries.length, secretOf(await settingsOf(world), 'WEBHOOK_SECRET').source], [1, 'missing']);
        Object.assign(world.variables, { WEBHOOK_SECRET: secrets.WEBHOOK_SECRET });
        await world.restartWorker();
        await world.later(2 * HOUR);
        const last = await world.buy();
        await world.send('GET', await world.pay(last.paymentId));
        assert.ok(verifies(await delivered(endpoint, 'order.paid', order.reference), secrets.WEBHOOK_SECRET));
      },
      {},
    ));

  test('an isolate learns of a rotation elsewhere within ten minutes, and signs on for a day while it cannot ask', () =>
    withEndpoint(
      async (stack, endpoint) => {
        const { body } = await stack.send('POST', ROTATE, { headers: operator });
        const paid = async () => {
          const { reference, id } = await stack.make();
          await stack.sandbox.act(id, 'pay');
          await stack.later(15 * 60_000);
          return delivered(endpoint, 'order.paid', reference);
        };
        assert.ok(verifies(await paid(), body.secret));
        // As if another isolate had asked for it.
        const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
        const change = `json_set(json, '$.webhook.newest.secret', '${other}', '$.revision', 9)`;
        await stack.sql({ binding: 'SETTINGS', name: 'settings', sql: `UPDATE record SET json = ${change}` });
        await stack.later(11 * 60_000);
        assert.ok(verifies(await paid(), other), 'it is asked for again');
        await stack.down('SETTINGS');
        await stack.later(11 * 60_000);
        assert.ok(verifies(await paid(), other), 'what was learnt goes on being used');
        await stack.later(25 * HOUR);
        const { id } = await stack.make();
        await stack.sandbox.act(id, 'pay');
        await stack.later(HOUR);
        assert.equal(endpoint.deliveries.length, 3, 'the secret may have ended by now');
        await stack.down();
        await stack.later(HOUR);
        assert.equal(endpoint.deliveries.length, 4);
      },
      { run: inFailingStack, env: GENERATED },
    ));
});
