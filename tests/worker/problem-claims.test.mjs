// What a problem's text claims about the call: each route that calls Compago, with each failure of Compago.
// A sentence about money, about repeating with the same key or about the shop's settings appears only where it is true, and
// Compago's own state is the proof.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { invoice, payer } from './support/bodies.mjs';
import { METHODS, cardsOf, holder } from './support/cards.mjs';
import { tillOf } from './support/till.mjs';
import { until } from './support/until.mjs';
import { inWorld, operator } from './support/world.mjs';

const FAULTS = {
  'no answer': { kind: 'lose-answer' },
  'a time-out': { kind: 'delay', ms: 12_000 },
  500: { kind: 'refuse', status: 500 },
  429: { kind: 'refuse', status: 429 },
  401: { kind: 'refuse', status: 401, body: { message: 'Unauthorized' } },
  403: { kind: 'refuse', status: 403, body: { message: 'Forbidden' } },
  404: { kind: 'refuse', status: 404, body: { message: 'Not found' } },
  400: { kind: 'refuse', status: 400, body: { message: 'something that nobody documented' } },
  garbage: { kind: 'answer', status: 200, body: '<html>', contentType: 'text/html' },
  'a redirect': { kind: 'redirect', location: 'http://127.0.0.1:9/elsewhere' },
};

/** The calls that change something at Compago, and those that read. */
const ACTING = [
  'one-time-payment.create', 'one-time-payment.cancel', 'payment-intent.create', 'payment-intent.cancel', 'payment-method.create',
  'payment-method.revoke', 'payment-method.charge', 'payment-method.refund',
];
const READING = [
  'one-time-payment.get', 'one-time-payment.list', 'payment-intent.get', 'payment-method.get', 'payment-method.list',
  'payment-method.payments', 'payment-method.payment',
];

/** Sentences that are true of some calls alone. */
const CLAIMS = {
  charged: /nothing was charged|no se (ha )?cobr[óa]/i,
  refunded: /nothing was refunded|no se (ha )?reembols|devuelto|given back/i,
  key: /same key|misma clave/i,
  settings: /settings|configuración/i,
  link: /no payment link was created|no se creó ningún enlace/i,
  form: /no card form was created|no se creó el formulario/i,
  cancelled: /did not cancel|no canceló/i,
  revoked: /did not remove|no eliminó/i,
  unsure: /we do not know|no sabemos|not known|no se sabe/i,
};

/** Refusals with what they may claim, in the order of the columns below. */
const UNAVAILABLE = [503, 'provider-unavailable'];
const REFUSED = [502, 'provider-refused'];
const PAYMENT_REFUSED = [422, 'payment-refused'];
const NOT_FOUND = [404, 'not-found'];
const UNKNOWN = [502, 'intent-unknown'];

/**
 * What is answered when Compago tells nothing (no answer, time-out, 500, 429, garbage, redirect), that its key is not good (401,
 * 403), 404 and 400. A number is an answer that is no refusal.
 */
const outcomes = (nothing, settings, missing, refused) => ({
  'no answer': nothing, 'a time-out': nothing, 500: nothing, 429: nothing, garbage: nothing, 'a redirect': nothing,
  401: settings, 403: settings, 404: missing, 400: refused,
});

/** When the call is carried out although nobody learns of it, a read may tell so. */
const orDone = (table, ...done) => ({
  ...table,
  ...Object.fromEntries(['no answer', 'a time-out', 'garbage'].map((name) => [name, [...done, ...one(table[name])]])),
});
/** The outcomes, of one or of several that may be. A pair of status and code is one. */
const one = (outcome) => (Array.isArray(outcome) && typeof outcome[1] !== 'string' ? outcome : [outcome]);

