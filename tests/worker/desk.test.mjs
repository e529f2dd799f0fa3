import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { ownPort, secrets } from '../support/stack.mjs';
import { cardsOf } from './support/cards.mjs';
import { deskOf } from './support/desk.mjs';
import { inTurn, startEndpoint } from './support/endpoint.mjs';
import { tillOf } from './support/till.mjs';
import { until } from './support/until.mjs';
import { cashier, inWorld, operator, startWorld } from './support/world.mjs';

const world = await startWorld();
after(() => world.stop());
const desk = deskOf(world);

describe('the index', { concurrency: 4 }, () => {
  test('contains an order as soon as it is created, and follows it to its end', async () => {
    const order = await world.buy();
    const open = await desk.untilOrder(order.reference, 'awaiting-payment');
    assert.deepEqual(
      [open.amount, open.currency, open.onHold, open.attempt, open.paidAt, open.expiresAt],
      [order.amount, 'MXN', null, 1, null, order.expiresAt],
    );
    await world.send('GET', await world.pay(order.paymentId));
    const paid = await desk.untilOrder(order.reference, 'paid');
    assert.ok(Date.parse(paid.paidAt) >= Date.parse(paid.createdAt));
  });

  test('finds an order by the beginning of its reference, external id or payment id, however it is typed', async () => {
    const order = await world.buy();
    const { externalId } = await desk.untilOrder(order.reference, 'awaiting-payment');
    for (const search of [
      order.reference,
      order.reference.toLowerCase().replaceAll('-', ''),
      order.reference.slice(0, 9),
      externalId,
      externalId.slice(0, -2),
      order.paymentId,
      order.paymentId.toUpperCase().slice(0, 13),
      `\u{FEFF} ${order.reference}\u{200B}\u{A0}`,
      order.reference.replaceAll('-', '\u{2011}'),
    ]) {
      const found = await desk.orders({ search });
      assert.deepEqual(found.items.map(({ reference }) => reference), [order.reference], search);
    }
    for (const search of ['nothing', '-', '%', "' OR 1=1 --", '~', 'ñ']) assert.equal((await desk.orders({ search })).count, 0, search);
  });

  test('filters by state and time, and counts what is on all pages', async () => {
    const orders = await Promise.all([world.buy(), world.buy(), world.buy()]);
    for (const { reference } of orders) await desk.untilOrder(reference, 'awaiting-payment');
    const first = await desk.orders({ status: 'awaiting-payment', pageSize: 2 });
    const second = await desk.orders({ status: 'awaiting-payment', pageSize: 2, page: 2 });
    for (const status of ['AWAITING_PAYMENT', 'Awaiting-Payment', ' awaiting-payment\u{200B}']) {
      const { items } = await desk.orders({ status, pageSize: 2 });
      assert.deepEqual(items.map((order) => order.status), ['awaiting-payment', 'awaiting-payment'], status);
    }
    assert.equal(first.items.length, 2);
    assert.ok(first.count >= 3);
    const times = [...first.items, ...second.items].map(({ createdAt }) => createdAt);
    assert.deepEqual(times, times.toSorted().reverse());
    const { createdAt } = first.items[0];
    assert.equal((await desk.orders({ to: '2026-01-01T00:00:00Z' })).count, 0);
    assert.ok((await desk.orders({ from: createdAt })).items.every((order) => order.createdAt >= createdAt));
  });

  test('every list is filtered case-insensitively', async () => {
    for (const path of [
      'orders?status=On_Hold', 'orders?status=%EF%BB%BFPAID', 'webhooks?state=PENDING', 'webhooks?state=Parked', 'webhooks?state=+delivered',
      'reconciliation/findings?class=CONFIRMED_NOT_PAID', 'one-time-payments?status=CONFIRMED', 'one-time-payments?status=Pending&currency=mxn',
      'reports/one-time-payments.csv?status=CANCELLED&format=ES-MX', 'payment-methods?status=ACTIVE',
    ]) {
      const { status } = await world.send('GET', `/api/operator/${path}`, { headers: operator });
      assert.equal(status, 200, path);
    }
  });

  for (const query of ['status=open', 'page=0', 'pageSize=501', 'from=yesterday', 'sort=amount', 'status=paid&status=paid', 'search=%zz']) {
    test(`refuses ${query}`, async () => {
      const answer = await world.send('GET', `/api/operator/orders?${query}`, { headers: operator });
      assert.deepEqual([answer.status, answer.body.code], [400, 'invalid-query']);
    });
  }
});

