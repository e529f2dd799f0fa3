import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ownPort, startStack } from '../support/stack.mjs';

/** @type {Awaited<ReturnType<typeof startStack>>} */
let stack;
/** @type {number} */
let port;

before(async () => {
  port = await ownPort();
  const config = fileURLToPath(new URL('support/probe.capnp', import.meta.url));
  stack = await startStack({ config, sockets: [`probe=127.0.0.1:${port}`] });
});

afterEach(() => stack.sandbox.clearFaults());
after(() => stack.stop());

/** The external ids of our payments by their ids. @type {Map<string, string>} */
const externalIds = new Map();

/**
 * @param {string} paymentId
 * @param {string} [object]
 * @param {object} [bound] what the asking order is bound to, where it is not what the payment was made with
 * @returns {Promise<'absent' | 'confirmed' | 'different' | null>} what the list is said to show of the payment
 */
async function glance(paymentId, object = 'list', bound = {}) {
  const externalId = externalIds.get(paymentId) ?? 'other';
  const body = JSON.stringify({ paymentId, externalId, amount: '20.00', currency: 'MXN', ...bound });
  const response = await fetch(`http://127.0.0.1:${port}/${object}`, { method: 'POST', body });
  return (await response.json()).shown;
}

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

test('one look at the list answers for all open payments, whoever asks and however many', async () => {
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

test('a payment that the list shows with other facts than the order is bound to is told as such', async () => {
  const id = await payment(20);
  await stack.sandbox.act(id, 'pay');
  const object = 'list-with-facts';
  assert.equal(await glance(id, object), 'confirmed');
  for (const bound of [{ amount: '20.01' }, { externalId: 'other' }]) assert.equal(await glance(id, object, bound), 'different');
  await stack.sandbox.control('POST', `one-time-payments/${id}/amend`, { currency: 'USD' });
  assert.equal(await glance(id, 'list-of-another-currency'), 'different');
});

test('a list that cannot be read tells nothing, and is not asked again by each who comes', async () => {
  await stack.sandbox.clearCalls();
  await stack.sandbox.fault('one-time-payment.list', { kind: 'refuse', status: 500 }, 9);
  const id = '00000000-0000-4000-8000-000000000000';
  const answers = await Promise.all([1, 2, 3, 4].map(() => glance(id, 'list-that-fails')));
  assert.deepEqual(answers, [null, null, null, null]);
  assert.equal((await stack.sandbox.calls()).length, 1);
});

test('what cannot be read in the list may be any payment that was not found there', async () => {
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