/** What each route answers when the calls fail that change something, and Compago can be read. */
const WHEN_ACTING_FAILS = {
  'create a shop order': outcomes(UNAVAILABLE, REFUSED, PAYMENT_REFUSED, PAYMENT_REFUSED),
  'create an operator order': outcomes(UNAVAILABLE, REFUSED, PAYMENT_REFUSED, PAYMENT_REFUSED),
  'retry an order': outcomes(UNAVAILABLE, REFUSED, PAYMENT_REFUSED, PAYMENT_REFUSED),
  'cancel an order': outcomes(200, 200, 200, 200),
  'cancel the payment of an order': orDone(outcomes(UNAVAILABLE, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE), 200),
  'cancel a payment of another program': orDone(outcomes(UNAVAILABLE, REFUSED, REFUSED, REFUSED), 200),
  'charge at a terminal': outcomes(UNKNOWN, REFUSED, [422, 'terminal-not-found'], PAYMENT_REFUSED),
  'cancel a charge at a terminal': outcomes(200, 200, 200, 200),
  'begin to save a card': outcomes(UNAVAILABLE, REFUSED, PAYMENT_REFUSED, PAYMENT_REFUSED),
  'charge a saved card': orDone(outcomes(202, REFUSED, PAYMENT_REFUSED, PAYMENT_REFUSED), 201),
  'revoke a card': orDone(outcomes(UNAVAILABLE, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE), 200),
  'refund a charge': outcomes(200, REFUSED, NOT_FOUND, [422, 'refund-refused']),
};

/** What each route answers when every call fails. */
const WHEN_ALL_FAILS = {
  'list payments': outcomes(UNAVAILABLE, REFUSED, REFUSED, REFUSED),
  'read a payment': outcomes(UNAVAILABLE, REFUSED, NOT_FOUND, REFUSED),
  'sum up payments': outcomes(UNAVAILABLE, REFUSED, REFUSED, REFUSED),
  'export payments': outcomes(UNAVAILABLE, REFUSED, REFUSED, REFUSED),
  'list cards': outcomes(UNAVAILABLE, REFUSED, REFUSED, REFUSED),
  'read a card nobody asked for yet': outcomes(UNAVAILABLE, REFUSED, NOT_FOUND, REFUSED),
  'list the charges of a card': outcomes(UNAVAILABLE, REFUSED, NOT_FOUND, REFUSED),
  'read a charge of a card': outcomes(UNAVAILABLE, REFUSED, NOT_FOUND, REFUSED),
  'create a shop order': outcomes(UNAVAILABLE, REFUSED, PAYMENT_REFUSED, PAYMENT_REFUSED),
  'cancel a payment of another program': outcomes(UNAVAILABLE, REFUSED, NOT_FOUND, REFUSED),
  'cancel the payment of an order': outcomes(UNAVAILABLE, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE),
  'charge a saved card': { ...outcomes(UNAVAILABLE, REFUSED, PAYMENT_REFUSED, PAYMENT_REFUSED), 'a time-out': [202, UNAVAILABLE] },
  'charge a card nobody asked for yet': outcomes(UNAVAILABLE, REFUSED, NOT_FOUND, PAYMENT_REFUSED),
  'revoke a card': outcomes(UNAVAILABLE, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE),
  'revoke a card nobody asked for yet': outcomes(UNAVAILABLE, REFUSED, NOT_FOUND, REFUSED),
  'refund a charge': outcomes(200, 200, NOT_FOUND, 200),
};

