// A shop without an endpoint for webhooks: what waits keeps no alarm, is sent once there is an endpoint, and is given up after a month.
import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { deskOf } from './support/desk.mjs';
import { tillOf } from './support/till.mjs';
import { until } from './support/until.mjs';
import { inWorld } from './support/world.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./support/world.mjs').startWorld>>} World */

const DAY_MS = 24 * 60 * 60_000;
const options = { env: { WEBHOOK_URL: '' }, movable: true };

/** An order that is paid, and of which the desk has heard. @param {World} world */
async function paid(world) {
  const order = await world.buy();
  await world.send('GET', await world.pay(order.paymentId));
  await world.untilStatus(order.order, 'paid');
  await deskOf(world).untilOrder(order.reference, 'paid');
  return order;
}

/** @param {World} world @param {number} count */
const waiting = (world, count) =>
  until('what waits on the desk', async () => (await deskOf(world).webhooks({ state: 'pending' })).count === count);

/** The objects that limit visitors, and the index with new objects for the directory, whose alarm goes off an hour later at most. */
const hourly = ['RATE_LIMITS', 'OPEN_LINKS', 'DESK'];

/** @param {World} world @param {string[]} bindings @returns {Promise<{ binding: string, at: number }[]>} the alarms of other objects */
const setBesides = async (world, bindings) => (await world.alarms()).filter(({ binding }) => !bindings.includes(binding));

/**
 * Nobody else keeps an alarm but these orders, whose only alarm deletes the payer's data after thirty days.
 *
 * @param {World} world @param {{ order: string }[]} [orders]
 */
async function atRest(world, orders = []) {
  const views = await Promise.all(orders.map(({ order }) => world.view(order)));
  const deleted = views.map(({ paidAt }) => ['ORDERS', Date.parse(paidAt) + 30 * DAY_MS]);
  await until('rest', async () => {
    const set = await setBesides(world, hourly);
    const seen = set.map(({ binding, at }) => [binding, at]).sort();
    return JSON.stringify(seen) === JSON.stringify(deleted.sort());
  }, { ms: 10_000 });
}

test('a paid order has one alarm, which deletes the payer\'s data', () =>
  inWorld(async (world) => {
    const order = await paid(world);
    await waiting(world, 1);
    await atRest(world, [order]);
    await world.later(29 * DAY_MS);
    await atRest(world, [order]);
    assert.equal((await world.story(order.reference)).payerKnown, true);
    await world.later(1.5 * DAY_MS);
    await atRest(world);
    assert.equal((await world.story(order.reference)).payerKnown, false);
    // The runtime may fire one all the same: then nothing is written, and no other is set.
    await world.counts();
    await world.ring();
    const { alarms, rows, alarmsSet, alarmsDeleted } = (await world.counts()).order;
    assert.ok(alarms > 0);
    assert.deepEqual({ rows, alarmsSet, alarmsDeleted }, { rows: 0, alarmsSet: 0, alarmsDeleted: 0 });
  }, options));

test('an expired order has one alarm, which deletes the payer\'s data', () =>
  inWorld(async (world) => {
    const order = await world.buy();
    await world.later(3 * DAY_MS);
    await world.untilStatus(order.order, 'expired');
    await until('one alarm', async () => (await setBesides(world, hourly)).length === 1);
    await world.later(4 * DAY_MS);
    await atRest(world);
    assert.equal((await world.story(order.reference)).payerKnown, false);
  }, options));

test('waiting webhooks are sent within an hour after an endpoint is set, also across kill -9', () =>
  inWorld(async (world) => {
    const orders = [];
    for (let n = 0; n < 3; n += 1) orders.push(await paid(world));
    const till = tillOf(world);
    const sale = await till.charged();
    await till.tap(sale.intent);
    await till.untilStatus(sale.intent, 'paid');
    await waiting(world, 4);
    await world.hour();
    await atRest(world, orders);
    assert.equal(world.receiver.events().length, 0);

    world.variables.WEBHOOK_URL = world.receiver.webhookUrl;
    await world.restartWorker();
    await world.later(11 * 60_000);
    await world.hour();
    await world.restartWorker();
    await world.hour();
    for (const { reference } of orders) await world.untilEvent(reference, 'order.paid');
    await till.untilEvent(sale.externalId, 'payment-intent.paid');
    await until('all delivered', async () => (await deskOf(world).webhooks({ state: 'delivered' })).count === 4);
  }, options));

test('without a cron, waiting webhooks are sent once another order is created', () =>
  inWorld(async (world) => {
    const order = await paid(world);
    await waiting(world, 1);
    // Within an hour the directory of objects has it.
    await world.later(61 * 60_000);
    await until('a directory', async () => !(await world.alarms()).some(({ binding }) => binding === 'DESK'));
    await world.killWorker();
    world.variables.WEBHOOK_URL = world.receiver.webhookUrl;
    await world.restartWorker();
    await world.later(11 * 60_000);
    await world.buy();
    await world.untilEvent(order.reference, 'order.paid');
  }, options));

test('an index that was lost meanwhile knows the waiting webhooks after it is rebuilt', () =>
  inWorld(async (world) => {
    const order = await paid(world);
    await waiting(world, 1);
    // Within an hour the directory of objects has it.
    await world.later(61 * 60_000);
    await until('a directory', async () => !(await world.alarms()).some(({ binding }) => binding === 'DESK'));
    await world.killWorker();
    await rm(path.join(world.objects, 'compago-edge-desk'), { recursive: true });
    assert.ok((await readdir(world.objects)).includes('compago-edge-orders'));
    world.variables.WEBHOOK_URL = world.receiver.webhookUrl;
    await world.restartWorker();
    await world.later(11 * 60_000);
    const desk = deskOf(world);
    await until('an index', async () => !(await desk.index()).rebuilding);
    await desk.untilOrder(order.reference, 'paid');
    await world.hour();
    await world.untilEvent(order.reference, 'order.paid');
  }, options));

test('a webhook that has waited for a month is given up, and needs a person', () =>
  inWorld(async (world) => {
    const order = await paid(world);
    await waiting(world, 1);
    await world.later(29 * DAY_MS);
    await world.hour();
    await atRest(world, [order]);
    await waiting(world, 1);
    await world.later(1.5 * DAY_MS);
    await world.hour();
    const parked = await until('what is given up', async () => (await deskOf(world).attention()).items[0]);
    assert.deepEqual([parked.kind, parked.reason, parked.reference], ['webhook', 'expired', order.reference]);
    await atRest(world);
    assert.equal(world.receiver.events().length, 0);
  }, options));
