// The cost of unauthorised requests, as in docs/costs.md: object requests, written rows, alarms, calls to Compago.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, beforeEach, test } from 'node:test';
import { cart } from './support/bodies.mjs';
import { newAddress } from './support/client.mjs';
import { until } from './support/until.mjs';
import { cashier, inWorld, operator, startWorld } from './support/world.mjs';

const EMBED = 'https://blog.example';
const world = await startWorld({ movable: true, env: { EMBED_ORIGINS: EMBED } });
after(() => world.stop());

const UNKNOWN_ID = `k7q2m9xd3fht${'0'.repeat(26)}`;

/** The counts of requests and rows, without objects that were not asked. @param {Awaited<ReturnType<typeof world.counts>>} counts */
const brief = (counts) => {
  const all = Object.entries(counts).map(([name, { requests, rows, alarmsSet, alarmsDeleted }]) => ({ name, requests, writes: rows + alarmsSet + alarmsDeleted }));
  return Object.fromEntries(all.filter(({ requests, writes }) => requests + writes > 0).map(({ name, ...cost }) => [name, cost]));
};

/** @param {Awaited<ReturnType<typeof world.counts>>} counts */
const sum = (counts) => {
  const total = { requests: 0, alarms: 0, writes: 0 };
  for (const { requests, alarms, rows, alarmsSet, alarmsDeleted } of Object.values(counts)) {
    total.requests += requests;
    total.alarms += alarms;
    total.writes += rows + alarmsSet + alarmsDeleted;
  }
  return total;
};

/** What was begun before is told to everybody, and not counted. @param {typeof world} stack */
async function settle(stack) {
  for (let times = 0; times < 3; times += 1) await stack.later(5_000);
  await stack.counts();
  await stack.sandbox.clearCalls();
}

// Once in its life an isolate asks whether anything was generated.
assert.equal((await world.send('GET', `/api/shop/orders/${UNKNOWN_ID}`)).status, 404);

beforeEach(() => settle(world));

test('a request that is refused for its form, capability or origin asks no object', async () => {
  for (const answer of [
    await world.order({ body: {} }),
    await world.order({ key: undefined, headers: { 'idempotency-key': undefined } }),
    await world.order({ headers: { origin: 'https://evil.example' } }),
    await world.send('OPTIONS', '/api/shop/orders', { headers: { origin: 'https://evil.example' } }),
    await world.send('OPTIONS', '/api/shop/orders', { headers: { origin: EMBED } }),
    await world.send('GET', `/api/shop/orders/${UNKNOWN_ID}`),
    await world.send('POST', `/api/shop/orders/${UNKNOWN_ID}/retry`),
    await world.send('POST', `/api/shop/orders/${UNKNOWN_ID}/cancel`),
    await world.send('GET', `/api/shop/return?order=${UNKNOWN_ID}&id=${randomUUID()}&externalId=K7Q2M9XD3FHT-1`),
    await world.send('GET', `/api/shop/cards/${UNKNOWN_ID}`),
    await world.send('GET', '/api/operator/orders'),
    await world.send('POST', '/api/session', { body: { token: 'x' }, headers: { origin: 'https://evil.example' } }),
    await world.send('GET', '/healthz'),
    await world.send('GET', '/api/shop/catalog'),
    await world.send('GET', '/api/nothing'),
  ]) {
    assert.ok(answer.status < 500, answer.text);
  }
  assert.deepEqual(brief(await world.counts()), {});
  assert.deepEqual(await world.sandbox.calls(), []);
});

test('an order of an item that is not for sale only asks whether it was placed before, and writes nothing', async () => {
  const answer = await world.order({ body: { ...cart, items: [{ sku: 'no-such-thing', quantity: 1 }] } });
  assert.equal(answer.body.code, 'invalid-body');
  assert.deepEqual(brief(await world.counts()), { order: { requests: 1, writes: 0 } });
  assert.deepEqual(await world.sandbox.calls(), []);
});

