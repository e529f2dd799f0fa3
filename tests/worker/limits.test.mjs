import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { cart } from './support/bodies.mjs';
import { newAddress } from './support/client.mjs';
import { throughout, until } from './support/until.mjs';
import { cashier, inWorld, operator, startWorld } from './support/world.mjs';

const world = await startWorld();
after(() => world.stop());

/** Longer than the index is not asked again which orders are closed. */
const AWHILE = 6_000;

/** Until the operator's index knows what has become of an order. @param {typeof world} own @param {string} reference @param {string} status */
const untilKnown = (own, reference, status) =>
  until(`${reference} is ${status} in the index`, async () => {
    const sql = `SELECT row ->> '$.status' AS status FROM entry WHERE id = 'order/${reference.replaceAll('-', '')}'`;
    return (await own.sql({ binding: 'DESK', name: 'desk', sql }))[0]?.status === status;
  });

const CREATES = 20;
const FAILURES = 10;

test('one client creates twenty orders, then has to wait; another client does not', async () => {
  const ip = newAddress();
  const since = performance.now();
  const answers = await Promise.all(Array.from({ length: CREATES + 15 }, () => world.order({ ip })));
  const refused = answers.filter(({ status }) => status === 429);
  const made = answers.length - refused.length;
  assert.equal(made, answers.filter(({ status }) => status === 201).length);
  // One more is allowed every three seconds.
  assert.ok(made >= CREATES && made <= CREATES + (performance.now() - since) / 3_000, String(made));
  const seconds = Number(refused[0].headers['retry-after']);
  assert.ok(seconds >= 1 && seconds <= 60, `${seconds} s`);
  assert.equal((await world.sandbox.payments()).length, made);

  await world.buy({ ip: newAddress() });
  const [first] = answers.filter(({ status }) => status === 201);
  const path = `/api/shop/orders/${first.body.order}`;
  const retries = await Promise.all([1, 2, 3, 4, 5].map(() => world.send('POST', `${path}/retry`, { ip })));
  assert.ok(retries.some(({ status }) => status === 429), 'another attempt is a payment as well');
  assert.equal((await world.send('GET', path, { ip })).status, 200, 'looking is free');
  assert.equal((await world.send('POST', `${path}/cancel`, { ip })).status, 200, 'so is cancelling');
  await until('the client may order again', async () => (await world.order({ ip })).status === 201, { ms: (seconds + 3) * 1_000, every: 500 });
});

test('an invalid order does not count', async () => {
  const ip = newAddress();
  for (let times = 0; times < CREATES + 5; times += 1) assert.equal((await world.order({ ip, body: {} })).status, 400);
  await world.buy({ ip });
});

test('IPv4 clients behind an IPv6 proxy are distinguished', async () => {
  const forms = (/** @type {number} */ host) => [`198.51.100.${host}`, `::ffff:198.51.100.${host}`, `64:ff9b::198.51.100.${host}`, `[::FFFF:198.51.100.${host}]:443`];
  const since = performance.now();
  const all = Array.from({ length: CREATES + 16 }, (_, at) => forms(1)[at % 4]);
  const answers = await Promise.all(all.map((ip) => world.order({ ip })));
  const made = answers.filter(({ status }) => status === 201).length;
  assert.ok(made >= CREATES && made <= CREATES + (performance.now() - since) / 3_000, `four ways to write one address: ${made}`);
  for (const ip of forms(2)) await world.buy({ ip });
});

test('without Cloudflare\'s header, one visitor does not close the shop for all', async () => {
  for (const ip of [undefined, 'unknown', '10.0.0.1, 10.0.0.2']) {
    const headers = { 'cf-connecting-ip': ip };
    const answers = await Promise.all(Array.from({ length: CREATES + 5 }, () => world.order({ headers })));
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201], String(ip));
  }
});

test('a client that returns too often is still redirected, and causes nothing more', async () => {
  const order = await world.buy();
  const ip = newAddress();
  await throughout(3_100, () => {});
  const reads = (await world.callsTo('get', order.paymentId)).length;
  const back = await world.pay(order.paymentId);
  const answers = await Promise.all(Array.from({ length: 50 }, () => world.send('GET', back, { ip })));
  for (const { status, headers } of answers) {
    assert.equal(status, 303);
    assert.equal(headers.location, `/return.html?order=${order.order}`);
  }
  await world.untilEvent(order.reference, 'order.paid');
  assert.ok((await world.callsTo('get', order.paymentId)).length - reads <= 2);
});