test('the desk needs the operator\'s token', async () => {
  const { reference } = await world.buy();
  for (const [method, path] of [
    ['GET', '/api/operator/orders'],
    ['GET', '/api/operator/attention'],
    ['POST', `/api/operator/attention/order/${reference}/done`],
    ['GET', '/api/operator/webhooks'],
    ['POST', '/api/operator/webhooks/evt_1/redeliver'],
    ['GET', '/api/operator/reports/figures?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z'],
    ['GET', '/api/operator/reconciliation'],
    ['POST', '/api/operator/reconciliation'],
    ['GET', '/api/operator/reconciliation/findings'],
    ['GET', '/api/operator/index'],
    ['POST', '/api/operator/index'],
  ]) {
    for (const [headers, status] of [[{}, 401], [cashier, 403]]) {
      assert.equal((await world.send(method, path, { headers })).status, status, `${method} ${path}`);
    }
  }
});

test('payments are counted by kind and by hour', async () => {
  const before = await desk.today();
  const order = await world.buy();
  await world.send('GET', await world.pay(order.paymentId));
  await desk.untilOrder(order.reference, 'paid');
  const figures = await desk.today();
  const centavos = (amount) => Number(amount.replace('.', ''));
  assert.equal(figures.paid.count, before.paid.count + 1);
  assert.equal(centavos(figures.paid.amount), centavos(before.paid.amount) + centavos(order.amount));
  const orders = figures.kinds.find(({ kind }) => kind === 'order');
  assert.deepEqual(orders, { kind: 'order', count: figures.paid.count, amount: figures.paid.amount });
  assert.equal(figures.bucketMinutes, 60);
  assert.equal(figures.buckets.length, 24);
  assert.equal(figures.buckets.reduce((sum, { count }) => sum + count, 0), figures.paid.count);
});

test('an order on hold and a dead-lettered webhook need a person, until they are marked as done', async () => {
  const port = await ownPort();
  const endpoint = await startEndpoint(inTurn(410, 204), { secret: secrets.WEBHOOK_SECRET, port });
  try {
    await inWorld(async (world) => {
      const desk = deskOf(world);
      // A link on an origin that is not allowed is shown to nobody.
      await world.sandbox.settings({ checkoutOrigin: 'https://evil.example' });
      const refused = await world.order();
      assert.equal(refused.body.code, 'payment-on-hold', refused.text);
      const held = await desk.untilNeeded('order', refused.body.reference.replaceAll('-', ''));
      assert.deepEqual([held.reason, held.reference], ['link-elsewhere', refused.body.reference]);

      const parked = await until('a parked webhook', async () => (await desk.attention()).items.find(({ kind }) => kind === 'webhook'));
      assert.deepEqual([parked.reason, parked.type, parked.reference], ['gone', 'order.on-hold', refused.body.reference]);
      assert.equal((await desk.webhooks({ state: 'parked' })).items[0].id, parked.key);

      const again = await world.send('POST', `/api/operator/webhooks/${parked.key}/redeliver`, { headers: operator });
      assert.deepEqual([again.status, again.body.id], [202, parked.key]);
      await until('delivered', async () => (await desk.webhooks({ state: 'delivered' })).count === 1);
      assert.deepEqual(endpoint.deliveries.map(({ id }) => id), [parked.key, parked.key]);
      assert.equal((await desk.attention()).items.some(({ kind }) => kind === 'webhook'), false);

      assert.equal((await desk.done('order', held.key)).status, 204);
      assert.equal((await desk.attention()).count, 0);
      assert.equal((await desk.done('order', '000000000000')).status, 404);
    }, { env: { WEBHOOK_URL: endpoint.url } });
  } finally {
    await endpoint.stop();
  }
});

