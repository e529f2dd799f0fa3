// What an object publishes reaches the index, whatever comes in between: a slow index, a crash, a lost index, records that cannot be read.
import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { secrets } from '../support/stack.mjs';
import { deskOf } from './support/desk.mjs';
import { startEndpoint } from './support/endpoint.mjs';
import { inFailingStack } from './support/failing.mjs';
import { tillOf } from './support/till.mjs';
import { until } from './support/until.mjs';
import { inWorld, operator } from './support/world.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./support/world.mjs').startWorld>>} World */

const DESK = { binding: 'DESK', name: 'desk' };
const HOUR = 60 * 60_000;

/** What the index knows, also while it answers late. @param {Pick<World, 'sql'>} world @param {string} kind */
const entriesOf = async (world, kind) =>
  (await world.sql({ ...DESK, sql: `SELECT row FROM entry WHERE kind = '${kind}'` })).map(({ row }) => JSON.parse(row));

/** Deletes the storage of the index. @param {World} world */
async function loseIndex(world) {
  await world.killWorker();
  const folder = path.join(world.objects, 'compago-edge-desk');
  for (const file of await readdir(folder)) {
    if (!file.startsWith('metadata')) await rm(path.join(folder, file));
  }
  await world.restartWorker();
}

test('what returns to what it was while another state is on its way is published as it is', () =>
  inWorld(async (world) => {
    const [desk, order] = [deskOf(world), await world.buy()];
    await world.send('GET', await world.pay(order.paymentId));
    await world.untilEvent(order.reference, 'order.paid');
    await desk.untilOrder(order.reference, 'paid');
    const fulfilment = async () => (await entriesOf(world, 'order'))[0].fulfilment;
    /** @param {string} status */
    const report = async (status) => {
      const answer = await world.send('POST', `/api/operator/orders/${order.reference}/fulfilment`, { body: { status }, headers: operator });
      assert.equal(answer.status, 200, answer.text);
    };
    const before = await fulfilment();
    await world.slow({ ...DESK, ms: 4_000 });
    await report('prepared');
    // The index is asked two seconds later.
    await sleep(3_500);
    await report('undone');
    assert.equal(await fulfilment(), before, 'that it is prepared is on its way');
    await until('prepared', async () => (await fulfilment()) === 'prepared');
    await world.slow({ ...DESK, ms: 0 });
    await until('as it was', async () => (await fulfilment()) === before);
  }, { movable: true }));

test('a webhook that is delivered while its charge is on its way to the index is published, also after a kill -9', async () => {
  let answer = () => {};
  const endpoint = await startEndpoint((_delivery, response) => {
    answer = () => response.writeHead(204).end();
  }, { secret: secrets.WEBHOOK_SECRET });
  try {
    await inWorld(async (world) => {
      const [desk, till] = [deskOf(world), tillOf(world)];
      const { intent } = await till.charged({ terminalCode: 'TERM-01' });
      await until('the charge', async () => (await desk.index()).entries === 1);
      await world.slow({ ...DESK, ms: 3_000 });
      await till.tap(intent);
      await until('the try', () => endpoint.deliveries.length === 1, { ms: 20_000 });
      await sleep(3_000);
      answer();
      await until('the charge is paid', async () => (await entriesOf(world, 'payment-intent'))[0].status === 'paid');
      assert.deepEqual(await entriesOf(world, 'webhook'), []);
      await world.restartWorker();
      assert.equal((await till.view(intent)).status, 'paid');
      await until('the delivery', async () => (await desk.webhooks({ state: 'delivered' })).count === 1);
      assert.equal(endpoint.deliveries.length, 1);
    }, { env: { WEBHOOK_URL: endpoint.url }, movable: true });
  } finally {
    await endpoint.stop();
  }
});