test('wrong tokens are counted, by sign-in and by bearer together; right ones are never refused', async () => {
  const ip = newAddress();
  const signIn = (token, address = ip) =>
    world.send('POST', '/api/session', { body: { token }, headers: { origin: world.url }, ip: address });
  const call = (token, address = ip) =>
    world.send('GET', '/api/operator/orders', { headers: { authorization: `Bearer ${token}` }, ip: address });
  for (let times = 0; times < 15; times += 1) assert.equal((await signIn(secrets.CASHIER_TOKEN)).status, 200, 'right ones do not count');
  for (let times = 0; times < FAILURES; times += 1) {
    const answer = times % 2 ? await signIn(`wrong-token-number-${times}`) : await call(`wrong-token-number-${times}`);
    assert.deepEqual([answer.status, answer.body.code], [401, 'wrong-token']);
  }
  for (const answer of [await signIn('wrong-token-of-the-tests'), await call('wrong-token-of-the-tests')]) {
    assert.deepEqual([answer.status, answer.body.code], [429, 'too-many-requests']);
    assert.ok(Number(answer.headers['retry-after']) <= 60);
  }
  assert.equal((await signIn(secrets.OPERATOR_TOKEN)).status, 200, 'a shop and its visitors may share an address');
  assert.equal((await call(secrets.OPERATOR_TOKEN)).status, 200);
  assert.equal((await call('wrong-token-of-the-tests', newAddress())).status, 401);
});

test('open links are limited for each client, each network and the shop, until they are paid, cancelled or over', () =>
  inWorld(
    async (few) => {
      const refusal = async (ip) => {
        const answer = await few.order({ ip });
        if (answer.status === 201) return null;
        const seconds = Number(answer.headers['retry-after']);
        assert.ok(seconds >= 1 && seconds <= 30 * 60, `${seconds} s`);
        assert.doesNotMatch(answer.text, /198\.51|2001:db8/);
        return [answer.status, answer.body.code];
      };
      const [ip, neighbour] = ['2001:db8:7:1::1', '2001:db8:7:2::1'];
      const key = randomUUID();
      const first = await few.buy({ ip, key });
      await few.buy({ ip: '2001:db8:7:1:ffff::2' });
      const payments = (await few.sandbox.payments()).length;
      assert.deepEqual(await refusal(ip), [429, 'too-many-open-links']);
      const third = await few.buy({ ip: neighbour });
      assert.deepEqual(await refusal(neighbour), [429, 'too-many-open-links'], 'three of one network of 48 bits');
      await few.buy({ ip: '198.51.100.1' });
      assert.deepEqual(await refusal('198.51.100.2'), [429, 'shop-busy']);
      assert.equal((await few.sandbox.payments()).length, payments + 2, 'a refusal asks Compago for nothing');
      await few.invoiceOrder();
      const repeated = await few.order({ ip, key });
      assert.deepEqual([repeated.status, repeated.body.checkoutUrl], [201, first.checkoutUrl], 'a repeated request is no other link');

      await few.later(AWHILE);
      await few.send('POST', `/api/shop/orders/${third.order}/cancel`);
      await untilKnown(few, third.reference, 'cancelled');
      assert.equal(await refusal('198.51.100.2'), null, 'the place of a cancelled order');
      await few.send('GET', await few.pay(first.paymentId));
      await untilKnown(few, first.reference, 'paid');
      await few.later(AWHILE);
      const free = await few.order({ ip });
      assert.equal(free.status, 201, 'the place of a paid order');
      assert.deepEqual(await refusal(ip), [429, 'too-many-open-links']);
      const after = await few.order({ ip, key });
      assert.deepEqual([after.status, after.body.checkoutUrl], [201, first.checkoutUrl], 'the answer to a request of before, whose order is closed');

      // A retry is a link again, and it counts until its own end.
      await few.later(AWHILE);
      await few.send('POST', `/api/shop/orders/${free.body.order}/cancel`);
      const again = await until('another attempt', async () => {
        const answer = await few.send('POST', `/api/shop/orders/${free.body.order}/retry`, { ip });
        return answer.status === 201 && answer;
      });
      assert.equal(again.body.order, free.body.order);
      await few.later(AWHILE);
      assert.deepEqual(await refusal(ip), [429, 'too-many-open-links']);

      await few.restartWorker();
      assert.deepEqual(await refusal(ip), [429, 'too-many-open-links'], 'it is on disk');
      await few.later(31 * 60_000);
      assert.equal(await refusal(ip), null, 'all of them are over');
      await few.later(31 * 60_000);
      await few.later(31 * 60_000);
      const rows = await few.sql({ binding: 'OPEN_LINKS', name: 'shop', sql: 'SELECT count(*) AS count FROM link' });
      assert.equal(rows[0].count, 0, 'nothing is kept of a client');
    },
    {
      movable: true,
      shop: { linkMinutes: 30 },
      env: { LIMIT_OPEN_PER_ADDRESS: '2', LIMIT_OPEN_PER_NETWORK: '3', LIMIT_OPEN_PER_SHOP: '4' },
    },
  ));

