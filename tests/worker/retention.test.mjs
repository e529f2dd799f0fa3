// Personal data is kept from the payment until 72 hours after the hand-over, at most RETAIN_DAYS, and of an order that was not paid for
// 72 hours. After that it is in no row of any object, no answer, no event and no log.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deskOf } from './support/desk.mjs';
import { assertNobody, parcel, PERSONAL, shippingShop, shopOf } from './support/shipping.mjs';
import { records } from './support/table.mjs';
import { until } from './support/until.mjs';
import { inWorld, startWorld } from './support/world.mjs';

/** @typedef {Awaited<ReturnType<typeof startWorld>>} World */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A shop with shipping methods, and days. @param {(world: World) => Promise<void>} act @param {string} [days] what RETAIN_DAYS says */
async function inShop(act, days) {
  const own = await shippingShop();
  try {
    await inWorld(act, { movable: true, site: own.site, env: days === undefined ? {} : { RETAIN_DAYS: days } });
  } finally {
    await own.remove();
  }
}

/** The bindings of the objects that store anything of a person. @param {World} world */
async function whereStored(world) {
  const dumped = await world.dump();
  const known = dumped.filter((object) => {
    const text = JSON.stringify(object).toLowerCase();
    return Object.values(PERSONAL).some((marker) => text.includes(marker.toLowerCase()));
  });
  return known.map(({ binding }) => binding);
}

/** Nothing of a person is stored, answered, sent or logged any more. @param {World} world @param {{ order: string, reference: string }} order */
async function assertGone(world, { order, reference }) {
  const shop = shopOf(world);
  assert.deepEqual(await whereStored(world), []);
  const delivery = await shop.delivery(reference);
  assert.deepEqual([delivery.status, delivery.body.code], [410, 'personal-data-deleted']);
  const detail = await shop.ask('GET', `/${reference}`);
  assert.deepEqual([detail.body.customer, detail.body.payerKnown, detail.body.fulfilment?.note], [undefined, false, undefined]);
  assert.equal(detail.body.history.filter(({ what }) => what === 'personal-data-deleted').length, 1);
  const table = await shop.table(`?search=${reference}`);
  const [row] = records(table.text);
  assert.deepEqual([row.reference, row.customerName, row.recipient, row.addressLine, row.instructions], [reference, '', '', '', '']);
  const answers = [delivery, detail, table, await shop.ask('GET', ''), await world.send('GET', `/api/shop/orders/${order}`)];
  for (const { text } of answers) assertNobody(text, text.slice(0, 200));
  assertNobody(JSON.stringify(world.receiver.events()), 'an event');
  assertNobody(await world.workerLog(), 'the log');
  const { deliveries } = detail.body;
  assertNobody(JSON.stringify(deliveries), 'a delivery');
}

/** It can still be delivered. @param {World} world @param {{ reference: string }} order */
async function assertKept(world, { reference }) {
  const delivery = await shopOf(world).delivery(reference);
  assert.deepEqual([delivery.status, delivery.body.recipient], [200, PERSONAL.recipient], delivery.text);
  assert.deepEqual([...new Set(await whereStored(world))], ['ORDERS'], 'in orders alone');
}

describe('personal data', { concurrency: 2 }, () => {
  test('of an order that was handed over is deleted 72 hours later, and not before', () =>
    inShop(async (world) => {
      const shop = shopOf(world);
      const order = await shop.sell();
      await world.later(5 * DAY);
      await assertKept(world, order);
      await shop.fulfil(order.reference, { status: 'prepared', note: PERSONAL.note });
      const handedOver = await shop.fulfil(order.reference, { status: 'handed-over', carrier: 'Estafeta', note: PERSONAL.note });
      assert.equal(handedOver.body.fulfilment.note, PERSONAL.note);
      await world.untilEvent(order.reference, 'order.fulfilled');
      await shop.table();
      await world.later(72 * HOUR - MINUTE);
      await assertKept(world, order);
      await world.later(2 * MINUTE);
      await assertGone(world, order);
      // What was sold and what became of it stays, and can still be corrected.
      const { fulfilment, items, metadata } = await world.story(order.reference);
      assert.deepEqual([fulfilment.status, fulfilment.carrier, items.length, metadata], ['handed-over', 'Estafeta', 2, parcel.metadata]);
      assert.equal((await shop.fulfil(order.reference, { status: 'handed-over', carrier: 'DHL', note: PERSONAL.note })).body.fulfilment.carrier, 'DHL');
      await world.later(MINUTE);
      await assertGone(world, order);
      assert.deepEqual(await world.alarms(), []);
    }));

  test('of an order that nobody hands over is kept for RETAIN_DAYS, which also ends the 72 hours', () =>
    inShop(async (world) => {
      const shop = shopOf(world);
      const [waiting, late] = [await shop.sell(), await shop.sell()];
      await world.later(47 * HOUR);
      await shop.fulfil(late.reference, { status: 'handed-over' });
      await assertKept(world, waiting);
      await assertKept(world, late);
      await world.later(HOUR + MINUTE);
      await assertGone(world, waiting);
      await assertGone(world, late);
      const { items: [row] } = await deskOf(world).orders({ search: waiting.reference });
      assert.equal(row.fulfilment, 'pending', 'it is still to be delivered');
    }, '2'));

  test('of an order that was undone is kept as if it had not been handed over', () =>
    inShop(async (world) => {
      const shop = shopOf(world);
      const order = await shop.sell();
      await shop.fulfil(order.reference, { status: 'handed-over' });
      await world.later(70 * HOUR);
      await shop.fulfil(order.reference, { status: 'undone' });
      await world.later(5 * DAY);
      await assertKept(world, order);
      await world.later(23 * DAY);
      await assertGone(world, order);
    }));

  test('of an order that was not paid is deleted 72 hours after it was closed', () =>
    inShop(async (world) => {
      const order = await world.buy({ body: parcel });
      await world.later(2 * HOUR);
      await world.untilStatus(order.order, 'expired');
      await world.later(70 * HOUR);
      await assertKept(world, order);
      await world.later(4 * HOUR);
      await assertGone(world, order);
      const retry = await world.send('POST', `/api/shop/orders/${order.order}/retry`);
      assert.equal(retry.status, 409, retry.text);
    }));

  test('of an order on hold is kept for RETAIN_DAYS', () =>
    inShop(async (world) => {
      const order = await world.buy({ body: parcel });
      await world.sandbox.control('POST', `one-time-payments/${order.paymentId}/amend`, { amount: 1 });
      await world.later(MINUTE);
      await until('on hold', async () => (await world.view(order.order)).status === 'on-hold');
      await world.later(4 * DAY);
      await assertKept(world, order);
      await world.later(DAY + HOUR);
      await assertGone(world, order);
    }, '5'));
});
