// The list watcher: payments are found in Compago's list without the payer's browser, and without every order asking.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inFailingStack } from './support/failing.mjs';
import { until } from './support/until.mjs';
import { inWorld, operator } from './support/world.mjs';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** @typedef {Awaited<ReturnType<typeof import('./support/world.mjs').startWorld>>} World */
/** @typedef {Pick<World, 'sql' | 'later' | 'sandbox'>} Stack */

/** Links that can be paid for two days, so that nothing ends meanwhile. */
const long = { movable: true, shop: { linkMinutes: 2_880 }, env: { LIMIT_CREATE_PER_MINUTE: '100' } };

/** @param {Stack} stack @param {string} sql */
const ask = (stack, sql) => stack.sql({ binding: 'DESK', name: 'desk', sql });

/** The payments of the links that are registered. @param {Stack} stack @returns {Promise<string[]>} */
async function watched(stack) {
  // Before anything was published, the index has no table.
  const [table] = await ask(stack, "SELECT name FROM sqlite_master WHERE name = 'watch'");
  return table === undefined ? [] : (await ask(stack, 'SELECT payment_id AS id FROM watch ORDER BY id')).map(({ id }) => id);
}

/** @param {Stack} stack @param {string} id */
const untilWatched = (stack, id) => until(`${id} is registered`, async () => (await watched(stack)).includes(id));

/** @param {Stack} stack */
const listCalls = async (stack) => (await stack.sandbox.calls()).filter((call) => call.endpoint === 'one-time-payment.list');

/** What the list watcher has stored. @param {Stack} stack */
const stored = async (stack) => JSON.parse((await ask(stack, "SELECT json FROM record WHERE name = 'watch'"))[0].json);

/** Registers links as if orders had published them. @param {Stack} stack @param {{ count: number, end: string, from?: number }} links */
async function registerLinks(stack, { count, end, from = 0 }) {
  const ids = Array.from({ length: count }, (_, n) => `00000000-0000-4000-8000-${String(from + n).padStart(12, '0')}`);
  const values = ids.map((id, n) => `('${id}', 'order/${String(from + n).padStart(12, '0')}')`).join();
  const rows = `(WITH fresh (payment, owner) AS (VALUES ${values}) SELECT * FROM fresh)`;
  await ask(stack, `INSERT INTO watch SELECT payment, owner, started_at, ends_at, NULL FROM ${rows}, (SELECT * FROM watch LIMIT 1)`);
  await ask(stack, `INSERT INTO attempt SELECT payment, owner, 'x', '${end}' FROM ${rows}`);
}

/** Orders whose links are registered, and which have made the reads of a young link. @param {World} world @param {number} count */
async function openLinks(world, count) {
  const orders = [];
  for (let n = 0; n < count; n += 1) orders.push(await world.buy());
  for (const { paymentId } of orders) await untilWatched(world, paymentId);
  await world.later(11 * MINUTE);
  // What a young order learns by its own reads is not what these tests are about.
  await world.later(10 * MINUTE);
  await world.sandbox.clearCalls();
  return orders;
}

test('a link is registered with the projection of its order, and goes when the order is closed', () =>
  inWorld(async (world) => {
    const [paid, cancelled, open] = [await world.buy(), await world.buy(), await world.buy()];
    for (const { paymentId } of [paid, cancelled, open]) await untilWatched(world, paymentId);
    const rows = await ask(world, `SELECT * FROM watch WHERE payment_id = '${open.paymentId}'`);
    assert.equal(rows.length, 1);
    assert.equal(rows[0].id, `order/${open.reference.replaceAll('-', '')}`);
    assert.equal(Math.round((Date.parse(rows[0].ends_at) - Date.parse(rows[0].started_at)) / MINUTE), 2880);

    assert.equal((await world.send('POST', `/api/shop/orders/${cancelled.order}/cancel`)).status, 200);
    await until('the cancelled link is gone', async () => !(await watched(world)).includes(cancelled.paymentId));
    await world.send('GET', await world.pay(paid.paymentId));
    await world.untilStatus(paid.order, 'paid');
    // A paid link stays while others are open, until the list has shown it: it explains why the list has grown.
    await world.later(11 * MINUTE);
    await until('the open link alone is left', async () => JSON.stringify(await watched(world)) === JSON.stringify([open.paymentId]));

    await world.send('GET', await world.pay(open.paymentId));
    await world.untilStatus(open.order, 'paid');
    await until('no link is left', async () => (await watched(world)).length === 0);
    assert.deepEqual((await world.alarms()).filter(({ binding, at }) => binding === 'DESK' && at < Date.now() + 30 * MINUTE), []);
  }, long));

