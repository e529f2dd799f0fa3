// What is sold can be delivered from what is kept: what was bought, who receives it and where, how far its delivery is, and the
// table of orders. Only the operator learns who bought.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { invoice } from './support/bodies.mjs';
import { deskOf } from './support/desk.mjs';
import { assertNobody, parcel, PERSONAL, shippingShop, shopOf, SOLD_OUT } from './support/shipping.mjs';
import { parseTable, records } from './support/table.mjs';
import { throughout, until } from './support/until.mjs';
import { cashier, operator, startWorld } from './support/world.mjs';

const own = await shippingShop();
const world = await startWorld({ site: own.site });
after(async () => {
  await world.stop();
  await own.remove();
});
const desk = deskOf(world);
const shop = shopOf(world);
const ITEMS = [
  { sku: 'cafe-altos-340', name: 'Highland coffee', quantity: 2, unitAmount: '189.00', amount: '378.00' },
  { sku: 'chocolate-mesa-6', name: 'Drinking chocolate', quantity: 1, unitAmount: '124.50', amount: '124.50' },
];
const SHIPPING = { method: 'standard', name: 'Standard delivery', amount: '99.00' };

/** @param {string} reference @param {string} fulfilment */
const untilFulfilment = (reference, fulfilment) =>
  until(`${reference} ${fulfilment}`, async () => (await desk.orders({ search: reference, fulfilment })).items[0]);

/** What the history says was done, and by whom. @param {string} reference @param {string} what */
const entries = async (reference, what) => (await world.story(reference)).history.filter((entry) => entry.what === what).map(({ role }) => role);

describe('what was bought', { concurrency: 4 }, () => {
  test('the payer sees what was bought and how it is delivered, and nobody who bought it', async () => {
    const order = await world.buy({ body: parcel });
    assert.equal(order.amount, '601.50', 'two kinds of things and the delivery');
    const open = await world.view(order.order);
    assert.deepEqual([open.items, open.shipping, open.paidAt], [ITEMS, SHIPPING, undefined]);
    await world.send('GET', await world.pay(order.paymentId));
    await world.untilEvent(order.reference, 'order.paid');
    const answer = await world.send('GET', `/api/shop/orders/${order.order}`);
    const { items, shipping, createdAt, paidAt, fulfilment, metadata } = answer.body;
    assert.deepEqual([items, shipping, fulfilment, metadata], [ITEMS, SHIPPING, undefined, undefined]);
    assert.ok(createdAt < paidAt, answer.text);
    assertNobody(answer.text, 'the payer\'s answer');
  });

  test('names are in the language of the order, also when it is read in another', async () => {
    const order = await world.buy({ body: parcel, headers: { 'accept-language': 'es-MX' } });
    const { items, shipping } = (await world.send('GET', `/api/shop/orders/${order.order}`, { headers: { 'accept-language': 'en' } })).body;
    assert.deepEqual([items[0].name, shipping.name], ['Café de los Altos', 'Envío estándar']);
  });

  test('webhooks say what was bought, and nothing of a person', async () => {
    const order = await shop.sell();
    const event = await world.untilEvent(order.reference, 'order.paid');
    const { items, shipping, metadata, metadataSource, amount } = event.data;
    assert.deepEqual(
      { items, shipping, metadata, metadataSource, amount },
      { items: ITEMS, shipping: { method: 'standard', amount: '99.00' }, metadata: parcel.metadata, metadataSource: 'browser', amount: '601.50' },
    );
    assertNobody(JSON.stringify(event), 'order.paid');
  });

  test('the operator sees who bought, and whose the metadata is', async () => {
    const order = await shop.sell();
    const detail = await world.story(order.reference);
    assert.deepEqual(
      [detail.items, detail.metadata, detail.metadataSource, detail.fulfilment, detail.payerKnown],
      [ITEMS, parcel.metadata, 'browser', undefined, true],
    );
    assert.deepEqual(detail.customer, { name: 'Qzxfirst Qzxlast', email: PERSONAL.email, phoneNumber: `+52${PERSONAL.phoneNumber}` });
    assert.deepEqual(await entries(order.reference, 'customer-read'), ['operator'], 'two reads within ten minutes are one entry');
    const row = await untilFulfilment(order.reference, 'pending');
    assert.deepEqual([row.pieces, row.shipping], [3, 'Standard delivery']);
    assertNobody(JSON.stringify(row), 'a list');
  });

  test('free delivery from an amount on, and picking up', async () => {
    const many = { ...parcel, items: [{ sku: 'camino-telar', quantity: 2 }] };
    assert.equal((await world.buy({ body: many })).amount, '1380.00');
    assert.equal((await world.buy({ body: { ...many, shipping: { method: 'express' } } })).amount, '1569.00');
    const order = await shop.sell({ ...parcel, shipping: { method: 'pickup' } });
    assert.equal(order.amount, '502.50');
    assert.equal((await shop.delivery(order.reference)).body.address, null);
  });

  test('an order without shipping has none, and goes to the address of the invoice', async () => {
    const { shipping: _, ...body } = parcel;
    const order = await shop.sell(body);
    assert.deepEqual([order.amount, (await world.view(order.order)).shipping], ['502.50', undefined]);
    const { body: where } = await shop.delivery(order.reference);
    assert.deepEqual(
      [where.recipient, where.phoneNumber, where.address.addressLine, where.shipping, where.instructions],
      ['Qzxfirst Qzxlast', `+52${PERSONAL.phoneNumber}`, PERSONAL.addressLine, undefined, undefined],
    );
  });

  test('the catalog shows how it can be delivered and what is sold out', async () => {
    const { body } = await world.send('GET', '/api/shop/catalog');
    assert.deepEqual(body.shippingMethods.map(({ method, amount, freeFrom, pickup }) => [method, amount, freeFrom, pickup ?? false]), [
      ['standard', '99.00', '900.00', false], ['express', '189.00', undefined, false], ['pickup', '0.00', undefined, true],
    ]);
    assert.deepEqual(body.items.filter(({ available }) => available === false).map(({ sku }) => sku), [SOLD_OUT]);
  });
});