test('an index that loses its storage before it has registered what is new finds it later', () =>
  inWorld(async (world) => {
    const [desk, till] = [deskOf(world), tillOf(world)];
    const first = await till.charged({ terminalCode: 'TERM-01' });
    const order = await world.buy();
    await world.send('GET', await world.pay(order.paymentId));
    await world.untilEvent(order.reference, 'order.paid');
    await until('both', async () => (await desk.index()).entries === 3);
    await loseIndex(world);
    await until('an empty index', async () => !(await desk.index()).rebuilding);
    await world.later(3 * HOUR);
    const second = await till.charged({ terminalCode: 'TERM-01' });
    const body = { status: 'prepared' };
    assert.equal((await world.send('POST', `/api/operator/orders/${order.reference}/fulfilment`, { body, headers: operator })).status, 200);
    await until('the terminal and the order', async () => (await entriesOf(world, 'order')).length === 1 && (await entriesOf(world, 'payment-intent')).length > 0);
    await world.later(61 * 60_000);
    await until('the directory', async () => (await world.sql({ ...DESK, sql: 'SELECT number FROM home' })).length === 0);
    await loseIndex(world);
    await desk.index();
    const charges = await until('both charges', async () => {
      const found = (await entriesOf(world, 'payment-intent')).map(({ externalId }) => externalId).sort();
      return found.length === 2 && found;
    }, { ms: 30_000 });
    assert.deepEqual(charges, [first.externalId, second.externalId].sort());
    await desk.untilOrder(order.reference, 'paid');
  }, { movable: true }));

test('a webhook whose record cannot be read stops neither its order nor other webhooks', () =>
  inFailingStack(async (stack) => {
    const { order, id, reference } = await stack.make();
    stack.receiver.fail(503, 1);
    const { redirectTo } = await stack.sandbox.act(id, 'pay');
    await stack.send('GET', redirectTo.replace(stack.url, ''));
    await until('the first try', async () => (await deskOf(stack).webhooks({ state: 'pending' })).items.some(({ tries }) => tries === 1));
    const spoilt = "json_set(delivery, '$.schemaVersion', 99, '$.state.pending.nextAt', '2026-01-01T00:00:00.000Z')";
    await stack.sql({ binding: 'ORDERS', name: reference.replaceAll('-', ''), sql: `UPDATE outbox SET delivery = ${spoilt}` });
    await stack.restartWorker();
    const answer = await stack.send('GET', `/api/shop/orders/${order}`);
    assert.deepEqual([answer.status, answer.body.status], [200, 'paid'], answer.text);
    const body = { status: 'handed-over' };
    const reported = await stack.send('POST', `/api/operator/orders/${reference}/fulfilment`, { body, headers: operator });
    assert.equal(reported.status, 200, reported.text);
    await until('the other webhook', () => stack.receiver.events().some(({ type }) => type === 'order.fulfilled'));
    assert.match(await stack.workerLog(), /"event":"webhook-unreadable"/);
  }));

test('an error behind a transaction does not bring back the order as it was before', () =>
  inFailingStack(async (stack) => {
    const { order, id, reference } = await stack.make();
    await deskOf(stack).untilOrder(reference, 'awaiting-payment');
    const name = reference.replaceAll('-', '');
    // When the order is stored as paid, what was published of it cannot be read, until its webhook is delivered.
    const spoil = `CREATE TRIGGER spoil AFTER INSERT ON outbox BEGIN UPDATE listing SET next_at = x'00'; END`;
    const mend = `CREATE TRIGGER mend AFTER UPDATE ON outbox BEGIN UPDATE listing SET next_at = NULL; END`;
    await stack.sql({ binding: 'ORDERS', name, sql: `${spoil}; ${mend}` });
    const { redirectTo } = await stack.sandbox.act(id, 'pay');
    await stack.send('GET', redirectTo.replace(stack.url, ''));
    await until('its webhook', () => stack.receiver.events().length === 1, { ms: 20_000 });
    assert.match(await stack.workerLog(), /"event":"alarm-failed"/);
    const answer = await stack.send('GET', `/api/shop/orders/${order}`);
    assert.deepEqual([answer.status, answer.body.status], [200, 'paid'], answer.text);
    await deskOf(stack).untilOrder(reference, 'paid');
  }));

test('after the clock was set back, a webhook that was put back is published as it is', () =>
  inWorld(async (world) => {
    const [desk, order] = [deskOf(world), await world.buy()];
    await world.send('GET', await world.pay(order.paymentId));
    await world.untilEvent(order.reference, 'order.paid');
    const [before] = await until('the delivery', async () => {
      const { items } = await desk.webhooks({ state: 'delivered' });
      return items.length > 0 && items;
    });
    await world.later(-48 * HOUR);
    const again = await world.send('POST', `/api/operator/webhooks/${before.id}/redeliver`, { headers: operator });
    assert.equal(again.status, 202, again.text);
    await until('the second delivery', async () => {
      const [{ at }] = (await desk.webhooks({ state: 'delivered' })).items;
      return at < before.at;
    });
  }, { movable: true }));