test('a refused retry, and a repeated request of a closed order, do not count as open links', () =>
  inWorld(
    async (few) => {
      const ip = newAddress();
      const key = randomUUID();
      const count = async (more = '') => (await few.sql({ binding: 'OPEN_LINKS', name: 'shop', sql: `SELECT count(*) AS count FROM link ${more}` }))[0].count;
      // A link that was asked for more than once names the requests before the last one.
      const untilOnce = () => until('what came to nothing is not counted', async () => (await count("WHERE json LIKE '%earlier%'")) === 0);
      const retry = (order) => few.send('POST', `/api/shop/orders/${order}/retry`, { ip });
      const first = await few.buy({ ip, key });
      await few.later(AWHILE);
      const refused = await Promise.all([retry(first.order), retry(first.order)]);
      assert.deepEqual(refused.map(({ body }) => body.code), ['still-payable', 'still-payable']);
      await untilOnce();
      assert.equal(await count(), 1, 'the open attempt counts as before');
      await few.send('POST', `/api/shop/orders/${first.order}/cancel`);
      await untilKnown(few, first.reference, 'cancelled');

      await few.later(AWHILE);
      const repeated = await few.order({ ip, key });
      assert.deepEqual([repeated.status, repeated.body.checkoutUrl], [201, first.checkoutUrl]);
      const again = await retry(first.order);
      assert.equal(again.status, 201, again.text);
      const [, payment] = await few.paymentsOf(first.reference);
      await few.send('GET', await few.pay(payment.id));
      await few.untilEvent(first.reference, 'order.paid');
      await few.later(AWHILE);
      const late = await Promise.all([retry(first.order), retry(first.order), few.order({ ip, key, body: { ...cart, ttlMinutes: 20 } })]);
      assert.deepEqual(late.map(({ body }) => body.code), ['order-paid', 'order-paid', 'idempotency-key-reused']);
      await until('those are not counted', async () => (await few.order({ ip })).status === 201);
      assert.equal(await count(), 1, 'that of the new order');
    },
    { movable: true, env: { LIMIT_OPEN_PER_ADDRESS: '1' } },
  ));

test('at a limit the index is asked which orders are closed, by all who wait together, and every five seconds', () =>
  inWorld(
    async (few) => {
      const ip = newAddress();
      const orders = [await few.buy({ ip }), await few.buy({ ip })];
      const statuses = async (times) => (await Promise.all(Array.from({ length: times }, () => few.order({ ip })))).map(({ status }) => status);
      const questions = async () => (await few.counts()).desk?.requests ?? 0;
      await few.later(AWHILE);
      for (const { order, reference } of orders) {
        await few.send('POST', `/api/shop/orders/${order}/cancel`);
        await untilKnown(few, reference, 'cancelled');
      }
      await few.later(AWHILE);

      await few.down('DESK');
      assert.deepEqual(await statuses(1), [429], 'nobody knows that they are closed');
      await few.down();
      await few.counts();
      assert.deepEqual(await statuses(3), [429, 429, 429]);
      assert.equal(await questions(), 0, 'that is asked again in five seconds');
      await few.later(AWHILE);
      await few.counts();
      assert.deepEqual((await statuses(3)).sort(), [201, 201, 429], 'two places for three');
      assert.match(await few.workerLog(), /"event":"closed-orders-unknown"/);
    },
    { movable: true, env: { LIMIT_OPEN_PER_ADDRESS: '2' } },
  ));

test('a link has the shop\'s lifetime or a shorter one, and counts for the full one', () =>
  inWorld(
    async (few) => {
      const minutesOf = ({ expiresAt }) => Math.round((Date.parse(expiresAt) - Date.now()) / 60_000);
      assert.equal(minutesOf(await few.buy()), 60);
      assert.equal(minutesOf(await few.buy({ body: { ...cart, ttlMinutes: 2_880 } })), 60);
      assert.equal(minutesOf((await few.invoiceOrder()).body), 2_880, 'an operator decides');
      const ip = newAddress();
      assert.equal(minutesOf(await few.buy({ ip, body: { ...cart, ttlMinutes: 10 } })), 10);
      await few.later(20 * 60_000);
      assert.equal((await few.order({ ip })).body.code, 'too-many-open-links', 'its link is over, its hour is not');
    },
    { movable: true, env: { LIMIT_OPEN_PER_ADDRESS: '1' } },
  ));

test('charges of a cashier are limited per minute, independently of an operator\'s', () =>
  inWorld(
    async (few) => {
      const charge = (headers) =>
        few.send('POST', '/api/pos/payment-intents', { body: { amount: '10.00' }, headers: { ...headers, 'idempotency-key': randomUUID() } });
      const answers = await Promise.all([1, 2, 3, 4].map(() => charge(cashier)));
      const refused = answers.filter(({ status }) => status === 429);
      assert.equal(refused.length, 1);
      assert.equal(refused[0].body.code, 'too-many-requests');
      assert.ok(Number(refused[0].headers['retry-after']) <= 20);
      assert.equal((await few.sandbox.intents()).length, 3);
      assert.equal((await charge(operator)).status, 201);
    },
    { env: { LIMIT_CHARGE_PER_MINUTE: '3' } },
  ));

test('refusals are logged; the addresses of clients are not', async () => {
  const log = await world.workerLog();
  for (const line of [/"event":"authentication-failed"/, /"event":"rate-limited"/]) assert.match(log, line);
  assert.doesNotMatch(log, /\b10\.\d+\.\d+\.\d+\b|198\.51\.100|2001:db8/);
  assert.doesNotMatch(log, /wrong-token-number/);
});
