import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { afterEach, test } from 'node:test';
import { operator } from '../operator.js';

const real = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = real;
});

const at = { origin: 'https://shop.example', token: 'operator-token-1' };
const { paths } = JSON.parse(await readFile(new URL('../../www/openapi.json', import.meta.url), 'utf8'));

/** What a page signs in with and what a browser downloads are no calls of a backend. */
const forPages = [/^\/api\/operator\/session/, /\.csv$/];

/** Each operation of the operator's API, by method and path. */
const operations = new Map(
  Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/operator/') && !forPages.some((pattern) => pattern.test(path)))
    .flatMap(([path, item]) => Object.entries(item).filter(([name]) => /^(get|post|put|patch|delete)$/.test(name)).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation])),
);

/** Answers every call, and keeps what was sent. */
function sent() {
  /** @type {{ url: string, method: string, headers: Headers, redirect?: string, body?: string }[]} */
  const seen = [];
  globalThis.fetch = async (url, { method, headers, redirect, body } = {}) => {
    seen.push({ url: String(url), method, headers: new Headers(headers), redirect, body });
    return Response.json({});
  };
  return seen;
}

/** Calls every function of the client with `id 1/a` for each id. */
async function callAll() {
  const seen = sent();
  const client = operator(at);
  const id = 'id 1/a';
  const key = { idempotencyKey: 'key-1' };
  const { orders, oneTimePayments, paymentMethods, charges, reports, attention, webhooks, reconciliation, index, settings } = client;
  const calls = [
    orders.create({}, key), orders.list(), orders.get(id), orders.check(id), orders.delivery(id), orders.fulfil(id, { status: 'prepared' }),
    oneTimePayments.list(), oneTimePayments.get(id), oneTimePayments.cancel(id),
    paymentMethods.create({}, key), paymentMethods.list(), paymentMethods.get(id), paymentMethods.revoke(id),
    paymentMethods.charge(id, {}, key), paymentMethods.payments(id), paymentMethods.payment(id, id), paymentMethods.refund(id, id, undefined, key),
    charges.list(), charges.get(id),
    reports.summary(), reports.figures({ from: new Date(0), to: '2026-01-01T00:00:00Z' }),
    attention.list(), attention.done('order', id),
    webhooks.list(), webhooks.redeliver(id),
    reconciliation.get(), reconciliation.start(), reconciliation.findings(),
    index.get(), index.rebuild(),
    settings.get(), settings.check(), settings.rotateWebhookSecret(),
  ];
  await Promise.all(calls);
  assert.equal(calls.length, Object.values(client).flatMap(Object.values).length, 'each function of the client is called here');
  return seen;
}

test('the client has a function for each operation of the operator’s API, and no other', async () => {
  const seen = await callAll();
  const template = ({ method, url }) => {
    const { pathname } = new URL(url);
    const known = [...operations.keys()].find((name) => {
      const [verb, path = ''] = name.split(' ');
      return verb === method && new RegExp(`^${path.replace(/\{\w+\}/g, path.includes('{kind}') ? '(?:order|id%201%2Fa)' : 'id%201%2Fa')}$`).test(pathname);
    });
    return known ?? `${method} ${pathname}`;
  };
  assert.deepEqual(seen.map(template).sort(), [...operations.keys()].sort());
});

test('a key is demanded and sent exactly where the API demands one', async () => {
  const seen = await callAll();
  const demanding = [...operations].filter(([, { parameters = [] }]) => parameters.some(({ $ref }) => $ref === '#/components/parameters/IdempotencyKey'));
  assert.equal(seen.filter(({ headers }) => headers.has('idempotency-key')).length, demanding.length);
  seen.length = 0;
  const { orders, paymentMethods } = operator(at);
  for (const options of [undefined, {}, { idempotencyKey: '' }, { idempotencyKey: null }]) {
    for (const made of [orders.create({}, options), paymentMethods.create({}, options), paymentMethods.charge('a', {}, options), paymentMethods.refund('a', 'b', {}, options)]) {
      await assert.rejects(made, { code: 'idempotency-key', didNothing: true, temporary: false });
    }
  }
  assert.deepEqual(seen, [], 'nothing is sent without one');
  const kept = await orders.create({}, { idempotencyKey: 'key-1' });
  assert.deepEqual(kept, { idempotencyKey: 'key-1' });
});

test('a filter is sent as a query, without what it leaves open', async () => {
  const seen = sent();
  const { orders, charges } = operator(at);
  await orders.list({ search: 'K7Q2', status: undefined, from: new Date(0), to: null, page: 2 });
  await orders.get('K7Q2', { watch: true });
  await orders.get('K7Q2', { watch: false });
  await charges.list({ channel: 'card', cursor: 'a b' });
  await orders.list({ fulfilment: 'pending', metadata: { table: '4 & 5', waiter: 'José' } });
  await orders.list({ metadata: {} });
  assert.deepEqual(seen.map(({ url }) => url.slice('https://shop.example/api/operator/'.length)), [
    'orders?search=K7Q2&from=1970-01-01T00%3A00%3A00.000Z&page=2',
    'orders/K7Q2?watch=true',
    'orders/K7Q2',
    'charges?channel=card&cursor=a+b',
    'orders?fulfilment=pending&metadata%5Btable%5D=4+%26+5&metadata%5Bwaiter%5D=Jos%C3%A9',
    'orders',
  ]);
});

test('what is reported of a delivery is sent as it is, without a key', async () => {
  const seen = sent();
  const change = { status: 'handed-over', carrier: 'Estafeta', trackingNumber: '8055 1234', note: 'Salida 4' };
  await operator(at).orders.fulfil('K7Q2', change, { language: 'en' });
  const [{ url, method, headers, body }] = seen;
  assert.deepEqual([url, method, JSON.parse(body)], ['https://shop.example/api/operator/orders/K7Q2/fulfilment', 'POST', change]);
  assert.deepEqual(['content-type', 'accept-language', 'idempotency-key'].map((name) => headers.get(name)), ['application/json', 'en', null]);
});

test('the token is sent over https or to this machine, to the origin alone, and follows no redirect', async () => {
  const seen = await callAll();
  for (const { url, headers, redirect } of seen) {
    assert.match(url, /^https:\/\/shop\.example\/api\/operator\//);
    assert.deepEqual([headers.get('authorization'), redirect], ['Bearer operator-token-1', 'manual']);
  }
  seen.length = 0;
  await operator(at).orders.list({}, /** @type {any} */ ({ origin: 'https://evil.example', headers: { authorization: 'x' }, redirect: 'follow' }));
  assert.deepEqual([seen[0]?.url, seen[0]?.headers.get('authorization'), seen[0]?.redirect], ['https://shop.example/api/operator/orders', 'Bearer operator-token-1', 'manual']);
  for (const origin of [undefined, '', 'shop.example', 'http://shop.example', 'file:///x', 'ws://localhost']) {
    assert.throws(() => operator({ ...at, origin }), { code: 'origin', temporary: false, didNothing: true }, String(origin));
  }
  for (const token of [undefined, null, '', ' ', 'TOKEN\nLINE', 'TOKEN…']) {
    assert.throws(() => operator({ ...at, token }), (error) => error.code === 'token' && !`${error.stack}`.includes('TOKEN'));
  }
  assert.throws(() => operator(), { code: 'token' });
  for (const origin of ['http://localhost:8787', 'http://127.0.0.1:8787', new URL('http://[::1]:8787')]) await operator({ ...at, origin }).index.get();
});
