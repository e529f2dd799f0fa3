// A shop's creating, status and return routes as somebody would write them by hand in JavaScript, for `npm run bench`: the same addresses,
// checks, calls to Compago and headers, and Durable Objects that are asked and write at the same moments. It leaves out what the bench
// does not measure: retries, what follows a payment, Compago's side of cancelling, and all routes of operators and tills.

import { readOrder, price } from './checks.js';
import { capabilityOf, clientKey, isGenuine, referenceOf } from './keys.js';
import { json, pass, problem, seeOther } from './respond.js';

export { OrderObject } from './order.js';
export { DeskObject, OpenLinksObject } from './shop-objects.js';

const MAX_BODY = 16 * 1024;
const LINK_MINUTES = 60;

export default {
  /** @param {Request} request @param {any} env */
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    const { method } = request;
    if (pathname === '/healthz') return json(200, { status: 'ok' });
    if (pathname === '/api/shop/orders' && method === 'POST') return create(request, env);
    if (pathname === '/api/shop/return' && method === 'GET') return payerReturned(searchParams, env);
    const [, order, cancel] = pathname.match(/^\/api\/shop\/orders\/([0-9a-z]{38})(\/cancel)?$/) ?? [];
    if (!order || method !== (cancel ? 'POST' : 'GET') || !(await isGenuine(order, env))) return problem(404, 'not-found');
    return pass(await ask(env.ORDERS, nameIn(order), cancel ? { cancel: true } : { watch: true }));
  },
};

/** @param {Request} request @param {any} env */
async function create(request, env) {
  const { headers } = request;
  const origin = headers.get('origin');
  if (origin !== null && origin !== env.SHOP_ORIGIN) return problem(403, 'foreign-origin');
  const key = headers.get('idempotency-key') ?? '';
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) return problem(400, 'idempotency-key');
  if (headers.get('content-type')?.split(';')[0].trim().toLowerCase() !== 'application/json') return problem(415, 'media-type');
  if (!(Number(headers.get('content-length')) <= MAX_BODY)) return problem(413, 'too-large');
  const body = await request.text();
  const { wanted, problems } = readOrder(parsed(body));
  if (problems.length > 0) return problem(422, 'invalid-body', { problems });
  const catalog = await (await env.ASSETS.fetch('https://site.invalid/catalog.json')).json();
  const locale = headers.get('accept-language')?.startsWith('es') ? 'es-MX' : 'en';
  const priced = price(wanted, catalog, locale);
  if (!priced) return problem(422, 'invalid-body');
  const reference = await referenceOf(key, env);
  const order = await capabilityOf(reference, env);
  const client = await clientKey(headers.get('cf-connecting-ip') ?? 'unknown', env);
  const limits = { perMinute: Number(env.LIMIT_CREATE_PER_MINUTE), perClient: Number(env.LIMIT_OPEN_PER_ADDRESS), perShop: Number(env.LIMIT_OPEN_PER_SHOP) };
  const reserved = await (await ask(env.OPEN_LINKS, 'shop', { reserve: { reference, client, minutes: LINK_MINUTES, limits } })).json();
  if (reserved.refusal) return problem(429, reserved.refusal.reason);
  const terms = {
    reference,
    ...priced,
    currency: 'MXN',
    externalId: null,
    ttl: LINK_MINUTES,
    redirectUrl: `${env.SHOP_ORIGIN}/api/shop/return?order=${order}`,
    homepageUrl: `${env.SHOP_ORIGIN}/?reference=${reference}`,
    billingInformation: wanted.billingInformation,
    shipping: null,
    delivery: null,
    metadata: wanted.metadata,
    metadataSource: 'browser',
    retainDays: 30,
    locale,
  };
  return pass(await ask(env.ORDERS, reference, { place: { terms, body, capability: order } }));
}

/** @param {URLSearchParams} query @param {any} env */
async function payerReturned(query, env) {
  const order = query.get('order') ?? '';
  if (!/^[0-9a-z]{38}$/.test(order) || !(await isGenuine(order, env))) return seeOther('/return.html');
  const [paymentId, externalId] = [query.get('id'), query.get('externalId')];
  const claim = paymentId && externalId ? { paymentId, externalId } : null;
  return pass(await ask(env.ORDERS, nameIn(order), { return: { claim } }));
}

/** @param {string} order its capability */
const nameIn = (order) => order.slice(0, 12).toUpperCase();

/** @param {any} objects @param {string} name @param {object} command @returns {Promise<Response>} */
const ask = (objects, name, command) => objects.getByName(name).fetch('https://object.invalid/', { method: 'POST', redirect: 'manual', body: JSON.stringify(command) });

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
