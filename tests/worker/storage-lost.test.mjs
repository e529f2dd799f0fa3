// An order that has lost its storage: the index keeps its entry and marks it, and reconciliation finds it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { inBooks, reconcile } from './support/books.mjs';
import { deskOf } from './support/desk.mjs';
import { until } from './support/until.mjs';
import { operator, withPayment } from './support/world.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./support/world.mjs').startWorld>>} World */

/** Deletes the storage of all orders. @param {World} world */
async function loseOrders(world) {
  await world.killWorker();
  const folder = path.join(world.objects, 'compago-edge-orders');
  for (const file of await readdir(folder)) {
    if (!file.startsWith('metadata')) await rm(path.join(folder, file));
  }
  await world.restartWorker();
}

/** The index says so, still counts the money, and a person is to look. @param {World} world @param {{ reference: string }} order */
async function assertLost(world, { reference }) {
  const desk = deskOf(world);
  const needed = await desk.untilNeeded('order', reference.replaceAll('-', ''));
  assert.deepEqual([needed.reason, needed.reference], ['storage-lost', reference]);
  const { items: [known] } = await desk.orders({ search: reference });
  assert.deepEqual([known.status, known.onHold], ['paid', 'storage-lost']);
  assert.equal((await desk.today()).paid.count, 1);
}

test('reconciliation finds that a paid order is gone', () =>
  inBooks(async (world, plant) => {
    const order = await plant.paid();
    assert.deepEqual((await reconcile(world)).findings, []);
    await loseOrders(world);
    const { findings } = await reconcile(world);
    assert.deepEqual(findings.map(({ class: name, reference, needsPerson }) => [name, reference, needsPerson]), [
      ['storage-lost', order.reference, true],
    ]);
    await assertLost(world, order);
    // It is found again as long as it is so.
    assert.equal((await reconcile(world)).findings.length, 1);
  }));

test('opening the order on the desk detects it', () =>
  inBooks(async (world, plant) => {
    const order = await plant.paid();
    await loseOrders(world);
    assert.equal((await world.send('GET', `/api/operator/orders/${order.reference}`, { headers: operator })).status, 404);
    await assertLost(world, order);
    assert.equal((await deskOf(world).done('order', order.reference.replaceAll('-', ''))).status, 204);
    assert.equal((await deskOf(world).attention()).count, 0);
  }));

test('rebuilding the index detects it', () =>
  inBooks(async (world, plant) => {
    const order = await plant.paid();
    await loseOrders(world);
    assert.equal((await world.send('POST', '/api/operator/index', { headers: operator })).status, 202);
    await assertLost(world, order);
  }));

test('an order that is created again under the same reference does not hide that it was paid', () =>
  inBooks(async (world) => {
    const key = randomUUID();
    const order = withPayment(await world.order({ key }));
    await world.send('GET', await world.pay(order.paymentId));
    await world.untilEvent(order.reference, 'order.paid');
    await deskOf(world).untilOrder(order.reference, 'paid');
    await loseOrders(world);
    // The payment with its external id exists, so that no other is made; what comes of the order is told to the desk.
    const again = await world.order({ key });
    assert.notEqual(again.status, 404, again.text);
    await assertLost(world, order);
    await until('the same event', () => world.events(order.reference, 'order.paid').length === 1);
  }));
