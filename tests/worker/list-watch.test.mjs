import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
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

after(() => stack.stop());

/** @param {string} id @returns {Promise<boolean | null>} whether the list is said to hold a confirmed payment */
async function glance(id) {
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: id });
  return (await response.json()).confirmed;
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
  return new URL((await response.json()).redirectUrl).pathname.split('/').at(-1);
}

test('one look at the list answers for all open payments, whoever asks and however many', async () => {
  await stack.sandbox.fault('one-time-payment.list', { kind: 'refuse', status: 500 });
  assert.equal(await glance('00000000-0000-4000-8000-000000000000'), null, 'a list that cannot be read tells nothing');

  const ids = [];
  for (let n = 0; n < 5; n += 1) ids.push(await payment(n));
  await stack.sandbox.act(ids[0], 'pay');
  await stack.sandbox.act(ids[1], 'cancel');
  await stack.sandbox.clearCalls();
  const answers = await Promise.all([...ids, ...ids].map(glance));
  assert.deepEqual(answers, [true, false, false, false, false, true, false, false, false, false]);

  const calls = await stack.sandbox.calls();
  assert.ok(calls.length <= 3, `the count and the list, read once for all: ${JSON.stringify(calls)}`);
  assert.ok(calls.every((call) => call.endpoint === 'one-time-payment.list'));
});
