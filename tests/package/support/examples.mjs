// What examples of the documentation find at hand: a shop at https://shop.example, Compago's demo environment, and things to act on.
import { randomUUID } from 'node:crypto';
import { startSandbox } from '../../../scripts/processes.mjs';
import { secrets } from '../../support/stack.mjs';
import { cart, payer } from '../../worker/support/bodies.mjs';
import { startWorld } from '../../worker/support/world.mjs';
import { newProject } from './project.mjs';

/** @typedef {Awaited<ReturnType<typeof import('../../worker/support/world.mjs').startWorld>>} World */

export const webhookSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** A shop, another stand-in for Compago, and a project in which examples run. `stop()` ends them all. */
export async function startExamples() {
  const [world, compago] = await Promise.all([startWorld({ env: { EMBED_ORIGINS: 'https://blog.example' } }), startSandbox()]);
  const ends = [];
  const project = await newProject({ after: (act) => void ends.push(act) });
  const stop = async () => {
    for (const end of ends) await end();
    await compago.stop();
    await world.stop();
  };
  return { world, compago, project, stop };
}

/**
 * A module that an example imports first. Each has an order, a payment and a card of its own, so that one that cancels disturbs no other.
 *
 * @param {World} world
 * @param {string} compagoUrl a stand-in that the Worker of this world does not call, since nobody may read a payment twice in three seconds
 * @param {string} code
 */
export async function preludeOf(world, compagoUrl, code) {
  const { order } = await world.buy();
  const compago = callerOf(compagoUrl);
  const made = {
    order,
    cart,
    body: cart,
    billingInformation: payer,
    externalId: `example-${randomUUID()}`,
    payment: { ...payment, externalId: `payment-${randomUUID()}` },
    paymentId: await compago.payment(),
    intentId: await compago.intent(),
    ...(await compago.card()),
    apiKey: secrets.COMPAGO_API_KEY,
    token: /operator\(/.test(code) ? secrets.OPERATOR_TOKEN : secrets.CASHIER_TOKEN,
    secret: webhookSecret,
  };
  return `${visit}${places(world.url, compagoUrl, /error\.temporary/.test(code))}
Object.assign(globalThis, ${JSON.stringify(made)});
globalThis.fulfil = async (id, data) => console.log(id, data.reference);
process.env.WEBHOOK_SECRET = secret;
globalThis.request = await (${signedRequest})(secret);
`;
}

const payment = {
  amount: '350.50',
  description: 'Café de los Altos',
  redirectUrl: 'https://shop.example/return',
  homepageUrl: 'https://shop.example/',
  billingInformation: payer,
};

/**
 * Sends calls to where the addresses of examples are in truth.
 *
 * @param {string} workerUrl
 * @param {string} compagoUrl
 * @param {boolean} isCutOff whether the answer to the first call is lost on its way
 */
const places = (workerUrl, compagoUrl, isCutOff) => `
const real = globalThis.fetch;
const base = ${JSON.stringify(workerUrl)};
const sent = new Set();
globalThis.keys = [];
globalThis.fetch = async (url, init) => {
  const call = [init?.method, url].join(' ');
  if (sent.has(call)) page.abort();
  sent.add(call);
  const place = String(url)
    .replace('https://shop.example', base)
    .replace('https://demo.api.harmony.compago.com', ${JSON.stringify(compagoUrl)})
    .replace(/^\\//, base + '/');
  keys.push(new Headers(init?.headers).get('idempotency-key'));
  const answer = await real(place, init);
  if (${isCutOff} && keys.length === 1) throw new TypeError('terminated');
  return answer;
};
`;

/** A page that is left once it has printed something, or asks the same again: a time limit would be too short for slow machines. */
const visit = `
const page = new AbortController();
const print = console.log;
console.log = (...values) => {
  print(...values);
  page.abort();
};
globalThis.signal = page.signal;
AbortSignal.timeout = () => page.signal;
globalThis.location = Object.assign(new URL('https://shop.example/'), { assign: (url) => console.log(url) });
`;

/** A webhook as our Worker sends it. @param {string} secret */
export async function signedRequest(secret) {
  const { createHmac } = await import('node:crypto');
  const body = '{"type":"order.paid","timestamp":"2026-03-01T18:00:00.000Z","data":{"reference":"K7Q2-M9XD-3FHT"},"environment":"production"}';
  const timestamp = String(Math.floor(Date.now() / 1000));
  const mac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update(`evt_1.${timestamp}.${body}`).digest('base64');
  const headers = { 'content-type': 'application/json', 'webhook-id': 'evt_1', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` };
  return new Request('https://shop.example/hooks', { method: 'POST', body, headers });
}

/** Makes things at Compago's stand-in, as another program would. @param {string} url */
function callerOf(url) {
  /** @param {string} path @param {object} body */
  const post = async (path, body) => {
    const headers = { 'content-type': 'application/json', 'x-api-key': secrets.COMPAGO_API_KEY };
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  return {
    payment: async () => {
      const body = { ...payment, amount: 350.5, currency: 'MXN', ttlMinutes: 60, externalId: randomUUID() };
      const { redirectUrl } = await post('/api/one-time-payment', body);
      return new URL(redirectUrl).pathname.split('/').at(-1);
    },
    intent: async () => (await post('/api/payment-intent', { amount: 80, currency: 'MXN', externalId: randomUUID() })).id,
    card: async () => {
      const { address: _, ...holder } = payer;
      const { id } = await post('/api/payment-method', { billingInformation: holder, displayMode: 'LINK' });
      await post(`/_sandbox/payment-methods/${id}/save`, {});
      const { id: chargeId } = await post(`/api/payment-method/${id}/payment`, { amount: 120, currency: 'MXN' });
      return { cardId: id, chargeId };
    },
  };
}

/**
 * What a program printed has to be what its comments say, where they say it as values.
 *
 * @param {string} code
 * @returns {(string | undefined)[]} by line
 */
export const promisedBy = (code) =>
  [...code.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm)].map(([, promised]) => {
    const isValues = /^("[^"]*"|\d+|true|false|undefined)( ("[^"]*"|\d+|true|false))*$/.test(promised ?? '');
    return isValues ? promised?.replaceAll('"', '') : undefined;
  });
