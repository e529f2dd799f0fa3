// Storage written by this and earlier versions: the Worker starts with it, gives the same answers, and continues.
// tests/worker/stored/write.mjs writes that of a new version.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { readSnapshot } from '../support/stored.mjs';
import { answersOf, knownBefore } from './stored/answers.mjs';
import { reconcile } from './support/books.mjs';
import { cardsOf } from './support/cards.mjs';
import { deskOf } from './support/desk.mjs';
import { tillOf } from './support/till.mjs';
import { until } from './support/until.mjs';
import { inWorld, operator } from './support/world.mjs';

/** Removes what a newer version has added to the records of an order. */
const OLDER = `
  UPDATE record SET json = json_remove(json, '$.schemaVersion', '$.current.agreement', '$.current.recheckAt', '$.current.looks.answered',
    '$.current.looks.operatorChecks', '$.current.looks.operatorPageReads') WHERE name = 'order';
  UPDATE record SET json = json_remove(json, '$.schemaVersion', '$.counted') WHERE name = 'placed';
  UPDATE outbox SET delivery = json_remove(delivery, '$.schemaVersion', '$.lastFailure');
`;

const versions = readdirSync(new URL('stored/', import.meta.url)).filter((name) => /^v\d+$/.test(name));
assert.ok(versions.length > 0);

for (const version of versions) {
  const folder = new URL(`stored/${version}/`, import.meta.url);
  const { things, answers } = JSON.parse(await readFile(new URL('expected.json', folder), 'utf8'));
  const stored = await readSnapshot(new URL('snapshot.json.gz', folder));
  /** @param {(world: Awaited<ReturnType<typeof import('./support/world.mjs').startWorld>>) => Promise<void>} act */
  const over = (act) => () => inWorld(async (world) => {
    const seen = await answersOf(world, things);
    await world.thaw();
    // What all objects at once have called for at the start arrives late on a busy machine: the distance between calls is checked
    // of those after it.
    await world.sandbox.clearCalls();
    assert.deepEqual(knownBefore(seen, answers), answers);
    await act(world);
  }, { stored });
  /** Pays at the hosted checkout, and comes back. @param {any} world @param {string} id */
  const payAndReturn = async (world, id) => {
    const { pathname, search } = new URL((await world.sandbox.act(id, 'pay')).redirectTo);
    assert.equal((await world.send('GET', pathname + search)).status, 303);
  };

  test(`${version}: every answer is unchanged, and the index can be rebuilt`, over(async (world) => {
    assert.equal((await world.send('POST', '/api/operator/index', { headers: operator })).status, 202);
    await until('the index', async () => (await deskOf(world).index()).rebuilding === false);
    const { attention } = await answersOf(world, things);
    assert.deepEqual(knownBefore(attention, answers.attention), answers.attention);
  }));

  // The shapes of worker/STORAGE.md that are read in older text. What is stored since version 2 has more than fields that can be left out.
  if (['v0', 'v1'].includes(version)) test(`${version}: older shapes are read`, over(async (world) => {
    for (const { reference } of [things.open, things.waiting]) {
      const name = reference.replaceAll('-', '');
      await world.sql({ binding: 'ORDERS', name, sql: OLDER });
    }
    await world.restartWorker();
    const after = await answersOf(world, things);
    for (const name of ['order open', 'order waiting', 'orders', 'attention']) assert.deepEqual(knownBefore(after[name], answers[name]), answers[name], name);
    await payAndReturn(world, things.open.paymentId);
    for (const { reference, paymentId } of [things.open, things.waiting]) {
      await world.later(6 * 60_000);
      const id = `evt_${reference.replaceAll('-', '').toLowerCase()}_order-paid_1`;
      const event = await until(id, () => world.receiver.events().find((event) => event.id === id));
      assert.equal(event.data.paymentId, paymentId);
    }
    const [placed] = await world.sql({ binding: 'ORDERS', name: things.open.reference.replaceAll('-', ''), sql: 'SELECT json FROM record WHERE name = \'placed\'' });
    assert.equal('counted' in JSON.parse(placed.json), false, 'nothing is rewritten in place');
  }));

  test(`${version}: orders and charges at terminals continue`, over(async (world) => {
    const till = tillOf(world);
    const same = await world.order({ key: things.key });
    assert.equal(same.body.order, things.open.order, same.text);
    for (const order of [things.open, things.retried]) await payAndReturn(world, order.paymentId);
    for (const order of [things.open, things.retried]) {
      await world.untilStatus(order.order, 'paid');
      assert.equal((await world.untilEvent(order.reference, 'order.paid')).data.paymentId, order.paymentId);
    }
    const made = await world.order({ key: things.makingKey });
    assert.equal(made.status, 201, made.text);
    await till.tap(things.running.intent);
    await till.untilStatus(things.running.intent, 'paid');
    await till.untilEvent(things.running.externalId, 'payment-intent.paid');
    await till.cancel(things.taken.intent);
    await till.untilStatus(things.taken.intent, 'cancelled');
    await till.untilEvent(things.taken.externalId, 'payment-intent.closed');
    assert.equal((await world.view(things.held.order)).status, 'on-hold');
    for (const order of [things.open, things.retried]) assert.equal(world.events(order.reference, 'order.paid').length, 1);
  }));

  test(`${version}: saved cards, waiting webhooks and the desk continue`, over(async (world) => {
    const [cards, desk] = [cardsOf(world), deskOf(world)];
    const before = (await desk.webhooks({ state: 'pending' })).items;
    const given = await cards.refund(things.card.id, things.charge.payment);
    assert.equal(given.body.status, 'refunded', given.text);
    await cards.untilEvent(things.card.id, 'payment.refunded');
    await cards.act(things.form.id, 'save');
    await cards.untilStatus(things.form.id, 'active');
    const parked = `evt_${things.parked.reference.replaceAll('-', '').toLowerCase()}_order-paid_1`;
    const again = await world.send('POST', `/api/operator/webhooks/${parked}/redeliver`, { headers: operator });
    assert.ok(again.status < 300, again.text);
    await until('the webhook that was put back', () => world.receiver.events().some(({ id }) => id === parked));
    await world.later(10 * 60_000);
    assert.ok(before.length > 0);
    for (const { id } of before) await until(`webhook ${id}`, () => world.receiver.events().some((event) => event.id === id));
    const [paid] = world.events(things.waiting.reference, 'order.paid');
    assert.equal(paid.data.paymentId, things.waiting.paymentId);
    const run = await reconcile(world);
    assert.ok(run.orders >= 9, JSON.stringify(run));
  }));
}