test('what is refused asks Compago for nothing: the Worker prices what it knows, and the shop delivers everything', async () => {
  const required = await shippingShop({ shippingRequired: true });
  const strict = await startWorld({ site: required.site });
  try {
    const { shipping, ...without } = parcel;
    const { address } = parcel.billingInformation;
    const zip = { ...parcel.billingInformation, address: { ...address, zip: '44100' } };
    for (const [change, pointer, code] of [
      [{ items: [{ sku: 'taza-barro', quantity: 1 }, { sku: SOLD_OUT, quantity: 1 }] }, '/items/1/sku', 'sku-sold-out'],
      [{ shipping: { ...shipping, method: 'drone' } }, '/shipping/method', 'shipping-method-unknown'],
      [{ shipping: undefined }, '/shipping', 'required'],
      [{ billingInformation: zip }, '/billingInformation/address/zip', 'zip-state-mismatch'],
      [{ amount: '1.00' }, '/amount', 'unknown-field'],
      [{ items: [{ sku: 'taza-barro', quantity: 1, unitAmount: '1.00' }] }, '/items/0/unitAmount', 'unknown-field'],
      [{ shipping: { ...shipping, amount: '0.00' } }, '/shipping/amount', 'unknown-field'],
      [{ metadata: { 'two words': 'x' } }, '/metadata', 'metadata-key'],
    ]) {
      const key = randomUUID();
      const answer = await strict.order({ key, body: { ...without, shipping, ...change } });
      assert.deepEqual([answer.status, answer.body.errors?.map((error) => [error.pointer, error.code])], [400, [[pointer, code]]], answer.text);
    }
    assert.deepEqual(await strict.sandbox.calls(), []);
    const order = await strict.buy({ body: parcel });
    const [payment] = await strict.paymentsOf(order.reference);
    assert.equal(payment.amount, 601.5);
  } finally {
    await strict.stop();
    await required.remove();
  }
});

