import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { invoice } from './support/bodies.mjs';
import { operator, startWorld, withPayment } from './support/world.mjs';

const world = await startWorld();
after(() => world.stop());

test('a person buys: one link, one payment, one order.paid', async () => {
  const order = await world.buy();
  assert.equal(order.amount, '378.00');
  assert.match(order.checkoutUrl, new RegExp(`^${world.sandbox.origin}/checkout/otp/[0-9a-f-]{36}$`));

  const [payment] = await world.sandbox.payments();
  assert.equal(payment.id, order.paymentId);
  assert.equal(payment.amount, 378);
  assert.equal(payment.externalId, `${order.reference.replaceAll('-', '')}-1`);
  assert.equal(payment.billingInformation.phoneNumber, '+525512340000');
  assert.ok(Math.abs(Date.parse(order.expiresAt) - Date.parse(payment.expiresAt)) < 1_000, 'the link ends when Compago says');

  const before = await world.view(order.order);
  assert.equal(before.status, 'awaiting-payment');
  assert.equal(before.description, '2 × Café de los Altos');
  assert.equal(before.attempt, 1);

  const back = await world.send('GET', await world.pay(order.paymentId));
  assert.equal(back.status, 303);
  assert.equal(back.headers.location, `/return.html?order=${order.order}`);
  assert.equal((await world.view(order.order)).status, 'verifying', 'the return itself proves nothing');

  const paid = await world.untilStatus(order.order, 'paid');
  assert.equal(paid.pollAfterMs, null);
  assert.ok(paid.version > before.version);
  const event = await world.untilEvent(order.reference, 'order.paid');
  assert.deepEqual(event.data, {
    reference: order.reference,
    externalId: payment.externalId,
    paymentId: order.paymentId,
    amount: '378.00',
    currency: 'MXN',
    attempt: 1,
    items: [{ sku: 'cafe-altos-340', name: 'Highland coffee', quantity: 2, unitAmount: '189.00', amount: '378.00' }],
    metadata: {},
    metadataSource: 'browser',
  });
  assert.deepEqual(world.events(order.reference).map(({ type, tries }) => [type, tries]), [['order.paid', 1]]);

  const story = await world.story(order.reference);
  assert.equal(story.payerKnown, true, 'until it is handed over');
  assert.deepEqual(story.history.map((entry) => entry.what), ['begun', 'proving', 'opened', 'paid', 'customer-read']);
  assert.deepEqual(story.deliveries.map(({ id, state, tries }) => ({ id, state, tries })), [
    { id: event.id, state: 'delivered', tries: 1 },
  ]);
});

test('the amount is the catalog\'s, to the centavo', async () => {
  const order = await world.buy({
    body: {
      items: [{ sku: 'chocolate-mesa-6', quantity: 3 }, { sku: 'taza-barro', quantity: 1 }],
      billingInformation: invoice.billingInformation,
      ttlMinutes: 10,
    },
  });
  assert.equal(order.amount, '583.50');
  const payment = (await world.sandbox.payments()).find(({ id }) => id === order.paymentId);
  assert.equal(payment.amount, 583.5);
  const minutes = (Date.parse(order.expiresAt) - Date.now()) / 60_000;
  assert.ok(minutes > 9 && minutes <= 10, `${minutes} minutes`);
});

test('an operator\'s order has any amount, its own id and its own return page', async () => {
  const returnUrl = `${world.url}/gracias.html?campaign=7`;
  const homepageUrl = 'https://elsewhere.example/facturas';
  const body = { ...invoice, externalId: 'FAC-881', ttlMinutes: 60, returnUrl, homepageUrl };
  const order = withPayment(await world.invoiceOrder(body));
  assert.equal(order.amount, '1250.35');

  const payment = (await world.sandbox.payments()).find(({ id }) => id === order.paymentId);
  assert.equal(payment.externalId, 'FAC-881');
  assert.equal(payment.amount, 1250.35);
  assert.equal(payment.description, 'Factura 881');
  assert.ok(payment.homepageUrl.startsWith(`${homepageUrl}?`), payment.homepageUrl);

  const back = await world.send('GET', await world.pay(order.paymentId));
  assert.equal(back.status, 303);
  assert.equal(back.headers.location, `${returnUrl}&order=${order.order}`);
  const event = await world.untilEvent(order.reference, 'order.paid');
  assert.equal(event.data.externalId, 'FAC-881');
  assert.equal((await world.story(order.reference)).attempts[0].externalId, 'FAC-881');
});

test('an operator cannot send payers to another origin', async () => {
  for (const returnUrl of ['https://evil.example/', 'http://localhost:1/x', `${world.url}@evil.example/`, '//evil.example', 'javascript:alert(1)']) {
    const answer = await world.invoiceOrder({ ...invoice, returnUrl });
    assert.equal(answer.status, 400, returnUrl);
    assert.deepEqual(answer.body.errors.map((error) => error.pointer), ['/returnUrl']);
  }
});

test('the timeline of an unknown order is a 404', async () => {
  for (const reference of ['0000-0000-0000', '000000000000', 'x', '%20']) {
    const answer = await world.send('GET', `/api/operator/orders/${reference}`, { headers: operator });
    assert.equal(answer.status, 404, reference);
  }
});

test('HEAD answers as GET, without a body', async () => {
  const order = await world.buy();
  for (const path of ['/api/shop/catalog', `/api/shop/orders/${order.order}`, '/healthz', '/']) {
    const answer = await world.send('HEAD', path);
    assert.equal(answer.status, 200, path);
    assert.equal(answer.text, '', path);
  }
});