test('what is paid is found within fifteen minutes although nobody comes back', () =>
  inWorld(async (world) => {
    const [paid, open] = await openLinks(world, 2);
    await world.later(10 * MINUTE, () => world.sandbox.act(paid.paymentId, 'pay'));
    await world.untilStatus(paid.order, 'paid', { ms: 10_000 });
    await world.untilEvent(paid.reference, 'order.paid');
    assert.equal((await world.callsTo('get', paid.paymentId)).length, 1, 'the list alone proves nothing');
    assert.equal((await world.callsTo('get', open.paymentId)).length, 0);
  }, long));

test('while the list is as long as it was, one call looks for all links', () =>
  inWorld(async (world) => {
    const [paid] = await openLinks(world, 8);
    // What the index does every hour.
    await world.later(HOUR);
    await world.later(10 * MINUTE, () =>
      world.sandbox.control('POST', 'one-time-payments/seed', { count: 40, statuses: 'CONFIRMED', days: 30, externalIdPrefix: 'old-' }));
    await world.sandbox.clearCalls();
    await world.counts();
    for (let scan = 0; scan < 3; scan += 1) await world.later(10 * MINUTE);
    assert.deepEqual((await world.sandbox.calls()).map(({ endpoint }) => endpoint), Array(3).fill('one-time-payment.list'));
    const { desk } = await world.counts();
    assert.deepEqual([desk.alarms, desk.rows, desk.alarmsSet], [3, 3, 3], 'its record and its alarm');
    await world.later(10 * MINUTE, () => world.sandbox.act(paid.paymentId, 'pay'));
    await world.untilStatus(paid.order, 'paid');
  }, long));

test('the open link behind more than a hundred paid ones is looked for', () =>
  inWorld(async (world) => {
    const open = await world.buy();
    await untilWatched(world, open.paymentId);
    await registerLinks(world, { count: 120, end: 'paid' });
    await world.later(11 * MINUTE);
    await world.later(10 * MINUTE, () => world.sandbox.act(open.paymentId, 'pay'));
    await world.later(10 * MINUTE);
    await world.untilStatus(open.order, 'paid', { ms: 5_000 });
    await until('no link is left', async () => (await watched(world)).length === 0);
  }, long));

test('links of paid orders alone cause no calls, however many they are', () =>
  inWorld(async (world) => {
    const [open] = await openLinks(world, 1);
    await registerLinks(world, { count: 120, end: 'paid' });
    await world.send('GET', await world.pay(open.paymentId));
    await world.untilStatus(open.order, 'paid');
    await world.later(11 * MINUTE);
    assert.equal((await listCalls(world)).length, 0);
    assert.deepEqual(await watched(world), []);
    assert.deepEqual((await world.alarms()).filter(({ binding, at }) => binding === 'DESK' && at < Date.now() + 30 * MINUTE), []);
  }, long));

test('links that run out are settled by what the list watcher has read', () =>
  inWorld(async (world) => {
    const orders = [];
    for (let n = 0; n < 4; n += 1) orders.push(await world.buy());
    for (const { paymentId } of orders) await untilWatched(world, paymentId);
    await world.later(11 * MINUTE);
    await world.later(45 * MINUTE);
    await world.sandbox.clearCalls();
    // Their own reads come first.
    await world.later(7 * MINUTE);
    for (let minutes = 0; minutes < 12; minutes += 3) await world.later(3 * MINUTE);
    for (const { order, reference } of orders) {
      await world.untilStatus(order, 'expired', { ms: 5_000 });
      await world.untilEvent(reference, 'order.expired');
    }
    assert.ok((await listCalls(world)).length <= 8, `${(await listCalls(world)).length} calls`);
    await until('no link is left', async () => (await watched(world)).length === 0);
  }, { movable: true, shop: { linkMinutes: 60 } }));

test('while the list cannot be read, each order reads its own payment', () =>
  inWorld(async (world) => {
    const [paid, open] = await openLinks(world, 2);
    await world.sandbox.fault('one-time-payment.list', { kind: 'refuse', status: 500 }, 50);
    await world.later(10 * MINUTE, () => world.sandbox.act(paid.paymentId, 'pay'));
    assert.equal((await world.callsTo('get')).length, 0, 'one failure is tried again');
    await world.later(1 * MINUTE + 1_000);
    await world.untilStatus(paid.order, 'paid');
    await until('the other is read as well', async () => (await world.callsTo('get', open.paymentId)).length === 1);
    await world.later(4 * MINUTE);
    assert.equal((await world.callsTo('get', open.paymentId)).length, 1, 'not more often than every ten minutes');
    await world.sandbox.clearFaults();
  }, long));

