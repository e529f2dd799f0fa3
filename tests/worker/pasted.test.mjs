// Pasted text with invisible characters around and in it: Compago gets the visible text.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { cart, invoice } from './support/bodies.mjs';
import { cashier, operator, startWorld, withPayment } from './support/world.mjs';

const world = await startWorld();
after(() => world.stop());

const pasted = {
  email: '\u{FEFF}ana@example.com\u{A0}',
  firstName: 'A\u{AD}na\u{200B}\tMaría\r\n',
  lastName: '\u{202B}Ruiz\u{202C} \u{2003}Nu\u{301}ñez\u{FE0F}',
  phoneNumber: 'tel:+52 (0)\u{2060}55\u{2212}1234\u{200D}\u{202F}0000',
  address: {
    addressLine: ' Calle 5\n# 10\u{3000}Centro\u{E0020}',
    city: '\u{2068}Puebla\u{2069}',
    state: ' mx-pue\u{200C}',
    zip: '\u{200E}72000\u{3164}',
  },
};
const payer = { email: 'ana@example.com', firstName: 'Ana María', lastName: 'Ruiz Nu\u{301}ñez', phoneNumber: '+525512340000' };

const listed = async (paymentId) => {
  const { body } = await world.send('GET', '/api/operator/one-time-payments', { headers: operator });
  return body.items.find(({ id }) => id === paymentId);
};

test('an order of the shop reaches Compago with the visible text', async () => {
  const items = [{ sku: '\u{200B}cafe-altos-340 ', quantity: 2 }];
  const { order, paymentId } = await world.buy({ body: { ...cart, items, billingInformation: pasted } });
  assert.equal((await world.view(order)).status, 'awaiting-payment');
  assert.deepEqual((await listed(paymentId)).payer, payer);
});

test('an operator\'s order as well, and its id is found again', async () => {
  const body = {
    ...invoice,
    amount: '\u{A0}1250.35\n',
    description: '\u{FEFF}Factura\t881\u{200B}',
    externalId: ' factura-\u{AD}881\u{200D}',
    billingInformation: pasted,
  };
  const { paymentId, reference } = withPayment(await world.invoiceOrder(body));
  const { description, externalId, amount, payer: told } = await listed(paymentId);
  assert.deepEqual([description, externalId, amount, told], ['Factura 881', 'factura-881', '1250.35', payer]);
  assert.equal((await world.story(reference)).externalId, 'factura-881');
});

test('a charge at a till is made at the intended terminal', async () => {
  const body = { amount: '350.50 ', terminalCode: '\u{FEFF}TERM-01\u{200B}', reference: ' mesa-4\u{200E}' };
  const answer = await world.send('POST', '/api/pos/payment-intents', { body, headers: { ...cashier, 'idempotency-key': 'pasted-at-the-till' } });
  assert.equal(answer.status, 201, answer.text);
  assert.deepEqual([answer.body.amount, answer.body.terminalCode, answer.body.reference], ['350.50', 'TERM-01', 'mesa-4']);
});

test('text without visible characters, and an amount with direction controls, are refused by field', async () => {
  const refused = async (path, body, headers) => {
    const { status, body: told } = await world.send('POST', path, { body, headers: { 'idempotency-key': 'pasted-and-refused', ...headers } });
    assert.equal(status, 400);
    return told.errors.map(({ pointer, code }) => `${pointer} ${code}`);
  };
  const billingInformation = { ...pasted, email: 'a..b@example.com', firstName: '\u{3164}\u{200D}', lastName: 'Ru\u{E000}iz', phoneNumber: '55 1234 0000 x102' };
  assert.deepEqual(await refused('/api/shop/orders', { ...cart, billingInformation }), [
    '/billingInformation/email email-dots',
    '/billingInformation/firstName required',
    '/billingInformation/lastName control-character',
    '/billingInformation/phoneNumber phone-extension',
  ]);
  assert.deepEqual(await refused('/api/operator/orders', { ...invoice, amount: '12\u{202E}34' }, operator), ['/amount amount-format']);
});

test('a token that was pasted signs in', async () => {
  const token = `\u{FEFF} ${secrets.CASHIER_TOKEN}\u{200B}\n`;
  const answer = await world.send('POST', '/api/session', { body: { token }, headers: { origin: world.url } });
  assert.deepEqual([answer.status, answer.body.role], [200, 'cashier']);
});
