// Failures while a payment is followed: an unusable answer means unknown, never paid and never lost.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cart } from './support/bodies.mjs';
import { until } from './support/until.mjs';
import { inWorld } from './support/world.mjs';

const GET = 'one-time-payment.get';

describe('an answer about a paid payment', { concurrency: 6 }, () => {
  const cases = {
    500: { kind: 'refuse', status: 500 },
    '429 with a wait': { kind: 'refuse', status: 429 },
    'late': { kind: 'delay', ms: 11_000 },
    'lost': { kind: 'lose-answer' },
    'truncated': { kind: 'truncate' },
    'huge': { kind: 'huge', bytes: 6 * 1024 * 1024 },
    'not JSON': { kind: 'answer', status: 200, body: 'CONFIRMED' },
    'an array': { kind: 'answer', status: 200, body: [{ status: 'CONFIRMED' }] },
    'of the wrong types': { kind: 'answer', status: 200, body: { status: true, amount: {}, homepageUrl: 7 } },
    'without a status': { kind: 'answer', status: 200, body: { homepageUrl: 'https://x.example/' } },
    'with two statuses': { kind: 'answer', status: 200, body: '{"status":"CONFIRMED","status":"PENDING"}', contentType: 'application/json' },
    'a redirect': { kind: 'redirect', location: 'http://127.0.0.1:9/' },
    'that it does not exist': { kind: 'refuse', status: 404, body: { message: 'One time payment not found' } },
  };
  for (const [name, fault] of Object.entries(cases)) {
    test(`${name}: not paid by it, and paid by the next`, () =>
      inWorld(async (world) => {
        const order = await world.buy();
        await world.sandbox.fault(GET, fault);
        await world.send('GET', await world.pay(order.paymentId));
        await until('the second read', async () => {
          const reads = (await world.callsTo('get', order.paymentId)).length;
          if (reads < 3) assert.deepEqual(world.events(order.reference), []);
          return reads >= 2;
        });
        await world.untilStatus(order.order, 'paid', { ms: 40_000 });
        await world.untilEvent(order.reference, 'order.paid');
      }));
  }
});

describe('an unexpected answer', { concurrency: 6 }, () => {
  test('an unknown status leaves the order open', () =>
    inWorld(async (world) => {
      const order = await world.buy();
      const [{ homepageUrl }] = await world.sandbox.payments();
      await world.sandbox.fault(GET, { kind: 'answer', status: 200, body: { status: 'CONFIRMED_MAYBE', homepageUrl } }, 2);
      await world.send('GET', await world.pay(order.paymentId));
      await until('the second read', async () => (await world.callsTo('get', order.paymentId)).length >= 2);
      assert.equal((await world.view(order.order)).status, 'verifying');
      assert.deepEqual(world.events(order.reference), []);
      await world.untilStatus(order.order, 'paid', { ms: 30_000 });
    }));

  test('confirmed and expired at once is paid', () =>
    inWorld(async (world) => {
      const order = await world.buy({ body: { ...cart, ttlMinutes: 10 } });
      const back = await world.pay(order.paymentId);
      await world.sandbox.advance(11 * 60_000);
      const [payment] = await world.sandbox.payments();
      assert.equal(payment.status, 'CONFIRMED');
      await world.send('GET', back);
      await world.untilStatus(order.order, 'paid');
    }));

  test('a redirect is not followed, and the API key is not sent elsewhere', () =>
    inWorld(async (world) => {
      const order = await world.buy();
      const calls = (await world.callsTo('list')).length;
      await world.sandbox.fault(GET, { kind: 'redirect', location: `${world.sandbox.url}/api/one-time-payment` });
      await world.send('GET', await world.pay(order.paymentId));
      await world.untilStatus(order.order, 'paid', { ms: 30_000 });
      assert.equal((await world.callsTo('list')).length, calls);
    }));

  test('paid is final', () =>
    inWorld(async (world) => {
      const order = await world.buy();
      const back = await world.pay(order.paymentId);
      await world.send('GET', back);
      await world.untilStatus(order.order, 'paid');
      const calls = (await world.sandbox.calls()).length;
      await world.sandbox.fault(GET, { kind: 'answer', status: 200, body: { status: 'CANCELLED' } }, 5);
      for (let times = 0; times < 5; times += 1) await world.send('GET', back);
      for (const act of ['cancel', 'retry']) {
        const answer = await world.send('POST', `/api/shop/orders/${order.order}/${act}`);
        assert.equal(answer.status, 409, answer.text);
        assert.equal(answer.body.code, 'order-paid');
      }
      assert.equal((await world.view(order.order)).status, 'paid');
      assert.equal((await world.sandbox.calls()).length, calls, 'there is nothing left to ask');
    }));
});