test('all links are woken in portions of forty that follow one another at once', () =>
  inFailingStack(async (stack) => {
    const { id } = await stack.make();
    await untilWatched(stack, id);
    await stack.later(11 * MINUTE);
    await stack.later(10 * MINUTE);
    await registerLinks(stack, { count: 119, end: 'open' });
    await stack.sandbox.fault('one-time-payment.list', { kind: 'refuse', status: 500 }, 50);
    await stack.down('ORDERS');
    await stack.later(10 * MINUTE);
    assert.equal(await stack.down('ORDERS'), 0, 'one failure is tried again');
    await stack.counts();
    await stack.later(1 * MINUTE + 1_000);
    assert.equal(await stack.down(), 120);
    const { desk } = await stack.counts();
    assert.ok(desk.alarms <= 5, `${desk.alarms} alarms`);
  }, long));

test('what is under way ends with the last open link', () =>
  inWorld(async (world) => {
    const [last] = await openLinks(world, 1);
    await world.sandbox.fault('one-time-payment.list', { kind: 'delay', ms: 2_000 });
    await world.sandbox.fault('one-time-payment.list', { kind: 'refuse', status: 500 }, 50);
    const scan = world.later(10 * MINUTE);
    await until('the list is being read', async () => (await listCalls(world)).length === 1);
    assert.equal((await world.send('POST', `/api/shop/orders/${last.order}/cancel`)).status, 200);
    await until('the link is gone', async () => (await watched(world)).length === 0);
    await scan;
    assert.equal((await listCalls(world)).length, 1);
    assert.equal((await stored(world)).sweep, null);
    await world.sandbox.clearFaults();
  }, long));

test('a link that is registered late while the list is read is not settled by that', () =>
  inWorld(async (world) => {
    const [late, other] = [await world.buy(), await world.buy()];
    for (const { paymentId } of [late, other]) await untilWatched(world, paymentId);
    await world.later(11 * MINUTE);
    await ask(world, `DELETE FROM watch WHERE payment_id = '${late.paymentId}'`);
    await world.sandbox.clearCalls();
    // Both orders have read their payments by then, and wait for the list watcher.
    await world.sandbox.fault('one-time-payment.list', { kind: 'delay', ms: 3_000 }, 1);
    const scan = world.later(52 * MINUTE + 30_000);
    await until('the list is being read', async () => (await listCalls(world)).length > 0);
    const question = JSON.stringify({ locale: 'es-MX', message: { maintenance: 'publish-all' } });
    await world.ask({ binding: 'ORDERS', name: late.reference.replaceAll('-', ''), question });
    await untilWatched(world, late.paymentId);
    await scan;
    for (const { order } of [late, other]) assert.notEqual((await world.view(order)).status, 'expired');
    await world.later(10 * MINUTE);
    await world.untilStatus(other.order, 'expired', { ms: 5_000 });
  }, { movable: true, shop: { linkMinutes: 60 } }));

test('a payment that the list hides is found within a day', () =>
  inWorld(async (world) => {
    const [hidden] = await openLinks(world, 2);
    const body = { count: 0, items: [] };
    await world.sandbox.fault('one-time-payment.list', { kind: 'answer', status: 200, body }, 500);
    await world.later(10 * MINUTE, () => world.sandbox.act(hidden.paymentId, 'pay'));
    await world.later(10 * MINUTE);
    assert.equal((await world.callsTo('get')).length, 0);
    await world.later(24 * HOUR);
    await world.untilStatus(hidden.order, 'paid');
    await world.sandbox.clearFaults();
  }, long));

test('an item that cannot be read may be any payment: all links are woken, once', () =>
  inWorld(async (world) => {
    const [paid, open] = await openLinks(world, 2);
    await world.sandbox.act(paid.paymentId, 'pay');
    const url = `${world.variables.COMPAGO_BASE_URL}/one-time-payment?status=CONFIRMED&page=1&pageSize=500`;
    const list = await (await fetch(url, { headers: { 'x-api-key': 'sandbox-key' } })).json();
    const [{ amount, ...unreadable }] = list.items;
    await world.sandbox.fault('one-time-payment.list', { kind: 'answer', status: 200, body: { ...list, items: [unreadable] } }, 500);
    await world.later(10 * MINUTE);
    await world.untilStatus(paid.order, 'paid');
    await until('the other is read as well', async () => (await world.callsTo('get', open.paymentId)).length === 1);
    await world.later(11 * MINUTE);
    await world.later(11 * MINUTE);
    assert.equal((await world.callsTo('get', open.paymentId)).length, 1);
    await world.sandbox.clearFaults();
  }, long));

