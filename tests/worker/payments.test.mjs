// The operator's view of Compago's one-time payments: the list, one payment with its order, and taking a link back.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { deskOf } from './support/desk.mjs';
import { codeOf, paymentsOf } from './support/payments.mjs';
import { until } from './support/until.mjs';
import { cashier, inWorld, operator, startWorld } from './support/world.mjs';

const world = await startWorld();
after(() => world.stop());
const payments = paymentsOf(world);
const desk = deskOf(world);
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

test('the list shows the payments of all programs, and their orders', () =>
  inWorld(async (world) => {
    const payments = paymentsOf(world);
    await payments.seed({ count: 3, statuses: { CONFIRMED: 1, PENDING: 1, CANCELLED: 1 }, days: 20, amount: 250 });
    const order = await world.buy();
    const page = await payments.list();
    assert.deepEqual([page.count, page.page, page.pageSize, page.unreadable, page.items.length], [4, 1, 100, 0, 4]);
    const [own, ...others] = page.items;
    assert.deepEqual(
      [own.id, own.status, own.expired, own.amount, own.currency, own.reference, own.expiresAt],
      [order.paymentId, 'pending', false, order.amount, 'MXN', order.reference, order.expiresAt],
    );
    assert.deepEqual(own.payer, { firstName: 'Ana', lastName: 'Ruiz', email: 'ana@example.com', phoneNumber: '+525512340000' });
    assert.deepEqual(others.map(({ status }) => status).sort(), ['cancelled', 'confirmed', 'pending']);
    for (const other of others) {
      assert.deepEqual([other.reference, other.amount, other.currency], [null, '250.00', 'MXN']);
      assert.equal(other.expired, other.status !== 'confirmed', 'their time has passed');
      assert.ok(other.createdAt <= other.updatedAt && other.description && other.externalId);
    }

    const ids = async (query) => (await payments.list(query)).items.map(({ id }) => id);
    const all = page.items.map(({ id }) => id);
    assert.deepEqual(await ids('?status=confirmed&currency=MXN'), [others.find(({ status }) => status === 'confirmed').id]);
    assert.deepEqual([...(await ids('?pageSize=3')), ...(await ids('?pageSize=3&page=2'))], all);
    for (const spelling of ['CONFIRMED', 'Confirmed', '%EF%BB%BFconfirmed+']) {
      assert.deepEqual(await ids(`?status=${spelling}&currency=mxn`), await ids('?status=confirmed'), spelling);
    }
    assert.deepEqual(await ids('?page=3'), []);
  }));

for (const query of ['status=unknown', 'currency=USD', 'page=0', 'pageSize=501', 'page=1&page=1', 'sort=amount', 'status=%zz']) {
  test(`the list refuses ${query}, without a call to Compago`, async () => {
    const before = (await world.callsTo('list')).length;
    assert.deepEqual(codeOf(await payments.ask('GET', `?${query}`)), [400, 'invalid-query']);
    assert.equal((await world.callsTo('list')).length, before);
  });
}

test('unreadable items of the list are counted, and the rest is shown', () =>
  inWorld(async (world) => {
    const item = { id: UNKNOWN_ID, status: 'REFUNDED', amount: 12.5, currency: 'MXN', externalId: 'x/ñ', description: 7, createdAt: 'today' };
    const body = { count: 3, page: 1, pageSize: 100, items: [item, { id: UNKNOWN_ID }, null] };
    await world.sandbox.fault('one-time-payment.list', { kind: 'answer', status: 200, body });
    const page = await paymentsOf(world).list();
    assert.deepEqual([page.count, page.unreadable], [3, 2]);
    const { status, amount, externalId, description, createdAt, payer } = page.items[0];
    assert.deepEqual([status, amount, externalId, description, createdAt, payer], ['unknown', '12.50', 'x/ñ', null, null, null]);
  }));

