import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { placeOf, placeOfNeed } from '../../www/operator/places.js';

const { paths, components } = JSON.parse(await readFile(new URL('../../www/openapi.json', import.meta.url), 'utf8'));
const reference = 'K7Q2-M9XD-3FHT';
const known = { reference, paymentId: 'pay-1', paymentMethod: 'card-1' };
const order = { view: 'story', reference };
const charge = { view: 'story', charge: reference };

test('whatever an event tells of has a place', () => {
  const expected = { order, 'payment-intent': charge, payment: charge, 'payment-method': { view: 'cards', reference } };
  const types = components.schemas.EventType.enum;
  assert.ok(types.length >= 11);
  for (const type of types) assert.deepEqual(placeOf('event', { type, reference }), expected[type.split('.')[0]], type);
  assert.equal(placeOf('event', { type: 'parcel.sent', reference }), undefined);
});

test('whatever needs a person has a place', () => {
  /** @type {Record<string, [object, object | undefined][]>} of each kind: what is known, and its view */
  const table = {
    order: [[known, order], [{ key: 'K7Q2M9XD3FHT' }, { view: 'story', reference: 'K7Q2M9XD3FHT' }]],
    // Of a charge whose making was lost there is no id of Compago's. What never was readable bears no name that finds it.
    'payment-intent': [[known, charge], [{ reference }, charge], [{ key: 'K7Q2M9XD3FHT' }, undefined]],
    'card-payment': [[known, charge], [{ key: 'K7Q2M9XD3FHT' }, undefined]],
    refund: [[known, charge], [{ key: 'pay-1' }, undefined]],
    finding: [[known, order], [{ paymentId: 'pay-1', reference: null }, { view: 'story', payment: 'pay-1' }]],
    reconciliation: [[{}, { view: 'reconciliation' }]],
    webhook: [
      [{ type: 'order.paid', reference }, order],
      [{ type: 'payment-intent.closed', reference }, charge],
      [{ type: 'payment.refunded', reference }, charge],
      // It is sent again from the list: a card's page shows no webhooks.
      [{ type: 'payment-method.active', reference }, { view: 'webhooks', state: 'parked' }],
      [{ type: null, reference: null }, { view: 'webhooks', state: 'parked' }],
    ],
  };
  assert.deepEqual(Object.keys(table).sort(), [...components.schemas.AttentionKind.enum].sort());
  for (const [kind, rows] of Object.entries(table)) {
    for (const [known, place] of rows) assert.deepEqual(placeOfNeed({ kind, ...known }), place, `${kind} ${JSON.stringify(known)}`);
  }
});

test('what lists name has a place, or bears no name', () => {
  assert.deepEqual(placeOf('order', known), order);
  assert.deepEqual(placeOf('payment', known), { view: 'story', payment: 'pay-1' });
  assert.deepEqual(placeOf('card', known), { view: 'cards', id: 'card-1' });
  for (const kind of ['order', 'payment', 'card', 'refund', 'finding', 'parcel']) assert.equal(placeOf(kind, {}), undefined, kind);
});

test('every view to which a place leads is one of the desk', async () => {
  const shell = await readFile(new URL('../../www/operator/router.js', import.meta.url), 'utf8');
  for (const view of ['story', 'cards', 'webhooks', 'reconciliation', 'charges', 'orders']) assert.ok(shell.includes(`'${view}'`), view);
  assert.ok(paths['/api/operator/charges/{reference}']);
});