test('links that the index has lost are registered again', () =>
  inWorld(async (world) => {
    const [first, second] = await openLinks(world, 2);
    await ask(world, 'DELETE FROM watch');
    await ask(world, "DELETE FROM record WHERE name = 'watch'");
    await world.restartWorker();
    await world.later(1 * MINUTE);
    assert.deepEqual(await watched(world), []);
    // An order that is started anew publishes again what it published long ago.
    await world.later(2 * HOUR);
    await world.restartWorker();
    await world.view(first.order);
    await untilWatched(world, first.paymentId);
    assert.equal((await watched(world)).length, 1);
    // The directory knows all orders.
    assert.equal((await world.send('POST', '/api/operator/index', { headers: operator })).status, 202);
    await world.later(HOUR + MINUTE);
    await untilWatched(world, second.paymentId);

    // What was paid before they came back is in the list already.
    await world.sandbox.act(second.paymentId, 'pay');
    await world.later(11 * MINUTE);
    await world.untilStatus(second.order, 'paid');
  }, long));

test('a hit is sent until the order takes it, and goes with an order that is not there', () =>
  inFailingStack(async (stack) => {
    const { order, id } = await stack.make();
    await untilWatched(stack, id);
    await stack.later(11 * MINUTE);
    await stack.later(10 * MINUTE);
    const gone = '00000000-0000-4000-8000-000000000000';
    await ask(stack, `INSERT INTO watch SELECT '${gone}', 'order/000000000000', started_at, ends_at, '{"paymentId":"${gone}","externalId":"x","amount":"1.00","currency":"MXN","status":"CONFIRMED","readAt":"2026-01-01T00:00:00.000Z"}' FROM watch`);
    await ask(stack, `INSERT INTO attempt VALUES ('${gone}', 'order/000000000000', 'x', 'open')`);
    await ask(stack, `INSERT INTO entry SELECT 'order/000000000000', kind, home, version, created_at, settled_at, needs, since, done_at, row FROM entry WHERE kind = 'order'`);

    await stack.sandbox.act(id, 'pay');
    await stack.down('ORDERS');
    await stack.later(10 * MINUTE);
    const rows = await ask(stack, 'SELECT payment_id, hit FROM watch');
    assert.ok(rows.find(({ payment_id: payment }) => payment === id).hit.includes('CONFIRMED'));
    assert.ok((await stack.down()) > 0);
    await stack.later(1 * MINUTE + 1_000);
    await until('the order is paid', async () => (await stack.send('GET', `/api/shop/orders/${order}`)).body.status === 'paid');
    await until('no link is left', async () => (await watched(stack)).length === 0);
    const [{ needs }] = await ask(stack, "SELECT needs FROM entry WHERE id = 'order/000000000000'");
    assert.equal(needs, 'storage-lost', 'a person must look');
    assert.ok((await stack.workerLog()).includes('"event":"order-missing"'));
  }, long));

test('an index of another version refuses what is published, instead of taking half of it', () =>
  inFailingStack(async (stack) => {
    const { order } = await stack.make();
    assert.ok(order);
    const published = (/** @type {string} */ command) =>
      stack.ask({ binding: 'DESK', name: 'desk', question: JSON.stringify({ locale: 'es-MX', message: { [command]: { address: 'ORDERS/x', registered: true, listings: '[]' } } }) });
    assert.equal((await published('publish')).status, 204);
    assert.equal((await published('take')).status, 500);
  }, long));

test('a clock that was set back does not stop the list watcher', () =>
  inWorld(async (world) => {
    const [paid] = await openLinks(world, 2);
    await world.sandbox.act(paid.paymentId, 'pay');
    await ask(world, `UPDATE record SET json = json_set(json, '$.scannedAt', '2099-01-01T00:00:00.000Z') WHERE name = 'watch'`);
    await world.restartWorker();
    // Whoever asks the index wakes it.
    assert.equal((await world.send('GET', '/api/operator/orders', { headers: operator })).status, 200);
    await world.later(1_000);
    await world.untilEvent(paid.reference, 'order.paid');
  }, long));

test('a crash at any time repeats what was not stored', () =>
  inWorld(async (world) => {
    const orders = await openLinks(world, 3);
    for (const [n, { order, paymentId }] of orders.entries()) {
      await world.sandbox.act(paymentId, 'pay');
      // The probe, the first page, or what follows from it is under way when the power fails.
      await world.sandbox.fault('one-time-payment.list', { kind: 'delay', ms: 300 * n }, 2);
      await Promise.all([world.later(10 * MINUTE).catch(() => {}), new Promise((resolve) => setTimeout(resolve, 200)).then(() => world.killWorker())]);
      await world.restartWorker();
      await world.later(1 * MINUTE);
      await world.later(10 * MINUTE);
      await world.untilStatus(order, 'paid');
    }
  }, long));
