import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { cart, invoice, payer } from './support/bodies.mjs';
import { heldAmong, until } from './support/until.mjs';
import { startWorld, withPayment } from './support/world.mjs';

const world = await startWorld();
after(() => world.stop());

const CREATE = 'one-time-payment.create';
const made = async () => (await world.callsTo('create')).length;

test('without a key, or with an invalid one, nothing is created', async () => {
  const before = await made();
  const missing = await world.order({ key: undefined, headers: { 'idempotency-key': undefined } });
  assert.equal(missing.status, 400);
  assert.equal(missing.body.code, 'idempotency-key-missing');
  for (const key of ['', ' ', '""', '"open', 'two words', 'a, b', 'ñ', 'k'.repeat(256)]) {
    const answer = await world.order({ key });
    assert.equal(answer.status, 400, JSON.stringify(key));
    assert.match(answer.body.code, /^idempotency-key-(malformed|missing)$/, JSON.stringify(key));
  }
  assert.equal(await made(), before);
});

test('the same key and body get the same answer, also after it was paid', async () => {
  const [key, before] = [randomUUID(), await made()];
  const first = await world.order({ key });
  const order = withPayment(first);
  const quoted = await world.order({ key: `"${key}"` });
  assert.deepEqual([quoted.status, quoted.text], [201, first.text], 'quoted, as the draft writes it');
  await world.send('GET', await world.pay(order.paymentId));
  await world.untilStatus(order.order, 'paid');
  const again = await world.order({ key });
  assert.deepEqual([again.status, again.text], [201, first.text]);
  assert.equal(await made(), before + 1);
});

test('the same key with another body is 422, however little differs', async () => {
  const [key, before] = [randomUUID(), await made()];
  const first = withPayment(await world.order({ key }));
  const other = [
    { ...cart, items: [{ sku: 'cafe-altos-340', quantity: 1 }] },
    { ...cart, ttlMinutes: 10 },
    { ...cart, billingInformation: { ...payer, email: 'eva@example.com' } },
  ];
  for (const body of other) {
    const answer = await world.order({ key, body });
    assert.equal(answer.status, 422, answer.text);
    assert.equal(answer.body.code, 'idempotency-key-reused');
  }
  assert.equal(await made(), before + 1);
  assert.equal((await world.view(first.order)).amount, '378.00');
});

test('a key of the shop and the same key of the operator are two orders', async () => {
  const key = randomUUID();
  const shop = withPayment(await world.order({ key }));
  const operator = withPayment(await world.invoiceOrder(invoice, { headers: { 'idempotency-key': key } }));
  assert.notEqual(shop.reference, operator.reference);
  assert.equal((await world.invoiceOrder({ ...invoice, amount: '1.00' }, { headers: { 'idempotency-key': key } })).status, 422);
});

test('twenty at once with one key: one payment, one answer', async () => {
  const [key, before] = [randomUUID(), await made()];
  await world.sandbox.fault(CREATE, { kind: 'hold' });
  const [created, others] = await heldAmong(20, () => world.order({ key }), () => world.sandbox.clearFaults());
  assert.equal(created?.status, 201);
  for (const { status, body } of others) assert.deepEqual([status, body.code], [409, 'request-in-flight']);
  assert.equal(await made(), before + 1);
  assert.equal((await world.order({ key })).text, created?.text);
});

test('a client that disconnects while the payment is created finds it by its key', async () => {
  const [key, before] = [randomUUID(), await made()];
  await world.sandbox.fault(CREATE, { kind: 'hold' });
  const gone = new AbortController();
  const lost = world.order({ key, signal: gone.signal });
  await until('the payment is made', async () => (await made()) > before);
  gone.abort();
  await assert.rejects(lost, { name: 'AbortError' });
  await world.sandbox.clearFaults();
  const order = await until('the link', async () => {
    const answer = await world.order({ key });
    return answer.status === 201 && withPayment(answer);
  });
  assert.equal(await made(), before + 1);
  const [payment] = await world.paymentsOf(order.reference);
  assert.equal(payment.id, order.paymentId);
  await world.send('GET', await world.pay(order.paymentId));
  await world.untilEvent(order.reference, 'order.paid');
});

test('a key whose body was refused may be used again', async () => {
  const key = randomUUID();
  assert.equal((await world.order({ key, body: { ...cart, items: [] } })).status, 400);
  withPayment(await world.order({ key }));
});