test('charges at terminals and of saved cards are listed on the desk like orders', () =>
  inWorld(async (world) => {
    const [desk, till, cards] = [deskOf(world), tillOf(world), cardsOf(world)];
    const sale = await till.charged();
    await world.sandbox.control('POST', `payment-intents/${sale.intent}/tap`);
    await till.untilEvent(sale.externalId, 'payment-intent.paid');
    const card = await cards.active();
    const charge = await cards.charged(card.id);
    const figures = await until('both', async () => {
      const today = await desk.today();
      return today.paid.count === 2 && today;
    });
    assert.deepEqual(figures.kinds, [
      { kind: 'payment-intent', count: 1, amount: sale.amount },
      { kind: 'order', count: 0, amount: '0.00' },
      { kind: 'card-payment', count: 1, amount: charge.amount },
    ]);
    assert.deepEqual(figures.refunded, { count: 0, amount: '0.00' });
    await cards.refund(card.id, charge.payment);
    await until('the refund', async () => (await desk.today()).refunded.amount === charge.amount);

    // The summary that alone says that a card was charged is missing: nobody may guess.
    await world.sandbox.settings({ intentSummary: 'without-summary' });
    const doubtful = await till.charged({ terminalCode: 'TERM-01' });
    await world.sandbox.control('POST', `payment-intents/${doubtful.intent}/tap`);
    for (let minute = 0; minute < 13; minute += 1) await world.later(60_000);
    await till.untilEvent(doubtful.externalId, 'payment-intent.on-hold');
    const held = await until('a held charge', async () => (await desk.attention()).items.find(({ kind }) => kind === 'payment-intent'));
    assert.deepEqual(
      [held.reason, held.amount, held.terminalCode, held.paymentId],
      ['confirmed-without-success', doubtful.amount, 'TERM-01', doubtful.intent],
    );
  }, { movable: true }));

/** Has every object publish again. @param {import('./support/world.mjs').World} world */
async function rebuild(world) {
  assert.equal((await world.send('POST', '/api/operator/index', { headers: operator })).status, 202);
  await until('an end', async () => !(await deskOf(world).index()).rebuilding);
}

test('a lost index is rebuilt from the orders', () =>
  inWorld(async (world) => {
    const desk = deskOf(world);
    const [paid, open] = [await world.buy(), await world.buy()];
    await world.send('GET', await world.pay(paid.paymentId));
    await desk.untilOrder(paid.reference, 'paid');
    await desk.untilOrder(open.reference, 'awaiting-payment');
    // The directory of objects has them within an hour, or when it is read.
    await rebuild(world);
    await world.killWorker();
    const folder = path.join(world.objects, 'compago-edge-desk');
    assert.ok((await readdir(folder)).length > 0);
    await rm(folder, { recursive: true });
    await world.restartWorker();

    assert.equal((await desk.untilOrder(paid.reference, 'paid')).amount, paid.amount);
    await desk.untilOrder(open.reference, 'awaiting-payment');
    await until('the webhook', async () => (await desk.webhooks({ state: 'delivered' })).count === 1);
    await until('an end', async () => !(await desk.index()).rebuilding);

    const { entries } = await desk.index();
    assert.equal((await world.send('POST', '/api/operator/index', { headers: operator })).status, 202);
    await until('an end', async () => !(await desk.index()).rebuilding);
    assert.equal((await desk.index()).entries, entries);
  }));

test('the index receives what was published while it was down, also after a kill', () =>
  inWorld(async (world) => {
    const desk = deskOf(world);
    const orders = await Promise.all(Array.from({ length: 10 }, () => world.buy()));
    await Promise.all(orders.map(({ paymentId }) => world.pay(paymentId)));
    await world.restartWorker();
    for (const { order } of orders) await world.untilStatus(order, 'paid', { ms: 30_000 });
    for (const { reference } of orders) await desk.untilOrder(reference, 'paid');
  }));