test('an order that is refused by a limit at most asks whether others are closed or it was answered before, and writes nothing', () =>
  inWorld(
    async (few) => {
      const ip = newAddress();
      await few.buy({ ip });
      const order = await few.buy({ ip });
      await settle(few);
      for (const code of ['too-many-open-links', 'too-many-requests']) {
        if (code === 'too-many-requests') await until(code, async () => (await few.send('POST', `/api/shop/orders/${order.order}/retry`, { ip })).status === 429);
        await few.counts();
        const answer = await few.order({ ip });
        assert.equal(answer.body.code, code);
        const read = { requests: 1, writes: 0 };
        const asked = code === 'too-many-open-links' ? { order: read, desk: read } : {};
        assert.deepEqual(brief(await few.counts()), { ...asked, 'open-links': read });
        if (code === 'too-many-open-links') {
          assert.equal((await few.order({ ip })).body.code, code);
          assert.deepEqual(brief(await few.counts()), { order: read, 'open-links': read }, 'the index was asked just now');
        }
      }
      assert.deepEqual(await few.sandbox.calls(), []);
    },
    { movable: true, env: { LIMIT_OPEN_PER_ADDRESS: '2', LIMIT_CREATE_PER_MINUTE: '5' } },
  ));

test('a wrong token costs one request to an object, and beyond the limit nothing is written', async () => {
  const ip = newAddress();
  const guess = () => world.send('GET', '/api/operator/orders', { headers: { authorization: 'Bearer wrong-token-of-the-tests' }, ip });
  for (let times = 0; times < 10; times += 1) assert.equal((await guess()).status, 401);
  const counted = brief(await world.counts());
  assert.deepEqual(counted, { 'rate-limit': { requests: 10, writes: 10 } }, 'a row each but for the first, which is over within ten seconds, and one alarm');
  for (let times = 0; times < 10; times += 1) assert.equal((await guess()).status, 429);
  assert.deepEqual(brief(await world.counts()), { 'rate-limit': { requests: 10, writes: 0 } });
});

test('a charge that is refused by a limit asks one object and writes nothing', () =>
  inWorld(
    async (few) => {
      const charge = () =>
        few.send('POST', '/api/pos/payment-intents', { body: { amount: '10.00' }, headers: { ...cashier, 'idempotency-key': randomUUID() } });
      assert.equal((await charge()).status, 201);
      await settle(few);
      assert.equal((await charge()).status, 429);
      assert.deepEqual(brief(await few.counts()), { 'rate-limit': { requests: 1, writes: 0 } });
    },
    { movable: true, env: { LIMIT_CHARGE_PER_MINUTE: '1' } },
  ));

test('a till that follows a charge asks only once where it is kept', async () => {
  const headers = { ...cashier, 'idempotency-key': randomUUID() };
  const { body } = await world.send('POST', '/api/pos/payment-intents', { body: { amount: '10.00' }, headers });
  const path = `/api/pos/payment-intents/${body.intent}`;
  await settle(world);
  for (let times = 0; times < 10; times += 1) assert.equal((await world.send('GET', path, { headers: cashier })).status, 200);
  const { register, terminal } = await world.counts();
  assert.deepEqual([register.requests, terminal.requests], [1, 10]);
  const unknown = `/api/pos/payment-intents/${randomUUID()}`;
  for (let times = 0; times < 2; times += 1) assert.equal((await world.send('GET', unknown, { headers: cashier })).status, 404);
  assert.deepEqual(brief(await world.counts()), { register: { requests: 2, writes: 0 } }, 'what is not there may come');
});

test('returns and status requests cost one request to the order each, and write almost nothing', async () => {
  const order = await world.buy();
  await settle(world);
  const path = `/api/shop/return?order=${order.order}`;
  const [{ externalId }] = await world.paymentsOf(order.reference);
  for (let times = 0; times < 20; times += 1) {
    await world.send('GET', `${path}&id=${randomUUID()}&externalId=${externalId}`);
    await world.send('GET', path);
  }
  assert.deepEqual(brief(await world.counts()), { order: { requests: 40, writes: 0 } }, 'claims of what is not the order\'s');

  for (let times = 0; times < 50; times += 1) await world.send('GET', `${path}&id=${order.paymentId}&externalId=${externalId}`);
  await world.later(0);
  for (let times = 0; times < 50; times += 1) {
    await world.send('GET', `${path}&id=${order.paymentId}&externalId=${externalId}`);
    await world.view(order.order);
  }
  const { order: cost } = await world.counts();
  assert.equal(cost.requests, 150);
  assert.ok(cost.rows + cost.alarmsSet <= 120, JSON.stringify(cost));
  assert.ok((await world.sandbox.calls()).length <= 10, 'four returns, and looks that thin out');
});

