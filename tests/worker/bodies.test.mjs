import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { cart, invoice, payer } from './support/bodies.mjs';
import { operator, startWorld, withPayment } from './support/world.mjs';

const world = await startWorld();
after(async () => {
  // Nothing that is refused here may have reached Compago.
  assert.equal((await world.sandbox.calls()).length, 2 * accepted, 'calls to Compago');
  await world.stop();
});

let accepted = 0;
const accept = (answer) => {
  accepted += 1;
  return withPayment(answer);
};
const problemsOf = (answer) => {
  assert.equal(answer.status, 400, answer.text);
  assert.equal(answer.body.code, 'invalid-body');
  return answer.body.errors.map(({ pointer, code }) => `${pointer} ${code}`);
};
const raw = (text, headers = {}) =>
  world.send('POST', '/api/shop/orders', { text, headers: { 'idempotency-key': randomUUID(), 'content-type': 'application/json', ...headers } });

test('all problems are reported at once, by pointer, in the requested language', async () => {
  const body = {
    items: [{ sku: 'cafe-altos-340', quantity: 0 }, { sku: 'no spaces', quantity: '2' }, { quantity: 1, price: '0.01' }],
    billingInformation: {
      email: 'ana', firstName: ' ', lastName: 'R'.repeat(81), phoneNumber: '12',
      address: { addressLine: 7, city: 'Puebla', state: 'PU', zip: '7200' },
      rfc: 'RUAA800101',
    },
    ttlMinutes: 9,
    amount: '0.01',
  };
  const expected = [
    '/items/0/quantity quantity-range',
    '/items/1/sku sku-format',
    '/items/1/quantity type-integer',
    '/items/2/sku required',
    '/billingInformation/email email-format',
    '/billingInformation/firstName required',
    '/billingInformation/lastName too-long',
    '/billingInformation/phoneNumber phone-country-code',
    '/billingInformation/address/addressLine type-string',
    '/billingInformation/address/state state-code',
    '/billingInformation/address/zip zip-format',
    '/ttlMinutes ttl-range',
    '/items/2/price unknown-field',
    '/billingInformation/rfc unknown-field',
    '/amount unknown-field',
  ].sort();
  const details = [];
  for (const [asked, language, title] of [
    [undefined, 'en', 'Invalid body'],
    ['en-GB,en;q=0.9', 'en', 'Invalid body'],
    ['es-MX', 'es-MX', 'Datos incompletos o incorrectos'],
    ['es-ES,en;q=0.5', 'es-MX', 'Datos incompletos o incorrectos'],
    ['fr', 'es-MX', 'Datos incompletos o incorrectos'],
  ]) {
    const answer = await world.order({ body, headers: { 'accept-language': asked } });
    assert.deepEqual(problemsOf(answer).sort(), expected);
    assert.equal(answer.headers['content-language'], language);
    assert.equal(answer.headers.vary, 'accept-language');
    assert.equal(answer.body.title, title);
    details.push(answer.body.errors.map(({ detail }) => detail).join(' '));
  }
  assert.equal(new Set(details).size, 2, 'English and Spanish');
  for (const value of ['RUAA800101', 'no spaces', '7200', 'RRRR']) assert.ok(details.every((detail) => !detail.includes(value)), value);
});

test('a price is never taken from a browser', async () => {
  const [item] = cart.items;
  for (const [field, body] of Object.entries({
    '/amount': { ...cart, amount: '1.00' },
    '/total': { ...cart, total: 1 },
    '/currency': { ...cart, currency: 'USD' },
    '/externalId': { ...cart, externalId: 'X-1' },
    '/homepageUrl': { ...cart, homepageUrl: world.url },
    '/items/0/unitAmount': { ...cart, items: [{ ...item, unitAmount: '0.01' }] },
  })) {
    assert.deepEqual(problemsOf(await world.order({ body })), [`${field} unknown-field`]);
  }
  for (const quantity of [0, -1, 1.5, 1e99, 100, '1', null, true, [1], {}]) {
    const [problem] = problemsOf(await world.order({ body: { ...cart, items: [{ ...item, quantity }] } }));
    assert.match(problem, /^\/items\/0\/quantity /, JSON.stringify(quantity));
  }
  assert.deepEqual(problemsOf(await world.order({ body: { ...cart, items: [{ ...item, sku: 'nada' }] } })), ['/items/0/sku sku-unknown']);
  assert.deepEqual(problemsOf(await world.order({ body: { ...cart, items: [item, item] } })), ['/items/1/sku sku-repeated']);
  const many = Array.from({ length: 51 }, (_, at) => ({ sku: `sku-${at}`, quantity: 1 }));
  assert.deepEqual(problemsOf(await world.order({ body: { ...cart, items: many } })), ['/items items-too-many']);
});

