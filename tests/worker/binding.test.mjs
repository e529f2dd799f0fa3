import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { throughout, until } from './support/until.mjs';
import { startWorld } from './support/world.mjs';

const world = await startWorld();
after(() => world.stop());

const externalIdOf = (order) => `${order.reference.replaceAll('-', '')}-1`;
const returnTo = (order, id, externalId) => `/api/shop/return?order=${order.order}&id=${id}&externalId=${externalId}`;

/** Makes all returns and lets some time pass: no call was made to Compago, and nothing became paid. */
async function assertIgnored(paths, orders, { location } = {}) {
  const calls = (await world.sandbox.calls()).length;
  for (const path of paths) {
    const answer = await world.send('GET', path);
    assert.equal(answer.status, 303, path);
    assert.match(answer.headers.location, location ?? /^\/return\.html(\?order=[0-9a-z]{38})?$/, path);
  }
  await throughout(3_600, async () => {
    for (const order of orders) assert.deepEqual(world.events(order.reference), []);
  });
  assert.equal((await world.sandbox.calls()).length, calls, 'calls to Compago');
  for (const order of orders) assert.equal((await world.view(order.order)).status, 'awaiting-payment');
}

test('swapped, replayed, forged, repeated and malformed returns cause no call and no payment', async () => {
  const [cheap, dear, other] = [await world.buy(), await world.buy({ body: dearCart() }), await world.buy()];
  // A payment of the same merchant that was genuinely paid, for less.
  await world.send('GET', await world.pay(cheap.paymentId));
  await world.untilStatus(cheap.order, 'paid');

  const own = `id=${dear.paymentId}&externalId=${externalIdOf(dear)}`;
  const paid = `id=${cheap.paymentId}&externalId=${externalIdOf(cheap)}`;
  await assertIgnored([
    returnTo(dear, cheap.paymentId, externalIdOf(cheap)),
    returnTo(dear, cheap.paymentId, externalIdOf(dear)),
    returnTo(dear, dear.paymentId, externalIdOf(cheap)),
    returnTo(dear, other.paymentId, externalIdOf(other)),
    returnTo(other, dear.paymentId, externalIdOf(dear)),
    returnTo(dear, randomUUID(), externalIdOf(dear)),
    returnTo(dear, randomUUID(), randomUUID()),
    `/api/shop/return?order=${dear.order}`,
    `/api/shop/return?order=${dear.order}&id=${dear.paymentId}`,
    `/api/shop/return?order=${dear.order}&externalId=${externalIdOf(dear)}`,
    `/api/shop/return?order=${dear.order}&${own}&${paid}`,
    `/api/shop/return?order=${dear.order}&${own}&${own}`,
    `/api/shop/return?order=${dear.order}&order=${cheap.order}&${own}`,
    `/api/shop/return?order=${dear.order}&%6Frder=${dear.order}&${own}&${own}`,
    `/api/shop/return?order=${dear.order}?${own}?${paid}`,
    `/api/shop/return?order=${dear.order}&amp;${own}&amp;${paid}`,
    `/api/shop/return?${own}`,
    '/api/shop/return',
    returnTo(dear, `../one-time-payment/${cheap.paymentId}`, externalIdOf(dear)),
    returnTo(dear, `${cheap.paymentId}%2F..%2F${dear.paymentId}`, externalIdOf(dear)),
    returnTo(dear, `${dear.paymentId}%00`, externalIdOf(dear)),
    returnTo(dear, `${dear.paymentId}/cancel`, externalIdOf(dear)),
    returnTo(dear, dear.paymentId, `${externalIdOf(dear)}%0d%0aSet-Cookie:x=1`),
    returnTo(dear, dear.paymentId, externalIdOf(dear).toLowerCase()),
    `${returnTo(dear, dear.paymentId, externalIdOf(dear))}&status=CONFIRMED${'&x=1'.repeat(600)}`,
  ], [dear, other]);
});

