// The first poll of a link that no one watches is due a minute after it was opened. The Worker's clock is real here, so
// these tests take that minute; they share it.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { startWorld } from './support/world.mjs';

const FIRST_ALARM_MS = 60_000;
const LATEST_MS = FIRST_ALARM_MS + 20_000;

const world = await startWorld();
const crashing = await startWorld();
after(() => Promise.all([world.stop(), crashing.stop()]));

describe('the payer does not return', { concurrency: true }, () => {
  test('the browser is closed right after paying: order.paid by the alarm alone', async () => {
    const order = await world.buy();
    await world.pay(order.paymentId);
    const event = await world.untilEvent(order.reference, 'order.paid', { ms: LATEST_MS });
    assert.equal(event.data.paymentId, order.paymentId);
    assert.equal((await world.callsTo('get', order.paymentId)).length, 2, 'the proof and one look');
    assert.equal((await world.view(order.order)).status, 'paid');
  });

  test('no payment either: one poll in that minute, and the link remains payable', async () => {
    const order = await world.buy();
    const opened = Date.now();
    const looks = async () => (await world.callsTo('get', order.paymentId)).length;
    await new Promise((resolve) => setTimeout(resolve, FIRST_ALARM_MS - 5_000));
    assert.equal(await looks(), 1, 'only the proof');
    while ((await looks()) < 2) {
      assert.ok(Date.now() - opened < LATEST_MS, 'the alarm did not ring');
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    assert.equal((await world.view(order.order)).status, 'awaiting-payment');
    assert.deepEqual(world.events(order.reference), []);
    await world.send('GET', await world.pay(order.paymentId));
    await world.untilEvent(order.reference, 'order.paid');
  });

  test('cancelled from the dashboard: noticed as well', async () => {
    const order = await world.buy();
    await world.sandbox.act(order.paymentId, 'cancel');
    const event = await world.untilEvent(order.reference, 'order.cancelled', { ms: LATEST_MS });
    assert.equal(event.data.paymentId, order.paymentId);
    assert.equal((await world.view(order.order)).status, 'cancelled');
  });

  test('kill -9 after paying, and no further requests: the alarm survives the process', async () => {
    const order = await crashing.buy();
    await crashing.pay(order.paymentId);
    await crashing.restartWorker();
    const event = await crashing.untilEvent(order.reference, 'order.paid', { ms: LATEST_MS });
    assert.equal(event.data.paymentId, order.paymentId);
    assert.equal(event.tries, 1);
  });
});