describe('an operator\'s order', { concurrency: 4 }, () => {
  const items = [
    { sku: 'cafe-altos-340', name: 'Café de los Altos', quantity: 2, unitAmount: '189.00' },
    { name: 'Envoltura de regalo', quantity: 1, unitAmount: '40.00' },
  ];

  test('has the items, the shipping and the metadata of the backend', async () => {
    const body = { ...invoice, amount: '517.00', items, shipping: parcel.shipping, metadata: { erp: 'SO-881' } };
    const answer = await world.invoiceOrder(body);
    assert.equal(answer.status, 201, answer.text);
    const detail = await world.story(answer.body.reference);
    assert.deepEqual(detail.items.map(({ sku, amount }) => [sku ?? null, amount]), [['cafe-altos-340', '378.00'], [null, '40.00']]);
    assert.deepEqual([detail.order.shipping, detail.metadata, detail.metadataSource], [SHIPPING, { erp: 'SO-881' }, 'backend']);
    assert.equal(detail.history[0].role, 'operator');
  });

  for (const [name, change] of [
    ['without shipping', { amount: '418.01', items }],
    ['that leaves the fee out', { amount: '418.00', items, shipping: { method: 'standard' } }],
  ]) {
    test(`${name} whose amount is not the sum is refused, which names the sum`, async () => {
      const answer = await world.invoiceOrder({ ...invoice, ...change });
      assert.deepEqual([answer.status, answer.body.errors?.map(({ pointer, code }) => [pointer, code])], [400, [['/amount', 'total-mismatch']]], answer.text);
      assert.match(answer.body.errors[0].detail, change.shipping ? /517\.00/ : /418\.00/);
    });
  }

  test('that was placed is answered alike after its shipping method is gone', async () => {
    const other = await shippingShop();
    const shopWorld = await startWorld({ site: other.site });
    try {
      const body = { ...invoice, shipping: { method: 'express' } };
      const headers = { 'idempotency-key': randomUUID() };
      const first = await shopWorld.invoiceOrder(body, { headers });
      assert.equal(first.status, 201, first.text);
      await other.restore();
      const again = await shopWorld.invoiceOrder(body, { headers });
      assert.deepEqual([again.status, again.body], [201, first.body]);
      const fresh = await shopWorld.invoiceOrder(body);
      assert.deepEqual([fresh.status, fresh.body.errors[0].code], [400, 'shipping-method-unknown']);
    } finally {
      await shopWorld.stop();
      await other.remove();
    }
  });
});