test('an unavailable list is a problem, not an empty list', () =>
  inWorld(async (world) => {
    const payments = paymentsOf(world);
    for (const [fault, expected] of [
      [{ kind: 'refuse', status: 500 }, [503, 'provider-unavailable']],
      [{ kind: 'lose-answer' }, [503, 'provider-unavailable']],
      [{ kind: 'refuse', status: 401 }, [502, 'provider-refused']],
      [{ kind: 'answer', status: 200, body: { count: 0 } }, [503, 'provider-unavailable']],
    ]) {
      await world.sandbox.fault('one-time-payment.list', fault);
      assert.deepEqual(codeOf(await payments.ask('GET')), expected, JSON.stringify(fault));
    }
  }));

describe('one payment', () => {
  test('of an order is shown with its timeline, and read by the order only', async () => {
    const order = await world.buy();
    await desk.untilOrder(order.reference, 'awaiting-payment');
    const seen = await payments.read(order.paymentId);
    const asOrder = await world.story(order.reference);
    // How long until it may be checked is less with each look.
    const alike = { order: null, checkAfterMs: null };
    assert.deepEqual({ ...seen.order, ...alike }, { ...asOrder, ...alike });
    const { externalId } = seen.order;
    assert.deepEqual(
      [seen.payment.status, seen.payment.amount, seen.payment.externalId, seen.payment.reference, seen.payment.expiresAt],
      ['pending', order.amount, externalId, order.reference, order.expiresAt],
    );

    await world.send('GET', await world.pay(order.paymentId));
    await world.untilStatus(order.order, 'paid');
    const paid = await payments.read(order.paymentId);
    assert.deepEqual([paid.payment.status, paid.payment.expired, paid.payment.amount], ['confirmed', false, null], 'Compago tells no more');
    assert.deepEqual([paid.payment.reference, paid.order.order.status], [order.reference, 'paid']);
    assert.deepEqual(codeOf(await payments.cancel(order.paymentId)), [409, 'order-paid']);
  });

  test('of another program is shown as Compago returns it, with at most one read in three seconds', async () => {
    const [pending] = await payments.seed({ count: 1, statuses: 'PENDING', days: 0, externalIdPrefix: 'open-', descriptions: ['Renta'], amount: 99.5 });
    const [over] = await payments.seed({ count: 1, statuses: 'PENDING', days: 9, externalIdPrefix: 'over-' });
    const [confirmed] = await payments.seed({ count: 1, statuses: 'CONFIRMED', days: 1, externalIdPrefix: 'paid-' });
    const seen = await Promise.all([pending, over, confirmed, pending].map(payments.read));
    assert.deepEqual(seen.map(({ order }) => order), [null, null, null, null]);
    const [{ payment }, ...rest] = seen;
    assert.deepEqual(
      [payment.id, payment.status, payment.amount, payment.externalId, payment.description, payment.reference],
      [pending, 'pending', '99.50', 'open-00001', 'Renta', null],
    );
    assert.deepEqual(rest.map(({ payment }) => [payment.status, payment.expired, payment.amount]), [
      ['pending', true, null], ['confirmed', false, null], ['pending', false, '99.50'],
    ]);
    // That they were read politely is looked at when the world stops.
    assert.equal((await world.callsTo('get', pending)).length, 2);
  });

  test('that does not exist is not found', async () => {
    for (const id of [UNKNOWN_ID, 'x', '..%2f']) {
      assert.deepEqual(codeOf(await payments.ask('GET', `/${id}`)), [404, 'not-found'], id);
      assert.deepEqual(codeOf(await payments.cancel(id)), [404, 'not-found'], id);
    }
  });
});