test('names with a special meaning in JavaScript have none here', async () => {
  for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '$where', 'a/b~c']) {
    const text = `{${JSON.stringify(name)}: {"amount": "0.01"}, ${JSON.stringify(cart).slice(1)}`;
    const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    assert.deepEqual(problemsOf(await raw(text)), [`${pointer} unknown-field`]);
  }
  const sku = ['__proto__', 'constructor', 'toString'];
  for (const name of sku) {
    const answer = await world.order({ body: { ...cart, items: [{ sku: name, quantity: 1 }] } });
    assert.deepEqual(problemsOf(answer), ['/items/0/sku sku-unknown'], name);
  }
});

test('anything but JSON is 400', async () => {
  const text = JSON.stringify(cart);
  for (const body of [
    '', ' ', '{', 'null,', text.slice(0, -1), `${text}${text}`, `${text},`, `\uFEFF${text}`, '{"items": NaN}', "{'items': 1}",
    '['.repeat(8_000), '{"items":'.repeat(1_500), `${'['.repeat(200)}${']'.repeat(200)}`, Buffer.from([0x22, 0xff, 0x22]),
    Buffer.from(text, 'utf16le'),
  ]) {
    const answer = await raw(body);
    assert.equal(answer.status, 400, String(body).slice(0, 40));
    assert.equal(answer.body.code, 'not-json', String(body).slice(0, 40));
  }
  for (const body of ['null', '7', '"x"', '"\\ud800"', '[]', 'true']) assert.deepEqual(problemsOf(await raw(body)), [' type-object'], body);
});

test('an unpaired surrogate is in no name, though JSON can write it', async () => {
  const text = JSON.stringify(cart).replace('"Ana"', '"Ana\\ud83d"');
  const [problem, ...others] = problemsOf(await raw(text));
  assert.match(problem, /^\/billingInformation\/firstName /);
  assert.deepEqual(others, []);
});

test('a duplicate field is refused, whatever its value', async () => {
  const text = JSON.stringify(cart).slice(1);
  assert.deepEqual(problemsOf(await raw(`{"items":[{"sku":"camino-telar","quantity":9}],${text}`)), ['/items doubled-field']);
  const quantity = text.replace('"quantity":2', '"quantity":2,"quantity":2');
  assert.deepEqual(problemsOf(await raw(`{${quantity}`)), ['/items/0/quantity doubled-field']);
});

test('over 16 KiB is 413, whether the length was declared or not', async () => {
  const padded = (bytes) => {
    const text = JSON.stringify(cart);
    return `${' '.repeat(bytes - Buffer.byteLength(text))}${text}`;
  };
  accept(await raw(padded(16 * 1024)));
  for (const headers of [{}, { 'content-length': undefined, 'transfer-encoding': 'chunked' }]) {
    // workerd drains what a refused sender still sends, up to 64 KiB, so that the answer arrives.
    for (const bytes of [16 * 1024 + 1, 60_000]) {
      const answer = await raw(padded(bytes), headers);
      assert.equal(answer.status, 413, answer.text);
      assert.equal(answer.body.code, 'body-too-large');
    }
  }
});

test('only application/json is read', async () => {
  for (const type of [undefined, '', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonp', 'text/json', 'json']) {
    const answer = await raw(JSON.stringify(cart), { 'content-type': type });
    assert.equal(answer.status, 415, type);
    assert.equal(answer.body.code, 'unsupported-media-type');
  }
  for (const type of ['application/json;charset=utf-8', 'Application/JSON', 'application/json ; x=1']) {
    accept(await raw(JSON.stringify(cart), { 'content-type': type }));
  }
});

test('an operator\'s amount is pesos as text, to the centavo', async () => {
  for (const [amount, code] of [
    [1250.35, 'type-string'], ['1250.355', 'amount-decimals'], ['-1', 'amount-format'], ['1,000.00', 'amount-format'], ['1e3', 'amount-format'],
    ['0', 'amount-range'], ['100000000.00', 'amount-range'], ['٣', 'amount-format'], [null, 'required'],
  ]) {
    const answer = await world.invoiceOrder({ ...invoice, amount });
    assert.deepEqual(problemsOf(answer), [`/amount ${code}`], String(amount));
  }
  const answer = await world.invoiceOrder({ ...invoice, externalId: 'a b', billingInformation: { ...payer, email: 'x' }, ttlMinutes: 2881, homepageUrl: 'http://plain.example/' });
  assert.deepEqual(problemsOf(answer), [
    '/externalId external-id-format', '/billingInformation/email email-format', '/ttlMinutes ttl-range', '/homepageUrl url-https',
  ]);
  const order = accept(await world.invoiceOrder({ ...invoice, amount: '99999999.99' }));
  assert.equal(order.amount, '99999999.99');
  assert.equal((await world.send('GET', `/api/operator/orders/${order.reference}`, { headers: operator })).body.order.amount, '99999999.99');
});