describe('delivery and fulfilment', { concurrency: 4 }, () => {
  test('the operator reads who receives it and where, and the history says so', async () => {
    const order = await shop.sell();
    const { status, body } = await shop.delivery(order.reference);
    assert.equal(status, 200);
    assert.deepEqual(body, {
      recipient: PERSONAL.recipient,
      email: PERSONAL.email,
      phoneNumber: `+52${PERSONAL.recipientPhone}`,
      address: { addressLine: PERSONAL.deliveryLine, city: PERSONAL.deliveryCity, state: 'JAL', zip: '44100' },
      instructions: PERSONAL.instructions,
      shipping: SHIPPING,
    });
    await shop.delivery(order.reference);
    assert.deepEqual(await entries(order.reference, 'delivery-read'), ['operator', 'operator'], 'each read is an entry');
  });

  test('prepared and handed over; order.fulfilled is sent once, whatever is repeated, changed and undone', async () => {
    const order = await shop.sell();
    const prepared = await shop.fulfil(order.reference, { status: 'prepared', note: PERSONAL.note });
    assert.equal(prepared.status, 200, prepared.text);
    assert.deepEqual([prepared.body.fulfilment.status, prepared.body.fulfilment.note], ['prepared', PERSONAL.note]);
    assert.equal((await untilFulfilment(order.reference, 'prepared')).fulfilmentAt, prepared.body.fulfilment.at);
    assert.equal((await world.view(order.order)).fulfilment.note, undefined);

    const sent = { status: 'handed-over', carrier: 'Estafeta', trackingNumber: 'MX 123-456' };
    const first = await shop.fulfil(order.reference, sent);
    assert.equal(first.status, 200, first.text);
    const event = await world.untilEvent(order.reference, 'order.fulfilled');
    const { carrier, trackingNumber, at } = first.body.fulfilment;
    assert.deepEqual(event.data.fulfilment, { status: 'handed-over', carrier, trackingNumber, at });
    assert.deepEqual([event.data.items, event.data.metadata], [ITEMS, parcel.metadata]);
    assertNobody(JSON.stringify(event), 'order.fulfilled');

    const again = await shop.fulfil(order.reference, sent);
    assert.deepEqual([again.status, again.body.fulfilment], [200, first.body.fulfilment]);
    const corrected = await shop.fulfil(order.reference, { ...sent, carrier: 'DHL' });
    assert.deepEqual([corrected.body.fulfilment.carrier, corrected.body.fulfilment.at], ['DHL', at]);
    const { fulfilment } = await world.view(order.order);
    assert.deepEqual(fulfilment, { status: 'handed-over', carrier: 'DHL', trackingNumber, at });

    const undone = await shop.fulfil(order.reference, { status: 'undone' });
    assert.deepEqual([undone.status, undone.body.fulfilment], [200, undefined]);
    await untilFulfilment(order.reference, 'pending');
    assert.equal((await shop.fulfil(order.reference, sent)).status, 200);
    await untilFulfilment(order.reference, 'handed-over');
    await throughout(2_000, () => assert.equal(world.events(order.reference, 'order.fulfilled').length, 1));
    assert.deepEqual(await entries(order.reference, 'handed-over'), ['operator', 'operator'], 'neither the same again nor a correction is an entry');
    assert.deepEqual(await entries(order.reference, 'fulfilment-undone'), ['operator']);
    assert.equal((await world.story(order.reference)).deliveries.length, 2);
  });

  test('what is not paid is not handed over', async () => {
    const order = await world.buy({ body: parcel });
    for (const body of [{ status: 'prepared' }, { status: 'handed-over' }, { status: 'undone' }]) {
      const answer = await shop.fulfil(order.reference, body);
      assert.deepEqual([answer.status, answer.body.code], [409, 'not-paid']);
    }
    assert.equal((await world.view(order.order)).fulfilment, undefined);
  });

  for (const [name, body, pointer, code] of [
    ['a status that there is not', { status: 'shipped' }, '/status', 'fulfilment-status'],
    ['a carrier of what is not sent', { status: 'prepared', carrier: 'DHL' }, '/carrier', 'not-with-status'],
    ['a note of what is undone', { status: 'undone', note: 'x' }, '/note', 'not-with-status'],
    ['an unknown field', { status: 'prepared', weight: '1' }, '/weight', 'unknown-field'],
  ]) {
    test(`refuses ${name}`, async () => {
      const answer = await shop.fulfil('K7Q2-M9XD-3FHT', body);
      assert.deepEqual([answer.status, answer.body.errors.map((error) => [error.pointer, error.code])], [400, [[pointer, code]]], answer.text);
    });
  }

  test('an order that there is not has neither', async () => {
    assert.equal((await shop.delivery('K7Q2-M9XD-3FHT')).status, 404);
    assert.equal((await shop.fulfil('K7Q2-M9XD-3FHT', { status: 'prepared' })).status, 404);
    assert.equal((await shop.delivery('nothing')).status, 404);
  });
});

test('a cashier reads neither who bought nor where it goes, and hands nothing over', async () => {
  const order = await shop.sell();
  const origin = { origin: world.url };
  const session = await world.send('POST', '/api/session', { body: { token: secrets.CASHIER_TOKEN }, headers: origin });
  const cookie = session.headers['set-cookie'][0].split(';')[0];
  for (const [method, path, body] of [
    ['GET', `/${order.reference}`],
    ['GET', `/${order.reference}/delivery`],
    ['GET', '.csv'],
    ['POST', `/${order.reference}/fulfilment`, { status: 'handed-over' }],
  ]) {
    for (const [headers, status] of [[{ cookie, ...origin }, 403], [cashier, 403], [{}, 401], [{ cookie: cookie.replace(/.$/, 'x'), ...origin }, 401]]) {
      const answer = await world.send(method, `/api/operator/orders${path}`, { body, headers });
      assert.equal(answer.status, status, `${method} ${path} ${JSON.stringify(headers)}`);
      assertNobody(answer.text, path);
    }
  }
  assert.equal((await world.view(order.order)).fulfilment, undefined);
});