describe('cancelling a link', () => {
  test('of an order goes through the order, which notifies the merchant', async () => {
    const order = await world.buy();
    await desk.untilOrder(order.reference, 'awaiting-payment');
    const answer = await payments.cancel(order.paymentId);
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual([answer.body.payment.status, answer.body.order.order.status], ['cancelled', 'cancelled']);
    assert.equal(answer.body.payment.amount, order.amount);
    await world.untilEvent(order.reference, 'order.cancelled');
    assert.deepEqual(codeOf(await payments.cancel(order.paymentId)), [409, 'not-cancellable']);
    assert.equal((await world.callsTo('cancel', order.paymentId)).length, 1);
  });

  test('of a payment with an order\'s external id that is not bound to it does not change the order', async () => {
    const order = await world.buy();
    const { redirectUrl } = (await world.sandbox.payments()).find(({ id }) => id === order.paymentId);
    const [stray] = await payments.seed({ count: 1, statuses: 'PENDING', days: 0, externalIdPrefix: 'stray-', redirectUrl });
    const seen = await payments.read(stray);
    assert.deepEqual([seen.payment.reference, seen.order.order.reference], [order.reference, order.reference]);
    assert.equal((await payments.cancel(stray)).status, 200);
    assert.equal((await world.callsTo('cancel', order.paymentId)).length, 0);
    assert.equal((await world.view(order.order)).status, 'awaiting-payment');
  });

  test('of another program goes to Compago', async () => {
    const [id] = await payments.seed({ count: 1, statuses: 'PENDING', days: 0, externalIdPrefix: 'back-' });
    const answer = await payments.cancel(id);
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual([answer.body.payment.status, answer.body.payment.externalId, answer.body.order], ['cancelled', 'back-00001', null]);
    assert.deepEqual(codeOf(await payments.cancel(id)), [409, 'not-cancellable']);
    assert.equal((await world.callsTo('cancel', id)).length, 1);
  });

  test('of a paid or expired payment is refused', async () => {
    for (const [statuses, days] of [['CONFIRMED', 0], ['PENDING', 9], ['CANCELLED', 0]]) {
      const [id] = await payments.seed({ count: 1, statuses, days, externalIdPrefix: `late-${statuses}-` });
      assert.deepEqual(codeOf(await payments.cancel(id)), [409, 'not-cancellable'], statuses);
      assert.equal((await world.callsTo('cancel', id)).length, 0, 'Compago had told already');
    }
  });

  test('returns the result if the answer was lost or the payer was faster', async () => {
    const [lost, paid, stuck] = await payments.seed({ count: 3, statuses: 'PENDING', days: 0, externalIdPrefix: 'race-' });
    await world.sandbox.fault('one-time-payment.cancel', { kind: 'lose-answer' });
    const answer = await payments.cancel(lost);
    assert.deepEqual([answer.status, answer.body.payment?.status], [200, 'cancelled'], answer.text);

    await world.sandbox.fault('one-time-payment.cancel', { kind: 'refuse', status: 400 });
    const late = payments.cancel(paid);
    await until('the call to cancel', async () => (await world.callsTo('cancel', paid)).length === 1);
    await world.sandbox.act(paid, 'pay');
    assert.deepEqual(codeOf(await late), [409, 'not-cancellable']);

    await world.sandbox.fault('one-time-payment.cancel', { kind: 'refuse', status: 500 });
    assert.deepEqual(codeOf(await payments.cancel(stuck)), [503, 'provider-unavailable'], 'it can still be paid');
  });
});

test('all of it needs the operator\'s token', async () => {
  const [id] = await payments.seed({ count: 1, statuses: 'PENDING', days: 0, externalIdPrefix: 'shut-' });
  for (const [method, path] of [
    ['GET', '/api/operator/one-time-payments'],
    ['GET', `/api/operator/one-time-payments/${id}`],
    ['POST', `/api/operator/one-time-payments/${id}/cancel`],
    ['GET', '/api/operator/reports/summary'],
    ['GET', '/api/operator/reports/one-time-payments.csv'],
  ]) {
    for (const [headers, expected] of [[{}, [401, 'unauthenticated']], [cashier, [403, 'forbidden']]]) {
      assert.deepEqual(codeOf(await world.send(method, path, { headers })), expected, `${method} ${path}`);
    }
    const other = method === 'GET' ? 'POST' : 'GET';
    assert.deepEqual(codeOf(await world.send(other, path, { headers: operator })), [405, 'method-not-allowed'], `${other} ${path}`);
  }
  assert.equal((await world.callsTo('get', id)).length, 0);
  assert.equal((await world.callsTo('cancel', id)).length, 0);
});