/** Makes what the calls are about, and the calls. Each call names what its words may claim. */
async function prepared(world) {
  const [cards, till] = [cardsOf(world), tillOf(world)];
  const upstream = async (path, body) => {
    const headers = { 'x-api-key': secrets.COMPAGO_API_KEY, 'content-type': 'application/json' };
    const answer = await fetch(`${world.sandbox.url}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  };
  const cancelledOrder = async () => {
    const order = await world.buy();
    assert.equal((await world.send('POST', `/api/shop/orders/${order.order}/cancel`)).status, 200);
    return world.untilStatus(order.order, 'cancelled').then(() => order);
  };
  const charged = async () => {
    const card = await cards.active();
    return { card, charge: await cards.charged(card.id, { amount: '77.00' }) };
  };
  const foreignCard = async () => {
    const { id } = await upstream('/payment-method', { billingInformation: holder, externalId: randomUUID() });
    await cards.act(id, 'save');
    return id;
  };
  const [retried, cancelled, ofOrder, mine, paid, toRevoke, toRefund, intent, ...foreign] = await Promise.all([
    cancelledOrder(), world.buy(), world.buy(), charged(), charged(), cards.active(), charged(), till.charged({ terminalCode: 'TERM-01' }),
    foreignCard(), foreignCard(), foreignCard(),
  ]);
  const foreignPayment = async () => {
    const { redirectUrl } = await upstream('/one-time-payment', {
      amount: 20, currency: 'MXN', description: 'De otro programa', externalId: randomUUID(), redirectUrl: 'https://otra.example/',
      homepageUrl: 'https://otra.example/', billingInformation: { ...payer, phoneNumber: '+525512340000' },
    });
    return redirectUrl.split('/').at(-1);
  };
  const [seeded, other] = await Promise.all([foreignPayment(), foreignPayment()]);

  const chargesOf = async (id) => (await cards.charges(id)).length;
  const linksOf = async (key) => (await world.sandbox.payments()).filter((payment) => JSON.stringify(payment).includes(key)).length;
  const statusOf = async (id) => (await world.sandbox.payments()).find((payment) => payment.id === id).status;
  const order = (description) => ({ ...invoice, description });
  const send = (method, path, more = {}) => ({ language }) =>
    world.send(method, path, { ...more, headers: { ...operator, 'accept-language': language, ...more.headers } });
  const keyed = (path, body, headers) => ({ key = randomUUID(), language }) =>
    world.send('POST', path, { body, headers: { ...operator, 'idempotency-key': key, 'accept-language': language, ...headers } });

  /** @type {Record<string, { send: (options: { key?: string, language: string }) => Promise<any>, claims?: string[], key?: boolean, proof?: Record<string, () => Promise<boolean>> }>} */
  const calls = {
    'list payments': { send: send('GET', '/api/operator/one-time-payments') },
    'read a payment': { send: send('GET', `/api/operator/one-time-payments/${seeded}`) },
    'sum up payments': { send: send('GET', '/api/operator/reports/summary') },
    'export payments': { send: send('GET', '/api/operator/reports/one-time-payments.csv') },
    'list cards': { send: send('GET', METHODS) },
    'read a card nobody asked for yet': { send: send('GET', `${METHODS}/${foreign[0]}`) },
    'list the charges of a card': { send: send('GET', `${METHODS}/${mine.card.id}/payments`) },
    'read a charge of a card': { send: send('GET', `${METHODS}/${mine.card.id}/payments/${mine.charge.payment}`) },
    'create a shop order': {
      key: true, again: 201,
      send: keyed('/api/shop/orders', { items: [{ sku: 'taza-barro', quantity: 1 }], billingInformation: { ...payer, email: 'shop@claims.example' } }),
      proof: { link: async () => (await linksOf('shop@claims.example')) === 0 },
    },
    'create an operator order': {
      key: true, again: 201, send: keyed('/api/operator/orders', order('Claims 881')),
      proof: { link: async () => (await linksOf('Claims 881')) === 0 },
    },
    'retry an order': {
      send: send('POST', `/api/shop/orders/${retried.order}/retry`),
      proof: { link: async () => (await world.paymentsOf(retried.reference)).length === 1 },
    },
    'cancel an order': { send: send('POST', `/api/shop/orders/${cancelled.order}/cancel`) },
    'cancel the payment of an order': {
      send: send('POST', `/api/operator/one-time-payments/${ofOrder.paymentId}/cancel`),
      proof: { unsure: async () => true, cancelled: async () => (await statusOf(ofOrder.paymentId)) === 'PENDING' },
    },
    'cancel a payment of another program': {
      send: send('POST', `/api/operator/one-time-payments/${other}/cancel`),
      proof: { unsure: async () => true, cancelled: async () => (await statusOf(other)) === 'PENDING' },
    },
    'charge at a terminal': {
      key: true, send: keyed('/api/pos/payment-intents', { amount: '13.57', terminalCode: 'TERM-02' }),
      proof: { unsure: async () => true, charged: async () => !(await world.sandbox.intents()).some(({ amount }) => amount === 13.57) },
    },
    'cancel a charge at a terminal': { send: send('POST', `/api/pos/payment-intents/${intent.intent}/cancel`) },
    'begin to save a card': {
      key: true, again: 201, send: keyed(METHODS, { billingInformation: { ...holder, firstName: 'Claims' }, externalId: 'claims-1' }),
      proof: { form: async () => !(await world.sandbox.control('GET', 'state')).methods.some(({ externalId }) => externalId === 'claims-1') },
    },
    'charge a saved card': {
      key: true, again: 201, send: keyed(`${METHODS}/${paid.card.id}/payments`, { amount: '88.00' }),
      proof: { charged: async () => (await chargesOf(paid.card.id)) === 1 },
    },
    'charge a card nobody asked for yet': {
      key: true, again: 201, send: keyed(`${METHODS}/${foreign[1]}/payments`, { amount: '88.00' }),
      proof: { charged: async () => (await chargesOf(foreign[1])) === 0 },
    },
    'revoke a card': {
      send: send('DELETE', `${METHODS}/${toRevoke.id}`),
      proof: { unsure: async () => true, revoked: async () => (await cards.upstream(toRevoke.id)).status === 'ACTIVE' },
    },
    'revoke a card nobody asked for yet': {
      send: send('DELETE', `${METHODS}/${foreign[2]}`),
      proof: { unsure: async () => true, revoked: async () => (await cards.upstream(foreign[2])).status === 'ACTIVE' },
    },
    'refund a charge': {
      key: true, send: keyed(`${METHODS}/${toRefund.card.id}/payments/${toRefund.charge.payment}/refund`, {}),
      proof: { refunded: async () => (await cards.charges(toRefund.card.id)).every(({ status }) => status === 'CONFIRMED') },
    },
  };
  return calls;
}

const allowedTexts = (expected) => one(expected).map((each) => JSON.stringify(each));
const brief = (answer) => JSON.stringify(answer.status < 400 ? answer.status : [answer.status, answer.body.code]);

/**
 * Sends a call. Beside many other Workers, Compago's answer may come after the Worker has stopped waiting for it and has answered 503:
 * who then repeats the request with the same key, as that answer says, gets what Compago said.
 */
async function sent(name, call, { key, language }, expected) {
  let answer = await call.send({ key, language });
  const isLate = () => call.key && brief(answer) === '[503,"provider-unavailable"]' && !allowedTexts(expected).includes(brief(answer));
  if (!isLate()) return answer;
  await until(`${name}, answered late`, async () => {
    answer = await call.send({ key, language });
    return !isLate();
  }, { ms: 30_000, every: 1_000 });
  return answer;
}

/** What an answer says, against what it may say. */
async function assertTrue(name, fault, call, answer, expected) {
  const where = `${name}, ${fault}: ${answer.status} ${answer.text}`;
  const allowed = allowedTexts(expected);
  assert.ok(allowed.includes(brief(answer)), `${where}\n  expected ${allowed}`);
  if (answer.status < 400) return [];
  const words = `${answer.body.title}. ${answer.body.detail}`;
  const made = Object.keys(CLAIMS).filter((claim) => CLAIMS[claim].test(words));
  for (const claim of made) {
    if (claim === 'key') assert.ok(call.key, `no key is sent: ${where}`);
    else if (claim === 'settings') assert.ok(['401', '403', '404'].includes(fault), `nothing is wrong with the settings: ${where}`);
    else {
      assert.ok(call.proof?.[claim], `${claim}: not of this call: ${where}`);
      assert.ok(await call.proof[claim](), `${claim}: not true: ${where}`);
    }
  }
  return made;
}

describe('a problem\'s text is true of the call', { concurrency: 5 }, () => {
  let turn = 0;
  for (const [when, table, endpoints] of [
    ['what changes something fails', WHEN_ACTING_FAILS, ACTING],
    ['everything fails', WHEN_ALL_FAILS, [...ACTING, ...READING]],
  ]) {
    for (const [fault, planted] of Object.entries(FAULTS)) {
      turn += 1;
      const offset = turn;
      test(`${when} with ${fault}`, () =>
        inWorld(async (world) => {
          const calls = await prepared(world);
          for (const endpoint of endpoints) await world.sandbox.fault(endpoint, planted, 500);
          const rows = await Promise.all(Object.entries(table).map(async ([name, expected], at) => {
            // One call, so that each of both languages is met by every kind of words.
            const language = (at + offset) % 2 === 0 ? 'es-MX' : 'en';
            const key = randomUUID();
            const answer = await sent(name, calls[name], { key, language }, expected[fault]);
            const claims = await assertTrue(name, fault, calls[name], answer, expected[fault]);
            return { name, key, claims };
          }));
          await world.sandbox.clearFaults();
          // Who is told to repeat with the same key has what was wanted in the end, once.
          await Promise.all(rows.filter(({ claims }) => claims.includes('key')).map(({ name, key }) =>
            until(`${name} with the same key`, async () => {
              const answer = await calls[name].send({ key, language: 'en' });
              return answer.status === calls[name].again;
            }, { ms: 90_000, every: 1_000 })));
        }));
    }
  }
});