describe('the list of what is to be delivered', () => {
  test('shows who has waited longest first, and what has been handed over apart', async () => {
    const orders = [];
    for (const _ of [1, 2, 3]) orders.push(await shop.sell());
    const references = orders.map(({ reference }) => reference);
    for (const reference of references) await untilFulfilment(reference, 'pending');
    const listed = async (/** @type {string} */ fulfilment) => {
      const { items } = await desk.orders({ fulfilment, pageSize: 500 });
      assert.ok(items.every((row) => row.fulfilment === fulfilment && row.status === 'paid'), fulfilment);
      return items;
    };
    const pending = await listed('pending');
    assert.deepEqual(pending.map(({ paidAt }) => paidAt), pending.map(({ paidAt }) => paidAt).toSorted());
    assert.deepEqual(pending.map(({ reference }) => reference).filter((reference) => references.includes(reference)), references);
    await shop.fulfil(references[1], { status: 'handed-over' });
    await untilFulfilment(references[1], 'handed-over');
    assert.ok(!(await listed('pending')).some(({ reference }) => reference === references[1]));
    assert.equal((await desk.orders({ fulfilment: 'pending', pageSize: 1 })).count, (await listed('pending')).length);
    const handedOver = (await listed('handed-over')).map(({ createdAt }) => createdAt);
    assert.deepEqual(handedOver, handedOver.toSorted().reverse());
  });

  test('finds orders by metadata, with plain and encoded brackets, by SKU and by a value', async () => {
    const code = randomUUID().slice(0, 8);
    const metadata = { table: `Mesa ${code}`, waiter: 'Lupe' };
    const one = await world.buy({ body: { ...parcel, items: [{ sku: 'bolsa-palma', quantity: 1 }], metadata } });
    const other = await world.buy({ body: { ...parcel, metadata: { table: 'Mesa 5', waiter: 'Lupe' } } });
    await desk.untilOrder(one.reference, 'awaiting-payment');
    await desk.untilOrder(other.reference, 'awaiting-payment');
    const found = async (/** @type {string} */ query) => {
      const answer = await world.send('GET', `/api/operator/orders?pageSize=500&${query}`, { headers: operator });
      assert.equal(answer.status, 200, `${query} ${answer.text}`);
      return answer.body.items.map(({ reference }) => reference);
    };
    for (const query of [
      `metadata[table]=Mesa+${code}`, `metadata%5Btable%5D=Mesa%20${code}`, `metadata[table]=mesa+${code.toUpperCase()}`,
      `metadata[table]=Mesa+${code}&metadata%5Bwaiter%5D=Lupe`, `search=Mesa+${code}`, 'search=bolsa-palma', 'search=BOLSA-palma',
    ]) {
      assert.deepEqual(await found(query), [one.reference], query);
    }
    assert.deepEqual(new Set(await found('metadata[waiter]=Lupe')), new Set([one.reference, other.reference]));
    for (const query of [`metadata[waiter]=Mesa+${code}`, `metadata[table]=Mesa+${code}&metadata[waiter]=Ana`, `metadata[table]=${code}`, 'search=bolsa-palm']) {
      assert.deepEqual(await found(query), [], query);
    }
    for (const query of ['metadata=x', 'metadata[]=x', 'metadata[a+b]=x', 'metadata[table]=x&metadata%5Btable%5D=y', 'fulfilment=sent']) {
      const answer = await world.send('GET', `/api/operator/orders?${query}`, { headers: operator });
      assert.deepEqual([answer.status, answer.body.code], [400, 'invalid-query'], query);
    }
    for (const [key, value] of Object.entries(PERSONAL)) assert.deepEqual(await found(`search=${encodeURIComponent(value)}`), [], key);
  });
});

