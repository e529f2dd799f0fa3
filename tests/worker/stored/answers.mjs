// What the Worker answers about everything that a snapshot holds.
import { cashier, operator } from '../support/world.mjs';

/** What follows from the time of the request. */
const MOVING = new Set(['checkAfterMs', 'pollAfterMs']);
/** Where a stack listens. */
const ORIGIN = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/g;

/** Whether it is an entry of a history that the request itself has caused. @param {any} entry */
const isOwn = (entry) => entry?.what === 'customer-read';

/**
 * The part of what is answered now that an earlier release answered as well: fields were added since.
 *
 * @param {any} now @param {any} before @returns {any}
 */
export function knownBefore(now, before) {
  if (Array.isArray(now) && Array.isArray(before)) return now.map((entry, at) => knownBefore(entry, before[at]));
  if (now === null || typeof now !== 'object' || before === null || typeof before !== 'object') return now;
  const known = Object.entries(now).filter(([name]) => name in before);
  return Object.fromEntries(known.map(([name, inner]) => [name, knownBefore(inner, before[name])]));
}

/** @param {any} value @param {string} making the order that is being made, and goes on at once @returns {any} what stays */
function settled(value, making) {
  if (typeof value === 'string') return value.replaceAll(ORIGIN, '{origin}');
  if (Array.isArray(value)) return value.filter((entry) => entry?.reference !== making && !isOwn(entry)).map((entry) => settled(entry, making));
  if (value === null || typeof value !== 'object') return value;
  const staying = Object.entries(value).filter(([name]) => !MOVING.has(name));
  return Object.fromEntries(staying.map(([name, inner]) => [name, settled(inner, making)]));
}

/**
 * @param {Awaited<ReturnType<typeof import('../support/world.mjs').startWorld>>} world
 * @param {Record<string, any>} things
 */
export async function answersOf(world, things) {
  const names = ['open', 'waiting', 'done', 'cancelled', 'expired', 'held', 'retried', 'unseen', 'parked', 'handedOver'];
  const orders = names.filter((name) => things[name] !== undefined);
  const intents = ['ended', 'sold', 'displaced', 'taken', 'running', 'anywhere', 'expiredCharge'];
  const asked = [
    ...orders.map((name) => [`order ${name}`, `/api/shop/orders/${things[name].order}`, {}]),
    ...orders.map((name) => [`story of ${name}`, `/api/operator/orders/${things[name].reference}`, operator]),
    ...intents.map((name) => [`charge ${name}`, `/api/pos/payment-intents/${things[name].intent}`, cashier]),
    ...['TERM-01', 'TERM-02', 'TERM-03'].map((code) => [`latest at ${code}`, `/api/pos/terminals/${code}/payment-intent`, cashier]),
    ['card', `/api/operator/payment-methods/${things.card.id}`, operator],
    ['form', `/api/operator/payment-methods/${things.form.id}`, operator],
    ['charges of the card', `/api/operator/payment-methods/${things.card.id}/payments`, operator],
    ['orders', '/api/operator/orders?', operator],
    ['attention', '/api/operator/attention?', operator],
    ['webhooks', '/api/operator/webhooks?', operator],
    ['reconciliation', '/api/operator/reconciliation', operator],
    ['index', '/api/operator/index?', operator],
    ['a session that was ended', '/api/operator/orders?', { cookie: things.cookie }],
  ];
  /** @type {Record<string, { status: number, body: any }>} */
  const answers = {};
  for (const [name, path, headers] of asked) {
    const { status, body } = await world.send('GET', path, { headers });
    answers[name] = { status, body: settled(body, things.making.reference) };
  }
  return answers;
}
