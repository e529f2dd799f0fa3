import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { startStack } from '../support/stack.mjs';

/** @type {Awaited<ReturnType<typeof startStack>>} */
let stack;

before(async () => {
  stack = await startStack({ movable: true });
});

afterEach(() => stack.sandbox.clearFaults());
after(() => stack.stop());

/** The external ids of our payments by their ids. @type {Map<string, string>} */
const externalIds = new Map();

/**
 * @param {string} paymentId
 * @param {string} [name]
 * @param {object} [bound] what the asking order is bound to, where it is not what the payment was made with
 * @returns {Promise<'absent' | 'confirmed' | 'different' | null>} what the list is said to show of the payment
 */
async function glance(paymentId, name = 'list', bound = {}) {
  const externalId = externalIds.get(paymentId) ?? 'other';
  const question = JSON.stringify({ paymentId, externalId, amount: '20.00', currency: 'MXN', ...bound });
  const response = await stack.ask({ binding: 'LIST_WATCH', name, question });
  return (await response.json()).shown;
}

/** @param {string} name @param {string} sql */
const changeStored = (name, sql) => stack.sql({ binding: 'LIST_WATCH', name, sql });

/** @param {number} n @returns {Promise<string>} the id of a new payment that belongs to no order of ours */
async function payment(n) {
  const response = await fetch(`${stack.variables.COMPAGO_BASE_URL}/one-time-payment`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'sandbox-key' },
    body: JSON.stringify({
      amount: 20,
      currency: 'MXN',
      description: 'Otro programa',
      externalId: `other-${n}`,
      redirectUrl: 'https://other.example/vuelta',
      homepageUrl: 'https://other.example/',
      billingInformation: {
        email: 'ana@example.com',
        firstName: 'Ana',
        lastName: 'Ruiz',
        phoneNumber: '+525512340000',
        address: { addressLine: 'Calle 5 10', city: 'Puebla', state: 'PUE', zip: '72000' },
      },
    }),
  });
  const id = new URL((await response.json()).redirectUrl).pathname.split('/').at(-1) ?? '';
  externalIds.set(id, `other-${n}`);
  return id;
}

test('one read of the list serves all open payments', async () => {
  const ids = [];
  for (let n = 0; n < 5; n += 1) ids.push(await payment(n));
  await stack.sandbox.act(ids[0], 'pay');
  await stack.sandbox.act(ids[1], 'cancel');
  await stack.sandbox.clearCalls();
  const answers = await Promise.all([...ids, ...ids].map((id) => glance(id)));
  const once = ['confirmed', 'absent', 'absent', 'absent', 'absent'];
  assert.deepEqual(answers, [...once, ...once]);

  const calls = await stack.sandbox.calls();
  assert.ok(calls.length <= 3, `the count and the list, read once for all: ${JSON.stringify(calls)}`);
  assert.ok(calls.every((call) => call.endpoint === 'one-time-payment.list'));
});

test('a payment whose facts in the list differ from the binding is reported as different', async () => {
  const id = await payment(50);
  await stack.sandbox.act(id, 'pay');
  const name = 'list-with-facts';
  assert.equal(await glance(id, name), 'confirmed');
  await stack.restartWorker();
  assert.equal(await glance(id, name), 'confirmed');
  for (const bound of [{ amount: '20.01' }, { externalId: 'other' }]) assert.equal(await glance(id, name, bound), 'different');
  await stack.sandbox.control('POST', `one-time-payments/${id}/amend`, { currency: 'USD' });
  assert.equal(await glance(id, 'list-of-another-currency'), 'different');
});

test('the list survives a restart: it is read again only after it has changed', async () => {
  const [paid, open] = [await payment(20), await payment(21)];
  await stack.sandbox.act(paid, 'pay');
  assert.deepEqual([await glance(paid, 'list-kept'), await glance(open, 'list-kept')], ['confirmed', 'absent']);
  await stack.sandbox.clearCalls();
  for (let n = 0; n < 3; n += 1) {
    await stack.restartWorker();
    assert.deepEqual([await glance(paid, 'list-kept'), await glance(open, 'list-kept')], ['confirmed', 'absent']);
  }
  assert.deepEqual(await stack.sandbox.calls(), [], 'a look that is fresh answers');

  // Four minutes later its count is asked for, and the list is not read, since it is the same.
  await stack.later(5 * 60_000);
  assert.deepEqual([await glance(paid, 'list-kept'), await glance(open, 'list-kept')], ['confirmed', 'absent']);
  assert.equal((await stack.sandbox.calls()).length, 1);

  await stack.sandbox.act(open, 'pay');
  await stack.later(5 * 60_000);
  assert.deepEqual([await glance(paid, 'list-kept'), await glance(open, 'list-kept')], ['confirmed', 'confirmed']);
});

test('a read in the future, because the clock was set back, is not fresh', async () => {
  const id = await payment(30);
  assert.equal(await glance(id, 'list-ahead'), 'absent');
  await stack.sandbox.act(id, 'pay');
  await changeStored('list-ahead', `UPDATE look SET json = json_set(json, '$.at', '2099-01-01T00:00:00.000Z')`);
  assert.equal(await glance(id, 'list-ahead'), 'confirmed');
});

test('only payments that an open order may ask for are stored', async () => {
  const old = { count: 40, statuses: 'CONFIRMED', days: 30, externalIdPrefix: 'old-' };
  await stack.sandbox.control('POST', 'one-time-payments/seed', old);
  const recent = await payment(40);
  await stack.sandbox.act(recent, 'pay');
  assert.equal(await glance(recent, 'list-old'), 'confirmed');
  const [{ kept }] = await changeStored('list-old', 'SELECT count(*) AS kept FROM confirmed');
  const [{ oldest }] = await changeStored('list-old', 'SELECT min(kept_until) AS oldest FROM confirmed');
  assert.ok(kept < 40, `${kept} payments`);
  assert.ok(Date.parse(oldest) > Date.now());
});

test('an unreadable list gives no result, and is not read again for each request', async () => {
  await stack.sandbox.clearCalls();
  await stack.sandbox.fault('one-time-payment.list', { kind: 'refuse', status: 500 }, 9);
  const id = '00000000-0000-4000-8000-000000000000';
  const answers = await Promise.all([1, 2, 3, 4].map(() => glance(id, 'list-that-fails')));
  assert.deepEqual(answers, [null, null, null, null]);
  assert.equal((await stack.sandbox.calls()).length, 1);
});

test('unreadable items of the list may be any payment that was not found', async () => {
  const [paid, open] = [await payment(10), await payment(11)];
  await stack.sandbox.act(paid, 'pay');
  const list = await confirmedPayments();
  const { amount, ...unreadable } = list.items.find(({ id }) => id === paid);
  const body = { ...list, count: list.count + 1, items: [...list.items, unreadable] };
  await stack.sandbox.fault('one-time-payment.list', { kind: 'answer', status: 200, body }, 2);
  await stack.sandbox.clearCalls();
  assert.deepEqual([await glance(open, 'list-in-part'), await glance(paid, 'list-in-part')], [null, 'confirmed']);
  assert.equal((await stack.sandbox.calls()).length, 2, 'the count and the list: a look that told something is not repeated');
});

/** The list of confirmed payments as the sandbox answers it. */
async function confirmedPayments() {
  const url = `${stack.variables.COMPAGO_BASE_URL}/one-time-payment?status=CONFIRMED&page=1&pageSize=500`;
  return (await fetch(url, { headers: { 'x-api-key': 'sandbox-key' } })).json();
}
