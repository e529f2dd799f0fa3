import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAnswer, assertEvent, openapi } from './openapi.mjs';

const ORDER = '/api/shop/orders/{order}';
const view = {
  reference: 'K7Q2-M9XD-3FHT',
  status: 'verifying',
  amount: '240.00',
  currency: 'MXN',
  description: '2 × Taza',
  expiresAt: '2026-11-05T18:45:00.000Z',
  attempt: 1,
  pollAfterMs: 1500,
  version: 3,
  items: [{ sku: 'taza-barro', name: 'Taza', quantity: 2, unitAmount: '120.00', amount: '240.00' }],
  createdAt: '2026-11-05T17:45:00.000Z',
};
const problem = (code, status, more = {}) => ({ type: `/problems/${code}`, title: 'x', status, detail: 'x', code, ...more });
const event = (type, data = {}) => ({
  type,
  timestamp: '2026-11-05T18:45:00.000Z',
  data: {
    reference: 'K7Q2-M9XD-3FHT', externalId: 'K7Q2M9XD3FHT-1', paymentId: null, amount: '240.00', currency: 'MXN', attempt: 1,
    items: view.items, metadata: {}, metadataSource: 'browser', ...data,
  },
});

test('documented answers pass', () => {
  assertAnswer('GET', ORDER, 200, view);
  assertAnswer('GET', ORDER, 200, { ...view, pollAfterMs: null });
  assertAnswer('GET', ORDER, 404, problem('not-found', 404));
  assertAnswer('PUT', ORDER, 405, problem('method-not-allowed', 405));
  assertAnswer('GET', '/api/nothing', 404, problem('not-found', 404));
  assertAnswer('GET', '/api/shop/return', 303, '');
  assertAnswer('DELETE', '/api/session', 204);
  const errors = [{ pointer: '/billingInformation/zip', code: 'zip-format', detail: 'x' }];
  assertAnswer('POST', '/api/shop/orders', 400, problem('invalid-body', 400, { errors }));
  assertAnswer('POST', '/api/shop/orders', 422, problem('amount-below-minimum', 422, { minimum: '10.00' }));
  assertAnswer('POST', '/api/shop/orders', 502, problem('payment-on-hold', 502, { reference: view.reference }));
  assertEvent(event('order.paid'));
  assertEvent(event('order.on-hold', { reason: 'paid-twice' }));
});

test('undocumented answers are reported', () => {
  for (const [name, change] of Object.entries({
    'a field too many': { email: 'ana@example.com' },
    'a field missing': { version: undefined },
    'an unknown status': { status: 'PAID' },
    'a float': { amount: 240 },
    'one decimal': { amount: '240.0' },
    'a time without decimals': { expiresAt: '2026-11-05T18:45:00Z' },
    'a reference without dashes': { reference: 'K7Q2M9XD3FHT' },
    'text for a number': { pollAfterMs: '1500' },
  })) {
    const body = JSON.parse(JSON.stringify({ ...view, ...change }));
    assert.throws(() => assertAnswer('GET', ORDER, 200, body), /not as documented/, name);
  }
  assert.throws(() => assertAnswer('GET', ORDER, 418, {}), /not documented/);
  assert.throws(() => assertAnswer('GET', ORDER, 405, problem('method-not-allowed', 405)), /not documented/);
  assert.throws(() => assertAnswer('GET', ORDER, 404, problem('order-paid', 404)), /not as documented/);
  assert.throws(() => assertAnswer('GET', ORDER, 404, problem('not-found', 404, { stack: 'x' })), /not as documented/);
  assert.throws(() => assertAnswer('POST', '/api/shop/orders', 400, problem('invalid-body', 400)), /errors/);
  assert.throws(() => assertAnswer('GET', '/api/shop/return', 303, view), /has a body/);
  assert.throws(() => assertEvent(event('order.on-hold')), /reason/);
  assert.throws(() => assertEvent(event('order.paid', { email: 'x' })), /not as documented/);
  assert.throws(() => assertEvent(event('order.shipped')), /no such webhook/);
});

test('every schema is strict and can be compiled', () => {
  const walk = (value, path) => {
    if (value === null || typeof value !== 'object') return;
    // The merchant's own data alone has keys that are not known beforehand; they have a pattern.
    if (value.type === 'object' && !value.propertyNames) assert.equal(value.additionalProperties, false, path);
    if (value.propertyNames) assert.deepEqual([path, value.additionalProperties.type], ['#/components/schemas/Metadata', 'string']);
    for (const [key, child] of Object.entries(value)) walk(child, `${path}/${key}`);
  };
  walk(openapi.components.schemas, '#/components/schemas');
  for (const [path, methods] of Object.entries(openapi.paths)) {
    for (const [method, { responses }] of Object.entries(methods)) {
      for (const [status, { content }] of Object.entries(responses)) {
        if (content) assert.throws(() => assertAnswer(method, path, Number(status), 7), /not as documented/);
      }
    }
  }
});

test('a route with an id documents its answer for an unknown id', () => {
  for (const [path, methods] of Object.entries(openapi.paths)) {
    if (!path.includes('{')) continue;
    for (const [method, { responses }] of Object.entries(methods)) assert.ok(responses['404'], `${method} ${path}`);
  }
});
