import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visibleState } from '../visible-state.js';

const handedOver = { status: 'handed-over', at: '2026-05-04T18:00:00Z' };

test('an order is shown by its payment until its fulfilment begins', () => {
  for (const status of ['awaiting-payment', 'verifying', 'paid', 'expired', 'cancelled', 'on-hold', 'failed']) assert.equal(visibleState({ status }), status);
  assert.equal(visibleState({ status: 'paid', fulfilment: { status: 'prepared' } }), 'prepared');
});

test('an order is on its way if a carrier or its number is known, and else was handed over', () => {
  assert.equal(visibleState({ status: 'paid', fulfilment: handedOver }), 'handed-over');
  assert.equal(visibleState({ status: 'paid', fulfilment: { ...handedOver, carrier: 'Estafeta' } }), 'on-its-way');
  assert.equal(visibleState({ status: 'paid', fulfilment: { ...handedOver, trackingNumber: '8055' } }), 'on-its-way');
  assert.equal(visibleState({ status: 'paid', fulfilment: { status: 'prepared', carrier: 'Estafeta' } }), 'prepared');
});

test('a fulfilment of a later Worker leaves an order paid', () => {
  assert.equal(visibleState({ status: 'paid', fulfilment: { status: 'returned' } }), 'paid');
});

test('fulfilment hides no trouble with the payment', () => {
  assert.equal(visibleState({ status: 'on-hold', fulfilment: handedOver }), 'on-hold');
});
