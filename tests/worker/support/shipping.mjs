// Helpers for tests of what is sold and delivered: a shop with shipping methods and an item that is sold out.
import assert from 'node:assert/strict';
import { ownCatalog } from '../../support/own-catalog.mjs';
import { changeShop } from '../../support/own-shop.mjs';
import { payer } from './bodies.mjs';
import { operator } from './world.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./world.mjs').startWorld>>} World */

export const METHODS = [
  { method: 'standard', name: { 'es-MX': 'Envío estándar', en: 'Standard delivery' }, amount: '99.00', freeFrom: '900.00' },
  { method: 'express', name: { 'es-MX': 'Envío exprés', en: 'Express delivery' }, amount: '189.00' },
  { method: 'pickup', name: { 'es-MX': 'Recoger en la tienda', en: 'Pick up at the shop' }, amount: '0.00', pickup: true },
];

/** The SKU that is sold out. */
export const SOLD_OUT = 'miel-melipona-120';

/** A copy of the site whose catalog has the methods. @param {Record<string, unknown>} [changes] to the shop's file */
export async function shippingShop(changes = {}) {
  const own = await ownCatalog();
  const catalog = { ...JSON.parse(own.good), shippingMethods: METHODS };
  catalog.items = catalog.items.map(({ available: _, ...item }) => (item.sku === SOLD_OUT ? { ...item, available: false } : item));
  await own.write(JSON.stringify(catalog));
  await changeShop(own.site, changes);
  return own;
}

/** What identifies a person in the orders of these tests, each told apart from everything else. */
export const PERSONAL = {
  email: 'qzx.buyer@qzx.example',
  firstName: 'Qzxfirst',
  lastName: 'Qzxlast',
  phoneNumber: '5598765432',
  addressLine: 'Qzxstreet 9',
  city: 'Qzxcity',
  recipient: 'Qzxrecipient Ruiz',
  recipientPhone: '5587654321',
  deliveryLine: 'Qzxelsewhere 7',
  deliveryCity: 'Qzxtown',
  instructions: 'Qzxbell at the green door',
  note: 'Qzxnote for the shop',
};

/** Throws if a text has anything of a person. @param {string} text @param {string} where */
export function assertNobody(text, where) {
  for (const [name, marker] of Object.entries(PERSONAL)) {
    assert.ok(!text.toLowerCase().includes(marker.toLowerCase()), `${name} in ${where}`);
  }
}

/** Three things of two kinds, 502.50 pesos, and 99.00 for the delivery to somebody else. */
export const parcel = {
  items: [
    { sku: 'cafe-altos-340', quantity: 2 },
    { sku: 'chocolate-mesa-6', quantity: 1 },
  ],
  billingInformation: {
    ...payer,
    email: PERSONAL.email,
    firstName: PERSONAL.firstName,
    lastName: PERSONAL.lastName,
    phoneNumber: PERSONAL.phoneNumber,
    address: { addressLine: PERSONAL.addressLine, city: PERSONAL.city, state: 'PUE', zip: '72000' },
  },
  shipping: {
    method: 'standard',
    recipient: PERSONAL.recipient,
    phoneNumber: PERSONAL.recipientPhone,
    address: { addressLine: PERSONAL.deliveryLine, city: PERSONAL.deliveryCity, state: 'JAL', zip: '44100' },
    instructions: PERSONAL.instructions,
  },
  metadata: { table: '4', campaign: 'Navidad 2026' },
};

/** @param {World} world */
export function shopOf(world) {
  /** @param {string} method @param {string} path @param {Parameters<World['send']>[2]} [options] */
  const ask = (method, path, { headers, ...options } = {}) =>
    world.send(method, `/api/operator/orders${path}`, { headers: { ...operator, ...headers }, ...options });
  return {
    ask,
    /** Buys and pays. @param {object} [body] @param {Record<string, string>} [headers] */
    sell: async (body = parcel, headers = {}) => {
      const order = await world.buy({ body, headers });
      await world.send('GET', await world.pay(order.paymentId));
      await world.untilEvent(order.reference, 'order.paid');
      return order;
    },
    /** @param {string} reference */
    delivery: (reference) => ask('GET', `/${reference}/delivery`),
    /** @param {string} reference @param {object} body @param {Record<string, string>} [headers] */
    fulfil: (reference, body, headers) => ask('POST', `/${reference}/fulfilment`, { body, headers }),
    /** @param {string} [query] with its question mark */
    table: (query = '') => ask('GET', `.csv${query}`),
  };
}