test('publishing an order reads few rows of the index, however many orders there are', () => inWorld(async (own) => {
  for (let orders = 0; orders < 40; orders += 1) await own.buy();
  // Before the first scan of Compago's list, the index looks through the first hundred links for when they were opened.
  await own.later(11 * 60_000);
  await settle(own);
  await own.buy();
  await own.later(5_000);
  const { desk } = await own.counts();
  assert.ok(desk.requests > 0 && desk.mostRowsRead <= 20, JSON.stringify(desk));
}, { movable: true }));

test('an unpaid order has bounded costs, including the time after it expires', () => inWorld(async (own) => {
  await own.buy();
  await own.later(0);
  const made = await own.counts();
  assert.deepEqual(made['open-links'] && { requests: made['open-links'].requests, rows: made['open-links'].rows > 0 }, { requests: 1, rows: true });
  const total = sum(made);
  for (let minutes = 0; minutes < 90; minutes += 1) {
    await own.later(60_000);
    const { requests, alarms, writes } = sum(await own.counts());
    total.requests += requests;
    total.alarms += alarms;
    total.writes += writes;
  }
  const calls = await own.sandbox.calls();
  assert.ok(total.requests <= 25, JSON.stringify(total));
  assert.ok(total.alarms <= 35, JSON.stringify(total));
  assert.ok(total.writes <= 160, JSON.stringify(total));
  assert.ok(calls.length <= 25, String(calls.length));
}, { movable: true }));

test('delivering an order costs a webhook and what lists show of it, each read one row, and deleting personal data one alarm', () => inWorld(async (own) => {
  const order = await own.buy({ body: { ...cart, metadata: { table: '4' } } });
  await own.send('GET', await own.pay(order.paymentId));
  await own.untilEvent(order.reference, 'order.paid');
  await settle(own);
  const path = `/api/operator/orders/${order.reference}`;
  for (const [method, target, body, bounds] of [
    ['GET', path, undefined, { order: { requests: 1, writes: 1 } }],
    ['GET', path, undefined, { order: { requests: 1, writes: 0 } }],
    ['GET', `${path}/delivery`, undefined, { order: { requests: 1, writes: 1 } }],
    ['GET', '/api/operator/orders.csv', undefined, { order: { requests: 1, writes: 1 }, desk: { requests: 1, writes: 0 } }],
  ]) {
    assert.equal((await own.send(method, target, { headers: operator, body })).status, 200);
    assert.deepEqual(brief(await own.counts()), bounds, target);
  }
  const handOver = () => own.send('POST', `${path}/fulfilment`, { headers: operator, body: { status: 'handed-over', carrier: 'DHL' } });
  assert.equal((await handOver()).status, 200);
  await own.untilEvent(order.reference, 'order.fulfilled');
  for (let times = 0; times < 3; times += 1) await own.later(5_000);
  const { requests, alarms, writes } = sum(await own.counts());
  assert.ok(requests <= 5 && alarms <= 3 && writes <= 40, JSON.stringify({ requests, alarms, writes }));
  await handOver();
  assert.deepEqual(brief(await own.counts()), { order: { requests: 1, writes: 0 } }, 'the same again');
  await own.sandbox.clearCalls();
  await own.later(73 * 60 * 60_000);
  const { order: deletion } = await own.counts();
  assert.deepEqual([deletion.alarms, deletion.rows + deletion.alarmsSet], [1, 1]);
  assert.deepEqual(await own.sandbox.calls(), []);
}, { movable: true }));