describe('the table of orders', () => {
  test('has who bought and where it goes, in both formats', async () => {
    const hostile = { ...parcel, shipping: { ...parcel.shipping, recipient: '=SUM(A1)' } };
    const order = await shop.sell(hostile);
    await shop.fulfil(order.reference, { status: 'handed-over', carrier: 'Estafeta', trackingNumber: '00123', note: PERSONAL.note });
    await untilFulfilment(order.reference, 'handed-over');
    const answer = await shop.table(`?search=${order.reference}`);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.headers['content-type'], 'text/csv; charset=utf-8');
    assert.match(answer.headers['content-disposition'] ?? '', /^attachment; filename="[a-z-]+\d{4}-\d\d-\d\d\.csv"$/);
    assert.deepEqual([answer.headers.link, answer.headers['x-total-count']], [undefined, '1']);
    const [row] = records(answer.text);
    const { items, shippingMethod, shippingAmount, fulfilment, carrier, trackingNumber, metadata, ...rest } = row;
    assert.deepEqual(
      { items, shippingMethod, shippingAmount, fulfilment, carrier, trackingNumber, metadata: JSON.parse(metadata) },
      {
        items: '2 × Highland coffee (cafe-altos-340); 1 × Drinking chocolate (chocolate-mesa-6)', shippingMethod: 'Standard delivery',
        shippingAmount: '99.00', fulfilment: 'handed-over', carrier: 'Estafeta', trackingNumber: '00123', metadata: parcel.metadata,
      },
    );
    assert.deepEqual(
      [rest.reference, rest.status, rest.amount, rest.customerName, rest.customerEmail, rest.recipient, rest.addressLine, rest.zip, rest.instructions],
      [order.reference, 'paid', '601.50', 'Qzxfirst Qzxlast', PERSONAL.email, '=SUM(A1)', PERSONAL.deliveryLine, '44100', PERSONAL.instructions],
    );
    assert.match(answer.text, /"'=SUM\(A1\)"/, 'no formula');
    assert.ok(!answer.text.includes(PERSONAL.note), 'the note is the shop\'s own');
    assert.deepEqual(await entries(order.reference, 'exported'), ['operator']);

    const spreadsheet = await shop.table(`?search=${order.reference}&format=es-MX`);
    const [header, [reference, status, createdAt]] = parseTable(spreadsheet.text.replace('\u{FEFF}', ''));
    assert.deepEqual([header[0], header[1], reference, status], ['Referencia', 'Estado', order.reference, 'pagado']);
    assert.match(createdAt, /^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d$/);
    assert.match(spreadsheet.text, /"'00123"/, 'a number that is text stays text');
  });

  test('is read page by page, and the pages together are one table', async () => {
    const batch = randomUUID();
    const references = [];
    for (const _ of [1, 2, 3, 4, 5]) references.push((await world.buy({ body: { ...parcel, metadata: { 'batch-1': `a&b ${batch}` } } })).reference);
    for (const reference of references) await desk.untilOrder(reference, 'awaiting-payment');
    let text = '';
    let pages = 0;
    let next = `?metadata[batch-1]=${encodeURIComponent(`a&b ${batch}`)}&pageSize=2`;
    while (next !== '') {
      const answer = await shop.table(next);
      assert.equal(answer.status, 200, answer.text);
      text += answer.text;
      pages += 1;
      next = /^<\/api\/operator\/orders\.csv(\?[^>]*)>; rel="next"$/.exec(answer.headers.link ?? '')?.[1] ?? '';
    }
    assert.equal(pages, 3);
    assert.deepEqual(records(text).map(({ reference }) => reference), references.toReversed());
    const behind = await shop.table(`?metadata[batch-1]=${encodeURIComponent(`a&b ${batch}`)}&page=9`);
    assert.deepEqual([behind.status, behind.text, behind.headers.link], [200, '', undefined]);
    for (const query of ['?format=pdf', '?page=0', '?pageSize=501', '?sort=x']) assert.equal((await shop.table(query)).status, 400, query);
  });
});
