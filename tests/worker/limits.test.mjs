import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { newAddress } from './support/client.mjs';
import { throughout, until } from './support/until.mjs';
import { startWorld } from './support/world.mjs';

const world = await startWorld();
after(() => world.stop());

const CREATES = 20;
const RETURNS = 40;

test('one client makes twenty orders, then waits; another client is not held up', async () => {
  const ip = newAddress();
  const answers = await Promise.all(Array.from({ length: CREATES + 10 }, () => world.order({ ip })));
  const refused = answers.filter(({ status }) => status === 429);
  assert.equal(answers.filter(({ status }) => status === 201).length, CREATES);
  assert.equal(refused.length, 10);
  const seconds = Number(refused[0].headers['retry-after']);
  assert.ok(seconds >= 1 && seconds <= 60, `${seconds} s`);
  assert.equal((await world.sandbox.payments()).length, CREATES);

  await world.buy({ ip: newAddress() });
  const [first] = answers.filter(({ status }) => status === 201);
  const path = `/api/shop/orders/${first.body.order}`;
  assert.equal((await world.send('POST', `${path}/retry`, { ip })).status, 429, 'another attempt is a payment as well');
  assert.equal((await world.send('GET', path, { ip })).status, 200, 'looking is free');
  assert.equal((await world.send('POST', `${path}/cancel`, { ip })).status, 200, 'so is cancelling');
  await until('the client may order again', async () => (await world.order({ ip })).status === 201, { ms: (seconds + 3) * 1_000, every: 500 });
});

test('what cannot become an order costs nothing', async () => {
  const ip = newAddress();
  for (let times = 0; times < CREATES + 5; times += 1) assert.equal((await world.order({ ip, body: {} })).status, 400);
  await world.buy({ ip });
});

test('a client that comes back too often is sent on all the same, and causes nothing more', async () => {
  const order = await world.buy();
  const ip = newAddress();
  await throughout(3_100, () => {});
  const reads = (await world.callsTo('get', order.paymentId)).length;
  const back = await world.pay(order.paymentId);
  const idle = `/api/shop/return?order=${order.order}`;
  const used = await Promise.all(Array.from({ length: RETURNS + 10 }, () => world.send('GET', idle, { ip })));
  const refused = await world.send('GET', back, { ip });
  for (const { status, headers } of [...used, refused]) {
    assert.equal(status, 303);
    assert.equal(headers.location, `/return.html?order=${order.order}`);
  }
  assert.equal((await world.view(order.order)).status, 'awaiting-payment', 'the return was not told to the order');
  await world.send('GET', back);
  await world.untilEvent(order.reference, 'order.paid');
  assert.ok((await world.callsTo('get', order.paymentId)).length - reads <= 2);
});

test('tokens are tried five times a minute', async () => {
  const ip = newAddress();
  const attempt = (token, address = ip) =>
    world.send('POST', '/api/session', { body: { token }, headers: { origin: world.url }, ip: address });
  for (let times = 0; times < 5; times += 1) assert.equal((await attempt(`wrong-token-number-${times}`)).status, 401);
  const answer = await attempt(secrets.OPERATOR_TOKEN);
  assert.equal(answer.status, 429, 'also with the right one');
  assert.ok(Number(answer.headers['retry-after']) <= 60);
  assert.equal((await attempt(secrets.OPERATOR_TOKEN, newAddress())).status, 200);
});

test('the addresses of clients are not logged', async () => {
  assert.doesNotMatch(await world.workerLog(), /\b10\.\d+\.\d+\.\d+\b/);
});
