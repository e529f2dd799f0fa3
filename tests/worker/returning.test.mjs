// A returning payer is redirected, whatever is wrong with the URL, the configuration or the order's object.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { cart } from './support/bodies.mjs';
import { inFailingStack } from './support/failing.mjs';
import { inWorld } from './support/world.mjs';
import { fetchOnce } from '../support/fetch-once.mjs';

const SHOP = 'https://shop.example';

describe('returning', { concurrency: true }, () => {
  test('the order is found in URLs altered by other programs, and paid in time', () =>
    inWorld(async (world) => {
      const order = await world.buy();
      const back = await world.pay(order.paymentId);
      const page = `/return.html?order=${order.order}`;
      const blindly = back.replace('&', '?');
      assert.match(blindly, /order=\w+\?/);
      for (const path of [
        blindly, back.replaceAll('&', '&amp;'), `${back}&order=${order.order}`,
        ...['.', ')', '%20', '/', '%E2%80%8B', '%22', '%'].map((end) => `/api/shop/return?order=${order.order}${end}`),
        `/api/shop/return?order=${order.order.toUpperCase()}`,
      ]) {
        const answer = await world.send('GET', path);
        assert.deepEqual([answer.status, answer.headers.location], [303, page], path);
      }
      const slash = await fetchOnce(`${world.url}${back.replace('/return?', '/return/?')}`);
      assert.deepEqual([slash.status, slash.headers.get('location')], [303, page]);
      await world.untilEvent(order.reference, 'order.paid');
      for (const path of ['/api/shop/return', '/api/shop/return?', `/api/shop/return?order=${order.order}0`, '/api/shop/return?order=x?id=y']) {
        const answer = await world.send('GET', path);
        assert.deepEqual([answer.status, answer.headers.location], [303, '/return.html'], path);
      }
    }));

  test('on any host and over http, to the shop', () =>
    inWorld(
      async (world) => {
        const made = await world.order({ headers: { host: 'shop.example', 'x-forwarded-proto': 'https' } });
        const { order } = made.body;
        for (const headers of [
          { host: 'shop.example' }, { host: 'www.shop.example', 'x-forwarded-proto': 'https' }, { host: '127.0.0.1' }, { host: 'edge.account.workers.dev' },
        ]) {
          const answer = await world.send('GET', `/api/shop/return?order=${order}`, { headers });
          assert.deepEqual([answer.status, answer.headers.location], [303, `${SHOP}/return.html?order=${order}`], JSON.stringify(headers));
        }
        const here = await world.send('GET', `/api/shop/return?order=${order}`, { headers: { host: 'shop.example', 'x-forwarded-proto': 'https' } });
        assert.equal(here.headers.location, `/return.html?order=${order}`);
      },
      { env: { SHOP_ORIGIN: SHOP } },
    ));

  for (const [how, down] of Object.entries({ throws: 'ORDERS throw', 'answers 503': 'ORDERS' })) {
    test(`while the order's object ${how}, and the log tells`, () =>
      inFailingStack(async (stack) => {
        const { order, reference, id } = await stack.make();
        await stack.down(down);
        const answer = await stack.send('GET', `/api/shop/return?order=${order}&id=${id}&externalId=E-1`);
        assert.deepEqual([answer.status, answer.headers.location], [303, `/return.html?order=${order}`]);
        assert.ok((await stack.down()) > 0, 'the object was asked');
        const log = await stack.workerLog();
        assert.match(log, new RegExp(`"event":"return-not-reported","fields":\\{"reference":"${reference}"`));
        assert.ok(!log.includes(order.slice(12)), 'the capability is not logged');
        assert.equal((await stack.send('GET', `/api/shop/return?order=${order}`)).status, 303);
      }));
  }

  test('a failing rate limiter blocks no return', () =>
    inFailingStack(async (stack) => {
      const { order, id } = await stack.make();
      const { redirectTo } = await stack.sandbox.act(id, 'pay');
      await stack.flaky({ binding: 'RATE_LIMITS', error: {}, times: 1 });
      const answer = await stack.send('GET', redirectTo.replace(stack.url, ''));
      assert.equal(answer.headers.location, `/return.html?order=${order}`);
      await stack.later(4_000);
      assert.equal((await stack.send('GET', `/api/shop/orders/${order}`)).body.status, 'paid');
    }));

  test('a call to an object is repeated once if the runtime marks the error as retryable', () =>
    inFailingStack(async (stack) => {
      const { order } = await stack.make();
      const view = () => stack.send('GET', `/api/shop/orders/${order}`);
      const failing = async (error, times) => {
        await stack.flaky({ binding: 'ORDERS', error, times });
        return (await view()).status;
      };
      const left = () => stack.flaky({ binding: '', error: {}, times: 0 });
      assert.equal(await failing({ retryable: true }, 1), 200);
      assert.equal(await failing({ retryable: true }, 2), 500, 'once only');
      assert.equal(await left(), 0);
      for (const error of [{}, { retryable: false }, { retryable: true, overloaded: true }, { remote: true }]) {
        assert.equal(await failing(error, 2), 500, JSON.stringify(error));
        assert.equal(await left(), 1, `asked once: ${JSON.stringify(error)}`);
      }
      assert.equal((await view()).status, 200);

      const key = crypto.randomUUID();
      const post = () => stack.send('POST', '/api/shop/orders', { body: cart, headers: { 'idempotency-key': key } });
      await stack.flaky({ binding: 'ORDERS', error: { retryable: true }, times: 1 });
      const [first, again] = [await post(), await post()];
      assert.deepEqual([first.status, again.status, again.text], [201, 201, first.text], 'one order');
      assert.equal((await stack.sandbox.payments()).length, 2);
      assert.match(await stack.workerLog(), /"event":"object-call-retried","fields":\{"object":"ORDERS"\}/);
    }));

  test('a shop that is not configured', () =>
    inWorld(
      async (world) => {
        const order = 'k7q2m9xd3fht0d3apd9386zf9cqby2xfs9q00a';
        const answer = await world.send('GET', `/api/shop/return?order=${order}.`, { headers: { host: 'anything.example' } });
        assert.deepEqual([answer.status, answer.headers.location], [303, `/return.html?order=${order}`]);
      },
      { env: { SHOP_ORIGIN: '', COMPAGO_API_KEY: '', OPERATOR_TOKEN: secrets.OPERATOR_TOKEN } },
    ));
});
