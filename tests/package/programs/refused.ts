// Mistakes that the compiler has to find: each stands on a line that ends with the code of its error.

import { shop, till } from 'compago-edge';
import type { OrderRequest, OrderStatus } from 'compago-edge';
import { compago } from 'compago-edge/compago';
import { operator } from 'compago-edge/operator';
import { verifyWebhook } from 'compago-edge/webhook';
import type { WebhookEvent } from 'compago-edge/webhook';

const apiKey = 'key';
const address = { addressLine: 'Calle 5 10', city: 'Puebla', state: 'PUE', zip: '72000' };
const who = { email: 'ana@example.com', firstName: 'Ana', lastName: 'Ruiz', phoneNumber: '5512340000' };
const items = [{ sku: 'taza-barro', quantity: 1 }];

// An order that lacks a field.
shop().create({ items }); // TS2345
shop().create({ items, billingInformation: { ...who } }); // TS2741
shop().create({ items: [{ sku: 'taza-barro' }], billingInformation: { ...who, address } }); // TS2741
export const priced: OrderRequest = { items, billingInformation: { ...who, address }, amount: '1.00' }; // TS2353
shop().create({ items, billingInformation: { ...who, address }, shipping: { recipient: 'Luis' } }); // TS2741
shop().create({ items, billingInformation: { ...who, address }, metadata: { table: 4 } }); // TS2322
till().charge({ terminalCode: 'TERM-01' }, { idempotencyKey: 'one-sale' }); // TS2345
till().charge({ amount: 350.5 }, { idempotencyKey: 'one-sale' }); // TS2322

// A charge without its key, and an order that may be given up without one.
till().charge({ amount: '350.50' }); // TS2554
till().charge({ amount: '350.50' }, {}); // TS2345
shop().create({ items, billingInformation: { ...who, address } }, { signal: new AbortController().signal }); // TS2345

// Compago's key in a page.
shop({ apiKey }); // TS2322
till({ apiKey }); // TS2322

// A state without words.
export function words(status: OrderStatus['status']): string {
  switch (status) {
    case 'awaiting-payment':
    case 'verifying':
    case 'paid':
    case 'expired':
    case 'cancelled':
    case 'failed':
      return status;
    default:
      return ((forgotten: never) => forgotten)(status); // TS2345
  }
}

// A client of Compago without a key, or without a place to call, or with two.
compago(); // TS2554
compago({ environment: 'demo' }); // TS2345
compago({ apiKey }); // TS2345
compago({ apiKey, environment: 'demo', baseUrl: 'http://127.0.0.1:4010/api' }); // TS2345
compago({ apiKey, environment: 'staging' }); // TS2322

// A button for a form that has none.
const { paymentMethods, oneTimePayments } = compago({ apiKey, environment: 'demo' });
paymentMethods.create({ billingInformation: who, displayMode: 'LINK', buttonText: 'Guardar' }); // TS2345
paymentMethods.create({ billingInformation: who, buttonColor: '#112233' }); // TS2345
paymentMethods.create({ billingInformation: who, displayMode: 'EMBEDDED', buttonColor: 'red' }); // TS2322
oneTimePayments.create({ amount: '10.00', description: 'Café' }); // TS2345

// An attribute that is of another kind, and an order's status at a thing that is for sale.
document.createElement('compago-pay').quantity = 'two'; // TS2322
document.createElement('compago-order').language = 'de'; // TS2322
document.createElement('compago-pay').addEventListener('compago-created', ({ detail }) => detail.status); // TS2339
document.createElement('compago-cart').items = []; // TS2540
document.createElement('compago-cart').add('taza-barro', 'two'); // TS2345

// Requests of frameworks as they are: whether their body was parsed nobody can tell from the type.
type OfNode = { headers: Record<string, string | string[] | undefined>; rawHeaders: string[]; body: any };
type OfHono = { raw: Request; header(name: string): string | undefined; arrayBuffer(): Promise<ArrayBuffer> };
type OfFastify = { headers: Record<string, string | string[] | undefined>; raw: OfNode; body: any };
declare const [express, hono, fastify]: [OfNode, OfHono, OfFastify];
verifyWebhook(express, 'whsec_'); // TS2345
verifyWebhook(hono, 'whsec_'); // TS2345
verifyWebhook(fastify, 'whsec_'); // TS2345
verifyWebhook({ body: '{}' }, 'whsec_'); // TS2345
verifyWebhook({ headers: {}, body: { type: 'order.paid' } }, 'whsec_'); // TS2353

// An operator's client without its token, and what moves money without a key.
operator({ origin: 'https://shop.example' }); // TS2345
operator({ origin: 'https://shop.example', token: 't' }).paymentMethods.charge('id', { amount: '120.00' }); // TS2554
operator({ origin: 'https://shop.example', token: 't' }).orders.list({ status: 'payed' }); // TS2322
operator({ origin: 'https://shop.example', token: 't' }).orders.list({ fulfilment: 'undone' }); // TS2322
operator({ origin: 'https://shop.example', token: 't' }).orders.fulfil('K7Q2-M9XD-3FHT', { status: 'sent' }); // TS2322

// A webhook without a secret, and what not every event tells.
verifyWebhook(new Request('https://shop.example/hook')); // TS2554
export const amountOf = (event: WebhookEvent): unknown => event.data.amount; // TS2339