test('an index that is down for half a day is retried at growing intervals, and is complete an hour after it is back', () =>
  inWorld(async (world) => {
    const desk = deskOf(world);
    const order = await world.buy();
    await desk.untilOrder(order.reference, 'awaiting-payment');
    await world.down('DESK');
    await world.send('GET', await world.pay(order.paymentId));
    await world.untilEvent(order.reference, 'order.paid');
    const inHours = async (/** @type {number} */ hours) => {
      for (let minutes = 0; minutes < hours * 60; minutes += 10) await world.later(10 * 60_000);
      return world.down('DESK');
    };
    // Each of what happened is told at once as well: that it was paid, and what became of the webhook.
    assert.ok((await inHours(2)) <= 20);
    const asked = await inHours(10);
    assert.ok(asked >= 8 && asked <= 11, `${asked} times in ten hours`);
    await world.down();
    for (let minutes = 0; minutes < 70; minutes += 10) await world.later(10 * 60_000);
    const { items: [known] } = await desk.orders({ search: order.reference });
    assert.equal(known.status, 'paid');
    assert.equal((await desk.webhooks({ state: 'delivered' })).count, 1);
  }, { movable: true }));

describe('a projection that the index cannot read delays no other, and needs a person', { concurrency: 3 }, () => {
  for (const [name, spoilt, field] of [
    ['without the time that every listing has', `json_remove(json, '$.createdAt')`, 'createdAt'],
    ['without what lists show', `json_set(json, '$.row', NULL)`, 'row'],
    ['with an attempt that has no end', `json_set(json, '$.attempts', json_array(json_object('paymentId', '1')))`, 'attempts'],
    ['that is no JSON', `'{"createdAt":'`, 'createdAt'],
  ]) {
    test(name, () =>
      inWorld(async (world) => {
        const desk = deskOf(world);
        const order = await world.buy();
        const key = order.reference.replaceAll('-', '');
        await world.send('GET', await world.pay(order.paymentId));
        await desk.untilOrder(order.reference, 'paid');
        const { id } = await until('the webhook', async () => (await desk.webhooks({ state: 'delivered' })).items[0]);
        // A rebuild has the webhook written down that was published with its order.
        await rebuild(world);
        /** What is owed again, in a batch. @param {string} change */
        const tellAgain = async (change) => {
          const owe = `UPDATE listing SET version = version + 1, next_at = '2026-01-01T00:00:00.000Z' WHERE id != ''`;
          await world.sql({ binding: 'ORDERS', name: key, sql: `${change}; ${owe}` });
          await world.restartWorker();
          await world.view(order.order);
        };
        await world.sql({ binding: 'DESK', name: 'desk', sql: 'DELETE FROM entry' });
        await tellAgain(`UPDATE listing SET json = ${spoilt} WHERE id LIKE 'webhook/%'`);

        const needed = await desk.untilNeeded('webhook', id);
        assert.deepEqual([needed.reason, needed.reference, needed.type], ['unreadable', null, null]);
        await desk.untilOrder(order.reference, 'paid');
        assert.equal((await desk.webhooks()).count, 0, 'no line that says nothing');
        assert.match(await world.workerLog(), new RegExp(`"event":"projection-unreadable","fields":{"projection":"webhook/${id} ${field}"}`));
        assert.equal((await desk.done('webhook', id)).status, 204);
        await tellAgain('SELECT 1');
        await desk.untilOrder(order.reference, 'paid');
        assert.equal((await desk.attention()).count, 0, 'seen to is seen to');

        assert.equal((await world.send('POST', '/api/operator/index', { headers: operator })).status, 202);
        await until('the webhook', async () => (await desk.webhooks({ state: 'delivered' })).items[0]?.id === id);
        assert.equal((await desk.attention()).count, 0);
      }, { movable: true }));
  }

  test('the last readable version is shown', () =>
    inWorld(async (world) => {
      const desk = deskOf(world);
      const order = await world.buy();
      const key = order.reference.replaceAll('-', '');
      await world.send('GET', await world.pay(order.paymentId));
      const delivered = await until('the webhook', async () => (await desk.webhooks({ state: 'delivered' })).items[0]);
      await rebuild(world);
      const spoil = `UPDATE listing SET json = '{}', version = version + 1, next_at = '2026-01-01T00:00:00.000Z' WHERE id LIKE 'webhook/%'`;
      await world.sql({ binding: 'ORDERS', name: key, sql: spoil });
      await world.restartWorker();
      await world.view(order.order);
      const needed = await desk.untilNeeded('webhook', delivered.id);
      assert.deepEqual([needed.reason, needed.reference, needed.type], ['unreadable', order.reference, 'order.paid']);
      assert.deepEqual((await desk.webhooks()).items, [delivered]);
    }, { movable: true }));
});