test('the genuine pair of an unpaid payment causes one read and no payment', async () => {
  const order = await world.buy();
  for (let times = 0; times < 10; times += 1) await world.send('GET', returnTo(order, order.paymentId, externalIdOf(order)));
  assert.equal((await world.view(order.order)).status, 'verifying');
  await throughout(4_000, () => assert.deepEqual(world.events(order.reference), []));
  const reads = (await world.callsTo('get', order.paymentId)).length;
  assert.equal(reads, 2, 'the proof, and one for all the returns');
  assert.equal((await world.view(order.order)).status, 'verifying');
});

test('an unknown order and a forged capability get the same 404', async () => {
  const order = await world.buy();
  const calls = (await world.sandbox.calls()).length;
  const flip = (at) => order.order.slice(0, at) + (order.order[at] === '0' ? '1' : '0') + order.order.slice(at + 1);
  const reference = order.reference.replaceAll('-', '').toLowerCase();
  const forged = [
    flip(0), flip(11), flip(12), flip(37), order.order.slice(0, 37), `${order.order}0`, reference, order.reference,
    '0'.repeat(38), `${reference}${'0'.repeat(26)}`, order.paymentId, 'x', '%00', '%2e%2e', '..%2f..', `%6${order.order}`,
  ];
  /** Others than the order itself in a path, but found in a return URL. */
  const respelled = [order.order.toUpperCase(), `${order.order}%20`, `${order.order}%2f`];
  const answers = new Set();
  for (const capability of [...forged, ...respelled]) {
    for (const [method, suffix] of [['GET', ''], ['POST', '/retry'], ['POST', '/cancel']]) {
      const answer = await world.send(method, `/api/shop/orders/${capability}${suffix}`);
      assert.equal(answer.status, 404, `${method} ${capability}${suffix}`);
      answers.add(answer.text);
    }
  }
  for (const capability of forged) {
    const back = await world.send('GET', `/api/shop/return?order=${capability}&id=${order.paymentId}&externalId=${externalIdOf(order)}`);
    assert.equal(back.headers.location, '/return.html', capability);
  }
  for (const capability of respelled) {
    const back = await world.send('GET', `/api/shop/return?order=${capability}`);
    assert.equal(back.headers.location, `/return.html?order=${order.order}`, capability);
  }
  assert.equal(answers.size, 1, [...answers].join('\n'));
  assert.equal((await world.sandbox.calls()).length, calls, 'calls to Compago');
  assert.equal((await world.view(order.order)).status, 'awaiting-payment');
});

test('a paid payment with another amount, currency, id or home page is not ours', async () => {
  const changes = [
    { amount: 1 },
    { currency: 'USD' },
    { id: randomUUID() },
    { externalId: 'OTHER-1' },
    { homepageUrl: 'https://elsewhere.example/' },
  ];
  const orders = await Promise.all(changes.map(() => world.buy()));
  const payments = await world.sandbox.payments();
  // A fault meets the next read, whose ever it is: let all be allowed to read at once, then go one by one.
  await throughout(3_200, () => {});
  for (const [at, change] of changes.entries()) {
    const [order, name] = [orders[at], JSON.stringify(change)];
    const { id, amount, currency, externalId, homepageUrl } = payments.find((payment) => payment.id === order.paymentId);
    const body = { id, status: 'CONFIRMED', amount, currency, externalId, homepageUrl, expired: false, ...change };
    // The list contradicts the first such answer, and is believed; the second one is for a person.
    await world.sandbox.fault('one-time-payment.get', { kind: 'answer', status: 200, body }, 2);
    await world.send('GET', returnTo(order, order.paymentId, externalIdOf(order)));
    await until(`${name} is on hold`, async () => (await world.view(order.order)).status === 'on-hold');
    assert.equal((await world.untilEvent(order.reference, 'order.on-hold')).data.reason, 'mismatch', name);
    assert.equal((await world.view(order.order)).status, 'on-hold', name);
    assert.deepEqual(world.events(order.reference, 'order.paid'), [], name);
  }
});

function dearCart() {
  return {
    items: [{ sku: 'camino-telar', quantity: 9 }],
    billingInformation: {
      email: 'eva@example.com', firstName: 'Eva', lastName: 'Sol', phoneNumber: '5512340001',
      address: { addressLine: 'Calle 6', city: 'Puebla', state: 'PUE', zip: '72000' },
    },
  };
}
